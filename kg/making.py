"""Making the knowledge: the default graph of a store, of its evidence and of what people decided on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.build_report import BuildReport
from kg.decisions import Application, Decision, Evidence, Standing, decisions_graph, recorded_quads
from kg.draw import draw
from kg.fingerprints import digest, making_fingerprint
from kg.folder import KB, MADE_OF, PICTURE, SETTINGS, TURTLE, article_graphs, holds, write_if_changed
from kg.knowledge import MIN_CONFIDENCE, article_iri, graph_prefixes, make_knowledge, read_reading, write_turtle
from kg.knowledge.facts import Corrections
from kg.knowledge.literals import boolean, decimal, text
from kg.model import Entity, Issue, Reading, Ruling
from kg.ontology import Ontology
from kg.packed import pack, unpack
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import KG, LABEL, TYPE

if TYPE_CHECKING:
    from kg.evidence import Evidence as ArticleEvidence
    from kg.identity import Profile
    from kg.linking import Linking

_MIN_CONFIDENCE: Final = NamedNode(KG + "minConfidence")
_KNOWN_FACTS: Final = NamedNode(KG + "knownFacts")
_WRITTEN: Final = NamedNode(KG + "written")
_REMEMBERED_BYTES: Final = 100_000_000
_STANDING: Final = NamedNode(KG + "standing")
_DERIVED: Final = (_STANDING, NamedNode("https://schema.org/about"))
_COUNTED: Final = {KG + "Fact": "facts", KG + "QualifiedFact": "qualified", KG + "Claim": "claims"}


def settings_graph(base: str) -> NamedNode:
    """Name the graph that holds what the knowledge was made with."""
    return NamedNode(base + SETTINGS)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entities of all articles, and what decisions came to; nothing of it counts while there are contradictions."""

    application: Application
    entities: list[Entity]
    corrections: Corrections
    contradictions: list[Issue]


class Remembered:
    """What was read of articles, so that the store need not give it: readings, packed, while there is room; profiles.

    What is remembered is what `read_reading` gives for the quads that the store holds, and the profiles of that.
    """

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}
        self._profiles: dict[str, list[Profile]] = {}
        self._room = _REMEMBERED_BYTES

    def add(self, graph: NamedNode, evidence: ArticleEvidence) -> None:
        """Remember what an article says; its reading while there is room."""
        self._profiles[graph.value] = evidence.profiles
        self._pack(graph, evidence.reading)

    def clear(self) -> None:
        """Forget all of it."""
        self._packed.clear()
        self._profiles.clear()
        self._room = _REMEMBERED_BYTES

    def _pack(self, graph: NamedNode, packed: bytes) -> None:
        self._room += len(self._packed.pop(graph.value, b""))
        if len(packed) <= self._room:
            self._packed[graph.value] = packed
            self._room -= len(packed)

    def profiles(self, graph: NamedNode) -> list[Profile] | None:
        """Give the profiles of the referents of an article; None when it was not read since."""
        return self._profiles.get(graph.value)

    def read(self, graph: NamedNode, store: Store) -> Reading:
        """Give what an article says, from memory or from the store."""
        packed = self._packed.get(graph.value)
        if packed is not None:
            return unpack(packed)
        reading = read_reading(store.quads(graph=graph))
        if self._room > 0:
            self._pack(graph, pack(reading))
        return reading


class Maker:
    """Makes the knowledge of a store whose evidence does not change meanwhile.

    What is `remembered` of its articles has to be what it holds.
    """

    def __init__(
        self,
        store: Store,
        ontology: Ontology,
        base: str,
        linking: Linking | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        self.store = store
        self.ontology = ontology
        self.base = base
        self.linking = linking
        self._remembered = Remembered() if remembered is None else remembered
        self._made: dict[tuple[Ruling, ...], list[Entity]] = {}

    @cached_property
    def graphs(self) -> list[NamedNode]:
        """The names of the graphs of all articles, sorted."""
        return article_graphs(self.store, self.base)

    def resolve(self, decisions: Iterable[Decision]) -> Resolved:
        """Make the entities of all articles, with what was decided on them."""
        application = Application(decisions, Evidence(self.store, self.base), self.ontology)
        entities = self._entities(application.rulings(self._entities))
        contradictions = application.judge(entities)
        if contradictions:
            return Resolved(application, entities, Corrections(), contradictions)
        corrected, corrections = application.correct()
        return Resolved(application, corrected, corrections, [])

    def _entities(self, rulings: tuple[Ruling, ...] = ()) -> list[Entity]:
        """Make the entities of all articles by some rulings, once."""
        from kg.identity import make_entities

        if rulings not in self._made:
            entities = make_entities(self.profiles, self.ontology, self.base, rulings=rulings)
            known = () if self.linking is None else self.linking.rulings(entities, self._by_member)
            if known:
                entities = make_entities(self.profiles, self.ontology, self.base, rulings=(*rulings, *known))
            self._made[rulings] = entities
        return self._made[rulings]

    @cached_property
    def _by_member(self) -> dict[tuple[str, str], Profile]:
        return {profile.member: profile for profile in self.profiles}

    @cached_property
    def profiles(self) -> list[Profile]:
        """What the articles tell of each referent, of help to say which thing it is."""
        from kg.identity import ProfileMaker

        maker = ProfileMaker(self.ontology)
        found: list[Profile] = []
        for graph in self.graphs:
            known = self._remembered.profiles(graph)
            found += maker.make(self._remembered.read(graph, self.store)) if known is None else known
        return found

    def forget(self) -> None:
        """Let go of all that was read, which takes more memory than what was made of it."""
        self._made.clear()
        self._remembered.clear()
        for name in ("profiles", "_by_member"):
            self.__dict__.pop(name, None)

    def reading(self, article: str) -> Reading:
        """Give what the article with this id says."""
        return read_reading(self.store.quads(graph=NamedNode(article_iri(self.base, article))))

    def _readings(self) -> Iterator[Reading]:
        return (self._remembered.read(graph, self.store) for graph in self.graphs)

    def knowledge(self, resolved: Resolved, min_confidence: float) -> Iterator[Quad]:
        """Iterate over the quads of the default graph."""
        yield from make_knowledge(
            self._readings(), resolved.entities, self.ontology, self.base, min_confidence, resolved.corrections
        )
        if self.linking is not None:
            yield from self.linking.quads(resolved.entities, self._by_member, self.base)

    def keep(self, resolved: Resolved, knowledge: Iterable[Quad], min_confidence: float) -> bool:
        """Write the default graph and those of decisions and settings; say whether the default graph changed."""
        settings = self._settings(min_confidence)
        mark = self._fingerprint(resolved.application.decisions, settings)
        graph = settings_graph(self.base)
        marks = [Quad(graph, MADE_OF, text(mark), graph)] if self.graphs else []
        changes = self.store.replace_graphs(
            {
                DEFAULT_GRAPH: knowledge,
                decisions_graph(self.base): resolved.application.quads(self.base),
                graph: [*settings, *marks],
            }
        )
        return bool(changes[DEFAULT_GRAPH])

    def _settings(self, min_confidence: float) -> list[Quad]:
        settings = settings_graph(self.base)
        set_so = [] if min_confidence == MIN_CONFIDENCE else [(_MIN_CONFIDENCE, decimal(min_confidence))]
        if self.linking is not None and self.linking.facts:
            set_so.append((_KNOWN_FACTS, boolean(True)))
        return [Quad(settings, *each, settings) for each in set_so]

    def _fingerprint(self, decisions: Iterable[Decision], settings: Iterable[Quad]) -> str:
        known = () if self.linking is None else self.linking.digests
        return making_fingerprint(self.ontology, recorded_quads(decisions, self.base), settings, known)

    def is_made(self, decisions: Iterable[Decision], min_confidence: float) -> bool:
        """Say whether the knowledge is there already, made of all evidence, of these decisions, and without issues."""
        mark = _find_setting(self.store, self.base, MADE_OF)
        if mark is None or mark != self._fingerprint(decisions, self._settings(min_confidence)):
            return False
        standings = set(self._standings())
        return not standings & {Standing.WAITING.value, Standing.SUPERFLUOUS.value}

    def count_made(self, report: BuildReport) -> None:
        """Count what the knowledge that is there holds, and the decisions that have an effect on it."""
        for _ in counted(self.store.quads(graph=DEFAULT_GRAPH), report, self.ontology, self.base):
            pass
        report.decisions = sum(standing == Standing.APPLIED for standing in self._standings())

    def _standings(self) -> Iterator[str]:
        graph = decisions_graph(self.base)
        found = (quad.object for quad in self.store.quads(None, _STANDING, graph=graph))
        return (each.value for each in found if isinstance(each, Literal))

    def min_confidence(self) -> float:
        """Give how sure a statement had to be when the knowledge was last made, 0 to 1."""
        found = _find_setting(self.store, self.base, _MIN_CONFIDENCE)
        return MIN_CONFIDENCE if found is None else float(found)

    def knows(self, decisions: Iterable[Decision]) -> bool:
        """Say whether the knowledge was last made with these decisions."""
        kept = (quad for quad in self.store.quads(graph=decisions_graph(self.base)) if quad.predicate not in _DERIVED)
        return set(kept) == set(recorded_quads(decisions, self.base))


def distrust(store: Store, base: str) -> None:
    """Take note that the knowledge of a store may soon no longer be that of its evidence, nor its files that of it."""
    graph = settings_graph(base)
    quads = list(store.quads(graph=graph))
    trusted = [quad for quad in quads if quad.predicate not in (MADE_OF, _WRITTEN)]
    if len(trusted) < len(quads):
        store.replace_graph(graph, trusted)


def is_written(store: Store, base: str) -> bool:
    """Say whether the files of a graph were written after its knowledge was made: its last change came to its end."""
    return _find_setting(store, base, _WRITTEN) is not None


def _find_setting(store: Store, base: str, setting: NamedNode) -> str | None:
    found = (quad.object for quad in store.quads(None, setting, graph=settings_graph(base)))
    return next((each.value for each in found if isinstance(each, Literal)), None)


def open_linking(folder: Path, store: Store, ontology: Ontology, base: str) -> Linking | None:
    """Open the knowledge base that the graph in a folder was last made with; None when there was none."""
    if not (folder / KB).is_file():
        return None
    from kg.kb import open_index
    from kg.linking import Linking

    index = open_index(folder)
    if index is None:
        return None
    facts = next(iter(store.quads(None, _KNOWN_FACTS, graph=settings_graph(base))), None)
    return Linking(index, ontology, facts=facts is not None)


def report_decisions(resolved: Resolved, report: BuildReport) -> None:
    """Count the decisions that have an effect, and those that wait."""
    standings = Counter(resolved.application.standing.values())
    report.decisions = standings[Standing.APPLIED] + standings[Standing.SUPERFLUOUS]
    report.waiting = standings[Standing.WAITING]


def counted(quads: Iterable[Quad], report: BuildReport, ontology: Ontology, base: str) -> Iterator[Quad]:
    """Iterate over the quads of a default graph, and count what they hold when all have passed."""
    relations: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    of_entity = f"<{base}id/"
    for quad in quads:
        predicate = quad.predicate.value
        if predicate == TYPE and isinstance(quad.object, NamedNode):
            kinds[quad.object.value] += 1
        elif (predicate == LABEL or predicate in ontology.properties) and str(quad.subject).startswith(of_entity):
            relations[predicate] += 1
        yield quad
    report.entities = relations.pop(LABEL, 0)
    for iri, name in _COUNTED.items():
        setattr(report, name, kinds[iri])
    ranked = sorted((-number, ontology.label(iri)) for iri, number in relations.items())
    report.relations = tuple((label, -number) for number, label in ranked)


def write_products(
    store: Store, ontology: Ontology, base: str, folder: Path, knowledge: Iterable[Quad] | None = None
) -> tuple[Path, ...]:
    """Write the knowledge as Turtle and as a picture, each only where it changes.

    `knowledge` is what the default graph holds, where that is at hand.
    """
    turtle, picture = folder / TURTLE, folder / PICTURE
    written = _find_setting(store, base, _WRITTEN)
    if written is not None and picture.exists() and written == _hash_file(turtle):
        return turtle, picture
    quads = store.quads(graph=DEFAULT_GRAPH) if knowledge is None else knowledge
    data = write_turtle(quads, graph_prefixes(base, ontology.prefixes)).encode()
    if not (holds(turtle, data) and picture.exists()):
        draw(store, ontology, output=picture)  # the text comes last: where it is, the picture is that of it
        write_if_changed(turtle, data)
    if _find_setting(store, base, MADE_OF) is not None:
        settings = settings_graph(base)
        kept = (quad for quad in store.quads(graph=settings) if quad.predicate != _WRITTEN)
        store.replace_graph(settings, [*kept, Quad(settings, _WRITTEN, text(digest([data])), settings)])
    return turtle, picture


def _hash_file(path: Path) -> str | None:
    try:
        return digest([path.read_bytes()])
    except OSError:
        return None
