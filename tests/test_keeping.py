"""Evidence goes into the store several articles at a time: none is told of before it is there, and none is left."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest
from news import read
from pyoxigraph import Quad

import kg.keeping
from kg.build_report import BuildReport
from kg.errors import StoreError
from kg.evidence import Evidence, EvidenceMaker
from kg.journal import Journal
from kg.keeping import Keeper
from kg.making import Remembered
from kg.ontology import load_ontology
from kg.store import MemoryStore
from kg.vocabulary import DEFAULT_BASE


class Counting(MemoryStore):
    """A store that counts its writes, and may refuse them."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.full = False

    def add(self, quads: bytes) -> None:
        self._count()
        super().add(quads)

    def _write(self, added: list[Quad], removed: list[Quad]) -> None:
        self._count()
        super()._write(added, removed)

    def _count(self) -> None:
        if self.full:
            raise StoreError("the disk is full; make room")
        self.writes += 1


@cache
def evidence() -> Evidence:
    return EvidenceMaker(load_ontology(), DEFAULT_BASE).make(read("Maren Ost met Bram Quist."))


@pytest.fixture
def store() -> Counting:
    return Counting()


@pytest.fixture
def keeper(store: Counting) -> Keeper:
    return Keeper(store, DEFAULT_BASE, Remembered(), BuildReport())


def counts(keeper: Keeper) -> Mapping[str, int]:
    return {"new": keeper.report.new, "changed": keeper.report.changed}


def test_an_article_is_told_of_when_it_is_in_the_store(store, keeper):
    told = []
    keeper.keep("article", evidence(), "one", lambda: told.append(keeper.fingerprint("article")))
    assert (told, store.writes, counts(keeper)) == ([], 0, {"new": 0, "changed": 0})
    keeper.write()
    assert (told, store.writes, counts(keeper)) == (["one"], 1, {"new": 1, "changed": 0})
    assert keeper.report.evidence_changed
    keeper.write()
    assert (told, store.writes) == (["one"], 1)


def test_what_waits_is_written_when_it_is_much(store, keeper, monkeypatch):
    monkeypatch.setattr(kg.keeping, "TOGETHER", 0)
    told = []
    keeper.keep("article", evidence(), "one", lambda: told.append("kept"))
    assert (told, store.writes) == (["kept"], 1)


def test_what_has_waited_long_is_told_of_when_it_is_safe_in_the_journal(store, tmp_path, monkeypatch):
    monkeypatch.setattr(kg.keeping, "PATIENCE", 0)
    journal = tmp_path / "journal.nq"
    keeper = Keeper(store, DEFAULT_BASE, Remembered(), BuildReport(), Journal(journal))
    told = []
    keeper.keep("article", evidence(), "one", lambda: told.append(journal.read_bytes().count(b"\n")))
    assert told == [evidence().quads.count(b"\n") + 1]
    assert store.writes == 0
    keeper.write()
    assert (store.writes, journal.exists(), len(told)) == (1, False, 1)


def test_an_article_that_is_given_twice_is_new_once_and_ends_as_given_last(keeper):
    for fingerprint in ("one", "two"):
        keeper.keep("article", evidence(), fingerprint, lambda: None)
    keeper.write()
    assert keeper.fingerprint("article") == "two"
    assert counts(keeper) == {"new": 1, "changed": 1}


def test_what_cannot_be_written_is_not_told_of(store, keeper):
    told = []
    store.full = True
    keeper.keep("article", evidence(), "one", lambda: told.append("kept"))
    with pytest.raises(StoreError, match="make room"):
        keeper.write()
    assert (told, counts(keeper), keeper.fingerprint("article")) == ([], {"new": 0, "changed": 0}, None)
