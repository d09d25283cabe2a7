from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.kb import jsonitems
from kg.kb.files import KbFile
from kg.kb.jsonitems import iter_items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=4), VALUES, max_size=3)
DOCUMENTS = st.dictionaries(st.sampled_from(["a", "b", "other"]), VALUES | st.lists(OBJECTS, max_size=4), max_size=3)


def items(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(iter_items(KbFile(path, "x"), ("a", "b")))


@pytest.fixture(params=[3, 11, 1 << 18], ids=lambda size: f"in parts of {size}")
def chunk(request, monkeypatch):
    monkeypatch.setattr(jsonitems, "_CHUNK", request.param)


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize("indent", [None, 2])
def test_the_objects_are_those_of_the_whole_document(indent):
    @settings(max_examples=40, deadline=None)
    @given(DOCUMENTS)
    def check(document):
        lists = {key: value for key, value in document.items() if key in ("a", "b") and isinstance(value, list)}
        text = json.dumps(document, indent=indent)
        if not lists:
            with pytest.raises(SourceError):
                items(text)
            return
        expected = [(key, each) for key, value in lists.items() for each in value if isinstance(each, dict)]
        assert [(item.list, item.value) for item in items(text)] == expected

    check()


@pytest.mark.usefixtures("chunk")
def test_each_object_has_its_line():
    text = '{\n"a": [\n{"x":\n1},\n\n{}\n], "b": [{}]}'
    assert [(item.list, item.line) for item in items(text)] == [("a", 3), ("a", 6), ("b", 7)]


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": [\n{"x": 1},\n{"x": nul}]}', 3),
        ('{"a": [\n{"x": 1}\n{"x": 2}]}', 3),
        ('{"a": [{"x": "never closed]}\n\n\n', 1),
        ('{"a": [\n\n1,\n', 4),
        ('{"a": [], \n 7: 1}', 2),
    ],
)
def test_a_fault_has_its_line(text, line):
    with pytest.raises(SourceError, match=rf"^line {line} is no JSON \("):
        items(text)


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize("number", ["10", "-10.5", "1e5", "1.5E-7", "0"])
def test_a_number_is_whole_wherever_it_is_cut(number):
    for blanks in range(12):
        assert [item.value for item in items(f'{{"n": {" " * blanks}{number}, "a": [{{"x": {number}}}]}}')] == [
            {"x": float(number)}
        ]


def test_an_object_without_end_is_not_held_for_ever(monkeypatch):
    monkeypatch.setattr(jsonitems, "MAX_VALUE", 1_000)
    monkeypatch.setattr(jsonitems, "_CHUNK", 100)
    with pytest.raises(SourceError, match="line 2 is no JSON"):
        items('{"a": [\n"' + "x" * 100_000)
