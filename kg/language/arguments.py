"""Where the arguments of a noun or a verb stand: prepositions, possessors, modifiers, subjects, objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import NounHit
from kg.language.proper_names import Name
from kg.language.syntax import NOMINAL, Syntax
from kg.ontology.terms import Argument, Place

_TRANSPARENT: Final = frozenset('[ ] - – " “ ”'.split())


class NameIndex:
    """Names by their tokens."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.by_token: dict[int, Name] = {i: name for name in names for i in range(name.start, name.end)}
        self.by_start: dict[int, Name] = {name.start: name for name in names}
        self.by_end: dict[int, Name] = {name.end: name for name in names}

    def at(self, token: int) -> Name | None:
        """Return the name that covers a token."""
        return self.by_token.get(token)


def noun_node(syntax: Syntax, hit: NounHit) -> int:
    """Return the token of a frame noun that carries its relations ("master" of "master of the rolls")."""
    return syntax.phrase_head(hit.start, hit.end)


def noun_arguments(
    syntax: Syntax, hit: NounHit, place: Place, names: NameIndex, bearers: Sequence[int] = ()
) -> list[int]:
    """Return the tokens that stand in a place of a noun, coordinated ones included; of names the heads."""
    node = noun_node(syntax, hit)
    if place is Argument.POSSESSOR:
        tokens = _possessors(syntax, node, hit, bearers)
    elif place is Argument.MODIFIER:
        return _modifiers(syntax, hit, names)
    elif isinstance(place, Argument):
        return []
    else:
        tokens = _prepositional(syntax, node, hit, place) or _after_title(syntax, hit, place, names)
    tokens = [c for token in tokens for c in syntax.conjuncts(token) if c == token or syntax.pos[c] in NOMINAL]
    return list(dict.fromkeys(named(syntax, names, t) for t in tokens))


def named(syntax: Syntax, names: NameIndex, token: int) -> int:
    """Return the head of the name at a token, or of the name that stands beside it ("the painter Ada Lund")."""
    if (name := names.at(token)) is not None:
        return name.head
    beside = [name.head for c in syntax.kids(token, "appos", "flat") if c > token and (name := names.at(c)) is not None]
    return beside[0] if beside else token


def _possessors(syntax: Syntax, node: int, hit: NounHit, bearers: Sequence[int]) -> list[int]:
    after = [bearer for bearer in bearers if bearer >= hit.end]
    for owner in dict.fromkeys((node, hit.head, syntax.first_conjunct(node), *after)):
        found = [c for c in syntax.kids(owner, "nmod:poss") if c < hit.start or owner == node]
        if found:
            return [syntax.antecedent(c) or c if syntax.lower[c] == "whose" else c for c in found]
    verb = syntax.head[node]
    had = syntax.relation[node] == "obj" and syntax.lemma[verb] == "have"
    if had and syntax.kids(node, "appos"):  # "she has two sons, X and Y"
        subject = syntax.subject(verb)
        return [subject] if subject is not None else []
    return []


def _prepositional(syntax: Syntax, node: int, hit: NounHit, preposition: str) -> list[int]:
    found = [
        c
        for c in (*syntax.children[node], *(syntax.children[hit.head] if hit.head != node else ()))
        if syntax.case[c] == preposition and c >= hit.end
    ]
    follows = hit.end < len(syntax.lower) and syntax.lower[hit.end] == preposition
    if not found and follows and syntax.relation[hit.end] == "case":
        found = [syntax.head[hit.end]]
    first = syntax.first_conjunct(node)
    if not found and first != node:
        found = []
    if not found:
        found = _shared_by_coordination(syntax, node, preposition)
    return found


def _after_title(syntax: Syntax, hit: NounHit, preposition: str, names: NameIndex) -> list[int]:
    """Return the argument of a title that follows the name: "President X of Y"."""
    name = names.by_start.get(hit.end)
    if name is None or not syntax.word[hit.end - 1][:1].isupper():
        return []
    tokens = [c for c in syntax.children[name.head] if syntax.case[c] == preposition and c >= name.end]
    others = [(token, names.at(token)) for token in tokens]
    return [token for token, other in others if other is not None and not all(vote.guessed for vote in other.votes)]


def _shared_by_coordination(syntax: Syntax, node: int, preposition: str) -> list[int]:
    """ "founder and chair of X": the last noun's argument belongs to the first as well."""
    for conjunct in syntax.conjuncts(node)[1:]:
        if not syntax.kids(conjunct, "appos", "det"):
            found = [c for c in syntax.children[conjunct] if syntax.case[c] == preposition]
            if found:
                return found
    return []


def _modifiers(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[int]:
    """Return what stands before the noun without a preposition, nearest first."""
    found: list[int] = []
    position = hit.start - 1
    while position >= 0 and syntax.sentence[position] == syntax.sentence[hit.head]:
        name = names.at(position)
        if name is not None:
            if not name.affixed:
                found.append(name.head)
            position = name.start - (3 if name.affixed else 1)
        elif syntax.lower[position] == ")" and syntax.lower[max(0, position - 2)] == "(":
            position -= 3
        elif syntax.lower[position] in _TRANSPARENT or _is_plain_adjective(syntax, position):
            position -= 1
        elif syntax.pos[position] == "NOUN" and not found and syntax.relation[position] in ("compound", "nmod", "amod"):
            found.append(position)
            position -= 1
        else:
            break
    return found


def _is_plain_adjective(syntax: Syntax, i: int) -> bool:
    return (
        syntax.pos[i] == "ADJ"
        or (syntax.pos[i] == "VERB" and syntax.relation[i] == "amod")
        or syntax.lower[i] == "then"
    )


def verb_arguments(syntax: Syntax, verb: int, place: Place, names: NameIndex) -> list[int]:
    """Return the tokens in a place of a verb, coordinated ones included: deep subject, deep object, or preposition."""
    if place is Argument.SUBJECT:
        tokens = _agents(syntax, verb)
    elif place is Argument.OBJECT:
        tokens = _patients(syntax, verb)
    elif place is Argument.COMPLEMENT:
        tokens = _complements(syntax, verb)
    elif isinstance(place, Argument):
        return []
    else:
        tokens = [
            c
            for c in syntax.children[verb]
            if syntax.case[c] == place and syntax.relation[c] in ("obl", "nmod", "obl:agent", "xcomp")
        ]
        where = place in ("in", "at") and any(syntax.lower[c] == "where" for c in syntax.kids(verb, "advmod"))
        if where and syntax.relation[verb] == "acl:relcl":
            tokens.append(syntax.head[verb])
        for obj in syntax.kids(verb, "obj") if not tokens else ():
            tokens += [c for c in syntax.children[obj] if syntax.case[c] == place and c == max(syntax.children[obj])]
    resolved = []
    for token in tokens:
        antecedent = syntax.antecedent(token)
        token = token if antecedent is None else _bearer(syntax, names, antecedent)
        resolved += [c for c in syntax.conjuncts(token) if c == token or syntax.pos[c] in NOMINAL]
    return list(dict.fromkeys(named(syntax, names, t) for t in resolved))


def _bearer(syntax: Syntax, names: NameIndex, noun: int) -> int:
    """Return the name that a noun stands beside: "X, an independent who sits for Y"."""
    beside = syntax.relation[noun] == "appos" and names.at(noun) is None and names.at(syntax.head[noun]) is not None
    return syntax.head[noun] if beside else noun


def _agents(syntax: Syntax, verb: int) -> list[int]:
    if syntax.is_passive(verb):
        return [
            c
            for c in syntax.children[verb]
            if syntax.case[c] == "by" and syntax.relation[c].startswith(("obl", "nmod"))
        ]
    subject = syntax.subject(verb)
    return [subject] if subject is not None else []


def _patients(syntax: Syntax, verb: int) -> list[int]:
    if syntax.is_passive(verb):
        subject = syntax.subject(verb)
        return [subject] if subject is not None else []
    objects = syntax.kids(verb, "obj")
    if objects:
        return objects[:1]
    own_subject = any(syntax.relation[c] == "nsubj" for c in syntax.children[verb])
    if any(syntax.case[c] and syntax.lower[c] in ("which", "whom") for c in syntax.children[verb]):
        return []
    if syntax.relation[verb] == "acl:relcl" and own_subject:
        subject = next(c for c in syntax.children[verb] if syntax.relation[c] == "nsubj")
        return (
            [syntax.head[verb]]
            if syntax.antecedent(subject) is None or syntax.lower[subject] not in ("who", "which", "that")
            else []
        )
    return []


def _complements(syntax: Syntax, verb: int) -> list[int]:
    """Return what a verb makes of somebody: "was appointed minister", "appointed her minister"."""
    nouns = [c for c in syntax.kids(verb, "xcomp", "obj", "obl:unmarked") if syntax.pos[c] in ("NOUN", "PROPN")]
    bare = [c for c in nouns if not syntax.case[c] and not syntax.kids(c, "nmod:poss")]
    others = [c for c in syntax.children[verb] if syntax.relation[c] in ("obj", "iobj", "nsubj:pass") and c not in bare]
    return bare[-1:] if others or len(bare) > 1 else []
