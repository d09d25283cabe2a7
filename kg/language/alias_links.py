"""Joins the other names that a text tells of a thing with the names that it uses for it."""

from __future__ import annotations

from typing import Final

from kg.language.aliases import Alias, find_aliases
from kg.language.arguments import noun_node
from kg.language.drafts import Draft, Drafts
from kg.language.lexicon import noun_class
from kg.language.view import Finder, View

_IT: Final = frozenset({"it", "its", "they", "their", "them"})
"""What is not known well enough to stand for one thing and no other."""


class AliasLinks(Finder):
    """The aliases of one article. First those told of names are joined, at last those told of nouns and pronouns."""

    def __init__(self, view: View, drafts: Drafts) -> None:
        super().__init__(view, drafts)
        self.aliases = find_aliases(view.syntax, view.names)
        self._persons = sorted(view.lexicon.pronouns.get("he", ()))

    def join_names(self) -> None:
        """Join the aliases of names, before short forms are: a surname of birth has them too."""
        for alias in self._of_names():
            self._join(alias, sure=alias.sure)

    def join_nouns(self) -> None:
        """Join the aliases of nouns and of he and she where these are known to stand for something of their kind."""
        told = self._of_names()
        for alias in self.aliases:
            if alias not in told and not self._is_modified(alias.bearers[0]):
                self._join(alias, sure=False)

    def _is_modified(self, noun: int) -> bool:
        """Tell whether a name before a noun says which it is: "a Norland town" is no Norland."""
        return any(self.names.at(c) is not None and c < noun for c in self.syntax.kids(noun, "compound", "amod"))

    def _of_names(self) -> list[Alias]:
        return [alias for alias in self.aliases if self.names.at(alias.bearers[0]) is not None]

    def _join(self, alias: Alias, *, sure: bool) -> None:
        for token in alias.bearers:
            bearer, other = self.drafts.at(token), self.drafts.at(alias.name.head)
            if bearer is None or other is None or bearer is other:
                continue
            first = alias.outer if token == alias.bearers[0] else None
            if first is not None and not self._is_inner(first, bearer, other):
                continue
            known = sure or (first is not None and alias.cue == "know")
            if bearer.named and self.syntax.lower[token] not in _IT and self._fits(bearer, other, alias, sure=known):
                self._take(bearer, other, alias)
                return

    def _take(self, bearer: Draft, other: Draft, alias: Alias) -> None:
        """Give a draft its alias: with all that bears it, or one mention where a fuller name has taken it."""
        text = alias.name.text
        own = other.label() == text
        aliases = {text}
        if alias.surname and _is_surname(text):
            whole = _with_surname(bearer.label(), text)
            if whole is None:
                return
            own, aliases = False, {text, whole}
        bearer.names.extend(name for name in sorted(aliases, key=len, reverse=True) if name not in bearer.names)
        bearer.aliases |= aliases
        if own:
            self.drafts.merge(bearer, other)
        else:
            self.drafts.move(self.drafts.by_token[alias.name.head][1], other, bearer)

    def _fits(self, bearer: Draft, other: Draft, alias: Alias, *, sure: bool) -> bool:
        """Tell whether nothing that is known of the two forbids that they are one.

        What the tagger alone says of one is not believed against a sure cue. An unsure one wants both to be known.
        """
        if None not in (known := (bearer.individual, other.individual)) and known[0] != known[1]:
            return False
        if alias.personal and not sure:
            return self._is_person(bearer) and self._is_person(other)
        if alias.personal is False and self._is_person(bearer) and not (bearer.guessed and " " not in bearer.names[0]):
            return False
        types = self.drafts.types(other)
        if all(self.drafts.can_be(bearer, t) for t in types):
            return sure or bool(types and self.drafts.types(bearer))
        return sure and (bearer.guessed or other.guessed)

    def _is_inner(self, outer: int, bearer: Draft, other: Draft) -> bool:
        """Tell whether "the head of X, known as Y" tells of X and not of the head: that is a person, they are none."""
        hit = next((hit for hit in self.hits.values() if noun_node(self.syntax, hit) == outer), None)
        classes = {c for frame in hit.frames if (c := noun_class(frame, self.ontology))} if hit is not None else set()
        people = bool(classes) and all(self.ontology.is_a(c, p) for c in classes for p in self._persons)
        return people and not self._is_person(bearer) and not self._is_person(other)

    def _is_person(self, draft: Draft) -> bool:
        return any(self.drafts.is_a(draft, c) for c in self._persons)


def _is_surname(text: str) -> bool:
    """Tell whether a name is one word, particles before it not counted: "Lund", "van der Berg"."""
    *before, _ = text.split()
    return all(word.islower() for word in before)


def _with_surname(name: str, surname: str) -> str | None:
    """Return a full name with another surname, None where it is no full name or has that surname already.

    >>> _with_surname("Ada van der Berg", "Lund"), _with_surname("Berg", "Lund"), _with_surname("Ada Lund-Berg", "Lund")
    ('Ada Lund', None, None)
    """
    *given, last = name.split()
    while given and given[-1].islower():
        given.pop()
    if not given or surname in {*given, *last.split("-")}:
        return None
    return " ".join([*given, surname])
