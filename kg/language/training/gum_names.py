"""Names out of GUM's entities, which are all noun phrases: those that a proper noun heads, cut down to the name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.language.training.corpora import ANY_NAME, NO_NAME, Rows

_BRACKET: Final = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[0-9]+)\)")
_TYPES: Final = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_NO_NAMES: Final = frozenset({"time"})
_STRIPPED_PARTS: Final = frozenset({"DET", "PRON", "PUNCT", "ADP", "CCONJ", "SYM", "PART"})
_INNER_PARTS: Final = frozenset({"PROPN", "ADP", "CCONJ", "DET", "NUM", "PART"})
_INNER_MARKS: Final = frozenset({"-", "&", ".", "'"})


@dataclass(frozen=True, slots=True)
class _Entity:
    start: int
    end: int
    kind: str
    minimum: str


def find_places(documents: Iterable[list[Rows]]) -> frozenset[str]:
    """Give the texts that are the name of a place at least once: they stay one where they act."""
    return frozenset(
        _join_words(rows, start, end)
        for document in documents
        for rows in document
        for start, end, kind in _iter_names(rows, _find_entities(rows))
        if kind == "LOC"
    )


def find_names(document: list[Rows], places: frozenset[str]) -> list[tuple[frozenset[str], ...]]:
    """Give the allowed name tags of each word of each sentence.

    A proper noun that is in no name found here may be part of one all the same, so that all tags are allowed for it.
    """
    return [_tag_sentence(rows, places) for rows in document]


def _tag_sentence(rows: Rows, places: frozenset[str]) -> tuple[frozenset[str], ...]:
    entities = _find_entities(rows)
    tags = [ANY_NAME if row[3] == "PROPN" and row[7] != "nmod:desc" else NO_NAME for row in rows]
    for entity in entities:
        if entity.kind in _NO_NAMES:
            for place in range(entity.start, entity.end):
                tags[place] = NO_NAME
    taken: set[int] = set()
    for start, end, kind in sorted(_iter_names(rows, entities), key=lambda name: (name[0] - name[1], name[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            known = "LOC" if kind == "ORG" and _join_words(rows, start, end) in places else kind
            for place in range(start, end):
                tags[place] = frozenset({f"{'B' if place == start else 'I'}-{known}"})
    return tuple(tags)


def _iter_names(rows: Rows, entities: list[_Entity]) -> list[tuple[int, int, str]]:
    names = []
    for entity in entities:
        span = _cut_to_name(rows, entity)
        if span is not None:
            names.append((*span, _find_type(rows, entity, span)))
    return names


def _find_type(rows: Rows, entity: _Entity, span: tuple[int, int]) -> str:
    if entity.kind == "person" and "Number=Plur" in rows[span[1] - 1][5]:
        return "MISC"
    return _TYPES.get(entity.kind, "MISC")


def _cut_to_name(rows: Rows, entity: _Entity) -> tuple[int, int] | None:
    """Cut an entity to the words that name it, None where it is no name."""
    if entity.kind in _NO_NAMES:
        return None
    places = [entity.start + int(number) - 1 for number in entity.minimum.split(",")]
    start, end = min(places), max(places) + 1
    if end > entity.end or rows[_find_head(rows, start, end)][3] != "PROPN":
        return None
    titles = [place for place in range(start, end - 1) if rows[place][7] == "nmod:desc"]
    start = titles[-1] + 1 if titles and entity.kind == "person" else start
    while start < end and rows[start][3] in _STRIPPED_PARTS:
        start += 1
    while end > start and rows[end - 1][3] in _STRIPPED_PARTS:
        end -= 1
    inside = rows[start:end]
    return (start, end) if inside and all(_is_of_name(row) for row in inside) else None


def _find_head(rows: Rows, start: int, end: int) -> int:
    """Find the word of a span whose head lies outside; the last of several."""
    return max((place for place in range(start, end) if not start < int(rows[place][6]) <= end), default=end - 1)


def _join_words(rows: Rows, start: int, end: int) -> str:
    return " ".join(row[1] for row in rows[start:end])


def _is_of_name(row: list[str]) -> bool:
    return row[1][:1].isupper() or row[3] in _INNER_PARTS or row[1] in _INNER_MARKS


def _find_entities(rows: Rows) -> list[_Entity]:
    entities = []
    still_open: dict[str, list[tuple[int, list[str]]]] = {}
    for place, row in enumerate(rows):
        for match in _BRACKET.finditer(_find_field(row[9])):
            if match["open"]:
                fields = match["open"].split("-")
                if match["single"]:
                    entities.append(_Entity(place, place + 1, fields[1], fields[5]))
                else:
                    still_open.setdefault(fields[0], []).append((place, fields))
            elif still_open.get(match["close"]):
                start, fields = still_open[match["close"]].pop()
                entities.append(_Entity(start, place + 1, fields[1], fields[5]))
    return [entity for entity in entities if entity.minimum.replace(",", "").isdigit()]


def _find_field(misc: str) -> str:
    for field in misc.split("|"):
        if field.startswith("Entity="):
            return field.removeprefix("Entity=")
    return ""
