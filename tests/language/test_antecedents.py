"""The scorer of antecedents and the groups made of its scores."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import PipelineError
from kg.language.antecedents import FILES, STATE_SIZE, Links, Scorer, find_states, load_scorer
from kg.language.mentions import Phrase, find_phrases
from kg.language.pairs import NEAREST, compare, describe, find_candidates
from kg.language.quotations import find_speech
from kg.language.syntax import Syntax

from .docs import make_doc

TEXT = """
Ada_Marsh/NNP/nsubj>left/PERSON left=leave/VBD/root the harbour/NN/obj>left .
she/PRP/nsubj>sold sold=sell/VBD/root her/PRP$/nmod:poss>boat boat/NN/obj>sold .
"""


def make_links(scores: dict[tuple[int, int], float], count: int = 5) -> Links:
    phrases = [Phrase(k, k + 1, k) for k in range(count)]
    left, right = np.array(list(scores), dtype=np.int64).T
    return Links(phrases, left, right, np.array(list(scores.values()), dtype=np.float32))


def heads_of(links: Links) -> list[list[int]]:
    return [[phrase.head for phrase in cluster] for cluster in links.find_clusters()]


def test_a_phrase_joins_its_best_antecedent() -> None:
    assert heads_of(make_links({(1, 0): 0.5, (2, 0): 1.0, (2, 1): 3.0, (3, 0): -1.0})) == [[0, 1, 2]]


def test_a_phrase_without_a_score_above_none_starts_anew() -> None:
    assert heads_of(make_links({(1, 0): -0.1, (3, 2): 2.0, (4, 0): 0.2})) == [[0, 4], [2, 3]]


def test_of_equal_antecedents_the_nearest_is_taken() -> None:
    assert heads_of(make_links({(2, 0): 1.0, (2, 1): 1.0})) == [[1, 2]]


def test_of_two_phrases_of_one_head_a_group_has_the_surer_one() -> None:
    phrases = [Phrase(0, 1, 0), Phrase(2, 5, 2), Phrase(2, 3, 2)]
    links = Links(phrases, np.array([1, 2]), np.array([0, 0]), np.array([1.0, 2.0], dtype=np.float32))
    assert links.find_clusters() == [[Phrase(0, 1, 0), Phrase(2, 3, 2)]]


def test_scores_are_found_by_head() -> None:
    links = make_links({(1, 0): 0.5, (2, 0): 1.5})
    assert links.scores_of(2) == {0: 1.5}
    assert links.scores_of(4) == {}


def test_each_phrase_is_compared_with_those_before_it() -> None:
    syntax = Syntax(make_doc(TEXT))
    found = describe(syntax, find_phrases(syntax), find_speech(syntax))
    left, right = find_candidates(found)
    assert (right < left).all()
    assert compare(found, left, right).shape[0] == len(left) == len(found.phrases) * (len(found.phrases) - 1) // 2


def test_candidates_grow_with_the_text_and_not_faster() -> None:
    sentence = "boats=boat/NNS/nsubj>lay lay=lie/VBD/root in harbours=harbour/NNS/obl>lay .\n"
    counts = []
    for size in (200, 400):
        syntax = Syntax(make_doc(sentence * size))
        left, _ = find_candidates(describe(syntax, find_phrases(syntax), []))
        counts.append(len(left))
    assert counts[1] < 2.2 * counts[0]
    assert counts[0] > 200 * NEAREST


def test_scores_do_not_depend_on_what_was_scored_before() -> None:
    syntax = Syntax(make_doc(TEXT))
    scorer = load_scorer()
    first = scorer.find_links(syntax, [])
    scorer.find_links(Syntax(make_doc("boats=boat/NNS/nsubj>lay lay=lie/VBD/root .")), [])
    assert scorer.find_links(syntax, []).scores.tolist() == first.scores.tolist()


def test_a_text_without_phrases_has_no_links() -> None:
    assert load_scorer().find_links(Syntax(make_doc("go/VB/root .")), []).find_clusters() == []


def test_other_pipelines_have_no_states() -> None:
    doc = make_doc(TEXT)
    heads, starts = find_states(doc, find_phrases(Syntax(doc)))
    assert heads.shape[1] == STATE_SIZE
    assert not heads.any()
    assert not starts.any()


def test_a_model_that_lacks_a_file_is_named() -> None:
    with pytest.raises(PipelineError, match=FILES[0]):
        Scorer({})


def test_a_file_that_is_no_model_is_named() -> None:
    with pytest.raises(PipelineError, match=FILES[0]):
        Scorer(dict.fromkeys(FILES, b"no model"))
