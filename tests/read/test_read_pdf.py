from __future__ import annotations

from pathlib import Path

import pytest
from fetch.files import make_pdf

from kg.model import Article, Issue
from kg.read import read_articles
from kg.read.pdf_pages import read_pages
from kg.read.pdf_text import join_pages

LINES = [
    "The harbour council of Tarnbrook met on Monday evening and rejected the plan",
    "for a second quay, as had been expected. Ada Lindqvist, the chair of the coun-",
    "cil, said that the money was needed for the old one.",
    "Her deputy was not there.",
]


def read(tmp_path: Path, data: bytes, name: str = "report.pdf") -> list[Article | Issue]:
    (tmp_path / name).write_bytes(data)
    return list(read_articles(tmp_path / name, max_characters=100_000))


def test_a_pdf_is_an_article(tmp_path: Path) -> None:
    (article,) = read(tmp_path, make_pdf([LINES], "Council rejects quay"))
    assert isinstance(article, Article)
    assert (article.id, article.title, article.published, article.url) == ("report", "Council rejects quay", None, None)
    assert article.text == (
        "The harbour council of Tarnbrook met on Monday evening and rejected the plan for a second quay, as had been "
        "expected. Ada Lindqvist, the chair of the council, said that the money was needed for the old one.\n\n"
        "Her deputy was not there."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty; leave it out"),
        (b"%PDF-1.4", "is a broken PDF"),
        (b"no PDF at all" * 100, "is a broken PDF"),
        (bytes(10_000), "is a broken PDF"),
        (make_pdf([[], []]), "its 2 pages have no text, as with scanned pages; have its text recognised first"),
        (make_pdf([[]]), "its page has no text"),
        (make_pdf([["x" * 3000 + "-"] * 60]), "its text has "),
        (make_pdf([LINES])[:-400], "is a broken PDF|its page has no text"),
    ],
)
def test_what_holds_no_text_is_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    (issue,) = read(tmp_path, data)
    assert isinstance(issue, Issue)
    assert any(issue.message.startswith(each) for each in message.split("|")), issue
    assert str(issue).isprintable()


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.pdf.TIME_LIMIT", 0.01)
    (issue,) = read(tmp_path, make_pdf([LINES]))
    assert str(issue).endswith("seconds to read; save its text as a .txt file")


def test_a_process_that_dies_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.pdf._CODE", "import os; os.kill(os.getpid(), 9)")
    (issue,) = read(tmp_path, make_pdf([LINES]))
    assert "cannot be read as a PDF (exit code -9)" in str(issue)


def test_a_page_that_cannot_be_read_is_told_and_the_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdf

    extract = pypdf.PageObject.extract_text

    def fail(page: pypdf.PageObject, *arguments: object) -> str:
        text = extract(page)
        if "Second" in text:
            raise KeyError("/Font\n")
        return text

    monkeypatch.setattr(pypdf.PageObject, "extract_text", fail)
    found = read_pages(make_pdf([["First."], ["Second."], ["Third."]]), 1000)
    assert found["pages"] == ["First.", "Third."]
    assert found["faults"] == [(2, "'/Font\\n'")]


def test_reading_ends_where_the_text_is_too_long() -> None:
    found = read_pages(make_pdf([["x" * 60]] * 50), 100)
    assert len(found["pages"]) == 2


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Council rejects quay", "Council rejects quay"),
        ("  Council \n rejects ", "Council rejects"),
        ("Microsoft Word - report.docx", None),
        ("final version 3.indd", None),
        ("untitled document", None),
        ("report", None),
        ("", None),
        (None, None),
    ],
)
def test_the_name_of_a_file_is_no_title(title: str | None, taken: str | None) -> None:
    from kg.read.pdf import _find_title

    assert _find_title(title) == taken


def test_what_is_repeated_on_pages_is_left_out() -> None:
    pages = [
        f"The Tarnbrook Gazette\n{'Sunday' if number % 2 else 'Weekend'} edition, page {number} of 6\n"
        f"Sentence {word} is here.\n\nwww.gazette.example\n- {number} -"
        for number, word in enumerate("one two three four five six".split())
    ]
    text = join_pages(pages)
    assert (
        text.split() == "".join(f"Sentence {word} is here. " for word in "one two three four five six".split()).split()
    )


def test_a_single_page_keeps_its_lines_but_for_its_number() -> None:
    assert join_pages(["The Gazette\n\nIt rained all day.\nPage 1 of 1"]) == "The Gazette\n\nIt rained all day."


def test_lines_in_the_middle_of_pages_stay_even_if_they_are_repeated() -> None:
    page = "\n".join(["a b c {0}.", "d e f {0}.", "g h i {0}.", "Applause.", "j k l {0}.", "m n o {0}.", "p q r {0}."])
    assert join_pages([page.format(word) for word in ("red", "green", "blue")]).count("Applause.") == 3


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("the coun-\ncil met", "the council met"),
        ("the long-\nterm plan", "the longterm plan"),
        ("a long-term view of the long-\nterm plan", "a long-term view of the long-term plan"),
        ("Anne-\nMarie came", "Anne-Marie came"),
        ("from 2018-\n19 on", "from 2018- 19 on"),
        ("co\xad\noperation", "cooperation"),
        ("it was -\nhe said - late", "it was - he said - late"),
        ("the ﬁrst ﬂoor", "the first floor"),
        ("one\x00 two\x07", "one two"),
    ],
)
def test_words_that_lines_divide_are_whole_again(lines: str, text: str) -> None:
    assert join_pages([lines]) == text


def test_paragraphs_end_where_a_line_is_short_and_a_sentence_ends() -> None:
    full = "The council met on Monday evening and talked about the plan for the quay"
    assert join_pages([f"{full}\nand went home.\n{full}\nand stayed.\n• one thing\n• another\nA heading\n{full}."]) == (
        f"{full} and went home.\n\n{full} and stayed.\n\n• one thing\n\n• another\n\nA heading\n\n{full}."
    )


def test_nothing_is_a_text_without_pages() -> None:
    assert join_pages([]) == join_pages(["", "\n \n"]) == ""


def test_without_the_library_a_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.pdf.find_spec", lambda name: None)
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    (issue,) = read(tmp_path, make_pdf([LINES]))
    assert str(issue).endswith('report.pdf: needs pypdf, which is not installed; run pip install "kg[pdf]"')
