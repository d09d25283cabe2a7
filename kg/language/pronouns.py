"""Pronouns: he, she, it and they take the fittest referent before them, "I" the speaker of its quotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.antecedents import Links
from kg.language.drafts import Draft, DraftMention, Drafts
from kg.language.lexicon import Lexicon
from kg.language.predication import BECOME, MAKE
from kg.language.quotations import Speech
from kg.language.syntax import Syntax
from kg.model import MentionKind

THIRD: Final = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "themselves": "p",
}  # fmt: skip
FIRST: Final = frozenset({"i", "me", "my", "mine", "myself"})
_NOMINATIVE: Final = {"m": "he", "f": "she", "n": "it", "p": "they"}
PRONOUN_LINK: Final = 0.88
"""How sure it is that a pronoun refers to what it was linked to."""
_TRUST: Final = 1.0
"""What a point of the trained scorer of antecedents counts beside the points of position."""
_BOUND: Final = 8.0
_FAMILY: Final = 5.0
"""What a last name in common with the one whom a possessive owns counts: "his son, B. Lund" is of a Lund."""
_OUTDONE: Final = {"m": 5.0, "f": 5.0, "n": 1.0, "p": 1.0}
"""A pronoun is left alone where what is no referent is the better antecedent by so many points of the scorer."""
_MISTAKEN: Final = 3.0
"""The same where the tagger alone takes that for a person: "it" or "they" may mean it."""
_LEAST: Final = -2.0
"""Of fewer points "it" and "they" are left alone, whatever stands near."""
_ADD: Final = frozenset({"add", "continue"})
_ADDING: Final = 8.0
"""What it counts to have said what stands before, where a pronoun adds to it: "…," she added."""
REACH: Final = 3
"""How many sentences back an antecedent may stand."""


class Pronouns:
    """Finds the referent of a pronoun among the drafts made so far."""

    def __init__(
        self, syntax: Syntax, lexicon: Lexicon, drafts: Drafts, speech: Sequence[Speech], links: Links
    ) -> None:
        self.syntax = syntax
        self.lexicon = lexicon
        self.ontology = lexicon.ontology
        self.drafts = drafts
        self.speech = speech
        self.links = links
        self._quotation = _find_quotations(speech, len(syntax.lower))
        self.speakers = frozenset(s.speaker for s in speech if s.speaker is not None)

    def resolve(self, token: int) -> None:
        """Add a pronoun to the referent that fits it best, if any does."""
        if self.syntax.lower[token] in FIRST:
            self._first_person(token)
        elif self.syntax.lower[token] in THIRD and self.syntax.pos[token] in ("PRON", "DET"):
            self._third_person(token)

    def _quotation_at(self, token: int) -> Speech | None:
        number = self._quotation[token]
        return self.speech[number] if number >= 0 else None

    def _first_person(self, token: int) -> None:
        speech = self._quotation_at(token)
        speaker = self.drafts.at(speech.speaker) if speech is not None and speech.speaker is not None else None
        if speaker is not None and not speaker.plural:
            self.drafts.add_mention(speaker, DraftMention(token, token + 1, token, MentionKind.PRONOUN, PRONOUN_LINK))

    def _third_person(self, token: int) -> None:
        kind = THIRD[self.syntax.lower[token]]
        near = self._near(token)
        fits = ((self._fit(token, kind, draft, mentions), draft) for draft, mentions in near.values())
        found = ((score, -draft.number, draft) for score, draft in fits if score is not None)
        best = max(found, default=None, key=lambda entry: entry[:2])
        if best is None:
            return
        draft = best[2]
        if self._is_unlikely(token, kind, *near[draft.number]):
            return
        if kind in "mf":
            draft.gender = draft.gender or kind
        self.drafts.add_mention(draft, DraftMention(token, token + 1, token, MentionKind.PRONOUN, PRONOUN_LINK))

    def _near(self, token: int) -> dict[int, tuple[Draft, list[DraftMention]]]:
        """Return the drafts by number that are mentioned within reach before a pronoun, each with these mentions."""
        found: dict[int, tuple[Draft, list[DraftMention]]] = {}
        last = self.syntax.sentence[token] - REACH
        for i in range(token - 1, -1, -1):
            if self.syntax.sentence[i] < last:
                break
            if i in self.drafts.by_token:
                draft, mention = self.drafts.by_token[i]
                mentions = found.setdefault(draft.number, (draft, []))[1]
                if mention not in mentions:
                    mentions.append(mention)
        return found

    def _fit(self, token: int, kind: str, draft: Draft, mentions: Sequence[DraftMention]) -> float | None:
        """Score a referent for a pronoun; None where number, person, gender, class or position forbid it."""
        if kind in "mf" and (draft.plural or (draft.gender and draft.gender != kind)):
            return None
        if (kind == "p") != draft.plural and not (kind == "p" and self._collective(draft)):
            return None
        classes = self.lexicon.pronouns.get(_NOMINATIVE[kind], set())
        types = self.drafts.types(draft)
        if kind != "p" and (not types or not any(self.ontology.is_a(t, c) for t in types for c in classes)):
            return None
        best: float | None = None
        learned = self.links.scores_of(token)
        for mention in mentions:
            score = self._position(token, mention)
            if score is not None:
                score += _TRUST * min(max(learned.get(mention.head, -_BOUND), -_BOUND), _BOUND)
            if score is not None and (best is None or score > best):
                best = score
        if best is not None and draft.gender == kind:
            best += 1.0
        if best is not None and self._is_family(token, draft):
            best += _FAMILY
        if best is not None and self._goes_on(token, draft):
            cues = {self.syntax.lemma[s.cue] for s in self.speech if s.speaker == token and s.cue is not None}
            best += _ADDING if cues & _ADD else 3.0
        return best

    def _is_unlikely(self, token: int, kind: str, draft: Draft, mentions: Sequence[DraftMention]) -> bool:
        """Tell whether the trained scorer would much rather link a pronoun to what is no referent than to a draft.

        Or, for "it" and "they", to nothing at all. What the tagger alone takes for a person may be the thing that "it"
        means, and a noun of the draft's own name may mean the draft: "this tribunal". Of "the X committee" the
        committee is meant where it is the better one at all.
        """
        learned = self.links.scores_of(token)
        own = max((learned.get(mention.head, -_BOUND) for mention in mentions), default=-_BOUND)
        if kind not in "mf" and own < _LEAST:
            return True
        words = {word for name in draft.names for word in name.lower().split()}
        modified = {self.syntax.head[m.head] for m in mentions if self.syntax.relation[m.head] == "compound"}
        for head, score in learned.items():
            other = self.drafts.at(head)
            if other is None:
                margin = 0.0 if head in modified else _OUTDONE[kind]
            elif other.guessed and kind not in "mf":
                margin = _MISTAKEN
            else:
                continue
            if score > max(0.0, own + margin) and self.syntax.lower[head] not in words:
                return True
        return False

    def _goes_on(self, token: int, draft: Draft) -> bool:
        """Tell whether a pronoun that speaks follows what a draft said, in the sentence before: "She continued: …"."""
        if token not in self.speakers:
            return False
        own = [s.start for s in self.speech if s.speaker == token]
        start = min(own, default=token)
        before = self.syntax.sentence[start] - 1
        said = [s for s in self.speech if s.quoted and s.end <= start and self.syntax.sentence[s.end - 1] >= before]
        last = max(said, key=lambda s: s.end, default=None)
        return last is not None and last.speaker is not None and self.drafts.at(last.speaker) is draft

    def _is_family(self, token: int, draft: Draft) -> bool:
        """Tell whether whose name stands beside what a possessive owns bears the same last name: "his son, B. Lund"."""
        if not self.syntax.relation[token].startswith("nmod"):
            return False
        beside = (self.drafts.at(c) for c in self.syntax.kids(self.syntax.head[token], "appos", "flat"))
        owned = {name.split()[-1] for other in beside if other is not None for name in other.names if " " in name}
        return any(name.split()[-1] in owned for name in draft.names)

    def _collective(self, draft: Draft) -> bool:
        wanted = self.lexicon.pronouns.get("it", set())
        return any(self.ontology.is_a(t, c) for t in self.drafts.types(draft) for c in wanted)

    def _position(self, token: int, mention: DraftMention) -> float | None:
        """Score one mention as antecedent: near, a subject, of the same voice; None when out of reach."""
        syntax = self.syntax
        if mention.start >= token or mention.start <= token < mention.end:
            return None
        gap = syntax.sentence[token] - syntax.sentence[mention.head]
        if gap > REACH or self._same_clause(token, mention.head):
            return None
        outer, inner = self._quotation_at(token), self._quotation_at(mention.head)
        score = -2.0 * gap
        if outer is not inner:
            score -= 5.0 if inner is not None else 0.0
        if (
            outer is not None
            and outer.speaker is not None
            and self.drafts.at(outer.speaker) is self.drafts.at(mention.head)
        ):
            return None
        if token in self.speakers and any(s.speaker == token and s.start <= mention.head < s.end for s in self.speech):
            return None
        if syntax.relation[mention.head].startswith("nsubj"):
            score += 3.0 if syntax.is_predicate(syntax.head[mention.head]) else 2.0
        elif syntax.relation[mention.head] in ("obj", "iobj"):
            score += 1.0
        elif syntax.relation[mention.head] in ("nmod:poss", "compound"):
            score -= 0.5
        if mention.kind is MentionKind.PRONOUN:
            score += 0.5
        return score - 0.01 * (token - mention.head)

    def _same_clause(self, token: int, other: int) -> bool:
        """Tell whether a pronoun cannot refer to a token because both are arguments of one verb."""
        syntax = self.syntax
        if syntax.lower[token] in ("his", "her", "its", "their") and syntax.relation[token].startswith("nmod"):
            head = syntax.head[token]
            beside = syntax.head[other] == head and syntax.relation[other] in ("appos", "flat", "compound")
            return beside or self._is_made(token, head, other)
        if syntax.lower[token].endswith(("self", "selves")):
            return False
        return syntax.head[token] == syntax.head[other] and syntax.sentence[token] == syntax.sentence[other]

    def _is_made(self, owner: int, noun: int, other: int) -> bool:
        """Tell whether a token is said to be, or makes somebody, what a possessive owns: "X became her deputy"."""
        syntax = self.syntax
        verb = noun if syntax.kids(noun, "cop") else syntax.head[noun]
        if syntax.head[other] != verb or not syntax.relation[other].startswith("nsubj"):
            return False
        if verb == noun or (syntax.lemma[verb] in BECOME and syntax.relation[noun] in ("xcomp", "obj")):
            return True
        return syntax.lower[owner] == "her" and syntax.lemma[verb] in MAKE and syntax.relation[noun] in ("obj", "xcomp")


def _find_quotations(speech: Sequence[Speech], size: int) -> list[int]:
    """Return for each token the number of the innermost quotation around it, the one that starts last, or -1."""
    found = [-1] * size
    for number in sorted(range(len(speech)), key=lambda number: speech[number].start):
        if speech[number].quoted:
            found[speech[number].start : speech[number].end] = [number] * (speech[number].end - speech[number].start)
    return found
