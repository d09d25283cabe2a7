"""What a name is of: votes, how they are weighed, and how they are shown."""

import pytest

from kg.explanation import explain
from kg.language.arbitration import ENDING, KNOWN, PATTERN, TAGGER, Vote, arbitrate, has_won

from .docs import make_doc
from .ships import SEA, ships

SEA_ONTOLOGY = ships().ontology


def votes(*pairs):
    return [Vote(SEA + of_class, weight, "a reason", weight in (TAGGER, ENDING)) for of_class, weight in pairs]


def classes(*pairs):
    return [iri.removeprefix(SEA) for iri in arbitrate(votes(*pairs), SEA_ONTOLOGY)]


def reasons(text, notation):
    """Return the reasons of an explanation: name → (classes decided, [(class, weight, reason, won)])."""
    found = explain(text, SEA_ONTOLOGY, lambda _: make_doc(notation))
    local = str.removeprefix
    return {
        name.text: (
            [local(c.split(":")[-1], SEA) for c in name.classes],
            [
                (vote.of_class.split(":")[-1].removeprefix(SEA), vote.weight, vote.reason, vote.won)
                for vote in name.votes
            ],
        )
        for name in found.names
    }


def test_nobody_s_vote_decides_nothing():
    assert classes() == []


def test_the_heavier_of_two_classes_that_exclude_each_other_wins():
    assert classes(("Person", TAGGER), ("Organisation", PATTERN)) == ["Organisation"]


def test_a_class_and_one_above_it_support_each_other_and_the_narrower_counts():
    assert classes(("Place", TAGGER), ("Harbour", 1.5), ("Person", 2.0)) == ["Harbour"]


def test_many_votes_of_the_tagger_weigh_little_more_than_one():
    assert classes(*[("Person", TAGGER)] * 9, ("Place", 1.5)) == ["Place"]


def test_a_vote_has_won_when_the_name_is_of_its_class():
    guild, person = votes(("Organisation", TAGGER), ("Person", TAGGER))
    assert has_won(guild, [SEA + "Guild"], SEA_ONTOLOGY)
    assert not has_won(person, [SEA + "Guild"], SEA_ONTOLOGY)


def test_an_explanation_shows_every_vote_the_lost_ones_too():
    found = reasons("Rope Guild slept.", "Rope+Guild/NNP/nsubj>slept/PERSON slept=sleep/VBD/root .")
    assert found["Rope Guild"] == (
        ["Guild"],
        [("Guild", PATTERN, "name pattern … Guild", True), ("Person", TAGGER, "tagged PERSON", False)],
    )


def test_an_explanation_shows_the_votes_of_a_thing_once():
    notation = "Norland/NNP/nsubj>slept/GPE slept=sleep/VBD/root .\nNorland/NNP/nsubj>slept/GPE slept=sleep/VBD/root ."
    text = make_doc(notation).text
    first, second = explain(text, SEA_ONTOLOGY, lambda _: make_doc(notation)).names
    assert (first.start, first.end, first.same_as, first.votes[0].weight) == (0, 7, None, KNOWN)
    assert first.votes[0].times == 2
    assert (second.same_as, second.votes, second.classes) == ("Norland", (), first.classes)


@pytest.mark.parametrize(
    ("notation", "found"),
    [
        ("Ada_Marsh/NNP/nsubj>slept/PERSON slept=sleep/VBD/root .", "tagged PERSON"),
        ("Norland/NNP/nsubj>slept slept=sleep/VBD/root .", "known individual"),
        ("The Rope+Guild/NNP/nsubj>slept slept=sleep/VBD/root .", "name pattern … Guild"),
        ("Ada_Marsh/NNP/nsubj>slept slept=sleep/VBD/root .", "proper nouns"),
    ],
)
def test_an_explanation_says_what_shows_a_name(notation, found):
    (name,) = explain(make_doc(notation).text, SEA_ONTOLOGY, lambda _: make_doc(notation)).names
    assert name.found == found
