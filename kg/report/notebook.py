"""What notebooks show of a graph and of what it gives: HTML in which everything from articles is escaped."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from pyoxigraph import NamedNode, Quad

from kg.lookup import Claim, Fact, Passage, Portrait, Thing
from kg.phrases import count, day, in_time
from kg.report.overview import count_graph, most_connected
from kg.report.words import says
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import TYPE

if TYPE_CHECKING:
    from kg.graph import Graph

_SHOWN: Final = 100
_NODES: Final = 12
_CANDIDATES: Final = 60
_PASSAGES: Final = 2
_IMAGE: Final = Markup(
    '<img alt="The best connected part of the graph" style="max-width: 40em" src="data:image/png;base64,{}">'
)


_THING: Final = ("label", "types", "other names", "IRI")
_FACT: Final = ("subject", "relation", "object", "when", "confidence", "words")


def show_graph(graph: Graph) -> str:
    """Show how much a graph holds, what the build did that gave it, and a small picture of its best connected part."""
    counts = count_graph(graph)
    newest = f", the newest of {day(counts.newest)}" if counts.newest else ""
    told = [
        f"{count(counts.articles, 'article')}{newest}",
        count(counts.entities, "entity", "entities"),
        count(counts.facts, "fact"),
        count(counts.qualified, "former, acting, future or dated one"),
        f"{count(counts.claims, 'claim')} apart",
    ]
    built = ""
    if graph.report is not None:
        did = graph.report
        built = f"Built from {count(did.new, 'new article')}, {did.changed:,} changed, {did.unchanged:,} unchanged"
        built += f"; {did.set_aside:,} could not be read" if did.set_aside else ""
    return str(
        Markup("<div><p><strong>Graph</strong> under {}: {}.</p>{}{}</div>").format(
            graph.base, ", ".join(told), Markup("<p>{}.</p>").format(built) if built else "", _picture(graph)
        )
    )


def _picture(graph: Graph) -> Markup:
    from kg.draw import draw

    quads = list(_well_connected(graph))
    if not quads:
        return Markup("")
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        file = Path(folder) / "picture.png"
        draw(quads, graph.ontology, output=file, limit=_NODES).clear()
        data = base64.b64encode(file.read_bytes()).decode()
    return _IMAGE.format(data)


def _well_connected(graph: Graph) -> Iterable[Quad]:
    """Yield what is said of some most connected entities and between them: a graph that is drawn at once."""
    entities = set(most_connected(graph, _CANDIDATES))
    for iri in sorted(entities):
        for quad in graph.store.quads(NamedNode(iri), graph=DEFAULT_GRAPH):
            if not isinstance(quad.object, NamedNode) or quad.predicate.value == TYPE or quad.object.value in entities:
                yield quad


def show_list(items: Sequence[object]) -> str:
    """Show the first items of a list: portraits in full, anything else as rows of a table, and how many there are."""
    portraits = [each for each in items if isinstance(each, Portrait)]
    if portraits:
        return "".join(map(show_portrait, portraits[:_SHOWN]))
    if not items:
        return "<p>nothing</p>"
    shown = items[:_SHOWN]
    if all(isinstance(each, Thing) for each in shown):
        table = _table(_THING, (_thing_row(each) for each in shown if isinstance(each, Thing)))
    elif all(isinstance(each, Fact) for each in shown):
        table = _table(_FACT, (_fact_row(each) for each in shown if isinstance(each, Fact)))
    else:
        table = _table((), ((str(each),) for each in shown))
    told = "" if len(shown) == len(items) else f"the first {len(shown):,} of "
    return str(table + Markup("<p>{}{}</p>").format(told, count(len(items), "row")))


def show_portrait(portrait: Portrait) -> str:
    """Show all that is known of an entity, facts and claims with their words."""
    thing = portrait.thing
    names = f"also {', '.join(thing.names)}; " if thing.names else ""
    head = Markup("<h3>{}</h3><p>{}{} <small>{}</small></p>")
    parts = [
        head.format(thing.label, names, ", ".join(thing.types), thing.iri),
        _facts("Facts", portrait.facts, thing),
        _facts("Former, acting, future or dated", portrait.qualified, thing),
        *(_facts(f"Event: {event.thing.label}", event.facts, event.thing) for event in portrait.events),
        _claims(f"Claimed by {thing.label}", portrait.claims_by),
        _claims(f"Claimed of {thing.label} (not held to be so)", portrait.claims_about),
    ]
    return str(Markup("<div>{}</div>").format(Markup("").join(parts)))


def _facts(title: str, facts: tuple[Fact, ...], of: Thing) -> Markup:
    return _list(title, [Markup("{}<br>{}").format(_said(fact, of), _quotes(fact.passages)) for fact in facts])


def _claims(title: str, claims: tuple[Claim, ...]) -> Markup:
    return _list(
        title,
        [
            Markup("<em>{}</em>{}<br>{}").format(
                says(claim),
                "" if claim.relation is None else f": {' '.join(part.label for part in claim.relation)}",
                _quotes(claim.passages),
            )
            for claim in claims
        ],
    )


def _list(title: str, items: list[Markup]) -> Markup:
    if not items:
        return Markup("")
    left = Markup("<p>{} more</p>").format(f"{len(items) - _SHOWN:,}") if len(items) > _SHOWN else ""
    shown = Markup("").join(Markup("<li>{}</li>").format(each) for each in items[:_SHOWN])
    return Markup("<h4>{}</h4><ul>{}</ul>{}").format(title, shown, left)


def _said(fact: Fact, of: Thing | None = None) -> Markup:
    when = in_time(fact.qualification)
    subject = "" if of is not None and fact.subject.iri == of.iri else f"{fact.subject.label} "
    return Markup("{}<strong>{}</strong> {}{}").format(
        subject, fact.relation.label, fact.object.label, f" ({when})" if when else ""
    )


def _quotes(passages: tuple[Passage, ...]) -> Markup:
    left = len(passages) - _PASSAGES
    shown = Markup("<br>").join(map(_quote, passages[:_PASSAGES]))
    return shown + (Markup("<br><small>and {} more</small>").format(left) if left > 0 else "")


def _quote(passage: Passage) -> Markup:
    start, end = passage.words.start, passage.words.end
    source = ", ".join(part for part in (passage.title or passage.article, day(passage.published)) if part)
    return Markup("<small>{}<mark>{}</mark>{} [{}]</small>").format(
        passage.sentence[:start], passage.sentence[start:end], passage.sentence[end:], source
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    cell = partial(Markup('<td style="text-align: left">{}</td>').format)
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(each) for each in head)
    body = Markup("").join(Markup("<tr>{}</tr>").format(Markup("").join(map(cell, row))) for row in rows)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(heads, body)


def _thing_row(thing: Thing) -> tuple[object, ...]:
    return thing.label, ", ".join(thing.types), ", ".join(thing.names), thing.iri


def _fact_row(fact: Fact) -> tuple[object, ...]:
    said = fact.subject.label, fact.relation.label, fact.object.label, in_time(fact.qualification)
    return *said, f"{fact.confidence:.2f}", _quotes(fact.passages[:1])
