"""What a clause negates, hedges or leaves open: negation, modality, conditions, questions, plans, hearsay."""

from __future__ import annotations

from typing import Final

from kg.language.syntax import Syntax
from kg.model import Status

NEGATIONS: Final = frozenset("not n't n’t never neither nor no hardly scarcely".split())
MODALS: Final = frozenset("may might could would should can must will shall 'll ’ll 'd ’d".split())
HEDGES: Final = frozenset(
    "reportedly allegedly apparently possibly perhaps maybe likely probably supposedly purportedly potentially "
    "presumably seemingly ostensibly rumoured rumored tentatively nearly almost".split()
)
OPEN_VERBS: Final = frozenset(
    "claim pretend profess purport expect plan hope want seek try attempt consider intend aim threaten propose offer "
    "ask urge seem appear wish aspire prepare vow pledge promise decide agree likely set due poised tip slate "
    "schedule suspect rumour rumor allege accuse demand call fear doubt believe think suppose speculate project "
    "forecast predict reckon vote bid campaign encourage allow invite want need "
    "require order oblige".split()
)
REFUSALS: Final = frozenset(
    "refuse decline fail deny reject cease stop refrain abstain avoid forbid prevent bar ban neglect omit "
    "forget".split()
)
CONDITIONS: Final = frozenset({"if", "unless", "whether", "lest", "should"})
RUMOURS: Final = frozenset("rumour rumor gossip allegation speculation legend myth joke".split())
_DONE: Final = frozenset({("vote", "elect"), ("go", "win"), ("manage", "win")})
"""Verbs that do what the infinitive after them says: who "voted to elect" somebody did."""
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
LASTING: Final = frozenset("remain stay continue keep".split())
UNDONE: Final = frozenset(
    "block abandon cancel postpone scrap plan propose seek demand threaten avert prevent delay drop shelve consider "
    "want oppose urge request call promise petition bid push".split()
)
"""Verbs, and nouns of them, of which what they take has not come about, or not yet."""


def clause_status(syntax: Syntax, governor: int) -> tuple[Status, str | None]:
    """Walk up from a predicate: what it, or a clause above it, negates, hedges or leaves open."""
    node, seen = governor, 0
    while seen < 12:
        seen += 1
        found = _own_status(syntax, node)
        if found[0] is not Status.ASSERTED:
            return found
        relation, head = syntax.relation[node], syntax.head[node]
        if is_reduced(syntax, node) and syntax.relation[head] == "obj" and syntax.lemma[syntax.head[head]] == "have":
            node = syntax.head[head]
            continue
        if head == node or is_reduced(syntax, node):
            break
        if relation in ("xcomp", "ccomp", "acl", "advcl", "parataxis", "csubj") or (
            relation == "conj" and not _has_own_subject(syntax, node) and syntax.tag[node] not in _FINITE
        ):
            without = any(syntax.lower[c] == "without" for c in syntax.kids(node, "mark", "case"))
            refused = relation in ("xcomp", "ccomp") or (relation == "advcl" and syntax.tag[node] == "VBG")
            if without or (syntax.lemma[head] in REFUSALS and refused):
                return Status.DENIED, "without" if without else syntax.word[head]
            if _is_short_of(syntax, node):
                return Status.DENIED, "short"
            infinitive = any(syntax.lower[c] == "to" for c in syntax.kids(node, "mark"))
            if infinitive and (syntax.lemma[head], syntax.lemma[node]) in _DONE and syntax.tag[head] == "VBD":
                node = head
                continue
            if relation in ("ccomp", "acl", "csubj") and _is_hearsay(syntax, head):
                return Status.POSSIBLE, syntax.word[head]
            if infinitive and relation == "xcomp" and syntax.lemma[head] == "have":
                return Status.POSSIBLE, "to"
            if (syntax.lemma[head] in OPEN_VERBS and relation in ("xcomp", "ccomp")) or (
                infinitive and relation in ("acl", "advcl", "ccomp") and syntax.lemma[head] not in ("go",)
            ):
                return Status.POSSIBLE, syntax.word[head]
            if syntax.lemma[head] in OPEN_VERBS and any(syntax.lower[c] == "until" for c in syntax.kids(node, "mark")):
                return Status.POSSIBLE, "until"
            if relation in ("advcl", "parataxis") and not (
                syntax.tag[node] == "VBG" and _has_own_subject(syntax, node)
            ):
                break
            node = head
        else:
            break
    if _is_question(syntax, governor):
        return Status.POSSIBLE, "?"
    return Status.ASSERTED, None


def find_bringing(syntax: Syntax, node: int) -> int | None:
    """Return the word on which it depends whether an event is one: "may hold a vote", "a bid for an election".

    None for an event that is told of as known: "the vote", "her resignation".
    """
    node = syntax.first_conjunct(node)
    verb, sought = syntax.head[node], syntax.case[node] == "for"
    there = any(syntax.lower[c] == "there" for c in syntax.kids(verb, "expl"))
    taken = syntax.relation[node] in ("obj", "nsubj:pass") or sought or there
    definite = any(syntax.lower[c] in ("the", "this", "that") for c in syntax.kids(node, "det"))
    if not taken or definite or syntax.kids(node, "nmod:poss"):
        return None
    above = syntax.ancestors(node) if sought else ()
    wanted = next((i for i in above if syntax.lemma[i] in UNDONE or syntax.pos[i] == "VERB"), None)
    if wanted is not None and syntax.lemma[wanted] in UNDONE:
        return wanted
    return verb if syntax.pos[verb] == "VERB" or there else None


def _own_status(syntax: Syntax, node: int) -> tuple[Status, str | None]:
    """Decide by what hangs on one predicate; a negation outweighs a modal ("would not"), a condition both."""
    found: tuple[Status, str | None] = (Status.ASSERTED, None)
    words = [(syntax.lower[c], syntax.relation[c].split(":")[0]) for c in syntax.children[node]]
    if ("to", "mark") in words and any(r in ("aux", "cop") and w in ("is", "are", "was", "were") for w, r in words):
        found = (Status.POSSIBLE, "to")
    for child in syntax.children[node]:
        status = _child_status(syntax, child)
        if syntax.relation[child] == "mark" and status[0] is Status.POSSIBLE:
            return status
        if found[0] is Status.ASSERTED or status[0] is Status.DENIED:
            found = status if status[0] is not Status.ASSERTED else found
    return found


def _child_status(syntax: Syntax, child: int) -> tuple[Status, str | None]:
    word, relation = syntax.lower[child], syntax.relation[child]
    if (word == "no" and relation == "advmod") or (
        word == "longer" and any(syntax.lower[c] == "no" for c in syntax.children[child])
    ):
        return Status.DENIED, "no longer"
    if word in NEGATIONS and relation in ("advmod", "cc", "cc:preconj", "det", "neg", "discourse"):
        return Status.DENIED, syntax.word[child]
    goes_on = syntax.lemma[syntax.head[child]] in LASTING and word in ("will", "'ll", "’ll")
    if relation in ("aux", "aux:pass") and (word in MODALS or syntax.lemma[child] in MODALS) and not goes_on:
        return Status.POSSIBLE, syntax.word[child]
    if relation in ("advmod", "obl", "parataxis", "discourse") and word in HEDGES:
        return Status.POSSIBLE, syntax.word[child]
    if relation == "obl" and syntax.case[child] in ("by", "in") and word in ("account", "telling", "version", "view"):
        return Status.POSSIBLE, syntax.word[child]
    if relation in ("obl", "nmod", "xcomp", "obj") and any(
        syntax.lower[c] in ("neither", "not", "never", "nor") for c in syntax.kids(child, "cc:preconj", "advmod", "cc")
    ):
        return Status.DENIED, "not"
    if relation == "mark" and word in CONDITIONS:
        return Status.POSSIBLE, syntax.word[child]
    if relation.startswith("nsubj") and any(
        syntax.lower[c] in ("no", "neither") for c in syntax.kids(child, "det", "advmod", "cc:preconj")
    ):
        return Status.DENIED, "no"
    if relation.startswith("nsubj") and syntax.lower[child] in ("nobody", "none", "nothing"):
        return Status.DENIED, syntax.word[child]
    if relation == "obj" and any(syntax.lower[c] in ("no", "neither") for c in syntax.kids(child, "det")):
        return Status.DENIED, "no"
    return Status.ASSERTED, None


def _is_hearsay(syntax: Syntax, head: int) -> bool:
    """Tell whether a clause hangs on a rumour, or on "… has it that"."""
    if syntax.lemma[head] in RUMOURS:
        return True
    it = any(syntax.lower[c] == "it" for c in syntax.kids(head, "obj", "expl"))
    subject = syntax.subject(head)
    return (syntax.lemma[head] == "have" and it) or (subject is not None and syntax.lemma[subject] in RUMOURS)


def _is_short_of(syntax: Syntax, node: int) -> bool:
    """Tell whether something nearly happens: "stopped short of criticising", "fell short of joining"."""
    of = [c for c in syntax.kids(node, "mark", "case") if syntax.lower[c] == "of"]
    return bool(of) and of[0] > 0 and syntax.lower[of[0] - 1] == "short"


def _has_own_subject(syntax: Syntax, node: int) -> bool:
    return any(syntax.relation[c].startswith("nsubj") for c in syntax.children[node])


def _is_question(syntax: Syntax, token: int) -> bool:
    """Tell whether the sentence of a token, or the quotation in it, asks."""
    sentence = syntax.sentence[token]
    i = token
    while i < len(syntax.lower) and syntax.sentence[i] == sentence:
        if syntax.lower[i] == "?":
            return True
        if syntax.lower[i] in ('"', "”", "."):
            return False
        i += 1
    return False


def is_reduced(syntax: Syntax, node: int) -> bool:
    """Tell whether a verb is a bare participle after a noun: "owned by Y", not "a report that X owned Y"."""
    whole = syntax.kids(node, "mark", "aux", "nsubj", "csubj")
    return syntax.relation[node] == "acl" and syntax.tag[node] in ("VBN", "VBG") and not whole
