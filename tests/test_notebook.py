from __future__ import annotations

import base64
import builtins
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas
import pytest
from pyoxigraph import Literal, NamedNode
from tiny_pipeline import make_pipeline

import kg
from kg.errors import SettingError
from kg.query import QueryResult
from kg.query.result import Kind
from kg.vocabulary import XSD

PREFIXES = {"ex": "https://example.org/"}


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


def answer(*columns: list[object]) -> QueryResult:
    names = tuple(f"c{number}" for number in range(len(columns)))
    return QueryResult(Kind.SELECT, names, tuple(zip(*columns, strict=True)), PREFIXES)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    file = tmp_path_factory.mktemp("notebook") / "articles.jsonl"
    text = "Ada Lind leads Harbour Party. Bo Ek met Ada Lind."
    file.write_text(json.dumps({"id": "a", "title": "<b>Lind</b>", "published": "2024-05-03", "text": text}))
    with kg.build(file, pipeline=make_pipeline()) as made:
        yield made


def test_a_graph_shows_numbers_and_a_picture(graph: kg.Graph) -> None:
    html = graph._repr_html_()
    assert "1 article, the newest of 3 May 2024, 3 entities" in html
    assert "Built from 1 new article" in html
    data = re.search(r'src="data:image/png;base64,([^"]+)"', html)
    assert data is not None
    assert base64.b64decode(data[1]).startswith(b"\x89PNG")


def test_an_empty_graph_shows_itself_without_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    with kg.build(tmp_path / "a.txt", pipeline=make_pipeline()) as graph:
        assert "<img" not in graph._repr_html_()


def test_what_a_graph_gives_shows_itself(graph: kg.Graph) -> None:
    shown = graph.show("Ada Lind")
    assert [portrait.thing.label for portrait in shown] == ["Ada Lind"]
    portrait = shown._repr_html_()  # type: ignore[attr-defined]
    assert "<mark>Ada Lind leads Harbour Party</mark>" in portrait
    assert "[&lt;b&gt;Lind&lt;/b&gt;, 3 May 2024]" in portrait
    facts = graph.facts()._repr_html_()  # type: ignore[attr-defined]
    assert facts.count("<tr>") == len(graph.facts()) + 1
    assert '<td style="text-align: left">Bo Ek</td>' in graph.entities()._repr_html_()  # type: ignore[attr-defined]
    assert graph.contradictions()._repr_html_() == "<p>nothing</p>"  # type: ignore[attr-defined]


def test_an_answer_is_a_table_with_everything_escaped() -> None:
    names = [NamedNode("https://example.org/a"), Literal('<script>"&')]
    html = answer(names, [typed("7", "integer"), None])._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;&quot;&amp;" in html
    assert 'title="https://example.org/a">ex:a</td>' in html
    assert html.endswith("<p>2 rows</p>")


def test_the_first_hundred_rows_are_shown_and_all_are_counted() -> None:
    html = answer([typed(str(each), "integer") for each in range(1234)])._repr_html_()
    assert html.count("<tr>") == 101
    assert "the first 100 of 1,234 rows" in html


def test_yes_and_no_show_as_words(graph: kg.Graph) -> None:
    assert graph.query("ASK { ?s ?p ?o }")._repr_html_() == "<p><strong>yes</strong></p>"


def test_columns_of_pandas_have_the_types_of_their_values() -> None:
    table = answer(
        [typed("95", "integer"), None],
        [typed("0.5", "decimal"), typed("2", "integer")],
        [typed("true", "boolean"), None],
        [Literal('Åsa\n"x"', language="sv"), Literal("b")],
        [typed("1815-06-18", "date"), typed("2024-05-03", "date")],
        [typed("95", "integer"), Literal("many")],
        [None, None],
        [typed(str(2**70), "integer"), typed("1", "integer")],
    ).to_pandas()
    types = [str(each) for each in table.dtypes]
    assert types[:3] == ["Int64", "Float64", "boolean"]
    assert types[3].startswith("string")
    assert types[4] == "datetime64[s]"
    assert types[5:] == ["object"] * 3
    assert table["c0"].sum() == 95
    assert table["c0"].isna().tolist() == [False, True]
    assert table["c3"].tolist() == ['Åsa\n"x"', "b"]
    assert table["c4"].dt.year.tolist() == [1815, 2024]
    assert table["c7"].tolist() == [2**70, 1]


def test_an_answer_without_rows_is_a_table_with_its_columns(graph: kg.Graph) -> None:
    table = graph.query("SELECT ?a ?b WHERE { ?a <urn:none> ?b }").to_pandas()
    assert isinstance(table, pandas.DataFrame)
    assert list(table.columns) == ["a", "b"]
    assert len(table) == 0


def test_without_pandas_an_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingError, match="pip install pandas"):
        answer([Literal("a")]).to_pandas()
