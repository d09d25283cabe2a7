"""How English says that something is a such-and-such: who bears a noun, and what the noun's arguments are.

The constructions are known here once, for every frame: title, apposition, copula, *as*-phrase, *become / be elected*,
name before a class noun, relative clause, conjunction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.language.arguments import NameIndex, named, noun_node
from kg.language.lexicon import NounHit
from kg.language.proper_names import HONORIFICS, Name
from kg.language.syntax import NOMINAL, Syntax
from kg.ontology.frames import FrameKind

BECOME: Final = frozenset({"become", "remain", "stay", "be"})
SERVE: Final = frozenset(
    "serve act work resign quit retire continue return sit stand step start begin rise emerge succeed double "
    "campaign run".split()
)
MAKE: Final = frozenset(
    "elect re-elect reelect appoint reappoint name make choose select nominate designate install anoint crown "
    "pick hire promote declare confirm swear know describe recruit replace oust sack dismiss remove fire "
    "suspend announce proclaim unveil tap call brand dub label hail style portray depict denounce characterise "
    "characterize deride".split()
)
_ROLE_NOUNS: Final = frozenset(
    "election re-election appointment role job position post career tenure term spell work nomination selection "
    "resignation departure removal return time stint capacity".split()
)


@dataclass(frozen=True, slots=True)
class Bearing:
    """Token `bearer` is said to be the noun, in one construction; `governor` is the verb or noun that says so."""

    construction: str
    bearer: int
    governor: int | None = None


def find_bearings(
    syntax: Syntax, hit: NounHit, names: NameIndex, fits: Callable[[Name], bool] = lambda name: True
) -> list[Bearing]:
    """Return who is said to bear a noun, surest construction first, each bearer once.

    A name that does not fit bears the noun only where the noun follows it at once ("X, a harbour").
    """
    found = _title(syntax, hit, names) or _before_other_title(syntax, hit, names) or _named_by_of(syntax, hit, names)
    noun = noun_node(syntax, hit)
    first = syntax.first_conjunct(noun)
    one = _one_of(syntax, noun)
    above = [syntax.head[first]] if first != noun and names.at(first) and syntax.relation[first] == "nmod" else []
    for node in dict.fromkeys((noun, first, *above, *one)):
        found += _apposition(syntax, node, names) + _copula(syntax, node) + _as_or_become(syntax, node)
    if not found:
        nested = [child for owner in syntax.kids(noun, "nmod") for child in syntax.kids(owner, "appos")]
        found += [Bearing("apposition", child) for child in nested if names.at(child)]
    found += _including(syntax, hit, names)
    if not found and syntax.case[noun] != "as":
        found += (
            _between_commas(syntax, hit, names)
            or _before_its_name(syntax, hit, names)
            or _after_comma(syntax, hit, names)
            or _name_before(syntax, hit, names)
        )
    plural = _plural(syntax, hit) and not one
    if plural and len(found) < 2:
        found = _listed(syntax, hit, names) or found
    bearings: dict[int, Bearing] = {}
    for bearing in found:
        for token in _resolve(syntax, bearing.bearer, names, plural=plural):
            name = names.at(token)
            if name is not None and not fits(name) and not _right_after(syntax, hit, name):
                continue
            if not hit.start <= token < hit.end:
                bearings.setdefault(token, Bearing(bearing.construction, token, bearing.governor))
    if plural and len(bearings) == 1 and not any(b.construction == "copula" for b in bearings.values()):
        return []
    if not plural and len(bearings) > 1:
        return [min(bearings.values(), key=lambda bearing: abs(bearing.bearer - hit.head))]
    return list(bearings.values())


def _one_of(syntax: Syntax, noun: int) -> list[int]:
    """Return "one" of "one of the founders": who is said to be it is said to be the noun."""
    head = syntax.head[noun]
    partitive = syntax.case[noun] == "of" and syntax.relation[noun] == "nmod" and syntax.lower[head] == "one"
    return [head] if partitive else []


def _right_after(syntax: Syntax, hit: NounHit, name: Name) -> bool:
    """Tell whether the phrase of a noun begins with an article right after a name and its comma."""
    if name.end + 1 >= len(syntax.lower) or syntax.lower[name.end] != ",":
        return False
    first = syntax.lower[name.end + 1]
    return (
        first in ("a", "an", "the") and name.end < hit.start <= name.end + 7 and _one_phrase(syntax, name.end + 1, hit)
    )


def _one_phrase(syntax: Syntax, start: int, hit: NounHit) -> bool:
    """Tell whether nothing but words before a noun stands between: articles, adjectives, nouns."""
    return all(
        syntax.pos[i] in ("DET", "ADJ", "NOUN", "PROPN", "ADV", "NUM") or syntax.lower[i] == "-"
        for i in range(start, hit.start)
    )


def _plural(syntax: Syntax, hit: NounHit) -> bool:
    node = noun_node(syntax, hit)
    return syntax.tag[node] in ("NNS", "NNPS") or syntax.tag[hit.head] in ("NNS", "NNPS")


def _resolve(syntax: Syntax, token: int, names: NameIndex, *, plural: bool) -> list[int]:
    """Turn a bearer into heads of names: relative pronouns into antecedents, plural bearers into the whole list."""
    antecedent = syntax.antecedent(token)
    token = token if antecedent is None else antecedent
    tokens = syntax.conjuncts(token) if plural else [token]
    return [named(syntax, names, t) for t in tokens]


def _title(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    position = hit.end
    while position < len(syntax.lower) and (
        syntax.lower[position] in ("[", "]") or syntax.lower[position].strip(".") in HONORIFICS
    ):
        position += 1
    if syntax.lower[position : position + 1] == ["("] and ")" in syntax.lower[position : position + 6]:
        position += syntax.lower[position : position + 6].index(")") + 1  # "Judge of Appeal (JA) Ada Lund"
    over = _over_argument(syntax, hit, names)
    name = names.by_start.get(position if over is None else over)
    if name is None or name.adjectival or syntax.sentence[name.start] != syntax.sentence[hit.head]:
        return []
    if over is not None:
        return [Bearing("title", name.head)]
    node = noun_node(syntax, hit)
    if node != hit.head and syntax.head[name.head] == node and syntax.case[name.head]:
        return []
    found = [Bearing("title", name.head)]
    while _plural(syntax, hit):
        position = name.end
        while position < len(syntax.lower) and syntax.lower[position] in (",", "and", "&", "or"):
            position += 1
        following = names.by_start.get(position)
        if following is None or following.start == name.end or following.adjectival:
            break
        name = following
        found.append(Bearing("title", name.head))
    return found


def _over_argument(syntax: Syntax, hit: NounHit, names: NameIndex) -> int | None:
    """Return where the name starts in "High Judge of X Ada Lund", None where nothing stands between."""
    if syntax.lower[hit.end : hit.end + 1] != ["of"] or not syntax.word[hit.start][:1].isupper():
        return None
    start = hit.end + 1 + (syntax.lower[hit.end + 1 : hit.end + 2] == ["the"])
    argument = names.by_start.get(start)
    if argument is None or argument.end not in names.by_start:
        return None
    return argument.end


def _before_other_title(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find the name of "Guild leader and High Judge X": two titles that one person bears."""
    position = hit.end + 1
    if _plural(syntax, hit) or syntax.lower[hit.end : position] not in (["and"], ["&"]):
        return []
    for i in range(position, min(position + 6, len(syntax.lower))):
        name = names.by_start.get(i)
        if name is not None and i > position:
            between = range(position, i)
            titled = all(syntax.pos[k] in ("NOUN", "PROPN", "ADJ") for k in between)
            return [Bearing("title", name.head)] if titled and not name.adjectival and _is_title(syntax, i - 1) else []
        if name is not None:
            break
    return []


def _is_title(syntax: Syntax, i: int) -> bool:
    """Tell whether a noun hangs on the name after it, or carries it."""
    return syntax.head[i] > i or bool(syntax.kids(i, "appos", "flat"))


def _including(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find the names of "firms including X, Y and Z", "firms such as X"."""
    if not _plural(syntax, hit) or not any(frame.kind is FrameKind.CLASS_NOUN for frame in hit.frames):
        return []
    node = noun_node(syntax, hit)
    listed = [c for c in syntax.children[node] if syntax.case[c] in ("including", "such as", "like") and c > node]
    return [Bearing("apposition", c) for child in listed for c in syntax.conjuncts(child) if names.at(c) is not None]


def _before_its_name(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find the name of "A member of the X, Y said": after the comma that ends the phrase, right before a verb."""
    node = noun_node(syntax, hit)
    phrase = [i for i in syntax.subtree(node) if i > hit.head and syntax.relation[i] != "appos"]
    for i in range(hit.end, min(hit.end + 10, len(syntax.lower) - 2)):
        if syntax.lower[i] == ",":
            name = names.by_start.get(i + 1)
            opens = syntax.sentence[max(0, syntax.reach(node)[0] - 1)] != syntax.sentence[node] or node < 4
            follows = name is not None and name.end < len(syntax.lower) and syntax.tag[name.end] in ("VBD", "VBZ")
            return [Bearing("apposition", name.head)] if name is not None and follows and opens else []
        if i not in phrase and syntax.pos[i] not in ("ADP", "DET", "PROPN", "NOUN", "ADJ"):
            break
    return []


def _apposition(syntax: Syntax, node: int, names: NameIndex) -> list[Bearing]:
    found = []
    apposed = syntax.relation[node] == "appos" and not syntax.kids(node, "cop")
    if apposed and syntax.pos[syntax.head[node]] in NOMINAL:
        found.append(Bearing("apposition", _apposed(syntax, node, names)))
    for child in syntax.kids(node, "appos") if syntax.case[node] != "as" else ():
        if syntax.pos[child] in NOMINAL and (names.at(child) or child > node):
            found.append(Bearing("apposition", child))
    if syntax.relation[node] in ("compound", "flat") and (name := names.at(syntax.head[node])) and name.start > node:
        between = range(node + 1, name.start)
        if all(syntax.lower[i] in ("[", "]", ",") for i in between):
            found.append(Bearing("title", name.head))
    return found


def _apposed(syntax: Syntax, node: int, names: NameIndex) -> int:
    """Return what an apposition belongs to: the name right before its comma, wherever the parser hung it."""
    head = syntax.head[node]
    comma = syntax.reach(node)[0]
    comma = comma if syntax.lower[comma] == "," else comma - 1
    name = names.by_end.get(comma) if comma > 0 and syntax.lower[comma] == "," else None
    return name.head if name is not None and names.at(head) is None else head


def _listed(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find the names of "members of X, A and B, …", whatever the parser made of it."""
    position = hit.end
    if position < len(syntax.lower) and syntax.lower[position] in ("of", "from", "for"):
        position += 1 + (position + 1 < len(syntax.lower) and syntax.lower[position + 1] == "the")
        name = names.by_start.get(position)
        position = name.end if name is not None else len(syntax.lower)
    if position >= len(syntax.lower) or syntax.lower[position] not in (",", ":"):
        return []
    found: list[Bearing] = []
    joined = False
    while position + 1 < len(syntax.lower) and syntax.lower[position] in (",", ":", "and", "&"):
        joined = joined or syntax.lower[position] in ("and", "&")
        name = names.by_start.get(position + 1)
        if name is None:
            break
        found.append(Bearing("apposition", name.head))
        position = name.end
        if syntax.lower[position : position + 1] == ["."] and syntax.lower[position + 1 : position + 2] in (
            ["and"],
            [","],
        ):
            position += 1  # the full stop of "Sr."
    return found if joined and len(found) > 1 else []


def _between_commas(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find a name between commas right after the noun, whatever the parser made of it: "its chairwoman, Ada, said"."""
    if hit.end + 1 >= len(syntax.lower) or syntax.lower[hit.end] != ",":
        return []
    name = names.by_start.get(hit.end + 1 + (syntax.lower[hit.end + 1] == "the"))
    if name is None or name.adjectival or name.end >= len(syntax.lower) or syntax.lower[name.end] not in (",", "."):
        return []
    listed = syntax.relation[name.head] == "conj" or syntax.kids(name.head, "conj")
    return [] if listed else [Bearing("apposition", name.head)]


def _after_comma(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find the name before "…, a harbour": an indefinite phrase right after a name and a comma describes it."""
    for start in range(hit.start - 1, max(0, hit.start - 7), -1):
        if syntax.lower[start] in ("a", "an"):
            name = names.by_end.get(start - 1) if syntax.lower[start - 1] == "," else None
            if name is None or name.adjectival or not _one_phrase(syntax, start, hit):
                return []
            return [Bearing("apposition", name.head)]
    return []


def _named_by_of(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    """Find the name of "the village of X": right after "of", where the noun is no relation that takes an "of"."""
    end = hit.end
    if end + 1 >= len(syntax.lower) or syntax.lower[end] != "of" or _plural(syntax, hit):
        return []
    name = names.by_start.get(end + 1)
    before = names.by_end.get(hit.start)
    modified = before is not None and not before.adjectival
    if name is None or name.adjectival or modified or any("of" in frame.arguments for frame in hit.frames):
        return []
    determined = any(syntax.lower[c] in ("the", "this") for c in syntax.kids(noun_node(syntax, hit), "det"))
    return [Bearing("apposition", name.head)] if determined else []


def _copula(syntax: Syntax, node: int) -> list[Bearing]:
    if syntax.kids(node, "cop"):
        subject = syntax.subject(node)
        return [Bearing("copula", subject, node)] if subject is not None else []
    head = syntax.head[node]
    if syntax.relation[node] == "nsubj" and syntax.kids(head, "cop") and syntax.pos[head] == "PROPN":
        return [Bearing("copula", head, head)]
    return []


def _as_or_become(syntax: Syntax, node: int) -> list[Bearing]:
    governor = syntax.head[node]
    if governor == node:
        return []
    relation, lemma = syntax.relation[node], syntax.lemma[governor]
    as_phrase = syntax.case[node] == "as" and relation in ("obl", "nmod", "advcl", "xcomp", "obj", "acl", "advmod")
    if not as_phrase and relation not in ("xcomp", "obj", "obl:unmarked", "attr", "dep"):
        return []
    if syntax.pos[governor] == "VERB" or lemma in BECOME:
        bearer = _verb_bearer(syntax, governor, lemma, node, as_phrase=as_phrase)
        name = "as-phrase" if as_phrase else "become"
        return [Bearing(name, bearer, governor)] if bearer is not None else []
    if as_phrase and lemma in _ROLE_NOUNS:
        owners = [c for c in syntax.children[governor] if syntax.relation[c] == "nmod:poss" or syntax.case[c] == "of"]
        return [Bearing("as-phrase", owners[0], governor)] if owners else []
    if as_phrase and syntax.pos[governor] == "PROPN" and syntax.lemma[syntax.head[governor]] in MAKE:
        return [Bearing("as-phrase", governor, syntax.head[governor])]
    return []


def _verb_bearer(syntax: Syntax, verb: int, lemma: str, node: int, *, as_phrase: bool) -> int | None:
    if lemma in MAKE:
        if syntax.is_passive(verb) or syntax.relation[verb] == "acl":
            return syntax.subject(verb)
        objects = [c for c in syntax.kids(verb, "obj", "iobj") if c != node]
        before = [c for first in objects[:1] for c in syntax.conjuncts(first) if c < node]
        return before[-1] if before else next(iter(objects), None)
    becomes = lemma in BECOME and syntax.relation[node] in ("xcomp", "obj")
    return syntax.subject(verb) if (lemma in SERVE if as_phrase else becomes) else None


def _name_before(syntax: Syntax, hit: NounHit, names: NameIndex) -> list[Bearing]:
    name = names.by_end.get(hit.start)
    if name is None or name.adjectival or name.affixed:
        return []
    return [Bearing("name before noun", name.head)]
