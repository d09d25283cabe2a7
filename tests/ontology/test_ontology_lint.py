from pathlib import Path

import pytest
from sea_domain import HEADER_LINES, SEA, write

from kg.ontology.lint import WARNING, lint

CLASS = 'ex:A a owl:Class ; rdfs:label "a"@en ; rdfs:comment "An a."@en'
PROPERTY = (
    f'{CLASS} .\nex:p a owl:ObjectProperty ; rdfs:label "p"@en ; rdfs:comment "P."@en ; '
    "rdfs:subPropertyOf schema:knows ; rdfs:domain ex:A ; rdfs:range ex:A"
)
EVENT = (
    f'{CLASS} ; kg:frame [ a kg:EventNoun ; kg:lemma "race" ; kg:example "A race." ] .\n' + PROPERTY.split(" .\n")[1]
)
VALUE = PROPERTY.replace("ObjectProperty", "DatatypeProperty").replace("range ex:A", "range xsd:integer")


def check(folder: Path, text: str) -> list[str]:
    """Lint a text under the header; lines are counted from the first of the text."""
    path = write(folder, text)
    found = []
    for issue in lint([path]):
        assert issue.source.startswith(f"{path}:")
        line, *column = issue.source.removeprefix(f"{path}:").split(":")
        found.append(":".join([str(int(line) - HEADER_LINES), *column, " " + issue.message]))
    return found


def test_a_sound_domain_has_no_issue(sea: Path):
    assert lint([sea]) == []


def test_the_core_has_no_issue():
    from kg.ontology import shipped_ontologies

    assert lint(shipped_ontologies()[:1]) == []


def test_the_line_is_that_of_the_declaration_not_of_a_use(tmp_path: Path):
    text = f"{CLASS.replace('ex:A', 'ex:B')} ; rdfs:subClassOf ex:A .\n\nex:A\n  a owl:Class ; rdfs:label 'a' ."
    assert check(tmp_path, text) == ["3: ex:A has no rdfs:comment; add a sentence that says what it means"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('ex:A a owl:Class ; rdfs:comment "An a." .', '1: ex:A has no rdfs:label; add one such as "A"@en'),
        ('ex:A a owl:Class ; rdfs:label "a" .', "1: ex:A has no rdfs:comment; add a sentence that says what it means"),
        (PROPERTY.replace("rdfs:domain ex:A ;", "") + " .", "2: property ex:p has no rdfs:domain; add one"),
        (PROPERTY.replace("; rdfs:range ex:A", "") + " .", "2: property ex:p has no rdfs:range; add one"),
        (f"{CLASS} .\nex:a a ex:A .", "2: ex:a has no rdfs:label; add the name under which text speaks of it"),
        (
            PROPERTY.replace("range ex:A", "range schema:Person") + " .",
            "2: rdfs:range of ex:p is schema:Person, which is no class of the loaded files and stands above none; "
            "give one of theirs or declare it",
        ),
        (
            PROPERTY.replace("range ex:A", "range xsd:integer") + " .",
            "2: rdfs:range of ex:p is xsd:integer, which holds values; give a class, "
            "or make it an owl:DatatypeProperty",
        ),
        (
            VALUE.replace("range xsd:integer", "range ex:A") + " .",
            "2: rdfs:range of ex:p is the class ex:A; give a datatype such as xsd:integer, "
            "or make it an owl:ObjectProperty",
        ),
        (
            PROPERTY.replace("domain ex:A", "domain xsd:integer") + " .",
            "2: rdfs:domain of ex:p is xsd:integer, which holds values; give a class",
        ),
        (
            f"{CLASS} ;\n rdfs:subClassOf ex:B .\n{CLASS.replace('ex:A', 'ex:B')} ; rdfs:subClassOf ex:A .",
            "2: rdfs:subClassOf goes round: ex:A → ex:B → ex:A; take one of these out",
        ),
        (
            f"{PROPERTY} , ex:A ; rdfs:subPropertyOf ex:p .",
            "2: rdfs:subPropertyOf goes round: ex:p → ex:p; take one of these out",
        ),
        (
            f"{PROPERTY} .\n{PROPERTY.split(' .')[1].replace('ex:p', 'ex:q').strip()} ; owl:inverseOf ex:p .",
            "2: ex:q is the inverse of ex:p, which does not say so; add owl:inverseOf ex:q to ex:p",
        ),
        (
            PROPERTY.replace("rdfs:subPropertyOf schema:knows ;", "") + " .",
            f"2: {WARNING}ex:p is below no property of a standard vocabulary; add rdfs:subPropertyOf with "
            "the nearest of schema.org, W3C ORG, PROV-O or Dublin Core",
        ),
        (
            f'{CLASS} ;\n kg:namePattern "… Line" ,\n "Bay ..." .',
            '3: kg:namePattern "Bay ..." of ex:A has three dots; write the one character "…"',
        ),
        (
            f'{CLASS} ; kg:namePattern "… …" .',
            '1: kg:namePattern "… …" of ex:A has no words beside "…"; add those that all such names share',
        ),
        (
            f'{CLASS} ; kg:namePattern "Bay…" .',
            '1: kg:namePattern "Bay…" of ex:A has an "…" that touches a word; put a space between them',
        ),
        (
            f'{CLASS} .\nex:a a ex:A ; rdfs:label "Hull" .\nex:b a ex:A ; rdfs:label "Kiel" ;\n skos:altLabel "HULL" .',
            '4: ex:b and ex:a, both ex:A, are named "HULL"; keep the name on the one that is meant by it alone',
        ),
        (
            f"{PROPERTY} .\n{CLASS.replace('ex:A', 'ex:B')} ; kg:measure ex:p .",
            "3: kg:measure of ex:B names ex:p, whose values are no numbers; name a datatype property",
        ),
        (
            f"{CLASS} ; kg:score ( ex:p ) .",
            "1: kg:score of <https://sea.example/#A> has 1 properties; give a list of two",
        ),
    ],
)
def test_terms(tmp_path: Path, text: str, expected: str):
    (found,) = check(tmp_path, text)
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("term", "frame", "expected"),
    [
        (PROPERTY, '[ a kg:Verb ; kg:example "X." ]', "frame ex:p Verb: it has no kg:lemma"),
        (PROPERTY, '[ a kg:Verb ; kg:lemma "see" ]', "frame ex:p Verb see: it has no kg:example; add a sentence"),
        (
            EVENT,
            '[ a kg:Role ; kg:verb "lose" ; kg:example "X." ]',
            "frame ex:p Role lose: it has no kg:argument and no kg:value; say where",
        ),
        (
            PROPERTY,
            '[ a kg:ClassNoun ; kg:lemma "tar" ; kg:example "X." ]',
            "frame ex:p ClassNoun tar: kg:ClassNoun stands on classes, and ex:p is a property; use another kind",
        ),
        (
            CLASS,
            '[ a kg:Verb ; kg:lemma "see" ; kg:example "X." ]',
            "frame ex:A Verb see: kg:Verb stands on properties, and ex:A is a class; use another kind",
        ),
        (
            PROPERTY,
            '[ a kg:Count ; kg:lemma "man" ; kg:example "X." ]',
            "frame ex:p Count man: kg:Count gives a number, and ex:p is no owl:DatatypeProperty; use another kind",
        ),
        (
            PROPERTY,
            '[ a kg:Role ; kg:argument "in" ; kg:example "X." ]',
            "frame ex:p Role in: the rdfs:domain of ex:p is ex:A, which has no event; add kg:EventNoun",
        ),
        (
            f"{CLASS.replace('ex:A', 'ex:B')} .\n{EVENT}",
            '[ a kg:Role ; kg:argument "in" ; kg:event ex:B ; kg:example "X." ]',
            "frame ex:p Role in: kg:event is ex:B, which has no event; add kg:EventNoun",
        ),
        (PROPERTY, '[ a kg:Frame ; kg:lemma "see" ]', "a frame of ex:p has kg:Frame; give it exactly one of"),
    ],
)
def test_frames(tmp_path: Path, term: str, frame: str, expected: str):
    (found,) = check(tmp_path, f"{term} ;\n  kg:frame\n    {frame} .")
    line, message = found.split(": ", 1)
    frame_line = term.count("\n") + 3
    assert int(line) in (frame_line, frame_line - 1)
    assert message.startswith(expected)


def test_the_line_of_a_frame_is_that_of_its_lemma(tmp_path: Path):
    frames = '[ a kg:Verb ; kg:lemma "see" ; kg:example "X." ] ,\n [ a kg:Verb ;\n kg:lemma "look" ]'
    (found,) = check(tmp_path, f"{PROPERTY} ;\n kg:frame {frames} .")
    assert found.startswith("5: frame ex:p Verb look: it has no kg:example")


def test_a_role_fits_a_class_above_or_below_one_with_event_frames(tmp_path: Path):
    role = '[ a kg:Role ; kg:argument "in" ; kg:example "X." ]'
    classes = "".join(f"{CLASS.replace('ex:A', f'ex:{n}')} ; rdfs:subClassOf ex:{up} .\n" for n, up in ("BA", "CB"))
    event = 'ex:B kg:frame [ a kg:EventVerb ; kg:lemma "sink" ; kg:example "X." ] .\n'
    below = PROPERTY.replace("domain ex:A", "domain ex:C")
    assert check(tmp_path, f"{classes}{event}{PROPERTY} ; kg:frame {role} .") == []
    assert check(tmp_path, f"{classes}{event}{below} ; kg:frame {role} .") == []


def test_a_role_may_give_a_value_in_place_of_an_argument(tmp_path: Path):
    role = '[ a kg:Role ; kg:verb "sink" ; kg:value ex:lost ; kg:example "X." ]'
    assert check(tmp_path, f'{EVENT} ; kg:frame {role} .\nex:lost a ex:A ; rdfs:label "lost" .') == []


def test_terms_of_shacl_that_are_words_of_python_are_known(tmp_path: Path):
    assert check(tmp_path, f"{CLASS} .\nex:s a sh:NodeShape ; sh:not [ sh:class ex:A ; sh:in ( ex:A ) ] .") == []


def test_a_frame_that_stands_on_nothing_is_found(tmp_path: Path):
    found = check(tmp_path, 'ex:f a kg:Verb ; kg:lemma "see" ; kg:example "X." .')
    assert found == ["1: ex:f stands on no term; add kg:frame to the class or property it expresses"]


def test_a_frame_on_a_misspelt_term_asks_for_the_right_one(tmp_path: Path):
    text = f'{PROPERTY} .\nex:q1 kg:frame [ a kg:Verb ; kg:lemma "see" ; kg:example "X." ] .'
    found = check(tmp_path, text)
    assert "3: ex:q1 is not declared; declare it, or correct the name" in found
    assert any("neither a class nor a property; declare it" in each for each in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'{CLASS} ;\n kg:nameLable "X" .', '2: kg:nameLable is not declared; did you mean "nameLabel"'),
        (
            f"{CLASS} ; rdfs:subclassOf schema:Person .",
            "1: rdfs:subclassOf is no term of <http://www.w3.org/2000/01/rdf-",
        ),
        (
            f"{CLASS} ; rdfs:subClassOf schema:Persn .",
            "1: schema:Persn is no term of <https://schema.org/>; did you mean",
        ),
        (
            f"{PROPERTY} ; rdfs:seeAlso ex:Captn .\n{CLASS.replace('ex:A', 'ex:Captain')} .",
            "2: ex:Captn is not declared; did",
        ),
        (
            f"@prefix pol: <https://kg.example/ontology/politics#> .\n{CLASS} ; rdfs:subClassOf pol:Person .",
            "2: pol:Person is of politics.ttl, which is not loaded; add owl:imports <https://kg.example/ontology/politics>",
        ),
        (
            f"@prefix prov: <http://prov.example/> .\n{CLASS} .",
            "1: prefix prov: is <http://prov.example/> here and <http://www.w3.org/ns/prov#> elsewhere; make",
        ),
        (
            f"<https://sea.example/> owl:imports <https://far.example/> .\n{CLASS} .",
            "1: owl:imports <https://far.example/> is neither shipped nor among the files; give its file",
        ),
        ("ex:A a foo:B .", "1:8: The prefix foo: has not been declared; add a line such as @prefix foo: <…> ."),
        ("ex:A a owl:Class ; rdfs:label .", "1:31: "),
    ],
)
def test_names(tmp_path: Path, text: str, expected: str):
    (found,) = check(tmp_path, text)
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("CONSTRUCT { ?a a ex:A }\nWHERE { ?a a ", "3: who sees: its SPARQL does not parse at column"),
        ("CONSTRUCT { ?a a ex:A }\nWHERE { ?a a far:B }", "3: who sees: column 19 of its SPARQL has a prefix that"),
        ("SELECT * {}", "2: who sees: its SPARQL is no CONSTRUCT; write CONSTRUCT { … } WHERE { … }"),
        (
            "CONSTRUCT { $this a ex:A }\nWHERE { $this ex:p ?b }",
            "2: who sees: $this is not bound here; name the variable",
        ),
        ("CONSTRUCT\n { ?a ex:pp ?b } WHERE { ?a ex:p ?b }", "3: who sees: ex:pp is not declared"),
        ("CONSTRUCT { ?a a ex:A }\nWHERE { ?a ex:pp 'ex:no' } # ex:no", "3: who sees: ex:pp is not declared"),
        ("CONSTRUCT { ?a a <https://sea.example/#Aa> } WHERE {}", "2: who sees: ex:Aa is not declared"),
    ],
)
def test_rules(tmp_path: Path, query: str, expected: str):
    rule = f'ex:s a sh:NodeShape ; sh:rule [ a sh:SPARQLRule ; rdfs:label "who sees" ; sh:construct """{query}""" ] .'
    (found,) = check(tmp_path, PROPERTY.replace("\n", " ") + f" .\n{rule}")
    assert found.startswith(expected)


def test_a_rule_of_another_kind_is_not_passed_over(tmp_path: Path):
    found = check(tmp_path, f"{CLASS} .\nex:s a sh:NodeShape ;\n sh:rule [ a sh:TripleRule ; sh:object ex:A ] .")
    assert found == ["3: a rule of ex:s has no sh:construct; only rules of type sh:SPARQLRule are run"]


def test_all_files_that_cannot_be_read_are_named(tmp_path: Path):
    bad = write(tmp_path, "ex:A a", "bad.ttl")
    sources = [issue.source for issue in lint([tmp_path / "none.ttl", bad])]
    assert sources[0] == str(tmp_path / "none.ttl")
    assert sources[1].startswith(f"{bad}:{HEADER_LINES + 1}:")


def test_only_the_files_given_are_judged(tmp_path: Path):
    wrong = write(tmp_path, "ex:A a owl:Class .", "wrong.ttl")
    right = write(tmp_path, SEA)
    assert {issue.source.split(":")[0] for issue in lint([wrong, right])} == {str(wrong)}
    assert lint([right]) == []


def test_issues_stand_in_the_order_of_lines(tmp_path: Path):
    lines = [
        int(each.split(":")[0]) for each in check(tmp_path, "\n".join(f"ex:A{n} a owl:Class ." for n in range(12)))
    ]
    assert lines == sorted(lines)
    assert len(lines) == 24
