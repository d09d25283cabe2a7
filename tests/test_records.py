from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from tiny_pipeline import make_pipeline

import kg
from kg.model import (
    Article,
    Attribution,
    Chain,
    Iri,
    Issue,
    Mention,
    MentionKind,
    Qualification,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Status,
    Value,
)
from kg.records import extract_articles, make_records
from kg.vocabulary import TYPE, XSD

EX = "https://my.example/"
TEXT = "Łódź: “I led Harbour,” said Ada Lind."
ADA = {"iri": "https://kg.example/id/ada-lind", "label": "Ada Lind"}


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def statement(object: Ref | Iri | Value, **fields: object) -> Statement:
    given = {
        "subject": "r1", "predicate": EX + "heads", "object": object, "status": Status.ASSERTED, "confidence": 0.9,
        "evidence": span("I led Harbour"), "subject_span": span("I"), "rule": "a rule",
    }  # fmt: skip
    return Statement(**{**given, **fields})


def reading(*statements: Statement, attributions: tuple[Attribution, ...] = ()) -> Reading:
    referents = (
        Referent("r1", "Ada Lind", ("Ada Lind",), (EX + "Being",), True),
        Referent("r2", "Harbour", ("Harbour",), (), True),
    )
    mentions = (
        Mention("r1", span("Ada Lind"), "Ada Lind", MentionKind.NAME),
        Mention("r2", span("Harbour"), "Harbour", MentionKind.NAME),
        Mention("r1", span("I"), "I", MentionKind.PRONOUN),
    )
    return Reading(Article("a", TEXT), referents, mentions, statements, attributions)


def records(made: Reading) -> list[dict]:
    return list(make_records(made, kg.load_ontology()))


def mentions(made: Reading) -> list[tuple[str, str, list]]:
    return [(each["text"], each["entity"], each["types"]) for each in records(made) if each["kind"] == "mention"]


def test_a_chain_of_a_referent_gives_more_mentions_of_its_entity() -> None:
    made = replace(reading(), chains=(Chain("r1", (span("said"),)),))
    assert [text for text, entity, _ in mentions(made) if entity == ADA["iri"]] == ["I", "said", "Ada Lind"]


def test_a_chain_of_its_own_is_known_by_its_first_words() -> None:
    made = replace(reading(), chains=(Chain(None, (span("Łódź"), span("said"))),))
    words = f"https://kg.example/article/a#char=0,{len('Łódź')}"
    assert [each for each in mentions(made) if each[0] in ("Łódź", "said")] == [
        ("Łódź", words, []),
        ("said", words, []),
    ]


def test_mentions_come_in_text_order_with_their_entity() -> None:
    first, second, third = records(reading())
    assert first == {
        "kind": "mention",
        "article": "a",
        "start": 7,
        "end": 8,
        "text": "I",
        "entity": ADA["iri"],
        "types": [EX + "Being"],
    }
    assert [each["text"] for each in (second, third)] == ["Harbour", "Ada Lind"]
    assert TEXT[second["start"] : second["end"]] == "Harbour"


def test_a_statement_has_just_the_keys_that_are_fixed() -> None:
    said = statement(Ref("r2"), status=Status.CLAIMED, speaker="r1", object_span=span("Harbour"))
    (*_, record) = records(reading(said))
    assert record == {
        "kind": "statement",
        "article": "a",
        "subject": {**ADA, "types": [EX + "Being"]},
        "predicate": {"iri": EX + "heads", "label": "heads"},
        "object": {"iri": "https://kg.example/id/harbour", "label": "Harbour", "types": []},
        "status": "claimed",
        "speaker": ADA,
        "confidence": 0.9,
        "evidence": {"start": 7, "end": 20, "text": "I led Harbour"},
        "subject_span": [7, 8],
        "object_span": [13, 20],
        "rule": "a rule",
    }
    assert json.loads(json.dumps(record)) == record


def test_literals_classes_and_individuals_are_objects_too() -> None:
    ontology = kg.load_ontology()
    iri, individual = next((iri, each) for iri, each in sorted(ontology.individuals.items()) if each.types)
    values = (Value("95", XSD + "integer"), Iri(EX + "Being"), Iri(iri))
    found = {
        record["rule"]: record["object"]
        for record in records(reading(*(statement(each, rule=str(n)) for n, each in enumerate(values))))
        if record["kind"] == "statement"
    }
    assert found["0"] == {"value": "95", "datatype": XSD + "integer"}
    assert found["1"] == {"iri": EX + "Being", "label": "Being", "types": []}
    assert found["2"] == {"iri": iri, "label": individual.label, "types": list(individual.types)}


def test_an_individual_that_is_an_entity_of_the_article_goes_by_its_iri() -> None:
    ontology = kg.load_ontology()
    iri = next(iter(sorted(ontology.individuals)))
    made = reading(statement(Iri(iri), predicate=TYPE))
    known = Referent("r2", "Harbour", ("Harbour",), (), True, known=iri)
    made = Reading(made.article, (made.referents[0], known), made.mentions, made.statements, ())
    (*_, record) = records(made)
    assert record["object"]["iri"].startswith("https://kg.example/id/")


def test_what_is_qualified_is_of_another_kind() -> None:
    (*_, record) = records(reading(statement(Ref("r2"), qualification=Qualification("Former", None, "2016-05"))))
    assert record["kind"] == "qualified"
    assert (record["qualification"], record["from"], record["until"]) == ("Former", None, "2016-05")
    assert list(record)[-3:] == ["qualification", "from", "until"]


def test_attributions_have_their_spans() -> None:
    said = Attribution("r1", span("Ada Lind"), span("said"), span("I led Harbour,"), True, ("r2",))
    nobody = Attribution(None, None, None, span("Łódź"), False)
    *_, first, second = records(reading(attributions=(said, nobody)))
    assert first == {
        "kind": "attribution", "article": "a", "speaker": None, "source_span": None, "cue_span": None,
        "content_span": [0, 4], "quoted": False,
    }  # fmt: skip
    assert second["speaker"] == ADA
    assert (second["source_span"], second["cue_span"], second["content_span"]) == ([28, 36], [23, 27], [7, 21])


def test_articles_are_extracted_one_after_the_other_and_issues_passed_on() -> None:
    given = (
        Article("b", "Bo Ek met Ada Lind."),
        Issue("x", "broken"),
        Article("a", "Kaboom."),
        Article("c", "Ada Lind met Bo Ek."),
    )
    taken: list[str] = []

    def stream() -> Iterator[Article | Issue]:
        for each in given:
            taken.append(getattr(each, "id", "issue"))
            yield each

    issues: list[Issue] = []
    found = list(extract_articles(stream(), pipeline=make_pipeline(), on_issue=issues.append))
    assert list(dict.fromkeys(record["article"] for record in found)) == ["b", "c"]
    assert [issue.source for issue in issues] == ["x", "a"]
    assert taken == ["b", "issue", "a", "c"]


def test_the_same_articles_give_the_same_records() -> None:
    articles = [Article("b", "Bo Ek met Ada Lind."), Article("c", "Ada Lind leads Harbour Party.")]
    first, second = (json.dumps(list(extract_articles(articles, pipeline=make_pipeline()))) for _ in range(2))
    assert first == second
    assert "politics#leads" in first


def test_a_likely_speaker_is_told_as_a_guess() -> None:
    said = Attribution(None, None, None, span("I led Harbour"), True)
    guess = replace(said, speaker="r1", source=span("Ada Lind"))
    made = replace(reading(attributions=(said,)), guesses=(guess,))
    (found,) = [each for each in records(made) if each["kind"] == "attribution"]
    assert (found["speaker"], found["guessed"]) == (ADA, True)


def test_a_sure_speaker_is_told_without_more() -> None:
    said = Attribution("r1", span("Ada Lind"), None, span("I led Harbour"), True)
    (found,) = [each for each in records(reading(attributions=(said,))) if each["kind"] == "attribution"]
    assert found["speaker"] == ADA
    assert "guessed" not in found
