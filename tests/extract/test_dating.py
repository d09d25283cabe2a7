"""Since when and until when something holds: a dated statement beside the plain one, or in its place."""

import news
import pytest
from language.docs import make_doc
from language.ships import describe, place, ships, syntax

from kg.extract.dating import Dates, find_dates, find_day
from kg.extract.reading import read_doc
from kg.language.times import Times
from kg.model import Article, Qualification

FRIDAY = "2019-05-10"
COMMANDS = "Ada commands Gull"
PRESENT, PAST = "commands=command/VBZ/root", "commanded=command/VBD/root"


def statements(text, line, published=FRIDAY):
    """Return the statements that say one thing, with the text that they are read from."""
    doc = make_doc(text)
    reading = read_doc(doc, Article("a", doc.text, published=published), ships())
    return doc.text, [s for s in reading.statements if describe(reading, s) == line]


def dated(text, line=COMMANDS, published=FRIDAY):
    """Return how each statement of one thing is qualified; None for the plain one."""
    return [statement.qualification for statement in statements(text, line, published)[1]]


def commands(times, word=PRESENT):
    """Write that Ada commands the Gull, with times that hang on the verb, which they call `*`."""
    verb = word.split("=")[0]
    return f"Ada/NNP/nsubj>{verb}/PERSON {word} Gull/NNP/obj>{verb}/PRODUCT {times} .".replace("*", verb)


def dates_of(times, *, begins=False, ends=False):
    """Return the dates that find_dates gives for times on the verb of "It fell"."""
    view = syntax(f"It/PRP/nsubj>fell fell=fall/VBD/root {times} .")
    return find_dates(Times(view, FRIDAY), [place(view, "fell")], begins=begins, ends=ends)


SINCE_2015 = "since 2015/CD/obl>*"
FROM_TO = "from 2012/CD/obl>* to 2015/CD/obl>*"


# -- dated statements ------------------------------------------------------------------------------------


def test_what_has_held_since_a_year_holds_now_and_has_a_start():
    assert dated(commands(SINCE_2015)) == [None, Qualification(start="2015")]


def test_without_a_date_there_is_the_plain_statement_alone():
    assert dated(commands("")) == [None]


def test_the_past_tense_with_dates_is_former_and_no_plain_statement():
    assert dated(commands(FROM_TO, PAST)) == [Qualification("Former", "2012", "2015")]


def test_what_ended_before_the_article_is_former_in_any_tense():
    assert dated(commands(FROM_TO)) == [Qualification("Former", "2012", "2015")]
    assert dated(commands("until 2018/CD/obl>*")) == [Qualification("Former", end="2018")]


@pytest.mark.parametrize("end", ["2019", "2020"])
def test_what_ends_this_year_or_later_holds_now(end):
    assert dated(commands(f"until {end}/CD/obl>*")) == [None, Qualification(end=end)]


@pytest.mark.parametrize(
    ("day", "kind"), [("May_9_2019", "Former"), ("May_10_2019", None), ("April_2019", "Former"), ("May_2019", None)]
)
def test_an_end_is_over_on_the_day_after_it_as_exactly_as_it_is_told(day, kind):
    qualified = dated(commands(f"until {day}/NNP/obl>*"))
    assert [q.kind for q in qualified if q is not None] == [kind]
    assert (None in qualified) is (kind is None)


def test_without_the_day_of_the_article_nothing_is_over():
    assert dated(commands("until 2018/CD/obl>*"), published=None) == [None, Qualification(end="2018")]


def test_when_something_lasting_is_seen_to_hold_is_no_date_of_it():
    assert dated(commands("in 2015/CD/obl>*")) == [None]


def test_what_happens_in_a_year_has_held_since_then():
    text = "Ada/NNP/nsubj>joined/PERSON joined=join/VBD/root the Rope+Guild/NNP/obj>joined/ORG in 2015/CD/obl>joined ."
    assert dated(text, "Ada belongsTo Rope Guild") == [None, Qualification(start="2015")]


def test_what_somebody_is_made_begins_on_that_day():
    text = (
        "Ada/NNP/nsubj:pass>elected/PERSON was=be/VBD/aux:pass>elected elected=elect/VBN/root captain/NN/xcomp>elected "
        "of Gull/NNP/nmod>captain/PRODUCT on Monday/NNP/obl>elected ."
    )
    assert dated(text) == [None, Qualification(start="2019-05-06")]


def test_what_somebody_resigns_from_ends_on_that_day():
    text = (
        "Ada/NNP/nsubj>resigned/PERSON resigned=resign/VBD/root as captain/NN/obl>resigned of "
        "Gull/NNP/nmod>captain/PRODUCT on Monday/NNP/obl>resigned ."
    )
    assert dated(text) == [Qualification("Former", end="2019-05-06")]


def test_a_date_may_hang_on_the_noun():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT since "
        "2015/CD/nmod>captain , slept=sleep/VBD/root ."
    )
    assert dated(text) == [None, Qualification(start="2015")]


def test_the_date_of_another_verb_is_none_of_it():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root since 2015/CD/obl>slept ."
    )
    assert dated(text) == [None]


def test_a_class_has_no_dates():
    text = "Ada/NNP/nsubj>sailor/PERSON is=be/VBZ/cop>sailor a sailor/NN/root since 2015/CD/nmod>sailor ."
    assert dated(text, "Ada is Sailor") == [None]


def test_the_evidence_of_a_dated_statement_reaches_to_its_date_and_that_of_the_plain_one_does_not():
    text, (plain, with_date) = statements(commands(f"calmly/RB/advmod>* {SINCE_2015}"), COMMANDS)
    words = [text[s.evidence.start : s.evidence.end] for s in (plain, with_date)]
    assert words == ["Ada commands Gull", "Ada commands Gull calmly since 2015"]


# -- which times are dates of what -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("since 2012/CD/obl>fell", ("2012", None)),
        ("from 2012/CD/obl>fell", ("2012", None)),
        ("until 2015/CD/obl>fell", (None, "2015")),
        ("from 2012/CD/obl>fell until 2015/CD/obl>fell", ("2012", "2015")),
        ("from 2012/CD/obl>fell to 2015/CD/obl>fell", ("2012", "2015")),
        ("between 2012/CD/obl>fell and 2015/CD/conj>2012", ("2012", "2015")),
    ],
)
def test_a_preposition_tells_a_start_from_an_end(times, expected):
    found = dates_of(times)
    assert (found.start, found.end) == expected


@pytest.mark.parametrize(
    "times",
    ["to 2015/CD/obl>fell", "by 2015/CD/obl>fell", "before 2015/CD/obl>fell", "after 2015/CD/obl>fell", ""],
)
def test_other_prepositions_tell_neither(times):
    assert dates_of(times, begins=True) == Dates()


@pytest.mark.parametrize("times", ["in 2015/CD/obl>fell", "during 2015/CD/obl>fell", "yesterday/NN/advmod>fell"])
def test_a_time_at_which_it_happens_is_its_start_only_where_it_begins_then(times):
    assert dates_of(times, begins=True).start is not None
    assert dates_of(times) == Dates()


def test_the_first_time_of_a_kind_counts():
    assert dates_of("in 2015/CD/obl>fell in 2016/CD/obl>fell", begins=True).start == "2015"


def test_a_start_outweighs_the_day_on_which_it_is_told():
    assert dates_of("in 2016/CD/obl>fell since 2012/CD/obl>fell", begins=True).start == "2012"


def test_what_is_to_come_is_no_start():
    assert dates_of("from next_Monday/NNP/obl>fell") == Dates()


def test_the_words_of_a_date_reach_from_the_start_to_the_end():
    assert dates_of("from 2012/CD/obl>fell to 2015/CD/obl>fell").words == (3, 6)


# -- the day of an event ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "ahead", "words"),
    [
        ("on Monday/NNP/obl>fell", False, "Monday"),
        ("on Monday/NNP/obl>fell", True, "Monday"),
        ("yesterday/NN/advmod>fell", False, "yesterday"),
        ("since Monday/NNP/obl>fell", False, None),
        ("until Monday/NNP/obl>fell", True, None),
        ("since 2012/CD/obl>fell in 2015/CD/obl>fell", False, "2015"),
        ("on next_Monday/NNP/obl>fell", False, None),
        ("on next_Monday/NNP/obl>fell", True, "next Monday"),
        ("on last_Monday/NNP/obl>fell", True, None),
    ],
)
def test_an_event_takes_place_at_a_time_that_is_neither_a_start_nor_an_end(times, ahead, words):
    view = syntax(f"It/PRP/nsubj>fell fell=fall/VBD/root {times} .")
    time = find_day(Times(view, FRIDAY), [place(view, "fell")], ahead=ahead)
    assert (None if time is None else view.doc[time.start : time.end].text) == words


def test_a_time_beside_a_noun_is_no_date_of_a_relation_that_the_noun_presupposes():
    text = "The army removed Bram Quist in 2006, and another his sister Ada Lund in 2014."
    assert news.told(text, "sibling") == {"Ada Lund sibling Bram Quist"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ada Lund left the Green Party in March.", "Ada Lund memberOfParty Green Party [Former, until 2019-03]"),
        ("Ada Lund divorced Bram Quist in 2015.", "Ada Lund spouse Bram Quist [Former, until 2015]"),
        ("Ada Lund joined the Green Party in 2015.", "Ada Lund memberOfParty Green Party [since 2015]"),
    ],
)
def test_the_day_of_a_verb_that_ends_something_is_its_end(text, line):
    assert line in news.told(text, "memberOfParty", "spouse")
    assert not any("since" in each for each in news.told(text) if "Former" in each)


def test_an_end_goes_before_a_beginning():
    time = "May/NNP/nmod>fell in/IN/case>May 2015/CD/nummod>May"
    assert (
        dates_of(time, begins=True).start == dates_of(time, ends=True).end == dates_of(time, begins=True, ends=True).end
    )
    assert dates_of(time, begins=True, ends=True).start is None
