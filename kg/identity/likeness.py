"""Likeness of names: whether two names that are written differently can be of one thing, and how much that says.

Each way has a weight in log-odds: what else is told of the two must make up for it (`kg.identity.weighing`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.identity.names import bare_name, name_key
from kg.identity.nicknames import full_forms, other_forms
from kg.ontology import Ontology
from kg.ontology.frames import FrameKind

MIDDLE_NAME: Final = 0.3
ORDER: Final = 0.0
NICKNAME: Final = -0.3
SURNAME_CHANGED: Final = -0.8
SPELLING: Final = -0.8
INITIAL: Final = -0.8
SURNAME: Final = -2.2
TITLE: Final = -1.0
SAME_WORDS: Final = 0.5
PART: Final = -2.0
KIND_LEFT_OUT: Final = -0.3
ACRONYM: Final = -0.5

LEFT_OUT: Final = "without"
SPELT: Final = "spelt otherwise"

LEGAL_FORMS: Final = frozenset(
    "ab ag aps as asa berhad bhd bv co company corp corporation gmbh group holding holdings inc incorporated kg kk "
    "limited llc llp ltd nv oy oyj plc pt pte pty pvt sa sas sdn se spa srl tbk".split()
)
"""Words after a company's name that papers write or leave out."""
POST_NOMINALS: Final = frozenset("cbe dbe esq kbe kc mbe mp obe phd qc ra".split())
"""Letters after a person's name that are no part of it."""
SUFFIXES: Final = frozenset("jr junior sr senior ii iii iv".split())
"""Words after a person's name that tell it from a namesake of the family."""

PEERS: Final = frozenset("baron baroness count countess dame earl lady lord sir viscount viscountess".split())
"""Titles that stand before a surname, or before the whole name."""

_COUNTS: Final = frozenset("i ii iii iv v vi vii viii ix x xi xii".split())
_LINKING: Final = frozenset(
    "a an and at da das de del della den der des di do dos du el en et for in la le of on the und van von y".split()
)
_PARTICLE: Final = re.compile(r"^(?:al|el|ul|ad|an|ash)-")
_ABBREVIATIONS: Final = {
    "st": "saint", "dept": "department", "assn": "association", "assoc": "association", "intl": "international",
    "natl": "national", "govt": "government", "univ": "university", "fc": "football club", "mt": "mount", "ft": "fort",
    "comm": "committee", "tech": "technology", "cttee": "committee", "bros": "brothers",
}  # fmt: skip
_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}s?")
"""Of two letters and more, most of them capital."""
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+|[A-Z]{1,3}\.?")
_SHORT: Final = {"junior": "jr", "senior": "sr"}
_PARTS: Final = re.compile(r"[ -]")
_NEAR: Final = 0.86
_DIGITS: Final = re.compile(r"\d")
_MOSTLY: Final = 0.65
_SHORTEST: Final = 5
_LONGEST_PLACE: Final = 4
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names are alike, in words, and what it weighs.

    `name` is the key of the one name that both have: only one of all things that it could mean is meant. `left_out`
    are the words for a kind of thing that one of them does without.
    """

    words: str
    weight: float
    name: str = ""
    left_out: frozenset[str] = frozenset()


class PeopleNames:
    """Names of people; what was read of a name is kept as long as this is."""

    def __init__(self) -> None:
        self._read = cache(lambda name: (_words(name), _suffix(name)))

    def keys_of(self, name: str) -> Iterator[str]:
        """Iterate over keys; two names can be alike only if they have one in common."""
        words, _ = self._read(name)
        if words:
            yield f"last {_skeleton(words[-1])}"
            yield from (f"last {_skeleton(part)}" for part in _PARTS.split(words[-1]) if len(part) > 1)
            if len(words) > 1:
                yield f"words {' '.join(sorted(words))}"
                yield f"first {words[0]} {_PARTICLE.sub('', words[-1])[:1]}"

    def compare(self, one: str, other: str) -> Likeness | None:
        """Say how two names that are not the same are alike; None when they are not."""
        (a, suffix), (b, other_suffix) = self._read(one), self._read(other)
        if len(a) > len(b):
            a, b = b, a
        if not a or suffix != other_suffix:
            return None
        if len(a) == 1:
            return Likeness("the surname alone", SURNAME) if len(b) > 1 and a[0] == b[-1] else None
        if len(a) == len(b) and sorted(a) == sorted(b):
            return Likeness("the same words in another order", ORDER)
        if a[-1] == b[-1]:
            return _compare_given(a[:-1], b[:-1])
        one_parts, other_parts = set(_PARTS.split(a[-1])), set(_PARTS.split(b[-1]))
        if one_parts < other_parts or other_parts < one_parts:
            return Likeness("a part of a double surname", SURNAME_CHANGED) if a[0] == b[0] else None
        known = a[0] == b[0] or _skeleton(a[-1]) == _skeleton(b[-1])
        if known and len(a) == len(b) and _near(a[-1], b[-1]) and all(map(_near_given, a[:-1], b[:-1])):
            return Likeness(SPELT, SPELLING)
        return None


def _compare_given(a: list[str], b: list[str]) -> Likeness | None:
    """Compare the names before one surname, the fewer first."""
    within = _within(a[1:], b[1:])
    if within and a[0] == b[0]:
        return Likeness("a middle name more", MIDDLE_NAME)
    if within and _agree(a[0], b[0]):
        return Likeness("an initial", INITIAL)
    if len(a) == 1 and a[0] in b:
        return Likeness("a middle name that is the one used", INITIAL)
    if within and a[0] != b[0] and _nicknames(a[0]) & _nicknames(b[0]):
        return Likeness("a short form of the given name", NICKNAME)
    if len(a) == len(b) and all(map(_near_given, a, b)):
        return Likeness(SPELT, SPELLING)
    if len(a) == len(b) > 1 and a[1:] == b[1:] and not (other_forms(a[0]) or other_forms(b[0])):
        return Likeness("another word before the name", TITLE)
    return None


def _agree(one: str, other: str) -> bool:
    """Say whether two given names are one, or one is the initial of the other."""
    return one == other or (one[0] == other[0] and (one.endswith(".") or other.endswith(".")))


def _within(fewer: list[str], more: list[str]) -> bool:
    """Say whether the middle names of one, or their initials, are those of the other, or some of them."""
    if all(map(_agree, fewer, more)):
        return True
    rest = iter(more)
    return len(fewer) < len(more) and all(not name.endswith(".") and name in rest for name in fewer)


def _near_given(one: str, other: str) -> bool:
    """Say whether two given names are spellings of one: not the same for a man and a woman."""
    return _near(one, other) and not (one[:-1] == other[:-1] and {one[-1], other[-1]} == {"a", "o"})


@dataclass(frozen=True, slots=True)
class _Name:
    """What is read of a name: its key, the words that matter, the letters that it is, and those that it begins with.

    `bare` are the words without those of countries.
    """

    key: str
    words: frozenset[str]
    bare: frozenset[str]
    acronym: str
    letters: str


class OtherNames:
    """Names of organisations, places and all else, with the words that tell what kind of thing it is.

    What was read of a name is kept as long as this is.
    """

    def __init__(self, ontology: Ontology) -> None:
        rows = [row for frame in ontology.frames if frame.kind is FrameKind.CLASS_NOUN for row in frame.lemmas if row]
        self._kinds = frozenset(" ".join(row) for row in rows)
        self._nouns = frozenset(row[-1] for row in rows)
        self.classes: dict[str, set[str]] = defaultdict(set)
        for frame in ontology.frames:
            if frame.kind is FrameKind.CLASS_NOUN:
                for row in filter(None, frame.lemmas):
                    self.classes[row[-1]].add(frame.term)
        individuals = ontology.individuals.values()
        self._names = {name_key(name): name_key(each.label) for each in individuals for name in each.names}
        self._places = self._names | {
            name_key(word): name_key(each.label) for each in individuals for word in each.demonyms
        }
        self.countries = frozenset(self._places.values())
        self._read = cache(self._read_name)

    def _read_name(self, name: str) -> _Name:
        key = name_key(name)
        words = self._words(key)
        return _Name(key, words, words - self.countries, _acronym(name), _letters(key))

    def words(self, name: str) -> frozenset[str]:
        """Give the words of a name that matter, in one form: places for people of them, words for abbreviations."""
        return self._read(name).words

    def generic(self, name: str) -> bool:
        """Say whether a name is but words for a kind of thing ("the Court"), so that many things have it."""
        key = name_key(name)
        return key in self._kinds or all(word in self._nouns for word in key.split())

    def keys_of(self, name: str) -> Iterator[str]:
        """Iterate over keys; two names can be alike only if they have one in common."""
        read = self._read(name)
        core = read.words - self._nouns
        yield from (f"word {word}" for word in sorted(core - self.countries or core or read.words))
        for letters in (read.acronym, read.letters):
            if letters:
                yield f"letters {letters}"
        if len(read.key) >= _SHORTEST:
            yield f"spelt {_skeleton(read.key)}"

    def compare(self, one: str, other: str) -> Likeness | None:
        """Say how two names that are not the same are alike; None when they are not."""
        names = self._read(one), self._read(other)
        if not _may_be_alike(*names):
            return None
        of_one, of_other = (each.words for each in names)
        if of_one and of_one == of_other:
            return Likeness("the same words but for small ones", SAME_WORDS)
        countries = (of_one ^ of_other) & self.countries
        if countries and not self._of_country(*names, countries):
            return None
        short, long = sorted(names, key=lambda name: (len(name.words - countries), name.key))
        a, b = short.words - countries, long.words - countries
        if a and a <= b:
            left_out = b - a
            words = " ".join((LEFT_OUT, *sorted(left_out | countries)))
            if left_out <= self._nouns and not a <= self._nouns | self.countries:
                fuller = names[len(one) < len(other)]
                is_kind = bool(a & self._nouns) and fuller.key.split()[-1] in left_out
                return None if is_kind else Likeness(words, KIND_LEFT_OUT, left_out=left_out)
            if left_out and not a & self.countries and self._is_part(short, long, a):
                return Likeness(words, PART)
        if any(short.acronym and short.acronym == long.letters for short, long in (names, names[::-1])):
            return Likeness("its letters", ACRONYM)
        if not a or len(a) != len(b) or min(len(one), len(other)) < _LONG:
            return None
        known = (a & b) - self._nouns - self.countries or _skeleton(short.key) == _skeleton(long.key)
        return Likeness(SPELT, SPELLING) if known and _only_spelling(a, b) else None

    def _of_country(self, one: _Name, other: _Name, countries: frozenset[str]) -> bool:
        """Say whether one of two names names all these countries, first in it or last after a small word."""
        if not (countries <= one.words or countries <= other.words):
            return False
        words = (one if countries <= one.words else other).key.split()
        first = any(" ".join(words[:number]).removesuffix("'s") in self._places for number in (1, 2, 3))
        return first or any(word in _LINKING for word in words[-4:-1])

    def _is_part(self, one: _Name, other: _Name, words: frozenset[str]) -> bool:
        """Say whether the shorter name ends the longer one, or begins it and is no kind of thing by itself.

        A word after "X of Y" is for something else, of X: its library.
        """
        short, long = one.key, other.key
        kinds = words & self._nouns
        if words == kinds or any(word in _COUNTS or _DIGITS.search(word) for word in other.words - words):
            return False
        begins = long.startswith(f"{short} ")
        if begins and " of " in short:
            return False
        if kinds and len(words) < 3:
            return long.endswith(f" {short}") or any(long.startswith(f"{kind} of ") for kind in kinds)
        return begins or len(words) > 1

    def _words(self, key: str) -> frozenset[str]:
        found = self._names.get(key)
        if found is not None or key in self._places:
            return frozenset((found or key,))
        words = [word for word in self._with_places(_dotless(key).split()) if word not in _LINKING]
        while len(words) > 1 and words[-1] in LEGAL_FORMS:
            words.pop()
        return frozenset(_ABBREVIATIONS.get(word, word) for word in words)

    def _with_places(self, words: list[str]) -> Iterator[str]:
        """Iterate over words, the name of a place or the word for its people as the place's own name."""
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + _LONGEST_PLACE), start, -1):
                place = self._places.get(" ".join(words[start:end]))
                if place is not None or end == start + 1:
                    yield place or words[start]
                    start = end
                    break


def _may_be_alike(one: _Name, other: _Name) -> bool:
    """Say at once of most names that they are not alike: both have words of their own, and neither is letters."""
    a, b = one.bare, other.bare
    if len(a) == len(b) or a < b or b < a:
        return True
    return bool(one.acronym and one.acronym == other.letters) or bool(other.acronym and other.acronym == one.letters)


def _only_spelling(a: frozenset[str], b: frozenset[str]) -> bool:
    """Say whether each word of one has a word of the other that is but spelt otherwise, and no number differs."""
    rest_a, rest_b = sorted(a - b), sorted(b - a)
    return all(
        not (one.isdigit() or other.isdigit()) and _near(one, other) for one, other in zip(rest_a, rest_b, strict=True)
    )


def _words(name: str) -> list[str]:
    """Give the words of a person's name, without honorifics, letters after it, and suffixes."""
    words: list[str] = []
    for word in bare_name(name).split():
        letters = name_key(word)
        if letters in POST_NOMINALS or letters in SUFFIXES:
            words.append(letters)
        elif _INITIALS.fullmatch(word) and (len(letters) == 1 or "." in word or not name.isupper()):
            words += [f"{letter}." for letter in letters]
        else:
            words += _dotless(letters).split()
    while len(words) > 1 and words[0] in PEERS:
        words = words[1:]
    while len(words) > 1 and words[-1] in POST_NOMINALS | SUFFIXES:
        words = words[:-1]
    return words


def _suffix(name: str) -> str:
    """Give what tells a person from a namesake of the family."""
    found = [word for word in name_key(name).split()[1:] if word in SUFFIXES]
    return _SHORT.get(found[-1], found[-1]) if found else ""


def _dotless(key: str) -> str:
    return key.replace(" & ", " and ").replace("+", " ")


def _acronym(name: str) -> str:
    """Give the letters of a name that is nothing but letters; empty for any other."""
    plain = name.replace(".", "").strip()
    return plain.removesuffix("s").lower() if len(plain) > 2 and _ACRONYM.fullmatch(plain) else ""


def _letters(key: str) -> str:
    """Give the first letters of the words of a name of three and more, those of linking words left out."""
    words = [word for word in re.split(r"[\s-]+", key) if word and word not in _LINKING]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


_SOUNDS: Final = str.maketrans({"q": "k", "c": "k", "z": "s", "v": "f", "x": "ks", "d": "t", "g": "k", "b": "p"})
_FIRST: Final = {"h": "h", "w": "f"}
_SOUNDLESS: Final = re.compile(r"[aeiouyhwj]+")


@lru_cache(maxsize=65536)
def _skeleton(word: str) -> str:
    """Give what seldom changes when a name is spelt in another alphabet: the consonants, and a vowel before them."""
    plain = re.sub(r"[^a-z]", "", _PARTICLE.sub("", word).translate(_SOUNDS))
    bare = re.sub(r"(.)\1+", r"\1", _SOUNDLESS.sub("", plain))
    return f"{_FIRST.get(plain[0], 'a')}{bare}" if _SOUNDLESS.match(plain) else bare


@lru_cache(maxsize=65536)
def _near(one: str, other: str) -> bool:
    """Say whether two words are likely spellings of one: few letters differ, fewer where it sounds otherwise."""
    if one == other:
        return True
    a, b = _PARTICLE.sub("", one), _PARTICLE.sub("", other)
    if min(len(a), len(b)) < _SHORTEST:
        return False
    if _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    similar = _similar(a, b)
    if _skeleton(a) == _skeleton(b) != "":
        return similar >= _MOSTLY
    return similar >= _NEAR and a[0] == b[0]


def _similar(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one, other)


def _nicknames(name: str) -> frozenset[str]:
    """Give a given name with the full names that it is short for."""
    return full_forms(name) | {name}
