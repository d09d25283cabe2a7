"""The whole way: odd articles, read, resolved, written in every format, and read again as what they were."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from hypothesis import strategies as st
from spacy.language import Language
from tiny_pipeline import make_pipeline

import kg
import kg.language
from kg.export.rdf import NOT_XML
from kg.graph import Graph
from kg.knowledge import read_reading, write_reading
from kg.model import Article, Issue, Reading
from kg.ontology import Ontology, load_ontology
from kg.readings import ArticleReader
from kg.rejected import Rejected, Rejection
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import DEFAULT_BASE

from .odd import broken, mostly, odd_texts, whole_texts
from .reading import records
from .target import Target

SENTENCES = ("Ada Lind leads Harbour Party.", "Bo Ek criticised Ada Lind.", "Ada Lind met Bo Ek.", "Kaboom.")
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
REAL = (
    "Ada Lind, the leader of the Harbour Party, resigned on Monday.", "“I will not stay,” she said.",
    "Mr Ek criticised the council.", "The vote was 95 to 92.", "LONDON (AP) —", "He may not lead the party.",
)  # fmt: skip

names = st.tuples(st.sampled_from(("Ada", "Bo", "É")), whole_texts).map("".join)
sentences = st.one_of(
    st.sampled_from(SENTENCES),
    st.tuples(names, st.sampled_from(("leads", "criticised", "met")), names).map(lambda three: " ".join(three) + "."),
    whole_texts,
)
fields = st.fixed_dictionaries(
    {"text": st.lists(sentences, min_size=1, max_size=4).map(lambda parts: " ".join(" ".join(parts).split()))},
    optional={"title": whole_texts, "url": whole_texts, "author": whole_texts, "published": whole_texts},
)
articles = st.lists(st.tuples(mostly(st.sampled_from("abc"), whole_texts), fields), min_size=1, max_size=3).map(
    lambda pairs: [{"id": identifier, **made} for identifier, made in pairs]
)


@cache
def ontology() -> Ontology:
    """Load places and politics once."""
    return load_ontology()


@cache
def tiny() -> Language:
    """Make the tiny pipeline once."""
    return make_pipeline()


def build(drawn: list[dict[str, str]]) -> None:
    """Build a graph of articles and write it in each format: the triples read from it are those of the graph."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(each) + "\n" for each in drawn), encoding="utf-8")
        with kg.build(path, None, ontology=ontology(), pipeline=tiny()) as graph:
            assert graph.report is not None
            assert graph.report.read + graph.report.set_aside >= 1
            _write(graph)


def _write(graph: Graph) -> None:
    held = {quad.triple for quad in graph.store.quads(graph=DEFAULT_GRAPH)}
    for format, parsed in FORMATS.items():
        text = graph.serialize(format)
        wanted = {_fit(triple) for triple in held} if format == "rdf" else held
        assert {quad.triple for quad in ox.parse(text.encode(), format=parsed)} == wanted, format
    for entity in graph.entities()[:5]:
        assert graph.show(entity.label) or not entity.label.strip()
        graph.show(entity.iri)


def _fit(triple: ox.Triple) -> ox.Triple:
    """Put U+FFFD in place of what no XML can hold, as `kg export` says that it does."""
    end = triple.object
    if not isinstance(end, ox.Literal) or not NOT_XML.search(end.value):
        return triple
    text = NOT_XML.sub("\ufffd", end.value)
    made = ox.Literal(text, language=end.language) if end.language else ox.Literal(text, datatype=end.datatype)
    return ox.Triple(triple.subject, triple.predicate, made)


@cache
def reader() -> ArticleReader:
    """Load the shipped pipeline once."""
    return ArticleReader(ontology(), kg.language.load_pipeline())


def read_really(drawn: list[str]) -> None:
    """Read texts with the shipped pipeline: spans are of the text, and evidence written and read is the same."""
    given = [Article(f"a{number}", text) for number, text in enumerate(drawn) if text.strip()]
    for article, found in zip(given, reader().read(given), strict=True):
        assert not isinstance(found, Issue), found
        check_reading(article, found)


def check_reading(article: Article, reading: Reading) -> None:
    """See that what is read of an article lies in its text, and comes back from its graph."""
    length = len(article.text)
    for mention in reading.mentions:
        assert 0 <= mention.span.start < mention.span.end <= length
        assert article.text[mention.span.start : mention.span.end] == mention.text
    for statement in reading.statements:
        assert 0 <= statement.evidence.start < statement.evidence.end <= length
    quads = set(write_reading(reading, DEFAULT_BASE))
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert data is not None
    parsed = set(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    assert parsed == quads
    again = read_reading(parsed)
    assert again.statements == reading.statements
    assert again.referents == reading.referents


lines = st.one_of(
    records.map(json.dumps),
    st.fixed_dictionaries(
        dict.fromkeys(("id", "text", "reason", "fingerprint"), odd_texts),
        optional=dict.fromkeys(("title", "published", "url", "author", "source"), odd_texts),
    ).map(json.dumps),
    odd_texts,
)
rejections = broken(st.lists(lines, max_size=4).map(lambda each: "\n".join(each).encode("utf-8", "surrogatepass")))


def set_aside(data: bytes) -> None:
    """Read the articles set aside, add one, and write them: they read as the same."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rejected.jsonl").write_bytes(data)
        rejected = Rejected(folder)
        before = list(rejected)
        rejected.add(Article("new", "text"), "reason", "0")
        rejected.write()
        again = list(Rejected(folder))
        assert again == sorted(
            [*(each for each in before if each.article.id != "new"), Rejection(Article("new", "text"), "reason", "0")],
            key=lambda each: each.article.id,
        )


TARGETS = (
    Target("articles to graphs", articles, build, few=5, share=0.4),
    Target("texts, really read", st.lists(st.one_of(*[st.sampled_from(REAL), whole_texts]), min_size=1, max_size=4).map(
        " ".join
    ).map(lambda text: [text]), read_really, few=3, share=0.4),
    Target("articles set aside", rejections, set_aside, few=40, share=10),
)  # fmt: skip
