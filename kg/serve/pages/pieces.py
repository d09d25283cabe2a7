"""The pieces of HTML that a page has hundreds of; templates would take ten times as long to make them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from kg.lookup import Claim, Fact, Passage, Thing
from kg.model import Qualification
from kg.phrases import day
from kg.serve.pages.words import show_percent, standing

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader


def says(fact: Fact) -> Markup:
    """Write what a fact says, both ends as links."""
    relation = f'<span class="relation">{escape(fact.relation.label)}</span>'
    return Markup(
        f"{_end('subject', fact.subject)} {relation} {_end('object', fact.object)}{dates(fact.qualification)}"
    )


def fact_line(reader: Reader, fact: Fact, of: str = "") -> Markup:
    """Write a fact as a line: what it says, or on the page of the thing `of` only the other end; status, certainty."""
    if not of:
        told = str(says(fact))
    else:
        end = _end("object", fact.object) if fact.subject.iri == of else _end("subject", fact.subject)
        told = f"{end}{dates(fact.qualification)}"
    sure = f' <span class="sure">{show_percent(fact.confidence)} sure</span>' if fact.confidence else ""
    return Markup(f'<p class="says">{told} {status_of(fact)}{sure}{details(reader, fact)}</p>')


def status_of(fact: Fact) -> Markup:
    """Write the status of a fact in words."""
    word, text = standing(fact)
    return Markup(f'<span class="status status-{escape(word)}">{escape(text)}</span>')


def dates(qualification: Qualification | None) -> Markup:
    """Write from when and until when something held, after a space; nothing where no date is known."""
    if qualification is None or (qualification.start is None and qualification.end is None):
        return Markup("")
    ends = (("from", qualification.start), ("until", qualification.end))
    told = " ".join(f"{word} {date(each)}" for word, each in ends if each is not None)
    return Markup(f' <span class="dates">{told}</span>')


def date(text: str) -> Markup:
    """Write an ISO 8601 date as people do."""
    return Markup(f'<time datetime="{escape(text)}">{escape(day(text))}</time>')


def details(reader: Reader, statement: Fact | Claim) -> Markup:
    """Write the link to the page of a fact or claim, after a space; nothing where it has none."""
    href = reader.addresses.href(statement.iri)
    if href is None:
        return Markup("")
    kind = "fact" if isinstance(statement, Fact) else "claim"
    return Markup(f' <a class="more" href="{escape(href)}" aria-label="About this {kind}">details</a>')


def passages(reader: Reader, statement: Fact | Claim) -> Markup:
    """Write the passages of a fact or claim, and a link to all where there are more."""
    if not statement.passages:
        return Markup("")
    items = "\n".join(passage(reader, each) for each in statement.passages)
    more = ""
    if reader.has_more_passages(statement.iri, len(statement.passages)):
        href = escape(reader.addresses.href(statement.iri) or "")
        more = f'\n<p class="more-passages"><a href="{href}">All passages</a></p>'
    return Markup(f'<ol class="passages">\n{items}\n</ol>{more}')


def passage(reader: Reader, given: Passage) -> Markup:
    """Write a sentence with the words marked, and where it stands."""
    start, end = given.words.start, given.words.end
    before, words, after = (
        escape(each) for each in (given.sentence[:start], given.sentence[start:end], given.sentence[end:])
    )
    href = escape(reader.addresses.article(given.article, given.span))
    when = f", {date(given.published)}" if given.published else ""
    return Markup(
        f'<li class="passage"><blockquote dir="auto">{before}<mark>{words}</mark>{after}</blockquote>'
        f'<p class="source"><a href="{href}"><bdi>{escape(given.title or given.article)}</bdi></a>{when}</p></li>'
    )


def claim_line(reader: Reader, claim: Claim) -> Markup:
    """Write a claim as a line: who claims it, and what as a relation, or under the line in the words of the article."""
    if claim.speaker is None:
        told = f'<span class="speaker">{_NOBODY.get(claim.status, claim.status)}</span>'
    else:
        told = f"{_end('speaker', claim.speaker)} {_SAYS.get(claim.status, claim.status)}"
    if claim.relation is not None:
        subject, relation, object = claim.relation
        kind = claim.qualification.kind if claim.qualification else None
        told += (
            f' that {_end("subject", subject)} <span class="relation">{escape(relation.label)}</span>'
            f" {_end('object', object)}{f' ({escape(kind.lower())})' if kind else ''}{dates(claim.qualification)}"
        )
    status = f'<span class="status status-{escape(claim.status)}">{escape(claim.status)}</span>'
    quoted = ' <span class="quoted">quoted</span>' if claim.quoted else ""
    words = "" if claim.relation else f'\n<blockquote class="words" dir="auto">{escape(claim.text)}</blockquote>'
    return Markup(f'<p class="says">{told} {status}{quoted}{details(reader, claim)}</p>{words}')


_SAYS: Final = {"claimed": "says", "denied": "denies", "possible": "thinks it possible"}
_NOBODY: Final = {
    "claimed": "Somebody who is not named says",
    "denied": "It is denied",
    "possible": "It is possible",
}


def _end(role: str, thing: Thing) -> str:
    return f'<span class="{role}">{getattr(thing, "link", None) or escape(thing.label)}</span>'
