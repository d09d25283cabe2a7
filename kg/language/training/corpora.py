"""The sets to train on, read into one form: documents of sentences, with as many layers as a set has."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

NAME_TYPES: Final = ("PERSON", "ORG", "LOC", "MISC")
NAME_TAGS: Final = ("O", *(f"{place}-{kind}" for kind in NAME_TYPES for place in "BI"))
ANY_NAME: Final = frozenset(NAME_TAGS)
"""The allowed name tags of a word of which nothing is known: all of them."""
NO_NAME: Final = frozenset({"O"})
NO_KNOWN_NAME: Final = frozenset({"O", "B-MISC", "I-MISC"})
"""The allowed name tags of a word outside every name in a set that has no MISC."""

_UNER_TYPES: Final = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
_CROSSNER_TYPES: Final = {
    "politician": "PERSON",
    "person": "PERSON",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
    "election": "MISC",
    "event": "MISC",
    "misc": "MISC",
}
_FEWNERD_TYPES: Final = {
    "person": ("PERSON",),
    "organization": ("ORG",),
    "location": ("LOC",),
    "building": ("LOC", "ORG"),
    "event": ("MISC",),
    "art": ("MISC",),
    "product": ("MISC",),
    "other_law": ("MISC",),
    "other_award": ("MISC",),
}
"""Coarse or fine types of Few-NERD and the types that each may be here; what is not listed may be anything."""
NO_BEGINNING: Final = frozenset(tag for tag in NAME_TAGS if not tag.startswith("B-"))
"""The allowed name tags of a word that is in no listed name, but may be inside one that is not listed."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of one sentence, in columns with one entry a word; the head of the root is its own place."""

    tags: tuple[str, ...]
    parts: tuple[str, ...]
    features: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a set; `spaces` (white space after a word), `tree` and `names` are None where it does not say."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...] | None = None
    tree: Tree | None = None
    names: tuple[frozenset[str], ...] | None = None
    starts_paragraph: bool = False
    identifier: str = ""


Document = list[Sentence]
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents of one set with how often an epoch reads them, and whether the order of sentences carries meaning."""

    name: str
    documents: list[Document]
    repeats: float = 1.0


def read_training_sets(data: Path) -> list[Corpus]:
    """Read everything that is trained on; the development parts named in the data's README stay out."""
    gum = read_gum(data / "treebank/gum")
    return [
        Corpus("EWT and UNER", read_ewt(data, "train"), 1.5),
        Corpus("GUM", gum["train"], 1.5),
        Corpus("wikigold", read_wikigold(data / "names/wikigold", held_out=False), 1.0),
        Corpus("CrossNER politics", read_crossner(data / "names/crossner_politics/train.txt"), 2.0),
        Corpus("Few-NERD", read_fewnerd(data / "names/fewnerd_partial"), 0.06),
    ]


def read_ewt(data: Path, part: str) -> list[Document]:
    """Read the EWT trees of `part` ("train" or "dev") with the names that UNER gives for the same sentences."""
    name = f"en_ewt-ud-{part}"
    documents = read_conllu(data / f"treebank/ud_english_ewt/{name}.conllu")
    names = read_uner(data / f"names/uner_english_ewt/{name}.iob2")
    return [[_join_names(sentence, names) for sentence in document] for document in documents]


def read_gum(folder: Path) -> dict[str, list[Document]]:
    """Read GUM's trees and named entities, split into "train" and "dev" as its splits say."""
    from kg.language.training.gum_names import find_names, find_places

    dev = set(json.loads((folder / "splits.json").read_text(encoding="utf-8"))["dev"])
    blocks = {path.stem: list(_iter_blocks(path)) for path in sorted((folder / "dep").glob("*.conllu"))}
    words = {name: [_keep_words(rows) for _, rows in document] for name, document in blocks.items()}
    places = find_places(document for name, document in words.items() if name not in dev)
    parts: dict[str, list[Document]] = {"train": [], "dev": []}
    for name, document in blocks.items():
        found = find_names(words[name], places)
        sentences = [
            replace(_make_sentence(comments, rows), names=names)
            for (comments, rows), names in zip(document, found, strict=True)
        ]
        parts["dev" if name in dev else "train"].append(sentences)
    return parts


def read_conllu(path: Path) -> list[Document]:
    """Read a CoNLL-U file into documents."""
    documents: list[Document] = []
    for comments, rows in _iter_blocks(path):
        if "newdoc id" in comments or not documents:
            documents.append([])
        documents[-1].append(_make_sentence(comments, rows))
    return documents


def read_uner(path: Path) -> dict[str, tuple[tuple[str, ...], tuple[frozenset[str], ...]]]:
    """Read UNER's name tags: sentence id → its words and their allowed tags; OTH and stray tags become "unsaid"."""
    found = {}
    for comments, rows in _iter_blocks(path):
        tags = [_translate_tag(row[2], _UNER_TYPES, NO_KNOWN_NAME) for row in rows]
        found[comments["sent_id"]] = (tuple(row[1] for row in rows), tuple(tags))
    return found


def read_wikigold(folder: Path, *, held_out: bool) -> list[Document]:
    """Read wikigold: every tenth document where `held_out`, else the others.

    Its tags mark the inside of a name only, so that two names side by side of one type look like one.
    """
    documents: list[list[Rows]] = [[]]
    for _, rows in _iter_blocks(folder / "CONLL-format/data/wikigold.conll.txt", separator=None):
        if rows[0][0] == "-DOCSTART-":
            documents.append([])
        else:
            documents[-1].append(rows)
    kept = [document for document in documents if document]
    chosen = [document for number, document in enumerate(kept) if (number % 10 == 9) == held_out]
    return [[_make_wikigold(rows) for rows in document] for document in chosen]


def read_crossner(path: Path) -> list[Document]:
    """Read CrossNER's sentences with its types joined into PERSON, ORG, LOC and MISC; each is its own document."""
    return [
        [
            Sentence(
                tuple(row[0] for row in rows),
                names=tuple(_translate_tag(row[1], _CROSSNER_TYPES, NO_NAME) for row in rows),
                starts_paragraph=True,
            )
        ]
        for _, rows in _iter_blocks(path)
    ]


def read_fewnerd(folder: Path) -> list[Document]:
    """Read Few-NERD's sentences for the types of the names that they list; each is its own document.

    A part lists some fine types only, so that a word outside its names is no word outside every name: it is left open.
    """
    return [
        [_make_fewnerd(rows)]
        for part in ("big_test", "dev", "test")
        for _, rows in _iter_blocks(folder / f"{part}.txt")
        if any(row[1].startswith(("B-person", "B-organization", "B-location", "B-event")) for row in rows)
    ]


def _make_fewnerd(rows: Rows) -> Sentence:
    """Leave capitalised words outside the listed names open, and the small ones that may join them in one name."""
    tags: list[frozenset[str]] = []
    for word, tag in rows:
        place, _, fine = tag.partition("-")
        kinds = _FEWNERD_TYPES.get(fine) or _FEWNERD_TYPES.get(fine.partition("_")[0])
        if kinds:
            tags.append(frozenset(f"{place}-{kind}" for kind in kinds))
        elif fine or not word.islower():
            tags.append(ANY_NAME)
        else:
            tags.append(NO_BEGINNING if tags and tags[-1] == ANY_NAME else NO_NAME)
    return Sentence(tuple(word for word, _ in rows), names=tuple(tags), starts_paragraph=True)


def _make_wikigold(rows: Rows) -> Sentence:
    tags = []
    before = "O"
    for row in rows:
        kind = row[-1]
        name = {"PER": "PERSON"}.get(kind[2:], kind[2:])
        tags.append(frozenset({"O" if kind == "O" else f"{'I' if kind == before else 'B'}-{name}"}))
        before = kind
    return Sentence(tuple(row[0] for row in rows), names=tuple(tags))


def _translate_tag(tag: str, types: Mapping[str, str], outside: frozenset[str]) -> frozenset[str]:
    place, _, kind = tag.partition("-")
    return frozenset({f"{place}-{types[kind]}"}) if kind in types else outside


def _join_names(
    sentence: Sentence, names: Mapping[str, tuple[tuple[str, ...], tuple[frozenset[str], ...]]]
) -> Sentence:
    words, tags = names.get(sentence.identifier, ((), ()))
    return replace(sentence, names=tags) if words == sentence.words else sentence


def _keep_words(rows: Rows) -> Rows:
    return [row for row in rows if row[0].isdigit()]


def _make_sentence(comments: Mapping[str, str], rows: Rows) -> Sentence:
    words = _keep_words(rows)
    tree = Tree(
        tags=tuple(row[4] for row in words),
        parts=tuple(row[3] for row in words),
        features=tuple("" if row[5] == "_" else row[5] for row in words),
        lemmas=tuple(row[1] if row[2] == "_" else row[2] for row in words),
        heads=tuple(number if row[6] == "0" else int(row[6]) - 1 for number, row in enumerate(words)),
        labels=tuple(row[7] for row in words),
    )
    return Sentence(
        tuple(row[1] for row in words),
        spaces=tuple(_iter_spaces(rows)),
        tree=tree,
        starts_paragraph=any(key.startswith(("newpar", "newdoc")) for key in comments),
        identifier=comments.get("sent_id", ""),
    )


def _iter_spaces(rows: Rows) -> Iterator[bool]:
    """Say for each word whether white space follows; inside a word of several tokens none does."""
    last, after = 0, True
    for row in rows:
        if "-" in row[0]:
            last, after = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
        elif row[0].isdigit():
            number = int(row[0])
            if number < last:
                yield False
            elif number == last:
                yield after
            else:
                yield "SpaceAfter=No" not in row[9]


def _iter_blocks(path: Path, separator: str | None = "\t") -> Iterator[tuple[dict[str, str], Rows]]:
    """Yield the comments ("key = value") and the rows of each block between empty lines."""
    with path.open(encoding="utf-8") as lines:
        yield from _split_blocks(lines, separator)


def _split_blocks(lines: Iterable[str], separator: str | None) -> Iterator[tuple[dict[str, str], Rows]]:
    comments: dict[str, str] = {}
    rows: Rows = []
    for line in [*lines, "\n"]:
        text = line.rstrip("\n")
        if not text.strip():
            if rows:
                yield comments, rows
                comments, rows = {}, []
        elif text.startswith("# ") and not rows and separator:
            key, _, value = text[2:].partition(" = ")
            comments[key.strip()] = value.strip()
        else:
            rows.append(text.split(separator))
