"""Which entity a referent of an article is, as far as the graph says so without doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.knowledge import passage_iri
from kg.knowledge import terms as t
from kg.model import MentionKind, Reading, Ref, Referent, Span
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import TYPE

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader

Saying = tuple[str, str, str]
"""The subject, predicate and object of a fact or claim."""

_ENGLISH: Final = "en"


class Denoting:
    """Finds the entities of the referents of one article; `saying` tells what facts and claims rest on a passage.

    An entity has all names of its referents, so that one which alone has the names of a referent is it. Among
    namesakes those count that facts with the words of the article name. Where doubt is left there is no answer.
    """

    def __init__(self, reader: Reader, article: str, reading: Reading, saying: dict[str, list[Saying]]) -> None:
        self._reader = reader
        self._named: dict[str, frozenset[str]] = {}
        votes = _votes(article, reading, saying)
        found = ((each.id, self._find(each, votes[each.id])) for each in reading.referents)
        self.entities = {referent: iri for referent, iri in found if iri is not None}

    def _find(self, referent: Referent, votes: set[str]) -> str | None:
        names = referent.names or (referent.label,)
        called = reduce(frozenset.intersection, map(self._called, names))
        among = called & votes if len(called) > 1 else called
        if not called and not referent.named:
            among = frozenset(votes)
        return next(iter(among)) if len(among) == 1 else None

    def _called(self, name: str) -> frozenset[str]:
        if name not in self._named:
            self._named[name] = frozenset(self._bearers(name))
        return self._named[name]

    def _bearers(self, name: str) -> Iterator[str]:
        for predicate in (t.RDFS_LABEL, t.ALT_LABEL):
            for quad in self._reader.store.quads(None, predicate, _english(name), graph=DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode) and self._reader.is_entity(quad.subject.value):
                    yield quad.subject.value


def _english(name: str) -> Literal:
    return Literal(name, language=_ENGLISH)


def _votes(article: str, reading: Reading, saying: dict[str, list[Saying]]) -> defaultdict[str, set[str]]:
    """Give for each referent the things that facts on its passages name where it stands."""
    votes: defaultdict[str, set[str]] = defaultdict(set)
    for statement in reading.statements:
        for subject, predicate, object in saying.get(passage_iri(article, statement.evidence), ()):
            if predicate == statement.predicate:
                votes[statement.subject].add(subject)
                if isinstance(statement.object, Ref):
                    votes[statement.object.id].add(object)
    for mention in first_mentions(reading):
        for subject, predicate, _ in saying.get(passage_iri(article, mention[1]), ()):
            if predicate == TYPE:
                votes[mention[0]].add(subject)
    return votes


def first_mentions(reading: Reading) -> Iterable[tuple[str, Span]]:
    """Give the passage on which the class of each referent rests: its first name, else its first mention."""
    first: dict[str, tuple[bool, Span]] = {}
    for mention in reading.mentions:
        place = mention.kind is not MentionKind.NAME, mention.span
        first[mention.referent] = min(place, first.get(mention.referent, place))
    return [(referent, span) for referent, (_, span) in first.items()]
