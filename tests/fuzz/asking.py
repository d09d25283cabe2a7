"""Queries and answers: whatever is asked, and whatever terms come back, in every format."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
from hypothesis import strategies as st
from lxml import html
from rich.cells import cell_len

from kg.errors import SettingError
from kg.query import FORMATS, QueryResult, named_queries, run_query
from kg.query.named import set_values
from kg.query.result import Kind
from kg.store import DEFAULT_GRAPH, MemoryStore
from kg.vocabulary import PREFIXES, XSD

from .odd import ODDITIES, mostly, odd_texts, whole, whole_texts
from .target import Target

WIDEST = 120
EX = "https://x.example/"
TOKENS = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FILTER", "OPTIONAL", "UNION", "GRAPH", "SERVICE", "BIND",
    "AS",
    "VALUES", "MINUS", "EXISTS", "NOT", "ORDER BY", "GROUP BY", "HAVING", "LIMIT", "OFFSET", "DISTINCT", "PREFIX",
    "BASE", "FROM", "INSERT", "DELETE", "LOAD", "CLEAR", "DATA", "SILENT", "{", "}", "(", ")", "[", "]", "<<", ">>",
    "<<(", ")>>", "*", "?s", "?p", "?o", "$name", "ex:a", "ex:", "_:b", "a", ".", ";", ",", "|", "/", "^", "!", "+",
    "-", "=", "&&", "||", "1", "-1", "1e9", "true", '"x"', '"x"@en', '"""x', "'", "<http://127.0.0.1:9/>", "<>",
    "<x", "#",
    "STR", "REGEX", "COUNT(*)", "IRI", "BNODE()", "NOW()", "RAND()", "UUID()", "LANG", "DATATYPE", "xsd:date",
    "undeclared:x",
)  # fmt: skip
EXPRESSIONS = (
    "?o", "1 + ?o", "STR(?s) = ''", "?o > 1 || !BOUND(?p)", "CONCAT(?o, '')", "xsd:integer(?o)", "REGEX(?o, '(a|')",
    "REPLACE(STR(?o), '.', '$9')", "SUBSTR(?o, -1e9)", "?o / 0", "STRDT(?o, xsd:date)", "STRLANG(?o, 'en')",
    "BNODE(?o)",
    "LCASE(?o)", "xsd:date(?o) - ?o", "IRI(?o)", "COUNT(*)", "EXISTS { ?s ?p 1 }", "TRIPLE(?s, ?p, ?o)", "UUID()",
    "xsd:dateTime('9999-12-31T23:59:59Z') + xsd:duration('P1Y')", "REGEX('aaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$')",
    "SHA512(?o)", "ENCODE_FOR_URI(?o)", "9223372036854775807 + 1", "ABS(-9223372036854775808)", "1e308 * 10",
    "?nothing",
)  # fmt: skip
PATTERNS = (
    "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "{ ?s ?p 1 } UNION { ?o ?s ?x }", "OPTIONAL { ?s ex:p ?x } FILTER(?x > 0)",
    "BIND(IRI(?o) AS ?i)", "MINUS { ?s ?p 1 }", "{ SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s }", "?s ex:p* ?o",
    "?s (ex:p|^ex:q)+/!a ?o", "VALUES ?x { 1 'x' ex:a UNDEF }", "?s ?p (1 2 [ ex:p ?o ])",
    "?s ?p <<( ex:a ex:b ?o )>>",
    "SERVICE ?s { ?s ?p ?o }", "SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o }",
    "GRAPH <http://127.0.0.1:9/> { ?s ?p ?o }",
)  # fmt: skip
WHOLE = (
    ("SELECT * {{ ?s ?p ?o FILTER({}) }}", EXPRESSIONS), ("SELECT ({} AS ?x) {{ ?s ?p ?o }}", EXPRESSIONS),
    ("SELECT ?s {{ ?s ?p ?o }} ORDER BY ({})", EXPRESSIONS), ("SELECT * {{ ?s ?p ?o BIND({} AS ?x) }}", EXPRESSIONS),
    ("ASK {{ {} }}", PATTERNS), ("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {} }}", PATTERNS), ("SELECT * {{ {} }}",
    PATTERNS),
    ("DESCRIBE ?s {{ {} }}", PATTERNS), ("SELECT * FROM <http://127.0.0.1:9/> {{ {} }}", PATTERNS),
)  # fmt: skip
NAMED = [query.text for query in named_queries().values()]

tokens = st.lists(st.one_of(st.sampled_from(TOKENS), odd_texts), max_size=12).map(" ".join)


@st.composite
def filled(draw: st.DrawFn) -> str:
    """Queries that are right, now and then with something odd in them."""
    template, parts = draw(st.sampled_from(WHOLE))
    text = template.format(
        " ".join(draw(st.lists(st.sampled_from(parts), min_size=1, max_size=1 + (parts is PATTERNS))))
    )
    if draw(st.integers(0, 3)):
        return text
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.one_of(odd_texts, st.sampled_from(TOKENS))) + text[at:]


queries = mostly(
    filled(),
    tokens,
    st.tuples(st.sampled_from(NAMED), st.integers(0, 400), odd_texts).map(
        lambda three: three[0][: three[1]] + three[2] + three[0][three[1] :]
    ),
    odd_texts,
    st.sampled_from(sorted(named_queries())),
)
given_values = st.dictionaries(st.sampled_from(("name", "x", "iri", "")), odd_texts, max_size=2)


def _iri(text: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(EX + text)
    except ValueError:
        return None


iris = st.one_of(
    st.sampled_from(("a", "b#c", "d/e", "%1B", "\u00e9", "\u202e", "\u200b")), whole_texts
).map(_iri).filter(lambda found: found is not None)  # fmt: skip
datatypes = st.sampled_from(
    "integer int decimal double float boolean date dateTime time gYear duration string anyURI".split()
)
forms = st.one_of(
    whole_texts,
    st.sampled_from(("95", "-1", "0.5", "INF", "NaN", "1e400", "true", "1", "2024-05-03", "-0044-03-15", "12:00",
    "9" * 5000)),
    st.dates().map(str), st.datetimes().map(lambda when: when.isoformat()), st.integers().map(str),
)  # fmt: skip
literals = st.one_of(
    st.tuples(forms, datatypes).map(lambda pair: ox.Literal(pair[0], datatype=ox.NamedNode(XSD + pair[1]))),
    whole_texts.map(ox.Literal),
    st.tuples(whole_texts, st.sampled_from(("en", "de-CH", "x-odd"))).map(
        lambda pair: ox.Literal(pair[0], language=pair[1])
    ),
)
blank = st.sampled_from("abc").map(ox.BlankNode)
terms = st.recursive(
    st.one_of(iris, literals, blank),
    lambda inner: st.tuples(st.one_of(iris, blank), iris, inner).map(lambda three: ox.Triple(*three)),
    max_leaves=2,
)
variables = st.lists(st.sampled_from(("a", "b", "name", "é", "answer")), min_size=1, max_size=3, unique=True)


@st.composite
def answers(draw: st.DrawFn) -> QueryResult:
    """Answers with any terms in them."""
    kind = draw(st.sampled_from((Kind.SELECT, Kind.SELECT, Kind.SELECT, Kind.ASK, Kind.CONSTRUCT)))
    if kind is Kind.ASK:
        return QueryResult.of_boolean(draw(st.booleans()), {})
    if kind is Kind.CONSTRUCT:
        rows = draw(st.lists(st.tuples(st.one_of(iris, blank), iris, terms), max_size=4))
        return QueryResult(kind, ("subject", "predicate", "object"), tuple(rows), {"ex": EX, **PREFIXES})
    names = draw(variables)
    cells = st.one_of(st.none(), terms, terms, literals)
    rows = draw(st.lists(st.tuples(*[cells] * len(names)), max_size=4))
    return QueryResult(kind, tuple(names), tuple(rows), {"ex": EX, "e": EX + "d/"})


def _make_store() -> MemoryStore:
    store = MemoryStore()
    graph = ox.NamedNode(EX + "g")
    quads = [
        ox.Quad(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "p"), ox.Literal(whole(each)), graph)
        for each in ODDITIES[:24]
    ]
    quads += [ox.Quad(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "p"), ox.Literal(n)) for n in range(3)]
    store.replace_graph(graph, quads[:24])
    store.replace_graph(DEFAULT_GRAPH, [ox.Quad(each.subject, each.predicate, each.object) for each in quads[8:]])
    return store


STORE = _make_store()
KNOWN = {**PREFIXES, "ex": EX}


def ask(drawn: tuple[str, dict[str, str]]) -> None:
    """Ask, and write what comes back in every format."""
    text, values = drawn
    write(run_query(STORE, text, values, KNOWN))


def write(result: QueryResult) -> None:
    """Write an answer in every format, and read it back where that format can be read."""
    for row in result.rows:
        assert len(row) == len(result.variables)
    table = result.write("table")
    if result.kind is not Kind.CONSTRUCT:
        assert "".join(table.split("\n")).isprintable()
        assert not any(cell_len(line) > WIDEST for line in table.split("\n"))
        assert (result.kind is not Kind.SELECT) or len(table.split("\n")) >= len(result.terms)
    else:
        read = {quad.triple for quad in ox.parse(table.encode(), format=ox.RdfFormat.TURTLE)}
        assert len(read) == len(set(result.terms))
    rows = list(csv.reader(io.StringIO(result.write("csv"), newline="")))
    assert rows[0] == list(result.variables)
    assert len(rows) == len(result.terms) + 1
    assert json.loads(result.write("json"))
    html.fromstring(result._repr_html_())
    if result.kind is Kind.SELECT:
        _read_back(result)
    for format in ("xml", "", "\0"):
        try:
            result.write(format)
        except SettingError:
            continue
        raise AssertionError(f"{format!r} is no format")
    assert set(FORMATS) == {"table", "csv", "tsv", "json"}


def _read_back(result: QueryResult) -> None:
    """Read JSON and TSV as an engine reads them: the terms are those that were given."""
    for name, format in (("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)):
        found = ox.parse_query_results(result.write(name).encode(), format=format)
        assert isinstance(found, ox.QuerySolutions)
        assert tuple(each.value for each in found.variables) == result.variables
        read = [tuple(row[each] for each in result.variables) for row in found]
        assert list(map(_unnamed, read)) == list(map(_unnamed, result.terms)), name


def _unnamed(row: tuple[object, ...]) -> list[str]:
    """Write terms, blank nodes as such: a reader may give them other names."""
    return ["_" if isinstance(term, ox.BlankNode) else str(term) for term in row if not isinstance(term, ox.Triple)]


def set_in(values: dict[str, str]) -> None:
    """Put values into a query: it asks for the same as before, whatever they are."""
    names = {name: value for name, value in values.items() if name.isidentifier()}
    text = "SELECT ?v { VALUES ?v { " + " ".join(f"${name}" for name in names) + " } }"
    found = run_query(STORE, text, names, KNOWN) if names else None
    assert found is None or len(found) == len(names)
    set_values("ASK { $name $x $iri }", names, KNOWN)


TARGETS = (
    Target("queries", st.tuples(queries, mostly(st.just({}), given_values)), ask, few=80, share=20),
    Target("answers", answers(), write, few=50, share=20),
    Target("values in queries", given_values, set_in, few=60, share=10),
)
