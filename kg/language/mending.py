"""What a parser often gets wrong and the words around it show: mended in place, before anything is read off a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.language.syntax import Syntax

SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj"})
NAME_PARTS: Final = frozenset({"flat", "compound", "flat:name", "goeswith"})
_MAKING: Final = frozenset(
    "call name appoint elect make declare crown brand dub proclaim nominate choose label reappoint".split()
)
_NEAR: Final = 60
"""How many tokens before a participle its subject stands at most."""
_PREFIXES: Final = frozenset({"re", "co", "pre"})
_ARTICLES: Final = frozenset({"a", "an", "the"})


def mend(syntax: Syntax) -> None:
    """Mend the heads and relations of a tree; its children are not yet known."""
    _mend_prefixes(syntax)
    _mend_possessors(syntax)
    _mend_appositions(syntax)
    _mend_fronted(syntax)
    _mend_participles(syntax)
    _mend_named(syntax)
    _mend_subjects(syntax)


def _mend_prefixes(syntax: Syntax) -> None:
    """Hang "re-" on its verb, with all that the parser hung on the prefix: "X was re-elected as Y"."""
    head, relation = syntax.head, syntax.relation
    prefixes = {i for i in range(len(head) - 2) if syntax.lower[i] in _PREFIXES and syntax.lower[i + 1] == "-"}
    hung = [(i, child) for child, i in enumerate(head) if i in prefixes and child != i]
    for i in sorted(prefixes):
        verb, tied = i + 2, not syntax.doc[i].whitespace_ and not syntax.doc[i + 1].whitespace_
        if not tied or syntax.pos[verb] != "VERB":
            prefixes.discard(i)
        elif head[verb] == i:
            head[verb], relation[verb] = verb if head[i] == i else head[i], relation[i]
    for i, child in hung:
        if i in prefixes and head[child] == i:
            head[child] = i + 2
    for i in prefixes:
        head[i], relation[i] = i + 2, "compound"


def _mend_possessors(syntax: Syntax) -> None:
    """Hang what a possessive mark ends on the noun after it, where the parser did not."""
    for mark in range(1, len(syntax.head) - 1):
        owner = syntax.head[mark]
        hung = syntax.relation[owner] == "nmod:poss" and syntax.head[owner] > mark
        if syntax.tag[mark] != "POS" or owner >= mark or hung:
            continue
        noun = mark + 1
        while noun < len(syntax.head) and syntax.pos[noun] in ("ADJ", "NUM", "DET", "ADV"):
            noun += 1
        while noun + 1 < len(syntax.head) and syntax.pos[noun] in ("NOUN", "PROPN") and syntax.pos[noun + 1] == "NOUN":
            noun += 1
        if noun < len(syntax.head) and syntax.pos[noun] in ("NOUN", "PROPN") and owner not in _above(syntax, noun):
            syntax.head[owner], syntax.relation[owner] = noun, "nmod:poss"


def _above(syntax: Syntax, i: int) -> set[int]:
    """Return token i and its ancestors."""
    return {i, *syntax.ancestors(i)}


def _mend_appositions(syntax: Syntax) -> None:
    """Take "X, a company based in Y, …" for an apposition where the parser saw a list without an "and"."""
    joined = {syntax.head[i] for i, relation in enumerate(syntax.relation) if relation == "cc"}
    lists = [(i, syntax.head[i]) for i, relation in enumerate(syntax.relation) if relation == "conj"]
    in_lists = [head for _, head in lists]
    determined = {
        syntax.head[i]
        for i, relation in enumerate(syntax.relation)
        if relation == "det" and syntax.lower[i] in _ARTICLES
    }
    for i, head in lists:
        alone = in_lists.count(head) == 1 and i not in joined and head not in joined
        if alone and i in determined and syntax.pos[head] == "PROPN" and syntax.pos[i] == "NOUN":
            syntax.relation[i] = "appos"


def _mend_fronted(syntax: Syntax) -> None:
    """Make Y the subject in "Born in X, Y worked …" where the parser hung it on X and left the verb without one."""
    subjects = {syntax.head[i] for i, relation in enumerate(syntax.relation) if relation in SUBJECTS}
    for i, relation in enumerate(syntax.relation):
        clause = syntax.head[syntax.head[i]]
        verb = syntax.head[clause]
        fronted = relation == "appos" and syntax.relation[clause] == "advcl" and syntax.tag[clause] in ("VBN", "VBG")
        if fronted and clause < i < verb and verb not in subjects and syntax.tag[verb] in ("VBD", "VBZ", "VBP"):
            syntax.head[i], syntax.relation[i] = verb, "nsubj"


def _mend_participles(syntax: Syntax) -> None:
    """Make the participle the verb in "X was elected leader" where the parser took it for an adjective of the noun."""
    for verb, relation in enumerate(syntax.relation):
        noun = syntax.head[verb]
        if relation != "amod" or syntax.tag[verb] != "VBN" or verb > noun:
            continue
        near = range(max(0, verb - _NEAR), verb)
        copula = next((i for i in near if syntax.head[i] == noun and syntax.relation[i] == "cop"), None)
        if copula is None:
            continue
        subject = next((i for i in near if syntax.head[i] == verb and syntax.relation[i] == "nsubj:pass"), None)
        bare = all(syntax.head[i] != noun or syntax.relation[i] != "det" for i in range(copula, verb))
        if subject is None and bare and syntax.lemma[verb] in _MAKING:
            subject = next((i for i in near if syntax.head[i] == noun and syntax.relation[i] == "nsubj"), None)
        if subject is None or subject > copula:
            continue
        syntax.head[subject], syntax.relation[subject] = verb, "nsubj:pass"
        syntax.head[verb] = verb if syntax.head[noun] == noun else syntax.head[noun]
        syntax.relation[verb], syntax.relation[noun] = syntax.relation[noun], "xcomp"
        syntax.head[noun] = syntax.head[copula] = verb
        syntax.relation[copula] = "aux:pass"


def _mend_named(syntax: Syntax) -> None:
    """Make the noun what a verb makes of its object: "calls X the president", "appointed her Scottish Secretary"."""
    for i, relation in enumerate(syntax.relation):
        head = syntax.head[i]
        verb = syntax.head[head]
        if syntax.lemma[verb] not in _MAKING or syntax.relation[head] != "obj":
            continue
        between = syntax.lower[head + 1 : i]
        if (
            relation == "appos"
            and head < i
            and syntax.pos[head] == "PROPN"
            and "," not in between
            and "(" not in between
        ):
            syntax.head[i], syntax.relation[i] = verb, "xcomp"
        named = any(
            syntax.head[j] == head and syntax.relation[j] in ("appos", "flat") for j in range(head, len(syntax.head))
        )
        if relation == "nmod:poss" and syntax.lower[i] == "her" and i == verb + 1 and not named:
            syntax.head[i], syntax.relation[i] = verb, "obj"
            syntax.relation[head] = "xcomp"


def _mend_subjects(syntax: Syntax) -> None:
    """Make Y the subject in "X resigned as head of A and Y was elected", where the parser listed it with A."""
    subjects = {syntax.head[i] for i, relation in enumerate(syntax.relation) if relation in SUBJECTS}
    for first in range(1, len(syntax.head)):
        verb = syntax.head[first]
        if (
            syntax.relation[first] not in ("aux", "aux:pass", "cop")
            or syntax.relation[verb] != "conj"
            or verb in subjects
        ):
            continue
        name = first - 1
        while syntax.relation[name] in NAME_PARTS and syntax.head[name] < name:
            name = syntax.head[name]
        if syntax.pos[name] == "PROPN" and syntax.relation[name] == "conj" and verb not in (name, syntax.head[name]):
            syntax.head[name], syntax.relation[name] = verb, "nsubj"
