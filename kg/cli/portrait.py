"""All that is known of an entity, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from kg.escape import escape
from kg.model import Qualification

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from kg.lookup import Claim, Fact, Passage, Portrait, Thing

_MOST_PASSAGES: Final = 3
_WORDS: Final = "bold"
_DIM: Final = "dim"
_MARK: Final = "**"


def print_portrait(portrait: Portrait, console: Console, *, iris: bool = False) -> None:
    """Print an entity: what it is, its facts, its events, and what is claimed by it and of it.

    With `iris` each fact and claim is shown with its name, by which it can be rejected.
    """
    thing = portrait.thing
    console.print(Text.assemble((_clean(thing.label), "bold underline"), f"  {_clean(', '.join(thing.types))}"))
    if thing.names:
        console.print(Text(f"also {_clean(', '.join(thing.names))}"))
    console.print(Text(f"<{thing.iri}>", _DIM))
    print_facts("Facts", portrait.facts, thing, console, iris=iris)
    print_facts("Former, acting, future or dated", portrait.qualified, thing, console, iris=iris)
    for event in portrait.events:
        kind = ", ".join(event.thing.types) or "event"
        print_facts(f"Event: {event.thing.label} ({kind})", event.facts, event.thing, console, iris=iris)
    print_claims(f"Claimed by {thing.label}", portrait.claims_by, console, by=True, iris=iris)
    title = f"Claimed of {thing.label} (not held to be so)"
    print_claims(title, portrait.claims_about, console, by=False, iris=iris)
    console.print()


def print_facts(title: str, facts: tuple[Fact, ...], of: Thing, console: Console, *, iris: bool) -> None:
    """Print facts under a title; nothing where there are none."""
    if not facts:
        return
    console.print()
    console.print(Text(_clean(title), "bold"))
    for fact in facts:
        line = Text("  ")
        if fact.subject.iri != of.iri:
            line.append(f"{_clean(fact.subject.label)} ")
        line.append(_clean(fact.relation.label), "cyan")
        line.append(f" {_clean(fact.object.label)}")
        line.append(_qualified(fact.qualification), "yellow")
        line.append(f"  {fact.confidence:.2f}{_name(fact.iri) if iris else ''}", _DIM)
        console.print(line)
        if fact.because:
            console.print(_indented(Text(f"because {_clean('; '.join(fact.because))}", _DIM)))
        for reason in fact.decided:
            told = f"decided by {reason.by}, {reason.when[:10]}{f': {reason.why}' if reason.why else ''}"
            console.print(_indented(Text(_clean(told), "green")))
        _print_passages(fact.passages, console)


def print_claims(title: str, claims: tuple[Claim, ...], console: Console, *, by: bool, iris: bool) -> None:
    """Print claims under a title, with their speakers unless they are `by` the one whose portrait it is."""
    if not claims:
        return
    console.print()
    console.print(Text(_clean(title), "bold"))
    for claim in claims:
        line = Text("  ")
        line.append(claim.status, "magenta")
        if not by:
            line.append(f" by {_clean(claim.speaker.label)}" if claim.speaker else " by somebody not named")
        if claim.relation is not None:
            line.append(f": {_clean(' '.join(part.label for part in claim.relation))}")
            line.append(_qualified(claim.qualification), "yellow")
        if iris:
            line.append(_name(claim.iri), _DIM)
        console.print(line)
        _print_passages(claim.passages, console)


def _print_passages(passages: tuple[Passage, ...], console: Console) -> None:
    for passage in passages[:_MOST_PASSAGES]:
        console.print(_indented(_quote(passage, mark="" if console.is_terminal else _MARK)))
    if len(passages) > _MOST_PASSAGES:
        console.print(_indented(Text(f"and {len(passages) - _MOST_PASSAGES} more", _DIM)))


def _quote(passage: Passage, mark: str) -> Text:
    """Write a sentence, the words that say it in bold and between the marks, and the article."""
    start, end = passage.words.start, passage.words.end
    line = Text()
    line.append(_clean(passage.sentence[:start]), _DIM)
    line.append(f"{mark}{_clean(passage.sentence[start:end])}{mark}", _WORDS)
    line.append(_clean(passage.sentence[end:]), _DIM)
    told = (passage.title or passage.article, (passage.published or "")[:10])
    line.append(f"  [{_clean(', '.join(part for part in told if part))}]", "green")
    return line


def _name(iri: str) -> str:
    """Give the name of a fact or a claim with its prefix."""
    return "  " + ":".join(iri.split("/")[-2:])


def _indented(text: RenderableType) -> Padding:
    return Padding(text, (0, 0, 0, 6), expand=False)


def _qualified(qualification: Qualification | None) -> str:
    if qualification is None:
        return ""
    parts = [(qualification.kind or "").lower()]
    parts += [f"from {_clean(qualification.start)}"] if qualification.start else []
    parts += [f"until {_clean(qualification.end)}"] if qualification.end else []
    return f" ({', '.join(part for part in parts if part)})"


def _clean(text: str) -> str:
    """Break no line and obey no control character of an article."""
    return escape("".join(" " if each in "\n\r\t" else each for each in text))
