from __future__ import annotations

import pytest

from kg.kb.evidence import WEIGHTS, Feature

from .conftest import HARBOUR, links_of, profile, relation, told

CREWS = [
    {"id": "gulls", "name": "Gull Crew", "classification": "crew"},
    {"id": "terns", "name": "Tern Crew", "classification": "crew"},
]
BERTHS = [
    {"id": "north", "name": "North Quay", "type": "berth"},
    {"id": "south", "name": "South Quay", "type": "berth"},
]


def person(number, name, **more):
    return {"id": number, "name": name, **more}


def member(number, crew=None, berth=None, start=None, end=None, role=None):
    given = {"on_behalf_of_id": crew, "area_id": berth, "start_date": start, "end_date": end, "role": role}
    return {"person_id": number, **{key: value for key, value in given.items() if value}}


@pytest.fixture
def harbour(linker):
    """Two people of one name, one of another, and someone of whom nothing else is known."""
    return linker(
        persons=[
            person("old", "Ada Lind", birth_date="1930"),
            person("new", "Ada Lind", birth_date="1975"),
            person("bo", "Robert James Quist"),
            person("cid", "Cid Berg", birth_date="1980"),
            person("dag", "Dag Holm"),
        ],
        organizations=CREWS,
        areas=BERTHS,
        memberships=[
            member("old", "gulls", "north", "1990", "1999", "sailor"),
            member("new", "terns", "south", "2010-05-01", None, "sailor"),
            member("bo", "gulls", "north", "2012", None, "sailor"),
            member("cid", "gulls", None, "2015", None, "captain"),
        ],
    )


def test_date_and_berth_tell_two_people_of_one_name_apart(harbour):
    for berth, date, number in (("North Quay", "1995-01-01", "old"), ("South Quay", "2019-05-10", "new")):
        thing = profile("Ada Lind", date=date, told=[relation("mans", berth)])
        assert told(harbour, thing) == [f"sure person/{number}"]


def test_a_berth_of_another_time_is_not_enough_between_two(harbour):
    assert told(harbour, profile("Ada Lind", date="2019-05-10", told=[relation("mans", "North Quay")])) == []


def test_what_is_over_is_told_as_former(harbour):
    former = relation("mans", "North Quay", former=True)
    assert told(harbour, profile("Ada Lind", date="2019-05-10", told=[former])) == ["sure person/old"]


def test_a_name_of_two_people_links_to_neither(harbour):
    assert told(harbour, profile("Ada Lind")) == []
    company = ["Gull Crew", "Tern Crew"]
    assert told(harbour, profile("Ada Lind", kind="Sailor", date=None, company=company)) == []


def test_of_two_people_of_one_name_the_one_of_the_time_is_likely(harbour):
    company = ["Gull Crew", "Tern Crew"]
    assert told(harbour, profile("Ada Lind", kind="Sailor", company=company)) == ["likely person/new"]
    assert told(harbour, profile("Ada Lind", kind="Sailor", date="1995", company=company)) == ["likely person/old"]


def test_a_name_alone_never_makes_a_link_where_there_was_more_to_compare(harbour):
    assert told(harbour, profile("Cid Berg")) == []


def test_a_name_alone_is_likely_where_nothing_else_is_known(harbour):
    assert told(harbour, profile("Dag Holm")) == ["likely person/dag"]
    assert told(harbour, profile("Holm")) == []
    assert told(harbour, profile("Dag Olof Holm")) == []


def test_a_class_at_the_time_is_likely_only_with_something_near(harbour):
    assert told(harbour, profile("Cid Berg", kind="Captain")) == []
    assert told(harbour, profile("Cid Berg", kind="Captain", company=["Gull Crew"])) == ["sure person/cid"]
    assert told(harbour, profile("Cid Berg", company=["Gull Crew"])) == ["likely person/cid"]
    assert told(harbour, profile("Cid Berg", company=["Gull Crew", "Robert James Quist"])) == ["sure person/cid"]


def test_a_class_of_another_time_counts_less(harbour):
    then, now = (profile("Cid Berg", kind="Captain", date=date, company=["Gull Crew"]) for date in ("2001", "2016"))
    assert told(harbour, then) != ["sure person/cid"]
    assert told(harbour, now) == ["sure person/cid"]


def test_another_calling_makes_a_link_unlikely(harbour):
    company = ["Gull Crew", "Robert James Quist"]
    assert told(harbour, profile("Cid Berg", kind="Judge", company=company)) == []


def test_a_contradiction_stands_against_company(harbour):
    tern = relation("sailsFor", "Tern Crew")
    thing = profile("Cid Berg", kind="Captain", told=[tern], company=["Gull Crew", "Robert James Quist"])
    assert told(harbour, thing) == []


def test_a_contradiction_is_outweighed_by_more_that_agrees(harbour):
    moved = [relation("sailsFor", "Tern Crew"), relation("mans", "North Quay")]
    assert told(harbour, profile("Robert James Quist", told=moved)) == []
    assert told(harbour, profile("Robert James Quist", told=moved[1:])) == ["sure person/bo"]


def test_a_name_in_part_is_no_contradiction_and_no_agreement(harbour):
    thing = profile("Cid Berg", kind="Captain", told=[relation("sailsFor", "Gull Crew of Velmar")])
    assert told(harbour, thing) == ["likely person/cid"]
    assert told(harbour, profile("Cid Berg", kind="Captain", told=[relation("sailsFor", "Tern")])) == []


def test_a_broader_relation_contradicts_nothing(harbour):
    rows = [relation("memberOf", "Rope Club"), relation("sailsFor", "Gull Crew")]
    assert told(harbour, profile("Cid Berg", told=rows)) == ["sure person/cid"]


def test_a_broader_relation_agrees_too(harbour):
    assert told(harbour, profile("Cid Berg", told=[relation("memberOf", "Gull Crew")])) == ["sure person/cid"]


def test_an_unrelated_relation_to_the_same_thing_is_company_only(harbour):
    thing = profile("Cid Berg", told=[relation("livesIn", "Gull Crew")], company=["Gull Crew"])
    assert told(harbour, thing) == ["likely person/cid"]


@pytest.mark.parametrize("name", ["Bob Quist", "Robert Quist", "Bob James Quist", "Dr Robert James Quist"])
def test_other_forms_of_a_name_need_a_relation(harbour, name):
    assert told(harbour, profile(name)) == []
    assert told(harbour, profile(name, kind="Sailor", company=["Gull Crew"])) != []
    related = [relation("mans", "North Quay"), relation("sailsFor", "Gull Crew")]
    assert told(harbour, profile(name, kind="Sailor", told=related)) == ["sure person/bo"]


def test_an_alias_of_the_thing_is_as_good_as_its_label(harbour):
    thing = profile("Bobby Quist", "Robert James Quist", told=[relation("mans", "North Quay")])
    assert told(harbour, thing) == ["sure person/bo"]


def test_what_cannot_be_of_both_classes_is_refused(harbour):
    assert told(harbour, profile("Dag Holm", kind="Crew")) == []
    assert told(harbour, profile("Gull Crew", kind="Place")) == []


def test_who_was_not_born_is_refused(harbour):
    assert told(harbour, profile("Cid Berg", date="1979-12-31", told=[relation("sailsFor", "Gull Crew")])) == []


def test_without_a_date_relations_count_a_little_less(harbour):
    dated, undated = (
        profile("Cid Berg", date=date, told=[relation("sailsFor", "Gull Crew")]) for date in ("2016", None)
    )
    assert told(harbour, undated) == ["sure person/cid"]
    assert links_of(harbour, undated)[0].score < links_of(harbour, dated)[0].score


def test_a_link_has_its_reasons_in_words(harbour):
    (link,) = links_of(harbour, profile("Cid Berg", kind="Captain", told=[relation("sailsFor", "Gull Crew")]))
    assert link.reasons[0] == "has the name Cid Berg"
    assert "articles relate it to Gull Crew (sails for), and so does the knowledge base (since 2015)" in link.reasons
    assert "both are of the class captain" in link.reasons
    assert link.score == pytest.approx(9.0)


def test_several_articles_tell_together_in_any_order(harbour):
    one = profile("Cid Berg", article="a1", company=["Gull Crew"])
    other = profile("Cid Berg", article="a2", company=["Robert James Quist"])
    assert told(harbour, one) == ["likely person/cid"]
    assert told(harbour, one, other) == told(harbour, other, one) == ["sure person/cid"]


def test_a_crew_is_found_by_its_members_and_by_short_names(harbour):
    manned = relation("sailsFor", "Cid Berg", forward=False)
    assert told(harbour, profile("Gull Crew", kind="Crew", told=[manned])) == ["sure organization/gulls"]
    assert told(harbour, profile("Gulls", kind="Crew", told=[manned])) == ["sure organization/gulls"]
    assert told(harbour, profile("Gull Crew", kind="Crew", company=["Cid Berg"])) == ["sure organization/gulls"]
    assert told(harbour, profile("Gulls", kind="Crew")) == []
    assert told(harbour, profile("Gulls", kind=None, company=["Cid Berg"])) == []


def test_an_organisation_is_no_more_than_likely_without_its_members(harbour):
    assert told(harbour, profile("Gull Crew", kind="Crew")) == []
    assert told(harbour, profile("Gull Crew", kind="Club")) == []


def test_the_first_and_last_word_make_no_name_of_an_organisation(linker):
    found = linker(organizations=[{"id": "1", "name": "Gull Harbour Crew", "classification": "crew"}])
    assert told(found, profile("Gull Crew", kind="Crew")) == []


def test_places_are_found_without_the_word_for_their_kind(linker):
    areas = [{"id": f"b{n}", "name": f"Quay{n} Row Berth", "type": "berth"} for n in range(30)]
    found = linker(
        persons=[person("1", "Ada Lind")],
        areas=[*areas, {"id": "n", "name": "Norr Cove Row Berth", "type": "berth"}],
        memberships=[member("1", None, "n", "2010")],
    )
    related = relation("mans", "Ada Lind", forward=False)
    assert told(found, profile("Norr Cove", kind="Berth", told=[related])) == ["sure area/n"]
    assert told(found, profile("Norr Cove", kind="Place", told=[related])) == []
    assert told(found, profile("Norr Cove", kind="Port", told=[related])) == []
    assert told(found, profile("Ada Lind", told=[relation("mans", "Norr Cove")])) == ["sure person/1"]


def test_entries_of_one_thing_are_linked_together(linker):
    found = linker(
        persons=[
            person("1", "Ada Lind", identifiers=[{"scheme": "wikidata", "identifier": "Q77"}]),
            person("2", "Ada Lind", identifiers=[{"scheme": "wikidata", "identifier": "Q77"}]),
        ],
        organizations=CREWS,
        memberships=[member("1", "gulls", None, "2010")],
    )
    thing = profile("Ada Lind", told=[relation("sailsFor", "Gull Crew")])
    assert told(found, thing) == ["sure person/1", "sure person/2"]


def test_relations_in_a_knowledge_base_may_be_words_alone(write, build, ontology):
    from kg.kb import Linker

    rows = "id,name,crew,berth,start\n1,Ada Lind,Gull Crew,North Quay,2010\n2,Ada Lind,Tern Crew,South Quay,2010\n"
    index, _ = build(write("kb.csv", rows))
    found = Linker(index, ontology)
    assert told(found, profile("Ada Lind", told=[relation("mans", "South Quay")])) == ["sure 2"]
    assert told(found, profile("Ada Lind", told=[relation("sailsFor", "Gulls")])) == ["sure 1"]


def test_columns_that_the_ontology_does_not_know_are_nothing_to_compare(write, build, ontology):
    from kg.kb import Linker

    index, _ = build(write("kb.csv", "id,name,type,score,note\n1,Ada Lind,human,99,well known\n2,Bo Berg,sailor,,\n"))
    found = Linker(index, ontology)
    assert told(found, profile("Ada Lind")) == ["likely 1"]
    assert told(found, profile("Bo Berg")) == []


def test_a_relation_that_many_share_needs_a_class_besides(harbour, monkeypatch):
    monkeypatch.setattr("kg.kb.comparing.SHARED", 0)
    rows = [relation("sailsFor", "Gull Crew")]
    assert told(harbour, profile("Cid Berg", told=rows, company=["Gull Crew"])) == ["likely person/cid"]
    assert told(harbour, profile("Cid Berg", kind="Captain", told=rows, company=["Gull Crew"])) == ["sure person/cid"]


def test_what_very_many_are_related_to_is_no_company(harbour, monkeypatch):
    monkeypatch.setattr("kg.kb.comparing.HUB", 0)
    assert told(harbour, profile("Cid Berg", company=["Gull Crew", "Robert James Quist"])) == []


def test_a_known_individual_is_company_by_its_names(linker):
    found = linker(
        persons=[person("1", "Ada Lind")],
        areas=[{"id": "v", "name": "Velmar", "type": "port"}],
        memberships=[member("1", None, "v")],
    )
    assert told(found, profile("Ada Lind", company=[HARBOUR + "Velmar"])) == ["likely person/1"]
    assert told(found, profile("Ada Lind", company=[HARBOUR + "Elsewhere"])) == []


def test_articles_about_another_coast_need_a_relation(linker):
    found = linker(
        persons=[person("1", "Ada Lind")],
        organizations=[{"id": "g", "name": "Gull Crew", "classification": "crew", "area_id": "v"}],
        areas=[{"id": "v", "name": "Velmar", "type": "port"}, *BERTHS],
        memberships=[member("1", "g", "north", "2010", None, "sailor")],
    )
    near = {"kind": "Sailor", "company": ["Gull Crew"]}
    east, west = HARBOUR + "EastCoast", HARBOUR + "WestCoast"
    assert told(found, profile("Ada Lind", about=[east, west], **near)) == ["sure person/1"]
    assert told(found, profile("Ada Lind", about=[west], **near)) == []
    seat = [relation("mans", "North Quay")]
    assert told(found, profile("Ada Lind", about=[west], told=seat, **near)) == ["sure person/1"]


def test_every_kind_of_evidence_has_a_weight():
    assert set(WEIGHTS) == set(Feature)


def test_things_without_a_name_link_to_nothing(harbour):
    assert harbour.link([], (), "", ()) == []
    assert told(harbour, profile("!?")) == []
