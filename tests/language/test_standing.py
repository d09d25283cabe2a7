"""Who stands behind a statement, and whether it holds now."""

import pytest

from kg.model import Qualification, Status

from .docs import CLEAR, UD
from .ships import found, read, relations

ASSERTED, CLAIMED, DENIED, POSSIBLE = Status.ASSERTED, Status.CLAIMED, Status.DENIED, Status.POSSIBLE


def stands(text, line, scheme=UD):
    """Return the status, the kind of qualification and the cue of one statement."""
    statement = found(read(text, scheme))[line]
    return statement.status, statement.qualification and statement.qualification.kind, statement.status_cue


COMMANDS = "Ada commands Gull"
ADA, GULL = "Ada/NNP/nsubj>{}/PERSON", "Gull/NNP/obj>{}/PRODUCT"


def verb(auxiliaries, word):
    """Write a sentence in which Ada does to the Gull what the verb says."""
    head = word.split("=")[0]
    return f"{ADA.format(head)} {auxiliaries.replace('*', head)} {word} {GULL.format(head)} ."


def noun(before, after="", copula="is=be/VBZ/cop>captain"):
    """Write a sentence that says of Ada that she is captain of the Gull."""
    return f"{ADA.format('captain')} {copula} {before} captain/NN/root of Gull/NNP/nmod>captain/PRODUCT {after} ."


def test_a_plain_present_is_asserted():
    assert stands(verb("", "commands=command/VBZ/root"), COMMANDS) == (ASSERTED, None, None)


@pytest.mark.parametrize(
    ("auxiliaries", "word", "cue"),
    [
        ("does=do/VBZ/aux>* not/RB/advmod>*", "command/VB/root", "not"),
        ("never/RB/advmod>*", "commands=command/VBZ/root", "never"),
        ("will/MD/aux>* not/RB/advmod>*", "command/VB/root", "not"),
    ],
)
def test_what_is_negated_is_denied(auxiliaries, word, cue):
    assert stands(verb(auxiliaries, word), COMMANDS) == (DENIED, None, cue)


@pytest.mark.parametrize(
    ("auxiliaries", "word", "cue"),
    [
        ("may/MD/aux>*", "command/VB/root", "may"),
        ("will/MD/aux>*", "command/VB/root", "will"),
        ("reportedly/RB/advmod>*", "commands=command/VBZ/root", "reportedly"),
    ],
)
def test_what_is_hedged_or_to_come_is_possible(auxiliaries, word, cue):
    assert stands(verb(auxiliaries, word), COMMANDS) == (POSSIBLE, None, cue)


def test_a_negated_copula_denies():
    assert stands(noun("not/RB/advmod>captain"), COMMANDS) == (DENIED, None, "not")


def test_a_negated_copula_denies_in_the_other_scheme():
    text = (
        "Ada/NNP/nsubj>is/PERSON is=be/VBZ/root not/RB/neg>is captain/NN/attr>is of/IN/prep>captain "
        "Gull/NNP/pobj>of/PRODUCT ."
    )
    assert stands(text, COMMANDS, CLEAR) == (DENIED, None, "not")


def test_a_condition_is_possible():
    text = (
        "If/IN/mark>commands Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/advcl>sinks "
        "Gull/NNP/obj>commands/PRODUCT , "
        "it/PRP/nsubj>sinks sinks=sink/VBZ/root ."
    )
    assert stands(text, COMMANDS) == (POSSIBLE, None, "If")


def test_a_question_is_possible():
    text = "Does=do/VBZ/aux>command Ada/NNP/nsubj>command/PERSON command/VB/root Gull/NNP/obj>command/PRODUCT ?"
    assert stands(text, COMMANDS) == (POSSIBLE, None, "?")


@pytest.mark.parametrize(
    ("above", "status"),
    [("refused=refuse", DENIED), ("failed=fail", DENIED), ("plans=plan", POSSIBLE), ("hopes=hope", POSSIBLE)],
)
def test_a_verb_above_decides_on_its_infinitive(above, status):
    word = above.split("=")[0]
    text = (
        f"Ada/NNP/nsubj>{word}/PERSON {above}/VBD/root to/TO/mark>command command/VB/xcomp>{word} "
        "Gull/NNP/obj>command/PRODUCT ."
    )
    assert stands(text, COMMANDS) == (status, None, word)


def test_what_nobody_did_is_not_stated():
    text = "Nobody/NN/nsubj>rescued rescued=rescue/VBD/root Ada/NNP/obj>rescued/PERSON ."
    assert relations(text) == set()


def test_a_denied_subject_denies():
    text = "No/DT/det>Ada Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT ."
    assert stands(text, COMMANDS)[0] == DENIED


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("former", "Former"),
        ("then", "Former"),
        ("ousted", "Former"),
        ("acting", "Acting"),
        ("interim", "Acting"),
        ("incoming", "Future"),
    ],
)
def test_an_adjective_before_a_noun_qualifies_it(word, kind):
    text = (
        f"Ada/NNP/nsubj>slept/PERSON , the {word}/JJ/amod>captain captain/NN/appos>Ada of "
        f"Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root ."
    )
    assert stands(text, COMMANDS) == (ASSERTED, kind, None)


def test_a_title_may_be_former():
    text = "Former/JJ/amod>captain captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON slept=sleep/VBD/root ."
    assert stands(text, "Ada is Sailor") == (ASSERTED, "Former", None)


def test_ex_before_a_noun_makes_it_former():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , an ex/AFX/compound>captain - captain/NN/appos>Ada of "
        "Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root ."
    )
    assert stands(text, COMMANDS) == (ASSERTED, "Former", None)


def test_elect_after_a_noun_makes_it_future():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada - elect/JJ/amod>captain of "
        "Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root ."
    )
    assert stands(text, COMMANDS) == (ASSERTED, "Future", None)


def test_an_alleged_captain_is_possible():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , the alleged/JJ/amod>captain captain/NN/appos>Ada of "
        "Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root ."
    )
    assert stands(text, COMMANDS) == (POSSIBLE, None, "alleged")


@pytest.mark.parametrize("copula", ["was=be/VBD/cop>captain", "had=have/VBD/aux>captain been=be/VBN/cop>captain"])
def test_what_one_was_is_former(copula):
    assert stands(noun("", copula=copula), COMMANDS) == (ASSERTED, "Former", None)


def test_what_one_has_been_still_holds():
    assert stands(noun("", copula="has=have/VBZ/aux>captain been=be/VBN/cop>captain"), COMMANDS)[1] is None


def test_the_past_of_what_lasts_is_former():
    assert stands(verb("", "commanded=command/VBD/root"), COMMANDS) == (ASSERTED, "Former", None)


def test_the_past_of_what_happens_is_a_plain_fact():
    text = "Ada/NNP/nsubj>rescued/PERSON rescued=rescue/VBD/root Bram/NNP/obj>rescued/PERSON ."
    assert stands(text, "Ada rescued Bram") == (ASSERTED, None, None)


def test_one_frame_of_a_lasting_relation_may_say_what_happens():
    text = "Ada/NNP/nsubj>joined/PERSON joined=join/VBD/root the Rope+Guild/NNP/obj>joined/ORG ."
    assert stands(text, "Ada belongsTo Rope Guild") == (ASSERTED, None, None)


def test_no_longer_makes_former():
    text = noun("no/RB/advmod>longer longer/RB/advmod>captain the")
    assert stands(text, COMMANDS) == (ASSERTED, "Former", None)


def test_served_as_is_former_and_serves_as_is_not():
    text = "Ada/NNP/nsubj>{0}/PERSON {0}=serve/{1}/root as captain/NN/obl>{0} of Gull/NNP/nmod>captain/PRODUCT ."
    assert stands(text.format("served", "VBD"), COMMANDS)[1] == "Former"
    assert stands(text.format("serves", "VBZ"), COMMANDS)[1] is None


def test_who_resigned_as_captain_was_captain():
    text = (
        "Ada/NNP/nsubj>resigned/PERSON resigned=resign/VBD/root as captain/NN/obl>resigned of "
        "Gull/NNP/nmod>captain/PRODUCT ."
    )
    assert stands(text, COMMANDS) == (ASSERTED, "Former", None)


def test_years_after_from_and_to_date_what_was():
    text = noun(
        "",
        after="from 1998/CD/obl>captain to 2003/CD/obl>captain",
        copula="was=be/VBD/cop>captain",
    )
    assert found(read(text))[COMMANDS].qualification == Qualification("Former", "1998", "2003")


def test_a_year_after_until_ends_what_was():
    text = noun("", after="until 2003/CD/obl>captain", copula="was=be/VBD/cop>captain")
    assert found(read(text))[COMMANDS].qualification == Qualification("Former", None, "2003")


def said(content):
    return f"Bram/NNP/nsubj>said/PERSON said=say/VBD/root {content} ."


def test_what_is_reported_is_claimed_by_its_speaker():
    reading = read(said("Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/ccomp>said Gull/NNP/obj>commands/PRODUCT"))
    statement = found(reading)[COMMANDS]
    labels = {referent.id: referent.label for referent in reading.referents}
    assert (statement.status, labels[statement.speaker], statement.status_cue) == (CLAIMED, "Bram", "said")


def test_what_is_quoted_is_claimed_by_its_speaker():
    text = (
        "“ Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/ccomp>said Gull/NNP/obj>commands/PRODUCT , ” "
        "said=say/VBD/root Bram/NNP/nsubj>said/PERSON ."
    )
    assert stands(text, COMMANDS) == (CLAIMED, None, "said")


def test_what_is_reported_as_negated_stays_denied():
    content = (
        "Ada/NNP/nsubj>commands/PERSON never/RB/advmod>commands commands=command/VBZ/ccomp>said "
        "Gull/NNP/obj>commands/PRODUCT"
    )
    assert stands(said(content), COMMANDS) == (DENIED, None, "never")


def test_what_a_speaker_denies_is_denied():
    text = said(
        "Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/ccomp>denied Gull/NNP/obj>commands/PRODUCT"
    ).replace("said=say", "denied=deny")
    assert stands(text.replace(">said", ">denied"), COMMANDS)[0] == DENIED


def test_what_reported_speech_presupposes_is_the_article_s_own():
    content = (
        "Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/ccomp>said"
    )
    assert stands(said(content), COMMANDS) == (ASSERTED, None, None)


def test_what_a_quotation_presupposes_is_its_speaker_s():
    text = (
        "“ Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/ccomp>said , ” said=say/VBD/root Bram/NNP/nsubj>said/PERSON ."
    )
    assert stands(text, COMMANDS) == (CLAIMED, None, "said")


def test_an_editor_in_square_brackets_speaks_for_the_article():
    text = (
        "“ She/PRP/nsubj>slept [ Ada/NNP/dep>She/PERSON , captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT ] "
        "slept=sleep/VBD/ccomp>said , ” said=say/VBD/root Bram/NNP/nsubj>said/PERSON ."
    )
    assert stands(text, COMMANDS) == (ASSERTED, None, None)


def test_a_deputy_captain_is_no_captain():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , deputy/JJ/amod>captain captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root ."
    )
    assert relations(text) == set()


def test_what_is_to_come_is_possible():
    assert stands(verb("is=be/VBZ/cop>* to/TO/mark>*", "command/VB/root"), COMMANDS)[0] is POSSIBLE


def test_a_finite_verb_is_its_own_master_beside_a_modal():
    text = (
        "Ada/NNP/nsubj>slept/PERSON would/MD/aux>slept have=have/VB/aux>slept slept=sleep/VBN/root but/CC/cc>joined "
        "joined=join/VBD/conj>slept Rope+Guild/NNP/obj>joined/ORG ."
    )
    assert stands(text, "Ada belongsTo Rope Guild")[0] is ASSERTED


def test_a_denied_report_that_something_was_so_is_denied():
    text = (
        "Bram/NNP/nsubj>denied/PERSON denied=deny/VBD/root a report/NN/obj>denied that/IN/mark>commanded "
        "Ada/NNP/nsubj>commanded/PERSON had=have/VBD/aux>commanded commanded=command/VBN/acl>report "
        "Gull/NNP/obj>commanded/PRODUCT ."
    )
    assert stands(text, COMMANDS)[0] is DENIED


def test_an_aside_in_what_is_reported_is_the_article_s_own():
    text = (
        "Bram/NNP/nsubj>said/PERSON said=say/VBD/root that/IN/mark>sank Gull/NNP/nsubj>sank/PRODUCT ,/,/punct>Gull "
        "a vessel/NN/appos>Gull commanded=command/VBN/acl>vessel by Ada/NNP/obl:agent>commanded/PERSON ,/,/punct>Gull "
        "sank=sink/VBD/ccomp>said ."
    )
    assert stands(text, COMMANDS)[0] is ASSERTED


def test_nobody_is_formerly_a_person():
    text = "Ada/NNP/nsubj>slept/PERSON , a former/JJ/amod>seafarer seafarer/NN/appos>Ada , slept=sleep/VBD/root ."
    assert "Ada is Person" not in found(read(text))
