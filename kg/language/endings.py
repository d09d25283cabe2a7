"""Whether what a noun says somebody is has ended by what stands around it: "X, the director until 2017"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.language.modality import clause_status
from kg.language.syntax import Syntax
from kg.model import Status

ENDINGS: Final = frozenset(
    "resignation departure dismissal removal ouster ousting death assassination sacking retirement overthrow fall "
    "abdication exit demise".split()
)
DURATIONS: Final = frozenset("year month decade week day long".split())
DISMISS: Final = frozenset("dismiss sack fire oust remove depose unseat".split())
GIVE_UP: Final = frozenset("lose forfeit vacate".split())
LEAVE: Final = frozenset("resign retire quit".split())
STEP: Final = frozenset("step stand".split())
DOWN: Final = frozenset("down aside".split())
ENDING: Final = LEAVE | STEP | DISMISS | {"suspend", "replace"}
"""Verbs that end what they are followed by: "resigned as", "was replaced as"."""
DIE: Final = frozenset("die perish".split())
KILL: Final = frozenset("kill murder assassinate execute".split())
PAST: Final = frozenset("previous last former".split())
PAST_AUX: Final = frozenset("has have had was were been is 's".split())
_OF_NAME: Final = frozenset("appos flat compound".split())


def has_ended(syntax: Syntax, noun: int, *, resignable: bool, single: bool) -> bool:
    """Tell whether what a noun presupposes of somebody no longer holds, as far as its sentence says.

    `resignable` tells that it is a post; that and what is `single`, such as a seat, ends with a life.
    """
    tests = (_until, _is_of_ending, _for_years, _is_dismissed)
    return (
        any(test(syntax, noun) for test in tests)
        or ((resignable or single) and _acts(syntax, noun, _dies))
        or (resignable and (_acts(syntax, noun, _leaves) or _is_of_past(syntax, noun)))
    )


def _until(syntax: Syntax, noun: int) -> bool:
    """Tell of "the director until 2017", "until now the director"."""
    after = syntax.lower[noun + 1 : noun + 2]
    return after in (["until"], ["till"]) or any(syntax.case[c] in ("until", "till") for c in syntax.children[noun])


def _is_of_ending(syntax: Syntax, noun: int) -> bool:
    """Tell of the title in "the resignation of Governor X", "President X's death"."""
    node = noun
    for head in syntax.ancestors(noun):
        owner = syntax.relation[node] == "nmod:poss" or syntax.case[node] == "of"
        if owner and syntax.lemma[head] in ENDINGS:
            return True
        if syntax.pos[head] != "PROPN":
            return False
        node = head
    return False


def _for_years(syntax: Syntax, noun: int) -> bool:
    """Tell of "for twelve years the director": whether it is still so is not said."""
    before = syntax.reach(noun)[0] - 1
    while before >= 0 and syntax.lower[before] in (",", "then"):
        before -= 1
    if before < 1 or syntax.lemma[before] not in DURATIONS or syntax.sentence[before] != syntax.sentence[noun]:
        return False
    start = syntax.reach(before)[0]
    return syntax.lower[start] == "for" or syntax.case[before] == "for"


def _is_dismissed(syntax: Syntax, noun: int) -> bool:
    """Tell of the noun that a verb of dismissing takes as its object: "sacked her finance minister"."""
    verb = syntax.head[noun]
    ends = syntax.lemma[verb] in DISMISS | GIVE_UP
    return ends and syntax.relation[noun] in ("obj", "nsubj:pass") and _is_done(syntax, verb)


def _is_done(syntax: Syntax, verb: int) -> bool:
    """Tell whether no auxiliary but one of the past stands with a verb."""
    return all(syntax.lower[c] in PAST_AUX for c in syntax.children[verb] if syntax.relation[c].startswith("aux"))


def _acts(syntax: Syntax, noun: int, does: Callable[[Syntax, int], bool]) -> bool:
    """Tell whether who bears a noun has done something: "X, the director, resigned", "director X was sacked"."""
    node = noun
    while syntax.relation[node].split(":")[0] in _OF_NAME and syntax.head[node] != node:
        node = syntax.head[node]
    if syntax.relation[node] not in ("nsubj", "nsubj:pass"):
        return False
    verbs = (verb for verb in syntax.conjuncts(syntax.head[node]) if syntax.subject(verb) == node)
    return any(does(syntax, verb) and _is_so(syntax, verb) for verb in verbs)


def _dies(syntax: Syntax, verb: int) -> bool:
    return syntax.lemma[verb] in (KILL if syntax.is_passive(verb) else DIE)


def _leaves(syntax: Syntax, verb: int) -> bool:
    """Tell of a verb of leaving, or being dismissed, that does not say what from: it may be another post."""
    if syntax.is_passive(verb):
        leaves = syntax.lemma[verb] in DISMISS
    else:
        down = any(syntax.lower[c] in DOWN for c in syntax.children[verb])
        leaves = syntax.lemma[verb] in LEAVE or (syntax.lemma[verb] in STEP and down)
    told = syntax.kids(verb, "obj") or any(syntax.case[c] in ("as", "from") for c in syntax.children[verb])
    return leaves and not told


def _is_so(syntax: Syntax, verb: int) -> bool:
    past = syntax.tag[verb] in ("VBD", "VBN") and _is_done(syntax, verb)
    return past and clause_status(syntax, verb)[0] is Status.ASSERTED


def _is_of_past(syntax: Syntax, noun: int) -> bool:
    """Tell of "a minister in the last government"."""
    return any(
        syntax.case[c] in ("in", "of", "under")
        and syntax.pos[c] == "NOUN"
        and syntax.lemma[c] not in DURATIONS
        and any(syntax.lower[a] in PAST for a in syntax.kids(c, "amod"))
        for c in syntax.children[noun]
    )
