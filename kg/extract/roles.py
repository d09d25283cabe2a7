"""The roles of an event: who and what stands where its noun or its verb names them, and when it takes place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.dating import find_day
from kg.extract.findings import EventMention, Finding
from kg.extract.titles import Titles
from kg.language.arguments import noun_arguments, noun_node, verb_arguments
from kg.language.drafts import Draft, Drafts
from kg.language.lexicon import NounHit
from kg.language.standing import DURATIONS
from kg.language.times import Times
from kg.language.view import Finder, View
from kg.model import Iri, Value
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument, Place
from kg.vocabulary import XSD

ROLE_CONFIDENCE: Final = 0.9
_MOST_WORDS: Final = 20
"""How many words of what an event is about are kept."""
_AIMING: Final = frozenset({"seek", "aim", "ask", "propose", "try", "call"})
_PRECISIONS: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Roles(Finder):
    """Finds who plays which role in the events of one article."""

    def __init__(self, view: View, drafts: Drafts, titles: Titles, times: Times) -> None:
        super().__init__(view, drafts)
        self.titles = titles
        self.times = times

    def find(self, mention: EventMention) -> Iterator[Finding]:
        """Yield what the frames of roles say of the event that a noun or a verb mentions."""
        for frame in self.lexicon.roles:
            if frame.event is None or not self.ontology.is_a(mention.of_class, frame.event):
                continue
            wanted = self.ontology.properties[frame.term].range
            if Argument.TIME in frame.arguments:
                yield from self._day(mention, frame)
                continue
            if XSD + "string" in wanted:
                yield from self._words(mention, frame)
                continue
            for object_, governor in self._role_values(mention, frame):
                if isinstance(object_, int):
                    object_ = self._owner(self._title(object_, frame))
                    draft = self.drafts.at(object_)
                    known = frame.verbs or not self._is_modifier(mention, object_)
                    if frame.object_class is not None and (
                        draft is None or not self.drafts.is_a(draft, frame.object_class)
                    ):
                        continue
                    if (
                        draft is None
                        or not (known or self._is_known(draft, wanted))
                        or (wanted and not any(self.drafts.suits(draft, c) for c in wanted))
                    ):
                        continue
                yield self.finding(frame, mention, object_, "role", ROLE_CONFIDENCE, governor)

    def _title(self, token: int, frame: Frame) -> int:
        """Return the place of the title that a token names; who is appointed something is appointed to an office."""
        wanted = self.ontology.properties[frame.term].range
        found = self.titles.at(token, wanted)
        made = Argument.COMPLEMENT in frame.arguments and self.syntax.case[token] in ("", "as")
        bare = self.syntax.tag[token] in ("NN", "NNP") and self.syntax.relation[token] != "obl:unmarked"
        draft = self.drafts.at(token)
        if found == token and made and bare and (draft is None or not draft.named):
            return self.titles.coin(token, wanted)
        return found

    def _is_modifier(self, mention: EventMention, token: int) -> bool:
        """Tell whether a token stands before an event's noun without a preposition: "the X vote"."""
        hung = self.syntax.head[token] == mention.head
        return hung and token < mention.start and self.syntax.relation[token] in ("compound", "amod", "nmod")

    def _is_known(self, draft: Draft, wanted: Sequence[str]) -> bool:
        """Tell whether more than the tagger shows that something is of one of the classes."""
        firm = [vote.of_class for vote in draft.votes if not vote.guessed]
        return not wanted or any(self.ontology.is_a(c, w) for c in firm for w in wanted)

    def _owner(self, token: int) -> int:
        """Return for whom an unnamed thing stands that may play a role: "the government of X survived" is about X."""
        hit = next((hit for hit in self.hits.values() if noun_node(self.syntax, hit) == token), None)
        draft = self.drafts.at(token)
        if hit is None or (draft is not None and draft.named):
            return token
        classes = [f.term for f in hit.frames if f.kind is FrameKind.CLASS_NOUN]
        if not any(self.ontology.classes[c].metonym for c in classes):
            return token
        before = self.names.by_end.get(hit.start)
        owners = [c for c in self.syntax.children[token] if self.syntax.case[c] == "of"]
        owners += [before.head] if before is not None and before.adjectival else []
        return next((c for c in owners if self.names.at(c) is not None), token)

    def _role_values(self, mention: EventMention, frame: Frame) -> Iterator[tuple[int | Iri | Value, int | None]]:
        if frame.verbs:
            for verb in self._governing_verbs(mention, frame):
                done = mention.frame.kind is FrameKind.EVENT_VERB and self.syntax.head[verb] == mention.head
                if frame.value is not None:
                    yield self._term(frame), mention.head if done else verb
                for place in frame.arguments if frame.value is None else ():
                    for token in verb_arguments(self.syntax, verb, place, self.names):
                        if token != mention.head:
                            yield token, mention.head if done else verb
            return
        is_verb = mention.frame.kind is FrameKind.EVENT_VERB
        for place in frame.arguments:
            if is_verb:
                tokens = verb_arguments(self.syntax, mention.head, place, self.names)
                tokens += self._objects_of_infinitive(mention.head) if place == "to" else []
            else:
                hit = NounHit(mention.start, mention.end, mention.end - 1, (mention.frame,))
                tokens = noun_arguments(self.syntax, hit, place, self.names)
                tokens = tokens or self._places_of_verb(mention, place)
            for token in tokens:
                yield token, mention.head if is_verb else None

    def _objects_of_infinitive(self, verb: int) -> list[int]:
        """Return whom what is decided is done to: "voted to impeach X"."""
        clauses = [c for c in self.syntax.kids(verb, "xcomp", "advcl") if self._is_infinitive(c)]
        found = [t for c in clauses[:1] for t in verb_arguments(self.syntax, c, Argument.OBJECT, self.names)]
        found += [c for t in found for c in self.syntax.conjuncts(t) if c not in found and self.names.at(c) is not None]
        return [t for t in found if (draft := self.drafts.at(t)) is not None and self.drafts.types(draft)]

    def _is_infinitive(self, verb: int) -> bool:
        return any(self.syntax.lower[c] == "to" for c in self.syntax.kids(verb, "mark"))

    def _day(self, mention: EventMention, frame: Frame) -> Iterator[Finding]:
        """Yield when an event takes place: what the words that mention it say, or a verb that takes it."""
        verbs = list(self._governing_verbs(mention, frame)) if frame.verbs else [None]
        for governor in verbs:
            node = mention.head if governor is None else governor
            time = find_day(self.times, [node], ahead=self._is_ahead(node))
            if time is not None:
                date = time.future if self._is_ahead(node) else time.past
                assert date is not None
                value = Value(date, XSD + _PRECISIONS[len(date)])
                verb = node if mention.frame.kind is FrameKind.EVENT_VERB else governor
                yield self.finding(frame, mention, value, "role", ROLE_CONFIDENCE, verb, words=(time.start, time.end))

    def _words(self, mention: EventMention, frame: Frame) -> Iterator[Finding]:
        """Yield what an event is about in the article's words: a phrase after a preposition, or what "to" opens."""
        node = mention.head
        for child in map(self._aim, self.syntax.children[node]):
            infinitive = self.syntax.relation[child] in ("xcomp", "advcl", "acl", "ccomp")
            opening = next((self.syntax.lower[c] for c in self.syntax.kids(child, "mark")), "")
            place = opening if infinitive else self.syntax.case[child]
            number = self.syntax.pos[child] == "NUM" or bool(self.syntax.kids(child, "nummod"))
            if (
                place not in frame.arguments
                or (number and not infinitive)
                or self.names.at(child) is not None
                or child in self.times.by_token
                or self.syntax.lemma[child] in DURATIONS
            ):
                continue
            aside = {i for c in self.syntax.kids(child, "advcl", "parataxis") for i in self.syntax.subtree(c)}
            tokens = [i for i in self.syntax.subtree(child) if i > node and i not in aside]
            comma = next((k for k, i in enumerate(tokens) if self.syntax.lower[i] == ","), len(tokens))
            tokens = tokens[:comma]
            if not tokens:
                continue
            first = next((k for k, i in enumerate(tokens) if self.syntax.lower[i] == place), -1) + 1
            start, end = tokens[min(first, len(tokens) - 1)], tokens[-1] + 1
            end = min(end, start + _MOST_WORDS)
            while end > start + 1 and self.syntax.pos[end - 1] == "PUNCT":
                end -= 1
            value = Value(" ".join(self.syntax.doc[start:end].text.split()), XSD + "string")
            verb = node if mention.frame.kind is FrameKind.EVENT_VERB else None
            yield self.finding(frame, mention, value, "role", ROLE_CONFIDENCE, verb, words=(start, end))
            return

    def _aim(self, child: int) -> int:
        """Return the infinitive of "seeking to close …", "asking to …", the word itself where it is none of these."""
        if self.syntax.relation[child] == "acl" and self.syntax.lemma[child] in _AIMING:
            return next((c for c in self.syntax.kids(child, "xcomp") if self.syntax.kids(c, "mark")), child)
        return child

    def _is_ahead(self, node: int) -> bool:
        """Tell whether a verb speaks of what will be: "will be held on Thursday", "is to resign in May"."""
        below = [self.syntax.lower[c] for c in self.syntax.kids(node, "aux", "mark")]
        return not {"will", "'ll", "’ll", "to", "shall", "would", "could", "may", "might", "should"}.isdisjoint(below)

    def _places_of_verb(self, mention: EventMention, place: Place) -> list[int]:
        """Return what a preposition of the verb names that decides the event: "it failed in the Senate by 44 votes"."""
        node = self.syntax.first_conjunct(mention.head)
        verb = self.syntax.head[node]
        decides = any(
            self.syntax.lemma[verb] in frame.verbs and self.ontology.is_a(mention.of_class, frame.event)
            for frame in self.lexicon.roles
            if frame.event is not None
        )
        if isinstance(place, Argument) or not decides or node == verb or self.syntax.relation[node].startswith("acl"):
            return []
        return verb_arguments(self.syntax, verb, place, self.names)

    def _term(self, frame: Frame) -> Iri | Value:
        assert frame.value is not None
        term = self.ontology.properties[frame.term]
        if term.datatype:
            return Value(frame.value, term.range[0] if term.range else XSD + "string")
        return Iri(frame.value)

    def _governing_verbs(self, mention: EventMention, frame: Frame) -> Iterator[int]:
        """Yield the verbs of a role frame that take the event as their subject, object or other argument."""
        node = self.syntax.first_conjunct(mention.head)
        head = self.syntax.head[node]
        if self.syntax.case[node] == "by" and self.syntax.kids(node, "nummod"):
            head = next((i for i in self.syntax.ancestors(node) if self.syntax.pos[i] == "VERB"), head)
        candidates = [head] if head != node else []
        if self.syntax.relation[node].startswith("acl"):
            candidates = []
        candidates += self.syntax.kids(node, "acl")
        if mention.frame.kind is FrameKind.EVENT_VERB and self.syntax.tag[node] in ("VBD", "VBN"):  # "voted to pass"
            candidates += [c for c in self.syntax.kids(node, "xcomp", "advcl") if self._is_infinitive(c)]
        for verb in candidates:
            if self.syntax.lemma[verb] in frame.verbs:
                yield verb

    def finding(
        self,
        frame: Frame,
        mention: EventMention,
        object_: int | Iri | Value,
        construction: str,
        confidence: float,
        governor: int | None,
        predicate: str | None = None,
        words: tuple[int, int] | None = None,
    ) -> Finding:
        """Make a finding about the event of a mention."""
        return Finding(
            frame=frame,
            subject=mention.head,
            predicate=predicate or frame.term,
            object=object_,
            trigger=mention.head,
            start=mention.start,
            end=mention.end,
            construction=construction,
            confidence=confidence,
            governor=governor,
            words=words,
        )
