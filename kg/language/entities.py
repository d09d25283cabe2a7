"""What a tagger marked as names, with the pieces of a name that it cut in two joined again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.language.lexicon import ORG_LABEL, Lexicon
from kg.language.mending import SUBJECTS
from kg.language.syntax import PERSON_LABELS, Syntax

_PREPOSITIONS: Final = frozenset({"of", "for", "on"})
_AND: Final = frozenset({"and", "&"})
_PARTS: Final = ("flat", "compound", "goeswith")
_PARTING: Final = frozenset("and or & 's ’s ' ’ ) ] , ;".split())
"""What at the end of a marked span parts it from the next."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Tokens [start, end) that the tagger marked with a label, those that it cut in two joined."""

    start: int
    end: int
    label: str


def find_entities(syntax: Syntax, lexicon: Lexicon) -> list[Entity]:
    """Return what the tagger marked, in text order, with the pieces of one name joined."""
    joined: list[Entity] = []
    for ent in syntax.doc.ents:
        entity = Entity(ent.start, ent.end, ent.label_)
        last = joined[-1] if joined else None
        if last is not None and last.label == entity.label and _is_one(syntax, lexicon, last, entity):
            joined[-1] = Entity(last.start, entity.end, last.label)
        else:
            joined.append(entity)
    return joined


def _is_one(syntax: Syntax, lexicon: Lexicon, one: Entity, other: Entity) -> bool:
    """Tell whether two marked spans of a label are one name: side by side in one phrase, or a list inside a name."""
    if one.end != other.start:
        return one.label == ORG_LABEL and _is_list(syntax, one, other)
    words = syntax.word[one.start : one.end]
    known = any(list(row) == words for row, _, _ in lexicon.individuals.get(words[0], ()))
    again = words[-1] == syntax.word[other.end - 1]
    if known or again or words[-1].lower() in _PARTING or not words[0][:1].isupper():
        return False
    if one.label in PERSON_LABELS:
        return _is_person(syntax, one, other)
    whole = _hangs_on(syntax, one, other, *_PARTS) or _hangs_on(syntax, other, one, *_PARTS)
    return whole and (one.label != ORG_LABEL or len(words) == 1)


def _is_person(syntax: Syntax, one: Entity, other: Entity) -> bool:
    """Tell whether two spans are a person's one name; a single word before a full name may be what somebody is."""
    single = [each.end - each.start == 1 for each in (one, other)]
    titled = one.start > 0 and syntax.relation[one.start - 1] == "nmod:desc" and syntax.head[one.start - 1] == one.start
    if (single == [True, False] and not titled) or syntax.lower[one.end - 1] == "of":
        return False
    return _hangs_on(syntax, one, other, "flat") or (all(single) and _is_one_subject(syntax, one, other))


def _hangs_on(syntax: Syntax, one: Entity, other: Entity, *relations: str) -> bool:
    inside = range(other.start, other.end)
    return any(syntax.relation[i] in relations and one.start <= syntax.head[i] < one.end for i in inside)


def _is_one_subject(syntax: Syntax, one: Entity, other: Entity) -> bool:
    """Tell whether two spans are subjects of one verb: it has only one."""
    heads = [syntax.phrase_head(each.start, each.end) for each in (one, other)]
    same = syntax.head[heads[0]] == syntax.head[heads[1]]
    return same and all(syntax.relation[head] in SUBJECTS for head in heads)


def _is_list(syntax: Syntax, one: Entity, other: Entity) -> bool:
    """Tell whether two spans are "A of B, C" and "D", or "A of B" and "C and D", with "and" or a comma between.

    A list has its "and": one that has begun inside a name goes on to it.
    """
    words, between = syntax.lower[one.start : one.end], syntax.lower[one.end : other.start]
    preposition = next((k for k, word in enumerate(words) if word in _PREPOSITIONS), len(words))
    if between in (["and"], ["&"]):
        return "," in words[preposition:]
    inside = {*syntax.lower[other.start : other.end]}
    if between != [","] or preposition == len(words) or not _AND & inside or _PREPOSITIONS & inside:
        return False
    after = syntax.lower[other.end : other.end + 2]
    return after[:1] not in (["and"], ["&"]) and after != [",", "and"]
