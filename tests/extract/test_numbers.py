"""Numbers in text, in figures and in words."""

import pytest
from language.ships import place, syntax

from kg.extract.numbers import Result, find_results, number_at, number_before


def number(words):
    view = syntax(
        " ".join(f"{word}/CD/root" if k == 0 else f"{word}/CD/dep>{words[0]}" for k, word in enumerate(words))
    )
    return number_at(view, 0)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["7"], 7),
        (["1,200"], 1200),
        (["1,200,000"], 1_200_000),
        (["3.5", "million"], 3_500_000),
        (["seven"], 7),
        (["nineteen"], 19),
        (["twenty", "one"], 21),
        (["three", "hundred"], 300),
        (["two", "thousand", "five", "hundred"], 2500),
        (["three", "hundred", "and", "four"], 304),
    ],
)
def test_a_number_has_its_value_and_ends_after_its_last_word(words, value):
    assert number(words) == (value, len(words))


@pytest.mark.parametrize("word", ["Ada", "hundred", "1,20", "-"])
def test_what_is_no_number_has_no_value(word):
    view = syntax(f"{word}/NN/root")
    assert number_at(view, 0) is None


def test_a_number_before_a_noun_may_have_adjectives_after_it():
    view = syntax("300/CD/nummod>ropes good/JJ/amod>ropes ropes/NNS/root")
    assert number_before(view, place(view, "ropes")) == (300, 0)


def test_a_verb_between_parts_a_number_from_a_noun():
    view = syntax("300/CD/nsubj>saw saw/VBD/root ropes/NNS/obj>saw")
    assert number_before(view, place(view, "ropes")) is None


def test_a_number_of_the_sentence_before_is_not_taken():
    view = syntax("300/CD/root\nropes/NNS/root")
    assert number_before(view, place(view, "ropes")) is None


def test_a_fraction_counts_nothing():
    view = syntax("3.5/CD/nummod>ropes ropes/NNS/root")
    assert number_before(view, place(view, "ropes")) is None


def test_two_results_are_found_in_text_order():
    view = syntax(
        "It/PRP/nsubj>was was=be/VBD/root 3/CD/obl>was to 2/CD/obl>was and/CC/cc>was then/RB/advmod>was "
        "5/CD/obl>was - 4/CD/obl>was ."
    )
    assert [(result.first, result.second) for result in find_results(view)] == [(3, 2), (5, 4)]


def test_the_words_counted_in_a_result_are_kept():
    view = syntax("9/CD/nummod>ayes ayes/NNS/root to 4/CD/nmod>ayes noes/NNS/dep>4 .")
    assert list(find_results(view)) == [Result(0, 5, 9, 4, ("ayes", "noes"))]
