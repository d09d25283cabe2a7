"""The words of an ontology are found in a text: nouns by their last word, verbs by their first."""

from kg.language.lexicon import split_words

from .ships import place, ships, syntax

SLEPT = "slept=sleep/VBD/root ."


def nouns(text):
    """Return the words of each hit with the terms of its frames."""
    view = syntax(text)
    return {
        view.doc[hit.start : hit.end].text: sorted({frame.term.split("#")[1] for frame in hit.frames})
        for hit in ships().noun_hits(view).values()
    }


def verbs(text, word):
    view = syntax(text)
    return sorted({frame.term.split("#")[1] for frame in ships().verb_hits(view, place(view, word))})


def test_a_noun_has_the_frames_of_all_its_terms():
    assert nouns(f"The captain/NN/nsubj>slept {SLEPT}") == {"captain": ["Sailor", "commands"]}


def test_a_plural_is_found_by_its_lemma_or_else_by_its_form():
    assert set(nouns(f"The captains=captain/NNS/nsubj>slept {SLEPT}")) == {"captains"}
    assert set(nouns(f"The captains=captains/NNS/nsubj>slept {SLEPT}")) == {"captains"}


def test_of_nested_rows_the_longest_is_found():
    assert nouns(f"The seafarers/NNS/compound>guild guild/NN/nsubj>slept {SLEPT}") == {"seafarers guild": ["Guild"]}


def test_a_row_of_words_may_be_written_with_hyphens():
    assert set(nouns(f"The ferry/NN/compound>boat - boat/NN/nsubj>slept {SLEPT}")) == {"ferry-boat"}


def test_a_row_does_not_reach_over_the_end_of_a_sentence():
    assert nouns(f"The ferry/NN/nsubj>slept {SLEPT}\nBoat/NN/nsubj>slept {SLEPT}") == {}


def test_a_verb_is_found_by_its_lemma():
    assert verbs("Ada/NNP/nsubj>led led=lead/VBD/root Gull/NNP/obj>led .", "led") == ["leads"]
    assert verbs(f"Ada/NNP/nsubj>slept {SLEPT}", "slept") == []


def test_names_are_split_as_tokenizers_split_them():
    assert split_words("Bird-in-Hand's Point") == ["Bird", "-", "in", "-", "Hand", "'s", "Point"]
