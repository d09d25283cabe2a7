"""Lint of classes, properties and individuals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.model import Issue
from kg.ontology.declarations import CLASS_TYPES, CORE, PROPERTY_TYPES, is_datatype, read_individuals
from kg.ontology.draft import Draft
from kg.ontology.terms import OntologyClass, Property, find_ancestors
from kg.ontology.turtle import is_blank, local_name
from kg.vocabulary import OWL, RDFS, TYPE

_ANYTHING: Final = frozenset({OWL + "Thing", RDFS + "Resource"})


def check_documentation(draft: Draft) -> Iterator[Issue]:
    """Classes and properties have a label and a comment, properties a domain and a range, individuals a label."""
    terms: list[OntologyClass | Property] = [*draft.domain_classes(), *draft.domain_properties()]
    for each in terms:
        if draft.triples.label(each.iri) is None:
            words = local_name(each.iri)
            yield draft.issue(each.iri, f'{draft.compact(each.iri)} has no rdfs:label; add one such as "{words}"@en')
        if not draft.triples.texts(each.iri, RDFS + "comment"):
            yield draft.issue(
                each.iri, f"{draft.compact(each.iri)} has no rdfs:comment; add a sentence that says what it means"
            )
    for prop in draft.domain_properties():
        for what, classes in (("domain", prop.domain), ("range", prop.range)):
            if not classes:
                yield draft.issue(prop.iri, f"property {draft.compact(prop.iri)} has no rdfs:{what}; add one")
    for subject in draft.triples.subjects():
        if is_blank(subject) or not draft.is_domain(subject) or draft.triples.label(subject) is not None:
            continue
        types = set(draft.triples.iris(subject, TYPE)).intersection(draft.classes)
        if any(draft.triples.home(each).iri != CORE for each in types) and not draft.triples.has_type(
            subject, *CLASS_TYPES, *PROPERTY_TYPES
        ):
            message = f"{draft.compact(subject)} has no rdfs:label; add the name under which text speaks of it"
            yield draft.issue(subject, message)


def check_ends(draft: Draft) -> Iterator[Issue]:
    """Domains and ranges are classes that something can be of, and fit the kind of the property."""
    reachable = {iri for each in draft.classes for iri in find_ancestors(each, draft.classes)} | _ANYTHING
    for prop in draft.domain_properties():
        name = draft.compact(prop.iri)
        for what, ends in (("domain", prop.domain), ("range", prop.range)):
            for end in ends:
                literal = is_datatype(end)
                if literal and (what == "domain" or not prop.datatype):
                    message = f"rdfs:{what} of {name} is {draft.compact(end)}, which holds values; "
                    message += "give a class" + ("" if what == "domain" else ", or make it an owl:DatatypeProperty")
                elif not literal and what == "range" and prop.datatype:
                    message = f"rdfs:range of {name} is the class {draft.compact(end)}; give a datatype such as "
                    message += "xsd:integer, or make it an owl:ObjectProperty"
                elif not literal and end not in reachable:
                    message = f"rdfs:{what} of {name} is {draft.compact(end)}, which is no class of the loaded files "
                    message += "and stands above none; give one of theirs or declare it"
                else:
                    continue
                yield draft.issue(prop.iri, message, f"rdfs:{what}")


def check_cycles(draft: Draft) -> Iterator[Issue]:
    """No class and no property stands above itself."""
    for terms, predicate in (
        (draft.classes, "rdfs:subClassOf"),
        (draft.properties, "rdfs:subPropertyOf"),
    ):
        seen: set[str] = set()
        for iri in terms:
            path = _cycle(iri, terms)
            if path and seen.isdisjoint(path):
                seen.update(path)
                names = " → ".join(draft.compact(each) for each in (*path, iri))
                yield draft.issue(iri, f"{predicate} goes round: {names}; take one of these out", predicate)


def check_inverses(draft: Draft) -> Iterator[Issue]:
    """An inverse names its inverse."""
    for prop in draft.properties.values():
        for other in draft.triples.iris(prop.iri, OWL + "inverseOf"):
            declared = other in draft.properties and draft.is_checked(prop.iri)
            if declared and prop.iri not in draft.triples.iris(other, OWL + "inverseOf"):
                name, back = draft.compact(prop.iri), draft.compact(other)
                message = f"{name} is the inverse of {back}, which does not say so; add owl:inverseOf {name} to {back}"
                yield draft.issue(other, message)


def check_standard(draft: Draft) -> Iterator[Issue]:
    """A property of a domain stands below one of a vocabulary that others know."""
    for prop in draft.domain_properties():
        if all(iri in draft.properties for iri in find_ancestors(prop.iri, draft.properties)):
            yield draft.issue(
                prop.iri,
                f"warning: {draft.compact(prop.iri)} is below no property of a standard vocabulary; "
                "add rdfs:subPropertyOf with the nearest of schema.org, W3C ORG, PROV-O or Dublin Core",
            )


def check_name_patterns(draft: Draft) -> Iterator[Issue]:
    """A name pattern has words; an ellipsis stands apart from them. Without one it is the whole name."""
    for each in draft.domain_classes():
        for pattern in each.name_patterns:
            if "..." in pattern:
                advice = 'has three dots; write the one character "…"'
            elif not any(map(str.isalnum, pattern)):
                advice = 'has no words beside "…"; add those that all such names share'
            elif any("…" in word and word != "…" for word in pattern.split()):
                advice = 'has an "…" that touches a word; put a space between them'
            else:
                continue
            message = f'kg:namePattern "{pattern}" of {draft.compact(each.iri)} {advice}'
            yield draft.issue(each.iri, message, f'"{pattern}"')


def check_same_names(draft: Draft) -> Iterator[Issue]:
    """Two individuals of one class do not share a name."""
    first: dict[tuple[str, str], str] = {}
    for each in read_individuals(draft.triples, draft.classes).values():
        for name in each.names:
            for type_ in each.types:
                other = first.setdefault((name.casefold(), type_), each.iri)
                if other != each.iri and draft.is_checked(each.iri):
                    message = f"{draft.compact(each.iri)} and {draft.compact(other)}, both {draft.compact(type_)}, "
                    message += f'are named "{name}"; keep the name on the one that is meant by it alone'
                    yield draft.issue(each.iri, message, f'"{name}"')


def check_measures(draft: Draft) -> Iterator[Issue]:
    """What a class is scored and measured by are datatype properties."""
    for each in draft.domain_classes():
        for what, iris in (("score", each.score or ()), ("measure", each.measures)):
            for iri in iris:
                if iri in draft.properties and not draft.properties[iri].datatype:
                    message = f"kg:{what} of {draft.compact(each.iri)} names {draft.compact(iri)}, whose values are "
                    yield draft.issue(each.iri, message + "no numbers; name a datatype property", f"kg:{what}")


def _cycle(iri: str, terms: dict[str, OntologyClass] | dict[str, Property]) -> list[str]:
    """Give the shortest way from a term up to itself, without its end; empty when there is none."""
    came: dict[str, str] = {}
    todo = [iri]
    while todo:
        each = todo.pop(0)
        term = terms.get(each)
        for parent in term.parents if term else ():
            if parent == iri:
                path = [each]
                while path[-1] != iri:
                    path.append(came[path[-1]])
                return path[::-1]
            if parent not in came:
                came[parent] = each
                todo.append(parent)
    return []


CHECKS: Final = (
    check_documentation,
    check_ends,
    check_cycles,
    check_inverses,
    check_standard,
    check_name_patterns,
    check_same_names,
    check_measures,
)
"""All checks of this module; each takes a draft and gives issues."""
