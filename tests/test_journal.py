"""What a killed build had read waits in a journal: whole articles come into the store, and half ones do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.errors import StoreError
from kg.folder import JOURNAL, open_writer
from kg.journal import FINGERPRINT, Journal, marked, recover, write_evidence
from kg.store import MemoryStore

SAYS = NamedNode("https://kg.example/says")
GRAPHS = tuple(NamedNode(f"https://kg.example/article/{name}") for name in "ab")


def quads(graph: NamedNode, *texts: str) -> list[Quad]:
    return [Quad(graph, SAYS, Literal(text), graph) for text in texts]


def article(graph: NamedNode, *texts: str) -> bytes:
    return marked(serialize(quads(graph, *texts), format=RdfFormat.N_QUADS) or b"", graph, "read")


def journal(folder: Path, *articles: bytes) -> Path:
    path = folder / JOURNAL
    kept = Journal(path)
    for each in articles:
        kept.add(each)
    kept.sync()
    return path


def held(store: MemoryStore) -> set[Quad]:
    return {quad for quad in store.quads() if quad.predicate != FINGERPRINT}


def test_what_is_in_a_journal_comes_into_the_store_and_the_journal_goes(tmp_path):
    path = journal(tmp_path, article(GRAPHS[0], "one", "two"), article(GRAPHS[1], "three"))
    store = MemoryStore()
    recover(store, path)
    assert held(store) == {*quads(GRAPHS[0], "one", "two"), *quads(GRAPHS[1], "three")}
    assert not path.exists()
    recover(store, path)
    assert len(held(store)) == 3


def test_an_article_takes_the_place_of_what_there_was_of_it(tmp_path):
    store = MemoryStore()
    write_evidence(store, {GRAPHS[0]: article(GRAPHS[0], "old", "same")})
    recover(store, journal(tmp_path, article(GRAPHS[0], "new", "same"), article(GRAPHS[0], "newest", "same")))
    assert held(store) == set(quads(GRAPHS[0], "newest", "same"))


@pytest.mark.parametrize("missing", range(1, 400, 7))
def test_an_article_that_is_not_whole_is_left_out(tmp_path, missing):
    first, second = article(GRAPHS[0], "one"), article(GRAPHS[1], *map(str, range(9)))
    path = journal(tmp_path, first, second[:-missing])
    store = MemoryStore()
    recover(store, path)
    assert held(store) == set(quads(GRAPHS[0], "one"))


def test_a_text_that_looks_like_the_end_of_an_article_is_none(tmp_path):
    text = f'it said {FINGERPRINT} \n<urn:a> {FINGERPRINT} "b" <urn:c> .\r\n\u2028{FINGERPRINT} '
    store = MemoryStore()
    recover(store, journal(tmp_path, article(GRAPHS[0], text, "two")))
    assert held(store) == set(quads(GRAPHS[0], text, "two"))


@pytest.mark.parametrize(
    "damage",
    [
        b"what is this\n" + article(GRAPHS[0], "one"),
        b"\xff\xfe\n" + article(GRAPHS[0], "one"),
        serialize([Quad(GRAPHS[0], FINGERPRINT, Literal("read")).triple], format=RdfFormat.N_TRIPLES),
    ],
)
def test_a_damaged_journal_is_told_of_in_one_line_and_stays(tmp_path, damage):
    (tmp_path / JOURNAL).write_bytes(damage)
    with pytest.raises(StoreError, match=r"is damaged .*remove it, and build again") as raised:
        open_writer(tmp_path)
    assert "\n" not in str(raised.value)
    assert (tmp_path / JOURNAL).read_bytes() == damage
    (tmp_path / JOURNAL).unlink()
    open_writer(tmp_path).close()


def test_a_journal_that_cannot_be_written_says_what_to_do(tmp_path):
    (tmp_path / JOURNAL).mkdir()
    with pytest.raises(StoreError, match=r"journal\.nq: cannot be written .*make room"):
        Journal(tmp_path / JOURNAL).add(article(GRAPHS[0], "one"))
    with pytest.raises(StoreError, match=r"journal\.nq: cannot be read"):
        recover(MemoryStore(), tmp_path / JOURNAL)
