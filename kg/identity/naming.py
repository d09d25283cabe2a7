"""What entities are called: a label, all names, and an IRI that can be read and that other articles seldom change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from kg.identity.clusters import Cluster
from kg.identity.names import bare_name, name_key, slug
from kg.model import Entity, Referent
from kg.ontology import Ontology

FREQUENT: Final = 0.25
"""A name is frequent when it labels at least this share of the articles that the most frequent name labels."""

SELDOM: Final = 0.1
"""A class that a smaller share of the articles sees in a thing was misread."""

_NAMELESS: Final = "thing"
_HASH_LENGTH: Final = 8


def name_entities(clusters: Iterable[Cluster], ontology: Ontology, base: str) -> list[Entity]:
    """Make the entities of some clusters, sorted by IRI.

    An IRI is the slug of the label. Namesakes all get the name of their class after it, and where this does not tell
    them apart a hash of the individual that they are, or of their articles. What no other article can name (it has
    no name, or a surname alone) has a hash of its article and referent from the start.
    """
    found = [(cluster, _label(cluster, ontology)) for cluster in clusters]
    slugs = _settle([_slugs(cluster, label, ontology) for cluster, label in found])
    entities = (
        _entity(cluster, label, f"{base}id/{name}", ontology)
        for (cluster, label), name in zip(found, slugs, strict=True)
    )
    return sorted(entities, key=lambda entity: entity.iri)


def _entity(cluster: Cluster, label: str, iri: str, ontology: Ontology) -> Entity:
    counts = Counter(name for referent in _referents(cluster) for name in set(referent.names))
    others = sorted((name for name in counts if name != label), key=lambda name: (-counts[name], name))
    named = any(referent.named for referent in _referents(cluster))
    return Entity(
        iri,
        label,
        (label, *others) if named else tuple(others),
        _types(cluster, ontology),
        tuple(sorted(profile.member for profile in cluster.members)),
        next(iter(cluster.kind.known), None),
    )


def _referents(cluster: Cluster) -> Iterator[Referent]:
    return (profile.referent for profile in cluster.members)


def _types(cluster: Cluster, ontology: Ontology) -> tuple[str, ...]:
    """Give the most specific classes, without those that hardly any of its articles see in it."""
    seen = {
        (each.article, above)
        for each in cluster.members
        for iri in each.referent.types
        for above in ontology.ancestors(iri)
    }
    counts = Counter(iri for _, iri in seen)
    least = SELDOM * len({article for article, _ in seen})
    return ontology.most_specific(iri for iri in cluster.kind.types if counts[iri] >= least)


def _label(cluster: Cluster, ontology: Ontology) -> str:
    """Give the individual's own label, or the fullest of the frequent labels of the referents."""
    for known in cluster.kind.known:
        if known in ontology.individuals:
            return ontology.individuals[known].label
    labels = {(each.article, _shown(each.referent.label, cluster)) for each in cluster.members}
    counts = Counter(label for _, label in labels)
    least = FREQUENT * max(counts.values())
    return min(
        (label for label in counts if counts[label] >= least),
        key=lambda label: (*_fullness(label), label.isupper(), -counts[label], label),
    )


def _fullness(label: str) -> tuple[int, int]:
    """Order labels by how full they are, the fullest first; an article says nothing."""
    key = name_key(label)
    return -len(key.split()), -len(key)


def _shown(label: str, cluster: Cluster) -> str:
    """Give a label without the honorific, where the cluster is known without it."""
    bare = bare_name(label)
    return bare if not cluster.keys or name_key(bare) in cluster.keys else label


def _slugs(cluster: Cluster, label: str, ontology: Ontology) -> tuple[str, ...]:
    """Give the slugs that a cluster can have, from the plainest to one that no other cluster has."""
    plain = slug(label) or _NAMELESS
    referents = sorted(profile.member for profile in cluster.members)
    own = f"{plain}-{_hash(repr(referents), length=16)}"
    if not cluster.keys:
        return f"{plain}-{_hash(*referents[0])}", own
    types = _types(cluster, ontology)
    by_class = (f"{plain}-{slug(ontology.label(types[0]))}",) if types else ()
    identity = sorted(cluster.kind.known) or sorted({article for article, _ in referents})
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
