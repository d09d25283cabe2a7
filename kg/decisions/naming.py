"""What a user calls things, and which things these are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from kg.decisions.evidence import Evidence, Member
from kg.decisions.records import Target
from kg.errors import SettingError
from kg.knowledge import article_iri, graph_prefixes
from kg.knowledge.iris import CHARACTERS, is_iri
from kg.model import Entity
from kg.ontology import Ontology
from kg.ontology.near import did_you_mean

AT: Final = "@"
"""What stands between a name and the id of the article that it is meant in."""

_MOST_SHOWN: Final = 10


class Part(IntEnum):
    """How much of an entity is meant: all of it, what articles call by a name, or what was given as such."""

    WHOLE = 0
    CALLED = 1
    GIVEN = 2


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a user named, and the referents of it that were meant."""

    entity: Entity
    members: tuple[Member, ...]
    part: Part = Part.WHOLE

    @property
    def whole(self) -> bool:
        """Whether all of it is meant."""
        return self.part is Part.WHOLE


class Namer:
    """Finds the things that users name; `entities` are those of the graph as it is."""

    def __init__(self, entities: Iterable[Entity], evidence: Evidence, ontology: Ontology) -> None:
        self.evidence = evidence
        self.ontology = ontology
        self.base = evidence.base
        self.prefixes = graph_prefixes(self.base, ontology.prefixes)
        self._entities = {entity.iri: entity for entity in entities}
        self._of = {member: entity for entity in self._entities.values() for member in entity.referents}

    def find(self, text: str) -> Found:
        """Find the one thing of a label, another name, an IRI, NAME@ARTICLE-ID, or the IRI of a mention.

        The case of letters does not matter, and labels go before other names. Raises SettingError, a line for each
        thing that can be meant, when there are several; with near names when there is none.
        """
        found = self.matches(text)
        if not found:
            raise SettingError(f'nothing in the graph is named "{text}"{self._near(text)}')
        if len(found) > 1:
            raise SettingError("\n".join((f'"{text}" can be any of these; name one of them by', *self._choices(found))))
        return found[0]

    def matches(self, text: str) -> list[Found]:
        """Give all that a text can mean, as `find` reads it; raise SettingError for a passage that means none."""
        entity = self._entities.get(self.expand(text))
        if entity is not None:
            return [Found(entity, entity.referents)]
        if CHARACTERS in text:
            return [self._mention(text)]
        return self._called(text) or ([] if AT not in text else self._in_article(text))

    def bearing(self, found: Found, name: str) -> Found:
        """Give the part of a whole thing that articles call by the name by which it was found."""
        wanted = name.casefold().strip()
        bearers = [each for each in found.members if wanted in map(str.casefold, self.evidence.names(each))]
        return replace(found, members=tuple(bearers), part=Part.CALLED) if found.whole and bearers else found

    def target(self, found: Found) -> Target:
        """Make the target of a thing; a part of it is called as the first of its articles does."""
        target = self.evidence.target(found.entity, found.members)
        return target if found.whole else replace(target, label=self.evidence.names(found.members[0])[0])

    def of(self, iri: str) -> Found | None:
        """Give the entity with an IRI."""
        entity = self._entities.get(iri)
        return None if entity is None else Found(entity, entity.referents)

    def expand(self, text: str) -> str:
        """Give the IRI that a compact name or an IRI in angle brackets stands for; any other text as it is."""
        bare = text.strip().strip("<>")
        prefix, colon, local = bare.partition(":")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else bare

    def places(self, entity: Entity) -> list[str]:
        """Give how each article that an entity is in is to be named, so that it can be told apart."""
        articles = dict.fromkeys(article for article, _ in entity.referents)
        return [f"{entity.label}{AT}{article}" for article in articles]

    def _called(self, text: str) -> list[Found]:
        wanted = text.casefold().strip()
        labelled = [each for each in self._entities.values() if each.label.casefold() == wanted]
        found = labelled or [
            each for each in self._entities.values() if wanted in (name.casefold() for name in each.names)
        ]
        return [Found(entity, entity.referents) for entity in found]

    def _in_article(self, text: str) -> list[Found]:
        """Read NAME@ARTICLE-ID; a name and an id may hold the sign themselves."""
        parts = text.split(AT)
        for number in range(1, len(parts)):
            name, article = AT.join(parts[:number]), AT.join(parts[number:])
            if self.evidence.article(article_iri(self.base, article)) == article:
                return [self._one(member) for member in self._named_in(article, name.casefold().strip())]
        return []

    def _named_in(self, article: str, name: str) -> list[Member]:
        """Go by what the article itself calls things, else by what the graph does."""
        members = [member for member in self._of if member[0] == article]
        found = [each for each in members if name in map(str.casefold, self.evidence.names(each))]
        return found or [
            each for each in members if name in map(str.casefold, (self._of[each].label, *self._of[each].names))
        ]

    def _mention(self, text: str) -> Found:
        iri = self.expand(text)
        if not iri.startswith(self.base):
            iri = self.base + iri
        known = is_iri(iri)
        referents = self.evidence.referents(iri) if known else []
        article = self.evidence.article(iri.rpartition(CHARACTERS)[0]) if known else None
        if article is None or len(referents) != 1:
            told = "of several things" if referents else "of nothing"
            raise SettingError(f"<{iri}> is the mention {told}; name a thing, or a passage that mentions one thing")
        return self._one((article, referents[0]))

    def _one(self, member: Member) -> Found:
        return Found(self._of[member], (member,), Part.GIVEN)

    def _near(self, text: str) -> str:
        names = (name for entity in self._entities.values() for name in (entity.label, *entity.names))
        return did_you_mean(text, names) or "; `kg query --name entities` lists what there is"

    def _choices(self, found: list[Found]) -> Iterator[str]:
        for each in found[:_MOST_SHOWN]:
            types = ", ".join(map(self.ontology.label, each.entity.types)) or "of no class"
            iri = each.entity.iri.removeprefix(self.base).replace("id/", "id:", 1)
            name = iri if each.whole else self.evidence.target(each.entity, each.members).anchors[0]
            where = sorted({article for article, _ in each.members})
            more = f" and {len(where) - 3} more" if len(where) > 3 else ""
            yield f"  {name}  {each.entity.label} ({types}; in {', '.join(where[:3])}{more})"
        if len(found) > _MOST_SHOWN:
            yield f"  and {len(found) - _MOST_SHOWN} more"
