"""A small domain, written for these tests."""

from pathlib import Path

HEADER = """@prefix ex: <https://sea.example/#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://sea.example/> a owl:Ontology .
"""
HEADER_LINES = HEADER.count("\n")

SEA = """
ex:Thing a owl:Class ; rdfs:label "thing"@en ; rdfs:comment "Whatever there is at sea."@en .
ex:Sailor a owl:Class ; rdfs:subClassOf ex:Thing , schema:Person ; rdfs:label "Seemann"@de , "sailor"@en ;
    rdfs:comment "Who works on a ship."@en ; kg:nameLabel "PERSON" ; kg:pronoun "She" , "he" ;
    owl:disjointWith ex:Ship ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "sailor" , "able  Seaman" ; kg:example "Ada is a sailor." ] .
ex:Captain a owl:Class ; rdfs:subClassOf ex:Sailor ; rdfs:label "captain"@en ; rdfs:comment "Who commands."@en .
ex:Ship a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "ship"@en ; rdfs:comment "What sails."@en ;
    kg:namePattern "MV …" , "… Princess" ; kg:measure ex:crew .
ex:Port a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "port"@en ; rdfs:comment "Where ships lie."@en .
[] a owl:AllDisjointClasses ; owl:members ( ex:Ship ex:Port ) .
ex:Race a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "race"@en ; rdfs:comment "Ships against ships."@en ;
    kg:score ( ex:won ex:lost ) ; kg:frame [ a kg:EventNoun ; kg:lemma "race" ; kg:example "The race began." ] .
ex:Regatta a owl:Class ; rdfs:subClassOf ex:Race ; rdfs:label "regatta"@en ; rdfs:comment "Many races."@en .

ex:commands a owl:ObjectProperty ; rdfs:label "commands"@en ; rdfs:comment "Is the captain of."@en ;
    rdfs:subPropertyOf schema:owns ; rdfs:domain ex:Sailor ; rdfs:range ex:Ship ; owl:inverseOf ex:commandedBy ;
    kg:functional true ; kg:frame
        [ a kg:RelationalNoun ; kg:lemma "captain" ; kg:example "Ada, the captain of the MV Gull, slept." ] ,
        [ a kg:RelationalNoun ; kg:lemma "command" ; kg:bearer kg:Object ; kg:argument "Under" , kg:Possessor ;
          kg:example "The MV Gull was her first command." ] ,
        [ a kg:Verb ; kg:lemma "take charge" ; kg:object "of" ; kg:example "Ada took charge of the MV Gull." ] ,
        [ a kg:Verb ; kg:lemma "command" ; kg:example "Ada commands the MV Gull." ] ,
        [ a kg:ActionNoun ; kg:lemma "command" ; kg:example "Ada's command of the MV Gull ended." ] .
ex:commandedBy a owl:ObjectProperty ; rdfs:label "commanded by"@en ; rdfs:comment "Has as captain."@en ;
    rdfs:subPropertyOf schema:member ; rdfs:domain ex:Ship ; rdfs:range ex:Sailor ; owl:inverseOf ex:commands .
ex:sistership a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "sister ship"@en ;
    rdfs:comment "Same plan."@en ; rdfs:subPropertyOf schema:isSimilarTo ; rdfs:domain ex:Ship ; rdfs:range ex:Ship .
ex:crew a owl:DatatypeProperty ; rdfs:label "crew"@en ; rdfs:comment "How many sail on it."@en ;
    rdfs:subPropertyOf schema:size ; rdfs:domain [ a owl:Class ; owl:unionOf ( ex:Ship ex:Port ) ] ;
    rdfs:range xsd:integer ; kg:frame [ a kg:Count ; kg:lemma "sailor" ; kg:example "The MV Gull has 12 sailors." ] .
ex:won a owl:DatatypeProperty ; rdfs:label "won"@en ; rdfs:comment "Points of the winner."@en ;
    rdfs:subPropertyOf schema:value ; rdfs:domain ex:Race ; rdfs:range xsd:integer .
ex:lost a owl:DatatypeProperty ; rdfs:label "lost"@en ; rdfs:comment "Points of the loser."@en ;
    rdfs:subPropertyOf schema:value ; rdfs:domain ex:Race ; rdfs:range xsd:integer .
ex:loser a owl:ObjectProperty ; rdfs:label "loser"@en ; rdfs:comment "Who lost."@en ;
    rdfs:subPropertyOf schema:participant ; rdfs:domain ex:Race , ex:Regatta ; rdfs:range ex:Sailor ;
    kg:frame [ a kg:Role ; kg:verb "lose" ; kg:argument kg:Subject ; kg:value ex:Defeat ;
          kg:example "Ada lost the race." ] ,
        [ a kg:Role ; kg:argument "against" ; kg:event ex:Regatta ; kg:example "The regatta against Ada began." ] .

ex:Haven a ex:Port ; rdfs:label "Newhaven"@en ; skos:altLabel "New Haven" ; kg:demonym "Havener" .
ex:Defeat a ex:Thing ; rdfs:label "defeat"@en .

ex:ShipShape a sh:NodeShape ; rdfs:label "a ship has one captain"@en ; sh:targetClass ex:Ship ;
    sh:property [ sh:path ex:commandedBy ; sh:maxCount 1 ] ;
    sh:rule [ a sh:SPARQLRule ; rdfs:label "who commands is a captain"@en ;
        sh:construct \"\"\"CONSTRUCT { ?who a ex:Captain }
            WHERE { ?who ex:commands ?ship }\"\"\" ] ,
        [ a sh:SPARQLRule ; sh:deactivated true ; sh:construct "CONSTRUCT { ?a ex:commands ?b } WHERE { ?b a ?a }" ] .
"""


def write(folder: Path, text: str, name: str = "sea.ttl") -> Path:
    """Write a domain ontology: the header, then the text."""
    path = folder / name
    path.write_text(HEADER + text, encoding="utf-8")
    return path
