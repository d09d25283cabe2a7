"""Times in text: which words are one, and which day, month or year they mean on the day of the article."""

import pytest

from kg.language.times import Times

from .ships import place, syntax

FRIDAY = "2019-05-10"


def rows(phrase):
    """Write the words of a time as modifiers of "fell": the first is the head of the others."""
    first, *others = phrase.split()
    written = [f"{first}/{tag(first)}/obl>fell"]
    written += [word if word in ",." else f"{word}/{tag(word)}/dep>{first}" for word in others]
    return " ".join(written)


def tag(word):
    return "CD" if word[0].isdigit() else "NNP" if word[0].isupper() else "NN"


def times_of(text, word, published=FRIDAY):
    """Return the times that hang on a word: their words, dates and prepositions."""
    view = syntax(text)
    found = Times(view, published).of(place(view, word))
    return [(view.doc[time.start : time.end].text, time.past, time.future, case) for time, case in found]


def when(phrase, published=FRIDAY):
    """Return the dates of the one time in "It fell on …": the last that is not to come, the next that is not over."""
    (found,) = times_of(f"It/PRP/nsubj>fell fell=fall/VBD/root on {rows(phrase)} .", "fell", published)
    words, past, future, case = found
    assert (words.replace(",", " ,").split(), case) == (phrase.split(), "on")
    return past, future


def all_times(text, published=FRIDAY):
    view = syntax(text)
    found = Times(view, published).by_token.values()
    return {view.doc[time.start : time.end].text: time.past for time in found}


@pytest.mark.parametrize(
    ("phrase", "date"),
    [
        ("3 May 2019", "2019-05-03"),
        ("3rd of May 2019", "2019-05-03"),
        ("May 3 , 2019", "2019-05-03"),
        ("Sept. 3 2018", "2018-09-03"),
        ("Friday , 3 May 2019", "2019-05-03"),
        ("2019-05-03", "2019-05-03"),
        ("May 2019", "2019-05"),
        ("2016", "2016"),
    ],
)
@pytest.mark.parametrize("published", [FRIDAY, "2024-01-01T09:30:00Z", None, "in spring"])
def test_a_date_with_its_year_is_the_same_whatever_the_day_of_the_article(phrase, date, published):
    assert when(phrase, published) == (date, date)


@pytest.mark.parametrize(
    ("phrase", "past", "future"),
    [
        ("3 May", "2019-05-03", "2020-05-03"),
        ("June 3", "2018-06-03", "2019-06-03"),
        ("10 May", "2019-05-10", "2019-05-10"),
        ("May", "2019-05", "2019-05"),
        ("June", "2018-06", "2019-06"),
        ("March", "2019-03", "2020-03"),
        ("last May", "2018-05", None),
        ("last March", "2019-03", None),
        ("next May", None, "2020-05"),
        ("next June", None, "2019-06"),
        ("this June", "2018-06", "2019-06"),
    ],
)
def test_a_date_without_its_year_is_the_nearest_before_and_after_the_article(phrase, past, future):
    assert when(phrase) == (past, future)


@pytest.mark.parametrize(
    ("phrase", "past", "future"),
    [
        ("Monday", "2019-05-06", "2019-05-13"),
        ("Monday evening", "2019-05-06", "2019-05-13"),
        ("Friday", "2019-05-10", "2019-05-10"),
        ("last Friday", "2019-05-03", None),
        ("last Monday", "2019-05-06", None),
        ("next Friday", None, "2019-05-17"),
        ("next Monday", None, "2019-05-13"),
        ("this Sunday", "2019-05-05", "2019-05-12"),
    ],
)
def test_a_weekday_is_the_nearest_before_and_after_the_article(phrase, past, future):
    assert when(phrase) == (past, future)


@pytest.mark.parametrize(
    ("phrase", "date"),
    [
        ("yesterday", "2019-05-09"),
        ("today", "2019-05-10"),
        ("Tonight", "2019-05-10"),
        ("tomorrow", "2019-05-11"),
        ("last year", "2018"),
        ("this year", "2019"),
        ("next year", "2020"),
        ("last month", "2019-04"),
        ("next month", "2019-06"),
        ("two years ago", "2017"),
        ("a year ago", "2018"),
        ("one month ago", "2019-04"),
        ("twelve months ago", "2018-05"),
        ("10 days ago", "2019-04-30"),
    ],
)
def test_words_of_nearness_are_counted_from_the_article_and_are_as_exact_as_their_unit(phrase, date):
    assert when(phrase) == (date, date)


def test_a_month_ago_is_in_the_year_before_when_the_year_has_just_begun():
    assert when("last month", "2019-01-31") == ("2018-12", "2018-12")


@pytest.mark.parametrize("phrase", ["Monday", "3 May", "last May", "yesterday", "last year", "two years ago"])
@pytest.mark.parametrize("published", [None, "", "2019", "10 May 2019"])
def test_what_depends_on_the_day_of_the_article_is_no_time_without_it(phrase, published):
    assert all_times(f"It/PRP/nsubj>fell fell=fall/VBD/root on {rows(phrase)} .", published) == {}


@pytest.mark.parametrize("phrase", ["31 February 2019", "2019-02-29", "40 May"])
def test_a_day_that_no_calendar_has_is_no_time(phrase):
    assert phrase not in all_times(f"It/PRP/nsubj>fell fell=fall/VBD/root on {rows(phrase)} .")


def test_a_leap_day_is_in_the_next_year_that_has_one():
    assert when("29 February") == (None, "2020-02-29")
    assert when("29 February", "2021-01-31") == ("2020-02-29", None)


@pytest.mark.parametrize(
    "text",
    [
        "It/PRP/nsubj>fall may/MD/aux>fall fall/VB/root .",
        "May/NNP/nsubj>fell/PERSON fell=fall/VBD/root .",
        "They/PRP/nsubj>march march/VBP/root in line/NN/obl>march .",
        "They/PRP/nsubj>saw saw=see/VBD/root 2016/CD/nummod>ships ships=ship/NNS/obj>saw .",
        "They/PRP/nsubj>saw saw=see/VBD/root in 2016/CD/nummod>ships ships=ship/NNS/obl>saw .",
        "It/PRP/nsubj>rose rose=rise/VBD/root by 2016.5/CD/obl>rose .",
        "Room/NN/nsubj>burnt 2016/CD/dep>Room burnt=burn/VBD/root .",
    ],
)
def test_a_verb_a_name_and_a_number_are_no_times(text):
    assert all_times(text) == {}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The 2016/CD/nummod>race race/NN/nsubj>ended ended=end/VBD/root .", "2016"),
        ("The May/NNP/compound>race race/NN/nsubj>ended ended=end/VBD/root .", None),
    ],
)
def test_a_year_before_a_noun_is_a_time_and_a_month_is_not(text, date):
    assert next(iter(all_times(text).values()), None) == date


def test_the_longest_words_are_the_time():
    assert all_times(f"It/PRP/nsubj>fell fell=fall/VBD/root on {rows('Friday , 3 May 2019')} .") == {
        "Friday, 3 May 2019": "2019-05-03"
    }


def test_each_time_of_a_word_comes_with_its_preposition_in_text_order():
    text = "It/PRP/nsubj>ran ran=run/VBD/root from 2012/CD/obl>ran to 2018/CD/obl>ran ."
    assert times_of(text, "ran") == [("2012", "2012", "2012", "from"), ("2018", "2018", "2018", "to")]


def test_a_time_has_no_preposition_where_none_stands_before_it():
    text = "It/PRP/nsubj>fell fell=fall/VBD/root yesterday/NN/advmod>fell ."
    assert times_of(text, "fell") == [("yesterday", "2019-05-09", "2019-05-09", "")]


def test_the_second_time_after_between_is_an_end():
    text = "It/PRP/nsubj>ran ran=run/VBD/root between 2012/CD/obl>ran and 2018/CD/conj>2012 ."
    assert [(words, case) for words, _, _, case in times_of(text, "ran")] == [("2012", "between"), ("2018", "to")]


def test_the_second_time_after_in_is_another_beside_it():
    text = "It/PRP/nsubj>ran ran=run/VBD/root in 2012/CD/obl>ran and 2018/CD/conj>2012 ."
    assert [(words, case) for words, _, _, case in times_of(text, "ran")] == [("2012", "in"), ("2018", "")]


def test_a_time_that_is_a_subject_says_nothing_of_its_verb():
    text = "Monday/NNP/nsubj>brought brought=bring/VBD/root rain/NN/obj>brought ."
    assert all_times(text) == {"Monday": "2019-05-06"}
    assert times_of(text, "brought") == []


def test_a_time_says_nothing_of_a_word_that_it_does_not_hang_on():
    text = (
        "Ada/NNP/nsubj>said/PERSON said=say/VBD/root it/PRP/nsubj>fell fell=fall/VBD/ccomp>said "
        "on Monday/NNP/obl>fell ."
    )
    assert times_of(text, "said") == []
    assert [words for words, *_ in times_of(text, "fell")] == ["Monday"]
