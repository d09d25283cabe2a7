"""How well names and sentences are found in short news of every sort of writing: one row a kind.

python tests/benchmarks/robustness.py [--markdown FILE] [--model DIR] [--wrong]

A name counts where its characters are right, and as typed where what the arbitration makes of it is a person, an
organisation or a place as it should be. The snippets stand in robustness.toml, in the notation told there.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from tables import add_model, load_model, make_parser, report

from kg.extract.analysis import analyse
from kg.language.lexicon import Lexicon
from kg.ontology import load_ontology

SNIPPETS = Path(__file__).with_suffix(".toml")
KINDS = {"P": "PERSON", "O": "ORG", "L": "LOC"}
HEAD = ("kind", "snippets", "names", "spans: precision", "recall", "with type: precision", "recall", "sentences right")
PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
_MARKED = re.compile(r"\{([^|}]+)\|([POL])\}|‖")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text with its gold: the kind of each name by its characters, and where each sentence starts."""

    kind: str
    text: str
    names: dict[Span, str]
    starts: frozenset[int]


@dataclass(slots=True)
class Score:
    """Counts of one kind of snippets."""

    hits: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def percent(self, part: str, whole: str) -> float:
        return 100 * self.hits[part] / self.hits[whole] if self.hits[whole] else 100.0


def read_snippets(path: Path = SNIPPETS) -> Iterator[Snippet]:
    """Yield the snippets of the file."""
    for kind, lines in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for line in lines:
            yield read_snippet(kind, line)


def read_snippet(kind: str, line: str) -> Snippet:
    """Take the marks out of a line."""
    text, names, starts, place = "", {}, {0}, 0
    for match in _MARKED.finditer(line):
        text += line[place : match.start()]
        place = match.end()
        if match[1] is None:
            starts.add(len(text))
        else:
            names[len(text), len(text) + len(match[1])] = KINDS[match[2]]
            text += match[1]
    return Snippet(kind, text + line[place:], names, frozenset(starts))


def find(nlp: Language, lexicon: Lexicon, text: str) -> tuple[dict[Span, str], frozenset[int]]:
    """Find the names of a text with their kinds, "" where none is decided, and where its sentences start."""
    doc = nlp(text)
    analysis = analyse(doc, lexicon)
    found = {}
    for name in analysis.names:
        if name.adjectival:
            continue
        draft = analysis.drafts.at(name.head)
        types = analysis.drafts.types(draft) if draft is not None else ()
        labels = {"LOC" if label in PLACE_LABELS else label for t in types for label in lexicon.labels_above(t)}
        last = doc[name.end - 1]
        found[doc[name.start].idx, last.idx + len(last)] = next((k for k in KINDS.values() if k in labels), "")
    words = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return found, frozenset(tokens[0].idx for tokens in words if tokens)


def score(nlp: Language, lexicon: Lexicon) -> dict[str, Score]:
    """Count by kind what is found and what is right."""
    scores: dict[str, Score] = {}
    for snippet in read_snippets():
        names, starts = find(nlp, lexicon, snippet.text)
        each = scores.setdefault(snippet.kind, Score())
        spans = names.keys() & snippet.names.keys()
        typed = {span for span in spans if names[span] == snippet.names[span]}
        each.hits.update(
            snippets=1, gold=len(snippet.names), found=len(names), spans=len(spans), typed=len(typed),
            sentences=starts == snippet.starts,
        )  # fmt: skip
        told = [f"+ {snippet.text[a:b]} {names[a, b] or '?'}" for a, b in sorted(names) if (a, b) not in typed]
        lost = [f"- {snippet.text[a:b]} {k}" for (a, b), k in sorted(snippet.names.items()) if (a, b) not in typed]
        if told or lost or starts != snippet.starts:
            cut = "" if starts == snippet.starts else f" sentences at {sorted(starts)}"
            each.wrong.append(f"{snippet.text!r}: {'; '.join(lost + told)}{cut}")
    return scores


def iter_rows(scores: dict[str, Score]) -> Iterator[list[str]]:
    """Yield the rows of the table, the sum of all kinds last."""
    total = Score()
    for each in scores.values():
        total.hits.update(each.hits)
    for kind, each in [*scores.items(), ("all", total)]:
        figures = [
            each.percent("spans", "found"), each.percent("spans", "gold"), each.percent("typed", "found"),
            each.percent("typed", "gold"), each.percent("sentences", "snippets"),
        ]  # fmt: skip
        yield [kind, str(each.hits["snippets"]), str(each.hits["gold"]), *(f"{figure:.0f}" for figure in figures)]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    add_model(parser)
    parser.add_argument("--wrong", action="store_true", help="also print each snippet that is not read as it should be")
    arguments = parser.parse_args()
    scores = score(load_model(arguments.model), Lexicon(load_ontology()))
    report(HEAD, iter_rows(scores), arguments.markdown)
    if arguments.wrong:
        for kind, each in scores.items():
            print(f"\n{kind}", *each.wrong, sep="\n  ")


if __name__ == "__main__":
    main()
