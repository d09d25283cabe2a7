"""What pages read of one state of a graph: never more than they show, with counts of what they leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Triple

from kg.knowledge import terms as t
from kg.knowledge.iris import fact_iri
from kg.lookup import Fact, Lookup, Passage, Thing
from kg.network import kind_of, local_name
from kg.ontology import Ontology
from kg.phrases import day
from kg.serve.pages.addresses import Addresses
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import KG, TYPE, XSD

if TYPE_CHECKING:
    from kg.serve.pages.search_index import SearchIndex
    from kg.serve.pages.totals import Totals

MOST_PASSAGES: Final = 2
"""So many sentences are shown under a fact; its own page has all."""

UNTYPED: Final = "Thing"
"""The kind of what has no class."""

DATES: Final = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
"""The datatypes of days, months and years."""

KNOWN_FACT: Final = NamedNode(KG + "KnownFact")
"""What a knowledge base says."""

Node = NamedNode | Literal

_NONE: Final = Markup("")


@dataclass(frozen=True, slots=True)
class Shown(Thing):
    """A thing as pages show it: `kind` is the class that colours and shapes go by, `href` where it has its page.

    `link` is its name as a link there, or the name alone where there is no page of it.
    """

    kind: str = "Thing"
    href: str | None = None
    link: Markup = _NONE


class Reader(Lookup):
    """Looks up what pages show; one serves all requests of a state.

    What `index` and `totals` hold in memory, once they are made, is not read from the store.
    """

    index: SearchIndex | None = None
    totals: Totals | None = None

    def __init__(
        self, store: Store, ontology: Ontology, base: str, *, most_passages: int | None = MOST_PASSAGES
    ) -> None:
        super().__init__(store, ontology, base, most_passages=most_passages)
        self.addresses = Addresses(base, ontology)
        self._kinds: dict[tuple[str, ...], str] = {}
        self._all: Reader | None = self if most_passages is None else None

    @property
    def whole(self) -> Reader:
        """The same with all passages of each fact and claim."""
        if self._all is None:
            self._all = Reader(self.store, self.ontology, self.base, most_passages=None)
        return self._all

    # -- things ---------------------------------------------------------------------------------------

    def shown(self, iri: str) -> Shown:
        """Describe an entity, or a term of the ontology."""
        found = self.thing(iri)
        assert isinstance(found, Shown)
        return found

    def _describe(self, iri: str) -> Shown:
        told = None if self.index is None else self.index.describe(iri)
        label, types = told or self._read_description(iri)
        kind, href = self.kind(types), self.addresses.href(iri)
        link = _value_of(label) if href is None else _link_to(href, label, kind)
        return Shown(iri, label, (), tuple(map(self.ontology.label, types)), kind, href, link)

    def _read_description(self, iri: str) -> tuple[str, tuple[str, ...]]:
        label = next(iter(self.values(iri, t.RDFS_LABEL)), None)
        told = label or ("is a" if iri == TYPE else self.ontology.label(iri)) or iri
        return told, self.types(iri)

    def _read_article(self, iri: str) -> dict[NamedNode, str]:
        line = None if self.totals is None else self.totals.by_iri.get(iri)
        if line is None:
            return super()._read_article(iri)
        node = NamedNode(iri)
        text = next(iter(self.store.quads(node, t.TEXT, graph=node)), None)
        told = {
            t.TEXT: None if text is None else getattr(text.object, "value", None),
            t.IDENTIFIER: line.id,
            t.HEADLINE: None if line.title == line.id else line.title,  # without one the list has the id
            t.URL: line.url,
            t.PUBLISHED: line.published,
        }
        return {name: value for name, value in told.items() if value is not None}

    def names(self, iri: str) -> list[str]:
        """Give the other names of a thing, sorted."""
        return self.values(iri, t.ALT_LABEL)

    def literal(self, text: str) -> Shown:
        """Describe a value that is no thing."""
        return Shown("", text, link=_value_of(day(text)))

    def kind(self, types: tuple[str, ...]) -> str:
        """Give the kind of something of these most specific classes."""
        if types not in self._kinds:
            self._kinds[types] = kind_of(types, self.ontology)
        return self._kinds[types]

    def kind_label(self, kind: str) -> str:
        """Give the label of a kind, which is the local name of a class."""
        if kind == UNTYPED:
            return "of no known kind"
        return next((each.label for iri, each in self.ontology.classes.items() if local_name(iri) == kind), kind)

    def is_known(self, iri: str) -> bool:
        """Say whether the graph tells anything of a node."""
        node = NamedNode(iri)
        return any(islice(self.store.quads(node, graph=DEFAULT_GRAPH), 1))

    def is_entity(self, iri: str) -> bool:
        """Say whether an IRI is one of those that entities have."""
        return iri.startswith(f"{self.base}id/")

    def types(self, iri: str) -> tuple[str, ...]:
        """Give the most specific classes of a thing."""
        return self.ontology.most_specific(self.values(iri, t.TYPE))

    # -- properties -----------------------------------------------------------------------------------

    def is_role(self, predicate: str) -> bool:
        """Say whether a property leads from events only: to who has part in them, and to their dates and numbers."""
        declared = self.ontology.properties.get(predicate)
        return declared is not None and bool(declared.domain) and set(declared.domain) <= self.event_classes

    @cached_property
    def event_classes(self) -> frozenset[str]:
        """The classes of events, and those above them that are of nothing else."""
        below: dict[str, set[str]] = {}
        for iri in self.ontology.classes:
            for above in self.ontology.ancestors(iri):
                below.setdefault(above, set()).add(iri)
        events = set().union(*(below.get(each, ()) for each in self._event_classes))
        return frozenset(
            iri
            for iri in self.ontology.classes
            if below[iri] - {iri} <= events and (iri in events or below[iri] - {iri})
        )

    @cached_property
    def date_properties(self) -> tuple[str, ...]:
        """The properties whose values are dates, sorted."""
        properties = self.ontology.properties.items()
        return tuple(
            sorted(
                iri for iri, each in properties if each.datatype and DATES & set(each.range) and not iri.startswith(KG)
            )
        )

    # -- facts ----------------------------------------------------------------------------------------

    def plain_fact(self, subject: str, predicate: str, object: Node) -> Fact:
        """Give the fact behind a plain triple; one that is of no article and no decision has no IRI."""
        iri = fact_iri(self.base, str(Triple(NamedNode(subject), NamedNode(predicate), object)))
        told = self._read(iri)
        if t.CONFIDENCE not in told:
            iri = self._find_fact(subject, predicate, object) or ""
            told = self._read(iri) if iri else {}
        if told:
            return self._fact(iri, told)
        end = self.thing(object.value) if isinstance(object, NamedNode) else self.literal(object.value)
        return Fact("", self.thing(subject), self.thing(predicate), end, 0.0, (), ())

    def _find_fact(self, subject: str, predicate: str, object: Node) -> str | None:
        """Find the fact of a triple that is not named by what it says, as graphs of other makers have them."""
        parts = NamedNode(subject), NamedNode(predicate)
        pattern = f"?f {t.RDF_SUBJECT} {parts[0]} ; {t.RDF_PREDICATE} {parts[1]} ; {t.RDF_OBJECT} {object} ."
        found = self.ask(
            f"SELECT ?f WHERE {{ {pattern} ?f a ?kind FILTER(?kind IN ({t.FACT}, {KNOWN_FACT})) }} ORDER BY ?f LIMIT 1"
        )
        return next((row["f"].value for row in found), None)

    def has_more_passages(self, iri: str, shown: int) -> bool:
        """Say whether a fact or claim has more passages than are shown."""
        if self.most_passages is None or shown < self.most_passages:
            return False
        return (
            sum(1 for _ in islice(self.store.quads(NamedNode(iri), t.SUPPORT, graph=DEFAULT_GRAPH), shown + 1)) > shown
        )

    def passages(self, iri: str, limit: int, offset: int) -> tuple[Passage, ...]:
        """Give some passages of a fact or claim in the order of their articles."""
        query = f"SELECT ?p WHERE {{ {NamedNode(iri)} {t.SUPPORT} ?p }} ORDER BY STR(?p) LIMIT {limit} OFFSET {offset}"
        found = (self._passage(row[0].value) for row in self.ask(query))
        return tuple(sorted(found, key=lambda passage: (passage.article, passage.span)))

    def count_passages(self, iri: str) -> int:
        """Count the passages of a fact or claim."""
        return self.count(f"{NamedNode(iri)} {t.SUPPORT} ?x")

    def node_types(self, iri: str) -> frozenset[str]:
        """Give all classes of a node."""
        return frozenset(self.values(iri, t.TYPE))

    # -- queries --------------------------------------------------------------------------------------

    def ask(self, query: str) -> Iterator[QuerySolution]:
        """Iterate over the solutions of a SPARQL query of our own making."""
        answer = self.store.query(query)
        assert isinstance(answer, QuerySolutions)
        return iter(answer)

    def count(self, pattern: str) -> int:
        """Count the solutions of a pattern."""
        row = next(self.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"))
        return int(row["n"].value)


def _link_to(href: str, label: str, kind: str) -> Markup:
    return Markup(f'<a class="thing kind-{escape(kind)}" href="{escape(href)}"><bdi>{escape(label)}</bdi></a>')


def _value_of(text: str) -> Markup:
    return Markup(f'<bdi class="value">{escape(text)}</bdi>')
