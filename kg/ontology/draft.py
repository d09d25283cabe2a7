"""What a lint looks at: the declarations of some files, and where in their text a thing stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Issue
from kg.ontology.declarations import CORE
from kg.ontology.terms import OntologyClass, Property
from kg.ontology.turtle import Source, Triples, compact_iri


@dataclass(frozen=True, slots=True)
class Draft:
    """Parsed files of which only those in `checked` are judged; the others are what they build on."""

    triples: Triples
    classes: dict[str, OntologyClass]
    properties: dict[str, Property]
    namespaces: tuple[tuple[str, str], ...]
    checked: tuple[Source, ...]

    def compact(self, iri: str) -> str:
        """Shorten an IRI for a message."""
        return compact_iri(iri, self.namespaces)

    def is_checked(self, subject: str) -> bool:
        """Say whether a subject stands in a file to be judged."""
        return self.triples.home(subject) in self.checked

    def is_domain(self, subject: str) -> bool:
        """Say whether a subject stands in a file to be judged that is not the core."""
        return self.is_checked(subject) and self.triples.home(subject).iri != CORE

    def domain_classes(self) -> Iterator[OntologyClass]:
        """Iterate over the classes of the domain ontologies to be judged."""
        return (each for each in self.classes.values() if self.is_domain(each.iri))

    def domain_properties(self) -> Iterator[Property]:
        """Iterate over the properties of the domain ontologies to be judged."""
        return (each for each in self.properties.values() if self.is_domain(each.iri))

    def issue(self, subject: str, message: str, *then: str, home: str | None = None) -> Issue:
        """Report on a subject: at its line, or at that of the last of the texts that follow one another after it.

        `home` names another subject whose file is meant.
        """
        return issue_at(self.triples.home(home or subject), subject, message, *then)


def issue_at(source: Source, iri: str, message: str, *then: str) -> Issue:
    """Report on a term in a file, with the line when it is found."""
    line = find_line(source, iri, *then)
    return Issue(f"{source.path}:{line}" if line else str(source.path), message)


def find_line(source: Source, iri: str, *then: str) -> int | None:
    """Find the line where a term is declared, else first used; None when the file never names it.

    Texts in `then` are looked for one after the other from there; a text that is not found is passed over.
    """
    names = [f"<{iri}>"] + [
        f"{prefix}:{iri[len(namespace) :]}"
        for prefix, namespace in source.prefixes.items()
        if iri.startswith(namespace) and iri != namespace
    ]
    name = "|".join(re.escape(each) for each in names)
    for pattern in (rf"(?m)^(?:{name})(?=[\s;\[])", rf"(?<![\w:])(?:{name})(?![\w-])"):
        found = re.search(pattern, source.text)
        if found:
            start = found.start()
            for text in then:
                at = source.text.find(text, start)
                start = start if at < 0 else at
            return source.text.count("\n", 0, start) + 1
    return None
