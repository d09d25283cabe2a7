"""Decisions: files that are broken, of other things, or of odd IRIs and texts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from kg.decisions import read_decisions, write_decisions
from kg.decisions.terms import KINDS
from kg.decisions.words import Describer
from kg.ontology import load_ontology
from kg.vocabulary import DEFAULT_BASE, KG, OA, PROV, RDF, RDFS, SCHEMA, XSD

from .odd import broken, encoded, mostly, odd_texts, whole_texts
from .ontologies import escaped
from .target import Target

PREFIXES = {
    "kg": KG, "oa": OA, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "schema": SCHEMA, "xsd": XSD,
    "id": f"{DEFAULT_BASE}id/", "decision": f"{DEFAULT_BASE}decision/",
}  # fmt: skip
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TIMES = ('"2024-05-03T10:00:00.000Z"^^xsd:dateTime', '"0001-01-01T00:00:00+12:00"', '"2024-05-03"', '"x"', "5")
PARTS = (
    "a", "prov:endedAtTime", "kg:by", "kg:why", "kg:one", "kg:other", "kg:name", "kg:undoes", "kg:thing", "kg:anchor",
    "kg:status", "kg:speaker", "kg:statedIn", "kg:quoted", "kg:qualification", "kg:from", "kg:until", "rdf:subject",
    "rdf:predicate", "rdf:object", "rdfs:label", "oa:exact", "schema:text",
)  # fmt: skip
iris = st.sampled_from(
    (
        "decision:a", "decision:a-one", "decision:a-other", "decision:a-subject", "decision:b", "id:ada-lind", "id:bo",
        "kg:leads", "kg:Claimed", "kg:Former", "<http://x.example/>", "<urn:x>", "<http://x.example/%1B[31m>",
        "<http://x.example/\\u00851>", "rdf:type", "kg:Person", "kg:Decision", "_:b", "[]",
    )
)  # fmt: skip
ends = st.one_of(
    iris, odd_texts.map(escaped), st.sampled_from(TIMES), st.sampled_from(('"2016"', '"x"@en', "1", "true"))
)
KNOWN = [f"kg:{node.value.removeprefix(KG)}" for node in KINDS.values()]


things = mostly(st.sampled_from(("id:ada-lind", "id:bo", "<http://x.example/%1B[31m>", "<urn:x\\u202E>")), ends)
labels = mostly(odd_texts.map(escaped), ends)
terms = mostly(st.sampled_from(("kg:leads", "rdf:type", "<urn:x\\u202E>")), ends)
OWN = {
    "kg:Same": ("one", "other"), "kg:Different": ("one", "other"), "kg:Rename": ("one",), "kg:Undo": (),
    "kg:Reject": ("subject", "object"), "kg:Add": ("subject", "object"),
}  # fmt: skip


@st.composite
def decisions(draw: st.DrawFn) -> str:
    """Decisions that are nearly right."""
    parts = [HEAD]
    for name in draw(st.lists(st.sampled_from("abc"), max_size=2, unique=True)):
        iri = f"decision:{name}"
        kind = draw(st.sampled_from(KNOWN))
        when = draw(mostly(st.just(TIMES[0]), st.sampled_from(TIMES)))
        parts.append(f"{iri} a kg:Decision , {kind} ; kg:by {draw(labels)} ; prov:endedAtTime {when} .\n")
        roles = OWN[kind] + (("speaker",) if kind == "kg:Reject" and draw(st.booleans()) else ())
        for role in roles:
            property = f"rdf:{role}" if role in ("subject", "object") else f"kg:{role}"
            if role == "object" and draw(st.booleans()):
                parts.append(f"{iri} {property} {draw(ends)} .\n")
                continue
            parts.append(f"{iri} {property} {iri}-{role} .\n")
            parts.append(f"{iri}-{role} kg:thing {draw(things)} ; rdfs:label {draw(labels)} .\n")
            if draw(st.booleans()):
                parts.append(f"{iri}-{role} kg:anchor {draw(things)} ; oa:exact {draw(labels)} .\n")
        if kind == "kg:Rename":
            parts.append(f"{iri} kg:name {draw(labels)} .\n")
        if kind == "kg:Undo":
            parts.append(f"{iri} kg:undoes {draw(things)} .\n")
        if kind in ("kg:Reject", "kg:Add"):
            parts.append(f"{iri} rdf:predicate {draw(terms)} .\n")
        if "speaker" in roles:
            parts.append(f"{iri} kg:status kg:Claimed ; schema:text {draw(labels)} .\n")
        for _ in range(draw(mostly(st.just(0), st.integers(0, 2)))):
            parts.append(f"{iri} {draw(st.sampled_from(PARTS))} {draw(ends)} .\n")
    return "".join(parts)


texts = mostly(
    decisions().map(str.encode),
    encoded(decisions()),
    broken(decisions().map(str.encode)),
    encoded(whole_texts),
)
ONTOLOGY = load_ontology()


def read(data: bytes) -> None:
    """Read decisions; what is read is told in words, and written so that what that gives is written the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decisions.ttl"
        path.write_bytes(data)
        found = read_decisions(path, DEFAULT_BASE)
        describer = Describer(ONTOLOGY, found)
        for decision in found:
            describer.tell(decision)
        written = write_decisions(found, DEFAULT_BASE)
        path.write_text(written, encoding="utf-8")
        again = read_decisions(path, DEFAULT_BASE)
        assert [each.iri for each in again] == [each.iri for each in found]
        assert write_decisions(again, DEFAULT_BASE) == written


TARGETS = (Target("decisions", texts, read, few=50, share=10),)
