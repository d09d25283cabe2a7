"""Why an entity is one thing: `Graph.why` and `kg show --why`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from decisions.conftest import ENDS, Harbour, draw_nothing
from knowledge.harbour import BASE, RULES, TURTLE, Draft

import kg
from kg.errors import SettingError
from kg.identity import Profile
from kg.identity.why import Why
from kg.model import Referent
from kg.ontology import load_ontology

RACE = "The crew of eight rowed past the bridge and lifted the trophy while the coach cheered"
AGAIN = "Their coach said the crew would row for the trophy again below the bridge"
TRIAL = "The jury found the accountant guilty of fraud and the judge refused bail"


def make_drafts():
    """Make five articles: three on a rower, one on a convict of her name, one on a namesake of her surname."""
    one = Draft("one", title="Rowers win", published="2020-05-01")
    ada = one.refer("Ada Lind", kind="Human")
    one.state(ada, "steers", one.refer("Tern Rowing Club", kind="RowingClub"), f"Ada Lind steers. {RACE}")
    yield one
    two = Draft("two", title="Rowers again", published="2020-06-01")
    ada = two.refer("Ada Vera Lind", kind="Human")
    two.state(ada, "steers", two.refer("Tern Rowing Club", kind="RowingClub"), f"Ada Vera Lind steers. {AGAIN}")
    yield two
    three = Draft("three", published="2020-07-01")
    three.refer("Ada Lind", kind="Human")
    three.phrase(RACE)
    yield three
    four = Draft("four", title="Fraud \x1b[31mtrial", published="2021-01-01")
    four.refer("Ada Lind", kind="Human")
    four.phrase(TRIAL)
    yield four
    five = Draft("five")
    five.refer("Bo Lind", kind="Human")
    five.phrase(RACE)
    yield five


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    made = Harbour(tmp_path_factory.mktemp("why"))
    made.ontology.write_text(TURTLE + ENDS + RULES)
    made.write(*make_drafts())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.making.draw", draw_nothing)
        made.build()
    return made.out


@pytest.fixture
def harbour(tmp_path: Path, built_once: Path, capsys, monkeypatch) -> Harbour:
    monkeypatch.setattr("kg.making.draw", draw_nothing)
    monkeypatch.setattr("kg.deciding.find_author", lambda: "Eva")
    shutil.copytree(built_once, tmp_path / "out")
    return Harbour(tmp_path, capsys)


@pytest.fixture(scope="module")
def why(built_once):
    def ask(name):
        with kg.open_graph(built_once) as graph:
            return graph.why(name)

    return ask


@pytest.fixture(scope="module")
def rower(why):
    (account,) = why("Ada Vera Lind")
    return account


@pytest.fixture(scope="module")
def convict(why):
    (account,) = why("Ada Lind")
    return account


# -- in Python --------------------------------------------------------------------------------------


def test_there_is_an_account_of_each_entity(rower, convict):
    assert (rower.entity.label, len(rower.appearances)) == ("Ada Vera Lind", 3)
    assert (convict.entity.label, len(convict.appearances)) == ("Ada Lind", 1)


def test_appearances_stand_in_the_order_of_time_with_what_each_article_calls_it(rower):
    assert [(each.article, each.label) for each in rower.appearances] == [
        ("one", "Ada Lind"),
        ("two", "Ada Vera Lind"),
        ("three", "Ada Lind"),
    ]
    first = rower.appearances[0]
    assert (first.title, first.published, first.mentions) == ("Rowers win", "2020-05-01", (("Ada Lind", 1),))
    assert (first.first.start, first.first.end) == (0, 8)


def test_each_appearance_but_the_first_tells_what_joined_it(rower):
    assert (rower.merges[0].other.article, rower.merges[0].one.article) == ("two", "one")
    assert {merge.other.article for merge in rower.merges} == {"two", "three"}
    assert all(merge.weight > 0 and merge.entity is None for merge in rower.merges)


def test_reasons_begin_with_the_names_and_add_up(rower):
    other_name, same_name = rower.merges
    assert other_name.reasons[0][0] == "a middle name more"
    assert same_name.reasons[0][0] == "the same name, of people"
    for merge in rower.merges:
        words = [words for words, _ in merge.reasons]
        assert any(each.startswith("rare words: ") for each in words)
        assert sum(weight for _, weight in merge.reasons) == pytest.approx(merge.weight, abs=0.06)
    assert any(words.startswith("relations: steers") for words, _ in other_name.reasons)


def test_the_nearest_that_stayed_apart_are_named_with_what_spoke_against_them(rower, convict):
    (near,) = (each for each in rower.near if each.entity == convict.entity)
    assert near.weight < 0
    assert near.other.article == "four"
    assert dict(near.reasons)["nothing in common"] < 0
    assert [each.weight for each in rower.near] == sorted((each.weight for each in rower.near), reverse=True)


def test_the_other_one_tells_the_same_from_its_side(rower, convict):
    assert convict.merges == ()
    (near,) = (each for each in convict.near if each.entity == rower.entity)
    (other,) = (each for each in rower.near if each.entity == convict.entity)
    assert near.weight == other.weight
    assert {near.one, near.other} == {other.one, other.other}


def test_somebody_whose_names_are_like_no_others_is_near_to_nobody(why):
    (bo,) = why("Bo Lind")
    assert (bo.merges, bo.near, bo.decisions) == ((), (), ())


def test_an_entity_is_found_by_its_iri_too(why, rower):
    assert why(rower.entity.iri) == [rower]


def test_an_unknown_name_is_refused_with_near_ones(why):
    with pytest.raises(SettingError, match="Ada Lind"):
        why("Ada Lint")


def test_a_graph_in_memory_tells_too(built_once, rower):
    from kg.making import Maker
    from kg.why import explain_entities

    with kg.open_graph(built_once) as graph:
        maker = Maker(graph.store, graph.ontology, graph.base)
        assert explain_entities(maker, [], [rower.entity.iri, BASE + "id/nobody"]) == [rower]


# -- on the command line ----------------------------------------------------------------------------


def test_the_command_prints_mentions_merges_and_non_merges(harbour: Harbour) -> None:
    text = "\n".join(line.rstrip() for line in harbour.kg("show", "Ada Vera Lind", "--why"))
    assert text.startswith("Ada Vera Lind\n<https://kg.example/id/ada-vera-lind>\n3 mentions in 3 articles\n")
    assert "Ada Vera Lind  [Rowers again, 2020-06-01]" in text
    joined, _, near = text.partition("Not joined with")
    assert "a middle name more +0.3; " in joined.partition("Joined because")[2]
    assert "[Fraud \\x1b[31mtrial, 2021-01-01]" in near
    assert "nothing in common -2" in near
    assert "\x1b[31m" not in text
    assert "Decided" not in text


def test_as_json_an_entity_is_an_object(harbour: Harbour) -> None:
    (rower,) = (json.loads(line) for line in harbour.kg("show", "Ada Vera Lind", "--why", "--json"))
    assert set(rower) == {"entity", "appearances", "merges", "near", "decisions"}
    assert rower["merges"][0]["reasons"][0] == ["a middle name more", 0.3]
    assert rower["merges"][0]["entity"] is None
    assert rower["appearances"][0]["first"] == {"start": 0, "end": 8}
    assert "id:ada-lind" in {each["entity"]["iri"].replace(BASE + "id/", "id:") for each in rower["near"]}


def test_an_entity_of_one_article_has_nothing_that_joined_it(harbour: Harbour) -> None:
    text = "\n".join(harbour.kg("show", "Bo Lind", "--why"))
    assert "1 mention in 1 article" in text
    assert "Joined because" not in text
    assert "Not joined with" not in text


def test_the_command_says_what_is_like_an_unknown_name(harbour: Harbour) -> None:
    for more in ((), ("--json",)):
        (line,) = harbour.kg("show", "Ada Lint", "--why", *more, code=1)
        assert line.startswith("kg: ")
        assert "Ada Lind" in line


def test_decisions_are_named_and_what_they_join_is_shown(harbour: Harbour) -> None:
    harbour.kg("same", "Ada Lind@four", "Ada Lind@one", "--why", "her own memoirs")
    (account,) = (json.loads(line) for line in harbour.kg("show", "Ada Lind", "--why", "--json"))
    assert {each["article"] for each in account["appearances"]} == {"one", "two", "three", "four"}
    assert {each["other"]["article"] for each in account["merges"]} == {"two", "three", "four"}
    (told,) = account["decisions"]
    assert "is the same as" in told
    assert "her own memoirs" in told
    assert "her own memoirs" in "\n".join(harbour.kg("show", "Ada Lind", "--why")).partition("Decided")[2]


def test_what_a_decision_keeps_apart_is_near_and_the_decision_named(harbour: Harbour) -> None:
    harbour.kg("different", "Ada Lind@three", "Ada Lind@one", "--why", "a cousin")
    found = [
        json.loads(line)
        for name in ("Ada Lind", "Ada Vera Lind")
        for line in harbour.kg("show", name, "--why", "--json")
    ]
    of_articles = {frozenset(at["article"] for at in each["appearances"]): each for each in found}
    (cousin,) = (each for articles, each in of_articles.items() if "three" in articles)
    assert not any({"one", "three"} <= articles for articles in of_articles)
    assert any(each["weight"] > 0 for each in cousin["near"])
    assert any("a cousin" in told for told in cousin["decisions"])


# -- how much work it is ----------------------------------------------------------------------------


def test_what_is_known_by_its_names_as_an_individual_tells_so(harbour: Harbour) -> None:
    drafts = [Draft("six"), Draft("seven")]
    drafts[0].refer("Velmar", kind="Port", known="Velmar")
    drafts[1].refer("Port of Velmar", kind="Port", known="Velmar")
    harbour.write(*drafts)
    harbour.ontology.write_text(TURTLE + ENDS + RULES)
    harbour.build()
    (account,) = (json.loads(line) for line in harbour.kg("show", "Velmar", "--why", "--json"))
    assert [each["article"] for each in account["appearances"]] == ["seven", "six"]
    assert len(account["merges"]) == 1


def test_what_is_often_in_the_news_is_explained_with_few_comparisons(tmp_path, monkeypatch):
    """A country in a thousand articles must not take half a million comparisons."""
    path = tmp_path / "harbour.ttl"
    path.write_text(TURTLE)
    why = Why(load_ontology(path))
    calls = []
    compare = why._joiner.compare
    monkeypatch.setattr(why._joiner, "compare", lambda *sides: calls.append(sides) or compare(*sides))
    profiles = [Profile(f"a{n:03}", Referent("r1", "Ada Lind", ("Ada Lind",), (), True)) for n in range(60)]
    assert len(why.merges(profiles)) == 59
    assert len(calls) <= 10 * len(profiles)
