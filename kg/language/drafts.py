"""Referents in the making: what coreference has put together so far, with the votes for its class."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.language.arbitration import KNOWN, Vote, arbitrate
from kg.language.proper_names import Name
from kg.model import MentionKind
from kg.ontology.ontology import Ontology

APPOSED, BORNE, FRAMED = 3.0, 2.0, 1.5
"""Weights of a vote: a class noun said of it, a noun borne by it, the place that it fills in a frame."""


@dataclass(slots=True, eq=False)
class DraftMention:
    """Tokens [start, end) with head, the form, and how sure the link to its referent is (0 to 1)."""

    start: int
    end: int
    head: int
    kind: MentionKind
    link: float = 1.0


@dataclass(slots=True, eq=False)
class Draft:
    """A referent that grows: names, mentions, votes, and what pronouns told.

    `aliases` are those of its names that the text tells beside the one that it uses ("formerly known as Y").
    """

    number: int
    names: list[str] = field(default_factory=list)
    mentions: list[DraftMention] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    gender: str | None = None
    plural: bool = False
    individual: str | None = None
    indefinite: bool = False
    aliases: set[str] = field(default_factory=set)

    @property
    def named(self) -> bool:
        """Tell whether a proper name was seen."""
        return bool(self.names)

    @property
    def first(self) -> int:
        """The first token of the first mention."""
        return min(mention.start for mention in self.mentions)

    @property
    def guessed(self) -> bool:
        """Tell whether only the tagger, or a name's last word, speaks for what it is."""
        return all(vote.guessed for vote in self.votes)

    def forget_individual(self) -> None:
        """Take it for another thing of the same name as the known individual."""
        self.individual = None
        self.votes = [vote for vote in self.votes if vote.weight != KNOWN]

    def label(self, words: str = "") -> str:
        """Return the fullest name that is no alias, or the words given when there is no name."""
        names = [name for name in self.names if name not in self.aliases] or self.names
        return max(names, key=lambda name: (len(name.split()), len(name), name)) if names else words


class Drafts:
    """All drafts of one article, found by token."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.items: list[Draft] = []
        self._made = self._beside = 0
        self.by_token: dict[int, tuple[Draft, DraftMention]] = {}
        self._types: dict[int, tuple[int, tuple[str, ...]]] = {}

    def new(self) -> Draft:
        """Add an empty draft."""
        self._made += 1
        draft = Draft(self._made)
        self.items.append(draft)
        return draft

    def add_name(self, draft: Draft, name: Name) -> None:
        """Add a name as a mention; an adjective of nationality is a mention but no name."""
        if not name.adjectival and name.text not in draft.names:
            draft.names.append(name.text)
        draft.votes.extend(name.votes)
        draft.individual = draft.individual or name.individual
        self.add_mention(draft, DraftMention(name.titled_start, name.end, name.head, MentionKind.NAME))

    def add_mention(self, draft: Draft, mention: DraftMention) -> None:
        """Add a mention and index its tokens; tokens that are taken stay with their first owner."""
        draft.mentions.append(mention)
        for token in (
            (mention.head, *range(mention.start, mention.end)) if mention.kind is MentionKind.NAME else (mention.head,)
        ):
            self.by_token.setdefault(token, (draft, mention))

    def add_beside(self, draft: Draft, mention: DraftMention) -> int:
        """Add a mention whose words are another's too; return where it is found: below zero, where no token stands."""
        self._beside -= 1
        self.by_token[self._beside] = (draft, mention)
        draft.mentions.append(mention)
        return self._beside

    def at(self, token: int) -> Draft | None:
        """Return the draft that a token refers to."""
        found = self.by_token.get(token)
        return found[0] if found else None

    def link(self, token: int) -> float:
        """Return how sure the link of the mention at a token is; 0 when it has none."""
        found = self.by_token.get(token)
        return found[1].link if found else 0.0

    def merge(self, into: Draft, other: Draft, link: float = 1.0) -> None:
        """Move all of one draft into another; `link` weakens the moved mentions."""
        if into is other:
            return
        into.names.extend(name for name in other.names if name not in into.names)
        into.votes.extend(other.votes)
        into.aliases |= other.aliases
        into.gender = into.gender or other.gender
        into.individual = into.individual or other.individual
        for mention in other.mentions:
            mention.link = min(mention.link, link)
            into.mentions.append(mention)
        for token, (draft, mention) in list(self.by_token.items()):
            if draft is other:
                self.by_token[token] = (into, mention)
        self.items.remove(other)

    def move(self, mention: DraftMention, from_draft: Draft, to_draft: Draft) -> None:
        """Give one mention of a draft to another; a draft without mentions is gone."""
        from_draft.mentions.remove(mention)
        to_draft.mentions.append(mention)
        for token, (_, found) in list(self.by_token.items()):
            if found is mention:
                self.by_token[token] = (to_draft, mention)
        if not from_draft.mentions:
            to_draft.names.extend(name for name in from_draft.names if name not in to_draft.names)
            self.items.remove(from_draft)

    def vote(self, draft: Draft, of_class: str, weight: float, reason: str) -> None:
        """Give a draft one more reason to be of a class."""
        draft.votes.append(Vote(of_class, weight, reason))

    def types(self, draft: Draft) -> tuple[str, ...]:
        """Return the classes of a draft, most specific, sorted; the classes with the most weight behind them win.

        Votes for a class and for its ancestors add up; what is disjoint with a stronger class is dropped.
        """
        cached = self._types.get(draft.number)
        if cached is not None and cached[0] == len(draft.votes):
            return cached[1]
        kept = arbitrate(draft.votes, self.ontology)
        self._types[draft.number] = (len(draft.votes), kept)
        return kept

    def can_be(self, draft: Draft, of_class: str) -> bool:
        """Tell whether nothing that is known of a draft forbids a class."""
        return all(self.ontology.compatible(t, of_class) for t in self.types(draft))

    def suits(self, draft: Draft, of_class: str) -> bool:
        """Tell whether a draft may stand where a class is wanted: it is of it, or of one that the class narrows."""
        types = self.types(draft)
        if not types:
            return True
        ontology = self.ontology
        near = any(ontology.is_a(t, of_class) or ontology.is_a(of_class, t) for t in types)
        return (near or draft.individual is not None) and self.can_be(draft, of_class)

    def is_a(self, draft: Draft, of_class: str) -> bool:
        """Tell whether a draft is known to be of a class."""
        return any(self.ontology.is_a(t, of_class) for t in self.types(draft))
