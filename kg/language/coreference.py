"""Which mentions of an article refer to the same thing: names, borne nouns, nominals, pronouns.

By rule, in the order of precision (in the spirit of the sieves of Lee et al. 2013): names and their short forms first,
then nouns said of them, then pronouns and nominals from left to right. Links carry how sure they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.language.drafts import APPOSED, BORNE, FRAMED, Draft, DraftMention, Drafts
from kg.language.lexicon import Lexicon, NounHit, noun_class
from kg.language.proper_names import Name
from kg.language.predication import Bearing, NameIndex, noun_arguments, noun_node
from kg.language.quotations import Speech
from kg.language.shortforms import link_names
from kg.language.standing import noun_modifiers, standing
from kg.language.syntax import NOMINAL, Syntax
from kg.model import MentionKind, Status
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.ontology import Ontology
from kg.ontology.terms import Argument

THIRD: Final = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "themselves": "p",
}  # fmt: skip
_NO_NOMINAL: Final = frozenset(THIRD) | {"who", "that", "which", "what", "we", "you"}
FIRST: Final = frozenset({"i", "me", "my", "mine", "myself"})
_NOMINATIVE: Final = {"m": "he", "f": "she", "n": "it", "p": "they"}
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "both"})
_INDEFINITE: Final = frozenset({"a", "an", "one", "another", "some", "several", "many", "two", "three"})
PRONOUN_LINK, NOMINAL_LINK, LEAD_LINK, RELATION_LINK, BRIDGE_LINK = 0.88, 0.82, 0.85, 0.86, 0.8
_REACH: Final = 3
_BY_TITLE: Final = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "dame": "f", "lord": "m", "lady": "f"}


class Coreference:
    """Resolves the mentions of one article; `drafts` holds the result."""

    def __init__(
        self,
        syntax: Syntax,
        lexicon: Lexicon,
        names: NameIndex,
        hits: Mapping[int, NounHit],
        bearings: Mapping[int, Sequence[Bearing]],
        speech: Sequence[Speech],
    ) -> None:
        self.syntax = syntax
        self.lexicon = lexicon
        self.ontology = lexicon.ontology
        self.names = names
        self.hits = hits
        self.bearings = bearings
        self.speech = speech
        self.drafts = Drafts(self.ontology)
        self.borne: dict[tuple[str, int], list[Draft]] = {}

    def resolve(self) -> Drafts:
        """Run all sieves and return the drafts."""
        link_names(self.syntax, self.names.names, self.drafts, self.lexicon)
        self._genders_from_titles()
        self._bear_nouns()
        self._vote_by_frames()
        self._left_to_right()
        self._bridge()
        self._lead()
        return self.drafts

    def _genders_from_titles(self) -> None:
        for name in self.names.names:
            word = self.syntax.lower[name.start - 1].strip(".") if name.start else ""
            draft = self.drafts.at(name.head)
            if draft is not None and word in _BY_TITLE:
                draft.gender = draft.gender or _BY_TITLE[word]

    # -- nouns said of a name -----------------------------------------------------------------

    def _bear_nouns(self) -> None:
        for head, bearings in self.bearings.items():
            for bearing in bearings:
                draft = self.drafts.at(bearing.bearer)
                if draft is not None and self._suits(self.hits[head], draft, bearing):
                    self._bear(self.hits[head], draft, bearing)

    def _suits(self, hit: NounHit, draft: Draft, bearing: Bearing) -> bool:
        """Tell whether a name may bear a noun that only stands beside it: "the X lobby group", not "the X leader"."""
        classes = self._classes(hit)
        return bearing.construction != "name before noun" or any(self.drafts.can_be(draft, c) for c in classes)

    def _classes(self, hit: NounHit) -> set[str]:
        """Return the classes that a noun tells by itself; those of its relations only when it has no class of its own."""
        own = {frame.term for frame in hit.frames if frame.kind in (FrameKind.CLASS_NOUN, FrameKind.EVENT_NOUN)}
        return own or {c for frame in hit.frames if (c := noun_class(frame, self.ontology))}

    def _bear(self, hit: NounHit, draft: Draft, bearing: Bearing) -> None:
        """Add a noun to the one who bears it; it tells the class only where the article itself says so of the present."""
        node = noun_node(self.syntax, hit)
        modifiers = noun_modifiers(self.syntax, hit.start, node)
        stands = standing(self.syntax, hit.head, self.speech, governor=bearing.governor, modifiers=modifiers)
        if stands.status is not Status.ASSERTED:
            return
        if self.drafts.at(node) is None and hit.head not in self.names.by_token:
            self.drafts.add_mention(draft, self._nominal(hit, 1.0))
        for frame in hit.frames:
            of_class = noun_class(frame, self.ontology)
            if of_class and stands.qualification is not None:
                of_class = root_class(of_class, self.ontology)
            if of_class and self.drafts.can_be(draft, of_class):
                weight = APPOSED if frame.kind is FrameKind.CLASS_NOUN else BORNE
                self.drafts.vote(draft, of_class, weight, frame.name)

    def _nominal(self, hit: NounHit, link: float) -> DraftMention:
        node = noun_node(self.syntax, hit)
        start = hit.start
        for child in self.syntax.children[node]:
            if child < start and self.syntax.relation[child].split(":")[0] in (
                "det",
                "amod",
                "compound",
                "nmod",
                "nummod",
            ):
                start = min(start, self.syntax.subtree(child)[0])
        return DraftMention(start, hit.end, node, MentionKind.NOMINAL, link)

    # -- classes by the places that names fill ----------------------------------------------------

    def _vote_by_frames(self) -> None:
        for hit in self.hits.values():
            for frame in hit.frames:
                if frame.kind is FrameKind.RELATIONAL_NOUN:
                    self._vote_arguments(hit, frame)

    def _vote_arguments(self, hit: NounHit, frame: Frame) -> None:
        term = self.ontology.properties[frame.term]
        wanted = term.domain if frame.bearer is Argument.OBJECT else term.range
        if len(wanted) != 1:
            return
        for place in frame.arguments:
            if place is Argument.POSSESSOR:
                continue
            for token in noun_arguments(self.syntax, hit, place, self.names):
                draft = self.drafts.at(token)
                if draft is None or not draft.named or draft.individual:
                    continue
                if not isinstance(place, Argument):
                    self.drafts.vote(draft, wanted[0], FRAMED, frame.name)
                elif self.drafts.can_be(draft, wanted[0]):
                    self.drafts.vote(draft, wanted[0], FRAMED / 2, frame.name)

    # -- pronouns and nominals -------------------------------------------------------------------------

    def _left_to_right(self) -> None:
        """Resolve relation nominals last, when all bearers are known; pronouns may stand on any."""
        self._index_borne()
        for i in range(len(self.syntax.lower)):
            if i in self.drafts.by_token:
                continue
            if self.syntax.lower[i] in THIRD and self.syntax.pos[i] in ("PRON", "DET"):
                self._pronoun(i)
            elif self.syntax.lower[i] in FIRST:
                self._first_person(i)
            elif i in self.hits:
                self._nominal_hit(self.hits[i])
            if i not in self.drafts.by_token and self._is_speaker(i):
                self._plain_nominal(i)

    def _index_borne(self) -> None:
        """Remember who bears which relation to whom, for "the X leader"."""
        for head, bearings in self.bearings.items():
            hit = self.hits[head]
            bearer = next((d for b in bearings if (d := self.drafts.at(b.bearer)) is not None), None)
            if bearer is None:
                continue
            for frame in hit.frames:
                if frame.kind is not FrameKind.RELATIONAL_NOUN:
                    continue
                self._remember((frame.term, -1), bearer)
                for token in self._arguments(hit, frame, [b.bearer for b in bearings]):
                    if (argument := self.drafts.at(token)) is not None:
                        self._remember((frame.term, argument.number), bearer)

    def _remember(self, key: tuple[str, int], draft: Draft) -> None:
        known = self.borne.setdefault(key, [])
        if draft not in known:
            known.append(draft)

    def _arguments(self, hit: NounHit, frame: Frame, bearers: Sequence[int] = ()) -> list[int]:
        return [t for place in frame.arguments for t in noun_arguments(self.syntax, hit, place, self.names, bearers)]

    def _nominal_hit(self, hit: NounHit) -> None:
        node = noun_node(self.syntax, hit)
        if node in self.drafts.by_token or any(f.kind in (FrameKind.COUNT, FrameKind.ACTION_NOUN) for f in hit.frames):
            return
        for bearing in self.bearings.get(hit.head, ()):
            draft = self.drafts.at(bearing.bearer)
            if draft is not None and self._suits(hit, draft, bearing):
                self._bear(hit, draft, bearing)
                return
        definite = self._definite(hit)
        found = self._by_relation(hit) if definite is not False else None
        if found is not None:
            self.drafts.add_mention(found, self._nominal(hit, RELATION_LINK))
            return
        classes = self._classes(hit)
        if definite and not self._has_named_argument(hit) and not self._is_bridge(hit):
            found = self._by_class(hit, classes)
            if found is not None:
                self.drafts.add_mention(found, self._nominal(hit, NOMINAL_LINK))
                return
        if definite is False or self._is_speaker(node):
            self._new_nominal(hit, classes, indefinite=definite is False)

    def _new_nominal(self, hit: NounHit, classes: set[str], *, indefinite: bool) -> None:
        draft = self.drafts.new()
        draft.indefinite = indefinite
        draft.plural = self.syntax.tag[noun_node(self.syntax, hit)] in ("NNS", "NNPS")
        self.drafts.add_mention(draft, self._nominal(hit, 1.0))
        for of_class in sorted(classes):
            if self.drafts.can_be(draft, of_class):
                self.drafts.vote(draft, of_class, BORNE, "its noun")

    def _definite(self, hit: NounHit) -> bool | None:
        """Return True for "the, this, her X" and a bare modifier, False for "a X", None for a bare noun."""
        node = noun_node(self.syntax, hit)
        for child in self.syntax.children[node]:
            if child >= hit.end:
                continue
            if self.syntax.relation[child] == "nmod:poss" or self.syntax.lower[child] in _DEFINITE:
                return True
            if self.syntax.relation[child] in ("det", "nummod") and self.syntax.lower[child] in _INDEFINITE:
                return False
        if self.syntax.relation[node] == "compound" and self._modifies_a_noun(hit):
            return True
        return None

    def _modifies_a_noun(self, hit: NounHit) -> bool:
        """Tell whether another frame noun follows right after: "party leader"."""
        return any(other.start == hit.end for other in self.hits.values())

    def _has_named_argument(self, hit: NounHit) -> bool:
        frames = [f for f in hit.frames if f.kind is FrameKind.RELATIONAL_NOUN and f.bearer is not Argument.OBJECT]
        tokens = [t for frame in frames for t in self._arguments(hit, frame)]
        return any((d := self.drafts.at(t)) is not None and d.named for t in tokens if t != hit.head)

    def _by_relation(self, hit: NounHit) -> Draft | None:
        """Resolve "the X leader" to the one who is known to lead X, "the party leader" to the one who leads a party."""
        for frame in hit.frames:
            if frame.kind is not FrameKind.RELATIONAL_NOUN or frame.bearer is Argument.OBJECT:
                continue
            arguments = [d for t in self._arguments(hit, frame) if (d := self.drafts.at(t)) is not None]
            keys = [(frame.term, d.number) for d in arguments] or [(frame.term, -1)]
            if not arguments and not self._definite(hit):
                continue
            for key in keys:
                known = [d for d in self.borne.get(key, ()) if d.first < hit.start]
                if len(known) == 1:
                    return known[0]
        return None

    def _by_class(self, hit: NounHit, classes: set[str]) -> Draft | None:
        """Return the latest referent before a nominal that is known to be of one of its classes."""
        best: tuple[float, Draft] | None = None
        classes = {c for c in classes if root_class(c, self.ontology) != c}
        owners = set(self.syntax.kids(noun_node(self.syntax, hit), "nmod:poss"))
        plural = self.syntax.tag[noun_node(self.syntax, hit)] in ("NNS", "NNPS")
        blocked = {d.number for t in owners if (d := self.drafts.at(t)) is not None}
        if plural:
            return None
        for draft in self.drafts.items:
            before = [m for m in draft.mentions if m.end <= hit.start]
            if not before or draft.number in blocked or draft.plural:
                continue
            if not any(self.drafts.is_a(draft, c) for c in classes):
                continue
            latest = max(before, key=lambda m: m.end)
            gap = self.syntax.sentence[hit.head] - self.syntax.sentence[latest.head]
            score = (
                -gap
                + (0.5 if draft.named else 0)
                + (0.4 if self._is_subject(latest.head) else 0)
                + 0.0001 * latest.head
            )
            if gap <= 12 and (best is None or score > best[0]):
                best = (score, draft)
        return best[1] if best else None

    def _is_bridge(self, hit: NounHit) -> bool:
        """Tell whether the noun is somebody's in a relation whose object it denotes ("her constituency")."""
        owned = bool(self.syntax.kids(noun_node(self.syntax, hit), "nmod:poss"))
        return owned and any(f.kind is FrameKind.RELATIONAL_NOUN and f.bearer is Argument.OBJECT for f in hit.frames)

    def _bridge(self) -> None:
        """Resolve "her X" to the only named X of the article, when it stands near."""
        for head in sorted(self.hits):
            hit = self.hits[head]
            if noun_node(self.syntax, hit) in self.drafts.by_token or not self._is_bridge(hit):
                continue
            classes = {c for f in hit.frames if f.bearer is Argument.OBJECT and (c := noun_class(f, self.ontology))}
            found = [d for d in self.drafts.items if d.named and any(self.drafts.is_a(d, c) for c in classes)]
            if len(found) != 1:
                continue
            sentence = self.syntax.sentence[head]
            if min(abs(self.syntax.sentence[m.head] - sentence) for m in found[0].mentions) <= _REACH:
                self.drafts.add_mention(found[0], self._nominal(hit, BRIDGE_LINK))

    def _is_subject(self, token: int) -> bool:
        return self.syntax.relation[token].startswith("nsubj")

    def _is_speaker(self, token: int) -> bool:
        return any(speech.speaker == token for speech in self.speech)

    def _plain_nominal(self, token: int) -> None:
        """Make a referent of a speaker who has neither a name nor a frame noun."""
        if self.syntax.pos[token] not in NOMINAL or self.syntax.lower[token] in _NO_NOMINAL:
            return
        start = min(
            [
                token,
                *(
                    c
                    for c in self.syntax.children[token]
                    if self.syntax.relation[c].split(":")[0] in ("det", "amod", "compound", "nummod", "nmod")
                    and c < token
                ),
            ]
        )
        draft = self.drafts.new()
        draft.plural = self.syntax.tag[token] in ("NNS", "NNPS")
        draft.indefinite = self.syntax.lower[start] in _INDEFINITE
        for of_class in sorted(self.lexicon.pronouns.get("he", ())) if not draft.plural else []:
            self.drafts.vote(draft, of_class, FRAMED, "it speaks")
        self.drafts.add_mention(draft, DraftMention(start, token + 1, token, MentionKind.NOMINAL))

    def _speech_at(self, token: int, *, quoted: bool) -> Speech | None:
        inside = [s for s in self.speech if s.start <= token < s.end and (s.quoted or not quoted)]
        return max(inside, key=lambda s: s.start) if inside else None

    def _first_person(self, token: int) -> None:
        speech = self._speech_at(token, quoted=True)
        speaker = self.drafts.at(speech.speaker) if speech is not None and speech.speaker is not None else None
        if speaker is not None and not speaker.plural:
            self.drafts.add_mention(speaker, DraftMention(token, token + 1, token, MentionKind.PRONOUN, PRONOUN_LINK))

    def _pronoun(self, token: int) -> None:
        kind = THIRD[self.syntax.lower[token]]
        best = max(
            ((score, -d.number, d) for d in self.drafts.items if (score := self._fit(token, kind, d)) is not None),
            default=None,
            key=lambda entry: entry[:2],
        )
        if best is None:
            return
        draft = best[2]
        if kind in "mf":
            draft.gender = draft.gender or kind
        self.drafts.add_mention(draft, DraftMention(token, token + 1, token, MentionKind.PRONOUN, PRONOUN_LINK))

    def _fit(self, token: int, kind: str, draft: Draft) -> float | None:
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
        for mention in draft.mentions:
            score = self._position(token, mention)
            if score is not None and (best is None or score > best):
                best = score
        if best is not None and draft.gender == kind:
            best += 1.0
        return best

    def _collective(self, draft: Draft) -> bool:
        wanted = self.lexicon.pronouns.get("it", set())
        return any(self.ontology.is_a(t, c) for t in self.drafts.types(draft) for c in wanted)

    def _position(self, token: int, mention: DraftMention) -> float | None:
        """Score one mention as antecedent: near, a subject, of the same voice; None when out of reach."""
        syntax = self.syntax
        if mention.start >= token or mention.start <= token < mention.end:
            return None
        gap = syntax.sentence[token] - syntax.sentence[mention.head]
        if gap > _REACH or self._same_clause(token, mention.head):
            return None
        outer, inner = self._speech_at(token, quoted=True), self._speech_at(mention.head, quoted=True)
        score = -2.0 * gap
        if outer is not inner:
            score -= 5.0 if inner is not None else 0.0
        if (
            outer is not None
            and outer.speaker is not None
            and self.drafts.at(outer.speaker) is self.drafts.at(mention.head)
        ):
            return None
        if any(s.speaker == token and s.start <= mention.head < s.end for s in self.speech):
            return None
        if self._is_subject(mention.head):
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
            return syntax.head[other] == head and syntax.relation[other] in ("appos", "flat", "compound")
        if syntax.lower[token].endswith(("self", "selves")):
            return False
        return syntax.head[token] == syntax.head[other] and syntax.sentence[token] == syntax.sentence[other]

    # -- the lead -------------------------------------------------------------------------------------

    def _lead(self) -> None:
        """Join the unnamed person of the first sentence with the person whom the next sentence names.

        News leads introduce people by what they are ("A senior judge has …") and name them one sentence later.
        """
        person = self.lexicon.pronouns.get("he", set())
        for draft in list(self.drafts.items):
            if draft.named or not draft.indefinite or draft.plural:
                continue
            opening = draft.mentions[0]
            sentence = self.syntax.sentence[opening.head]
            if (
                sentence > 1
                or not self._is_subject(opening.head)
                or not any(self.drafts.is_a(draft, c) for c in person)
            ):
                continue
            named = self._subject_named_in(sentence + 1, person) or self._only_one_named_in(sentence + 1, draft)
            if named is not None and named.first > opening.end and self.syntax.sentence[named.first] == sentence + 1:
                self.drafts.merge(named, draft, LEAD_LINK)

    def _only_one_named_in(self, sentence: int, draft: Draft) -> Draft | None:
        """Return the only one named in a sentence who is known to be what the unnamed one is."""
        classes = [c for c in self.drafts.types(draft) if root_class(c, self.ontology) != c]
        found = {
            named.number: named
            for name in self.names.names
            if self.syntax.sentence[name.head] == sentence
            and (named := self.drafts.at(name.head)) is not None
            and any(self.drafts.is_a(named, c) for c in classes)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _subject_named_in(self, sentence: int, person: set[str]) -> Draft | None:
        for name in self.names.names:
            if self.syntax.sentence[name.head] != sentence or not self._is_subject(name.head):
                continue
            draft = self.drafts.at(name.head)
            if draft is not None and any(self.drafts.is_a(draft, c) for c in person):
                return draft
        return None


def root_class(of_class: str, ontology: Ontology) -> str | None:
    """Return the class above that pipelines have a label for: a person, whatever the office was."""
    for ancestor in sorted(ontology.ancestors(of_class)):
        term = ontology.classes.get(ancestor)
        if term is not None and term.name_labels:
            return ancestor
    return None
