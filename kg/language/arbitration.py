"""What a name is: every reason is a vote, and one place weighs them.

Where a name stands is settled first, the surest reader before the next, so that no two names overlap
(`proper_names.find_names`):

1. the tagger's spans, those that it cut in two joined (`entities`), less titles, honorifics and post-nominals, and
   joined across editors' brackets and hyphens;
2. what a name pattern of the ontology ("… Friends of …") takes in, with all the spans that it touches;
3. pairs that are one name ("the firm of A and B", `name_joins`);
4. known individuals of the ontology, and names of a knowledge base, where nothing is taken;
5. runs of proper nouns, where nothing is taken;
6. the first word of a longer name, where it stands by itself.

What it is a name of is then put to the vote, over all mentions of one thing in an article:

=========================================  ======  =============================================
reason                                     weight  who votes
=========================================  ======  =============================================
the tagger's label                         1.0     `name_spans`; all of one class together 1.4
the class noun that it ends with           0.9     `proper_names`
its place in a frame ("MP for …")          1.5     `votes`; half of it where the place is no firm sign
it opens a date line                       1.5     `proper_names`
a word of address before it ("Mr")         2.0     `proper_names`
a relational noun that it bears            2.0     `coreference`
a name of a knowledge base                 2.0     `proper_names`
a name pattern                             2.5     `proper_names`
a class noun said of it ("X, a harbour")   3.0     `coreference`
a known individual                         3.0     `proper_names`
=========================================  ======  =============================================

Votes for a class, for those above it and for those below it support one another. The classes are taken in the order
of their support; each stays unless it is disjoint with one that stayed before it. Of those that stay, the narrowest
are the classes of the name. A vote has lost when none of these is of its class: `kg explain` shows it all the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.ontology.ontology import Ontology

ENDING: Final = 0.9
"""Weight of the class noun that a name ends with: less than the tagger's, which sees the sentence."""
TAGGER: Final = 1.0
DATED: Final = 1.5
ADDRESSED: Final = 2.0
LISTED: Final = 2.0
PATTERN: Final = 2.5
KNOWN: Final = 3.0
MOST_TAGGED: Final = 1.4
"""What all the tagger's votes for one class weigh together at most: it repeats its mistakes."""
_EACH_MORE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Vote:
    """One reason to hold a name for a name of a class.

    `guessed` tells that it is the tagger's, or that of a name's last word: these may err.
    """

    of_class: str
    weight: float
    reason: str
    guessed: bool = False


def arbitrate(votes: Iterable[Vote], ontology: Ontology) -> tuple[str, ...]:
    """Return the classes that win, the narrowest ones, sorted; none where nobody votes."""
    weights = _weigh(votes)
    support = {
        a: sum(weight for b, weight in weights.items() if ontology.compatible(a, b) and _related(a, b, ontology))
        for a in weights
    }
    kept: list[str] = []
    for of_class in sorted(weights, key=lambda c: (-support[c], -weights[c], c)):
        if all(ontology.compatible(of_class, other) for other in kept):
            kept.append(of_class)
    return ontology.most_specific(kept)


def has_won(vote: Vote, classes: Sequence[str], ontology: Ontology) -> bool:
    """Tell whether a name of these classes is what a vote says."""
    return any(ontology.is_a(of_class, vote.of_class) for of_class in classes)


def _weigh(votes: Iterable[Vote]) -> dict[str, float]:
    weights: defaultdict[str, float] = defaultdict(float)
    tagged: Counter[str] = Counter()
    for vote in votes:
        if vote.guessed and vote.weight == TAGGER:
            tagged[vote.of_class] += 1
        elif vote.guessed:
            weights[vote.of_class] = max(weights[vote.of_class], vote.weight)
        else:
            weights[vote.of_class] += vote.weight
    for of_class, count in tagged.items():
        weights[of_class] += min(TAGGER + _EACH_MORE * (count - 1), MOST_TAGGED)
    return dict(weights)


def _related(a: str, b: str, ontology: Ontology) -> bool:
    return bool(ontology.is_a(a, b) or ontology.is_a(b, a) or ontology.ancestors(a) & ontology.ancestors(b))
