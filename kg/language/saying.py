"""Verbs of saying, the stretches of text that frame them, and who says: shared by direct and reported speech.

The verbs are English, not of any domain. What stands in quotation marks is opaque to the frame around it: a frame
is bounded by the marks that end a sentence on the page, not by where a parser ended one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from kg.language.gender import gender_of
from kg.language.marks import Quote
from kg.language.syntax import NOMINAL, Syntax

NAMING: Final = frozenset(
    "call describe brand label dub characterise characterize portray depict term denounce condemn".split()
)
SAY: Final = NAMING | frozenset(
    "say tell add claim argue state declare announce insist warn explain note reply respond comment suggest "
    "allege assert write tweet post continue conclude remark observe stress maintain admit acknowledge "
    "concede complain joke recall reveal report repeat shout ask answer "
    "urge vow pledge promise predict believe think feel hope fear contend emphasise emphasize reiterate testify "
    "quote cite read confirm accuse criticise criticize slam vent deny reject dismiss refute dispute boast "
    "lament caution indicate signal swear protest counter retort agree disagree exclaim whisper cry begin go "
    "demand voice express refer praise defend hail mock blast estimate expect speak address".split()
)
UTTER: Final = frozenset(
    "murmur mutter yell scream roar bark growl snarl hiss groan moan sigh gasp chuckle laugh smile sneer "
    "grumble mumble stammer falter plead beg implore entreat inquire enquire query wonder rejoin return "
    "interrupt interpose pursue resume proceed persist venture propose offer advise ejaculate confess muse "
    "reflect drawl snap tease quip sob bawl recount croak pant shriek wail whimper sing chant bellow thunder "
    "blurt observe object interject".split()
)
"""Verbs that bring a quotation, but report nothing without one."""
DENY: Final = frozenset("deny reject dismiss refute dispute disavow".split())
_NEVER_REPORT: Final = frozenset(
    "go speak refer voice express read quote cite praise defend hail mock blast slam accuse criticise criticize begin "
    "continue ask address vent urge demand".split()
)
INDIRECT: Final = SAY - NAMING - _NEVER_REPORT
"""Verbs whose clause reports what is said."""
ONLY_FRAME: Final = frozenset("go begin continue read speak agree disagree feel think address voice express".split())
"""Verbs that bring a quotation only after a colon or a comma."""
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
_SPOKEN_TO: Final = frozenset("go continue use come dare begin proceed".split())
_NOBODY: Final = frozenset("nobody none neither no-one nothing".split())
_ANYBODY: Final = frozenset({"you", "one"})
_NEGATIONS: Final = frozenset("not n't n’t never".split())
_QUESTIONS: Final = frozenset("who what which whom whose how why".split())
_NAME_JOINTS: Final = frozenset("de da di du van von der den la le el al bin of - – ' ’ .".split())
_IN_WORDS: Final = frozenset("- ' ’".split())
_PEOPLE: Final = frozenset({"PERSON", "PER"})
_TEXTS: Final = frozenset(
    "statement letter email message post tweet note memo memorandum release summary report".split()
)
_ISSUE: Final = frozenset("release issue publish post write send give make tweet put".split())
_PERSONAL: Final = frozenset({"he", "she", "i"})
_PLACES: Final = frozenset("GPE LOC FAC".split())
_LONGEST, _QUOTE_SIZE = 400, 8
"""How many tokens a sentence of the page has at most, and for how many a quotation counts."""


class FoundBy(StrEnum):
    """What tells who speaks, surest first."""

    CUE = "cue"
    """A verb of saying beside the words."""
    REPORT = "report"
    """A report that the quotation is part of."""
    SOURCE = "source"
    """"According to" and its like."""
    CONTINUED = "continued"
    """The speech that the quotation goes on with."""
    ACTOR = "actor"
    """A guess: the one person who acts beside the quotation."""
    DIALOGUE = "dialogue"
    """A guess: the turns of a dialogue."""


GUESSES: Final = frozenset({FoundBy.ACTOR, FoundBy.DIALOGUE})


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of text that somebody says: tokens [start, end), the speaker's and the cue's token, if found.

    `denied` tells that the cue denies the content, `found_by` how the speaker was found: None without one.
    """

    start: int
    end: int
    quoted: bool
    speaker: int | None = None
    cue: int | None = None
    denied: bool = False
    found_by: FoundBy | None = None


class Sayings:
    """The quotations and the frames of a Doc.

    `quote_at[i]` is the number of the quotation that token i stands in, its marks included, -1 outside. `frame[i]`
    numbers the sentences of the page: a quotation belongs to the one that it opens in, whatever it holds.
    `sentence[i]` ends inside a quotation too.
    """

    def __init__(self, syntax: Syntax, quotes: Sequence[Quote]) -> None:
        self.syntax = syntax
        self.quotes = quotes
        self.is_word: list[bool] = [word.isalpha() for word in syntax.word]
        self.has_paragraphs = any("\n" in word for word in syntax.lower)
        self.quote_at: list[int] = [-1] * len(syntax.lower)
        for number, quote in enumerate(quotes):
            for i in range(max(0, quote.start - 1), min(quote.end + 1, len(syntax.lower))):
                self.quote_at[i] = number
        self.frame: list[int] = self._numbers(opaque=True)
        self.sentence: list[int] = self._numbers(opaque=False)
        self.frame_spans: list[range] = _spans(self.frame)
        self.sentence_spans: list[range] = _spans(self.sentence)

    def _numbers(self, *, opaque: bool) -> list[int]:
        """Number the sentences; a run without an end is cut, so that none is too long to be looked through often."""
        numbers: list[int] = []
        number = size = 0
        for i in range(len(self.syntax.lower)):
            opened = not self.is_free(i) and (i == 0 or self.quote_at[i] != self.quote_at[i - 1])
            size += _QUOTE_SIZE if opened else not opaque or self.is_free(i)
            if i and (self._is_break(i, opaque=opaque) or (size > _LONGEST and (opened or self.is_free(i)))):
                number, size = number + 1, 0
            numbers.append(number)
        return numbers

    def _is_break(self, i: int, *, opaque: bool) -> bool:
        """Tell whether a sentence of the page ends before token i."""
        lower, previous = self.syntax.lower, i - 1
        number = self.quote_at[i]
        if "\n" in lower[previous]:
            led = lower[max(0, previous - 1)] == ":" and number >= 0 and self.quotes[number].start == i + 1
            return not (led and opaque)
        if number >= 0 and number == self.quote_at[previous]:
            inside = self.quotes[number].start < i < self.quotes[number].end
            return not opaque and inside and lower[previous] in (".", "?", "!", ";")
        ended = previous
        if self.quote_at[previous] >= 0:
            ended = self.quotes[self.quote_at[previous]].end - 1
        stops = (".",) if ended != previous else (".", "?", "!", ";")
        if lower[ended] not in stops and not (ended != previous and number >= 0 and lower[ended] in ("?", "!")):
            return False
        return lower[ended] == ";" or not self.syntax.word[i][:1].islower()

    def is_free(self, i: int) -> bool:
        """Tell whether token i stands outside quotation marks."""
        return self.quote_at[i] < 0

    def together(self, i: int, j: int) -> bool:
        """Tell whether two tokens stand in one sentence of the page, and neither in a quotation of its own."""
        if self.quote_at[i] >= 0 and self.quote_at[i] == self.quote_at[j]:
            return self.sentence[i] == self.sentence[j]
        return self.frame[i] == self.frame[j] and self.is_free(i) and self.is_free(j)

    def members(self, i: int) -> range:
        """Return the tokens of the sentence of the page that token i stands in; its quotation's if it stands in one."""
        if self.is_free(i):
            return self.frame_members(i)
        quote, span = self.quotes[self.quote_at[i]], self.sentence_spans[self.sentence[i]]
        return range(max(span.start, min(quote.start, i)), min(span.stop, max(quote.end, i + 1)))

    def frame_members(self, i: int) -> range:
        """Return the tokens of the sentence of the page that token i stands in, quotations and all."""
        return self.frame_spans[self.frame[i]]

    def is_cue(self, i: int) -> bool:
        """Tell whether token i is a verb of saying."""
        syntax = self.syntax
        if syntax.lemma[i] not in SAY:
            return False
        verbal = syntax.pos[i] == "VERB" or syntax.tag[i].startswith("VB")
        return verbal and syntax.relation[i] not in ("amod", "compound", "case")

    def utters(self, i: int) -> bool:
        """Tell whether token i is a verb that brings a quotation after a comma or a colon, or follows one."""
        return self.is_cue(i) or (self.syntax.lemma[i] in UTTER and self.syntax.tag[i] in FINITE)

    def is_relative(self, cue: int) -> bool:
        """Tell whether a verb stands in a relative clause."""
        subjects = self.syntax.kids(cue, "nsubj")
        before = [i for i in range(max(0, cue - 3), cue) if self.together(i, cue)]
        return any(self.syntax.lower[i] in ("who", "which", "that") for i in [*subjects, *before]) or (
            self.syntax.relation[cue] == "acl:relcl"
        )

    def is_unsaid(self, cue: int) -> bool:
        """Tell whether nothing is said: "has not said", "nobody said", "declined to say", "if she says"."""
        syntax = self.syntax
        words = {syntax.lower[c] for c in syntax.kids(cue, "advmod", "mark")}
        if words & (_NEGATIONS | {"if", "unless", "whether"}) or self._asks(cue):
            return True
        subject = syntax.subject(cue)
        if subject is not None:
            beside = {syntax.lower[c] for c in syntax.children[subject]}
            if syntax.lower[subject] in _NOBODY or beside & {"no", "neither", "not"}:
                return True
            if syntax.lower[subject] in _ANYBODY and not beside:
                return True
        if "to" not in words:
            return False
        relation, head = syntax.relation[cue], syntax.head[cue]
        return relation == "acl" or (
            relation == "xcomp" and syntax.pos[head] == "VERB" and syntax.lemma[head] not in _SPOKEN_TO
        )

    def _asks(self, cue: int) -> bool:
        """Tell whether the sentence of a verb of saying is a question of its own."""
        return any(self.syntax.lower[i] == "?" and self.together(i, cue) for i in self.members(cue))

    def is_person(self, i: int) -> bool:
        """Tell whether token i is a person's name, a pronoun for a person, or a noun that tells a gender."""
        syntax = self.syntax
        if syntax.entity_type[i] in _PEOPLE or syntax.lower[i] in _PERSONAL:
            return True
        return syntax.pos[i] == "NOUN" and gender_of(syntax.lemma[i]) is not None

    # -- who speaks --------------------------------------------------------------------------------

    def speaker(self, cue: int) -> int | None:
        """Return the one who says what a verb of saying tells: his name where it stands beside his noun."""
        sayer = self.sayer(cue)
        return None if sayer is None else self.author(self.named(sayer, cue))

    def author(self, sayer: int) -> int:
        """Return whom a text is by: "a note by Ada said", "a memo posted by Ada", "Ada issued a note that read"."""
        syntax = self.syntax
        if syntax.lemma[sayer] not in _TEXTS:
            return sayer
        near = [sayer, *syntax.kids(sayer, "acl")]
        names = [c for node in near for c in syntax.children[node] if syntax.pos[c] == "PROPN"]
        by = (c for c in names if syntax.case[c] in ("by", "from") or syntax.relation[c] == "nmod:poss")
        found = next((c for c in by if self.together(c, sayer)), None)
        verb = syntax.head[sayer]
        if found is None and syntax.relation[sayer] == "obj" and syntax.lemma[verb] in _ISSUE:
            found = syntax.subject(verb)
        return sayer if found is None or not self.together(found, sayer) else found

    def sayer(self, cue: int) -> int | None:
        """Return the head of the phrase that a verb of saying has for its subject, of the agent of a passive."""
        syntax = self.syntax
        if syntax.is_passive(cue) and syntax.lemma[cue] != "quote":
            return self._agent(cue)
        governor = self._governor(cue)
        agent = self._agent(governor) if governor != cue and syntax.is_passive(governor) else None
        if agent is not None:
            return agent
        subject = syntax.subject(governor)
        if subject is not None:
            antecedent = syntax.antecedent(subject)
            subject = subject if antecedent is None else antecedent
        if subject is None or not self._can_speak(subject, cue):
            subject = self._before(cue)
        return subject

    def _governor(self, cue: int) -> int:
        """Return the verb whose subject says what "…, saying" tells, wherever the parser hung it; else the cue."""
        syntax = self.syntax
        beside = syntax.tag[cue] == "VBG" and syntax.lower[cue - 1] == "," and not syntax.kids(cue, "nsubj", "mark")
        hung = beside and (syntax.relation[cue].startswith("acl") or syntax.relation[cue] == "advcl")
        return syntax.clause(syntax.head[cue]) if hung else cue

    def _agent(self, cue: int) -> int | None:
        syntax = self.syntax
        agents = [c for c in syntax.children[cue] if syntax.case[c] == "by" and syntax.pos[c] in NOMINAL]
        agents = [c for c in agents if self.together(c, cue) and not syntax.kids(c, "nummod")]
        return agents[0] if agents else None

    def _can_speak(self, i: int, cue: int) -> bool:
        syntax = self.syntax
        nominal = syntax.pos[i] in NOMINAL or (syntax.pos[i] == "DET" and syntax.lower[i] not in _QUESTIONS)
        return nominal and syntax.tag[i] not in ("WP", "WDT") and self.together(i, cue)

    def _before(self, cue: int) -> int | None:
        """Return the noun that stands before a cue where the parser saw no subject: "Ada, the captain, said"."""
        tokens = [i for i in self.members(cue) if i < cue and self.together(i, cue)]
        last = next((i for i in reversed(tokens) if self.syntax.pos[i] not in ("ADV", "AUX", "PART")), None)
        if last is None:
            return None
        if self.syntax.lower[last] == ",":
            return next((i for i in self.phrases(tokens) if not self.syntax.case[i]), None)
        if self.syntax.pos[last] in ("PROPN", "PRON"):
            name = self._climb(last, tokens[0], cue)
            while self.syntax.case[name] and self.syntax.relation[name] == "nmod":
                name = self.syntax.head[name]
            return None if self.syntax.case[name] or not self.together(name, cue) else name
        commas = [i for i in tokens if self.syntax.lower[i] == ","]
        chunk = [i for i in tokens if commas and i > commas[-1]]
        found = next(self.phrases(chunk), None) if self.syntax.pos[last] == "NOUN" else None
        return found if found is not None and not self.syntax.case[found] else None

    def phrases(self, tokens: Iterable[int]) -> Iterator[int]:
        """Yield the heads of the phrases in a run of tokens, until its first verb."""
        tokens = list(tokens)
        for i in tokens:
            if self.syntax.pos[i] in ("VERB", "SCONJ"):
                return
            if self.syntax.pos[i] in NOMINAL and self.syntax.tag[i] not in ("WP", "WDT", "PRP$"):
                yield self._climb(i, tokens[0], tokens[-1] + 1)

    def _climb(self, i: int, start: int, end: int) -> int:
        """Return the head of the compound or the name that token i is part of."""
        inner = ("compound", "flat", "nmod:poss", "nmod:desc", "nummod")
        while self.syntax.relation[i] in inner and start <= self.syntax.head[i] < end and self.syntax.head[i] != i:
            i = self.syntax.head[i]
        return i

    def after(self, cue: int) -> int | None:
        """Return the head of the phrase right after a cue: '"…," said the harbour's spokesman, …'."""
        tokens = []
        for i in range(cue + 1, min(cue + 9, len(self.syntax.lower))):
            if not self.together(i, cue) or (
                self.syntax.doc[i].is_punct and self.syntax.lower[i] not in ("-", "'", "’")
            ):
                break
            if self.syntax.pos[i] in ("VERB", "SCONJ"):
                break
            tokens.append(i)
        if tokens and self.syntax.pos[tokens[0]] == "ADP":
            return None
        found = next(self.phrases(tokens), None)
        return None if found is None else self.named(found, cue)

    def named(self, noun: int, cue: int) -> int:
        """Return the name that stands beside a speaker's noun, the noun itself without one.

        "Its chair, Ada Marsh, said" and "said its chair, Ada Marsh." whatever the parser hung the name on.
        """
        syntax = self.syntax
        if syntax.pos[noun] not in ("NOUN", "PROPN") or not self.together(noun, cue):
            return noun
        if syntax.pos[noun] == "PROPN":
            title = any(syntax.lower[c] == "the" for c in syntax.children[noun])
            between = self._between_commas(noun, cue) if title else None
            return noun if between is None or syntax.entity_type[between] not in _PEOPLE else between
        apposed = [c for c in syntax.kids(noun, "appos", "flat") if syntax.pos[c] == "PROPN" and c > noun]
        joined = [c for c in syntax.kids(noun, "conj") if syntax.entity_type[c] in _PEOPLE or syntax.kids(c, "appos")]
        if not apposed and joined and not syntax.kids(noun, "det"):  # "guild leader and High Judge Ada said"
            apposed = [a for c in joined for a in (*syntax.kids(c, "appos"), c) if syntax.pos[a] == "PROPN"]
        between = self._between_commas(noun, cue)
        return between if between is not None else apposed[0] if apposed else noun

    def _between_commas(self, noun: int, cue: int) -> int | None:
        """Return the name that commas set off right before the cue, or after a noun that follows the cue."""
        syntax = self.syntax
        tokens = [i for i in self.members(cue) if self.together(i, cue)]
        if noun < cue:
            tokens = [i for i in tokens if noun < i < cue]
            while tokens and syntax.pos[tokens[-1]] in ("ADV", "AUX", "PART"):
                tokens.pop()
            if not tokens or syntax.lower[tokens.pop()] != ",":
                return None
            commas = [i for i in tokens if syntax.lower[i] == ","]
            run = [i for i in tokens if commas and i > commas[-1]]
        else:
            tokens = [i for i in tokens if i > noun]
            commas = [i for i in tokens if syntax.lower[i] in (",", ".")]
            if not commas or any(syntax.pos[i] in ("VERB", "AUX") for i in range(noun, commas[0])):
                return None
            end = commas[1] if len(commas) > 1 else tokens[-1] + 1
            run = [i for i in tokens if commas[0] < i < end]
        return self._name_of(run)

    def _name_of(self, run: list[int]) -> int | None:
        syntax = self.syntax
        names = [i for i in run if syntax.pos[i] == "PROPN"]
        others = [i for i in run if syntax.pos[i] != "PROPN" and syntax.lower[i] not in _NAME_JOINTS]
        if not names or others or len(run) > 7 or any(syntax.entity_type[i] in _PLACES for i in names):
            return None
        return self._climb(names[0], run[0], run[-1] + 1)


def _spans(numbers: Sequence[int]) -> list[range]:
    """Return the tokens of each sentence."""
    starts = [i for i, number in enumerate(numbers) if i == 0 or number != numbers[i - 1]]
    return [range(start, end) for start, end in pairwise([*starts, len(numbers)])]
