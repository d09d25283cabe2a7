"""What pages keep in memory says of things and articles what the store says, and pages are the same with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explored import birth, make_graph, party, vote

from kg.folder import load_kept_ontology
from kg.serve.pages.profile import Profile
from kg.serve.pages.reader import Reader
from kg.serve.pages.search_index import SearchIndex
from kg.serve.pages.totals import Totals
from kg.store import OxigraphStore

BASE = "https://kg.example/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_graph(tmp_path_factory.mktemp("reader") / "graph", vote(), party(), birth())


@pytest.fixture
def readers(folder: Path) -> Iterator[tuple[Reader, Reader]]:
    """Give one that reads all from the store, and one that has what is kept in memory."""
    with OxigraphStore(folder / "store", read_only=True) as store:
        ontology = load_kept_ontology(folder)
        plain, kept = Reader(store, ontology, BASE), Reader(store, ontology, BASE)
        kept.index = SearchIndex(plain)
        kept.totals = Totals(plain, kept.index)
        yield plain, kept


def test_things_are_the_same_with_and_without_the_index(readers):
    plain, kept = readers
    things = plain.entities()
    assert len(things) > 5
    assert [kept.thing(each.iri) for each in things] == things
    assert sum(kept.index.describe(each.iri) is not None for each in things) == len(things)


def test_what_the_index_does_not_have_is_read(readers):
    plain, kept = readers
    relation = next(iter(plain.ontology.properties))
    for iri in (relation, BASE + "id/nobody"):
        assert kept.index.describe(iri) is None
        assert kept.thing(iri) == plain.thing(iri)


def test_articles_are_the_same_with_and_without_the_totals(readers):
    plain, kept = readers
    assert kept.totals.by_iri
    for iri in kept.totals.by_iri:
        found, wanted = kept._article(iri), plain._article(iri)
        assert found == {name: wanted[name] for name in found}
        assert len(found) >= 3


def test_an_article_that_is_not_listed_is_read(readers):
    plain, kept = readers
    iri = next(iter(kept.totals.by_iri))
    kept.totals.by_iri.clear()
    assert kept._article(iri) == plain._article(iri)


@pytest.mark.parametrize("at_once", [300, 0])
def test_a_profile_is_the_same_however_it_is_read(readers, monkeypatch, at_once):
    monkeypatch.setattr("kg.serve.pages.profile._READ_AT_ONCE", at_once)
    plain, kept = readers
    seen = 0
    for thing in plain.entities():
        found, wanted = Profile(kept, thing.iri), Profile(plain, thing.iri)
        monkeypatch.setattr(wanted, "_own", None)
        monkeypatch.setattr(wanted, "_back", None)
        assert found.groups() == wanted.groups()
        assert found.dated() == wanted.dated()
        assert found.events() == wanted.events()
        assert found.links() == wanted.links()
        seen += len(found.groups()) + found.dated().total + found.events().total
    assert seen > 10
