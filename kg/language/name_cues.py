"""The names beside a word that tells a name: the one that follows it, and the one that stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.language.arguments import NameIndex
from kg.language.proper_names import HONORIFICS, Name
from kg.language.syntax import Syntax

QUOTES: Final = frozenset("\" “ ” ‘ ’ ' ` `` ''".split())
_MARKS: Final = frozenset(", ( – — -".split())
_SECOND: Final = frozenset("also better more formerly previously originally now later".split())
"""Adverbs that make what follows a second name, even without a comma before them."""
_ADVERBS: Final = _SECOND | frozenset(
    "most best well much usually widely professionally simply commonly generally popularly officially locally often "
    "sometimes once then currently today still initially affectionately".split()
)
_BEFORE: Final = QUOTES | {"as", "by", "from", "to", "the"}
"""What may stand in a phrase before the name that it is."""
_PARTS: Final = frozenset({"compound", "amod", "nummod"})
_REACH: Final = 14
"""How many tokens back the name may end, brackets not counted."""
_LONGEST_BRACKET: Final = 40


@dataclass(frozen=True, slots=True)
class Before:
    """The name before a cue; `marked` where a comma, a dash or an opening bracket stands between.

    `apart` tells that a mark or an adverb such as "also" makes the cue tell of it. Where the name is part of a longer
    phrase ("the plan of X, …"), the cue may tell of that as well: `outer` is then its head. `whole` tells that the
    name is no part of a phrase and no adverbial.
    """

    name: Name
    marked: bool
    apart: bool
    outer: int | None
    whole: bool


class NameCues:
    """Finds the names around the tokens of one text."""

    def __init__(self, syntax: Syntax, names: NameIndex) -> None:
        self.syntax = syntax
        self.names = names

    def name_at(self, i: int) -> Name | None:
        """Return the name that starts at a token, after marks and "the"; none that is a part of a longer phrase."""
        while i < len(self.syntax.lower) and (self.syntax.lower[i] in QUOTES or self.syntax.lower[i] == "the"):
            i += 1
        name = self.names.by_start.get(i)
        return name if name is not None and self._is_alone(name) else None

    def headed(self, token: int) -> Name | None:
        """Return the name whose head a token is; none that is a part of a longer phrase."""
        name = self.names.at(token)
        return name if name is not None and name.head == token and self._is_alone(name) else None

    def whole(self, token: int) -> Name | None:
        """Return the name that a phrase is, with nothing before it but marks, "the" and words of address."""
        name = self.headed(token)
        if name is None:
            return None
        between = range(self.syntax.reach(token)[0], name.start)
        plain = all(self.syntax.lower[i] in _BEFORE or self._is_title(i) for i in between)
        return name if plain else None

    def before(self, cue: int) -> Before | None:
        """Return the name that ends before a cue in its sentence, with nothing between but marks, adverbs, brackets."""
        lower, i, steps = self.syntax.lower, cue - 1, 0
        between: set[str] = set()
        while i >= 0 and steps < _REACH and self.syntax.sentence[i] == self.syntax.sentence[cue]:
            name = self.names.by_end.get(i + 1)
            if name is not None:
                return None if name.adjectival else self._describe(name, between)
            opening = self._opening(i) if lower[i] == ")" else None
            if opening is not None:
                i = opening
                between.add(")")
            elif lower[i] in _ADVERBS or lower[i] in QUOTES or lower[i] in _MARKS:
                between.add(lower[i])
            else:
                return None
            i, steps = i - 1, steps + 1
        return None

    def after_quotes(self, i: int) -> int:
        """Return the first token from i on that is no quotation mark, the last token where there is none."""
        while i < len(self.syntax.lower) and self.syntax.lower[i] in QUOTES:
            i += 1
        return min(i, len(self.syntax.lower) - 1)

    def _describe(self, name: Name, between: set[str]) -> Before:
        token = name.head
        while self.syntax.relation[token] in ("appos", "flat", "compound") and self.syntax.head[token] < token:
            token = self.syntax.head[token]
        relation = self.syntax.relation[token].split(":")[0]
        part = relation in ("nmod", "conj")
        marked, bracket = bool(between & _MARKS), "(" in between
        apart = marked or (")" in between and not part) or bool(between & _SECOND)
        outer = self.syntax.head[token] if part and not bracket else None
        return Before(name, marked, apart, outer, whole=bracket or not (part or relation == "obl"))

    def _opening(self, closing: int) -> int | None:
        for i in range(closing - 1, max(-1, closing - _LONGEST_BRACKET), -1):
            if self.syntax.lower[i] == "(":
                return i
        return None

    def _is_title(self, i: int) -> bool:
        return self.syntax.word[i][:1].isupper() or self.syntax.lower[i].strip(".") in HONORIFICS

    def _is_alone(self, name: Name) -> bool:
        """Tell whether a name is a whole phrase: nothing large, no noun, possessive or "of" goes on with it."""
        syntax = self.syntax
        after = syntax.word[name.end] if name.end < len(syntax.doc) else ""
        if name.adjectival or name.affixed or after == "&" or after[:1].isupper() or after[:1].isdigit():
            return False
        children = [c for c in syntax.children[name.head] if c >= name.end]
        inside = syntax.relation[name.head].split(":")[0] in _PARTS and syntax.head[name.head] >= name.end
        owner = syntax.relation[name.head] == "nmod:poss" or any(syntax.tag[c] == "POS" for c in children)
        return not inside and not owner and all(syntax.case[c] != "of" for c in children)
