"""A neutral view of syntax: Universal Dependencies' basic relations, whatever scheme the pipeline speaks.

Our own pipeline speaks Universal Dependencies (universaldependencies.org/en/dep); spaCy's `en_core_web_*` speak
ClearNLP (Choi and Palmer 2012). `Syntax` converts the second into the first once per Doc: prepositions become case
markers of their noun, copulas markers of their complement. Tokens are integers (indices into the Doc) everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kg.language.mending import NAME_PARTS, SUBJECTS, mend

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
PERSON_LABELS: Final = frozenset({"PERSON", "PER"})

_RENAMED: Final = {
    "ROOT": "root",
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "oprd": "xcomp",
    "attr": "xcomp",
    "acomp": "xcomp",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "prt": "compound:prt",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "nmod": "compound",
    "pcomp": "advcl",
    "prep": "case",
    "agent": "case",
    "meta": "dep",
}
_CLEAR_ONLY: Final = frozenset(
    "pobj dobj nsubjpass attr prep poss relcl acomp agent neg auxpass oprd prt dative npadvmod".split()
)
_PREPOSITIONS: Final = frozenset({"prep", "agent", "dative"})
_VERBAL: Final = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_COPULA_LEMMAS: Final = frozenset({"be", "'s"})


class Syntax:
    """The tree of a Doc in Universal Dependencies' basic relations.

    `head[i]` is the index of the head of token i (itself for a root), `relation[i]` its relation, `case[i]` the
    lower-cased preposition that marks it ("of", "according to") or "". `children[i]` are in text order.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.head: list[int] = [token.head.i for token in doc]
        self.relation: list[str] = ["root" if token.dep_ == "ROOT" else token.dep_ for token in doc]
        self.lemma: list[str] = [token.lemma_.lower() or token.lower_ for token in doc]
        self.lower: list[str] = [token.lower_ for token in doc]
        self.pos: list[str] = [token.pos_ for token in doc]
        self.tag: list[str] = [token.tag_ for token in doc]
        self.sentence: list[int] = _sentence_numbers(doc)
        if any(relation in _CLEAR_ONLY for relation in self.relation):
            _from_clear(self)
        mend(self)
        self.children: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)
        self.case: list[str] = [self._case_of(i) for i in range(len(self.head))]

    def _case_of(self, i: int) -> str:
        parts = [c for c in self.children[i] if self.relation[c] in (*NAME_PARTS, "nmod:desc")]
        for child in sorted(c for node in (i, *parts) for c in self.children[node]):
            if self.relation[child] == "case" and self.lower[child] not in ("'s", "’s", "'", "’"):
                fixed = [self.lower[c] for c in self.children[child] if self.relation[c] == "fixed"]
                return " ".join([self.lower[child], *fixed])
        return ""

    def kids(self, i: int, *relations: str) -> list[int]:
        """Return the children of token i in one of the relations, subtypes included ("acl" takes "acl:relcl")."""
        return [
            c for c in self.children[i] if self.relation[c] in relations or self.relation[c].split(":")[0] in relations
        ]

    def ancestors(self, i: int) -> Iterator[int]:
        """Yield the heads of token i, nearest first."""
        seen = 0
        while self.head[i] != i and seen < 500:
            i = self.head[i]
            seen += 1
            yield i

    def subtree(self, i: int) -> list[int]:
        """Return token i and all below it, in text order."""
        found, stack = set(), [i]
        while stack:
            node = stack.pop()
            if node not in found:
                found.add(node)
                stack.extend(self.children[node])
        return sorted(found)

    def conjuncts(self, i: int) -> list[int]:
        """Return token i and the tokens coordinated below it, in text order ("A, B and C" from A)."""
        found = [i]
        for child in self.children[i]:
            if self.relation[child] == "conj":
                found.extend(self.conjuncts(child))
        return found

    def first_conjunct(self, i: int) -> int:
        """Return the first of the coordination that token i belongs to, i when it is the first."""
        seen = 0
        while self.relation[i] == "conj" and self.head[i] != i and seen < 100:
            i = self.head[i]
            seen += 1
        return i

    def phrase_head(self, start: int, end: int) -> int:
        """Return the token of [start, end) whose head lies outside; the last such when there are several."""
        best = end - 1
        for i in range(end - 1, start - 1, -1):
            if not start <= self.head[i] < end or self.head[i] == i:
                best = i
                if self.pos[i] in NOMINAL:
                    return i
        return best

    def is_passive(self, verb: int) -> bool:
        """Tell whether the verb stands in the passive: with an auxiliary, or as a bare participle after a noun."""
        if self.kids(verb, "aux:pass") or any(self.relation[c] == "nsubj:pass" for c in self.children[verb]):
            return True
        if self.kids(verb, "aux") or any(self.relation[c] == "nsubj" for c in self.children[verb]):
            return False
        first = self.first_conjunct(verb)
        return self.relation[first] == "acl" and self.tag[verb] in ("VBN", "VBD")

    def clause(self, i: int) -> int:
        """Return the predicate of the clause that token i stands in: a verb, or the complement of a copula."""
        for node in (i, *self.ancestors(i)):
            if self.is_predicate(node) or self.head[node] == node:
                return node
        return i

    def is_predicate(self, i: int) -> bool:
        """Tell whether token i is the predicate of a clause."""
        if self.pos[i] in ("VERB", "AUX") and self.relation[i] not in (
            "aux",
            "aux:pass",
            "cop",
            "amod",
            "case",
            "compound",
        ):
            return True
        return any(self.relation[c] == "cop" for c in self.children[i])

    def subject(self, predicate: int) -> int | None:
        """Return the surface subject of a predicate.

        Where it has none of its own: that of the clause it is coordinated with or controlled by, or the noun that a
        relative or participial clause modifies.
        """
        seen = 0
        while seen < 20:
            seen += 1
            own = [c for c in self.children[predicate] if self.relation[c] in SUBJECTS]
            if own:
                return own[0] if self.relation[own[0]] != "csubj" else None
            relation = self.relation[predicate]
            head = self.head[predicate]
            if (
                relation == "conj"
                or (relation in ("xcomp", "advcl", "parataxis") and not self.kids(predicate, "mark"))
                or relation in ("xcomp",)
            ):
                predicate = head
            elif relation.startswith("acl"):
                return head
            elif relation == "advcl" and self.tag[predicate] in ("VBG", "VBN", "VB"):
                predicate = head
            else:
                return None
            if predicate == self.head[predicate] and not self.is_predicate(predicate):
                return None
        return None

    def antecedent(self, pronoun: int) -> int | None:
        """Return the noun that a relative pronoun stands for, None when it is not relative."""
        if self.lower[pronoun] not in ("who", "which", "that", "whom", "whose"):
            return None
        for ancestor in self.ancestors(pronoun):
            if self.relation[ancestor].startswith("acl"):
                head = self.head[ancestor]
                quoted = any(self.lower[i] in ('"', "”") for i in range(head, pronoun))
                thing = self.lower[pronoun] == "which" and self.doc[head].ent_type_ in PERSON_LABELS
                return self._before_comma(pronoun) if quoted or thing else head
            if self.relation[ancestor].split(":")[0] in ("root", "ccomp", "advcl", "parataxis", "conj"):
                break
        return self._before_comma(pronoun) if self.lower[pronoun] in ("who", "which", "whose") else None

    def _before_comma(self, pronoun: int) -> int | None:
        """Return the noun right before the comma before a relative pronoun, wherever the parser hung its clause."""
        last = pronoun - 2
        if last < 0 or self.lower[pronoun - 1] != "," or self.pos[last] not in NOMINAL:
            return None
        while self.relation[last] in NAME_PARTS and self.head[last] < last:
            last = self.head[last]
        return last


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers: list[int] = []
    number = -1
    for token in doc:
        if token.is_sent_start or number < 0:
            number += 1
        numbers.append(number)
    return numbers


def _from_clear(syntax: Syntax) -> None:
    """Turn ClearNLP arcs into Universal Dependencies in place."""
    original = list(syntax.relation)
    head, relation = syntax.head, syntax.relation
    for i, label in enumerate(original):
        relation[i] = "mark" if label == "aux" and syntax.tag[i] == "TO" else _RENAMED.get(label, label)
    for i, label in enumerate(original):
        if label == "pobj":
            _lift_prepositional(syntax, i, original)
        elif label == "pcomp":
            _lift_clause(syntax, i, original)
    for i, label in enumerate(original):
        if label in ("attr", "acomp") and syntax.lemma[head[i]] in _COPULA_LEMMAS:
            _lift_complement(syntax, i)


def _lift_prepositional(syntax: Syntax, i: int, original: list[str]) -> None:
    """preposition → noun becomes noun with the preposition as its case marker, attached to the preposition's head."""
    preposition = syntax.head[i]
    if original[preposition] == "conj":
        _lift_conjoined(syntax, i, original)
        return
    if original[preposition] not in _PREPOSITIONS:
        return
    governor = syntax.head[preposition]
    first = preposition
    while original[governor] == "prep" and syntax.head[governor] != governor:
        first, governor = governor, syntax.head[governor]
    syntax.head[i] = governor
    syntax.relation[i] = "obl" if syntax.pos[governor] in _VERBAL else "nmod"
    syntax.head[first] = i
    syntax.relation[first] = "case"
    if first != preposition:
        syntax.head[preposition], syntax.relation[preposition] = first, "fixed"


def _lift_conjoined(syntax: Syntax, i: int, original: list[str]) -> None:
    """Make "in X and in Y" a list of nouns, each with its preposition."""
    preposition = syntax.head[i]
    first = syntax.head[preposition]  # a preposition, which by now marks its noun
    other = syntax.head[first]
    if original[first] in _PREPOSITIONS and original[other] == "pobj":
        syntax.head[i], syntax.relation[i] = other, "conj"
        syntax.head[preposition], syntax.relation[preposition] = i, "case"


def _lift_clause(syntax: Syntax, i: int, original: list[str]) -> None:
    """preposition → clause becomes a clause that the preposition marks: "by sailing", "after leaving"."""
    preposition = syntax.head[i]
    if original[preposition] not in _PREPOSITIONS:
        return
    governor = syntax.head[preposition]
    syntax.head[i], syntax.relation[i] = governor, "advcl" if syntax.pos[governor] in _VERBAL else "acl"
    syntax.head[preposition], syntax.relation[preposition] = i, "mark"


def _lift_complement(syntax: Syntax, i: int) -> None:
    """be → complement becomes complement with be as its copula."""
    copula = syntax.head[i]
    old_head, old_relation = syntax.head[copula], syntax.relation[copula]
    for j, head in enumerate(syntax.head):
        if head == copula and j not in (copula, i):
            syntax.head[j] = i
    syntax.head[i] = i if old_head == copula else old_head
    syntax.relation[i] = old_relation
    syntax.head[copula] = i
    syntax.relation[copula] = "cop"
