"""The roles of an event: who and what stands where its noun or its verb names them, and when it takes place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.dating import find_clause_day, find_day, find_near_day
from kg.extract.findings import EventMention, Finding
from kg.extract.matters import Matters
from kg.extract.titles import Titles
from kg.language.arguments import named, noun_arguments, noun_node, verb_arguments
from kg.language.drafts import Draft, Drafts
from kg.language.lexicon import NounHit
from kg.language.times import Times
from kg.language.view import Finder, View
from kg.model import Iri, MentionKind, Value
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument, Place
from kg.vocabulary import XSD

ROLE_CONFIDENCE: Final = 0.9
_PRECISIONS: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Roles(Finder):
    """Finds who plays which role in the events of one article."""

    def __init__(self, view: View, drafts: Drafts, titles: Titles, times: Times) -> None:
        super().__init__(view, drafts)
        self.titles = titles
        self.times = times
        self.matters = Matters(view, drafts, times)

    def find(self, mention: EventMention) -> Iterator[Finding]:
        """Yield what the frames of roles say of the event that a noun or a verb mentions.

        What a verb of its own tells of an event is looked for elsewhere only where it does not say it itself.
        """
        frames = [
            f for f in self.lexicon.roles if f.event is not None and self.ontology.is_a(mention.of_class, f.event)
        ]
        found = [(frame, finding) for frame in frames for finding in self._by_frame(mention, frame)]
        is_verb = mention.frame.kind is FrameKind.EVENT_VERB
        own = {frame.term for frame, _ in found if is_verb and not frame.verbs}
        for frame, finding in found:
            if not frame.verbs or frame.value is not None or frame.term not in own:
                yield finding

    def _by_frame(self, mention: EventMention, frame: Frame) -> Iterator[Finding]:
        wanted = self.ontology.properties[frame.term].range
        if Argument.TIME in frame.arguments:
            yield from self._day(mention, frame)
        elif XSD + "string" in wanted:
            for node in self._governing_verbs(mention, frame) if frame.verbs else self._nodes(mention, frame):
                yield from self._words(mention, frame, node)
        else:
            for object_, governor in self._role_values(mention, frame):
                if isinstance(object_, int):
                    object_ = self._owner(self._title(mention, object_, frame))
                    if not self._suits(mention, frame, object_):
                        continue
                yield self.finding(frame, mention, object_, "role", ROLE_CONFIDENCE, governor)

    def _suits(self, mention: EventMention, frame: Frame, token: int) -> bool:
        wanted = self.ontology.properties[frame.term].range
        draft = self.drafts.at(token)
        if draft is None or (frame.object_class is not None and not self.drafts.is_a(draft, frame.object_class)):
            return False
        known = frame.verbs or not self._is_modifier(mention, token) or self._is_known(draft, wanted)
        return bool(known) and (not wanted or any(self.drafts.suits(draft, c) for c in wanted))

    def _nodes(self, mention: EventMention, frame: Frame) -> list[int]:
        """Return whose arguments a frame asks for: the event's word, where it is the frame's, and nouns in its phrase.

        A participle right after a noun that was read as another object belongs to it: "gave a ruling finding for …".
        """
        if not frame.lemmas:
            return [mention.head]
        found, words = [mention.head], {row[0] for row in frame.lemmas}
        found += [c for c in self.syntax.kids(self.syntax.head[mention.head], "obj") if c == mention.end]
        for node in found:
            found += [c for c in self.syntax.kids(node, "nmod", "obl") if c > node]
            found += [c for c in self.syntax.kids(node, "acl") if self.syntax.tag[c] in ("VBG", "VBN")]
        nouns = (node for node in found[1:] if self.syntax.pos[node] == "NOUN")
        return [node for node in (mention.head, *nouns) if self.syntax.lemma[node] in words]

    def _title(self, mention: EventMention, token: int, frame: Frame) -> int:
        """Return the place of the title that a token names; who is appointed something is appointed to an office."""
        wanted = self.ontology.properties[frame.term].range
        found = self.titles.at(token, wanted)
        made = Argument.COMPLEMENT in frame.arguments and self.syntax.case[token] in ("", "as")
        bare = self.syntax.tag[token] in ("NN", "NNP") and self.syntax.relation[token] != "obl:unmarked"
        if found == token and made and bare and self._is_free(mention, token):
            return self.titles.coin(token, wanted)
        return found

    def _is_free(self, mention: EventMention, token: int) -> bool:
        """Tell whether a noun may name an office, though it is said of somebody: "appointed her Scottish Secretary".

        After a verb that tells of other things too it must be of something known: "named her head of the Rivers Board",
        not "named her as a suspect".
        """
        if mention.frame.requires:
            return self._is_of_something(token)
        draft = self.drafts.at(token)
        return draft is None or not draft.named or self.drafts.by_token[token][1].kind is not MentionKind.NAME

    def _is_of_something(self, token: int) -> bool:
        """Tell whether a noun stands in a relation to something, not to somebody, that is of the class it asks for."""
        hit = self._hit(token)
        if hit is None:
            return False
        found = [d for t in noun_arguments(self.syntax, hit, "of", self.names) if (d := self.drafts.at(t)) is not None]
        relations = [f.term for f in hit.frames if f.kind is FrameKind.RELATIONAL_NOUN]
        ranges = [wanted for term in relations if (wanted := self.ontology.properties[term].range)]
        return any(self.lexicon.are_things(wanted) and self._is_known(d, wanted) for wanted in ranges for d in found)

    def _hit(self, token: int) -> NounHit | None:
        return next((hit for hit in self.hits.values() if noun_node(self.syntax, hit) == token), None)

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
        hit, draft = self._hit(token), self.drafts.at(token)
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
                    for token in verb_arguments(self.syntax, verb, place, self.names) or self._stranded(verb, place):
                        if token != mention.head:
                            yield token, mention.head if done else verb
            return
        governor = mention.head if mention.frame.kind is FrameKind.EVENT_VERB else None
        nodes = self._nodes(mention, frame)
        if frame.value is not None and mention.head in nodes:
            yield self._term(frame), governor
        for place in frame.arguments:
            for node in (*nodes, *self._decided(mention, frame)):
                for token in self._arguments(mention, node, place):
                    yield token, governor

    def _arguments(self, mention: EventMention, node: int, place: Place) -> list[int]:
        """Return what stands in a place of an event's word, or of a noun or an infinitive in its phrase."""
        if node == mention.head and mention.frame.kind is not FrameKind.EVENT_VERB:
            hit = NounHit(mention.start, mention.end, mention.end - 1, (mention.frame,))
            return noun_arguments(self.syntax, hit, place, self.names) or self._places_of_verb(mention, place)
        if self.syntax.pos[node] == "VERB":
            found = verb_arguments(self.syntax, node, place, self.names)
            listed = (c for t in found if node != mention.head for c in self.syntax.conjuncts(t) if self.names.at(c))
            return list(dict.fromkeys((*found, *listed)))
        found = noun_arguments(self.syntax, NounHit(node, node + 1, node, ()), place, self.names)
        participles = self.syntax.kids(node, "acl")  # "a lawsuit filed against X"
        return found + [t for verb in participles for t in verb_arguments(self.syntax, verb, place, self.names)]

    def _decided(self, mention: EventMention, frame: Frame) -> list[int]:
        """Return the infinitives among a frame's words that say what is decided: "voted to impeach X"."""
        words = {row[0] for row in frame.lemmas}
        below = self.syntax.kids(mention.head, "xcomp", "advcl", "acl") if words else ()
        return [c for c in below if self.syntax.lemma[c] in words and self._is_infinitive(c)]

    def _stranded(self, verb: int, place: Place) -> list[int]:
        """Return what a preposition takes that stands alone in a relative clause: "a post which she served in"."""
        alone = [c for c in self.syntax.children[verb] if self.syntax.lower[c] == place and not self.syntax.children[c]]
        pronouns = [c for c in self.syntax.kids(verb, "obj", "obl") if self.syntax.lower[c] in ("which", "that")]
        found = [self.syntax.antecedent(c) for c in pronouns if alone]
        return [named(self.syntax, self.names, t) for t in found if t is not None]

    def _is_infinitive(self, verb: int) -> bool:
        return any(self.syntax.lower[c] == "to" for c in self.syntax.kids(verb, "mark"))

    def _day(self, mention: EventMention, frame: Frame) -> Iterator[Finding]:
        """Yield when an event takes place: what the words that mention it say, or a verb that takes it."""
        verbs = list(self._governing_verbs(mention, frame)) if frame.verbs else [None]
        for governor in verbs:
            node = mention.head if governor is None else governor
            ahead = self._is_ahead(node)
            time = find_day(self.times, [node], ahead=ahead)
            if time is None and governor is None and not ahead:
                time = find_near_day(self.times, node)
                if time is None and mention.frame.kind is FrameKind.EVENT_VERB:
                    time = find_clause_day(self.times, node)
            if time is not None:
                date = time.future if ahead else time.past
                assert date is not None
                value = Value(date, XSD + _PRECISIONS[len(date)])
                verb = node if mention.frame.kind is FrameKind.EVENT_VERB else governor
                yield self.finding(frame, mention, value, "role", ROLE_CONFIDENCE, verb, words=(time.start, time.end))

    def _words(self, mention: EventMention, frame: Frame, node: int) -> Iterator[Finding]:
        """Yield what an event is about in the article's words."""
        words = self.matters.find(node, frame.arguments)
        if words is not None:
            value = Value(" ".join(self.syntax.doc[slice(*words)].text.split()), XSD + "string")
            verb = mention.head if mention.frame.kind is FrameKind.EVENT_VERB else None
            yield self.finding(frame, mention, value, "role", ROLE_CONFIDENCE, verb, words=words)

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
            if any(map(self._is_person, verb_arguments(self.syntax, head, Argument.OBJECT, self.names))):
                return  # who is beaten by 149 votes is not what was voted on
        candidates = [head] if head != node else []
        if self.syntax.relation[node].startswith("acl"):  # "until 2015, when she resigned"
            candidates = [self.syntax.head[head]] if head in self.times.by_token else []
        candidates += self.syntax.kids(node, "acl")
        if mention.frame.kind is FrameKind.EVENT_VERB and self.syntax.tag[node] in ("VBD", "VBN"):  # "voted to pass"
            candidates += [c for c in self.syntax.kids(node, "xcomp", "advcl") if self._is_infinitive(c)]
        for verb in candidates:
            if self.syntax.lemma[verb] in frame.verbs and not self.syntax.kids(node, "cop"):
                yield verb

    def _is_person(self, token: int) -> bool:
        draft = self.drafts.at(token)
        return draft is not None and not self.lexicon.are_things(self.drafts.types(draft))

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
