"""Knowledge bases: Popolo, RDF and CSV that are broken or odd, and the index that is made of them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from kg.identity.names import name_key
from kg.kb import build_index
from kg.model import Issue

from .odd import broken, encoded, odd_texts, whole_texts
from .ontologies import HEAD, escaped
from .reading import json_values, records, rows
from .target import Target

KEYS = (
    "id", "name", "label", "other_names", "identifiers", "scheme", "identifier", "birth_date", "death_date", "role",
    "person_id", "organization_id", "organization", "area", "area_id", "post", "on_behalf_of", "start_date", "end_date",
    "memberships", "classification", "legislative_period_id", "lang:en", "type", "parent", "member",
)  # fmt: skip
LISTS = ("persons", "organizations", "areas", "posts", "memberships", "events", "meta")
values = st.recursive(
    st.one_of(json_values, st.sampled_from(("Ada Lind", "person/1", "Q42", "2010-01", "http://x.example/1"))),
    lambda inner: st.one_of(st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), st.lists(inner, max_size=3)),
    max_leaves=8,
)
persons = st.tuples(st.sampled_from(("1", "Q42", 7)), odd_texts, odd_texts).map(
    lambda made: {"id": made[0], "name": f"Ada {made[1]}", "other_names": [{"name": made[2]}]}
)
things = st.dictionaries(st.sampled_from(KEYS), values, max_size=6).map(
    lambda made: {"id": "1", "name": "Ada Lind", **made}
)
documents = st.one_of(
    st.lists(persons).map(lambda made: {"persons": made}), st.lists(things).map(lambda made: {"persons": made})
) | st.dictionaries(st.sampled_from(LISTS), st.one_of(st.lists(st.one_of(things, values), max_size=4), values))
popolo = st.one_of(documents.map(json.dumps), st.one_of(records, values).map(json.dumps), odd_texts)

PREDICATES = (
    "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation", "owl:sameAs", "skos:exactMatch", "a",
    "<http://schema.org/birthDate>", "<http://schema.org/name>", "<https://schema.org/sameAs>", ":knows",
    "<http://www.wikidata.org/prop/direct/P569>",
)  # fmt: skip
objects = st.one_of(
    odd_texts.map(escaped),
    st.sampled_from(
        (":a", ":b", "_:b", "skos:Concept", "owl:Class", "<http://www.wikidata.org/entity/Q1>", '"Ada"@en')
    ),
)
triples = st.lists(
    st.tuples(st.sampled_from((":a", ":b", "_:b", "<urn:x>")), st.sampled_from(PREDICATES), objects), max_size=10
).map(lambda rows: HEAD + "".join(f"{' '.join(row)} .\n" for row in rows))

RDF_XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY skos "http://www.w3.org/2004/02/skos/core#"> <!ENTITY x "{}"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
<rdf:Description rdf:about="http://x.example/{}"><rdfs:label xml:lang="{}">{}</rdfs:label>
<rdf:type rdf:resource="&skos;Concept"/></rdf:Description></rdf:RDF>
"""
xml = st.tuples(*[whole_texts] * 4).map(lambda parts: RDF_XML.format(*parts))
JSON_LD = '{{"@context": {}, "@id": "http://x.example/1", "@type": {}, "http://schema.org/name": {}}}'
json_ld = st.tuples(*[json_values.map(json.dumps)] * 3).map(lambda parts: JSON_LD.format(*parts))
N_QUADS = "<http://x.example/{}> <http://www.w3.org/2000/01/rdf-schema#label> {} <http://x.example/g> .\n"
n_quads = st.lists(st.tuples(st.sampled_from("abc"), odd_texts.map(escaped)), max_size=6).map(
    lambda rows: "".join(N_QUADS.format(*row) for row in rows)
)

files = st.one_of(
    st.tuples(st.just(".json"), st.one_of(encoded(popolo), popolo.map(lambda text: text.encode("utf-8", "replace")))),
    st.tuples(st.sampled_from((".ttl", ".trig")), encoded(triples)),
    st.tuples(st.sampled_from((".rdf", ".owl")), broken(xml.map(str.encode))),
    st.tuples(st.just(".jsonld"), encoded(json_ld)),
    st.tuples(st.sampled_from((".nt", ".nq")), encoded(n_quads)),
    st.tuples(st.sampled_from((".csv", ".tsv")), encoded(rows().map(lambda text: text.replace("text", "name", 1)))),
    st.tuples(st.sampled_from((".json.gz", ".ttl.bz2", ".csv.gz", ".rdf", ".json", ".xml")), st.binary()),
)  # fmt: skip


def build(drawn: tuple[str, bytes]) -> None:
    """Make an index of a file, look all its names up, and give its entries."""
    suffix, data = drawn
    issues: list[Issue] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"kb{suffix}"
        path.write_bytes(data)
        with build_index([path], Path(folder) / "out", issues.append) as index:
            for entry in index:
                assert entry.label
                for name in entry.names:
                    index.find(name_key(name))
    for issue in issues:
        assert str(issue).isprintable(), str(issue)


TARGETS = (Target("knowledge bases", files, build, few=40, share=8),)
