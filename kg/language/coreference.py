"""Which mentions of an article refer to the same thing: names, borne nouns, nominals, pronouns.

By rule, in the order of precision (in the spirit of the sieves of Lee et al. 2013): names, what they are called besides
and in short, then nouns said of them, then pronouns and nominals from left to right. Links carry how sure they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from kg.language.antecedents import Links
from kg.language.arguments import noun_arguments, noun_node, verb_arguments
from kg.language.drafts import APPOSED, BORNE, FRAMED, Draft, DraftMention, Drafts
from kg.language.gender import BY_TITLE, gender_of
from kg.language.lead import join_lead
from kg.language.lexicon import NounHit, noun_class, root_class
from kg.language.owners import is_of_others, is_ours, words_before
from kg.language.predication import Bearing
from kg.language.pronouns import FIRST, REACH, THIRD, Pronouns
from kg.language.quotations import Speech
from kg.language.shortforms import link_names, link_organisations, link_short_organisations
from kg.language.standing import FORMER, noun_modifiers, standing
from kg.language.syntax import NOMINAL
from kg.language.view import Finder, View
from kg.language.votes import FrameVotes
from kg.model import MentionKind, Status
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument

NO_NOMINAL: Final = frozenset(THIRD) | {"who", "that", "which", "what", "we", "you"}
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "both"})
_INDEFINITE: Final = frozenset({"a", "an", "one", "another", "some", "several", "many", "two", "three"})
NOMINAL_LINK, RELATION_LINK, BRIDGE_LINK = 0.82, 0.86, 0.8
"""How sure the links of nominals are: by class, by a known relation, by bridging."""
_OUTRIGHT: Final = frozenset({"apposition", "copula", "title"})
"""The constructions that say what somebody is in so many words."""
_TEXTS: Final = frozenset(
    "note report statement letter paper study email message post tweet poll survey document memo text article "
    "editorial website source announcement release account review research analysis inquiry court law sign it".split()
)
"""What speaks without being a person."""
_PREMODIFIERS: Final = ("det", "amod", "compound", "nummod", "nmod")
_NOMINAL_REACH: Final = 20
"""How many sentences back a nominal may reach."""


class Coreference(Finder):
    """Resolves the mentions of one article; `drafts` holds the result."""

    def __init__(
        self, view: View, bearings: Mapping[int, Sequence[Bearing]], speech: Sequence[Speech], links: Links
    ) -> None:
        super().__init__(view, Drafts(view.lexicon.ontology))
        self.bearings = bearings
        self.speech = speech
        self.links = links
        self.speakers = frozenset(s.speaker for s in speech if s.speaker is not None)
        self.borne: dict[tuple[str, int], list[Draft]] = {}
        self.present: set[int] = set()

    def resolve(self) -> Drafts:
        """Run all sieves and return the drafts."""
        aliases = link_names(self.view, self.drafts)
        self._genders_from_titles()
        self._bear_nouns()
        votes = FrameVotes(self.view, self.drafts)
        votes.by_nouns()
        votes.by_verbs()
        link_organisations(self.drafts, self.lexicon)
        link_short_organisations(self.drafts, self.lexicon)
        self._left_to_right()
        aliases.join_nouns()
        self._bridge()
        join_lead(self.syntax, self.lexicon, self.names.names, self.drafts)
        return self.drafts

    def _genders_from_titles(self) -> None:
        for name in self.names.names:
            word = self.syntax.lower[name.start - 1].strip(".") if name.start else ""
            draft = self.drafts.at(name.head)
            if draft is not None and word in BY_TITLE:
                draft.gender = draft.gender or BY_TITLE[word]

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
        """Return the classes that a noun tells by itself; those of its relations only when it has none of its own."""
        own = {frame.term for frame in hit.frames if frame.kind in (FrameKind.CLASS_NOUN, FrameKind.EVENT_NOUN)}
        return own or {c for frame in hit.frames if (c := noun_class(frame, self.ontology))}

    def _bear(self, hit: NounHit, draft: Draft, bearing: Bearing) -> None:
        """Add a noun to its bearer; it tells the class only where the article itself says so of the present."""
        node = noun_node(self.syntax, hit)
        modifiers = noun_modifiers(self.syntax, hit.start, node)
        stands = standing(self.syntax, hit.head, self.speech, governor=bearing.governor, modifiers=modifiers)
        if stands.status is not Status.ASSERTED:
            return
        if stands.qualification is None or stands.qualification.kind is None:
            self.present.add(hit.head)
        draft.gender = draft.gender or gender_of(self.syntax.lemma[hit.head])
        if self.drafts.at(node) is None and hit.head not in self.names.by_token:
            self.drafts.add_mention(draft, self._nominal(hit, 1.0))
        for frame in hit.frames:
            of_class = noun_class(frame, self.ontology)
            if of_class and stands.qualification is not None:
                of_class = root_class(of_class, self.ontology)
            outright = frame.kind is FrameKind.CLASS_NOUN and bearing.construction in _OUTRIGHT
            if outright and of_class and self._is_namesake(hit, draft, of_class):
                draft.forget_individual()
            addressed = bearing.construction == "title" and len(draft.votes) > 1 and draft.guessed
            unsure = outright and (self._is_unsure(draft, of_class or "") or self._is_described(hit, draft, bearing))
            if of_class and (self.drafts.can_be(draft, of_class) or unsure or addressed):
                weight = APPOSED if frame.kind is FrameKind.CLASS_NOUN else BORNE
                self.drafts.vote(draft, of_class, weight, frame.name)

    def _is_unsure(self, draft: Draft, of_class: str) -> bool:
        """Tell whether the tagger alone speaks for what a draft is, and may err: it knows people from things."""
        if not draft.guessed:
            return False
        things = self.lexicon.are_things({of_class, *(vote.of_class for vote in draft.votes)})
        return things or any(self.ontology.compatible(vote.of_class, of_class) for vote in draft.votes)

    def _is_namesake(self, hit: NounHit, draft: Draft, of_class: str) -> bool:
        """Tell whether "X, a village in Y" is another X than the known country."""
        if draft.individual is None or self._definite(hit) is not False or not self.lexicon.are_things({of_class}):
            return False
        known = self.ontology.individuals[draft.individual].types
        return not any(self.ontology.is_a(a, b) for c in known for a, b in ((c, of_class), (of_class, c)))

    def _is_described(self, hit: NounHit, draft: Draft, bearing: Bearing) -> bool:
        """Tell whether "X, a harbour, …" or "X, the harbour, …" says what X is; the tagger alone thinks otherwise.

        Not where the noun belongs to another one ("X, a harbour pilot"), or more than a bare name speaks for a person.
        """
        node = noun_node(self.syntax, hit)
        whole = self.syntax.relation[node] not in ("compound", "amod", "nmod:poss", "nmod:desc")
        bare = draft.gender is None and len(draft.names) == 1 and draft.guessed
        owned = bool(self.syntax.kids(node, "nmod:poss"))
        thing = self._definite(hit) is not None and not owned and self.lexicon.are_things(self._classes(hit))
        return bearing.construction == "apposition" and thing and whole and bare

    def _nominal(self, hit: NounHit, link: float) -> DraftMention:
        node = noun_node(self.syntax, hit)
        start = hit.start
        for child in self.syntax.children[node]:
            if child < start and self.syntax.relation[child].split(":")[0] in _PREMODIFIERS:
                start = min(start, self.syntax.reach(child)[0])
        return DraftMention(start, hit.end, node, MentionKind.NOMINAL, link)

    # -- pronouns and nominals -------------------------------------------------------------------------

    def _left_to_right(self) -> None:
        """Resolve relation nominals last, when all bearers are known; pronouns may stand on any."""
        self._index_borne()
        self._index_verbs()
        pronouns = Pronouns(self.syntax, self.lexicon, self.drafts, self.speech, self.links)
        for i in range(len(self.syntax.lower)):
            if i in self.drafts.by_token:
                continue
            if self.syntax.lower[i] in THIRD or self.syntax.lower[i] in FIRST:
                pronouns.resolve(i)
            elif i in self.hits:
                self._nominal_hit(self.hits[i])
            if i not in self.drafts.by_token and self._is_speaker(i):
                self._plain_nominal(i)

    def _index_borne(self) -> None:
        """Remember who bears which relation to whom, for "the X leader"."""
        for head, bearings in self.bearings.items():
            hit = self.hits[head]
            bearer = next((d for b in bearings if (d := self.drafts.at(b.bearer)) is not None), None)
            if bearer is None or head not in self.present:
                continue
            for frame in hit.frames:
                if frame.kind is not FrameKind.RELATIONAL_NOUN:
                    continue
                self._remember((frame.term, -1), bearer)
                for token in self._arguments(hit, frame, [b.bearer for b in bearings]):
                    if (argument := self.drafts.at(token)) is not None:
                        self._remember((frame.term, argument.number), bearer)

    def _index_verbs(self) -> None:
        """Remember who stands in which relation to whom by a verb: who founded it is its founder."""
        for verb in range(len(self.syntax.lower)):
            if self.syntax.pos[verb] != "VERB":
                continue
            for frame in self.lexicon.verb_hits(self.syntax, verb):
                if frame.kind is FrameKind.VERB:
                    subjects, objects = (
                        [
                            d
                            for p in places
                            for t in verb_arguments(self.syntax, verb, p, self.names)
                            if (d := self.drafts.at(t))
                        ]
                        for places in (frame.subject, frame.object)
                    )
                    for subject in subjects[:1]:
                        self._remember((frame.term, -1), subject)
                        for object_ in objects[:1]:
                            self._remember((frame.term, object_.number), subject)

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
        if definite and self._is_past(hit):
            return
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

    def _is_past(self, hit: NounHit) -> bool:
        """Tell whether "former" or the like stands before the noun: it takes up none who is known to be it now."""
        modifiers = noun_modifiers(self.syntax, hit.start, noun_node(self.syntax, hit))
        return any(self.syntax.lower[i] in FORMER for i in modifiers)

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
            tokens = self._arguments(hit, frame)
            arguments = [d for t in tokens if (d := self.drafts.at(t)) is not None]
            keys = [(frame.term, d.number) for d in arguments] or [(frame.term, -1)]
            is_told = any(words_before(token, self.syntax, self.names) for token in tokens)
            if not arguments and (is_told or not self._definite(hit)):
                continue
            for key in keys:
                known = [d for d in self.borne.get(key, ()) if d.first < hit.start]
                if len(known) == 1 and any(self.drafts.suits(known[0], c) for c in self._classes(hit)):
                    return known[0]
        return None

    def _by_class(self, hit: NounHit, classes: set[str]) -> Draft | None:
        """Return the nearest, most spoken of referent before a nominal that has been called by its noun.

        Its name ends with the noun, or the noun was said of it; else it is known to be of one of the noun's classes.
        """
        node = noun_node(self.syntax, hit)
        if self.syntax.tag[node] in ("NNS", "NNPS") or is_ours(hit, self.syntax):
            return None
        owners = set(self.syntax.kids(node, "nmod:poss"))
        blocked = {d.number for t in owners if (d := self.drafts.at(t)) is not None}
        named = words_before(node, self.syntax, self.names)
        narrow = {c for c in classes if root_class(c, self.ontology) not in (c, None)}
        best: tuple[float, Draft] | None = None
        for draft in self.drafts.items:
            before = [m for m in draft.mentions if m.end <= hit.start]
            if not before or draft.number in blocked or draft.plural:
                continue
            if named and named.isdisjoint(word for name in draft.names for word in name.split()):
                continue
            called = draft.named and self._is_called(draft, before, node) and self._can_be_any(draft, classes)
            if not called and not any(self.drafts.is_a(draft, c) for c in narrow):
                continue
            score = self._nearness(hit, draft, max(before, key=lambda m: m.end))
            if score is None or (best is not None and score + 0.6 * called <= best[0]):
                continue
            if not self._is_of_others(hit, draft):
                best = (score + 0.6 * called, draft)
        return best[1] if best else None

    def _is_called(self, draft: Draft, before: Sequence[DraftMention], node: int) -> bool:
        """Tell whether a draft's name ends with a noun, or the noun was said of it before."""
        lemma = self.syntax.lemma[node]
        if any(name.split()[-1].lower() == lemma for name in draft.names if " " in name):
            return True
        return any(m.kind is MentionKind.NOMINAL and self.syntax.lemma[m.head] == lemma for m in before)

    def _can_be_any(self, draft: Draft, classes: set[str]) -> bool:
        return any(self.drafts.can_be(draft, c) for c in classes)

    def _nearness(self, hit: NounHit, draft: Draft, latest: DraftMention) -> float | None:
        """Score how likely a nominal takes up a draft by where that stood last; None when it is too far back."""
        gap = self.syntax.sentence[hit.head] - self.syntax.sentence[latest.head]
        if gap > _NOMINAL_REACH:
            return None
        return (
            -gap
            + (0.5 if draft.named else 0)
            + (0.4 if self._is_subject(latest.head) else 0)
            + 0.3 * math.log(len(draft.mentions))
            + (0.4 if self.syntax.sentence[draft.first] <= 1 else 0)
            - (0.8 if self.syntax.relation[latest.head] in ("compound", "nmod:poss") else 0)
            + 0.0001 * latest.head
        )

    def _is_bridge(self, hit: NounHit) -> bool:
        """Tell whether the noun is somebody's in a relation whose object it denotes ("her ship")."""
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
            if len(found) != 1 or self._is_of_others(hit, found[0]):
                continue
            sentence = self.syntax.sentence[head]
            if min(abs(self.syntax.sentence[m.head] - sentence) for m in found[0].mentions) <= REACH:
                self.drafts.add_mention(found[0], self._nominal(hit, BRIDGE_LINK))

    def _is_of_others(self, hit: NounHit, draft: Draft) -> bool:
        return is_of_others(hit, draft, self.syntax, self.drafts, self.lexicon.pronouns.get("he", ()))

    def _is_subject(self, token: int) -> bool:
        return self.syntax.relation[token].startswith("nsubj")

    def _is_speaker(self, token: int) -> bool:
        return token in self.speakers

    def _plain_nominal(self, token: int) -> None:
        """Make a referent of a speaker who has neither a name nor a frame noun."""
        if self.syntax.pos[token] not in NOMINAL or self.syntax.lower[token] in NO_NOMINAL:
            return
        children = (c for c in self.syntax.children[token] if c < token)
        start = min([token, *(c for c in children if self.syntax.relation[c].split(":")[0] in _PREMODIFIERS)])
        draft = self.drafts.new()
        draft.plural = self.syntax.tag[token] in ("NNS", "NNPS")
        draft.indefinite = self.syntax.lower[start] in _INDEFINITE
        speaks = not draft.plural and self.syntax.lemma[token] not in _TEXTS
        for of_class in sorted(self.lexicon.pronouns.get("he", ())) if speaks else []:
            self.drafts.vote(draft, of_class, FRAMED, "it speaks")
        self.drafts.add_mention(draft, DraftMention(start, token + 1, token, MentionKind.NOMINAL))
