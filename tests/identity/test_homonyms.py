"""The pairs of namesakes have the form that homonyms.md tells."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
SAME = {"s": False, "d": True, "c": True}


@pytest.fixture(scope="module")
def pairs():
    return [json.loads(line) for line in (FOLDER / "homonyms.jsonl").read_text("utf-8").splitlines()]


def sides(pair):
    return pair["a"], pair["b"]


def places(name, text):
    """Give where a name stands in a text as whole words."""
    return [found.start() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def test_each_pair_has_its_keys_and_no_others(pairs):
    for pair in pairs:
        assert list(pair) == ["id", "same", "why", "a", "b"]
        assert all(list(side) == ["text", "published", "title", "name"] for side in sides(pair))
        assert all(value.strip() == value != "" for side in sides(pair) for value in (pair["why"], *side.values()))


def test_there_are_sixty_pairs_of_each_kind_with_ids_of_their_own(pairs):
    ids = [pair["id"] for pair in pairs]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[sdc](-[a-z]+){2,}", each) for each in ids)
    assert Counter(each[0] for each in ids) == {"s": 60, "d": 60, "c": 60}
    assert all(pair["same"] is SAME[pair["id"][0]] for pair in pairs)


def test_half_of_the_namesakes_are_people_and_some_differ_in_role_and_place_alone(pairs):
    sorts = Counter(pair["id"].split("-")[1] for pair in pairs if pair["id"].startswith("s"))
    assert sorts["role"] >= 12
    assert sorts["role"] + sorts["person"] >= 30


def test_every_sort_is_described(pairs):
    described = re.findall(r"`([a-z]+)`", (FOLDER / "homonyms.md").read_text("utf-8"))
    assert {pair["id"].split("-")[1] for pair in pairs} <= set(described)


def test_a_name_stands_in_its_text_first_as_whole_words(pairs):
    for pair in pairs:
        for side in sides(pair):
            name = side["name"].rstrip(".")
            assert places(name, side["text"])[:1] == [side["text"].find(name)], pair["id"]


def test_namesakes_have_one_name_and_the_others_two(pairs):
    for pair in pairs:
        one, other = (side["name"].casefold() for side in sides(pair))
        assert (one != other) == pair["id"].startswith("d"), pair["id"]


def test_no_name_stands_in_another_pair(pairs):
    of_pair = {pair["id"]: {side["name"] for side in sides(pair)} for pair in pairs}
    whole = {pair["id"]: "\n".join(side["text"] for side in sides(pair)) for pair in pairs}
    found = [
        (id, name, other)
        for id, names in of_pair.items()
        for name in names
        for other, text in whole.items()
        if other != id and places(name.casefold(), text.casefold())
    ]
    assert found == []


def test_the_texts_are_short_dated_and_told_once(pairs):
    told = list(chain.from_iterable(map(sides, pairs)))
    assert len({side["text"] for side in told}) == len(told)
    for side in told:
        assert side["published"] == date.fromisoformat(side["published"]).isoformat()
        assert 20 <= len(side["text"].split()) <= 100, side["text"]
        assert "\n" not in side["text"]
