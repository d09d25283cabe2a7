from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.kb.entries import ALIAS, LABEL, KnownFact, KnownType
from kg.kb.files import KbFile
from kg.kb.table import read_table
from kg.model import Issue


@pytest.fixture
def read(write):
    def make(content, name="kb.csv"):
        return list(read_table(KbFile(write(name, content), name)))

    return make


def test_the_header_tells_what_columns_mean(read):
    (piece,) = read("ID,Name,Aliases,Type,Born,Died,Wikidata,GSS\n1,Ada Lind,A. Lind|Ada L.;Lindy,sailor,1970,,Q77,x\n")
    assert piece.id == "1"
    assert piece.names == ((LABEL, "Ada Lind"), (ALIAS, "A. Lind"), (ALIAS, "Ada L."), (ALIAS, "Lindy"))
    assert piece.types == (KnownType("sailor"),)
    assert (piece.start, piece.end) == ("1970", None)
    assert piece.identifiers == ("http://www.wikidata.org/entity/Q77",)
    assert piece.facts == (KnownFact("gss", "", "x"),)


def test_start_and_end_are_those_of_the_relations_of_the_row(read):
    (piece,) = read("id,name,type,crew,start_date,end_date\n1,Ada Lind,captain,Gull Crew,2015,2018-03\n")
    assert piece.facts == (KnownFact("crew", "", "Gull Crew", "2015", "2018-03"),)
    assert piece.types == (KnownType("captain", "2015", "2018-03"),)
    assert (piece.start, piece.end) == (None, None)


def test_start_and_end_are_those_of_the_thing_where_there_are_no_relations(read):
    (piece,) = read("id,name,start,end\n1,Gull Crew,1901,1999\n")
    assert (piece.start, piece.end) == ("1901", "1999")


def test_columns_hold_ids_with_or_without_labels(read):
    (piece,) = read(
        "item,itemLabel,crew,crewLabel,berth_id\n"
        "http://www.wikidata.org/entity/Q77,Ada Lind,http://www.wikidata.org/entity/Q20,Gull Crew,7\n"
    )
    assert piece.id == "http://www.wikidata.org/entity/Q77"
    assert piece.facts == (
        KnownFact("crew", "http://www.wikidata.org/entity/Q20", "Gull Crew"),
        KnownFact("berth", "7"),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_by_the_header(read, delimiter):
    rows = ["id", "name", "type"], ["1", "Ada Lind", "sailor"]
    (piece,) = read("\n".join(delimiter.join(row) for row in rows))
    assert piece.names == ((LABEL, "Ada Lind"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(read, encoding):
    (piece,) = read("id,name\n1,Åsa Lindström\n".encode(encoding))
    assert piece.names == ((LABEL, "Åsa Lindström"),)


def test_rows_that_cannot_be_used_are_told_with_their_lines_and_the_rest_is_read(read):
    found = read('id,name,born\n1,Ada Lind,1970\n2\n,Bo Quist,\n4,,\n\n5,"Cid\nBerg",3 May 1970\n6,Dag Holm,1980\n')
    assert [str(each).rsplit("/", 1)[-1] for each in found if isinstance(each, Issue)] == [
        "kb.csv:3: has 1 fields, the header 3; quote fields with delimiters; left out",
        "kb.csv:4: has no id, so it is left out; give it one",
        "kb.csv:5: has no name, so it is left out; give it one",
        "kb.csv:7: the date '3 May 1970' is passed over; write it as 2019-01-31",
    ]
    assert [each.id for each in found if not isinstance(each, Issue)] == ["1", "5", "6"]
    assert [each.line for each in found if not isinstance(each, Issue)] == [2, 7, 9]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "names no column id and no column name"),
        ("id,b\n1,2\n", "names no column name; add a header"),
        ("", "names no column"),
        ('id,name\n1,"Ada Lind\n2,Bo\n', "line 2 is no CSV"),
        (b"id,name\n1,A\0da\n", "NUL"),
    ],
)
def test_what_is_no_table_is_an_error(read, text, message):
    with pytest.raises(SourceError, match=message):
        read(text)
