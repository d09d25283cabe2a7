"""What entities are called: a label, all names, and an IRI that can be read and that other articles seldom change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from kg.identity.groups import Group
from kg.identity.names import bare_name, name_key, slug
from kg.model import Entity
from kg.ontology import Ontology

FREQUENT: Final = 0.25
"""A name is frequent when it labels at least this share of the articles that the most frequent name labels."""

_NAMELESS: Final = "thing"
_HASH_LENGTH: Final = 8


def name_entities(groups: Iterable[Group], ontology: Ontology, base: str) -> list[Entity]:
    """Make the entities of some groups, sorted by IRI.

    An IRI is the slug of the label. Namesakes all get the name of their class after it, and where this does not tell
    them apart a hash of the individual that they are, or of their articles. What no other article can name (it has
    no name, or a surname alone) has a hash of its article and referent from the start.
    """
    found = [(group, _label(group, ontology)) for group in groups]
    slugs = _settle([_slugs(group, label, ontology) for group, label in found])
    entities = (
        _entity(group, label, f"{base}id/{name}", ontology) for (group, label), name in zip(found, slugs, strict=True)
    )
    return sorted(entities, key=lambda entity: entity.iri)


def _entity(group: Group, label: str, iri: str, ontology: Ontology) -> Entity:
    counts = Counter(name for _, referent in group.members for name in set(referent.names))
    others = sorted((name for name in counts if name != label), key=lambda name: (-counts[name], name))
    named = any(referent.named for _, referent in group.members)
    return Entity(
        iri,
        label,
        (label, *others) if named else tuple(others),
        ontology.most_specific(group.kind.types),
        tuple(sorted((article, referent.id) for article, referent in group.members)),
        next(iter(group.kind.known), None),
    )


def _label(group: Group, ontology: Ontology) -> str:
    """Give the individual's own label, or the fullest of the frequent labels of the referents."""
    for known in group.kind.known:
        if known in ontology.individuals:
            return ontology.individuals[known].label
    labels = {(article, _shown(referent.label, group)) for article, referent in group.members}
    counts = Counter(label for _, label in labels)
    least = FREQUENT * max(counts.values())
    return min(
        (label for label in counts if counts[label] >= least),
        key=lambda label: (-len(label.split()), -len(label), label.isupper(), -counts[label], label),
    )


def _shown(label: str, group: Group) -> str:
    """Give a label without the honorific, where the group is known without it."""
    bare = bare_name(label)
    return bare if not group.names or name_key(bare) in group.names else label


def _slugs(group: Group, label: str, ontology: Ontology) -> tuple[str, ...]:
    """Give the slugs that a group can have, from the plainest to one that no other group has."""
    plain = slug(label) or _NAMELESS
    referents = sorted((article, referent.id) for article, referent in group.members)
    own = f"{plain}-{_hash(repr(referents), length=16)}"
    if not group.names:
        return f"{plain}-{_hash(*referents[0])}", own
    types = ontology.most_specific(group.kind.types)
    by_class = (f"{plain}-{slug(ontology.label(types[0]))}",) if types else ()
    identity = sorted(group.kind.known) or sorted({article for article, _ in referents})
    return plain, *by_class, f"{plain}-{_hash(*identity)}", own


def _settle(choices: list[tuple[str, ...]]) -> list[str]:
    """Give everybody the first choice that nobody else has; all who want the same go on to their next."""
    levels = [0] * len(choices)
    while True:
        wanted = [each[level] for each, level in zip(choices, levels, strict=True)]
        counts = Counter(wanted)
        clashing = [n for n, name in enumerate(wanted) if counts[name] > 1 and levels[n] + 1 < len(choices[n])]
        if not clashing:
            return wanted
        for number in clashing:
            levels[number] += 1


def _hash(*parts: str, length: int = _HASH_LENGTH) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:length]
