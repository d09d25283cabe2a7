"""Turn the fields that any format gives into a checked article."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import SourceError
from kg.escape import quote
from kg.model import Article, Issue
from kg.read.dates import parse_date
from kg.read.decode import check_characters
from kg.read.english import check_english

OPTIONAL_FIELDS: Final = ("title", "published", "url", "author")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where fields come from: the place for messages, and the id of an article that brings neither id nor URL."""

    place: str
    fallback_id: str | None = None


def iter_article(fields: Mapping[str, object], origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the article of the fields id, text, title, published, url and author, or the issue that sets it aside.

    A whole number is taken as an id in its decimal form. A date that cannot be read is an issue beside the article,
    which is then read without one. Fields of other names are not looked at.
    """
    try:
        text = _get_text(fields, max_characters)
        values = {name: _get_string(fields, name) for name in OPTIONAL_FIELDS}
        article_id = _get_id(fields, values["url"] or origin.fallback_id)
    except SourceError as error:
        yield Issue(origin.place, str(error))
        return
    published = None
    if values["published"] is not None:
        try:
            published = parse_date(values["published"])
        except SourceError as error:
            yield Issue(origin.place, f"{error} (the article is read without a date)")
    yield Article(
        id=article_id,
        text=text,
        title=values["title"],
        published=published,
        url=values["url"],
        author=values["author"],
        source=origin.place,
    )


def _get_text(fields: Mapping[str, object], max_characters: int) -> str:
    text = fields.get("text")
    if text is None:
        raise SourceError("has no text; give it a field 'text'")
    if not isinstance(text, str):
        raise SourceError(f"its text is {_describe(text)}; give a string")
    if not text or text.isspace():
        raise SourceError("has an empty text; leave it out or fill it in")
    if len(text) > max_characters:
        raise SourceError(
            f"its text has {len(text):,} characters, the limit is {max_characters:,}; split it into several"
        )
    check_characters(text)
    _check_encodable("text", text)
    check_english(text)
    return text


def _get_string(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(f"its {name} is {_describe(value)}; give a string")
    _check_encodable(name, value)
    return value.strip() or None


def _get_id(fields: Mapping[str, object], fallback: str | None) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or value == "":
        if fallback is None:
            raise SourceError("has neither an id nor a url; give it a field 'id'")
        value = fallback
    if not isinstance(value, str):
        raise SourceError(f"its id is {_describe(value)}; give a string")
    _check_encodable("id", value)
    if value.isspace() or any(unicodedata.category(character) == "Cc" for character in value):
        raise SourceError(f"its id {quote(value)} is blank or has control characters; give it another")
    return value


def _check_encodable(name: str, value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            f"its {name} has half a surrogate pair at character {error.start}; write the whole character"
        ) from None


def _describe(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), type(value).__name__)
