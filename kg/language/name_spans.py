"""Where names stand: the tagger's spans less what is no part of a name, and runs of proper nouns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.language.arbitration import TAGGER, Vote
from kg.language.entities import find_entities
from kg.language.lexicon import HYPHENS, Lexicon, NounHit, noun_class
from kg.language.syntax import Syntax

HONORIFICS: Final = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady baroness baron rev reverend prof professor hon honorable honourable "
    "gen col capt lt sgt maj madam admiral general colonel captain lieutenant sergeant brigadier marshal bishop "
    "archbishop cardinal rabbi imam sheikh".split()
)
"""Words of address: they belong to the mention of a person, not to the name."""
ADDRESS: Final = frozenset("mr mrs ms miss mx dr sir dame prof professor".split())
"""Those that stand before nothing but names of people."""
_RANKS: Final = frozenset(
    "judge justice detective inspector superintendent constable commissioner corporal viscount viscountess countess "
    "ayatollah mullah pastor vicar archdeacon chancellor ambassador commander sheriff magistrate nurse coach pc pte "
    "cpl det supt insp amb cllr fr cdr cmdr dci".split()
)
"""Other nouns before a person's name that are no part of it, whether an ontology knows them or not.

Those of popes and princes are missing: with the one name that follows they are what these are called by.
"""
_REGNAL: Final = frozenset("prince princess king queen pope emir sultan emperor empress duke duchess".split())
_POST_NOMINALS: Final = frozenset(
    "obe mbe cbe kbe dbe gbe bem cmg kcmg dcmg gcmg cb kcb dcb gcb cvo kcvo dcvo gcvo lvo mvo kg kt qc kc sc qpm rn "
    "phd dphil frs fba frse fmedsci frcp frcs esq ret bt".split()
)
"""What stands after a person's name for an honour, a degree or a profession."""
PREFIXES: Final = frozenset("pro anti non un post pre ex inter trans mid sub counter ultra neo".split())
BRACKETS: Final = frozenset("[]")
_NO_NAME_LABELS: Final = frozenset("DATE TIME CARDINAL ORDINAL MONEY PERCENT QUANTITY LANGUAGE".split())
_CALENDAR: Final = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday christmas easter jan feb mar apr jun jul aug sep sept oct nov dec mon "
    "tue tues wed thu thur thurs fri eve".split()
)
_BEFORE_DATES: Final = frozenset(
    "in on by of since until till from to last next this late early mid every before after during".split()
)
EDGE: Final = frozenset("the a an this that these those 's ’s ' ’ \" “ ” , . : ; ( ) [ ] & and - – ‐ —".split())
_JOINING: Final = frozenset("-‐")
"""Hyphens within a name; a dash parts two."""
_SHORT: Final = 4
"""How many letters what stands for a longer name in brackets has at most."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens [start, end) of a name, the votes for its class so far, and what shows that it is one.

    `comma` is the token that parts a surname from the given name after it.
    """

    start: int
    end: int
    votes: tuple[Vote, ...]
    found: str
    comma: int | None = None


class SpanFinder:
    """Finds where the names of one article stand."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit]) -> None:
        self.syntax = syntax
        self.lexicon = lexicon
        self.hits = hits
        self.titles = {hit.start: hit for hit in hits.values() if _is_personal(hit, lexicon)}
        self.uncased = syntax.text.islower()
        self._of_titles: set[int] = set()

    def tagged(self) -> list[NameSpan]:
        """Return the tagger's spans, in text order."""
        spans: list[NameSpan] = []
        for ent in find_entities(self.syntax, self.lexicon):
            if ent.label in _NO_NAME_LABELS:
                continue
            words = " ".join(self.syntax.doc[ent.start : ent.end].text.split())
            of_class = self.lexicon.classes_by_label.get(ent.label)
            personal = of_class is not None and of_class in self.lexicon.pronouns.get("he", ())
            start, end = self.trim(ent.start, ent.end, personal=personal, titled=personal or of_class is None)
            if not self._is_name(start, end, personal=personal, titled=personal or of_class is None):
                continue
            described = personal and self._is_after_adjective(start)
            start -= described
            parts = self._at_title(start, end) or self._at_word(start, end)
            if parts:
                spans += [NameSpan(*part, (), f"part of '{words}'") for part in parts]
                continue
            vote = Vote(of_class, TAGGER, f"tagged {ent.label}", guessed=True) if of_class else None
            article = described or (personal and self._has_article(start, end))
            firm = personal and "&" in self.syntax.lower[start:end]
            votes = (vote,) if vote and not article and not firm and not self._is_short_form(start, end) else ()
            found = f"tagged {ent.label} after 'the'" if article else f"tagged {ent.label}"
            if (start, end) != (ent.start, ent.end):
                found += f" in '{words}'"
            spans += self._split_in_brackets(NameSpan(start, end, votes, found))
        return self._across_marks(spans)

    def _is_after_adjective(self, start: int) -> bool:
        """Tell whether a capitalised adjective between "the" and a name belongs to it: "the Legislative Yuan"."""
        i, syntax = start - 1, self.syntax
        if i < 1 or syntax.lower[i - 1] != "the" or syntax.relation[i] not in ("amod", "compound") or i in self.titles:
            return False
        text = syntax.word[i]
        known = text in self.lexicon.name_words or text in self.lexicon.individuals
        return text.istitle() and not known and not any(hit.start <= i < hit.end for hit in self.hits.values())

    def parted(self, span: NameSpan) -> list[NameSpan]:
        """Part a span that a title stands in."""
        parts = self._at_title(span.start, span.end) or self._at_word(span.start, span.end)
        parts = parts or self._at_place(span.start, span.end)
        return [NameSpan(*part, (), f"part of {span.found}") for part in parts] or [span]

    def _at_title(self, start: int, end: int) -> list[tuple[int, int]]:
        """Part "House of Sea Speaker Ada Lund" and "Chief of Sea Ada Lund" at the title that stands in them."""
        for i in reversed(range(start, end - 1)):
            hit = self.titles.get(i)
            if hit is None or hit.end >= end or not all(self._is_capital(k) for k in range(i, hit.end)):
                continue
            if i > start and end - hit.end > 1 and all(self._is_proper(k) for k in range(hit.end, end)):
                return [part for part in (self.trim_end(start, i), (hit.end, end)) if self._is_whole(*part)]
            if i == start and self.syntax.lower[hit.end] == "of" and _is_known_personal(hit, self.lexicon):
                first = hit.end + 1 + (self.syntax.lower[hit.end + 1] == "the")
                rest = self._behind_known(first, end)
                return [part for part in ((first, rest), (rest, end)) if self._is_whole(*part)]
        return []

    def trim_end(self, start: int, end: int) -> tuple[int, int]:
        """Return a span without what cannot end it."""
        return self.trim(start, end, personal=False, titled=False)

    def _is_whole(self, start: int, end: int) -> bool:
        return start < end and self._is_name(start, end, personal=False, titled=True)

    def _behind_known(self, start: int, end: int) -> int:
        """Return where a known individual that starts a span ends, the end of the span when none does."""
        for stop in range(end - 1, start, -1):
            if self._known(start, stop):
                return stop
        return end

    def _at_place(self, start: int, end: int) -> list[tuple[int, int]]:
        """Part "Court of Session in Scotland" where a known individual ends it after "in"."""
        for i in range(start + 1, end - 1):
            if self.syntax.lower[i] == "in" and self._known(i + 1, end):
                return [(start, i), (i + 1, end)]
        return []

    def _known(self, start: int, end: int) -> bool:
        words = tuple(self.syntax.word[start:end])
        return any(known == words for known, _, _ in self.lexicon.individuals.get(words[0], ()))

    def _at_word(self, start: int, end: int) -> list[tuple[int, int]]:
        """Part "Republican Senate", a word that names something by itself before a pattern, and "British Labour"."""
        first, *others = self.syntax.word[start:end]
        if self.lexicon.is_national(first) and " ".join(others) in self.lexicon.name_words:
            return [(start, start + 1), (start + 1, end)]
        if not others or first not in self.lexicon.name_words:
            return []
        rest = tuple(self.syntax.word[start + 1 : end])
        own = self.lexicon.name_words[self.syntax.word[start]][0]
        whole = any(p.words in (rest, (None, *rest)) and p.of_class != own for p in self.lexicon.patterns)
        return [(start, start + 1), (start + 1, end)] if whole else []

    def words(self, taken: set[int]) -> list[NameSpan]:
        """Return the words that name something by themselves and that nothing else has taken, written large."""
        doc, names = self.syntax.doc, self.lexicon.name_words
        opening = {name.split()[0] for name in names}
        found = []
        for i in [i for i, word in enumerate(self.syntax.word) if word in opening]:
            end = i + 1 + (doc[i : i + 2].text in names)
            if taken.intersection(range(i, end)) or doc[i:end].text not in names:
                continue
            taken = taken | set(range(i, end))
            opens = i == 0 or self.syntax.sentence[i - 1] != self.syntax.sentence[i]
            noun = any(hit.start == end for hit in self.hits.values())
            large = end < len(doc) and doc[end].text[:1].isupper() and doc[end].is_alpha
            if (noun or not large or end in taken) and (not opens or noun or large):
                found.append(NameSpan(i, end, (), "name word"))
        return found

    def _has_article(self, start: int, end: int) -> bool:
        """Tell whether "the" stands right before a name that heads its phrase: no single person is called so."""
        if start == 0 or self.syntax.lower[start - 1] != "the" or self.syntax.tag[end - 1] == "NNPS":
            return False
        head = self.syntax.phrase_head(start, end)
        return self.syntax.relation[head] not in ("compound", "nmod:poss", "amod", "appos")

    # -- what is no part of a name ---------------------------------------------------------------------------

    def trim(self, start: int, end: int, *, personal: bool, titled: bool) -> tuple[int, int]:
        """Return a span without determiners, titles and prefixes before it, and marks and post-nominals after it."""
        while start < end:
            after = self._after_title(start, end, personal=personal, titled=titled)
            if after == start:
                break
            start = after
        while end > start and self._is_tail(start, end, titled=titled):
            end -= 1
        return start, end

    def _after_title(self, start: int, end: int, *, personal: bool, titled: bool) -> int:
        """Return where the name goes on after a word or a title at its start that is no part of it."""
        lower = self.syntax.lower
        word = lower[start].strip(".")
        if lower[start] in EDGE:
            return start + 1
        more = start + 1 < end
        if more and (word in ADDRESS or (titled and word in HONORIFICS) or (personal and word in _RANKS)):
            return start + 1
        if personal and start + 2 < end and self._is_prefix(start):
            return start + 2
        for i in range(start, end if personal else start + 1) if titled else ():
            hit = self.titles.get(i)
            if hit is None or hit.end >= end or not (i == start or self._is_row(start, hit)):
                continue
            if all(self._is_capital(k) for k in range(hit.end, end)):
                self._of_titles.update([start] if i == start + 1 else [])
                return hit.end
        return start

    def _is_row(self, start: int, hit: NounHit) -> bool:
        """Tell whether words before a title noun belong to the title: "Foreign" of "Foreign Minister Ada Lund".

        The title hangs on the name after it, and they hang on the one or the other.
        """
        head = self.syntax.head
        heads = [head[i] for i in range(start, hit.start) if self.syntax.lower[i] not in HYPHENS]
        return head[hit.head] >= hit.end and all(i >= hit.start for i in heads)

    def _is_tail(self, start: int, end: int, *, titled: bool) -> bool:
        i = end - 1
        if self.syntax.lower[i] in EDGE or self._is_small(i):
            return True
        return titled and i > start and self._is_post_nominal(i)

    def _is_post_nominal(self, i: int) -> bool:
        """Tell whether a word is one of honour or office after a name: "OBE", a noun of the ontology in capitals."""
        token = self.syntax.doc[i]
        if self.syntax.lower[i].replace(".", "") in _POST_NOMINALS:
            return self._is_capital(i)
        office = self.titles.get(i)
        return office is not None and office.end == i + 1 and token.text.isupper() and len(token) > 1

    def _is_small(self, i: int) -> bool:
        """Tell whether a word cannot end a name: white space, a preposition or a common noun written small."""
        token = self.syntax.doc[i]
        if token.is_space or self.uncased:
            return token.is_space
        return token.text.islower() and (self.syntax.pos[i] in ("ADP", "SCONJ") or self.syntax.tag[i] == "NN")

    def _is_capital(self, i: int) -> bool:
        return self.uncased or self.syntax.word[i][:1].isupper()

    # -- what is no name -------------------------------------------------------------------------------------

    def _is_name(self, start: int, end: int, *, personal: bool, titled: bool) -> bool:
        """Tell whether what is left of a span can be a name: no title alone, no date, no honour after a name."""
        inside = range(start, end)
        if start >= end or not any(self._is_capital(i) for i in inside):
            return False
        title = self.titles.get(start)
        if titled and title is not None and title.end == end and title.can_be_borne:
            return False
        if all(self._is_address(i) for i in inside) or self._is_honour(start, end):
            return False
        if end == start + 1 and self._is_prefix(start):
            return False
        dated = all(self.syntax.lower[i].strip(".") in _CALENDAR or self.syntax.pos[i] == "ADJ" for i in inside)
        return not dated or (personal and not self._is_date(start, end))

    def _is_address(self, i: int) -> bool:
        word = self.syntax.lower[i].strip(".")
        return word in HONORIFICS or word in _RANKS or word in _REGNAL

    def _is_prefix(self, i: int) -> bool:
        lower = self.syntax.lower
        return lower[i] in PREFIXES and i + 1 < len(lower) and lower[i + 1] in HYPHENS

    def _is_honour(self, start: int, end: int) -> bool:
        """Tell whether a span is what stands after a name and a comma: "OBE" of "Ada Lund, OBE"."""
        before = start - 1
        if before > 0 and self.syntax.lower[before] == ",":
            before -= 1
        after_name = before >= 0 and (self.syntax.pos[before] == "PROPN" or self._is_post_nominal(before))
        return after_name and all(self._is_post_nominal(i) or self.syntax.lower[i] == "," for i in range(start, end))

    def _is_date(self, start: int, end: int) -> bool:
        """Tell whether a number or a word of time stands beside a month or a day: "in May", "May 3"."""
        near = [i for i in (start - 1, end) if 0 <= i < len(self.syntax.lower)]
        timed = start > 0 and self.syntax.lower[start - 1] in _BEFORE_DATES
        return timed or end - start > 1 or any(self.syntax.word[i][:1].isdigit() for i in near)

    def _is_short_form(self, start: int, end: int) -> bool:
        """Tell whether a span is capitals in brackets, which stand for a longer name: the tagger knows little of it."""
        lower = self.syntax.lower
        return end == start + 1 and start > 0 and lower[start - 1] == "(" and len(lower[start]) <= _SHORT

    # -- marks within names ----------------------------------------------------------------------------------

    def _split_in_brackets(self, span: NameSpan) -> list[NameSpan]:
        """Part what a hyphen joins right after an opening bracket: "(AB-Town)" is of AB, and of a town."""
        hyphen = span.start + 1
        lower = self.syntax.lower
        opened = span.start > 0 and lower[span.start - 1] == "(" and len(lower[span.start]) <= _SHORT
        if opened and hyphen + 1 < span.end and lower[hyphen] in HYPHENS:
            return [replace(span, end=hyphen, votes=()), replace(span, start=hyphen + 1, votes=())]
        return [span]

    def _across_marks(self, spans: Iterable[NameSpan]) -> list[NameSpan]:
        """Join names that only an editor's bracket or a hyphen parts: "[Captain Ada] Lovelace", "Ada Byron-King"."""
        joined: list[NameSpan] = []
        for span in sorted(spans, key=lambda span: (span.start, span.end)):
            if joined and span.start == joined[-1].end + 1 and self._is_joint(joined[-1], span):
                first = joined.pop()
                votes = first.votes + span.votes
                if self.syntax.lower[first.end] == "&":  # no single person
                    votes = tuple(vote for vote in votes if not self._is_personal(vote))
                span = replace(first, end=span.end, votes=votes)
            joined.append(span)
        return joined

    def _is_joint(self, first: NameSpan, second: NameSpan) -> bool:
        i, doc = first.end, self.syntax.doc
        if doc[i].text == "&" and self._is_capital(i - 1) and self._is_capital(i + 1):
            return first.end - first.start == 1 == second.end - second.start or not self._are_personal(first, second)
        apart = self._is_prefix(i - 1) or (i > 1 and self.syntax.lower[i - 2] == "(")
        hyphen = doc[i].text in _JOINING and not doc[i].whitespace_ and not doc[i - 1].whitespace_ and not apart
        return doc[i].text in BRACKETS or hyphen

    def _are_personal(self, *spans: NameSpan) -> bool:
        return all(span.votes and all(self._is_personal(vote) for vote in span.votes) for span in spans)

    def _is_personal(self, vote: Vote) -> bool:
        return vote.of_class in self.lexicon.pronouns.get("he", set())

    # -- runs of proper nouns --------------------------------------------------------------------------------

    def runs(self, taken: set[int]) -> list[NameSpan]:
        """Return runs of proper nouns that nothing else has taken."""
        closed = taken | self._of_titles | {i for hit in self.hits.values() for i in range(hit.start, hit.end)}
        runs, i = [], 0
        while i < len(self.syntax.doc):
            if i in closed or not self._is_proper(i):
                i += 1
                continue
            end = self._run_end(i, closed)
            start, stop = self.trim(i, end, personal=False, titled=True)
            long = start < stop and len(self.syntax.doc[start:stop].text) > 1
            if long and not is_affixed(self.syntax, start) and self._is_name(start, stop, personal=False, titled=True):
                runs.append(NameSpan(start, stop, (), "proper nouns"))
            i = end
        return runs

    def _run_end(self, i: int, closed: set[int]) -> int:
        end, size = i + 1, len(self.syntax.doc)
        while end < size and end not in closed:
            hyphened = self.syntax.lower[end] in (*_JOINING, "&") and end + 1 < size and end + 1 not in closed
            large = self.syntax.pos[end] == "NOUN" and self.syntax.word[end].istitle()
            if not (large or self._is_proper(end) or (hyphened and self._is_proper(end + 1))):
                break
            end += 1
        return end

    def _is_proper(self, i: int) -> bool:
        token, word = self.syntax.doc[i], self.syntax.lower[i].strip(".")
        if word in _CALENDAR or word in HONORIFICS or self._is_prefix(i):
            return False
        return self.syntax.pos[i] == "PROPN" and token.text[:1].isupper() and token.is_alpha


def is_dated(syntax: Syntax, i: int) -> bool:
    """Tell whether a word is a day or a month in a phrase of time: "on Sunday"."""
    return i > 0 and syntax.lower[i] in _CALENDAR and syntax.lower[i - 1] in _BEFORE_DATES


def is_affixed(syntax: Syntax, start: int) -> bool:
    """Tell whether a hyphen and a prefix stand before a name: "pro-X", "anti-X"."""
    return start >= 2 and syntax.lower[start - 1] in HYPHENS and syntax.lower[start - 2] in PREFIXES


def _is_known_personal(hit: NounHit, lexicon: Lexicon) -> bool:
    """Tell whether a noun is said of nobody but persons."""
    return any(noun_class(frame, lexicon.ontology) for frame in hit.frames) and _is_personal(hit, lexicon)


def _is_personal(hit: NounHit, lexicon: Lexicon) -> bool:
    """Tell whether a noun may be said of a person: it may stand before a name as a title."""
    classes = {c for frame in hit.frames if (c := noun_class(frame, lexicon.ontology))}
    return not classes or not lexicon.are_things(classes)
