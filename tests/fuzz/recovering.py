"""Journals that killed builds left: cut off, broken, of other things."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.folder import JOURNAL, STORE, open_writer
from kg.journal import FINGERPRINT, marked, recover
from kg.store import MemoryStore, OxigraphStore

from .odd import broken, mostly, whole_texts
from .target import Target

SAYS = NamedNode("urn:says")


@st.composite
def articles(draw: st.DrawFn) -> bytes:
    """The evidence of an article that says odd things."""
    graph = NamedNode(f"urn:article/{draw(st.sampled_from('abc'))}")
    texts = draw(st.lists(whole_texts, max_size=4))
    quads = [Quad(graph, SAYS, Literal(text), graph) for text in texts]
    return marked(serialize(quads, format=RdfFormat.N_QUADS) or b"", graph, draw(whole_texts))


journals = st.lists(articles(), max_size=4).map(b"".join)
bytes_of_journals = mostly(broken(journals), journals, st.binary(max_size=60))


def open_left(data: bytes) -> None:
    """Open a graph with a journal beside it: it is in the store then, or it is as it was."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        OxigraphStore(folder / STORE).close()
        path = folder / JOURNAL
        path.write_bytes(data)
        try:
            open_writer(folder).close()
        except Exception:
            assert path.read_bytes() == data
            raise
        assert not path.exists()


def take(data: bytes) -> None:
    """Take what is whole in a journal, with its end and without: the beginning stays the same."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / JOURNAL
        path.write_bytes(data)
        store = MemoryStore()
        recover(store, path)
        assert not path.exists()
        marks = [quad.graph_name for quad in store.quads(None, FINGERPRINT)]
        assert len(marks) >= len(set(marks))
        assert set(store.graphs()) == set(marks)


TARGETS = (
    Target("journals", bytes_of_journals, take, few=60, share=10),
    Target("graphs with a journal", bytes_of_journals, open_left, few=5, share=0.5),
)
