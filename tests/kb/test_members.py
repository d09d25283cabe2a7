"""Members of a real legislature, where the shared data lie beside this checkout: date and seat tell who is meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.identity.names import name_key
from kg.identity.profiles import Profile, Relation
from kg.kb import Linker, build_index
from kg.kb.tails import without_tail
from kg.model import Referent
from kg.ontology import load_ontology

HERE = Path(__file__).parent
LIST = HERE.parents[2] / "shared" / "data" / "kb" / "uk_parliament" / "legislative" / "Q11005"
POL = "https://kg.example/ontology/politics#"


@pytest.fixture(scope="module")
def linker(tmp_path_factory):
    if not LIST.is_dir():
        pytest.skip("the Popolo file of the Commons is not beside this checkout")
    messages = []
    index = build_index([LIST], tmp_path_factory.mktemp("graph"), on_issue=messages.append)
    assert messages == []
    with index:
        yield Linker(index, load_ontology())


@pytest.fixture(scope="module")
def members(linker):
    """Give each member's label, id and seat in December 2017."""
    index = linker.index
    found = []
    for entry in index:
        seats = [fact for fact in entry.facts if fact.property == "area" and fact.start and not fact.end]
        if len(seats) == 1 and seats[0].start < "2017-12":
            area = index.by_id(seats[0].other)
            tails = [tail for kind in area.types for tail in index.tails[kind.text] if kind.text in index.tails]
            found.append((entry.label, entry.id, without_tail(name_key(area.label), tails)))
    return found


def link(linker, name, seat, date="2017-12-15"):
    relation = Relation(POL + "represents", True, seat, seat)
    referent = Referent("r1", name, (name,), (POL + "MemberOfParliament",), True)
    found = linker.link([Profile("a1", referent, date, (relation,))], referent.types, name, (name,))
    return [(each.entry, each.sure) for each in found]


def test_every_member_is_surely_linked_by_name_and_seat(linker, members):
    assert len(members) > 600
    assert [name for name, iri, seat in members if link(linker, name, seat) != [(iri, True)]] == []


def test_nobody_is_linked_with_the_seat_of_another(linker, members):
    seats = [seat for _, _, seat in members]
    others = zip(members, seats[1:] + seats[:1], strict=True)
    assert [
        name for (name, _, own), seat in others if own not in seat and seat not in own and link(linker, name, seat)
    ] == []


def test_nobody_is_surely_linked_at_another_time(linker, members):
    assert [each for name, _, seat in members for each in link(linker, name, seat, "2010-01-01") if each[1]] == []


def test_the_gold_names_members_as_the_list_does(linker):
    people = json.loads((HERE / "mps.json").read_text("utf-8"))
    for name, code in people["people"].items():
        assert linker.index.by_id(f"http://www.wikidata.org/entity/{code}").label == name
    assert {name for names in people["articles"].values() for name in names} == set(people["people"])
