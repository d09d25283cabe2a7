"""Names that belong together: pairs that are one name, surnames written first, the first word of a longer name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.language.arbitration import Vote
from kg.language.lexicon import ORG_LABEL, Lexicon, NounHit, noun_class, root_class
from kg.language.name_spans import NameSpan
from kg.language.syntax import Syntax
from kg.ontology.frames import FrameKind

if TYPE_CHECKING:
    from kg.language.proper_names import Name

_AND: Final = frozenset({"and", "&"})
_PARTS: Final = ("flat", "compound", "goeswith")
_NOUNS: Final = (FrameKind.CLASS_NOUN, FrameKind.RELATIONAL_NOUN)

# -- two names that are one --------------------------------------------------------------------------------------


def join_pairs(
    syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit], spans: Sequence[NameSpan]
) -> list[NameSpan]:
    """Join "A and B" wherever the text shows once that it is one name: "the firm of A and B", "the member for A and B".

    That a noun in the singular stands for one thing, and that a property has one value, shows it.
    """
    by_start = {span.start: span for span in spans}
    found: set[tuple[str, str]] = set()
    for hit in hits.values():
        start = hit.end + 1 + (syntax.lower[hit.end + 1 : hit.end + 2] == ["the"])
        one = by_start.get(start)
        other = by_start.get(one.end + 1) if one is not None else None
        if one is None or other is None or not _is_pair(syntax, one, other):
            continue
        if _names_one(syntax, lexicon, hit, (*one.votes, *other.votes)):
            found.add((_text(syntax, one), _text(syntax, other)))
    joined: list[NameSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        pair = last is not None and span.start == last.end + 1 and syntax.lower[last.end] in _AND
        if last is not None and pair and (_text(syntax, last), _text(syntax, span)) in found:
            joined[-1] = replace(last, end=span.end, votes=(), found=f"{last.found}, one name with what follows 'and'")
        else:
            joined.append(span)
    return joined


def _is_pair(syntax: Syntax, one: NameSpan, other: NameSpan) -> bool:
    """Tell whether "A and B" is a whole phrase."""
    head = syntax.phrase_head(other.start, other.end)
    listed = syntax.relation[head] == "conj" and one.start <= syntax.head[head] < one.end
    after = syntax.lower[other.end] if other.end < len(syntax.lower) else "."
    alone = after not in (*_AND, "'s", "’s") and not syntax.kids(head, "conj")
    return listed and alone and syntax.lower[one.end] in _AND and all(_is_word(syntax, each) for each in (one, other))


def _is_word(syntax: Syntax, span: NameSpan) -> bool:
    """Tell whether a name is one word, with hyphens or without: two longer names are rather two."""
    return not any(syntax.doc[i].whitespace_ for i in range(span.start, span.end - 1))


def _names_one(syntax: Syntax, lexicon: Lexicon, hit: NounHit, votes: Sequence[Vote]) -> bool:
    """Tell whether what follows a noun and its preposition is one thing of the class that is wanted there."""
    ontology, node = lexicon.ontology, syntax.phrase_head(hit.start, hit.end)
    if syntax.tag[node] not in ("NN", "NNP") or hit.end >= len(syntax.lower):
        return False
    word = syntax.lower[hit.end]
    terms = [
        ontology.properties[f.term] for f in hit.frames if f.kind is FrameKind.RELATIONAL_NOUN and word in f.arguments
    ]
    if terms:
        return all(term.functional for term in terms)
    articles = [syntax.lower[c] for c in syntax.kids(node, "det")]
    determined = "the" in articles or "this" in articles or bool(syntax.kids(node, "nmod:poss"))
    classes = {c for frame in hit.frames if frame.kind in _NOUNS and (c := noun_class(frame, ontology))}
    named = word == "of" and determined and bool(classes) and lexicon.are_things(classes)
    labelled = all(root_class(c, ontology) is not None for c in classes)
    return named and labelled and all(ontology.compatible(v.of_class, c) for v in votes for c in classes)


# -- surnames first ----------------------------------------------------------------------------------------------


def join_inverted(syntax: Syntax, lexicon: Lexicon, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """Join "Marsh, Ada, 52, …" at the start of a sentence: a surname, a given name, and the age of one person."""
    persons = lexicon.pronouns.get("he", set())
    joined: list[NameSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last is not None
            and all(_is_personal(each, persons) for each in (last, span))
            and _is_entry(syntax, last, span)
        ):
            joined[-1] = replace(last, end=span.end, votes=last.votes, comma=last.end)
        else:
            joined.append(span)
    return joined


def _is_personal(span: NameSpan, persons: set[str]) -> bool:
    return bool(span.votes) and all(vote.of_class in persons for vote in span.votes)


def _is_entry(syntax: Syntax, surname: NameSpan, given: NameSpan) -> bool:
    words = syntax.lower[surname.end : given.start], syntax.lower[given.end : given.end + 1]
    opens = surname.start == 0 or syntax.sentence[surname.start - 1] != syntax.sentence[surname.start]
    ages = syntax.doc[given.end + 1 : given.end + 2].text
    after = syntax.lower[given.end + 2 : given.end + 3]
    whole = all(_is_word(syntax, each) for each in (surname, given))
    return words == ([","], [","]) and opens and whole and ages.isdigit() and len(ages) < 3 and after == [","]


def _text(syntax: Syntax, span: NameSpan) -> str:
    return " ".join(syntax.word[span.start : span.end])


# -- what goes by the first word of its name ---------------------------------------------------------------------


def find_short_forms(
    syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit], names: Sequence[Name]
) -> list[NameSpan]:
    """Return nouns written large that are the first word of a longer name before them, where they stand by themselves.

    At the start of a sentence, where every word is large, only the subject of an active verb; no noun of the ontology.
    """
    taken = {i for name in names for i in range(name.start, name.end)}
    taken.update(i for hit in hits.values() for i in range(hit.start, hit.end))
    first: dict[str, int] = {}
    for name in names:
        organised = any(ORG_LABEL in lexicon.labels_above(vote.of_class) for vote in name.votes)
        if organised and name.end - name.start > 2:
            first.setdefault(syntax.word[name.start], name.end)
    found = []
    for i, word in enumerate(syntax.word):
        if i in taken or syntax.pos[i] != "NOUN" or syntax.children[i] or first.get(word, i + 1) > i:
            continue
        opens = i == 0 or syntax.sentence[i - 1] != syntax.sentence[i]
        acts = syntax.relation[i] == "nsubj" and syntax.pos[syntax.head[i]] == "VERB"
        if word.istitle() and (acts if opens else syntax.relation[i] not in _PARTS):
            found.append(NameSpan(i, i + 1, (), "first word of a name before it"))
    return found
