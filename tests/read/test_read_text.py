from __future__ import annotations

import io

import pytest

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.text import find_title, read_text, split_front_matter


def read(text: str | bytes, limit: int = 1000) -> Article:
    data = text.encode() if isinstance(text, str) else text
    (article,) = read_text(io.BytesIO(data), Origin("a.txt", "a"), limit)
    assert not isinstance(article, Issue)
    return article


def test_the_text_is_the_whole_file() -> None:
    text = "\n  The council met.\n\nIt rejected the plan.\n\n"
    assert read(text) == Article(id="a", text=text, source="a.txt")


def test_a_byte_order_mark_and_windows_line_ends_do_not_shift_offsets() -> None:
    article = read(b"\xef\xbb\xbfThe council met.\r\nIt voted.")
    assert article.text.index("It voted") == len("The council met.\n")


def test_front_matter_is_metadata_and_no_part_of_the_text() -> None:
    article = read(
        "title: A vote\nDATE : 3 February 2019\nAuthor: Ann Writer\nURL: https://news.example/1\n\nIt was close.\n"
    )
    assert article == Article(
        id="https://news.example/1",
        text="It was close.\n",
        title="A vote",
        published="2019-02-03",
        author="Ann Writer",
        url="https://news.example/1",
        source="a.txt",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Title: A vote\nIt was close.",
        "The mayor said: no.\n\nMore.",
        "Title: A vote\nTitle: Another\n\nText.",
        "\nTitle: A vote\n\nText.",
    ],
)
def test_lines_that_only_resemble_front_matter_stay_in_the_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_front_matter_without_a_text_is_an_issue() -> None:
    (issue,) = read_text(io.BytesIO(b"Title: A vote"), Origin("a.txt", "a"), 1000)
    assert str(issue) == "a.txt: has an empty text; leave it out or fill it in"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Council rejects plan\n\nThe council met.", "Council rejects plan"),
        ("\n\nIs the plan dead?\n \nThe council met.", "Is the plan dead?"),
        ("# Council rejects plan #\nThe council met.", "Council rejects plan"),
        ("Council rejects plan\nThe council met.", None),
        ("The council met.\n\nIt rejected the plan.", None),
        ("“The plan is dead.”\n\nSo said the mayor.", None),
        ("Friday, January 4, 2019\n\nThe council met.", None),
        ("word " * 40 + "\n\nThe council met.", None),
        ("Council rejects plan", None),
        ("", None),
    ],
)
def test_a_first_line_is_a_title_only_when_it_looks_like_one(text: str, title: str | None) -> None:
    assert find_title(text) == title


def test_a_title_that_was_found_stays_in_the_text() -> None:
    text = "Council rejects plan\n\nThe council met."
    assert read(text) == Article(id="a", text=text, title="Council rejects plan", source="a.txt")


def test_an_empty_file_is_an_error() -> None:
    with pytest.raises(SourceError, match="is empty"):
        read("")


def test_a_file_that_no_encoding_can_make_short_enough_is_not_decoded() -> None:
    with pytest.raises(SourceError, match="longer than the limit of 10 characters"):
        read(b"\xff" * 100, limit=10)
