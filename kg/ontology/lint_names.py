"""Lint of the names that files use: terms that nobody declares, prefixes that mean two things, imports, rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.model import Issue
from kg.ontology.declarations import CORE
from kg.ontology.draft import Draft, issue_at
from kg.ontology.load import shipped_ontologies
from kg.ontology.near import did_you_mean
from kg.ontology.rules import construct_text, find_danger, iter_rule_nodes, prologue
from kg.ontology.turtle import Source, is_blank, key, local_name, read_source
from kg.vocabulary import PREFIXES, SH, TYPE

if TYPE_CHECKING:
    from rdflib.namespace import DefinedNamespaceMeta

_TOKEN: Final = re.compile(
    r'"""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<([^<>\s]*)>|#[^\n]*|(?<![\w?$])([A-Za-z][\w.-]*)?:([\w-]+)'
)


class Names:
    """Says of an IRI whether anybody declares it: a loaded file, or a vocabulary whose terms are all known."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        triples = draft.triples
        self.declared = {subject for subject in triples.subjects() if triples.values(subject, TYPE)}
        terms = [iri for iri in (*draft.classes, *draft.properties) if draft.is_checked(iri)]
        self.owned = {iri[: -len(local_name(iri))] for iri in terms}
        self.owned |= {f"{source.iri}{end}" for source in triples.sources if source.iri for end in "#/"}

    @cached_property
    def vocabularies(self) -> dict[str, DefinedNamespaceMeta]:
        """Namespaces of W3C and schema.org to the containers of their terms."""
        import rdflib

        spaces = (
            *(rdflib.RDF, rdflib.RDFS, rdflib.OWL, rdflib.SKOS, rdflib.SH),
            *(rdflib.PROV, rdflib.ORG, rdflib.DCTERMS, rdflib.SDO),
        )
        return {str(space): space for space in spaces}

    @cached_property
    def shipped(self) -> dict[str, Source]:
        """Namespaces of the shipped ontologies that are not loaded."""
        loaded = {source.iri for source in self.draft.triples.sources}
        sources = (read_source(path) for path in shipped_ontologies()[1:])
        return {f"{source.iri}#": source for source in sources if source.iri not in loaded}

    def problem(self, iri: str) -> str | None:
        """Say what is wrong with a name and what to do; None when it is declared, or nobody can know."""
        namespace, name = iri[: len(iri) - len(local_name(iri))], local_name(iri)
        short = self.draft.compact(iri)
        if namespace in self.owned:
            if iri in self.declared or not name:
                return None
            near = [local_name(each) for each in self.declared if each.startswith(namespace)]
            return f"{short} is not declared{did_you_mean(name, near) or '; declare it, or correct the name'}"
        if namespace in self.vocabularies:
            terms = self.vocabularies[namespace]
            if not name or iri in terms or re.fullmatch(r"_\d+", name):
                return None
            advice = did_you_mean(name, map(local_name, dir(terms))) or "; look its terms up"
            return f"{short} is no term of <{namespace}>{advice}"
        if namespace in self.shipped:
            source = self.shipped[namespace]
            return f"{short} is of {source.path.name}, which is not loaded; add owl:imports <{source.iri}>"
        return None


def check_terms(draft: Draft) -> Iterator[Issue]:
    """Every name of a checked file is declared; one issue for a name and a file."""
    names = Names(draft)
    for source in draft.checked:
        for iri in dict.fromkeys(iri for triple in source.triples for iri in _iris(triple)):
            problem = names.problem(iri)
            if problem:
                yield issue_at(source, iri, problem)


def check_prefixes(draft: Draft) -> Iterator[Issue]:
    """A prefix means the same in all files."""
    meanings = dict(PREFIXES)
    for source in draft.triples.sources:
        for prefix, namespace in source.prefixes.items():
            meaning = meanings.setdefault(prefix, namespace)
            if prefix and meaning != namespace and source in draft.checked:
                message = f"prefix {prefix}: is <{namespace}> here and <{meaning}> elsewhere; make it the same"
                line = next((n for n, text in enumerate(source.text.splitlines(), 1) if f"<{namespace}>" in text), 1)
                yield Issue(f"{source.path}:{line}", message)


def check_imports(draft: Draft) -> Iterator[Issue]:
    """Every import is shipped, or among the files given."""
    loaded = {source.iri for source in draft.triples.sources} | {CORE}
    for source in draft.checked:
        for iri in source.imports:
            if iri not in loaded:
                message = (
                    f"owl:imports <{iri}> is neither shipped nor among the files; give its file too, or take it out"
                )
                yield issue_at(source, iri, message)


def check_rules(draft: Draft) -> Iterator[Issue]:
    """Every rule is a SPARQL CONSTRUCT whose terms are declared."""
    names = Names(draft)
    for shape, node, _ in iter_rule_nodes(draft.triples):
        source = draft.triples.home(node)
        if source not in draft.checked:
            continue
        text, prefixes = construct_text(draft.triples, node), prologue(draft.triples, node, source)
        label = draft.triples.label(node) or ("a rule" if is_blank(shape) else f"a rule of {draft.compact(shape)}")
        problem = _sparql_problem(prefixes, text)
        if problem:
            row, message = problem
            yield Issue(f"{source.path}:{_line(source, text) + row}", f"{label}: {message}")
            continue
        known = dict(re.findall(r"PREFIX (\S*): <([^>]*)>", prefixes + text))
        for iri, start in _query_iris(text, known):
            wrong = names.problem(iri)
            if wrong:
                row = text.count("\n", 0, start)
                yield Issue(f"{source.path}:{_line(source, text) + row}", f"{label}: {wrong}")


def check_rule_kinds(draft: Draft) -> Iterator[Issue]:
    """What is held as a rule is one that can be run."""
    running = {node for _, node, _ in iter_rule_nodes(draft.triples)}
    for shape in draft.triples.subjects():
        for node in draft.triples.nodes(shape, SH + "rule"):
            if node not in running and draft.is_checked(shape):
                message = (
                    f"a rule of {draft.compact(shape)} has no sh:construct; only rules of type sh:SPARQLRule are run"
                )
                yield draft.issue(shape, message, "sh:rule")


def _iris(triple: tuple[str, str, object]) -> Iterator[str]:
    subject, predicate, value = triple
    if not is_blank(subject):
        yield subject
    yield predicate
    if isinstance(value, ox.NamedNode):
        yield key(value)
    elif isinstance(value, ox.Literal):
        yield value.datatype.value


def _sparql_problem(prefixes: str, text: str) -> tuple[int, str] | None:
    """Give the row of the text, from 0, and what is wrong with it; None when it is a CONSTRUCT query."""
    danger = find_danger(text)
    if danger is not None:
        return 0, danger
    try:
        result = ox.Store().query(prefixes + text)
    except SyntaxError as error:
        found = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        row = int(found[1]) - 1 - prefixes.count("\n") if found else 0
        if found and "Prefix not found" in found[3]:
            return row, f"column {found[2]} of its SPARQL has a prefix that the file does not declare; declare it"
        where = f"at column {found[2]}" if found else f"({error})"
        return row, f"its SPARQL does not parse {where}; correct it there or just before"
    if not isinstance(result, ox.QueryTriples):
        return 0, "its SPARQL is no CONSTRUCT; write CONSTRUCT { … } WHERE { … }"
    if re.search(r"[$?]this\b", text):
        return 0, "$this is not bound here; name the variable and say in WHERE what it stands for"
    return None


def _query_iris(text: str, prefixes: dict[str, str]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for match in _TOKEN.finditer(text):
        iri = match[1] or (prefixes.get(match[2] or "", "") + match[3] if match[3] else "")
        if iri and iri not in seen:
            seen.add(iri)
            yield iri, match.start()


def _line(source: Source, text: str) -> int:
    """Give the line of the file where a text begins; the first when it is written with escapes."""
    at = source.text.replace("\r\n", "\n").find(text.replace("\r\n", "\n"))
    return source.text.replace("\r\n", "\n").count("\n", 0, max(at, 0)) + 1


CHECKS: Final = (check_terms, check_prefixes, check_imports, check_rules, check_rule_kinds)
"""All checks of this module; each takes a draft and gives issues."""
