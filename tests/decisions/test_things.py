"""Decisions on what is one thing, and on what it is called."""

from __future__ import annotations

import pytest
from knowledge.harbour import Draft

import kg
from kg.errors import SettingError
from kg.store import DEFAULT_GRAPH, MemoryStore

from .conftest import Harbour


def test_two_things_that_are_the_same_become_one_and_undoing_restores_every_byte(harbour: Harbour) -> None:
    before, quads = harbour.turtle, default_graph(harbour)
    (said, told) = harbour.kg("same", "Ada Lind", "Bo Ek", "--why", "the register has one")
    assert said.startswith("Ada Lind is the same as Bo Ek [")
    assert said.endswith(": the register has one]")
    assert "entities 5 → 4" in told
    assert harbour.facts("steers") == {("Ada Lind", "Tern Rowing Club"), ("Ada Lind", "Gull Club")}
    assert harbour.facts("rivalOf") == set()
    assert harbour.kg("undo", "--why", "it was another edition")[0].startswith("undone: Ada Lind is the same as Bo Ek")
    assert harbour.turtle == before
    assert default_graph(harbour) == quads


def test_an_undo_can_be_undone_and_the_last_that_holds_is_undone_first(harbour: Harbour) -> None:
    states = [harbour.turtle]
    harbour.kg("rename", "Ada Lind", "Lady Lind")
    states.append(harbour.turtle)
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    harbour.kg("undo")
    assert harbour.turtle == states[1]
    undoing = harbour.kg("undo")[0]
    assert "Lady Lind" in undoing
    assert harbour.turtle == states[0]
    assert "no decision that could be undone" in harbour.kg("undo", code=1)[0]
    harbour.kg("undo", undoing.partition("[")[2].partition(",")[0])
    assert harbour.turtle == states[1]


def test_what_is_undone_cannot_be_undone_again(harbour: Harbour) -> None:
    name = harbour.kg("rename", "Ada Lind", "Lady Lind")[0].partition("[")[2].partition(",")[0]
    harbour.kg("undo", name, "--why", "too early")
    (line,) = harbour.kg("undo", name[:6], code=1)
    assert "is undone already: undone: " in line
    assert "too early" in line
    assert "no decision is named" in harbour.kg("undo", "0" * 16, code=1)[0]


def test_two_things_of_one_name_are_told_apart_by_an_article_of_each(harbour: Harbour) -> None:
    before = harbour.turtle
    assert list(harbour.labels().values()).count("Ada Lind") == 1
    harbour.kg("different", "Ada Lind@one", "Ada Lind@two", "--why", "aunt and niece")
    assert list(harbour.labels().values()).count("Ada Lind") == 2
    assert len(harbour.rows("SELECT ?a { ?a h:steers ?c . ?c rdfs:label 'Tern Rowing Club'@en }")) == 2
    assert len(harbour.rows("SELECT ?a { ?a h:rivalOf ?b . ?b rdfs:label 'Bo Ek'@en }")) == 1
    harbour.kg("undo")
    assert harbour.turtle == before


@pytest.mark.parametrize("words", [("Ada Lind", "Ada Lind@two"), ("Ada Lind@one", "id:ada-lind")])
def test_one_mention_is_told_apart_from_all_others(words: tuple[str, str], harbour: Harbour) -> None:
    harbour.kg("different", *words)
    assert list(harbour.labels().values()).count("Ada Lind") == 2


def test_two_names_of_one_thing_are_told_apart_by_the_names(empty: Harbour) -> None:
    """The article that gives both names for one thing says of neither which it is."""
    drafts = [Draft(name) for name in ("both", "long", "short")]
    drafts[0].refer("Tern Rowing Club", "Terns", kind="Club")
    drafts[1].refer("Tern Rowing Club", kind="Club")
    drafts[2].refer("Terns", kind="Club")
    empty.write(*drafts)
    empty.build()
    assert list(empty.labels().values()) == ["Tern Rowing Club"]
    empty.kg("different", "Tern Rowing Club", "Terns")
    assert sorted(empty.labels().values()) == ["Tern Rowing Club", "Terns"]


def test_what_is_one_thing_needs_to_be_said_where_it_is_two(harbour: Harbour) -> None:
    (line,) = harbour.kg("different", "ada lind", "Ada Lind", code=1)
    assert '"Ada Lind@one" or "Ada Lind@two"' in line
    assert "one thing already" in harbour.kg("same", "ada lind", "id:ada-lind", code=1)[0]
    assert "one thing" in harbour.kg("different", "Ada Lind@one", "ada lind@one", code=1)[0]
    assert not harbour.decisions.exists()


def test_what_nothing_can_be_at_once_is_rejected_before_two_things_are_made_one(harbour: Harbour) -> None:
    (line,) = harbour.kg("same", "Ada Lind", "Gull Club", code=1)
    assert "nothing is both" in line
    harbour.kg("reject", "Gull Club", "is a", "club", "--why", "her pen name")
    harbour.kg("same", "Ada Lind", "Gull Club")
    with kg.open_graph(harbour.out) as graph:
        (found,) = [each for each in graph.entities() if {"Ada Lind", "Gull Club"} & {each.label, *each.names}]
    assert found.types == ("sailor",)


def test_a_name_of_several_things_is_refused_with_what_to_type_instead(harbour: Harbour) -> None:
    harbour.kg("different", "Ada Lind@one", "Ada Lind@two")
    first, *choices = harbour.kg("rename", "Ada Lind", "Lady Lind", code=1)
    assert first == 'kg: "Ada Lind" can be any of these; name one of them by'
    assert sorted(choice.partition(" ")[2] for choice in choices) == [
        "Ada Lind (human; in one)",
        "Ada Lind (human; in two)",
    ]
    harbour.kg("rename", choices[0].split()[0], "Lady Lind")
    assert sorted(harbour.labels().values())[:3] == ["Ada Lind", "Bo Ek", "Gull Club"]


def test_a_thing_can_be_named_by_a_passage_that_mentions_it(harbour: Harbour) -> None:
    harbour.kg("rename", "https://kg.example/article/one#char=0,8", "Lady Lind")
    harbour.kg("rename", "article/three#char=0,5", "Commodore Ek")
    assert {"Lady Lind", "Commodore Ek"} <= set(harbour.labels().values())
    assert "the mention of nothing" in harbour.kg("rename", "article/three#char=0,4", "X", code=1)[0]
    assert "the mention of nothing" in harbour.kg("rename", "no iri#char=0,4", "X", code=1)[0]


@pytest.mark.parametrize("name", ["Ada Lindt", "Ada Lind@four", "@", "id:nobody", "\udcff"])
def test_an_unknown_name_is_told_in_one_line(name: str, harbour: Harbour) -> None:
    (line,) = harbour.kg("same", name, "Bo Ek", code=1)
    assert line.startswith("kg: ")
    assert not harbour.decisions.exists()


def test_near_names_are_asked_for(harbour: Harbour) -> None:
    assert 'did you mean "Ada Lind"' in harbour.kg("same", "Ada Lindt", "Bo Ek", code=1)[0]


def test_a_new_name_is_the_label_and_the_old_one_stays(harbour: Harbour) -> None:
    harbour.kg("rename", "Ada Lind", "  Lady\nLind ", "--by", "Bo", "--why", "she was ennobled")
    assert harbour.labels()["ada-lind"] == "Lady Lind"
    assert harbour.rows("SELECT ?n { id:ada-lind skos:altLabel ?n }") == [("Ada Lind",)]
    assert "Lady Lind" in harbour.kg("show", "Ada Lind")[0]
    assert 'called "Lady Lind" already' in harbour.kg("rename", "Ada Lind", "Lady Lind", code=1)[0]


def test_a_second_name_needs_the_first_to_be_undone(harbour: Harbour) -> None:
    harbour.kg("rename", "Ada Lind", "Lady Lind", "--why", "she was ennobled")
    (line,) = harbour.kg("rename", "Lady Lind", "Dame Ada", code=1)
    assert "she was ennobled" in line
    assert "--replace" in line
    undone, renamed, _ = harbour.kg("rename", "Lady Lind", "Dame Ada", "--replace")
    assert undone.startswith("undone: ")
    assert renamed.startswith('Lady Lind is called "Dame Ada"')
    assert harbour.labels()["ada-lind"] == "Dame Ada"


def test_an_empty_name_is_refused(harbour: Harbour) -> None:
    assert "empty" in harbour.kg("rename", "Ada Lind", " ", code=1)[0]


def test_two_renamed_things_are_not_made_one(harbour: Harbour) -> None:
    harbour.kg("rename", "Ada Lind", "Lady Lind", "--why", "ennobled")
    harbour.kg("rename", "Bo Ek", "Commodore Ek", "--why", "promoted")
    before = harbour.turtle, harbour.decisions.read_bytes()
    line, last = harbour.kg("same", "Lady Lind", "Commodore Ek", code=1)
    assert "ennobled" in line
    assert "promoted" in line
    assert last == "nothing was recorded"
    assert (harbour.turtle, harbour.decisions.read_bytes()) == before


def test_same_and_different_of_one_pair_are_refused_with_both_shown(harbour: Harbour) -> None:
    harbour.kg("different", "Ada Lind", "Bo Ek", "--by", "Eva", "--why", "they raced each other")
    before = harbour.decisions.read_bytes()
    line, last = harbour.kg("same", "Bo Ek", "Ada Lind", "--by", "Cy", "--why", "one face", code=1)
    for told in ("Ada Lind is not Bo Ek", "Eva", "they raced", "Bo Ek is the same as Ada Lind", "Cy", "one face"):
        assert told in line
    assert last == "nothing was recorded"
    assert harbour.decisions.read_bytes() == before


def test_a_chain_of_the_same_contradicts_too_and_is_shown(harbour: Harbour, articles: dict[str, Draft]) -> None:
    four = Draft("four")
    four.refer("Cy Dahl", kind="Human")
    harbour.write(four)
    harbour.build()
    harbour.kg("same", "Ada Lind", "Bo Ek", "--why", "first")
    harbour.kg("same", "Bo Ek@three", "Cy Dahl", "--why", "second")
    line, _ = harbour.kg("different", "Ada Lind@one", "Cy Dahl@four", "--why", "third", code=1)
    for told in ("first", "second", "third"):
        assert told in line


def test_what_follows_already_is_superfluous_and_harmless(harbour: Harbour, articles: dict[str, Draft]) -> None:
    four = Draft("four")
    four.refer("Cy Dahl", kind="Human")
    harbour.write(four)
    harbour.build()
    harbour.kg("same", "Ada Lind", "Bo Ek", "--why", "first")
    harbour.kg("same", "Bo Ek@three", "Cy Dahl", "--why", "second")
    _, line, _ = harbour.kg("same", "Cy Dahl@four", "Ada Lind@one", "--why", "third")
    assert "is superfluous: it follows from " in line
    assert "first" in line
    assert "second" in line
    report = harbour.build()
    assert [issue.message for issue in report.issues] == [line.partition(": ")[2]]
    assert (report.decisions, report.waiting) == (3, 0)


def test_the_same_is_decided_in_python(harbour: Harbour) -> None:
    with kg.open_graph(harbour.out) as graph:
        outcome = graph.same("Ada Lind", "Bo Ek", why="the register has one", by="Cy")
        assert outcome.changes["entities"] == (5, 4)
        assert len(graph.entities()) == 4
        (decision,) = outcome.decisions
        assert (decision.by, decision.why) == ("Cy", "the register has one")
        graph.undo(by="Cy")
        assert len(graph.entities()) == 5
        graph.different("Ada Lind", "Bo Ek")
        graph.rename("Ada Lind", "Lady Lind")
        graph.reject("Lady Lind", "steers", "Tern Rowing Club")
        graph.add("Lady Lind", "steers", "Gull Club", why="her letter")
        assert [each.object.label for each in graph.facts() if each.subject.label == "Lady Lind" and each.decided] == [
            "Gull Club"
        ]
        with pytest.raises(SettingError, match="nothing in the graph is named"):
            graph.same("Nobody", "Bo Ek")
        assert len(graph.entities()) == 5


def test_a_graph_in_memory_keeps_no_decisions(harbour: Harbour) -> None:
    ontology = kg.load_ontology(harbour.ontology)
    graph = kg.Graph(MemoryStore(), ontology, base=kg.DEFAULT_BASE)
    with pytest.raises(SettingError, match="in memory"):
        graph.rename("Ada Lind", "Lady Lind")


def default_graph(harbour: Harbour) -> set:
    with kg.open_graph(harbour.out) as graph:
        return set(graph.store.quads(graph=DEFAULT_GRAPH))
