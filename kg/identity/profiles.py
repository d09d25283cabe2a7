"""Profiles: what one article tells of a referent that helps to say which thing of the world it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.identity.names import name_key
from kg.identity.settings import Setting, make_setting
from kg.identity.topics import Topic, word_numbers, words
from kg.model import Iri, Qualification, Reading, Ref, Referent, Statement, Status, Value
from kg.ontology import Ontology
from kg.ontology.wholes import Wholes
from kg.sentences import find_bounds

Member = tuple[str, str]
"""A referent: the id of its article and its own."""

SENTENCES: Final = 6
"""So many sentences tell what is said of a referent."""

_FORMER: Final = "Former"


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """What an article asserts of a referent, without the ids of the article.

    `predicate` is an IRI, `forward` is false where the referent is its object. `other` is the key of the name of the
    other end (`kg.identity.names.name_key`), the IRI of an individual or a class, or the text of a value; `label` is
    the other end as the article names it. `former`, `start` and `end` are of the qualification.
    """

    predicate: str
    forward: bool
    other: str
    label: str
    former: bool = False
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A referent, what its article asserts of it, and what the article is about.

    `published` is the ISO 8601 date of the article. `topic` is what the sentences that mention it are about. Without a
    setting nothing is known of the article.
    """

    article: str
    referent: Referent
    published: str | None = None
    relations: tuple[Relation, ...] = ()
    topic: Topic | None = None
    setting: Setting | None = None

    @property
    def member(self) -> Member:
        """The referent as decisions and entities name it."""
        return self.article, self.referent.id

    @property
    def company(self) -> frozenset[str]:
        """The keys (`key_of`) of all other named referents of the article."""
        own = {key_of(self.referent), *map(name_key, self.referent.names)}
        return frozenset(self.setting.names.keys() - own) if self.setting is not None else frozenset()


class ProfileMaker:
    """Makes the profiles of articles read with one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._wholes = Wholes(ontology)

    def make(self, reading: Reading) -> Iterator[Profile]:
        """Iterate over the profiles of the referents of an article.

        Only what the article asserts counts as a relation: claims, and what is denied or possible, say nothing of who
        somebody is.
        """
        article = reading.article
        relations = _all_relations(reading)
        topics = _topics(reading)
        setting = self._setting(reading)
        for referent in reading.referents:
            own = tuple(sorted(relations.get(referent.id, ()), key=repr))
            yield Profile(article.id, referent, article.published, own, topics.get(referent.id), setting)

    def _setting(self, reading: Reading) -> Setting:
        names = {name for each in reading.referents if each.known is None for name in each.names}
        known = {each.known: self._wholes.largest(each.known) for each in reading.referents if each.known is not None}
        return make_setting(reading.article.text, sorted(names), known)


def make_profiles(readings: Iterable[Reading], ontology: Ontology) -> Iterator[Profile]:
    """Iterate over the profiles of the referents of some articles."""
    maker = ProfileMaker(ontology)
    return (profile for reading in readings for profile in maker.make(reading))


def key_of(referent: Referent) -> str:
    """Give what says that two ends of relations are one: the individual that a referent is, or the key of its name."""
    return referent.known or name_key(referent.label)


def _relations(statement: Statement, referents: Mapping[str, Referent]) -> Iterator[tuple[str, Relation]]:
    """Iterate over a statement as a relation of its subject, and of its object where that is a referent too."""
    subject = referents[statement.subject]
    match statement.object:
        case Ref(id):
            yield subject.id, _relation(statement, key_of(referents[id]), referents[id].label, forward=True)
            yield id, _relation(statement, key_of(subject), subject.label, forward=False)
        case Iri(iri):
            yield subject.id, _relation(statement, iri, iri, forward=True)
        case Value(text):
            yield subject.id, _relation(statement, text, text, forward=True)


def _relation(statement: Statement, other: str, label: str, *, forward: bool) -> Relation:
    qualification = statement.qualification or Qualification()
    former = qualification.kind == _FORMER
    return Relation(statement.predicate, forward, other, label, former, qualification.start, qualification.end)


def _all_relations(reading: Reading) -> dict[str, set[Relation]]:
    referents = {referent.id: referent for referent in reading.referents}
    relations: dict[str, set[Relation]] = {}
    for statement in reading.statements:
        if statement.status is Status.ASSERTED and statement.speaker is None:
            for referent, relation in _relations(statement, referents):
                relations.setdefault(referent, set()).add(relation)
    return relations


def _topics(reading: Reading) -> dict[str, Topic]:
    """Give what the first sentences that mention each referent are about."""
    text = reading.article.text
    bounds = find_bounds(text)
    known: dict[int, list[int]] = {}
    sentences: dict[str, set[int]] = {}
    for mention in reading.mentions:
        found = sentences.setdefault(mention.referent, set())
        if len(found) < SENTENCES:
            found.add(bisect_right(bounds, mention.span.start) - 1)
    topics: dict[str, Topic] = {}
    for referent, numbers in sentences.items():
        for number in numbers - known.keys():
            known[number] = word_numbers(text[bounds[number] : bounds[min(number + 1, len(bounds) - 1)]])
        topic = words().topic(word for number in numbers for word in known[number])
        if topic is not None:
            topics[referent] = topic
    return topics
