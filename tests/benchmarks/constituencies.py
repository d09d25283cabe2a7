"""Who sits for which constituency: a few sentences, with the names of real constituencies put in.

    python tests/benchmarks/constituencies.py --data ../shared/data [--markdown FILE] [--sample N]

counts for each sentence in how many the member represents the constituency, the whole of it and nothing else; in how
many a part of its name, or something else beside it; in how many nothing; and in how many its name, or a part, is
taken for a party.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from tables import make_parser, report

from kg.model import Article, Reading, Ref
from kg.ontology import load_ontology
from kg.readings import ArticleReader

NAMES = "kb/uk_parliament/constituencies_2024/docs/js/pcon_2024_lookup.json"
MEMBER, PARTY = "John Marsh", "Labour"
SENTENCES = (
    "{} MP John Marsh said on Monday that the plan was wrong. Labour MP Ann Pryce agreed with him.",
    "The plan was wrong, said John Marsh, the MP for {}. Ann Pryce, the Labour MP, agreed with him.",
    "John Marsh, Labour MP for {}, asked the minister to resign. The minister refused.",
    "John Marsh, who represents {}, asked the minister to resign. The minister refused.",
    "John Marsh (Labour, {}) asked the minister to resign. The minister refused.",
)
SEED = 1


def read_names(data: Path) -> list[str]:
    """Read the names of the constituencies of the Commons since 2024."""
    return [each["parlcon_2024_name"] for each in json.loads((data / NAMES).read_text("utf-8")).values()]


def find_ends(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield each relation of the member with the name of its other end."""
    labels = {referent.id: referent.label for referent in reading.referents}
    for statement in reading.statements:
        if isinstance(statement.object, Ref) and labels[statement.subject] == MEMBER:
            yield statement.predicate.rpartition("#")[2], labels[statement.object.id]


def judge(reading: Reading, name: str) -> str:
    """Say what became of a constituency."""
    ends = set(find_ends(reading))
    if any(relation == "memberOfParty" and end != PARTY for relation, end in ends):
        return "taken for a party"
    seats = {end for relation, end in ends if relation == "represents"}
    return "right" if seats == {name} else "in part" if seats else "nothing"


def iter_rows(data: Path, sample: int) -> Iterator[list[str]]:
    """Iterate over the rows of the table."""
    names = random.Random(SEED).sample(read_names(data), sample)
    reader = ArticleReader(load_ontology())
    for sentence in SENTENCES:
        readings = reader.read(Article(name, sentence.format(name)) for name in names)
        found = [judge(reading, reading.article.id) for reading in readings if isinstance(reading, Reading)]
        counts = [str(found.count(what)) for what in ("right", "in part", "nothing", "taken for a party")]
        yield [sentence.partition(".")[0].format("…"), str(len(found)), *counts]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=200)
    options = parser.parse_args()
    header = ("sentence", "constituencies", "right", "in part", "nothing", "taken for a party")
    report(header, iter_rows(options.data, options.sample), options.markdown)


if __name__ == "__main__":
    main()
