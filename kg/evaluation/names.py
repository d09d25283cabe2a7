"""Which things and words of an extraction are which names of the gold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

Gold: TypeAlias = dict[str, Any]
"""What a careful reader takes from one article; `kg.evaluation.gold` says what it holds."""

Object: TypeAlias = Mapping[str, Any]
"""A line of `kg extract`, or a part of one."""


_SOME: Final = frozenset({"a", "an", "one", "some", "several", "many", "two", "three", "another"})


def normalise(text: str) -> str:
    """Fold case and quotes, drop brackets, a leading "the" and a possessive ending."""
    text = " ".join(text.casefold().replace("’", "'").translate(str.maketrans("", "", '[]“”"')).split())
    return re.sub(r"('s|'|\.)$", "", re.sub(r"^the ", "", text))


def alternatives(expression: str) -> list[str]:
    """Split what the gold accepts at its bars."""
    return [normalise(each) for each in expression.split("|")]


class Names:
    """Which thing of the output is which name of the gold."""

    def __init__(self, gold: Gold, objects: Iterable[Object]) -> None:
        self._surfaces: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._labels: dict[str, str] = {}
        self._aliases = [alternatives(group[0]) for group in gold.get("same", []) if "|" in group[0]]
        self.catalog = [self.expand(name) for name, _ in gold.get("types", [])]
        for each in objects:
            if each["kind"] == "mention":
                self._surfaces[each["entity"]][normalise(each["text"])] += 1
            for end in (each.get("subject"), each.get("object"), each.get("speaker")):
                if end and "iri" in end:
                    self._labels[end["iri"]] = end["label"]
        self._accepted: dict[str, frozenset[str]] = {}

    def expand(self, expression: str) -> frozenset[str]:
        """Give all that the gold takes for a name."""
        names = set(alternatives(expression))
        return frozenset(names.union(*(alias for alias in self._aliases if names & set(alias))))

    def label(self, iri: str) -> str:
        """Give the label of a thing, or its commonest mention."""
        common = self._surfaces[iri].most_common(1)
        return self._labels.get(iri) or (common[0][0] if common else iri)

    def own(self, iri: str) -> list[frozenset[str]]:
        """Give the names of the gold that a thing carries, the one it is taken for first."""
        label, surfaces = normalise(self.label(iri)), self._surfaces[iri]
        carried = [names for names in self.catalog if label in names or names & surfaces.keys()]
        return sorted(carried, key=lambda names: (label not in names, -sum(surfaces[name] for name in names)))

    def accepted(self, iri: str) -> frozenset[str]:
        """Give the texts under which a thing is known, less the names of others that it was confused with."""
        if iri not in self._accepted:
            first, *others = self.own(iri) or [frozenset()]
            texts = {normalise(self.label(iri)), *self._surfaces[iri]}
            self._accepted[iri] = frozenset((texts - frozenset().union(*others)) | (first & texts))
        return self._accepted[iri]

    def match(self, end: Object | None, wanted: str | int | float | None) -> bool:
        """Say whether one end of a statement (an entity or a value) is what the gold names."""
        if end is None or wanted is None:
            return end is None and wanted is None
        if "value" in end:
            return any(_same_value(str(end["value"]), each) for each in str(wanted).split("|"))
        return not self.expand(str(wanted)).isdisjoint(self.accepted(end["iri"]))

    def is_catalogued(self, wanted: object) -> bool:
        """Say whether each alternative is a name of a thing that the gold gives a type."""
        catalog: frozenset[str] = frozenset().union(*self.catalog)
        return isinstance(wanted, str) and catalog.issuperset(alternatives(wanted))

    def match_words(self, end: Object, wanted: str | int) -> bool:
        """Do as `match`, and take an end too whose words contain, or are part of, those wanted."""
        if self.match(end, wanted):
            return True
        words = set(normalise(str(end.get("label") or end.get("value"))).split())
        texts = [set(each.split()) for each in alternatives(str(wanted))]
        return bool(words) and any(words <= text or text <= words for text in texts)

    def things(self) -> list[str]:
        """Give everything that is mentioned, sorted."""
        return sorted(self._surfaces)

    def has_mention(self, iri: str, text: str) -> bool:
        """Say whether one of these words is a mention of the thing."""
        return not self._surfaces[iri].keys().isdisjoint(alternatives(text))


def _same_value(found: str, wanted: str) -> bool:
    try:
        return float(found.replace(",", "")) == float(wanted.replace(",", ""))
    except ValueError:
        return normalise(found) == normalise(wanted)


def is_named(label: str) -> bool:
    """Say whether a label looks like a name: it does not start with an article and its last word has a capital."""
    words = label.split()
    return bool(words) and words[0].casefold() not in _SOME and words[-1][:1].isupper()
