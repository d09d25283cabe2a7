from __future__ import annotations

import gzip

import pytest

from kg.errors import SourceError
from kg.kb.entries import ALIAS, FOREIGN, LABEL, KnownFact, KnownType
from kg.kb.files import KbFile
from kg.kb.popolo import read_popolo
from kg.model import Issue


@pytest.fixture
def read(write):
    def make(content, name="kb.json"):
        return list(read_popolo(KbFile(write(name, content), name)))

    return make


def test_a_person_has_names_dates_and_identifiers(read):
    (piece,) = read(
        {
            "persons": [
                {
                    "id": "1",
                    "name": "Ada Lind",
                    "other_names": [{"name": "A. Lind"}],
                    "birth_date": "1970-02",
                    "death_date": "",
                    "image": "http://pictures.example/1.png",
                    "identifiers": [
                        {"scheme": "wikidata", "identifier": "Q77"},
                        {"scheme": "harbour", "identifier": "12"},
                        {"scheme": "empty", "identifier": None},
                    ],
                }
            ]
        }
    )
    assert piece.id == "person/1"
    assert piece.names == ((LABEL, "Ada Lind"), (ALIAS, "A. Lind"))
    assert (piece.start, piece.end) == ("1970-02", None)
    assert piece.types == (KnownType("person"),)
    assert piece.identifiers == ("http://www.wikidata.org/entity/Q77",)
    assert piece.notations == ("harbour:12",)
    assert piece.facts == ()


def test_a_membership_is_of_its_person_and_has_its_dates(read):
    (piece,) = read(
        {
            "memberships": [
                {
                    "person_id": "Q10",
                    "organization_id": "Q20",
                    "on_behalf_of_id": "gulls",
                    "area": {"id": "Q30", "name": "North Quay"},
                    "role": "Able seaman",
                    "start_date": "2017-06-08",
                }
            ]
        }
    )
    assert piece.id == "http://www.wikidata.org/entity/Q10"
    assert set(piece.facts) == {
        KnownFact("organization", "http://www.wikidata.org/entity/Q20", "", "2017-06-08"),
        KnownFact("on_behalf_of", "organization/gulls", "", "2017-06-08"),
        KnownFact("area", "http://www.wikidata.org/entity/Q30", "North Quay", "2017-06-08"),
    }
    assert piece.types == (KnownType("Able seaman", "2017-06-08"),)


def test_memberships_stand_in_their_person_too(read):
    pieces = read({"persons": [{"id": "1", "name": "Ada Lind", "memberships": [{"organization_id": "2"}]}]})
    assert [piece.id for piece in pieces] == ["person/1", "person/1"]
    assert pieces[1].facts == (KnownFact("organization", "organization/2"),)


def test_a_membership_without_dates_has_those_of_its_term_wherever_it_stands(read):
    (piece,) = read(
        {
            "memberships": [{"person_id": "1", "organization_id": "2", "legislative_period_id": "term/3"}],
            "events": [{"id": "term/3", "start_date": "2001", "end_date": "2005"}],
        }
    )
    assert piece.facts == (KnownFact("organization", "organization/2", "", "2001", "2005"),)


def test_names_by_language_keep_the_english_one_first(read):
    (piece,) = read(
        {"areas": [{"id": "1", "name": {"lang:cy": "Cei", "lang:en": "Quay"}, "type": {"lang:en": "berth"}}]}
    )
    assert piece.names == ((LABEL, "Quay"), (FOREIGN, "Cei"))
    assert piece.types == (KnownType("area"), KnownType("berth"))


def test_ids_of_different_lists_do_not_meet(read):
    pieces = read({"persons": [{"id": 1, "name": "Ada Lind"}], "organizations": [{"id": "1", "name": "Gull Crew"}]})
    assert [piece.id for piece in pieces] == ["person/1", "organization/1"]


def test_what_has_no_id_no_name_or_no_member_is_told_with_its_line(read):
    found = read(
        '{"persons": [\n{"name": "Ada Lind"},\n{"id": "2"},\n{"id": "3", "name": "Bo Quist"}],\n'
        '"memberships": [\n{"role": "x"}]}'
    )
    assert [str(each).rsplit("/", 1)[-1] for each in found if isinstance(each, Issue)] == [
        "kb.json:2: has no id, so it is left out; give it one",
        "kb.json:3: has no name, so it is left out; give it one",
        "kb.json:6: has no person_id, so it is left out; say whose membership it is",
    ]
    assert [each.id for each in found if not isinstance(each, Issue)] == ["person/3"]


def test_what_is_no_list_of_popolo_is_passed_over(read):
    pieces = read(
        {
            "meta": {"persons": [{"id": "9", "name": "No"}]},
            "votes": [[1, [2]]],
            "persons": [{"id": "1", "name": "A B"}, 7],
        }
    )
    assert [piece.id for piece in pieces] == ["person/1"]


def test_a_broken_document_is_an_error_with_its_line(read):
    people = ",\n".join(f'{{"id": "{number}", "name": "Ada {number}"}}' for number in range(2, 9_000))
    with pytest.raises(SourceError, match=r"^line 9000 is no JSON"):
        read(f'{{"persons": [\n{people},\n{{"id": oops}}\n]}}')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"persons": [\n{"id": "1", "name": "Ada"', "line 2 is no JSON"),
        ('{"persons": [{"id": "1", "name": "Ada"}]} {}', "there is more after its end"),
        ('{"persons": [] "areas": []}', "line 1 is no JSON"),
        ('{"persons": [1 2]}', "line 1 is no JSON"),
        ("{persons: []}", "a key is missing"),
        ("", "no JSON"),
        ("[1, 2]", "has none of the lists persons, organizations, areas, posts, memberships"),
        ('"text"', "has none of the lists"),
        ('{"people": []}', "has none of the lists"),
        ('{"persons": ' + "[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_popolo_is_an_error(read, text, message):
    with pytest.raises(SourceError, match=message):
        read(text)


def test_another_encoding_is_an_error_with_the_line_before(read):
    with pytest.raises(SourceError, match="is not UTF-8 after line 1; save it in that encoding"):
        read('{"persons": [{"id": "1", "name": "Åsa Lind"}]}'.encode("latin-1"))


def test_a_byte_order_mark_and_compression_do_not_matter(read):
    text = '\ufeff{"persons": [{"id": "1", "name": "Ada Lind"}]}'
    assert read(text)[0].names == read(gzip.compress(text.encode()), "kb.json.gz")[0].names == ((LABEL, "Ada Lind"),)


def test_values_of_odd_types_do_no_harm(read):
    pieces = read(
        {
            "persons": [
                {"id": True, "name": "No Id"},
                {"id": "1", "name": ["Ada"]},
                {"id": "2", "name": {"first": "Ada"}, "other_names": {"name": "x"}, "identifiers": ["x", None]},
            ]
        }
    )
    assert [each.id for each in pieces if not isinstance(each, Issue)] == ["person/2"]
