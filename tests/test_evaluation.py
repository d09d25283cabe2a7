"""The scorer, the renaming and the gold itself. No language pipeline is needed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from renaming import rename, rename_folder

import kg.records
from kg.cli import run
from kg.evaluation import evaluate, make_rows, make_terms, read_gold
from kg.evaluation import score as score_with
from kg.ontology import load_ontology
from kg.vocabulary import KG, TYPE

POL = "https://kg.example/ontology/politics#"
ONTOLOGY = load_ontology()
TERMS = make_terms(ONTOLOGY)
FOLDER = Path(__file__).parent / "articles"
GOLDS = list(read_gold([FOLDER], ONTOLOGY))
PAIRS = [pytest.param(article, gold, id=article.id.rpartition("/")[2]) for article, gold in GOLDS]
TEXT = "Ana Ruiz, the leader of the Blue Party, met Bo Ek. Ruiz said Ek was a fool."
GOLD: dict[str, Any] = {
    "text": TEXT,
    "facts": [["Ana Ruiz", "leads", "Blue Party"], ["Ana Ruiz", "metWith", "Bo Ek"]],
    "also": [["Bo Ek", "worksFor", "Blue Party"]],
    "types": [["Ana Ruiz", "Politician"], ["Bo Ek", "Person"], ["Blue Party", "Party"]],
    "events": [],
    "claims": [{"speaker": "Ana Ruiz", "contains": "Ek was a fool", "status": "claimed"}],
    "qualified": [],
    "same": [["Ana Ruiz", "Ruiz"], ["Bo Ek", "Ek"]],
    "never": [["Bo Ek", "leads", "Blue Party"], ["Bo Ek", "type", "Politician"]],
    "invented": {"female": ["Ana"], "male": ["Bo"], "family": ["Ruiz", "Ek"], "place": []},
}


def score(gold, objects):
    return score_with(gold, objects, TERMS)


def entity(name: str) -> dict[str, Any]:
    return {"iri": "id:" + name, "label": name, "types": []}


def mention(text: str, name: str, *types: str) -> dict[str, Any]:
    return {"kind": "mention", "article": "a", "entity": "id:" + name, "text": text, "start": 0, "end": 1,
            "types": [POL + each for each in types]}  # fmt: skip


def statement(subject: str, name: str, other: Any, **more: Any) -> dict[str, Any]:
    """Make a statement; `other` is a name, or a whole object."""
    predicate = TYPE if name == "type" else POL + name
    given = {"kind": "statement", "article": "a", "subject": entity(subject), "predicate": {"iri": predicate},
             "object": other if isinstance(other, dict) else entity(other), "status": "asserted", "speaker": None,
             "rule": "x (y)", "confidence": 0.9,
             "evidence": {"start": 0, "end": 4, "text": "…"}, "subject_span": [0, 1], "object_span": None}  # fmt: skip
    return given | more


def attribution(speaker: str | None, start: int, end: int) -> dict[str, Any]:
    return {"kind": "attribution", "article": "a", "speaker": entity(speaker) if speaker else None,
            "source_span": None, "cue_span": None, "content_span": [start, end], "quoted": False}  # fmt: skip


def perfect(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """Make the output of an extraction that takes from the article just what the gold says."""
    made: list[dict[str, Any]] = []
    named = {each: full.split("|")[0] for full, _ in gold["types"] for each in full.split("|")}
    named |= {each: named.get(group[0].split("|")[0], group[0].split("|")[0]) for group in gold["same"]
              for each in group[0].split("|")}  # fmt: skip

    def first(words: Any) -> Any:
        name = str(words).split("|")[0]
        return named.get(name, name) if isinstance(words, str) else {"value": str(words), "datatype": "xsd:integer"}

    for full, *others in gold["same"]:
        made += [mention(each.split("|")[0], first(full)) for each in others]
    for name, classes in gold["types"]:
        made.append(mention(first(name), first(name), classes.split("|")[0]))
    for subject, name, other in gold["facts"]:
        made.append(statement(first(subject), name.split("|")[0], first(other)))
    for subject, name, other, kind in gold["qualified"]:
        made.append(statement(first(subject), name.split("|")[0], first(other), qualification={"kind": KG + kind}))
    for number, event in enumerate(gold["events"]):
        made.append(statement(f"event {number}", "type", {"iri": POL + event["type"], "label": "", "types": []}))
        for role, value in event.items():
            if role in TERMS.roles:
                made.append(statement(f"event {number}", role, first(value)))
    for claim in gold["claims"]:
        start = gold["text"].index(claim["contains"])
        made.append(attribution(first(claim["speaker"]), start, start + len(claim["contains"])))
    return made


def shares(tally: Any) -> tuple[float, float]:
    return tally.precision, tally.recall


@pytest.mark.parametrize(("article", "gold"), PAIRS)
def test_the_gold_itself_scores_one_in_everything(article, gold):
    total = score(gold, perfect(gold))
    assert not total.errors
    assert not total.violations
    for part in (total.overall, total.types, total.events, total.claims, total.qualified, total.sameness):
        assert shares(part) == (1.0, 1.0)


@pytest.mark.parametrize(("article", "gold"), PAIRS)
def test_every_never_is_caught_when_it_is_said(article, gold):
    for subject, name, other in gold["never"]:
        named = other if name != "type" else {"iri": POL + other, "label": other, "types": []}
        said = statement(
            subject.split("|")[0], name.split("|")[0], named if isinstance(named, dict) else named.split("|")[0]
        )
        assert score(gold, [*perfect(gold), said]).violations, (subject, name, other)


@pytest.mark.parametrize(("article", "gold"), PAIRS)
def test_the_gold_speaks_of_what_stands_in_the_text(article, gold):
    text = f"{article.title}\n{article.text}".casefold().replace("’", "'")
    assert 150 <= len(article.text.split()) <= 600
    assert article.url.startswith("https://news.example/")
    assert len(gold["never"]) >= 5
    names = [fact[end] for key in ("facts", "qualified") for fact in gold[key] for end in (0, 2)]
    names += [name for name, _ in gold["types"]] + [each for group in gold["same"] for each in group]
    for words in names:
        stems = [each.casefold()[: 5 if each.istitle() else None] for each in str(words).split("|")]
        assert isinstance(words, int) or any(stem in text for stem in stems), words
    for claim in gold["claims"]:
        assert article.text.count(claim["contains"]) == 1, claim
    for _, name, *_ in gold["facts"] + gold["also"] + gold["qualified"]:
        assert all(each == "type" or ONTOLOGY.term(each) for each in name.split("|"))
    for _, classes in gold["types"]:
        assert all(ONTOLOGY.term(each) for each in classes.split("|"))
    for event in gold["events"] + gold["alsoEvents"]:
        assert {role.rstrip("?") for role in event} <= TERMS.roles | {"type"}
        assert ONTOLOGY.is_a(ONTOLOGY.term(event["type"]), ONTOLOGY.term("Event"))


def test_every_property_is_scored_as_a_relation_or_a_role_or_turned_round():
    local = {iri.rpartition("#")[2] for iri in ONTOLOGY.properties}
    assert TERMS.relations | TERMS.roles | set(TERMS.turned) == local
    assert {"votesFor", "winner", "onDate"} <= TERMS.roles
    assert TERMS.turned["ledBy"] == "leads"
    assert "memberOfParty" in TERMS.relations


def test_a_wrong_fact_costs_precision_and_a_missing_one_recall():
    total = score(GOLD, [statement("Ana Ruiz", "leads", "Blue Party"), statement("Bo Ek", "chairs", "Blue Party")])
    assert shares(total.overall) == (0.5, 0.5)
    assert shares(total.facts["leads"]) == (1.0, 1.0)
    assert shares(total.facts["chairs"]) == (0.0, 1.0)
    assert any(str(each).startswith("missed  Ana Ruiz metWith") for each in total.errors)


@pytest.mark.parametrize("change", [{"status": "claimed"}, {"status": "possible"}, {"qualification": "Former"}])
def test_only_plain_asserted_statements_count_as_facts(change):
    total = score(GOLD, [statement("Bo Ek", "leads", "Blue Party", **change)])
    assert total.overall.predicted == 0
    assert not total.violations


def test_a_dated_statement_without_a_kind_is_a_plain_fact():
    said = statement("Ana Ruiz", "leads", "Blue Party", qualification={"kind": None, "start": "2016", "end": None})
    assert score(GOLD, [said]).overall.found == 1


def test_what_is_true_but_not_wanted_neither_helps_nor_harms():
    total = score(GOLD, [statement("Bo Ek", "worksFor", "Blue Party")])
    assert (total.overall.predicted, total.overall.found) == (0, 0)


def test_symmetric_and_inverse_properties_are_turned_round():
    total = score(GOLD, [statement("Bo Ek", "metWith", "Ana Ruiz"), statement("Blue Party", "ledBy", "Ana Ruiz")])
    assert shares(total.overall) == (1.0, 1.0)


def test_a_super_property_is_right_but_does_not_find():
    gold = GOLD | {"facts": [["Ana Ruiz", "memberOfParty", "Blue Party"]]}
    total = score(gold, [statement("Ana Ruiz", "memberOf", "Blue Party")])
    assert shares(total.overall) == (1.0, 0.0)


def test_a_super_class_is_right_but_does_not_find_and_a_sub_class_finds_but_is_wrong():
    total = score(GOLD, [mention("Ana Ruiz", "Ana Ruiz", "Person"), mention("Bo Ek", "Bo Ek", "Judge")])
    assert (total.types.predicted, total.types.right) == (2, 1)
    assert (total.types.wanted, total.types.found) == (3, 1)


def test_names_match_by_any_mention_without_case_article_or_possessive():
    objects = [mention("the BLUE Party's", "x"), statement("Ana Ruiz", "leads", entity("x"))]
    assert score(GOLD, objects).overall.found == 1


def test_a_short_name_of_its_own_is_not_the_full_name():
    total = score(GOLD, [mention("Ruiz", "Ruiz"), statement("Ruiz", "leads", "Blue Party")])
    assert (total.overall.right, total.overall.found) == (0, 0)
    assert total.sameness.found == 0


def test_two_people_in_one_thing_are_a_wrong_merge_that_stands_for_one_of_them():
    objects = [mention("Ana Ruiz", "Ana Ruiz"), mention("Bo Ek", "Ana Ruiz"), mention("Ruiz", "Ana Ruiz"),
               statement("Ana Ruiz", "metWith", "Ana Ruiz")]  # fmt: skip
    total = score(GOLD, objects)
    assert (total.sameness.predicted, total.sameness.right) == (2, 1)
    assert (total.overall.right, total.overall.found) == (0, 0)


def test_a_claim_needs_its_words_its_speaker_and_no_fact_inside():
    start = TEXT.index("Ek was a fool")
    inside = [start, start + 2]
    right = attribution("Ana Ruiz", start, len(TEXT))
    said = statement("Bo Ek", "worksFor", "Blue Party", subject_span=inside)
    assert shares(score(GOLD, [right]).claims) == (1.0, 1.0)
    assert shares(score(GOLD, [attribution("Bo Ek", start, len(TEXT))]).claims) == (0.0, 0.0)
    assert shares(score(GOLD, [attribution("Ana Ruiz", 0, 20)]).claims) == (0.0, 0.0)
    assert score(GOLD, [right, said]).claims.found == 0
    assert score(GOLD, [right, said | {"status": "claimed"}]).claims.found == 1


def test_a_denial_is_not_found_when_it_was_taken_for_a_claim():
    gold = GOLD | {"claims": [GOLD["claims"][0] | {"status": "denied"}]}
    start = TEXT.index("Ek was a fool")
    said = statement("Bo Ek", "worksFor", "Blue Party", subject_span=[start, start + 2], status="claimed")
    heard = attribution("Ana Ruiz", start, len(TEXT))
    assert score(gold, [heard]).claims.found == 1
    assert score(gold, [heard, said]).claims.found == 0
    assert score(gold, [heard, said | {"status": "denied"}]).claims.found == 1


def vote(**roles: Any) -> list[dict[str, Any]]:
    made = [statement("e", "type", {"iri": POL + "ConfidenceVote", "label": "", "types": []})]
    for role, value in roles.items():
        made.append(statement("e", role, {"value": str(value)} if isinstance(value, int) else value))
    return made


@pytest.mark.parametrize(
    ("roles", "right"),
    [
        ({"concerns": "Bo Ek", "votesFor": 9, "votesAgainst": 4}, True),
        ({"concerns": "Bo Ek", "votesFor": 9, "votesAgainst": 4, "body": "Blue Party"}, True),
        ({"concerns": "Bo Ek", "votesFor": 9}, False),
        ({"concerns": "Bo Ek", "votesFor": 4, "votesAgainst": 9}, False),
        ({"concerns": "Bo Ek", "votesFor": 9, "votesAgainst": 4, "abstentions": 1}, False),
        ({"concerns": "Ana Ruiz", "votesFor": 9, "votesAgainst": 4}, False),
    ],
)
def test_an_event_is_right_when_all_stated_roles_are_and_none_is_made_up(roles, right):
    event = {"type": "ConfidenceVote", "concerns": "Bo Ek", "votesFor": 9, "votesAgainst": 4, "body?": "Blue Party"}
    total = score(GOLD | {"events": [event]}, vote(**roles))
    assert shares(total.events) == ((1.0, 1.0) if right else (0.0, 0.0))


def test_one_resignation_of_two_people_stands_for_both():
    events = [{"type": "Resignation", "resignedBy": name} for name in ("Ana Ruiz", "Bo Ek")]
    said = [statement("e", "type", {"iri": POL + "Resignation", "label": "", "types": []}),
            statement("e", "resignedBy", "Ana Ruiz"), statement("e", "resignedBy", "Bo Ek")]  # fmt: skip
    assert shares(score(GOLD | {"events": events}, said).events) == (1.0, 1.0)


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("renamed")
    rename_folder(FOLDER, folder, seed=3)
    return {article.id: (article, gold) for article, gold in read_gold([folder], ONTOLOGY)}


@pytest.mark.parametrize(("article", "gold"), PAIRS)
def test_renaming_leaves_no_invented_word_and_a_gold_that_still_fits(article, gold, renamed):
    new_article, new = renamed[article.id]
    old = [word for words in gold["invented"].values() for word in words]
    told = f"{new_article.title}\n{new_article.text}\n{json.dumps(new)}"
    assert not re.search(r"\b(" + "|".join(old) + r")\b", told)
    assert len(new_article.text.split()) == len(article.text.split())
    total = score(new, perfect(new))
    assert not total.errors
    assert not total.violations


@pytest.mark.parametrize(("article", "gold"), PAIRS)
def test_every_person_of_the_gold_gets_another_name(article, gold, renamed):
    people = [name for name, classes in gold["types"] if ONTOLOGY.is_a(POL + classes.split("|")[0], POL + "Person")]
    assert people
    assert not set(people) & {name for name, _ in renamed[article.id][1]["types"]}


def test_renaming_is_the_same_for_the_same_seed_and_keeps_initials():
    assert rename(TEXT, GOLD, 5) == rename(TEXT, GOLD, 5)
    assert rename(TEXT, GOLD, 5) != rename(TEXT, GOLD, 6)
    assert re.fullmatch(r"A\w+ R\w+, the leader of the Blue Party, met B\w+ E\w+\..*", rename(TEXT, GOLD, 5)[0])


def by_election():
    return next((article, gold) for article, gold in GOLDS if "Colne Marsh" in article.text)


def test_there_is_a_row_for_each_property_and_violations_are_named_and_counted():
    article, gold = by_election()
    said = statement("Simon Lacey", "represents", "Colne Marsh") | {"article": article.id}
    total = evaluate([(article, gold)], [said], TERMS)
    rows = {name: rest for name, *rest in make_rows(total)}
    assert rows["represents"] == ["0.000", "0.000", "0.000", "0/1", "0/1"]
    assert total.violations == [f"{article.id}: Simon Lacey represents Colne Marsh"]
    assert (total.trapped, total.texts, total.forbidden) == (1, 1, len(gold["never"]))


def test_what_is_less_sure_than_wanted_is_left_out():
    article, gold = by_election()
    said = statement("Simon Lacey", "represents", "Colne Marsh", confidence=0.6) | {"article": article.id}
    assert not evaluate([(article, gold)], [said], TERMS, min_confidence=0.7).violations


def test_only_the_wanted_relations_are_scored_with_those_below_them():
    facts = [statement("Ana Ruiz", "leads", "Blue Party"), statement("Bo Ek", "chairs", "Blue Party")]
    total = score_with(GOLD, facts, TERMS, ["leads"])
    assert shares(total.overall) == (1.0, 1.0)
    assert set(total.facts) == {"leads"}


def test_a_gold_without_a_part_is_not_scored_in_it():
    total = score({"text": TEXT, "never": [["Bo Ek", "leads", "Blue Party"]]}, perfect(GOLD))
    assert not total.facts
    assert total.types.predicted == 0
    assert (total.trapped, total.texts) == (0, 1)


def test_a_role_of_several_players_wants_them_all():
    event = {"type": "Resignation", "resignedBy": ["Ana Ruiz", "Bo Ek"]}
    said = [statement("e", "type", {"iri": POL + "Resignation", "label": "", "types": []}),
            statement("e", "resignedBy", "Ana Ruiz")]  # fmt: skip
    assert score(GOLD | {"events": [event]}, said).events.found == 0
    assert score(GOLD | {"events": [event]}, [*said, statement("e", "resignedBy", "Bo Ek")]).events.found == 1


def test_a_span_of_a_claim_is_as_good_as_its_words():
    start = TEXT.index("Ek was a fool")
    gold = GOLD | {"claims": [{"speaker": "Ana Ruiz", "span": [start, start + 8]}]}
    assert shares(score(gold, [attribution("Ana Ruiz", start, len(TEXT))]).claims) == (1.0, 1.0)


def test_the_command_extracts_scores_and_prints(monkeypatch, capsys):
    golds = {article.id: gold for article, gold in GOLDS}

    def extract(articles, *_, **__):
        for article in articles:
            for each in perfect(golds[article.id]):
                yield each | {"article": article.id}

    monkeypatch.setattr(kg.records, "extract_articles", extract)
    assert run(["evaluate", str(FOLDER)]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^all facts +1\.000 +1\.000", printed, re.MULTILINE)
    assert re.search(r"^never to be said: 0 of \d+ said, in 0 of 14 texts", printed, re.MULTILINE)


def test_each_missed_fact_is_shown_with_its_parse_and_the_nearest_frame(tmp_path, capsys):
    gold = {"text": "Ana Ruiz hopes to head the Blue Party.", "facts": [["Ana Ruiz", "leads", "Blue Party"]]}
    (tmp_path / "x.gold.json").write_text(json.dumps(gold))
    assert run(["evaluate", str(tmp_path), "--errors"]) == 0
    printed = capsys.readouterr().out
    assert "x.gold.json: missed  Ana Ruiz leads Blue Party" in printed
    assert "hopes hope VBZ root" in printed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ('{"text": "A.", "facts": [["A", "leads"]]}', "has not 3 parts"),
        ('{"text": "A.", "facts": [["A", "leds", "B"]]}', 'named "leds"'),
        ('{"text": "A.", "types": [["A", "Persn"]]}', 'named "Persn"'),
        ('{"text": "A.", "events": [{"typ": "Vote"}]}', "an event without type"),
        ('{"text": "A.", "claims": [{"speaker": "A", "contains": "B"}]}', "the text has no words 'B'"),
        ('{"article": "https://news.example/1"}', "name its file with --texts"),
        ("{}", "there is no x.txt beside it"),
    ],
)
def test_gold_at_fault_is_one_line_with_the_file(tmp_path, capsys, content, message):
    path = tmp_path / "x.gold.json"
    path.write_text(content)
    assert run(["evaluate", str(path)]) == 1
    told = capsys.readouterr().err
    assert message in told
    assert "x.gold.json" in told
    assert told.count("\n") == 1


def test_a_folder_without_gold_is_refused(tmp_path, capsys):
    assert run(["evaluate", str(tmp_path)]) == 1
    assert "no *.gold.json and no .jsonl in it" in capsys.readouterr().err


def test_there_are_fourteen_articles():
    assert len(PAIRS) == 14
