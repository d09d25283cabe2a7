from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.knowledge import article_iri, passage_iri, passage_span
from kg.knowledge.iris import digest, referent_id, referent_iri
from kg.model import Span

BASE = "https://kg.example/"


@given(identifier=st.text())
def test_any_id_gives_a_valid_iri(identifier):
    assert NamedNode(article_iri(BASE, identifier)).value.startswith("https://kg.example/article/")


@pytest.mark.parametrize(("one", "other"), [("a b", "a/b"), ("a", "a."), ("x" * 90, "x" * 91), ("Å", "Ä"), ("", "-")])
def test_ids_that_look_alike_get_different_iris(one, other):
    assert article_iri(BASE, one) != article_iri(BASE, other)


@given(start=st.integers(0), length=st.integers(0))
def test_a_passage_is_found_again_by_its_iri(start, length):
    span = Span(start, start + length)
    assert passage_span(passage_iri("https://kg.example/article/7", span)) == span


@pytest.mark.parametrize("iri", ["https://kg.example/article/7", "https://kg.example/article/7#char=1", "#char=a,b"])
def test_an_iri_without_a_range_is_no_passage(iri):
    with pytest.raises(ValueError, match=r"names no range of characters; it should end in #char=start,end"):
        passage_span(iri)


@given(identifier=st.text(min_size=1))
def test_a_referent_is_found_again_by_its_iri(identifier):
    article = "https://kg.example/article/7"
    assert referent_id(article, referent_iri(article, identifier)) == identifier


def test_parts_of_a_hash_do_not_run_together():
    assert digest("ab", "c") != digest("a", "bc")
