"""The sets of coreference to train on: documents with the spans that stand for the same thing."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.language.training.corpora import Document, Sentence, read_conllu

_BRACKET: Final = re.compile(r"\((?P<alone>\w+)\)|\((?P<open>\w+)|(?P<close>\w+)\)")
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CoreferenceDocument:
    """A document with its clusters: spans of words [start, end), counted over the whole document."""

    name: str
    sentences: Document
    clusters: list[Spans]
    lone: bool
    """Whether things mentioned once have a cluster too."""


def read_ontogum(data: Path) -> dict[str, list[CoreferenceDocument]]:
    """Read OntoGUM (things mentioned twice or more), split into "train" and "dev" as GUM's splits say."""
    dev = set(json.loads((data / "treebank/gum/splits.json").read_text(encoding="utf-8"))["dev"])
    parts: dict[str, list[CoreferenceDocument]] = {"train": [], "dev": []}
    for path in sorted((data / "coreference/ontogum/conllu").glob("*.conllu")):
        sentences = [sentence for document in read_conllu(path) for sentence in document]
        clusters = [spans for spans in _read_brackets(path) if len(spans) > 1]
        found = CoreferenceDocument(path.stem, sentences, clusters, lone=False)
        parts["dev" if path.stem in dev else "train"].append(found)
    return parts


def read_litbank(data: Path) -> list[CoreferenceDocument]:
    """Read LitBank's hundred novels; only people, places, organisations and vehicles are marked there."""
    folder = data / "coreference/litbank/coref"
    return [_read_novel(path) for path in sorted(folder.glob("*.txt"))]


def _read_novel(path: Path) -> CoreferenceDocument:
    lines = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    starts = [0]
    for words in lines:
        starts.append(starts[-1] + len(words))
    spans: dict[str, tuple[int, int]] = {}
    clusters: defaultdict[str, Spans] = defaultdict(list)
    for row in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
        fields = row.split("\t")
        if fields[0] == "MENTION":
            first, last = (starts[int(fields[place])] + int(fields[place + 1]) for place in (2, 4))
            spans[fields[1]] = (first, last + 1)
        elif fields[0] == "COREF" and fields[1] in spans:
            clusters[fields[2]].append(spans[fields[1]])
    sentences = [Sentence(tuple(words)) for words in lines]
    return CoreferenceDocument(path.stem, sentences, [sorted(set(spans)) for spans in clusters.values()], lone=True)


def _read_brackets(path: Path) -> Iterator[Spans]:
    """Yield the spans of each entity that the last column of a CoNLL-U file marks with brackets."""
    clusters: defaultdict[str, Spans] = defaultdict(list)
    still_open: defaultdict[str, list[int]] = defaultdict(list)
    place = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if not columns[0].isdigit():
            continue
        marks = next((field[7:] for field in columns[9].split("|") if field.startswith("Entity=")), "")
        for match in _BRACKET.finditer(marks):
            if match["alone"]:
                clusters[match["alone"]].append((place, place + 1))
            elif match["open"]:
                still_open[match["open"]].append(place)
            elif still_open[match["close"]]:
                clusters[match["close"]].append((still_open[match["close"]].pop(), place + 1))
        place += 1
    yield from (sorted(set(spans)) for spans in clusters.values())
