"""Popolo: who was a member of what, on whose behalf, for which area, and when.

The Popolo specification (https://www.popoloproject.com/specs/) as it is written: a document with the lists persons,
organizations, areas, posts and memberships, in any order. Names are texts, or texts by language ("lang:en").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from kg.escape import escape
from kg.kb.entries import ALIAS, FOREIGN, LABEL, KnownFact, KnownType, Piece, global_id, is_iri, plain_date
from kg.kb.files import KbFile
from kg.kb.jsonitems import Item, iter_items
from kg.kb.notations import identify
from kg.model import Issue

_KINDS: Final = {"persons": "person", "organizations": "organization", "areas": "area", "posts": "post"}
"""The lists of a document, and what each of their items is; these words type the entries."""
_DATES: Final = {
    "persons": ("birth_date", "death_date"),
    "organizations": ("founding_date", "dissolution_date"),
}
_OTHERS: Final = {
    "on_behalf_of": "organization",
    "organization": "organization",
    "area": "area",
    "post": "post",
    "parent": "",
    "person": "person",
    "member": "",
}
"""The properties that name another thing, by an id (`area_id`) or whole (`area`), and the kind of that thing."""
_OF_MEMBERSHIP: Final = ("on_behalf_of", "organization", "area", "post")
_OF_THING: Final = ("organization", "area", "parent")
_PERIOD: Final = "legislative_period_id"

Object = dict[str, Any]
Periods = dict[str, tuple[str | None, str | None]]
"""When terms began and ended, by their ids."""


def read_popolo(file: KbFile) -> Iterator[Piece | Issue]:
    """Iterate over what a Popolo document says, without holding it; an item that cannot be used is an issue.

    Raises SourceError when it is no JSON (with the line) or no Popolo, OSError when it cannot be read.
    """
    periods: Periods | None = None
    place = escape(str(file.path))
    for item in iter_items(file, (*_KINDS, "memberships")):
        found: Iterator[Piece | str]
        if not _is_whole(item.value):
            found = iter(("has half a surrogate pair in a text, so it is left out; write the whole character",))
        elif item.list == "memberships":
            if periods is None and _PERIOD in item.value:
                periods = _read_periods(file)
            found = _membership(item, periods or {})
        else:
            found = _thing(item)
        for each in found:
            yield Issue(f"{place}:{item.line}", each) if isinstance(each, str) else each


def _is_whole(value: Object) -> bool:
    """Say whether all texts of an item are of whole characters."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_periods(file: KbFile) -> Periods:
    """Read when the terms were that memberships of EveryPolitician name instead of dates."""
    events = (item.value for item in iter_items(file, ("events",)))
    return {str(each.get("id")): _dates(each, ("start_date", "end_date")) for each in events}


def _thing(item: Item) -> Iterator[Piece | str]:
    """Say what an item is; or why it is left out."""
    kind, value = _KINDS[item.list], item.value
    names = [*_names(value.get("name")), *_names(value.get("label"))]
    raw = _text(value.get("id"))
    if not raw or not names:
        missing = "id" if not raw else "name"
        yield f"has no {missing}, so it is left out; give it one"
        return
    identifier = _id(raw, kind)
    for other in _objects(value.get("other_names")):
        names += [(ALIAS if rank == LABEL else FOREIGN, name) for rank, name in _names(other.get("name"))]
    codes = _objects(value.get("identifiers"))
    found = [identify(_text(each.get("scheme")), _text(each.get("identifier"))) for each in codes]
    words = [kind, *(name for field in ("classification", "type", "role") for _, name in _names(value.get(field))[:1])]
    start, end = _dates(value, _DATES.get(item.list, ("start_date", "end_date")))
    yield Piece(
        identifier,
        tuple(names),
        types=tuple(KnownType(word) for word in words),
        identifiers=tuple(dict.fromkeys(each for each in found if is_iri(each) and each != identifier)),
        notations=tuple(each for each in found if each and not is_iri(each)),
        facts=tuple(_facts(value, _OF_THING, None, None)),
        start=start,
        end=end,
        line=item.line,
    )
    for membership in _objects(value.get("memberships")):
        yield from _membership(Item(item.list, item.line, {f"{kind}_id": raw, **membership}), {})


def _membership(item: Item, periods: Periods) -> Iterator[Piece | str]:
    """Say a membership of its member, who is a person or an organization."""
    value = item.value
    member = _other(value, "person") or _other(value, "member")
    if member is None or not member[0]:
        yield "has no person_id, so it is left out; say whose membership it is"
        return
    start, end = _dates(value, ("start_date", "end_date"))
    if start is None and end is None:
        start, end = periods.get(_text(value.get(_PERIOD)), (None, None))
    roles = [name for _, name in _names(value.get("role"))[:1]]
    yield Piece(
        member[0],
        types=tuple(KnownType(role, start, end) for role in roles),
        facts=tuple(_facts(value, _OF_MEMBERSHIP, start, end)),
        line=item.line,
    )


def _facts(value: Object, properties: tuple[str, ...], start: str | None, end: str | None) -> Iterator[KnownFact]:
    for name in properties:
        if name in value or f"{name}_id" in value:
            other = _other(value, name)
            if other is not None:
                yield KnownFact(name, *other, start, end)


def _other(value: Object, name: str) -> tuple[str, str] | None:
    """Give the id and the label of the thing that a property names, by its id, as a whole, or in words."""
    given, kind = value.get(name), _OTHERS[name]
    raw = _text(value.get(f"{name}_id"))
    label = ""
    if isinstance(given, dict) and not any(key.startswith("lang:") for key in given):
        raw = raw or _text(given.get("id"))
        label = next((text for _, text in _names(given.get("name"))), "")
    elif given:
        label = next((text for _, text in _names(given)), "")
    return (_id(raw, kind) if raw else "", label) if raw or label else None


def _id(raw: str, kind: str) -> str:
    """Tell apart what different lists of a document call alike: an id that is no IRI gets the kind before it."""
    known = global_id(raw)
    return known or (raw if not kind or raw.startswith(f"{kind}/") else f"{kind}/{raw}")


def _names(value: object) -> list[tuple[int, str]]:
    """Give the names in a text or in texts by language, the English one first, each with its rank."""
    if isinstance(value, dict):
        texts = {str(key).removeprefix("lang:"): _text(text) for key, text in value.items()}
        english = [text for language, text in texts.items() if language.split("-")[0].lower() in ("en", "mul")]
        others = [text for text in texts.values() if text not in english]
        return [(LABEL, text) for text in english if text] + [(FOREIGN, text) for text in others if text]
    text = _text(value)
    return [(LABEL, text)] if text else []


def _text(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _objects(value: object) -> Iterator[Object]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _dates(value: Object, fields: tuple[str, str]) -> tuple[str | None, str | None]:
    start, end = (plain_date(_text(value.get(field))) for field in fields)
    return start, end
