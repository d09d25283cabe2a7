from __future__ import annotations

from typing import Any

import pytest

from kg.model import Article, Issue
from kg.read.articles import Origin, iter_article


def read(limit: int = 100, /, **fields: Any) -> list[Article | Issue]:
    return list(iter_article(fields, Origin("here:1"), limit))


def test_all_fields_are_kept() -> None:
    fields = {"title": "A vote", "published": "2019-02-03", "url": "https://news.example/1", "author": "Ann Writer"}
    assert read(id="7", text="It was close.", **fields) == [
        Article(id="7", text="It was close.", source="here:1", **fields)
    ]


def test_the_text_is_kept_exactly_as_given() -> None:
    (article,) = read(id="7", text=" \r\n It was\ttrue. \u00a0")
    assert isinstance(article, Article)
    assert article.text == " \r\n It was\ttrue. \u00a0"


def test_a_given_id_goes_before_the_url_and_the_url_before_the_path() -> None:
    origin = Origin("here", "folder/file")
    given = [{"id": "7", "url": "u", "text": "t"}, {"url": "u", "text": "t"}, {"text": "t"}]
    found = [next(iter_article(fields, origin, 10)) for fields in given]
    assert [each.id for each in found if isinstance(each, Article)] == ["7", "u", "folder/file"]


def test_a_whole_number_is_taken_as_an_id() -> None:
    (article,) = read(id=7, text="t")
    assert isinstance(article, Article)
    assert article.id == "7"


def test_blank_metadata_is_none() -> None:
    (article,) = read(id="7", text="t", title="  ", author="", url=None, published="")
    assert article == Article(id="7", text="t", source="here:1")


def test_a_date_that_cannot_be_read_is_an_issue_beside_its_article() -> None:
    issue, article = read(id="7", text="t", published="Tuesday")
    assert str(issue).startswith("here:1: the date 'Tuesday' is not a complete")
    assert article == Article(id="7", text="t", source="here:1")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "7"}, "has no text"),
        ({"id": "7", "text": None}, "has no text"),
        ({"id": "7", "text": ["a"]}, "its text is a list; give a string"),
        ({"id": "7", "text": ""}, "has an empty text"),
        ({"id": "7", "text": " \n\t"}, "has an empty text"),
        ({"id": "7", "text": "x" * 101}, "its text has 101 characters, the limit is 100"),
        ({"id": "7", "text": "a\0b"}, "contains NUL characters"),
        ({"id": "7", "text": "a\ud800b"}, "its text has half a surrogate pair at character 1"),
        ({"text": "t"}, "has neither an id nor a url"),
        ({"id": "", "text": "t"}, "has neither an id nor a url"),
        ({"id": " ", "text": "t"}, "its id ' ' is blank"),
        ({"id": "a\nb", "text": "t"}, r"its id 'a\nb' is blank or has control characters"),
        ({"id": 1.5, "text": "t"}, "its id is a number; give a string"),
        ({"id": True, "text": "t"}, "its id is true or false"),
        ({"id": {}, "text": "t"}, "its id is an object"),
        ({"id": "7", "text": "t", "title": 3}, "its title is a number"),
        ({"id": "7", "text": "t", "author": ["A"]}, "its author is a list"),
        ({"id": "7", "text": "t", "url": "\udc00"}, "its url has half a surrogate pair"),
    ],
)
def test_wrong_fields_set_the_article_aside_with_one_line(fields: dict[str, Any], message: str) -> None:
    (issue,) = read(**fields)
    assert isinstance(issue, Issue)
    assert str(issue).startswith(f"here:1: {message}")
    assert "\n" not in str(issue)


def test_a_text_as_long_as_the_limit_is_read() -> None:
    (article,) = read(5, id="7", text="12345")
    assert isinstance(article, Article)
