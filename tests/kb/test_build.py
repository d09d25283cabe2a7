from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from kg.errors import SourceError, StoreError
from kg.folder import KB
from kg.identity.names import name_key
from kg.kb import KbIndex, open_index
from kg.kb.entries import KnownFact
from kg.kb.index import MOST_BEARERS
from kg.kb.names import Spelling
from kg.kb.sorting import Sorter

ADA = {"id": "1", "name": "Ada Lind"}
BO = {"id": "2", "name": "Bo Quist"}


def people(*persons):
    return {"persons": list(persons)}


def found(index, name):
    return sorted(index.entry(number).id for number, _ in index.find(name_key(name)))


def short(messages):
    """Leave out the folder of the test from messages."""
    return [message.rsplit("/", 1)[-1] for message in messages]


def test_entries_are_found_by_every_name_and_by_id(write, build):
    person = {**ADA, "name": "Ada Maria Lind", "other_names": [{"name": "Dame Ada Quist (sailor)"}]}
    index, messages = build(write("kb.json", people(person, BO)))
    assert messages == []
    assert len(index) == 2
    for name in ("Ada Maria Lind", "Ada Lind", "Ada Quist"):
        assert found(index, name) == ["person/1"]
    assert found(index, "Lind") == []
    assert index.find("ada lind")[0][1] is Spelling.OUTER
    assert index.find("ada quist")[0][1] is Spelling.SHORT
    assert index.by_id("person/2").label == "Bo Quist"
    assert index.by_id("person/3") is None
    assert [entry.id for entry in index] == ["person/1", "person/2"]


def test_what_several_files_say_of_one_id_adds_up(write, build):
    first = write("a.json", people({"id": "Q77", "name": "Ada Lind", "birth_date": "1970"}))
    second = write("b.csv", "id,name,aliases,crew\nQ77,Ada Lind,Lindy,Gull Crew\n")
    third = write("c.nt", '<http://www.wikidata.org/entity/Q77> <http://schema.org/alternateName> "Ada L. Lind" .\n')
    index, messages = build(first, second, third)
    assert messages == []
    (entry,) = index
    assert (entry.label, set(entry.names)) == ("Ada Lind", {"Ada Lind", "Lindy", "Ada L. Lind"})
    assert entry.start == "1970"
    assert KnownFact("crew", "", "Gull Crew") in entry.facts
    assert entry.sources == ("a.json", "b.csv", "c.nt")


def test_names_in_other_languages_stay_only_where_there_is_no_other(write, build):
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    lines = [
        f'<http://x.example/1> {label} "Möwen"@de .',
        f'<http://x.example/1> {label} "Gulls"@en .',
        f'<http://x.example/2> {label} "Hafen"@de .',
    ]
    index, _ = build(write("kb.nt", "\n".join(lines)))
    assert [entry.names for entry in index] == [("Gulls",), ("Hafen",)]


def test_rows_of_one_id_add_up_when_they_have_a_name_in_common(write, build):
    rows = "id,name,crew,start\n1,Ada Lind,Gull Crew,2010\n1,Ada Lind,Tern Crew,2015\n"
    index, messages = build(write("kb.csv", rows))
    assert messages == []
    (entry,) = index
    assert [(fact.label, fact.start) for fact in entry.facts] == [("Gull Crew", "2010"), ("Tern Crew", "2015")]


def test_of_rows_of_one_id_without_a_common_name_the_first_counts(write, build):
    rows = "id,name\n1,Ada Lind\n2,Bo Quist\n1,Cid Berg\n2,Dag Holm\n"
    index, messages = build(write("kb.csv", rows))
    assert [entry.names for entry in index] == [("Ada Lind",), ("Bo Quist",)]
    assert short(messages) == [
        "kb.csv:4: the id '1' is that of 'Ada Lind', so 'Cid Berg' is left out; so are 1 more; "
        "give each thing an id of its own"
    ]


def test_files_that_number_their_things_by_themselves_are_kept_apart(write, build):
    crews = write("crews.csv", "id,name,type\n1,Gull Crew,crew\n2,Tern Crew,crew\n")
    sailors = write("sailors.csv", "id,name,mate_id\n1,Ada Lind,2\n2,Bo Quist,1\n")
    index, messages = build(crews, sailors)
    assert messages == []
    assert [entry.id for entry in index] == ["1", "sailors.csv#1", "2", "sailors.csv#2"]
    assert index.by_id("sailors.csv#1").facts == (KnownFact("mate", "sailors.csv#2"),)


def test_one_id_among_many_that_names_another_thing_is_left_out(write, build):
    first = write("a.csv", "id,name\n1,Ada Lind\n2,Bo Quist\n3,Cid Berg\n")
    second = write("b.csv", "id,name\n1,Ada Lind\n2,Bo Quist\n3,Dag Holm\n")
    index, messages = build(first, second)
    assert [entry.label for entry in index] == ["Ada Lind", "Bo Quist", "Cid Berg"]
    assert short(messages) == [
        "b.csv:4: the id '3' is that of 'Cid Berg', so 'Dag Holm' is left out; give each thing an id of its own"
    ]


def test_a_broken_file_gives_nothing_and_the_others_are_used(write, build):
    broken = write("a.json", '{"persons": [{"id": "1", "name": "Ada Lind"},\n{"id": oops}]}')
    index, messages = build(broken, write("b.csv", "id,name\n2,Bo Quist\n"))
    assert [entry.label for entry in index] == ["Bo Quist"]
    assert short(messages) == [
        "a.json: line 2 is no JSON (expecting value); mend it there; nothing of it is used",
    ]


def test_without_a_file_that_can_be_read_there_is_an_error_and_the_old_index_stays(write, build, tmp_path):
    build(write("good.csv", "id,name\n2,Bo Quist\n"))
    with pytest.raises(
        SourceError, match=r"no knowledge base could be read; .*bad.csv: its first line names no column"
    ):
        build(write("bad.csv", "a,b\n1,2\n"))
    with open_index(tmp_path / "graph") as index:
        assert [entry.label for entry in index] == ["Bo Quist"]
    assert [path.name for path in (tmp_path / "graph").iterdir()] == [KB]


def test_a_file_that_is_not_there_or_of_another_kind_is_told(write, build, tmp_path):
    index, messages = build(write("kb.csv", "id,name\n2,Bo Quist\n"), tmp_path / "none.json", write("a.xlsx", "x"))
    assert len(index) == 1
    assert short(messages)[1] == "none.json: does not exist; check the path"
    assert short(messages)[0].startswith("a.xlsx: is a .xlsx file, which cannot be read; readable are .bz2, .csv, ")


def test_nothing_to_read_is_an_error(build, tmp_path):
    with pytest.raises(SourceError, match=r"no knowledge base could be read; .*none.json: does not exist"):
        build(tmp_path / "none.json")
    with pytest.raises(SourceError, match="no file is named"):
        build()


def test_a_folder_is_read_file_by_file(write, build, tmp_path):
    write("kb/one/a.json", people(ADA))
    write("kb/two/a.json", people(BO))
    write("kb/readme.txt", "x")
    index, messages = build(tmp_path / "kb")
    assert messages == []
    assert [entry.sources for entry in index] == [("kb/one/a.json",), ("kb/two/a.json",)]


def test_many_bad_rows_are_told_ten_by_ten(write, build):
    rows = "id,name\n1,Ada Lind\n" + ",nobody\n" * 200
    _, messages = build(write("kb.csv", rows))
    assert len(messages) == 11
    assert messages[-1].endswith("kb.csv: 190 more of its items are like these")


def test_an_index_of_the_same_files_is_used_again_with_what_was_wrong(write, build, tmp_path):
    path = write("kb.csv", "id,name\n1,Ada Lind\n,x\n")
    first, before = build(path)
    made = first.path.stat().st_mtime_ns
    again, after = build(path)
    assert again.path.stat().st_mtime_ns == made
    assert before == after
    assert len(after) == 1
    os.utime(path, (1, 1))
    build(path)
    assert first.path.stat().st_mtime_ns == made
    write("kb.csv", "id,name\n1,Eva Lind\n,x\n")
    changed, _ = build(path)
    assert [entry.label for entry in changed] == ["Eva Lind"]
    fewer, _ = build(write("other.csv", "id,name\n9,Bo Quist\n"))
    assert [entry.label for entry in fewer] == ["Bo Quist"]


def test_the_order_of_files_does_not_matter(write, build):
    one = write("a.json", people({"id": "Q77", "name": "Ada Lind"}))
    other = write("b.json", people({"id": "Q77", "name": "Ada Quist"}))
    first, _ = build(one, other, folder="g1")
    second, _ = build(other, one, folder="g2")
    assert list(first) == list(second)


def test_what_is_no_index_is_made_anew_or_told(write, build, tmp_path):
    write("graph/kb.sqlite", b"no database at all, and long enough to look like one" * 100)
    with pytest.raises(StoreError, match="is no index of a knowledge base"):
        open_index(tmp_path / "graph")
    index, _ = build(write("kb.csv", "id,name\n1,Ada Lind\n"))
    assert len(index) == 1


def test_no_index_is_no_error(tmp_path):
    assert open_index(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_an_error(write, build, tmp_path):
    write("graph", "a file")
    with pytest.raises(StoreError, match="cannot be written"):
        build(write("kb.csv", "id,name\n1,Ada Lind\n"))


def test_a_name_of_very_many_bearers_finds_nobody(write, build):
    rows = "".join(f"{number},Ada Lind\n" for number in range(MOST_BEARERS + 1))
    index, _ = build(write("kb.csv", "id,name\n" + rows + "x,Bo Quist\n"))
    assert index.find("ada lind") == ()
    assert len(index.find("bo quist")) == 1


def test_words_that_end_most_names_of_a_type_are_known_as_its_tails(write, build):
    areas = [{"id": str(n), "name": f"Quay{n} Row Berth", "type": "berth"} for n in range(30)]
    more = [{"id": f"x{n}", "name": f"Port{n}", "type": "port"} for n in range(30)]
    index, _ = build(write("kb.json", {"persons": [ADA], "areas": areas + more}))
    assert index.tails["berth"] == ("row berth", "berth")
    assert "port" not in index.tails


def test_how_many_are_related_to_a_thing_is_counted(write, build):
    memberships = [{"person_id": str(n), "organization_id": "c"} for n in (1, 1, 2)]
    index, _ = build(write("kb.json", {**people(ADA, BO), "memberships": memberships}))
    assert index.degree("organization/c") == 2
    assert index.degree("organization/d") == 0


def test_an_index_that_was_cut_off_is_an_error(tmp_path):
    path = tmp_path / KB
    sqlite3.connect(path).close()
    with pytest.raises(StoreError):
        KbIndex(path)


def test_a_sorter_gives_more_than_it_holds_in_order(tmp_path):
    sorter = Sorter(tmp_path, "test", most_bytes=2_000)
    numbers = [(n * 7919) % 1000 for n in range(1000)]
    for number in numbers:
        sorter.add((f"{number:04}", number, b"x"))
    assert len(list(Path(tmp_path).glob("test-*.run"))) > 10
    assert [record[1] for record in sorter] == sorted(numbers)
    assert [record[1] for record in sorter] == sorted(numbers)


def test_a_large_knowledge_base_is_the_same_whether_or_not_it_fits_in_memory(write, build, monkeypatch):
    persons = [{"id": str(n), "name": f"Ada Lind{n % 90}", "birth_date": str(1900 + n % 99)} for n in range(400)]
    path = write("kb.json", json.dumps(people(*persons)))
    whole, _ = build(path, folder="whole")
    monkeypatch.setattr(Sorter.__init__, "__defaults__", (5_000,))
    parted, _ = build(path, folder="parted")
    assert list(whole) == list(parted)
    assert found(whole, "Ada Lind7") == found(parted, "Ada Lind7")
