"""A client of the Reconciliation Service API 0.2, the protocol in which OpenRefine and Wikidata speak of candidates.

The specification is the final report of the W3C Entity Reconciliation Community Group:
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any, Final, NoReturn
from urllib.parse import quote as encode

from kg.closing import Closing
from kg.errors import SourceError
from kg.escape import quote
from kg.kb.answers import Answers
from kg.kb.entries import is_iri
from kg.kb.web import TIMEOUT, MustWaitError, TooMuchAskedError, WebService
from kg.model import Issue

VERSIONS: Final = ("0.1", "0.2")
"""The versions that a service may speak; one that names none speaks 0.1, in which queries are the same."""

BATCH: Final = 10
"""How many names are asked at once of a service that does not say how many it takes."""

MOST_BATCH: Final = 50
"""How many names are asked at once at most."""

_GIVE_UP: Final = 3
"""After so many failures in a row a service is asked no more."""

_LONGEST: Final = 1000
_MANIFEST: Final = ""
_ENDS: Final = ("/", "#", "=", ":", "_")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a name, the ids of types of the service, and values of its properties by their ids."""

    name: str
    types: tuple[str, ...] = ()
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limit: int | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The query as the protocol has it, without what is not given."""
        values = [{"pid": pid, "v": v[0] if len(v) == 1 else list(v)} for pid, v in self.properties if v]
        kinds = self.types[0] if len(self.types) == 1 else list(self.types)
        fields = {"query": self.name, "type": kinds, "properties": values, "limit": self.limit}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a service offers for a name; `match` says that it takes it for the one meant.

    `iri` names it everywhere, as far as the service tells; else it is the id. `types` and `features` are pairs of id
    and name, and of id and value. `score` is by the service's own measure.
    """

    id: str
    iri: str
    name: str
    description: str = ""
    types: tuple[tuple[str, str], ...] = ()
    score: float = 0.0
    match: bool = False
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself: its name, how its ids become IRIs, and how many queries it takes at once."""

    name: str
    identifier_space: str
    view: str | None = None
    batch_size: int = BATCH

    def iri(self, identifier: str) -> str:
        """Give the IRI of an entity: its id, its id after the identifier space, or the page about it.

        >>> Manifest("Wikidata", "http://www.wikidata.org/entity/").iri("Q42")
        'http://www.wikidata.org/entity/Q42'
        """
        if is_iri(identifier) and identifier.startswith(("http://", "https://")):
            return identifier
        if self.identifier_space.endswith(_ENDS) and is_iri(self.identifier_space):
            return self.identifier_space + encode(identifier, safe="/:@")
        page = (self.view or "").replace("{{id}}", encode(identifier, safe=""))
        return page if self.view and is_iri(page) else identifier


class ReconciliationService(Closing):
    """A service that offers candidates for names. Nothing is asked before it must be; close it, or use it in `with`.

    What is in `answers` is not asked again, unless `anew`; what is answered is kept there at once. `wait` is called
    with the seconds between two tries.
    """

    def __init__(
        self,
        url: str,
        *,
        answers: Answers | None = None,
        anew: bool = False,
        timeout: float = TIMEOUT,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        import kg

        self._web = WebService(url, agent=f"kg/{kg.__version__} (reconciliation client)", timeout=timeout, wait=wait)
        self._service = self._web.url
        self._answers = answers
        self._anew = anew

    @cached_property
    def manifest(self) -> Manifest:
        """What the service says of itself. Raises SourceError when it is no such service."""
        known = self._kept(_MANIFEST)
        text = self._web.get() if known is None else known.encode()
        found = _read_manifest(_read_json(text, self._web.url), self._web.url)
        self._keep({_MANIFEST: text.decode()})
        return found

    def candidates(
        self, queries: Iterable[Query], on_issue: Callable[[Issue], object]
    ) -> Iterator[tuple[Query, tuple[Candidate, ...] | None]]:
        """Iterate over the queries, each once, with the candidates as the service sorts them; None for no answer.

        What has been answered before comes first. A batch that is not answered is an issue, and so is a candidate that
        cannot be used; after some batches in a row without an answer no more is asked. Raises SourceError when it is
        no such service.
        """
        asked: list[Query] = []
        for query in dict.fromkeys(queries):
            known = self._kept(_question(query))
            if known is None:
                asked.append(query)
            else:
                yield query, self._read(json.loads(known), on_issue)
        size = self.manifest.batch_size if asked else 1
        failures = 0
        for start in range(0, len(asked), size):
            batch = asked[start : start + size]
            if failures == _GIVE_UP:
                rest = len(asked) - start
                on_issue(Issue(self._web.url, f"is asked no more; {rest:,} names are left, run this again for them"))
                yield from ((query, None) for query in asked[start:])
                return
            try:
                results = self._ask(batch)
                failures = 0
            except SourceError as error:
                on_issue(Issue(self._web.url, str(error).removeprefix(f"{self._web.url}: ")))
                results, failures = {}, _GIVE_UP if isinstance(error, MustWaitError) else failures + 1
            yield from self._results(batch, results, on_issue)

    def _results(
        self, batch: list[Query], results: dict[str, object], on_issue: Callable[[Issue], object]
    ) -> Iterator[tuple[Query, tuple[Candidate, ...] | None]]:
        good = {key: json.dumps(result) for key, result in results.items() if isinstance(result, list)}
        self._keep({_question(query): good[f"q{n}"] for n, query in enumerate(batch) if f"q{n}" in good})
        missing = [query.name for n, query in enumerate(batch) if f"q{n}" not in good]
        if results and missing:
            told = f"gives no result for {len(missing)} of {len(batch)} names"
            on_issue(Issue(self._web.url, f"{told}, {quote(missing[0])} among them; run this again for them"))
        for number, query in enumerate(batch):
            known = good.get(f"q{number}")
            yield query, None if known is None else self._read(json.loads(known), on_issue)

    def _ask(self, batch: list[Query]) -> dict[str, object]:
        """Give the result of each query by its key, as it was sent; a batch that is too large is sent in halves."""
        queries = {f"q{number}": query.fields for number, query in enumerate(batch)}
        try:
            body = self._web.post({"queries": json.dumps(queries, ensure_ascii=False)})
        except TooMuchAskedError:
            if len(batch) == 1:
                raise
            half = len(batch) // 2
            first, second = self._ask(batch[:half]), self._ask(batch[half:])
            return first | {f"q{int(key[1:]) + half}": result for key, result in second.items()}
        found = _read_json(body, self._web.url)
        if not isinstance(found, dict) or not any(isinstance(found.get(key), dict) for key in queries):
            raise SourceError(f"{self._web.url}: answers no query{_message(found)}; check the address and the options")
        return {key: found[key].get("result") for key in queries if isinstance(found.get(key), dict)}

    def _read(self, result: list[Any], on_issue: Callable[[Issue], object]) -> tuple[Candidate, ...]:
        read = [_read_candidate(each, self.manifest) for each in result]
        if None in read:
            on_issue(Issue(self._web.url, "offers a candidate without an id or a name; it is passed over"))
        return tuple(each for each in read if each is not None)

    def _kept(self, question: str) -> str | None:
        return None if self._answers is None or self._anew else self._answers.get(self._service, question)

    def _keep(self, answers: dict[str, str]) -> None:
        if self._answers is not None and answers:
            self._answers.keep(self._service, answers)

    def close(self) -> None:
        """Let go of the connection."""
        self._web.close()


def _question(query: Query) -> str:
    return json.dumps(query.fields, ensure_ascii=False, sort_keys=True)


def _read_json(body: bytes, url: str) -> object:
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        if body.lstrip()[:1] == b"<":
            raise SourceError(f"{url}: answers with a web page; give the address of the service itself") from None
        reason = str(error) if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise SourceError(f"{url}: answers with broken JSON ({reason}); check the address") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _read_manifest(found: object, url: str) -> Manifest:
    fields = found if isinstance(found, dict) else {}
    name, space = fields.get("name"), fields.get("identifierSpace")
    if not isinstance(name, str) or not isinstance(space, str):
        raise SourceError(
            f"{url}: answers with no manifest of a reconciliation service{_message(found)}; check the address"
        )
    versions = fields.get("versions", VERSIONS)
    if not isinstance(versions, list | tuple) or not set(VERSIONS).intersection(map(str, versions)):
        raise SourceError(f"{url}: speaks versions {quote(json.dumps(versions))} of the protocol; kg speaks 0.2")
    if fields.get("authentication"):
        raise SourceError(f"{url}: asks who we are, which kg does not tell; use a service that is open to all")
    view, size = fields.get("view"), fields.get("batchSize")
    page = view.get("url") if isinstance(view, dict) else None
    return Manifest(
        _plain(name),
        space.strip(),
        page if isinstance(page, str) else None,
        min(size, MOST_BATCH) if isinstance(size, int) and size > 0 else BATCH,
    )


def _message(found: object) -> str:
    """Quote what a service says instead of an answer: most say it in one of these fields."""
    fields = found if isinstance(found, dict) else {}
    told = (fields.get(name) for name in ("message", "error", "details", "arguments"))
    return next((f" but says {quote(each)}" for each in told if isinstance(each, str) and each), "")


def _read_candidate(found: object, manifest: Manifest) -> Candidate | None:
    fields = found if isinstance(found, dict) else {}
    identifier, name = _plain(fields.get("id")), _plain(fields.get("name"))
    if not identifier or not name:
        return None
    return Candidate(
        identifier,
        manifest.iri(identifier),
        name,
        _plain(fields.get("description")),
        tuple(kind for each in _items(fields.get("type")) if (kind := _read_type(each))[0]),
        _number(fields.get("score")),
        fields.get("match") is True,
        tuple(
            (_plain(each["id"]), _number(each.get("value")))
            for each in _items(fields.get("features"))
            if isinstance(each, dict) and _plain(each.get("id"))
        ),
    )


def _read_type(found: object) -> tuple[str, str]:
    if isinstance(found, dict):
        identifier = _plain(found.get("id"))
        return identifier, _plain(found.get("name")) or identifier
    return _plain(found), _plain(found)


def _items(found: object) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]


def _number(found: object) -> float:
    try:
        number = float(found) if isinstance(found, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0.0
    return number if isfinite(number) else 0.0


def _plain(found: object) -> str:
    """Give a text in one line of a readable length, without what a terminal obeys; numbers are texts too."""
    text = str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:_LONGEST]
