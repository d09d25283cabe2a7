import pickle
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from sea_domain import write

from kg.errors import OntologyError
from kg.ontology import Ontology, load_ontology
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument
from kg.vocabulary import KG, RDF, SCHEMA, SH

EX = "https://sea.example/#"


@pytest.fixture
def ontology(sea: Path) -> Ontology:
    return load_ontology(sea)


def frame(ontology: Ontology, name: str) -> Frame:
    return next(each for each in ontology.frames if each.name == name)


def test_a_class_holds_its_own_declarations(ontology: Ontology):
    sailor = ontology.classes[EX + "Sailor"]
    assert sailor.label == "sailor"
    assert sailor.parents == (EX + "Thing", SCHEMA + "Person")
    assert sailor.name_labels == ("PERSON",)
    assert sailor.pronouns == ("she", "he")
    ship = ontology.classes[EX + "Ship"]
    assert ship.name_patterns == ("MV …", "… Princess")
    assert ship.measures == (EX + "crew",)
    assert ontology.classes[EX + "Race"].score == (EX + "won", EX + "lost")


def test_disjointness_is_symmetric_however_it_is_declared(ontology: Ontology):
    assert set(ontology.classes[EX + "Ship"].disjoint) == {EX + "Sailor", EX + "Port"}
    assert ontology.classes[EX + "Port"].disjoint == (EX + "Ship",)


def test_a_property_holds_its_own_declarations(ontology: Ontology):
    commands = ontology.properties[EX + "commands"]
    assert (commands.domain, commands.range) == ((EX + "Sailor",), (EX + "Ship",))
    assert commands.inverse == EX + "commandedBy"
    assert commands.functional
    assert not commands.datatype
    assert not commands.symmetric
    assert ontology.properties[EX + "sistership"].symmetric
    assert ontology.properties[EX + "crew"].datatype


def test_a_union_and_several_domains_are_any_of_them(ontology: Ontology):
    assert ontology.properties[EX + "crew"].domain == (EX + "Ship", EX + "Port")
    assert ontology.properties[EX + "loser"].domain == (EX + "Race", EX + "Regatta")


def test_an_inverse_declared_on_one_end_is_known_on_both(tmp_path: Path):
    file = write(tmp_path, "ex:a a owl:ObjectProperty . ex:b a owl:ObjectProperty ; owl:inverseOf ex:a .")
    assert load_ontology(file).properties[EX + "a"].inverse == EX + "b"


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("rdf:Property ; rdfs:range xsd:date", True),
        ("rdf:Property", False),
        ("owl:ObjectProperty ; rdfs:range xsd:date", False),
        ("owl:DatatypeProperty", True),
    ],
)
def test_a_property_without_a_kind_is_judged_by_its_range(tmp_path: Path, declaration: str, expected: bool):
    file = write(tmp_path, f"@prefix rdf: <{RDF}> . ex:p a {declaration} .")
    assert load_ontology(file).properties[EX + "p"].datatype is expected


def test_individuals_are_labelled_things_of_domain_classes(ontology: Ontology):
    assert set(ontology.individuals) == {EX + "Haven", EX + "Defeat"}
    haven = ontology.individuals[EX + "Haven"]
    assert haven.names == ("Newhaven", "New Haven")
    assert haven.demonyms == ("Havener",)
    assert haven.types == (EX + "Port",)


def test_lemmas_are_rows_of_lower_case_words(ontology: Ontology):
    assert frame(ontology, "ex:Sailor ClassNoun sailor").lemmas == (("sailor",), ("able", "seaman"))


def test_frames_have_the_defaults_of_their_kind(ontology: Ontology):
    captain = frame(ontology, "ex:commands RelationalNoun captain")
    assert captain.bearer is Argument.SUBJECT
    assert captain.arguments == ("of", Argument.POSSESSOR, Argument.MODIFIER)
    verb = frame(ontology, "ex:commands Verb command")
    assert (verb.subject, verb.object) == ((Argument.SUBJECT,), (Argument.OBJECT,))
    action = frame(ontology, "ex:commands ActionNoun command")
    assert (action.subject, action.object) == ((Argument.POSSESSOR, "by"), ("of",))


def test_what_a_frame_says_goes_before_the_defaults(ontology: Ontology):
    command = frame(ontology, "ex:commands RelationalNoun command")
    assert command.bearer is Argument.OBJECT
    assert command.arguments == ("under", Argument.POSSESSOR)
    assert frame(ontology, "ex:commands Verb take charge").object == ("of",)


def test_a_role_has_its_verbs_its_value_and_the_event_of_its_domain(ontology: Ontology):
    lose = frame(ontology, "ex:loser Role lose")
    assert lose.verbs == ("lose",)
    assert lose.arguments == (Argument.SUBJECT,)
    assert lose.value == EX + "Defeat"
    assert lose.event == EX + "Race"
    assert frame(ontology, "ex:loser Role against").event == EX + "Regatta"


def test_frames_stand_in_the_order_of_the_text_and_keep_their_examples(ontology: Ontology):
    kinds = [each.kind for each in ontology.frames if each.term == EX + "commands"]
    noun = FrameKind.RELATIONAL_NOUN
    assert kinds == [noun, noun, FrameKind.VERB, FrameKind.VERB, FrameKind.ACTION_NOUN]
    assert all(each.examples for each in ontology.frames)


def test_names_of_frames_are_unique(tmp_path: Path):
    noun = '[ a kg:RelationalNoun ; kg:lemma "mate" ]'
    file = write(tmp_path, f"ex:a a owl:ObjectProperty ; kg:frame {noun} , {noun} .")
    names = [each.name for each in load_ontology(file).frames]
    assert names == ["ex:a RelationalNoun mate", "ex:a RelationalNoun mate 2"]


def test_ancestors_hold_the_term_and_those_outside(ontology: Ontology):
    assert ontology.ancestors(EX + "Captain") == {EX + "Captain", EX + "Sailor", EX + "Thing", SCHEMA + "Person"}
    assert ontology.ancestors(EX + "commands") == {EX + "commands", SCHEMA + "owns"}
    assert ontology.ancestors(EX + "nothing") == {EX + "nothing"}
    assert ontology.is_a(EX + "Captain", SCHEMA + "Person")
    assert not ontology.is_a(EX + "Sailor", EX + "Captain")


def test_ancestors_end_where_a_cycle_closes(tmp_path: Path):
    file = write(tmp_path, "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:A .")
    ontology = load_ontology(file)
    assert ontology.ancestors(EX + "A") == {EX + "A", EX + "B"}
    assert ontology.most_specific((EX + "B", EX + "A")) == (EX + "A", EX + "B")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("Captain", "Ship", False), ("Ship", "Captain", False), ("Captain", "Port", True), ("Captain", "Sailor", True)],
)
def test_classes_with_disjoint_ancestors_are_not_compatible(ontology: Ontology, a: str, b: str, expected: bool):
    assert ontology.compatible(EX + a, EX + b) is expected


def test_most_specific_types_have_none_of_the_others_below_them(ontology: Ontology):
    types = (EX + "Thing", EX + "Sailor", EX + "Ship", EX + "Captain", EX + "Captain", SCHEMA + "Person")
    assert ontology.most_specific(types) == (EX + "Captain", EX + "Ship")


def test_labels_fall_back_to_the_local_name(ontology: Ontology):
    assert ontology.label(EX + "commandedBy") == "commanded by"
    assert ontology.label(EX + "Haven") == "Newhaven"
    assert ontology.label(SCHEMA + "Person") == "Person"


def test_iris_are_shortened_by_the_prefixes_of_the_files(ontology: Ontology):
    assert ontology.compact(EX + "Ship") == "ex:Ship"
    assert ontology.compact(SCHEMA + "Person") == "schema:Person"
    assert ontology.compact("https://other.example/a") == "<https://other.example/a>"
    assert ontology.compact(EX + "a/b") == f"<{EX}a/b>"
    assert ontology.compact(EX) == f"<{EX}>"


@pytest.mark.parametrize("name", ["commands", "ex:commands", EX + "commands", f"<{EX}commands>"])
def test_a_term_is_found_by_any_of_its_names(ontology: Ontology, name: str):
    assert ontology.term(name) == EX + "commands"


def test_an_unknown_term_is_answered_with_near_names(ontology: Ontology):
    with pytest.raises(OntologyError, match=r'is named "comands"; did you mean "commands"'):
        ontology.term("comands")
    with pytest.raises(OntologyError, match=r'is named "zzz"; give one of those'):
        ontology.term("zzz")


def test_a_name_of_the_domain_goes_before_that_of_the_core(tmp_path: Path):
    ontology = load_ontology(write(tmp_path, "ex:speaker a owl:ObjectProperty ."))
    assert ontology.term("speaker") == EX + "speaker"
    assert ontology.term("kg:speaker") == KG + "speaker"


def test_an_ambiguous_name_lists_what_it_may_mean(tmp_path: Path):
    text = "ex:leads a owl:ObjectProperty . <https://land.example/leads> a owl:ObjectProperty ."
    ontology = load_ontology(write(tmp_path, text))
    with pytest.raises(OntologyError, match=r'"leads" is the name of ex:leads, <https://land.example/leads>; give one'):
        ontology.term("leads")


def test_an_active_rule_is_a_complete_query(ontology: Ontology):
    (rule,) = ontology.rules
    assert rule.label == "who commands is a captain"
    assert rule.iri == EX + "ShipShape"
    who, ship = ox.NamedNode("https://a.example/who"), ox.NamedNode("https://a.example/ship")
    store = ox.Store()
    store.add(ox.Quad(who, ox.NamedNode(EX + "commands"), ship))
    found = store.query(rule.construct)
    assert isinstance(found, ox.QueryTriples)
    assert [triple.object for triple in found] == [ox.NamedNode(EX + "Captain")]


def test_a_rule_can_be_named_and_take_prefixes_from_a_declaration(tmp_path: Path):
    text = """ex:rule a sh:SPARQLRule ; rdfs:label "named"@en ; sh:prefixes ex:names ;
        sh:construct "CONSTRUCT { ?a a far:Thing } WHERE { ?a a ex:Thing }" .
    ex:names sh:declare [ sh:prefix "far" ; sh:namespace "https://far.example/"^^xsd:anyURI ] ."""
    (rule,) = load_ontology(write(tmp_path, text)).rules
    assert (rule.iri, rule.label) == (EX + "rule", "named")
    assert "PREFIX far: <https://far.example/>\n" in rule.construct
    assert isinstance(ox.Store().query(rule.construct), ox.QueryTriples)


def test_rules_of_one_shape_have_different_stable_names(tmp_path: Path):
    rules = ", ".join(f'[ a sh:SPARQLRule ; sh:construct "CONSTRUCT {{ ?a a ex:{n} }} WHERE {{ }}" ]' for n in "AB")
    file = write(tmp_path, f"ex:shape a sh:NodeShape ; sh:rule {rules} . [] a sh:NodeShape ; sh:rule {rules} .")
    iris = [rule.iri for rule in load_ontology(file).rules]
    assert iris[:2] == [EX + "shape", EX + "shape-2"]
    assert len(set(iris)) == 4
    assert iris == [rule.iri for rule in load_ontology(file).rules]


def test_shapes_hold_the_constraints_without_rules_and_terms(ontology: Ontology):
    shapes = ontology.shapes
    shape = rdflib.URIRef(EX + "ShipShape")
    constraint = shapes.value(shape, rdflib.URIRef(SH + "property"))
    assert shapes.value(constraint, rdflib.URIRef(SH + "path")) == rdflib.URIRef(EX + "commandedBy")
    assert shapes.value(constraint, rdflib.URIRef(SH + "maxCount")) == rdflib.Literal(1)
    assert (shape, rdflib.URIRef(SH + "rule"), None) not in shapes
    assert (rdflib.URIRef(EX + "commandedBy"), None, None) not in shapes
    assert shapes is ontology.shapes


def test_the_graph_is_what_rdflib_reads_from_the_files(ontology: Ontology):
    expected = rdflib.Graph()
    for source in ontology.triples.sources:
        expected.parse(data=source.text, format="turtle")
    assert rdflib.compare.isomorphic(ontology.graph, expected)


def test_an_ontology_can_be_sent_to_another_process(ontology: Ontology):
    copy = pickle.loads(pickle.dumps(ontology))
    assert copy.frames == ontology.frames
    assert copy.term("commands") == EX + "commands"
