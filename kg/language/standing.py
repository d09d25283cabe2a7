"""Who stands behind a finding, and whether it holds now: negation, modality, tense, attribution, qualifying words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.endings import ENDING, has_ended
from kg.language.modality import clause_status, is_reduced
from kg.language.quotations import Speech
from kg.language.syntax import Syntax
from kg.model import Qualification, Status

NAMING: Final = frozenset(
    "call describe label brand dub style hail portray depict present cast characterise characterize denounce deride "
    "tout regard see view paint accuse bill".split()
)
"""Verbs of saying what somebody is: the saying is theirs whose word it is."""
ESTIMATES: Final = frozenset("estimate figure count tally".split())
"""What says how many there were; that they were there is not its claim."""
FORMER: Final = frozenset(
    "former ex then one-time onetime erstwhile late previous past retired deposed ousted disgraced departing once "
    "formerly previously sometime".split()
)
ACTING: Final = frozenset("acting interim caretaker provisional temporary stand-in".split())
FUTURE: Final = frozenset("elect designate incoming future presumptive prospective".split())
UNREAL: Final = frozenset(
    "possible potential alleged would-be aspiring likely supposed self-styled so-called self-proclaimed hopeful "
    "rumoured rumored wannabe putative purported suspected fake planned proposed attempted failed abortive "
    "threatened".split()
)
LOWER: Final = frozenset("deputy vice assistant associate shadow honorary sub joint junior under deputies".split())
_PREMODIFIERS: Final = frozenset("ADJ NOUN PROPN ADV VERB ADP X".split())
_JOINTS: Final = frozenset("- – ex then co [ ]".split())


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a finding with the words that decided it, its speaker's token, and what qualifies it."""

    status: Status = Status.ASSERTED
    cue: str | None = None
    speaker: int | None = None
    qualification: Qualification | None = None
    factor: float = 1.0


def standing(
    syntax: Syntax,
    trigger: int,
    speech: Sequence[Speech],
    *,
    governor: int | None,
    modifiers: Sequence[int] = (),
    lasting: bool = True,
    resignable: bool = False,
    single: bool = False,
) -> Standing:
    """Decide on a finding whose word is `trigger`.

    `governor` is the predicate that says it, None inside a noun phrase, which presupposes it. `modifiers` are the
    tokens before the noun that may qualify it. `lasting` tells that what is said holds for a time, so that the past
    tense makes it former, `resignable` that who resigns is it no longer, `single` that nobody is it of two things.
    """
    spoken = enclosing_speech(syntax, trigger, speech, presupposed=governor is None or _is_aside(syntax, governor))
    if spoken is not None and governor == trigger and _is_estimate(syntax, trigger, spoken):
        spoken = None
    qualification, unreal = _qualify(syntax, modifiers)
    status, cue = (Status.ASSERTED, None) if governor is None else clause_status(syntax, governor)
    if governor is None and qualification is None and has_ended(syntax, trigger, resignable=resignable, single=single):
        qualification = Qualification("Former")
    if governor is None and qualification is None and _is_under(syntax, trigger):
        status, cue = Status.POSSIBLE, "under"
    if unreal is not None:
        status, cue = Status.POSSIBLE, syntax.lower[unreal]
    if governor is not None and qualification is None and lasting:
        qualification = _tense(syntax, governor, trigger)
    if cue == "no longer":
        status, cue, qualification = Status.ASSERTED, None, Qualification("Former")
    factor, speaker = 1.0, None
    if governor is not None and status is Status.ASSERTED and _names(syntax, governor, trigger):
        status, cue, speaker = Status.CLAIMED, syntax.word[governor], _agent(syntax, governor)
    if spoken is not None and not (spoken.speaker is not None and governor is None and not spoken.quoted):
        if status is Status.ASSERTED:
            status = Status.DENIED if spoken.denied else Status.CLAIMED
        cue = cue or (syntax.word[spoken.cue] if spoken.cue is not None else "quoted")
    elif spoken is not None:
        spoken, factor = None, 0.9
    if spoken is not None:
        speaker = spoken.speaker
    return Standing(status, cue, speaker, qualification, factor)


def _names(syntax: Syntax, governor: int, trigger: int) -> bool:
    """Tell whether a verb calls somebody what the trigger says; of what it takes as its one object it says nothing."""
    if governor == trigger or syntax.lemma[governor] not in NAMING:
        return False
    return syntax.relation[trigger] != "obj" or len(syntax.kids(governor, "obj", "iobj", "xcomp")) > 1


def _is_estimate(syntax: Syntax, verb: int, spoken: Speech) -> bool:
    """Tell whether but the number is estimated of those who did something: "estimates say that 3,000 marched"."""
    subject = syntax.subject(verb)
    if spoken.quoted or spoken.speaker is None or syntax.lemma[spoken.speaker] not in ESTIMATES or subject is None:
        return False
    return syntax.pos[subject] == "NUM" or bool(syntax.kids(subject, "nummod"))


def enclosing_speech(
    syntax: Syntax, token: int, speech: Sequence[Speech], *, presupposed: bool = False
) -> Speech | None:
    """Return the innermost speech that holds a token; none for the words of an editor in square brackets.

    What a noun phrase presupposes inside indirect speech is the article's own: then only a quotation counts.
    """
    if in_brackets(syntax, token):
        return None
    inside = [s for s in speech if s.start <= token < s.end]
    if presupposed and not any(s.quoted for s in inside):
        return None
    return max(inside, key=lambda s: (s.start, -s.end), default=None)


def _is_aside(syntax: Syntax, governor: int) -> bool:
    """Tell whether a clause is told beside the point: "X, which is based in Y, …", "X, a company owned by Y, …"."""
    relation, first = syntax.relation[governor], syntax.reach(governor)[0]
    if is_reduced(syntax, governor):
        return True
    comma = syntax.lower[first] == "," or (first > 0 and syntax.lower[first - 1] == ",")
    return relation == "acl:relcl" and comma and syntax.pos[syntax.head[governor]] == "PROPN"


def in_brackets(syntax: Syntax, token: int) -> bool:
    """Tell whether a token stands in square brackets."""
    for i in range(token, max(-1, token - 30), -1):
        if syntax.lower[i] == "]" and i < token:
            return False
        if syntax.lower[i] == "[":
            return True
    return False


def noun_modifiers(syntax: Syntax, start: int, node: int) -> list[int]:
    """Return the tokens that may qualify a noun: those before it in its phrase, and what hangs on it by a hyphen.

    In "the then chair and secretary" the words before the first noun are of both.
    """
    found = []
    first = syntax.first_conjunct(node)
    if first != node and not syntax.kids(node, "det", "nmod:poss") and syntax.sentence[first] == syntax.sentence[node]:
        found += noun_modifiers(syntax, first, first)
    position = start - 1
    while position >= 0 and start - position <= 6 and syntax.sentence[position] == syntax.sentence[node]:
        before = syntax.lower[position - 1] if position else ""
        if syntax.lower[position] in ("the", "a", "an") and before in ("then", "once", "formerly", "previously"):
            found.append(position - 1)
            break
        if syntax.lower[max(0, position - 2) : position + 1] == ["one", "-", "time"]:
            found.append(position)
        if syntax.lower[position] == "once" and position == start - 1:
            found.append(position)
            break
        if syntax.pos[position] not in _PREMODIFIERS and syntax.lower[position] not in _JOINTS:
            break
        if syntax.pos[position] in ("ADP", "VERB") and syntax.lower[position] not in FORMER | ACTING | FUTURE | UNREAL:
            break
        found.append(position)
        position -= 1
    after = node + 1
    if after < len(syntax.lower) and syntax.lower[after] in ("-", "–"):
        after += 1
    if after < len(syntax.lower) and syntax.lower[after] in ("elect", "designate"):
        found.append(after)
    return found


def is_other(syntax: Syntax, start: int, end: int) -> bool:
    """Tell whether the noun in tokens [start, end) is part of a word for another: "deputy leader", "brother-in-law"."""
    if syntax.lower[end : end + 4] in (["-", "in", "-", "law"], ["in", "-", "law"]) or syntax.lower[end : end + 1] == [
        "-in-law"
    ]:
        return True
    position = start - 1
    while position >= 0 and syntax.lower[position] in ("-", "–"):
        position -= 1
    return position >= 0 and syntax.lower[position] in LOWER


def _qualify(syntax: Syntax, modifiers: Sequence[int]) -> tuple[Qualification | None, int | None]:
    unreal = next((i for i in modifiers if syntax.lower[i] in UNREAL), None)
    for words, kind in ((FORMER, "Former"), (ACTING, "Acting"), (FUTURE, "Future")):
        found = [i for i in modifiers if syntax.lower[i] in words and (kind != "Future" or syntax.pos[i] != "VERB")]
        if found or any(_is_compound_former(syntax, i, kind) for i in modifiers):
            return Qualification(kind), unreal
    return None, unreal


def _is_compound_former(syntax: Syntax, i: int, kind: str) -> bool:
    """Tell whether a word is "ex-chair", or the end of "one-time"."""
    one_time = syntax.lower[max(0, i - 2) : i + 1] == ["one", "-", "time"]
    return kind == "Former" and (syntax.lower[i].startswith("ex-") or one_time)


def _tense(syntax: Syntax, governor: int, trigger: int) -> Qualification | None:
    """Return Former for "was", "served as", "led", "had been", "resigned as"; None for what still holds."""
    lemma = syntax.lemma[governor]
    auxiliaries = [syntax.lower[c] for c in syntax.kids(governor, "aux", "aux:pass", "cop")]
    if lemma in ENDING:
        return Qualification("Former")
    copulas = [syntax.lower[c] for c in syntax.kids(governor, "cop")]
    if copulas:
        past = copulas[0] in ("was", "were") or (copulas[0] == "been" and "had" in auxiliaries)
        return Qualification("Former") if past else None
    said_by_verb = governor == trigger or lemma in ("serve", "act", "work", "sit")
    past = syntax.tag[governor] == "VBD" or "had" in auxiliaries or bool({"was", "were"} & set(auxiliaries))
    return Qualification("Former") if said_by_verb and past else None


def _is_under(syntax: Syntax, noun: int) -> bool:
    """Tell whether a title says who ruled then: "served under President X", "appointed under Governor X"."""
    node = noun
    for head in (noun, *syntax.ancestors(noun)):
        if syntax.case[node] == "under":
            return any(syntax.tag[i] in ("VBD", "VBN") for i in syntax.ancestors(node))
        if syntax.pos[head] != "PROPN":
            return False
        node = head
    return False


def _agent(syntax: Syntax, verb: int) -> int | None:
    """Return who acts: the subject of the active voice, "by" of the passive."""
    if syntax.is_passive(verb):
        return next((c for c in syntax.children[verb] if syntax.case[c] == "by"), None)
    return syntax.subject(verb)
