"""A neutral view of syntax: Universal Dependencies' basic relations, whatever scheme the pipeline speaks.

Our own pipeline speaks Universal Dependencies (universaldependencies.org/en/dep); spaCy's `en_core_web_*` speak
ClearNLP (Choi and Palmer 2012). `Syntax` converts the second into the first once per Doc: prepositions become case
markers of their noun, copulas markers of their complement. Tokens are integers (indices into the Doc) everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from kg.language.mending import NAME_PARTS, SUBJECTS, mend

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

_COLUMNS: Final[list[int | str]] = [
    "ORTH",
    "LOWER",
    "LEMMA",
    "DEP",
    "POS",
    "TAG",
    "IDX",
    "SENT_START",
    "HEAD",
    "ENT_TYPE",
]
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

    `word[i]` is token i as it is written and `offset[i]` where it starts in the text. `head[i]` is the index of its
    head (itself for a root), `relation[i]` its relation, `case[i]` the lower-cased preposition that marks it ("of",
    "according to") or "". `children[i]` are in text order. `entity_type[i]` is the tagger's label of the name that it
    is a part of, "" outside.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        names = _Names(doc.vocab.strings)
        columns = doc.to_array(_COLUMNS).astype("int64").T.tolist()
        words, lowers, lemmas, relations, coarse, tags, offsets, starts, heads, types = columns
        self.word: list[str] = [names[word] for word in words]
        self.lower: list[str] = [names[lower] for lower in lowers]
        self.lemma: list[str] = [names[lemma].lower() or self.lower[i] for i, lemma in enumerate(lemmas)]
        self.relation: list[str] = ["root" if (name := names[each]) == "ROOT" else name for each in relations]
        self.pos: list[str] = [names[pos] for pos in coarse]
        self.tag: list[str] = [names[tag] for tag in tags]
        self.entity_type: list[str] = [names[each] for each in types]
        self.offset: list[int] = offsets
        self.head: list[int] = [i + head for i, head in enumerate(heads)]
        self.sentence: list[int] = list(accumulate(int(i > 0 and start == 1) for i, start in enumerate(starts)))
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

    def reach(self, i: int) -> tuple[int, int]:
        """Return the first and the last of token i and all below it."""
        return self._reaches[i]

    @cached_property
    def _reaches(self) -> list[tuple[int, int]]:
        first, last = list(range(len(self.head))), list(range(len(self.head)))
        for i in range(len(self.head)):
            above = self.head[i]
            while first[above] > first[i] or last[above] < last[i]:
                first[above], last[above] = min(first[above], first[i]), max(last[above], last[i])
                above = self.head[above]
        return list(zip(first, last, strict=True))

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
                thing = self.lower[pronoun] == "which" and self.entity_type[head] in PERSON_LABELS
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


class _Names(dict[int, str]):
    """The strings of a vocabulary by the numbers that stand for them, each looked up once."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        self[number] = name = self._strings[number % 2**64]
        return name


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
