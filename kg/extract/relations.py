"""Frames of classes and properties over the syntax of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.extract.findings import CONFIDENCE, Finding, Near
from kg.extract.pairs import NamePairs
from kg.extract.titles import Titles
from kg.language.arguments import named, noun_arguments, noun_node, verb_arguments
from kg.language.coreference import NOMINAL_LINK, RELATION_LINK
from kg.language.drafts import Drafts
from kg.language.lexicon import HYPHENS, NounHit, is_narrower, root_class
from kg.language.predication import Bearing
from kg.language.standing import is_other
from kg.language.view import Finder, View
from kg.model import Iri
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument, Place
from kg.vocabulary import TYPE

_NOT_NARROWER: Final = "the other end is not known to be of the narrower property's class"
_PLACE_FACTOR: Final = {Argument.POSSESSOR: 0.97, Argument.MODIFIER: 0.95}


class RelationMatcher(Finder):
    """Finds what the frames of an ontology say in one article."""

    def __init__(self, view: View, bearings: Mapping[int, Sequence[Bearing]], drafts: Drafts, titles: Titles) -> None:
        super().__init__(view, drafts)
        self.bearings = bearings
        self.titles = titles
        self.near: list[Near] = []

    def find(self) -> Iterator[Finding]:
        """Yield findings of nouns, then of verbs, then of names alone; what nearly fired is kept in `near`.

        Where a property and one above it were found by the same word for the same two, only the narrower stands.
        """
        found = list(self._find())
        narrower = {
            (f.trigger, f.subject, f.object, above)
            for f in found
            for above in self.ontology.ancestors(f.predicate) - {f.predicate}
        }
        yield from (f for f in found if (f.trigger, f.subject, f.object, f.predicate) not in narrower)

    def _find(self) -> Iterator[Finding]:
        for head in sorted(self.hits):
            yield from self._noun(self.hits[head])
        for verb in range(len(self.syntax.lemma)):
            if self.syntax.pos[verb] in ("VERB", "ADJ", "AUX") or self.syntax.tag[verb].startswith("VB"):
                frames = [f for f in self.lexicon.verb_hits(self.syntax, verb) if f.kind is FrameKind.VERB]
                for frame in frames:
                    above = self.ontology.ancestors(frame.term) - {frame.term}
                    yield from self._verb(verb, frame, narrower=any(other.term in above for other in frames))
            if verb > 1 and self.syntax.lower[verb - 1] in HYPHENS:
                yield from self._hyphened(verb)
        pairs = NamePairs(self.view, self.drafts)
        yield from pairs.find()
        self.near += pairs.near

    # -- nouns ----------------------------------------------------------------------------------------

    def _noun(self, hit: NounHit) -> Iterator[Finding]:
        bearings = list(self._bearings(hit))
        related: set[int] = set()
        if not is_other(self.syntax, hit.start, hit.end):
            for frame in hit.frames:
                if frame.kind is FrameKind.CLASS_NOUN:
                    yield from self._class_noun(hit, frame, bearings)
                elif frame.kind is FrameKind.RELATIONAL_NOUN:
                    for finding in self._relational_noun(hit, frame, bearings):
                        related.add(finding.subject)
                        yield finding
                elif frame.kind is FrameKind.ACTION_NOUN:
                    yield from self._action_noun(hit, frame)
        yield from self._titles_of(hit, [bearing for bearing in bearings if bearing.bearer not in related])

    def _titles_of(self, hit: NounHit, bearings: Sequence[Bearing]) -> Iterator[Finding]:
        """Yield what the noun names by itself, for those of whom it says nothing more."""
        frames = [frame for frame in hit.frames if Argument.ITSELF in frame.arguments]
        for frame in frames:
            term = self.ontology.properties[frame.term]
            for bearing in bearings:
                draft = self.drafts.at(bearing.bearer)
                known = bearing.construction != "coreference"
                if draft is not None and known and all(self.drafts.can_be(draft, c) for c in term.domain):
                    title = self.titles.find(hit, term.range[0])
                    yield self._finding(hit, frame, bearing.bearer, frame.term, title, bearing, 1.0)

    def _bearings(self, hit: NounHit) -> Iterator[Bearing]:
        """Yield who bears a noun: by construction, or else by coreference of the nominal itself."""
        bearings = self.bearings.get(hit.head, ())
        yield from bearings
        node = noun_node(self.syntax, hit)
        if not bearings and self.drafts.at(node) is not None and self.drafts.link(node) not in (0.0, RELATION_LINK):
            yield Bearing("coreference", node)

    def _class_noun(self, hit: NounHit, frame: Frame, bearings: Sequence[Bearing]) -> Iterator[Finding]:
        for bearing in bearings:
            draft = self.drafts.at(bearing.bearer)
            if draft is None:
                self._nearly(frame, hit.head, f"no referent for the bearer '{self.syntax.word[bearing.bearer]}'")
            elif not self.drafts.can_be(draft, frame.term):
                self._nearly(
                    frame,
                    hit.head,
                    f"'{draft.label()}' is of a class that excludes {self.ontology.compact(frame.term)}",
                )
            elif (
                bearing.construction != "coreference"
                or not draft.named
                or self.drafts.link(bearing.bearer) == 1.0
                or self.drafts.link(bearing.bearer) > NOMINAL_LINK
            ):
                yield self._finding(hit, frame, bearing.bearer, TYPE, Iri(frame.term), bearing, 1.0)
        if not bearings:
            self._nearly(frame, hit.head, "nobody is said to be it")

    def _relational_noun(self, hit: NounHit, frame: Frame, bearings: Sequence[Bearing]) -> Iterator[Finding]:
        if not bearings:
            self._nearly(frame, hit.head, "nobody is said to bear the noun")
            return
        taken: set[int] = set()
        for bearing in bearings:
            for place in frame.arguments:
                if place is Argument.ITSELF:
                    continue
                tokens = self._tokens(hit, place, bearings, bearing)
                if not isinstance(place, Argument) and frame.bearer is not Argument.OBJECT:
                    tokens = self._own(frame, bearing.bearer, [each.bearer for each in bearings], tokens)
                for token in tokens:
                    if token == bearing.bearer or (token in taken and place is Argument.MODIFIER):
                        continue
                    yield from self._related(hit, frame, bearing, token, place)

    def _tokens(self, hit: NounHit, place: Place, bearings: Sequence[Bearing], bearing: Bearing) -> list[int]:
        """Return what stands in a place of a noun for one of its bearers: "Presidents A of X and B of Y"."""
        if len(bearings) > 1 and not isinstance(place, Argument):
            own = {
                b.bearer: [c for c in self.syntax.children[b.bearer] if self.syntax.case[c] == place]
                for b in bearings
                if b.construction == "title"
            }
            last = max(own, default=None)
            if last is not None and any(own.values()):
                shared = own[last] if [b for b, found in own.items() if found] == [last] else []
                return [named(self.syntax, self.names, c) for c in own.get(bearing.bearer) or shared]
        return noun_arguments(self.syntax, hit, place, self.names, [b.bearer for b in bearings])

    def _own(self, frame: Frame, subject: int, subjects: Sequence[int], objects: Sequence[int]) -> list[int]:
        """Return what of several objects is whose of several subjects, if each has one: "A and B, MPs for X and Y"."""
        objects, ordered = [o for o in dict.fromkeys(objects) if o not in subjects], sorted(dict.fromkeys(subjects))
        if min(len(objects), len(ordered)) < 2 or not self.ontology.properties[frame.term].functional:
            return objects
        return [objects[ordered.index(subject)]] if len(ordered) == len(objects) else []

    def _related(self, hit: NounHit, frame: Frame, bearing: Bearing, token: int, place: Place) -> Iterator[Finding]:
        subject, object_ = (token, bearing.bearer) if frame.bearer is Argument.OBJECT else (bearing.bearer, token)
        factor = _PLACE_FACTOR.get(place, 1.0) if isinstance(place, Argument) else 1.0
        fits = self._fits(frame, subject, object_, strict=place is Argument.MODIFIER)
        if fits is not None:
            self._nearly(frame, hit.head, fits)
        elif frame.object_class is not None and not self._is_of(token, frame.object_class):
            self._nearly(frame, hit.head, _NOT_NARROWER)
        elif place is Argument.MODIFIER and (self._is_word(hit, frame, token) or self._better_fit(hit, frame, token)):
            self._nearly(frame, hit.head, "another frame of the noun fits its modifier better")
        elif is_narrower(self.ontology, hit, frame) and not self._is_known(frame, token):
            self._nearly(frame, hit.head, _NOT_NARROWER)
        else:
            yield self._finding(hit, frame, subject, frame.term, object_, bearing, factor)

    def _is_of(self, token: int, of_class: str) -> bool:
        draft = self.drafts.at(token)
        return draft is not None and self.drafts.is_a(draft, of_class)

    def _is_word(self, hit: NounHit, frame: Frame, token: int) -> bool:
        """Tell whether a modifier is a word that another frame of the noun asks for: "Democratic" of a president."""
        if frame.object_class is not None:
            return False
        name = self.names.at(token)
        if name is None or name.text not in self.lexicon.name_words:
            return False
        nearer = any(t > token for t in noun_arguments(self.syntax, hit, Argument.MODIFIER, self.names))
        nearer = nearer and self.lexicon.name_words[name.text][0] not in self.ontology.properties[frame.term].range
        asked = [f.object_class for f in hit.frames if f.term != frame.term and f.object_class is not None]
        return nearer or any(self._is_of(token, of_class) for of_class in asked)

    def _finding(
        self,
        hit: NounHit,
        frame: Frame,
        subject: int,
        predicate: str,
        object_: int | Iri,
        bearing: Bearing,
        factor: float,
    ) -> Finding:
        return Finding(
            frame=frame,
            subject=subject,
            predicate=predicate,
            object=object_,
            trigger=hit.head,
            start=hit.start,
            end=hit.end,
            construction=bearing.construction,
            confidence=CONFIDENCE[bearing.construction] * factor,
            governor=bearing.governor,
            former=frame.former,
        )

    def _is_known(self, frame: Frame, token: int) -> bool:
        term = self.ontology.properties[frame.term]
        draft = self.drafts.at(token)
        wanted = term.domain if frame.bearer is Argument.OBJECT else term.range
        return draft is not None and any(self.drafts.is_a(draft, c) for c in wanted)

    def _better_fit(self, hit: NounHit, frame: Frame, token: int) -> bool:
        """Tell whether a modifier is known to be what another frame of the noun wants, and not what this one wants."""
        draft = self.drafts.at(token)
        if draft is None:
            return False
        if self._is_wanted(frame, token):
            return False
        others = [
            f
            for f in hit.frames
            if f.kind is FrameKind.RELATIONAL_NOUN and f.term != frame.term and Argument.MODIFIER in f.arguments
        ]
        return any(self._is_wanted(other, token) for other in others) or (bool(others) and not self.drafts.types(draft))

    def _is_wanted(self, frame: Frame, token: int) -> bool:
        term = self.ontology.properties[frame.term]
        wanted = term.domain if frame.bearer is Argument.OBJECT else term.range
        draft = self.drafts.at(token)
        return draft is not None and any(
            self.drafts.is_a(draft, c) or (self.drafts.types(draft) and self._under_root(draft.number, c))
            for c in wanted
        )

    def _under_root(self, number: int, wanted: str) -> bool:
        """Tell whether a class is below a class that a draft is known to be of (an organisation may be a party)."""
        draft = next(d for d in self.drafts.items if d.number == number)
        return any(self.ontology.is_a(wanted, t) for t in self.drafts.types(draft)) and self.drafts.can_be(
            draft, wanted
        )

    def _action_noun(self, hit: NounHit, frame: Frame) -> Iterator[Finding]:
        subjects = [t for place in frame.subject for t in noun_arguments(self.syntax, hit, place, self.names)]
        objects = [t for place in frame.object for t in noun_arguments(self.syntax, hit, place, self.names)]
        if not subjects or not objects:
            self._nearly(frame, hit.head, "no subject" if not subjects else "no object")
        for subject in subjects:
            for object_ in objects:
                fits = self._fits(frame, subject, object_)
                if fits is None:
                    yield self._finding(hit, frame, subject, frame.term, object_, Bearing("action noun", subject), 1.0)
                else:
                    self._nearly(frame, hit.head, fits)

    # -- verbs ----------------------------------------------------------------------------------------

    def _verb(self, verb: int, frame: Frame, *, narrower: bool) -> Iterator[Finding]:
        subjects = [t for place in frame.subject for t in verb_arguments(self.syntax, verb, place, self.names)]
        objects = [t for place in frame.object for t in verb_arguments(self.syntax, verb, place, self.names)]
        objects = objects or self._of_fixed_noun(verb, frame)
        wanted = self.ontology.properties[frame.term].range
        objects = [self.titles.at(t, wanted) if self.drafts.at(t) is None else t for t in objects]
        objects = [t for t in objects if t < 0 or not self.syntax.kids(t, "nummod")]
        if not subjects or not objects:
            self._nearly(frame, verb, "no subject" if not subjects else "no object")
        for subject in dict.fromkeys(subjects):
            for object_ in self._own(frame, subject, subjects, objects):
                fits = self._fits(frame, subject, object_)
                asked = frame.object_class
                if fits is None and asked is not None and not self._is_of(object_, asked):
                    fits = _NOT_NARROWER
                if fits is None and narrower and not self._is_known(frame, object_):
                    fits = _NOT_NARROWER
                if fits is not None:
                    self._nearly(frame, verb, fits)
                    continue
                yield Finding(
                    frame, subject, frame.term, object_, verb, verb, verb + 1, "verb", CONFIDENCE["verb"], verb,
                    frame.former,
                )  # fmt: skip

    def _of_fixed_noun(self, verb: int, frame: Frame) -> list[int]:
        """Return the arguments of the noun that belongs to a verb: "sits on the board of X", "joined X's board"."""
        fixed = {word for row in frame.lemmas for word in row[1:]}
        found: list[int] = []
        for noun in self.syntax.children[verb]:
            if self.syntax.lemma[noun] in fixed and self.syntax.pos[noun] == "NOUN":
                hit = NounHit(noun, noun + 1, noun, (frame,))
                found += [t for place in frame.object for t in noun_arguments(self.syntax, hit, place, self.names)]
        return found

    def _hyphened(self, verb: int) -> Iterator[Finding]:
        """Yield what a participle says with a name before its hyphen: "the X-based firm", "X-born Y"."""
        syntax = self.syntax
        place = self.names.by_end.get(verb - 1)
        if place is None or syntax.doc[verb - 2].whitespace_ or syntax.head[verb] <= verb:
            return
        for frame in self.lexicon.verb_hits(syntax, verb):
            local = frame.kind is FrameKind.VERB and {"in", "at"} & {*frame.object} and Argument.OBJECT in frame.subject
            subject = self.names.at(syntax.head[verb])
            token = syntax.head[verb] if subject is None else subject.head
            if local and self._fits(frame, token, place.head) is None:
                yield Finding(
                    frame, token, frame.term, place.head, verb, place.start, verb + 1, "verb", CONFIDENCE["verb"]
                )

    # -- fit --------------------------------------------------------------------------------------------

    def _fits(self, frame: Frame, subject: int, object_: int, *, strict: bool = False) -> str | None:
        """Return None when both ends exist, differ and suit domain and range; else what stopped the frame."""
        a, b = self.drafts.at(subject), self.drafts.at(object_)
        term = self.ontology.properties[frame.term]
        if a is None or b is None:
            return f"no referent for '{self.syntax.word[subject if a is None else object_]}'"
        if a is b:
            return "subject and object are the same"
        for draft, classes, end in ((a, term.domain, "subject"), (b, term.range, "object")):
            if classes and not any(self.drafts.suits(draft, c) for c in classes):
                return f"the {end} '{draft.label('it')}' is not {' or '.join(map(self.ontology.compact, classes))}"
            if (strict or not self._has_names(classes)) and draft.named and not self.drafts.types(draft):
                return f"the class of '{draft.label('it')}' is not known"
        return None

    def _has_names(self, classes: Sequence[str]) -> bool:
        """Tell whether a name of unknown class may be of one of these: pipelines name such, or anything will do."""
        return not classes or any(root_class(c, self.ontology) is not None for c in classes)

    def _nearly(self, frame: Frame, trigger: int, reason: str) -> None:
        self.near.append(Near(frame, trigger, reason))
