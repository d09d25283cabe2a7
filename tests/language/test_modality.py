"""What a clause leaves undone or open, whose words call somebody something, and which titles may be of the past."""

import news
import pytest

from kg.extract.reading import read_doc
from kg.model import Article, Qualification, Status

from .docs import make_doc
from .ships import describe, found, read, relations, ships

ASSERTED, CLAIMED, DENIED, POSSIBLE = Status.ASSERTED, Status.CLAIMED, Status.DENIED, Status.POSSIBLE
FORMER = Qualification("Former")
COMMANDS, JOINS, HOLDS = "Ada commands Gull", "Ada belongsTo Rope Guild", "Ada holds skipper"
ADA = "Ada/NNP/nsubj>{}/PERSON"
BRAM = "Bram/NNP/nsubj>{}/PERSON"
SLEPT = "slept=sleep/VBD/root ."


def stands(text, line, published=None):
    """Return the status, the qualification and the cue of one statement."""
    doc = make_doc(text)
    reading = read_doc(doc, Article("a", doc.text, published=published), ships())
    (statement,) = [s for s in reading.statements if describe(reading, s) == line]
    return statement.status, statement.qualification, statement.status_cue


def speaker(text, line):
    reading = read(text)
    labels = {referent.id: referent.label for referent in reading.referents}
    return labels.get(found(reading)[line].speaker)


def joining(verb, before="to/TO/mark>join", word="join/VB", relation="xcomp"):
    """Write that Ada does something with joining the Rope Guild: "refused to join …", "left without joining …"."""
    above, joined = verb.split("=")[0], word.split("/")[0].split("=")[0]
    return (
        f"{ADA.format(above)} {verb}/VBD/root {before} {word}/{relation}>{above} the Rope+Guild/NNP/obj>{joined}/ORG ."
    )


JOINING = "joining=join/VBG"


# -- what is left undone ---------------------------------------------------------------------------------


def test_what_is_done_without_is_denied():
    text = joining("left=leave", "without/IN/mark>joining", JOINING, "advcl")
    assert stands(text, JOINS) == (DENIED, None, "without")


def test_what_is_done_by_or_after_doing_something_else_is_not_denied():
    text = joining("slept=sleep", "after/IN/mark>joining", JOINING, "advcl")
    assert stands(text, JOINS)[0] is ASSERTED


def test_what_somebody_stops_short_of_is_denied():
    text = joining("fell=fall", "short/RB/advmod>fell of/IN/mark>joining", JOINING, "advcl")
    assert stands(text, JOINS) == (DENIED, None, "short")


def test_of_without_short_denies_nothing():
    text = joining("dreamt=dream", "long/RB/advmod>dreamt of/IN/mark>joining", JOINING, "advcl")
    assert stands(text, JOINS)[0] is not DENIED


@pytest.mark.parametrize(
    ("before", "status", "cue"),
    [("neither/CC/cc:preconj>Guild", DENIED, "not"), ("both/CC/cc:preconj>Guild", ASSERTED, None)],
)
def test_neither_before_a_preposition_s_noun_denies_and_both_does_not(before, status, cue):
    text = (
        f"Ada/NNP/nsubj>belongs/PERSON belongs=belong/VBZ/root {before} to the Rope_Guild/NNP/obl>belongs/ORG and "
        "the Sail_Guild/NNP/conj>Rope_Guild/ORG ."
    ).replace(">Guild", ">Rope_Guild")
    assert stands(text, JOINS) == (status, None, cue)


def test_neither_before_subjects_denies_of_both():
    text = (
        "Neither/CC/cc:preconj>Ada Ada/NNP/nsubj>commands/PERSON nor/CC/cc>Bram Bram/NNP/conj>Ada/PERSON "
        "commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT ."
    )
    assert stands(text, COMMANDS)[0] is DENIED
    assert stands(text, "Bram commands Gull")[0] is DENIED


def test_no_before_an_object_denies():
    text = f"{ADA.format('rescued')} rescued=rescue/VBD/root no/DT/det>Bram Bram/NNP/obj>rescued/PERSON ."
    assert stands(text, "Ada rescued Bram") == (DENIED, None, "no")


# -- what is left open -----------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", ["account", "telling", "version"])
def test_what_is_so_by_somebody_s_own_account_is_possible(noun):
    text = (
        f"By/IN/case>{noun} her/PRP$/nmod:poss>{noun} own/JJ/amod>{noun} {noun}/NN/obl>commands "
        "Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT ."
    )
    assert stands(text, COMMANDS) == (POSSIBLE, None, noun)


@pytest.mark.parametrize(("preposition", "noun"), [("By", "night"), ("Beside", "account")])
def test_other_words_after_by_and_other_prepositions_leave_nothing_open(preposition, noun):
    text = (
        f"{preposition}/IN/case>{noun} her/PRP$/nmod:poss>{noun} {noun}/NN/obl>commands "
        "Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT ."
    )
    assert stands(text, COMMANDS)[0] is ASSERTED


REPORT = (
    "that/IN/mark>commands Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/ccomp>{} Gull/NNP/obj>commands/PRODUCT ."
)


@pytest.mark.parametrize(
    ("opening", "verb"),
    [
        ("Rumours=rumour/NNS/nsubj>have have=have/VBP/root it/PRP/obj>have", "have"),
        ("Legend=legend/NN/nsubj>has has=have/VBZ/root it/PRP/expl>has", "has"),
        ("Rumours=rumour/NNS/nsubj>persist persist=persist/VBP/root", "persist"),
    ],
)
def test_what_rumours_have_is_possible(opening, verb):
    assert stands(f"{opening} {REPORT.format(verb)}", COMMANDS) == (POSSIBLE, None, verb)


@pytest.mark.parametrize(("verb", "status"), [("promised=promise", POSSIBLE), ("slept=sleep", ASSERTED)])
def test_until_when_somebody_promises_something_is_open(verb, status):
    head = verb.partition("=")[0]
    above = f"Cleo/NNP/nsubj>{head}/PERSON {verb}/VBD/root until/IN/mark>joined Ada/NNP/nsubj>joined/PERSON"
    text = f"{above} joined=join/VBD/advcl>{head} the Rope+Guild/NNP/obj>joined/ORG ."
    assert stands(text, JOINS)[0] is status


def test_what_happens_to_be_so_is_no_rumour():
    opening = "It/PRP/expl>happens happens=happen/VBZ/root"
    assert stands(f"{opening} {REPORT.format('happens')}", COMMANDS)[0] is ASSERTED


@pytest.mark.parametrize("verb", ["has=have", "had=have"])
def test_what_somebody_has_to_do_is_possible(verb):
    assert stands(joining(verb), JOINS) == (POSSIBLE, None, "to")


@pytest.mark.parametrize("word", ["will", "'ll"])
def test_who_will_remain_something_is_it_now(word):
    text = (
        f"{ADA.format('remain')} {word}/MD/aux>remain {{}} captain/NN/xcomp>remain of Gull/NNP/nmod>captain/PRODUCT ."
    )
    assert stands(text.format("remain/VB/root"), COMMANDS) == (ASSERTED, None, None)
    become = text.replace(">remain", ">become").format("become/VB/root")
    assert stands(become, COMMANDS)[0] is POSSIBLE


def test_who_may_remain_something_is_it_only_possibly():
    text = (
        f"{ADA.format('remain')} may/MD/aux>remain remain/VB/root captain/NN/xcomp>remain of "
        "Gull/NNP/nmod>captain/PRODUCT ."
    )
    assert stands(text, COMMANDS)[0] is POSSIBLE


def electing(verb, relation="xcomp"):
    word = verb.split("=")[0]
    return (
        f"They/PRP/nsubj>{word} {verb}/root to/TO/mark>elect elect/VB/{relation}>{word} Ada/NNP/obj>elect/PERSON "
        "captain/NN/xcomp>elect of Gull/NNP/nmod>captain/PRODUCT ."
    )


@pytest.mark.parametrize("relation", ["xcomp", "advcl"])
def test_whom_they_voted_to_elect_is_elected(relation):
    assert stands(electing("voted=vote/VBD", relation), COMMANDS)[::2] == (ASSERTED, None)


@pytest.mark.parametrize(
    ("verb", "relation"),
    [("hoped=hope/VBD", "xcomp"), ("agreed=agree/VBD", "xcomp"), ("met=meet/VBD", "advcl"), ("vote=vote/VBP", "advcl")],
)
def test_whom_they_hope_meet_or_vote_now_to_elect_is_not_elected_yet(verb, relation):
    assert stands(electing(verb, relation), COMMANDS)[::2] == (POSSIBLE, verb.split("=")[0])


def causing(auxiliary, have):
    return (
        f"{BRAM.format('have')} {auxiliary} {have} a vessel/NN/obj>have commanded=command/VBN/acl>vessel by "
        "Ada/NNP/obl:agent>commanded/PERSON , Gull/NNP/appos>vessel/PRODUCT ."
    )


def test_what_somebody_may_have_done_is_possible():
    assert stands(causing("may/MD/aux>have", "have/VB/root"), COMMANDS)[::2] == (POSSIBLE, "may")


def test_a_participle_after_another_object_does_not_depend_on_its_verb():
    text = causing("may/MD/aux>have", "see/VB/root").replace(">have", ">see")
    assert stands(text, COMMANDS)[::2] == (ASSERTED, None)


# -- what somebody is called -----------------------------------------------------------------------------


def calling(verb, rest="captain/NN/xcomp>{}"):
    word = verb.split("=")[0]
    return (
        f"{BRAM.format(word)} {verb}/VBZ/root Ada/NNP/obj>{word}/PERSON {rest.format(word)} "
        "of Gull/NNP/nmod>captain/PRODUCT ."
    )


@pytest.mark.parametrize("verb", ["calls=call", "labels=label", "brands=brand", "hails=hail"])
def test_what_somebody_calls_another_is_claimed_by_the_caller(verb):
    assert stands(calling(verb), COMMANDS) == (CLAIMED, None, verb.split("=")[0])
    assert speaker(calling(verb), COMMANDS) == "Bram"


def test_what_somebody_is_described_as_is_claimed_by_whoever_describes():
    text = calling("describes=describe", "as captain/NN/obl>{}")
    assert stands(text, COMMANDS)[0] is CLAIMED
    assert speaker(text, COMMANDS) == "Bram"


def test_what_somebody_is_made_is_no_claim():
    assert stands(calling("appoints=appoint"), COMMANDS)[0] is ASSERTED


@pytest.mark.parametrize(("agent", "who"), [("by Bram/NNP/obl:agent>called/PERSON", "Bram"), ("", None)])
def test_what_one_is_called_is_claimed_by_the_agent_where_there_is_one(agent, who):
    text = (
        "Ada/NNP/nsubj:pass>called/PERSON is=be/VBZ/aux:pass>called called=call/VBN/root captain/NN/xcomp>called "
        f"of Gull/NNP/nmod>captain/PRODUCT {agent} ."
    )
    assert stands(text, COMMANDS)[0] is CLAIMED
    assert speaker(text, COMMANDS) == who


def test_what_somebody_does_not_call_another_is_denied():
    text = calling("call=call").replace("call=call", "does=do/VBZ/aux>call not/RB/advmod>call call=call")
    assert stands(text, COMMANDS) == (DENIED, None, "not")


# -- titles of the past ----------------------------------------------------------------------------------


def apposed(before, noun="captain/NN/appos>Ada"):
    return f"{ADA.format('slept')} , {before} {noun} of Gull/NNP/nmod>captain/PRODUCT , {SLEPT}"


@pytest.mark.parametrize(
    "before",
    [
        "once/RB/advmod>captain the/DT/det>captain",
        "then/RB/advmod>captain the/DT/det>captain",
        "formerly/RB/advmod>captain a/DT/det>captain",
        "the one/CD/nummod>time - time/NN/compound>captain",
        "the onetime/JJ/amod>captain",
    ],
)
def test_who_was_once_something_is_it_no_more(before):
    assert stands(apposed(before), COMMANDS) == (ASSERTED, FORMER, None)


def test_who_is_now_something_is_it():
    assert stands(apposed("now/RB/advmod>captain the/DT/det>captain"), COMMANDS) == (ASSERTED, None, None)


YEARS = (
    "{} twelve/CD/nummod>years years=year/NNS/obl>slept the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT , "
    "Ada/NNP/nsubj>slept/PERSON " + SLEPT
)


@pytest.mark.parametrize(("preposition", "qualification"), [("For", FORMER), ("In", None)])
def test_who_was_something_for_twelve_years_may_be_it_no_more(preposition, qualification):
    assert stands(YEARS.format(preposition), COMMANDS) == (ASSERTED, qualification, None)


def test_for_another_thing_than_years_ends_nothing():
    text = YEARS.replace("years=year", "friends=friend").replace(">years", ">friends")
    assert stands(text.format("For"), COMMANDS) == (ASSERTED, None, None)


def of_title(noun):
    return (
        f"The {noun}/NN/nsubj>shook of Skipper/NNP/compound>Ada Ada/NNP/nmod>{noun}/PERSON shook=shake/VBD/root "
        "them/PRP/obj>shook ."
    )


def owning_title(noun):
    return (
        f"Skipper/NNP/compound>Ada Ada/NNP/nmod:poss>{noun}/PERSON 's {noun}/NN/nsubj>shook shook=shake/VBD/root "
        "them/PRP/obj>shook ."
    )


@pytest.mark.parametrize("noun", ["resignation", "death", "ouster"])
@pytest.mark.parametrize("write", [of_title, owning_title])
def test_whose_end_is_told_bears_a_former_title(noun, write):
    assert stands(write(noun), HOLDS) == (ASSERTED, FORMER, None)


@pytest.mark.parametrize("write", [of_title, owning_title])
def test_whose_speech_is_told_bears_a_title_of_today(write):
    assert stands(write("speech"), HOLDS) == (ASSERTED, None, None)


def under(verb, auxiliary="", preposition="under"):
    word = verb.split("=")[0]
    return (
        f"{BRAM.format(word)} {auxiliary} {verb}/root {preposition} Skipper/NNP/compound>Ada "
        f"Ada/NNP/obl>{word}/PERSON ."
    )


def test_under_whom_somebody_served_may_bear_the_title_no_more():
    assert stands(under("served=serve/VBD"), HOLDS) == (POSSIBLE, None, "under")


@pytest.mark.parametrize(
    "text",
    [
        under("serving=serve/VBG", "is=be/VBZ/aux>serving"),
        under("served=serve/VBD", preposition="beside"),
    ],
)
def test_under_whom_somebody_serves_and_beside_whom_he_served_bear_the_title(text):
    assert stands(text, HOLDS) == (ASSERTED, None, None)


def told(times, title="Skipper/NNP/compound>Ada"):
    return f"{title} Ada/NNP/nsubj>sang/PERSON sang=sing/VBD/root {times} ."


@pytest.mark.parametrize(
    ("times", "cue"), [("in 2012/CD/obl>sang", "2012"), ("on May_3_2012/NNP/obl>sang", "May 3 2012")]
)
def test_who_bears_a_title_in_what_is_told_of_a_past_year_may_bear_it_no_more(times, cue):
    assert stands(told(times), HOLDS, "2019-05-10") == (POSSIBLE, None, cue)


@pytest.mark.parametrize("times", ["in 2019/CD/obl>sang", "on Monday/NNP/obl>sang", "last_year/NN/obl>sang", ""])
def test_who_bears_a_title_in_what_is_told_of_this_year_or_the_last_bears_it(times):
    assert stands(told(times), HOLDS, "2019-05-10") == (ASSERTED, None, None)


def test_without_the_day_of_the_article_no_year_is_past():
    assert stands(told("in 2012/CD/obl>sang"), HOLDS) == (ASSERTED, None, None)


def test_what_is_said_of_somebody_beside_the_name_is_of_today_whatever_the_year():
    text = "Ada/NNP/nsubj>sang/PERSON , the skipper/NN/appos>Ada , sang=sing/VBD/root in 2012/CD/obl>sang ."
    assert stands(text, HOLDS, "2019-05-10") == (ASSERTED, None, None)


def test_a_denied_thing_of_a_past_year_stays_denied():
    text = joining("left=leave", "without/IN/mark>joining", JOINING, "advcl").replace(" .", " in 2012/CD/obl>left .")
    assert stands(text, JOINS, "2019-05-10")[0] is DENIED
    assert relations(text) == {JOINS}


@pytest.mark.parametrize("verb", ["accused", "denounced"])
def test_a_verb_that_is_itself_what_is_said_claims_nothing(verb):
    assert news.told(f"Ada Lund {verb} Bram Quist.", "criticised") == {"Ada Lund criticised Bram Quist"}
