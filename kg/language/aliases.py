"""Other names that a text itself tells of a thing: "X, née Y", "X, better known as Y", "the town that was called Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.language.arguments import NameIndex, named
from kg.language.modality import clause_status
from kg.language.name_cues import NameCues
from kg.language.proper_names import Name
from kg.language.syntax import Syntax
from kg.model import Status

_RENAME: Final = frozenset("rename rebrand rechristen retitle redesignate".split())
_CALL: Final = frozenset("call name nickname dub christen codename".split())
_AT_ONCE: Final = _RENAME | frozenset("know nickname dub christen codename".split())
"""Verbs of naming that tell a name whenever they are said; "was called Y" may be said in anger."""
_PERFORM: Final = frozenset("fight fought box wrestle write publish blog record rap".split())
"""What people do under a name of their choice. Who sings, acts or performs as somebody mostly plays a part."""
_TIMES: Final = frozenset(
    "formerly previously originally initially once now then later currently today still until till before first "
    "subsequently afterwards sometimes often also commonly usually generally popularly officially locally".split()
)
_BIRTH: Final = frozenset({"née", "nee", "né"})
_ALIAS: Final = frozenset({"alias", "aka", "a.k.a.", "a.k.a", "a/k/a"})
_FORMERLY: Final = frozenset({"formerly", "previously", "originally"})
_NAMES: Final = frozenset("name pseudonym nickname moniker alias".split())
_WHOLE: Final = frozenset("maiden real birth full stage pen ring legal original former old married proper".split())
"""Words before "name" that tell of a name as a whole, or of a surname: a first name names nobody."""
_SURNAMES: Final = frozenset({"maiden", "married"})
_TAKE: Final = frozenset("take adopt assume use".split())
_CHANGE: Final = frozenset("change alter switch".split())
_REFLEXIVE: Final = frozenset("itself himself herself themselves".split())
_ENDS: Final = frozenset({",", ")", ".", ";", ":", "and", "or", "–", "—"})


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is told of what one of the tokens `bearers` refers to, the likeliest first.

    `cue` is the word that tells it. `sure` says that it does so whatever a tagger makes of the two names; `personal`
    that only a person (True), or no person (False), is called so; `surname` that one word stands for a surname.
    `outer` is the head of the phrase that the first of the bearers is part of, where that may be meant instead.
    """

    bearers: tuple[int, ...]
    name: Name
    cue: str
    sure: bool = True
    personal: bool | None = None
    surname: bool = False
    outer: int | None = None


def find_aliases(syntax: Syntax, names: NameIndex) -> list[Alias]:
    """Return the other names that a text tells, in text order, one for each name."""
    found: dict[int, Alias] = {}
    for alias in _Finder(syntax, names).find():
        bearers = tuple(b for b in dict.fromkeys(alias.bearers) if not alias.name.start <= b < alias.name.end)
        listed = syntax.lower[alias.name.end : alias.name.end + 1] in (["and"], ["&"])
        several = listed and any(syntax.kids(bearer, "conj") for bearer in bearers)
        if bearers and not several:  # "A and B, known as C and D"
            found.setdefault(alias.name.head, replace(alias, bearers=bearers))
    return [found[head] for head in sorted(found)]


class _Finder:
    def __init__(self, syntax: Syntax, names: NameIndex) -> None:
        self.syntax = syntax
        self.names = names
        self.cues = NameCues(syntax, names)

    def find(self) -> Iterator[Alias]:
        for i, word in enumerate(self.syntax.lower):
            lemma, tag = self.syntax.lemma[i], self.syntax.tag[i]
            if word in _BIRTH or word in _ALIAS or word in _FORMERLY:
                yield from self._beside(i, word)
            elif word == "born":
                yield from self._born(i)
            elif tag.startswith("VB") and (lemma == "know" or lemma in _RENAME or lemma in _CALL):
                yield from self._called(i, lemma)
            elif lemma == "go" or lemma in _PERFORM:
                yield from self._performs(i, "by" if lemma == "go" else "as")
            elif lemma in _NAMES and tag == "NN":
                yield from self._by_noun(i)

    # -- a cue between two names ---------------------------------------------------------------------------------

    def _beside(self, cue: int, word: str) -> Iterator[Alias]:
        """X, née Y; X alias Y; X (formerly Y)."""
        stop = word == "a.k.a" and self.syntax.lower[cue + 1 : cue + 2] == ["."]
        name, before = self.cues.name_at(cue + 1 + stop), self.cues.before(cue)
        if name is None or before is None:
            return
        bearers = (before.name.head,)
        if word in _BIRTH:
            yield Alias(bearers, name, word, personal=True, surname=True)
        elif word in _ALIAS:
            yield Alias(bearers, name, word, sure=before.whole, outer=before.outer)
        elif self.syntax.lower[self.cues.after_quotes(name.end)] in _ENDS and before.marked:
            yield Alias(bearers, name, word, sure=False, outer=before.outer)

    def _born(self, verb: int) -> Iterator[Alias]:
        """X (born Y); X was born Y."""
        name = self.cues.name_at(verb + 1)
        if name is None or " " not in name.text:
            return
        if self.syntax.kids(verb, "aux:pass", "aux", "cop"):
            bearers = self._subject(verb)
        else:
            before = self.cues.before(verb)
            bearers = (before.name.head,) if before is not None else ()
        yield Alias(bearers, name, "born", sure=False, personal=True)

    # -- verbs of naming -----------------------------------------------------------------------------------------

    def _called(self, verb: int, lemma: str) -> Iterator[Alias]:
        """X, formerly known as Y; the town that was called Y until 1991; they renamed X Y."""
        syntax = self.syntax
        name = self._complement(verb, lemma)
        if name is None or not self._is_said(verb):
            return
        objects = [c for c in syntax.kids(verb, "obj") if c != name.head and c < name.start]
        if objects and syntax.lower[objects[0]] in _REFLEXIVE and lemma != "name":
            yield Alias(self._subject(verb), name, lemma)
        elif objects and lemma in _RENAME and not syntax.is_passive(verb):
            yield Alias((named(syntax, self.names, objects[0]),), name, lemma)
        elif not objects and syntax.tag[verb] in ("VBN", "VBD") and syntax.is_passive(verb):
            yield from self._participle(verb, name, lemma)

    def _participle(self, verb: int, name: Name, lemma: str) -> Iterator[Alias]:
        """Tell whom "known as Y" belongs to: the name before it and its comma, or what the tree hangs it on."""
        syntax = self.syntax
        if syntax.kids(verb, "aux:pass", "aux"):
            if lemma in _AT_ONCE or self._is_lasting(verb, lemma):
                yield Alias(self._subject(verb), name, lemma)
            return
        before = self.cues.before(verb)
        fronted = syntax.relation[verb] == "advcl" and syntax.head[verb] > verb
        attached = self._subject(verb) if syntax.relation[verb] != "advcl" or fronted else ()
        if before is not None and before.apart and (before.whole or lemma not in _CALL):
            yield Alias((before.name.head, *attached), name, lemma, sure=before.whole, outer=before.outer)
        elif attached and self.names.at(attached[0]) is None:  # no name takes "called Y" without a comma
            yield Alias(attached, name, lemma)

    def _complement(self, verb: int, lemma: str) -> Name | None:
        """Return the name that a verb of naming gives: after "as" that of "know", right behind the others."""
        syntax, after = self.syntax, verb + 1
        if lemma == "know":
            listed = [c for c in syntax.children[verb] if syntax.case[c] == "as" and c > verb]
            found = [name for c in listed if (name := self.cues.whole(c)) is not None]
            if found or syntax.lower[after : after + 1] != ["as"]:
                return found[0] if found else None
            return self.cues.name_at(after + 1)
        if syntax.lower[after : after + 1] and syntax.lower[after] in _REFLEXIVE:
            return self.cues.name_at(after + 1)
        made = [c for c in syntax.kids(verb, "xcomp", "obj", "obl") if c > verb and c != self._object(verb)]
        for child in made if lemma in _RENAME else ():
            if syntax.case[child] in ("", "as", "to") and (name := self.cues.whole(child)) is not None:
                return name
        return self.cues.name_at(after)

    def _object(self, verb: int) -> int | None:
        """Return the object of an active verb that makes something of it."""
        objects = self.syntax.kids(verb, "obj")
        return objects[0] if objects and not self.syntax.is_passive(verb) else None

    def _is_lasting(self, verb: int, lemma: str) -> bool:
        """Tell whether "was called Y" tells a name that X had for a time, or that all use."""
        syntax = self.syntax
        near = {syntax.lower[c] for c in syntax.children[verb]} | {syntax.case[c] for c in syntax.children[verb]}
        near |= {syntax.lower[m] for c in syntax.kids(verb, "advcl") for m in syntax.kids(c, "mark", "advmod")}
        return bool(_TIMES & near) or (lemma == "call" and syntax.relation[verb] == "acl:relcl")

    def _is_said(self, verb: int) -> bool:
        """Tell whether the text says it as it is: not denied, planned, wanted or asked."""
        wanted = self.syntax.relation[verb] == "xcomp" and bool(self.syntax.kids(verb, "mark"))
        return clause_status(self.syntax, verb)[0] is Status.ASSERTED and not wanted

    def _performs(self, verb: int, preposition: str) -> Iterator[Alias]:
        """X fought as Y until 1990; X goes by Y."""
        for child in self.syntax.kids(verb, "obl"):
            name = self.cues.whole(child) if self.syntax.case[child] == preposition and child > verb else None
            if name is not None and self._is_said(verb) and not self.syntax.is_passive(verb):
                yield Alias(self._subject(verb), name, self.syntax.lemma[verb], sure=False, personal=True)

    # -- the noun "name" -----------------------------------------------------------------------------------------

    def _by_noun(self, noun: int) -> Iterator[Alias]:
        """X, whose real name is Y; under her maiden name of Y; X changed its name from Y; X (real name Y)."""
        syntax, verb = self.syntax, self.syntax.head[noun]
        owner = next(iter(syntax.kids(noun, "nmod:poss")), None)
        kinds = {syntax.lower[c] for c in syntax.children[noun] if syntax.relation[c] in ("amod", "compound")}
        if not kinds <= _WHOLE:
            return
        surname = bool(kinds & _SURNAMES)
        personal = self._gender(owner)
        if syntax.relation[noun] == "obj" and syntax.lemma[verb] in _CHANGE and owner is not None:
            changed = self._changed(verb, noun) if self._is_said(verb) else []
            bearers = self._changing(verb, owner)
            yield from (Alias(bearers, each, "change", personal=personal) for each in changed)
        elif syntax.relation[noun].startswith("nsubj") and owner is not None and syntax.kids(verb, "cop"):
            name = self.cues.headed(verb) if self._is_said(verb) else None
            if name is not None and (kinds or syntax.lower[owner] == "whose"):
                yield Alias((self._owner(owner),), name, "name", personal=personal, surname=surname)
        elif (name := self._given(noun)) is not None:
            bearers = self._whose(noun, owner, kinds)
            yield Alias(bearers, name, "name", sure=owner is not None, personal=personal, surname=surname)

    def _gender(self, owner: int | None) -> bool | None:
        """Tell whether the name is a person's by the pronoun before it."""
        word = self.syntax.lower[owner] if owner is not None else ""
        return True if word in ("his", "her") else False if word == "its" else None

    def _changed(self, verb: int, noun: int) -> list[Name]:
        children = [c for node in (verb, noun) for c in self.syntax.children[node]]
        found = [self.cues.whole(c) for c in children if self.syntax.case[c] in ("from", "to")]
        return [name for name in found if name is not None]

    def _changing(self, verb: int, owner: int) -> tuple[int, ...]:
        """Return whose name is changed: whose it is, or who changes "its name", unless that may be another's."""
        if self.syntax.pos[owner] != "PRON":
            return (self._owner(owner),)
        other = self.syntax.relation[verb] == "conj" and self.syntax.kids(self.syntax.head[verb], "obj")
        return () if other else self._subject(verb)

    def _given(self, noun: int) -> Name | None:
        """Return the name that follows the noun: "the name Y", "her maiden name of Y", "his real name, Y"."""
        after = noun + 1
        after += self.syntax.lower[after : after + 1] in (["of"], [","])
        return self.cues.name_at(after)

    def _whose(self, noun: int, owner: int | None, kinds: set[str]) -> tuple[int, ...]:
        """Return who bears the name of a phrase such as "under her maiden name", "took the name"."""
        syntax, verb = self.syntax, self.syntax.head[noun]
        if owner is None and kinds and not syntax.kids(noun, "det"):  # "X (real name Y)"
            before = self.cues.before(noun - len(kinds))
            return (before.name.head,) if before is not None else ()
        if owner is not None and syntax.lower[owner] not in ("his", "her", "its", "their"):
            return (self._owner(owner),)
        spoken = syntax.pos[verb] != "VERB" or self._is_said(verb)
        if not spoken:
            return ()
        own = (owner,) if owner is not None else ()
        if syntax.case[noun] in ("under", "by"):
            before = self.cues.before(verb)
            if syntax.lemma[verb] == "know" and before is not None:
                return (before.name.head, *own)
            if owner is None and syntax.case[noun] == "by" and syntax.lemma[verb] not in ("go", "know"):
                return ()
            return (
                own
                if own and syntax.is_passive(verb) and syntax.lemma[verb] != "know"
                else (*self._subject(verb), *own)
            )
        others = [c for node in (verb, noun) for c in syntax.children[node] if syntax.case[c] == "for"]
        takes = syntax.relation[noun] == "obj" and syntax.lemma[verb] in _TAKE and not others
        return self._subject(verb) if takes else ()

    # -- who it is -----------------------------------------------------------------------------------------------

    def _owner(self, token: int) -> int:
        antecedent = self.syntax.antecedent(token) if self.syntax.lower[token] == "whose" else None
        return self._of_name(token if antecedent is None else antecedent)

    def _subject(self, verb: int) -> tuple[int, ...]:
        """Return the subject of a verb, the noun that its relative clause belongs to, as the head of its name."""
        subject = self.syntax.subject(verb)
        if subject is None:
            return ()
        antecedent = self.syntax.antecedent(subject)
        return (self._of_name(subject if antecedent is None else antecedent),)

    def _of_name(self, token: int) -> int:
        """Return the head of the name that a noun is said of ("X, the town"), the noun where there is none."""
        head = named(self.syntax, self.names, token)
        above = self.syntax.head[token]
        if self.names.at(head) is None and self.syntax.relation[token] == "appos" and self.names.at(above) is not None:
            return named(self.syntax, self.names, above)
        return head
