"""Score one article's extraction against its gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from matching import Gold, Names, Object, Terms, is_named, load_terms, local

from kg.vocabulary import TYPE

PROPERTIES = """
memberOfParty represents chairs leads holdsOffice headOfGovernment headOfState governs ministerOf memberOf worksFor
spokespersonFor spouse parentOf sibling citizenOf bornIn locatedIn basedIn partOf founded ownedBy candidateIn electedTo
succeeded metWith supports opposes criticised memberCount employeeCount
"""
PARTICIPANTS = """
concerns body votesFor votesAgainst abstentions outcome appointee post appointedBy organisation resignedBy winner heldIn
onDate court organiser
"""
SCORED = frozenset(PROPERTIES.split())
ROLES = frozenset(PARTICIPANTS.split())
WORDED = frozenset({"post", "organisation", "concerns", "body", "outcome"})
UNSCORED_CLASSES = ("Event", "Office", "VoteOutcome")


@dataclass(slots=True)
class Tally:
    """Of `predicted` how many are right, of `wanted` how many are found."""

    predicted: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    def add(self, other: Tally) -> None:
        """Count the other in."""
        self.predicted += other.predicted
        self.right += other.right
        self.wanted += other.wanted
        self.found += other.found

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 1 when nothing is predicted."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the wanted that is found; 1 when nothing is wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Score:
    """What one article, or all of them, came to. `facts` is by property; `errors` are lines for people."""

    facts: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)
    claims: Tally = field(default_factory=Tally)
    qualified: Tally = field(default_factory=Tally)
    sameness: Tally = field(default_factory=Tally)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def overall(self) -> Tally:
        """Give all facts together, whatever their property."""
        total = Tally()
        for tally in self.facts.values():
            total.add(tally)
        return total

    def add(self, other: Score, name: str) -> None:
        """Count the score of the article `name` in."""
        for prop, tally in other.facts.items():
            self.facts[prop].add(tally)
        for part in ("types", "events", "claims", "qualified", "sameness"):
            getattr(self, part).add(getattr(other, part))
        self.violations += [f"{name}: {line}" for line in other.violations]
        self.errors += [f"{name}: {line}" for line in other.errors]


def qualification(statement: Object) -> str | None:
    """Give "Former", "Acting" or "Future" when that keeps the statement from being a plain fact."""
    found = statement.get("qualification")
    kind = found.get("kind") if isinstance(found, Mapping) else found
    return local(kind) if kind else None


@dataclass(frozen=True)
class Fact:
    """A statement with its property's local name, turned round where only the inverse is scored."""

    subject: Object
    property: str
    object: Object
    statement: Object

    def __str__(self) -> str:
        words = self.object.get("label") or self.object.get("value")
        return f"{self.subject['label']} {self.property} {words}   ← {self.statement['evidence']['text']}"


class Scorer:
    """One article's gold against one article's output."""

    def __init__(self, gold: Gold, objects: list[Object], terms: Terms) -> None:
        self.gold, self.terms, self.score = gold, terms, Score()
        self.names = Names(gold, objects)
        self.statements = [each for each in objects if each["kind"] in ("statement", "qualified")]
        self.attributions = [each for each in objects if each["kind"] == "attribution"]
        asserted = [each for each in self.statements if each["status"] == "asserted"]
        self.plain = [each for each in asserted if not qualification(each)]
        self.classes: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.plain:
            if each["predicate"]["iri"] == TYPE:
                self.classes[each["subject"]["iri"]].add(local(each["object"]["iri"]))
        for each in objects:
            if each["kind"] == "mention":
                self.classes[each["entity"]].update(map(local, each["types"]))

    def run(self) -> Score:
        """Score everything."""
        self.score_facts()
        self.score_qualified()
        self.score_types()
        self.score_events()
        self.score_claims()
        self.score_sameness()
        self.find_violations()
        return self.score

    def _facts(self, statements: Iterable[Object]) -> list[Fact]:
        found: dict[tuple[Any, ...], Fact] = {}
        for each in statements:
            subject, name, other = each["subject"], local(each["predicate"]["iri"]), each["object"]
            inverse = self.terms.inverse.get(name)
            if name not in SCORED and inverse in SCORED and "iri" in other:
                subject, name, other = other, inverse, subject
            if name in SCORED:
                key = subject["iri"], name, other.get("iri", other.get("value"))
                found.setdefault(key, Fact(subject, name, other, each))
        return list(found.values())

    def _fits(self, fact: Fact, wanted: list[Any], *, broader: bool) -> bool:
        """Compare a fact with one of the gold; `broader` takes a super-property for it, otherwise a sub-property."""
        is_a, names = self.terms.is_a, wanted[1].split("|")
        if not any(is_a(name, fact.property) if broader else is_a(fact.property, name) for name in names):
            return False
        ends = [(fact.subject, fact.object)]
        if fact.property in self.terms.symmetric:
            ends.append((fact.object, fact.subject))
        return any(self.names.match(a, wanted[0]) and self.names.match(b, wanted[2]) for a, b in ends)

    def score_facts(self) -> None:
        """Compare the plain asserted facts, by property."""
        facts = self._facts(self.plain)
        for fact in facts:
            right = any(self._fits(fact, wanted, broader=True) for wanted in self.gold["facts"])
            if not right and any(self._fits(fact, wanted, broader=True) for wanted in self.gold.get("also", [])):
                continue
            self.score.facts[fact.property].add(Tally(predicted=1, right=int(right)))
            if not right:
                self.score.errors.append(f"wrong   {fact}")
        for wanted in self.gold["facts"]:
            found = any(self._fits(fact, wanted, broader=False) for fact in facts)
            self.score.facts[wanted[1].split("|")[0]].add(Tally(wanted=1, found=int(found)))
            if not found:
                self.score.errors.append("missed  " + " ".join(map(str, wanted)))

    def score_qualified(self) -> None:
        """Compare what is former, acting or future."""
        statements = [each for each in self.statements if each["status"] == "asserted" and qualification(each)]
        facts, gold = self._facts(statements), self.gold.get("qualified", [])
        kinds = [(fact, qualification(fact.statement)) for fact in facts]
        for fact, kind in kinds:
            right = any(kind == each[3] and self._fits(fact, each, broader=True) for each in gold)
            self.score.qualified.add(Tally(predicted=1, right=int(right)))
            if not right:
                self.score.errors.append(f"wrong   {kind} {fact}")
        for each in gold:
            found = any(kind == each[3] and self._fits(fact, each, broader=False) for fact, kind in kinds)
            self.score.qualified.add(Tally(wanted=1, found=int(found)))
            if not found:
                self.score.errors.append("missed  " + " ".join(map(str, each)))

    def _specific(self, iri: str) -> list[str]:
        classes = self.classes[iri]
        return sorted(c for c in classes if not any(o != c and self.terms.is_a(o, c) for o in classes))

    def score_types(self) -> None:
        """Compare the most specific classes of everything that has a name."""
        is_a = self.terms.is_a
        for iri in sorted(self.classes):
            own = self.names.own(iri)[:1]
            wanted = [c for name, cs in self.gold["types"] if self.names.expand(name) in own for c in cs.split("|")]
            for each in self._specific(iri):
                if any(is_a(each, top) for top in UNSCORED_CLASSES) or not (own or is_named(self.names.label(iri))):
                    continue
                right = any(is_a(c, each) for c in wanted)
                self.score.types.add(Tally(predicted=1, right=int(right)))
                if not right:
                    self.score.errors.append(f"wrong   {self.names.label(iri)} is a {each}")
        for name, cs in self.gold["types"]:
            bearers = [iri for iri in self.classes if self.names.match({"iri": iri}, name)]
            found = any(is_a(c, top) for iri in bearers for c in self.classes[iri] for top in cs.split("|"))
            self.score.types.add(Tally(wanted=1, found=int(found)))
            if not found:
                self.score.errors.append(f"missed  {name} is a {cs}")

    def _events(self) -> list[tuple[str, dict[str, list[Object]]]]:
        roles: defaultdict[str, dict[str, list[Object]]] = defaultdict(dict)
        for each in self.plain:
            iri, name = each["subject"]["iri"], local(each["predicate"]["iri"])
            if any(self.terms.is_a(c, "Event") for c in self.classes[iri]):
                values = roles[iri]
                if name in ROLES and each["object"] not in values.setdefault(name, []):
                    values[name].append(each["object"])
        return [(kind, values) for iri, values in sorted(roles.items()) for kind in self._specific(iri)]

    def _plays(self, role: str, value: Object, wanted: Any) -> bool:
        if role in WORDED:
            return self.names.match_words(value, wanted) or local(value.get("iri", "")) == wanted
        return self.names.match(value, wanted)

    def _play(self, values: list[Object], role: str, kind: str, expected: Any) -> bool:
        """Find the expected among the values; the others must be those of the gold's other events of the class."""
        others = [each[role] for each in self.gold["events"] if each["type"] == kind and role in each]
        return any(self._plays(role, value, expected) for value in values) and all(
            any(self._plays(role, value, each) for each in (expected, *others)) for value in values
        )

    def _is_event(self, found: tuple[str, dict[str, list[Object]]], wanted: Gold, *, whole: bool) -> bool:
        kind, roles = found
        if not self.terms.is_a(kind, wanted["type"]):
            return False
        for role, values in roles.items():
            expected = wanted.get(role, wanted.get(role + "?"))
            if expected is None and role != "onDate":
                return False
            if expected is not None and not self._play(values, role, wanted["type"], expected):
                return False
        return not whole or all(role == "type" or role.endswith("?") or role in roles for role in wanted)

    def score_events(self) -> None:
        """Compare events: one is right when its class and all stated roles are, and no other role is made up."""
        events = self._events()
        for event in events:
            right = any(self._is_event(event, each, whole=True) for each in self.gold["events"])
            also = any(self._is_event(event, each, whole=False) for each in self.gold.get("alsoEvents", []))
            if not right and (also or not event[1]):
                continue
            self.score.events.add(Tally(predicted=1, right=int(right)))
            if not right:
                roles = {role: [v.get("label") or v.get("value") for v in vs] for role, vs in event[1].items()}
                self.score.errors.append(f"wrong   {event[0]} {roles}")
        for each in self.gold["events"]:
            found = any(self._is_event(event, each, whole=True) for event in events)
            self.score.events.add(Tally(wanted=1, found=int(found)))
            if not found:
                self.score.errors.append(f"missed  {each}")

    def score_claims(self) -> None:
        """Compare attributions: one is right when its speaker is, and nothing inside it is taken for a fact."""
        for each in self.attributions:
            start, end = each["content_span"]
            right = any(self._speaks(each, claim) and self._touches(each, claim) for claim in self.gold["claims"])
            self.score.claims.add(Tally(predicted=1, right=int(right)))
            if not right:
                self.score.errors.append(f"wrong   {_speaker(each)}: {self.gold['text'][start:end]!r}")
        for claim in self.gold["claims"]:
            found = any(self._covers(each, claim) for each in self.attributions) and self._has_status(claim)
            if claim.get("optional"):
                continue
            self.score.claims.add(Tally(wanted=1, found=int(found)))
            if not found:
                self.score.errors.append(f"missed  {claim}")

    def _span(self, claim: Gold) -> tuple[int, int]:
        start = str(self.gold["text"]).index(claim["contains"])
        return start, start + len(claim["contains"])

    def _speaks(self, attribution: Object, claim: Gold) -> bool:
        return self.names.match(attribution["speaker"], claim["speaker"])

    def _touches(self, attribution: Object, claim: Gold) -> bool:
        start, end = self._span(claim)
        content = attribution["content_span"]
        return bool(start < content[1] and content[0] < end)

    def _covers(self, attribution: Object, claim: Gold) -> bool:
        start, end = self._span(claim)
        content = attribution["content_span"]
        return self._speaks(attribution, claim) and content[0] <= start and end <= content[1]

    def _has_status(self, claim: Gold) -> bool:
        """Say whether no relation inside a claim is asserted; that a country named in it is one is nobody's claim."""
        start, end = self._span(claim)
        inside = {
            each["status"]
            for each in self.statements
            if each["predicate"]["iri"] != TYPE
            and all(start <= span[0] and span[1] <= end for span in (each["subject_span"], each["object_span"]) if span)
        }
        return "asserted" not in inside and (claim.get("status") != "denied" or not inside or "denied" in inside)

    def score_sameness(self) -> None:
        """Compare short mentions with their full names; a thing with two names of the gold is a wrong merge."""
        things = self.names.things()
        for full, *others in self.gold["same"]:
            carriers = [iri for iri in things if self.names.match({"iri": iri}, full)]
            for other in others:
                found = any(self.names.has_mention(iri, other) for iri in carriers)
                self.score.sameness.add(Tally(predicted=int(found), right=int(found), wanted=1, found=int(found)))
                if not found:
                    self.score.errors.append(f"missed  {other!r} is {full}")
        for iri in things:
            merged = self.names.own(iri)[1:]
            self.score.sameness.add(Tally(predicted=len(merged)))
            self.score.errors += [f"wrong   {self.names.label(iri)} is {min(names)}" for names in merged]

    def find_violations(self) -> None:
        """Find what must never be said as a plain fact."""
        facts = self._facts(self.plain)
        for subject, name, other in self.gold["never"]:
            if name == "type":
                named = [iri for iri in sorted(self.classes) if self.names.match({"iri": iri}, subject)]
                hit = any(self.terms.is_a(c, other) for iri in named for c in self.classes[iri])
            else:
                hit = any(self._fits(fact, [subject, name, other], broader=False) for fact in facts)
            if hit:
                self.score.violations.append(f"{subject} {name} {other}")


def _speaker(attribution: Object) -> str:
    return attribution["speaker"]["label"] if attribution["speaker"] else "nobody"


def score(gold: Gold, objects: list[Object], terms: Terms | None = None) -> Score:
    """Score the objects that `kg extract` prints for one article against its gold, as `read_gold` gives it."""
    return Scorer(gold, objects, terms or load_terms()).run()
