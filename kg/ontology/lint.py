"""Lint of ontologies: what is missing, misspelt or does not fit, with the line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.errors import OntologyError
from kg.model import Issue
from kg.ontology import lint_frames, lint_names, lint_terms
from kg.ontology.declarations import read_classes, read_properties
from kg.ontology.draft import Draft
from kg.ontology.load import read_sources, shipped_ontologies
from kg.ontology.turtle import Source, TermError, Triples, TurtleError, by_length, read_source
from kg.vocabulary import PREFIXES

WARNING = "warning: "
"""What the message of an issue begins with that does not make an ontology wrong."""


def lint(files: Iterable[str | Path] = ()) -> list[Issue]:
    """Check Turtle files, all that are shipped when none is given; give the issues in the order of files and lines.

    The source of an issue is "file:line", with the column for a syntax error; only a syntax error is given where there
    is one. The core ontology is judged as to its names, cycles and inverses alone.
    """
    paths = [Path(file) for file in files] or list(shipped_ontologies())
    issues = [issue for path in paths for issue in _unreadable(path)]
    if issues:
        return issues
    sources = read_sources(*paths)
    names = {path.resolve() for path in paths}
    checked = tuple(source for source in sources if source.path.resolve() in names)
    triples = Triples(sources)
    try:
        classes, properties = read_classes(triples), read_properties(triples)
    except TermError as error:
        return [Draft(triples, {}, {}, (), checked).issue(error.term, error.problem)]
    draft = Draft(triples, classes, properties, _namespaces(sources), checked)
    checks = (*lint_terms.CHECKS, *lint_frames.CHECKS, *lint_names.CHECKS)
    found = dict.fromkeys(issue for check in checks for issue in check(draft))
    return sorted(found, key=_place)


def _unreadable(path: Path) -> list[Issue]:
    try:
        read_source(path)
    except TurtleError as error:
        return [Issue(error.source, error.problem)]
    except OntologyError as error:
        return [Issue(str(path), str(error).removeprefix(f"{path}: "))]
    return []


def _namespaces(sources: tuple[Source, ...]) -> tuple[tuple[str, str], ...]:
    prefixes = dict(PREFIXES)
    for source in sources:
        for prefix, namespace in source.prefixes.items():
            prefixes.setdefault(prefix, namespace)
    return by_length(prefixes)


def _place(issue: Issue) -> tuple[str, int, str]:
    found = re.search(r"^(.*?)(?::(\d+))?$", issue.source)
    return (found[1], int(found[2] or 0), issue.message) if found else (issue.source, 0, issue.message)
