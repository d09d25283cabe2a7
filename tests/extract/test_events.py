"""Events: roles, counts and results, and which mentions are one event."""

import pytest
from language.ships import SEA, found, read, referents, relations

from kg.model import Qualification, Status, Value
from kg.vocabulary import XSD

RACE = "Ada/NNP/nsubj>won/PERSON won=win/VBD/root the race/NN/obj>won at Port_Ellery/NNP/nmod>race/GPE ."


def event(name, rest, *roles):
    """Write what is said of an event: its label, then each relation."""
    return {f"{name}: {rest} {role}" for role in roles}


def test_an_event_noun_makes_an_event_with_its_roles():
    assert relations(RACE) == event("race", "Ada, Port Ellery", "winner Ada", "heldAt Port Ellery")
    assert "race: Ada, Port Ellery is Race" in found(read(RACE))


def test_a_passive_says_the_same():
    text = (
        "The race/NN/nsubj:pass>won at Port_Ellery/NNP/nmod>race/GPE was=be/VBD/aux:pass>won won=win/VBN/root "
        "by Ada/NNP/obl:agent>won/PERSON ."
    )
    assert relations(text) == relations(RACE)


def test_an_event_verb_makes_an_event_with_its_roles():
    text = "Ada/NNP/nsubj>sailed/PERSON sailed=sail/VBD/root from Port_Ellery/NNP/obl>sailed/GPE ."
    assert relations(text) == event("voyage", "Ada, Port Ellery", "sailedBy Ada", "sailedFrom Port Ellery")


def test_an_event_without_any_role_is_not_worth_a_statement():
    assert found(read("The race/NN/nsubj>began began=begin/VBD/root .")) == {}


def test_a_role_takes_only_what_suits_its_range():
    text = "The Rope+Guild/NNP/nsubj>won/ORG won=win/VBD/root the race/NN/obj>won ."
    assert relations(text) == set()


def test_a_role_takes_what_a_pronoun_stands_for():
    text = "Ada/NNP/nsubj>slept/PERSON slept=sleep/VBD/root .\nShe/PRP/nsubj>won won=win/VBD/root the race/NN/obj>won ."
    assert relations(text) == {"race: Ada winner Ada"}


def test_a_role_verb_without_its_event_gives_nothing():
    assert relations("Ada/NNP/nsubj>won/PERSON won=win/VBD/root the prize/NN/obj>won .") == set()


def test_a_role_may_give_a_value_by_itself():
    text = "The ballot/NN/nsubj>failed failed=fail/VBD/root ."
    assert relations(text) == {"ballot outcome Lost"}


def test_a_planned_event_is_possible():
    text = "Ada/NNP/nsubj>sail/PERSON will/MD/aux>sail sail/VB/root from Port_Ellery/NNP/obl>sail/GPE ."
    assert {s.status for line, s in found(read(text)).items() if line.startswith("voyage")} == {Status.POSSIBLE}


# -- results ----------------------------------------------------------------------------------------------


def scores(text):
    """Return the numbers of all results in order of their property."""
    return [(s.predicate.removeprefix(SEA), s.object) for s in read(text).statements if isinstance(s.object, Value)]


def score(ayes, noes):
    return [("ayes", Value(str(ayes), XSD + "integer")), ("noes", Value(str(noes), XSD + "integer"))]


BALLOT = "The ballot/NN/nsubj>ended on Ada/NNP/nmod>ballot/PERSON ended=end/VBD/root {} ."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("95/CD/obl>ended to 92/CD/nmod>95", score(95, 92)),
        ("95-92/CD/obl>ended", score(95, 92)),
        ("with 1,200/CD/obl>ended to 92/CD/nmod>1,200", score(1200, 92)),
        ("twelve/CD/obl>ended to seven/CD/nmod>twelve", score(12, 7)),
        ("twenty/CD/compound>one - one/CD/obl>ended to seven/CD/nmod>one", score(21, 7)),
        ("7/CD/nummod>no no/NN/obl>ended to 12/CD/nummod>aye aye/NN/nmod>no", score(12, 7)),
        ("12/CD/nummod>ayes ayes=aye/NNS/obl>ended to 7/CD/nummod>noes noes=no/NNS/nmod>ayes", score(12, 7)),
    ],
)
def test_a_result_gives_two_numbers_to_its_event(words, expected):
    assert sorted(set(scores(BALLOT.format(words))), key=str) == expected


@pytest.mark.parametrize(
    "words",
    [
        "43/CD/obl>ended to 57/CD/nmod>43 percent/NN/dep>57",
        "from 1998/CD/obl>ended to 2003/CD/obl>ended",
        "from 7/CD/obl>ended to 12/CD/obl>ended",
        "at 95/CD/obl>ended",
    ],
)
def test_shares_years_and_ranges_are_no_results(words):
    assert scores(BALLOT.format(words)) == []


def test_an_outcome_tells_which_number_is_which():
    lost = (
        "The ballot/NN/nsubj>failed on Ada/NNP/nmod>ballot/PERSON failed=fail/VBD/root by 92/CD/obl>failed to "
        "95/CD/nmod>92 ."
    )
    won = lost.replace("failed=fail", "failed=succeed")
    assert sorted(scores(lost), key=str) == score(92, 95)
    assert sorted(scores(won), key=str) == score(95, 92)


def test_a_result_in_the_next_sentence_belongs_to_the_event_before_it():
    text = BALLOT.format("") + "\nIt/PRP/nsubj>95 was=be/VBD/cop>95 95/CD/root to 92/CD/nmod>95 ."
    assert sorted(scores(text), key=str) == score(95, 92)


def test_a_result_without_an_event_gives_nothing():
    assert scores("Ada/NNP/nsubj>won/PERSON won=win/VBD/root 95/CD/obl>won to 92/CD/nmod>95 .") == []


def test_an_event_that_is_not_decided_so_takes_no_result():
    text = RACE.replace(" .", " by 95/CD/obl>won to 92/CD/nmod>95 .")
    assert scores(text) == []


# -- counts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "has=have/VBZ/root 300/CD/nummod>members members=member/NNS/obj>has",
        "has=have/VBZ/root three/CD/compound>hundred hundred/CD/nummod>members members=member/NNS/obj>has",
        "has=have/VBZ/root 300/CD/nummod>members active/JJ/amod>members members=member/NNS/obj>has",
    ],
)
def test_who_has_members_has_their_number(words):
    text = f"The Rope+Guild/NNP/nsubj>has/ORG {words} ."
    assert scores(text) == [("memberCount", Value("300", XSD + "integer"))]


def test_two_members_of_a_guild_are_not_all_its_members():
    text = "2/CD/nummod>members members=member/NNS/nsubj>met of the Rope+Guild/NNP/nmod>members/ORG met=meet/VBD/root ."
    assert scores(text) == []


def test_what_a_count_has_grown_to_holds_and_what_it_was_is_former():
    text = (
        "The Rope+Guild/NNP/nsubj>grown/ORG has=have/VBZ/aux>grown grown=grow/VBN/root from 300/CD/nummod>members "
        "members=member/NNS/obl>grown to 1,000/CD/obl>grown ."
    )
    reading = read(text)
    counts = {s.object.text: s.qualification for s in reading.statements if isinstance(s.object, Value)}
    assert counts == {"1000": None, "300": Qualification("Former")}
    evidence = found(reading)["Rope Guild memberCount 1000"].evidence
    assert reading.article.text[evidence.start : evidence.end].endswith("from 300 members to 1,000")


def test_members_without_a_number_are_not_counted():
    text = "The Rope+Guild/NNP/nsubj>has/ORG has=have/VBZ/root old/JJ/amod>members members=member/NNS/obj>has ."
    assert scores(text) == []


def test_a_count_of_what_has_no_members_is_not_kept():
    text = "Ada/NNP/nsubj>has/PERSON has=have/VBZ/root 300/CD/nummod>members members=member/NNS/obj>has ."
    assert scores(text) == []


def test_a_count_in_an_event_belongs_to_it():
    text = BALLOT.format("with 12/CD/nummod>ayes ayes=aye/NNS/obl>ended")
    assert scores(text) == [("ayes", Value("12", XSD + "integer"))]


# -- one event or two -------------------------------------------------------------------------------------


def races(text):
    return sorted({line.split(" is ")[0] for line in found(read(text)) if line.endswith(" is Race")})


def test_a_second_mention_that_shares_a_role_is_the_same_event():
    text = RACE + "\nCleo/NNP/nsubj>saw/PERSON saw=see/VBD/root the race/NN/obj>saw at Port_Ellery/NNP/nmod>race/GPE ."
    assert races(text) == ["race: Ada, Port Ellery"]


def test_a_definite_mention_without_roles_takes_the_event_up():
    text = RACE + "\nThe race/NN/nsubj>ended ended=end/VBD/root ."
    assert referents(text)["race: Ada, Port Ellery"] == ["race", "race"]


def test_another_winner_won_another_race():
    text = RACE + "\nBram/NNP/nsubj>won/PERSON won=win/VBD/root the race/NN/obj>won at Port_Orme/NNP/nmod>race/GPE ."
    assert races(text) == ["race: Ada, Port Ellery", "race: Bram, Port Orme"]


def test_events_of_unrelated_classes_are_two():
    text = RACE + "\n" + BALLOT.format("95/CD/obl>ended to 92/CD/nmod>95")
    assert {line.split(" is ")[1] for line in found(read(text)) if line.endswith((" is Race", " is Ballot"))} == {
        "Race",
        "Ballot",
    }


def test_those_who_do_what_a_verb_says_are_counted():
    text = (
        "The ballot/NN/nsubj>failed on Ada/NNP/nmod>ballot/PERSON failed=fail/VBD/root , while 21/CD/nummod>sailors "
        "sailors=sailor/NNS/nsubj>objected objected=object/VBD/advcl>failed ."
    )
    assert "ballot: Ada noes 21" in relations(text)


def test_some_of_those_who_do_it_are_not_the_count():
    text = (
        "The ballot/NN/nsubj>failed on Ada/NNP/nmod>ballot/PERSON failed=fail/VBD/root .\n"
        "Two/CD/nummod>sailors sailors=sailor/NNS/nsubj>objected of Gull/NNP/nmod>sailors/PRODUCT "
        "objected=object/VBD/root ."
    )
    assert not any("noes" in line for line in relations(text))
