"""Score one article's extraction against its gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.evaluation.names import Gold, Names, Object, is_named
from kg.evaluation.score import Mistake, Score, Tally, Verdict
from kg.evaluation.terms import Terms, local
from kg.vocabulary import TYPE

Role: TypeAlias = str | int
"""Who or what plays a role in the gold."""


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
    """One article's gold against one article's output; what the gold has no key for is not scored."""

    def __init__(self, gold: Gold, objects: Iterable[Object], terms: Terms, relations: Collection[str]) -> None:
        objects = list(objects)
        self.gold, self.terms, self.score = gold, terms, Score()
        self.relations = frozenset(relations) or terms.relations
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
        scored = {
            "facts": self.score_facts,
            "qualified": self.score_qualified,
            "types": self.score_types,
            "events": self.score_events,
            "claims": self.score_claims,
            "same": self.score_sameness,
            "never": self.find_violations,
        }
        for key, scoring in scored.items():
            if key in self.gold:
                scoring()
        return self.score

    def _mistake(self, kind: str, words: str, names: Iterable[Any] = (), relation: str | None = None) -> None:
        self.score.errors.append(Mistake(kind, words, names=tuple(map(str, names)), relation=relation))

    def _facts(self, statements: Iterable[Object]) -> list[Fact]:
        found: dict[tuple[Any, ...], Fact] = {}
        for each in statements:
            subject, name, other = each["subject"], local(each["predicate"]["iri"]), each["object"]
            if name in self.terms.turned and "iri" in other:
                subject, name, other = other, self.terms.turned[name], subject
            if name in self.terms.relations:
                key = subject["iri"], name, other.get("iri", other.get("value"))
                found.setdefault(key, Fact(subject, name, other, each))
        return list(found.values())

    def _fits(self, fact: Fact, wanted: list[Any], *, broader: bool) -> bool:
        """Compare a fact with one of the gold; `broader` takes a super-property for it, otherwise a sub-property."""
        is_a, names = self.terms.is_a, wanted[1].split("|")
        if names[0] in self.terms.turned:
            wanted, names = [wanted[2], None, wanted[0]], [self.terms.turned[names[0]]]
        if not any(is_a(name, fact.property) if broader else is_a(fact.property, name) for name in names):
            return False
        ends = [(fact.subject, fact.object)]
        if fact.property in self.terms.symmetric:
            ends.append((fact.object, fact.subject))
        return any(self.names.match(a, wanted[0]) and self.names.match(b, wanted[2]) for a, b in ends)

    def _is_scored(self, relation: str) -> bool:
        return any(self.terms.is_a(each, wanted) for each in relation.split("|") for wanted in self.relations)

    def score_facts(self) -> None:
        """Compare the plain asserted facts, by property."""
        facts = self._facts(self.plain)
        for fact in facts:
            if not self._is_scored(fact.property):
                continue
            right = any(self._fits(fact, wanted, broader=True) for wanted in self.gold["facts"])
            if not right and any(self._fits(fact, wanted, broader=True) for wanted in self.gold.get("also", [])):
                continue
            self.score.facts[fact.property].add(Tally(predicted=1, right=int(right)))
            said = fact.statement
            self.score.verdicts.append(Verdict(fact.property, said["rule"], said["confidence"], right))
            if not right:
                self._mistake("wrong", str(fact))
        for wanted in self.gold["facts"]:
            if not self._is_scored(wanted[1]):
                continue
            found = any(self._fits(fact, wanted, broader=False) for fact in facts)
            self.score.facts[wanted[1].split("|")[0]].add(Tally(wanted=1, found=int(found)))
            if not found:
                relation = wanted[1].split("|")[0]
                self._mistake("missed", " ".join(map(str, wanted)), (wanted[0], wanted[2]), relation)

    def score_qualified(self) -> None:
        """Compare what is former, acting or future."""
        statements = [each for each in self.statements if each["status"] == "asserted" and qualification(each)]
        facts, gold = self._facts(statements), self.gold.get("qualified", [])
        kinds = [(fact, qualification(fact.statement)) for fact in facts]
        for fact, kind in kinds:
            right = any(kind == each[3] and self._fits(fact, each, broader=True) for each in gold)
            self.score.qualified.add(Tally(predicted=1, right=int(right)))
            if not right:
                self._mistake("wrong", f"{kind} {fact}")
        for each in gold:
            found = any(kind == each[3] and self._fits(fact, each, broader=False) for fact, kind in kinds)
            self.score.qualified.add(Tally(wanted=1, found=int(found)))
            if not found:
                self._mistake("missed", " ".join(map(str, each)), (each[0], each[2]), each[1].split("|")[0])

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
                apart = self.terms.is_event(each) or any(is_a(each, title) for title in self.terms.titles)
                if apart or not (own or is_named(self.names.label(iri))):
                    continue
                right = any(is_a(c, each) for c in wanted)
                self.score.types.add(Tally(predicted=1, right=int(right)))
                if not right:
                    self._mistake("wrong", f"{self.names.label(iri)} is a {each}")
        for name, cs in self.gold["types"]:
            bearers = [iri for iri in self.classes if self.names.match({"iri": iri}, name)]
            found = any(is_a(c, top) for iri in bearers for c in self.classes[iri] for top in cs.split("|"))
            self.score.types.add(Tally(wanted=1, found=int(found)))
            if not found:
                self._mistake("missed", f"{name} is a {cs}")

    def _events(self) -> list[tuple[str, dict[str, list[Object]]]]:
        roles: defaultdict[str, dict[str, list[Object]]] = defaultdict(dict)
        for each in self.plain:
            iri, name = each["subject"]["iri"], local(each["predicate"]["iri"])
            if any(map(self.terms.is_event, self.classes[iri])):
                values = roles[iri]
                if name in self.terms.roles and each["object"] not in values.setdefault(name, []):
                    values[name].append(each["object"])
        return [(kind, values) for iri, values in sorted(roles.items()) for kind in self._specific(iri)]

    def _plays(self, value: Object, wanted: Role) -> bool:
        if self.names.is_catalogued(wanted):
            return self.names.match(value, wanted)
        return self.names.match_words(value, wanted) or local(value.get("iri", "")) == wanted

    def _play(self, values: list[Object], role: str, kind: str, expected: Role | list[Role]) -> bool:
        """Find all expected among the values; the others must be those of the gold's other events of the class."""
        players = expected if isinstance(expected, list) else [expected]
        events = [*self.gold["events"], *self.gold.get("alsoEvents", [])]
        others = [each.get(role, each.get(role + "?")) for each in events if each["type"] == kind]
        others = [each for other in others if other for each in (other if isinstance(other, list) else [other])]
        return all(any(self._plays(value, each) for value in values) for each in players) and all(
            any(self._plays(value, each) for each in (*players, *others)) for value in values
        )

    def _is_event(self, found: tuple[str, dict[str, list[Object]]], wanted: Gold, *, whole: bool) -> bool:
        kind, roles = found
        if not self.terms.is_a(kind, wanted["type"]):
            return False
        for role, values in roles.items():
            expected = wanted.get(role, wanted.get(role + "?"))
            if expected is None or not self._play(values, role, wanted["type"], expected):
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
                self._mistake("wrong", f"{event[0]} {roles}")
        for each in self.gold["events"]:
            found = any(self._is_event(event, each, whole=True) for event in events)
            self.score.events.add(Tally(wanted=1, found=int(found)))
            if not found:
                self._mistake("missed", str(each))

    def score_claims(self) -> None:
        """Compare attributions: one is right when its speaker is, and nothing inside it is taken for a fact."""
        rights = [each for each in self.attributions if self._is_said(each)]
        for each in self.attributions:
            start, end = each["content_span"]
            right = each in rights
            if not right and any(self._is_part(each, whole) for whole in rights):
                continue
            self.score.claims.add(Tally(predicted=1, right=int(right)))
            if not right:
                self._mistake("wrong", f"{_speaker(each)}: {self.gold['text'][start:end]!r}")
        for claim in self.gold["claims"]:
            found = any(self._covers(each, claim) for each in self.attributions) and self._has_status(claim)
            if claim.get("optional"):
                continue
            self.score.claims.add(Tally(wanted=1, found=int(found)))
            if not found:
                start, end = self._span(claim)
                self._mistake("missed", f"{claim['speaker']} says {self.gold['text'][start:end]!r}")

    def _span(self, claim: Gold) -> tuple[int, int]:
        if "span" in claim:
            return claim["span"][0], claim["span"][1]
        start = str(self.gold["text"]).index(claim["contains"])
        return start, start + len(claim["contains"])

    def _speaks(self, attribution: Object, claim: Gold) -> bool:
        speaker = attribution["speaker"]
        if claim["speaker"] is None:
            return speaker is None or not is_named(speaker["label"])
        return self.names.match(speaker, claim["speaker"])

    def _touches(self, attribution: Object, claim: Gold) -> bool:
        start, end = self._span(claim)
        content = attribution["content_span"]
        return bool(start < content[1] and content[0] < end)

    def _is_said(self, attribution: Object) -> bool:
        return any(
            self._speaks(attribution, claim) and self._touches(attribution, claim) for claim in self.gold["claims"]
        )

    def _is_part(self, part: Object, whole: Object) -> bool:
        """Say whether words are quoted from what the same speaker is said to say."""
        (start, end), (first, last) = part["content_span"], whole["content_span"]
        speakers = [each["speaker"] and each["speaker"]["iri"] for each in (part, whole)]
        return bool(first <= start and end <= last and speakers[0] == speakers[1])

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
                    self._mistake("missed", f"{other!r} is {full}")
        for iri in things:
            merged = self.names.own(iri)[1:]
            self.score.sameness.add(Tally(predicted=len(merged)))
            for names in merged:
                self._mistake("wrong", f"{self.names.label(iri)} is {min(names)}")

    def find_violations(self) -> None:
        """Find what must never be said as a plain fact."""
        facts = self._facts(self.plain)
        self.score.texts = int(bool(self.gold["never"]))
        self.score.forbidden = len(self.gold["never"])
        for subject, name, other in self.gold["never"]:
            if name == "type":
                named = [iri for iri in sorted(self.classes) if self.names.match({"iri": iri}, subject)]
                hit = any(self.terms.is_a(c, other) for iri in named for c in self.classes[iri])
            else:
                hit = any(self._fits(fact, [subject, name, other], broader=False) for fact in facts)
            if hit:
                self.score.violations.append(f"{subject} {name} {other}")
        self.score.trapped = int(bool(self.score.violations))


def _speaker(attribution: Object) -> str:
    return attribution["speaker"]["label"] if attribution["speaker"] else "nobody"


def score(gold: Gold, objects: Iterable[Object], terms: Terms, relations: Collection[str] = ()) -> Score:
    """Score the objects that `kg extract` prints for one article against its gold.

    `relations` are the local names of the properties to score, with those below them; none means all.
    """
    return Scorer(gold, objects, terms, relations).run()
