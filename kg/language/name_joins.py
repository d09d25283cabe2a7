"""Names that belong together: pairs that are one name, surnames written first, the first word of a longer name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.language.arbitration import Vote
from kg.language.lexicon import ORG_LABEL, Lexicon, NounHit, noun_class, root_class
from kg.language.name_runs import DIRECTIONS
from kg.language.name_spans import NameSpan
from kg.language.syntax import Syntax
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Argument, Property

if TYPE_CHECKING:
    from kg.language.proper_names import Name

_AND: Final = frozenset({"and", "&"})
_PARTS: Final = ("flat", "compound", "goeswith")
_SINGULAR: Final = frozenset({"NN", "NNP", "PRP", "WP"})
_NOUNS: Final = (FrameKind.CLASS_NOUN, FrameKind.RELATIONAL_NOUN)

# -- two names that are one --------------------------------------------------------------------------------------


def join_pairs(
    syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit], spans: Sequence[NameSpan]
) -> list[NameSpan]:
    """Join "A and B" wherever the text shows once that it is one name: "the firm of A and B", "the member for A and B".

    That a noun in the singular stands for one thing, and that a property has one value, shows it.
    """
    by_start, persons = {span.start: span for span in spans}, lexicon.pronouns.get("he", set())
    found: set[str] = set()
    for hit in hits.values():
        row = _row_at(syntax, by_start, hit.end + 1)
        if len(row) < 2 or any(_is_full(syntax, each, persons) for each in row[1:] if not _is_closed(syntax, row[-1])):
            continue
        single = _has_one_value(syntax, lexicon, hit)
        alike = len(row) == 2 and all(_is_word(syntax, each) for each in row)
        if single or (alike and _names_one(syntax, lexicon, hit, [vote for each in row for vote in each.votes])):
            found.add(_text(syntax, row))
    for verb in range(len(syntax.lemma)) if by_start else ():
        row = _row_at(syntax, by_start, verb + 1)
        if len(row) > 1 and _takes_one(syntax, lexicon, verb):
            found.add(_text(syntax, row))
    joined: list[NameSpan] = []
    for span in spans:
        row = next((row for size in (3, 2) if (row := [*joined[1 - size :], span]) and _is_row(syntax, row, size)), [])
        if row and _text(syntax, row) in found:
            del joined[1 - len(row) :]
            joined.append(replace(row[0], end=span.end, votes=(), found=f"{row[0].found}, one name with what follows"))
        else:
            joined.append(span)
    return joined


def _row_at(syntax: Syntax, by_start: Mapping[int, NameSpan], start: int) -> list[NameSpan]:
    """Return the names of "A and B" or "A, B and C" at a token, after "the" or not, where they are a whole phrase."""
    one = by_start.get(start + (syntax.lower[start : start + 1] == ["the"]))
    row = [] if one is None else [one]
    while row and len(row) < 3 and (other := by_start.get(row[-1].end + 1)) is not None:
        row.append(other)
        if _is_row(syntax, row, len(row)):
            return row if _is_phrase(syntax, row) else []
    return []


def _is_row(syntax: Syntax, row: Sequence[NameSpan], size: int) -> bool:
    """Tell whether names stand in a row with commas between them and "and" before the last."""
    if len(row) != size or any(one.end + 1 != other.start for one, other in pairwise(row)):
        return False
    *commas, last = (syntax.lower[name.end] for name in row[:-1])
    return last in _AND and all(mark == "," for mark in commas)


def _is_phrase(syntax: Syntax, row: Sequence[NameSpan]) -> bool:
    """Tell whether a row of names is coordinated, and nothing goes on after it."""
    last = row[-1]
    head = syntax.phrase_head(last.start, last.end)
    listed = syntax.relation[head] == "conj" and any(each.start <= syntax.head[head] < each.end for each in row[:-1])
    after = syntax.lower[last.end] if last.end < len(syntax.lower) else "."
    return listed and after not in (*_AND, "'s", "’s") and not syntax.kids(head, "conj")


def _has_one_value(syntax: Syntax, lexicon: Lexicon, hit: NounHit) -> bool:
    """Tell whether a noun in the singular, with the preposition after it, says what somebody has one of at a time."""
    if hit.end >= len(syntax.lower) or syntax.tag[syntax.phrase_head(hit.start, hit.end)] not in ("NN", "NNP"):
        return False
    return bool(terms := _terms(lexicon, hit, syntax.lower[hit.end])) and all(term.functional for term in terms)


def _terms(lexicon: Lexicon, hit: NounHit, preposition: str) -> list[Property]:
    frames = [f for f in hit.frames if f.kind is FrameKind.RELATIONAL_NOUN and preposition in f.arguments]
    return [lexicon.ontology.properties[frame.term] for frame in frames]


def _takes_one(syntax: Syntax, lexicon: Lexicon, verb: int) -> bool:
    """Tell whether the object of a verb with a subject in the singular is one thing: "who represents A and B"."""
    if syntax.pos[verb] != "VERB":
        return False
    frames = [f for f in lexicon.verb_hits(syntax, verb) if f.kind is FrameKind.VERB and Argument.OBJECT in f.object]
    subject = syntax.subject(verb)
    if subject is None or not frames or not all(lexicon.ontology.properties[f.term].functional for f in frames):
        return False
    antecedent = syntax.antecedent(subject)
    who = subject if antecedent is None else antecedent
    return len(syntax.conjuncts(who)) == 1 and syntax.tag[who] in _SINGULAR and syntax.tag[verb] != "VBP"


def _is_word(syntax: Syntax, span: NameSpan) -> bool:
    """Tell whether a name is one word, with hyphens or without: two longer names are rather two."""
    return not any(syntax.doc[i].whitespace_ for i in range(span.start, span.end - 1))


def _names_one(syntax: Syntax, lexicon: Lexicon, hit: NounHit, votes: Sequence[Vote]) -> bool:
    """Tell whether what follows a noun and its preposition is one thing of the class that is wanted there."""
    ontology, node = lexicon.ontology, syntax.phrase_head(hit.start, hit.end)
    if syntax.tag[node] not in ("NN", "NNP") or hit.end >= len(syntax.lower):
        return False
    word = syntax.lower[hit.end]
    if _terms(lexicon, hit, word):
        return False
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


def _is_closed(syntax: Syntax, last: NameSpan) -> bool:
    """Tell whether a comma or a bracket ends the phrase that a name ends: nobody beside its bearer is named in it."""
    return syntax.lower[last.end : last.end + 1] in ([","], [")"])


def _is_full(syntax: Syntax, span: NameSpan, persons: set[str]) -> bool:
    """Tell whether a name is one of a person in full."""
    placed = not DIRECTIONS.isdisjoint(syntax.lower[span.start : span.end])
    return _is_personal(span, persons) and not _is_word(syntax, span) and not placed


def _is_entry(syntax: Syntax, surname: NameSpan, given: NameSpan) -> bool:
    words = syntax.lower[surname.end : given.start], syntax.lower[given.end : given.end + 1]
    opens = surname.start == 0 or syntax.sentence[surname.start - 1] != syntax.sentence[surname.start]
    ages = syntax.doc[given.end + 1 : given.end + 2].text
    after = syntax.lower[given.end + 2 : given.end + 3]
    whole = all(_is_word(syntax, each) for each in (surname, given))
    return words == ([","], [","]) and opens and whole and ages.isdigit() and len(ages) < 3 and after == [","]


def _text(syntax: Syntax, row: Sequence[NameSpan]) -> str:
    return " ".join(syntax.word[row[0].start : row[-1].end])


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
