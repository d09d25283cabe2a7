"""The domain of the tests, with and without rules, and a graph that can be asked."""

from __future__ import annotations

import pytest
from hypothesis import settings

from kg.identity import make_entities, make_profiles
from kg.knowledge import graph_prefixes, make_knowledge
from kg.ontology import load_ontology
from kg.store import DEFAULT_GRAPH, MemoryStore

from .harbour import BASE, RULES, TURTLE

settings.register_profile("kg", deadline=None)
settings.load_profile("kg")


@pytest.fixture(scope="session")
def load(tmp_path_factory):
    """Load the domain with more Turtle after it."""

    def load_with(more=""):
        path = tmp_path_factory.mktemp("ontology") / "harbour.ttl"
        path.write_text(TURTLE + more, "utf-8")
        return load_ontology(path)

    return load_with


@pytest.fixture(scope="session")
def ontology(load):
    return load()


@pytest.fixture(scope="session")
def ruled(load):
    return load(RULES)


@pytest.fixture(scope="session")
def know():
    """Make the default graph of some readings as a list of quads."""

    def make(ontology, *readings, **options):
        entities = make_entities(make_profiles(readings, ontology), ontology, BASE)
        return list(make_knowledge(readings, entities, ontology, BASE, **options))

    return make


@pytest.fixture
def ask(know):
    """Make the default graph of some readings and give the rows that a query selects, as tuples of text."""

    def answer(query, ontology, *readings, **options):
        with MemoryStore() as store:
            store.replace_graph(DEFAULT_GRAPH, know(ontology, *readings, **options))
            solutions = store.query(query, prefixes=graph_prefixes(BASE, ontology.prefixes))
            return sorted(tuple(None if value is None else value.value for value in row) for row in solutions)

    return answer
