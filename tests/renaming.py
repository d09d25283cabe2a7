"""Give everything invented in articles another name, so that nothing can depend on the names.

`python tests/renaming.py SEED DIR [GOLD_DIR]` writes the articles of a folder, with their gold, to DIR.
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

FEMALE = """
Alice Agatha Anna Barbara Brenda Bella Carol Celia Cora Diana Doris Dinah Emma Edith Ellen Fiona Frances Flora
Gillian Gwen Greta Hannah Helen Hilda Irene Ingrid Iris Jane Julia Janet Karen Kate Klara Laura Linda Lucy Mary
Martha Miriam Nancy Nadia Nell Olivia Olga Opal Pauline Pamela Phoebe Queenie Rachel Rosa Rita Susan Sarah
Stella Tina Thea Tessa Una Ursula Victoria Vera Viola Wendy Wanda Winifred Xenia Yvonne Yasmin Zoe Zelda
"""
MALE = """
Adam Alan Arthur Boris Benjamin Bernard Charles Clive Conrad Daniel Derek Donald Edward Eric Ernest Frank
Frederick Felix George Graham Gilbert Henry Harold Hugo Isaac Ivan Ian James John Jasper Kenneth Kevin Kurt
Leonard Louis Leo Martin Michael Morris Nicholas Norman Nathan Oliver Oscar Owen Patrick Paul Percy Quentin
Robert Richard Rupert Stephen Stanley Simon Thomas Timothy Theodore Ulrich Victor Vincent Vernon William Walter
Wilfred Xavier York Zachary Zeno
"""
STEMS = ("inger", "askel", "owden", "ettley", "urrick", "andor")
PLACES = ("amere", "istead", "owick", "enholm", "incombe", "athwaite")


def rename(text: str, gold: dict[str, Any], seed: int) -> tuple[str, dict[str, Any]]:
    """Replace every invented word by one of the same kind and, while there are such, the same initial, in both.

    The same seed gives the same names. The gold must have been made for this text.
    """
    names = make_names(text, gold, seed)
    words = re.compile(r"\b(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b")

    def replace(found: str) -> str:
        return words.sub(lambda match: names[match.group()], found)

    return replace(text), json.loads(replace(json.dumps(gold, ensure_ascii=False)))


def make_names(text: str, gold: dict[str, Any], seed: int) -> dict[str, str]:
    """Map every invented word of the gold to a new one that the text does not hold."""
    rng, used, names = random.Random(seed), set(re.findall(r"\w+", text)), {}
    for kind, words in gold["invented"].items():
        for word in words:
            names[word] = next(each for each in _candidates(kind, word, rng) if each not in used)
            used.add(names[word])
    return names


def _candidates(kind: str, word: str, rng: random.Random) -> Iterator[str]:
    initial = unicodedata.normalize("NFD", word)[0]
    if kind in ("female", "male"):
        pool = (FEMALE if kind == "female" else MALE).split()
        rng.shuffle(pool)
        yield from sorted(pool, key=lambda name: not name.startswith(initial))
        return
    vowels = ("",) if initial in "AEIOU" else ("a", "e", "i", "o")
    endings = PLACES if kind == "place" else STEMS
    made = [initial + "".join(parts) for parts in product(vowels, "lvnrdb", endings)]
    rng.shuffle(made)
    yield from made


def rename_folder(folder: Path, target: Path, seed: int) -> None:
    """Write every article of a folder, with its gold, to another folder under other names."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.gold.json")):
        article = path.with_name(path.name.replace(".gold.json", ".txt"))
        text, gold = rename(article.read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8")), seed)
        (target / article.name).write_text(text, encoding="utf-8")
        (target / path.name).write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    seed, target, *folders = sys.argv[1:]
    rename_folder(Path(folders[0]) if folders else Path(__file__).parent / "articles", Path(target), int(seed))
