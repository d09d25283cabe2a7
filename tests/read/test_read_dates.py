from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read.dates import parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-01-04", "2019-01-04"),
        (" 2019/1/4 ", "2019-01-04"),
        ("20190104", "2019-01-04"),
        ("4 January 2019", "2019-01-04"),
        ("January 4th, 2019", "2019-01-04"),
        ("Friday, January 4, 2019", "2019-01-04"),
        ("31/12/2019", "2019-12-31"),
        ("12/31/2019", "2019-12-31"),
        ("05/05/2019", "2019-05-05"),
        ("2019-01-04T10:30:00Z", "2019-01-04T10:30:00+00:00"),
        ("2019-03-04 10:30", "2019-03-04T10:30:00"),
        ("2019-3-4 10:30 GMT", "2019-03-04T10:30:00+00:00"),
        ("Fri, 04 Jan 2019 10:30:00 +0100", "2019-01-04T10:30:00+01:00"),
        ("Fri, 04 Jan 2019 10:30:00 EST", "2019-01-04T10:30:00-05:00"),
        ("4 January 2019 at 10:30 XYZ", "2019-01-04T10:30:00"),
    ],
)
def test_complete_dates_become_iso_8601(text: str, expected: str) -> None:
    assert parse_date(text) == expected
    assert datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Tuesday", "2019", "January 2019", "4 January", "10:30", "2019-13-40", "9" * 5000]
)
def test_what_is_no_complete_date_is_an_error_with_its_value(text: str) -> None:
    with pytest.raises(SourceError, match="write it as 2019-01-31"):
        parse_date(text)


@pytest.mark.parametrize("text", ["03/04/2019", "3.4.2019"])
def test_day_and_month_that_cannot_be_told_apart_are_not_guessed(text: str) -> None:
    with pytest.raises(SourceError, match="unambiguous"):
        parse_date(text)


@given(st.one_of(st.text(max_size=40), st.from_regex(r"[0-9/:. +TZ-]{0,30}", fullmatch=True)))
def test_any_text_gives_an_iso_date_or_a_source_error(text: str) -> None:
    try:
        parsed = parse_date(text)
    except SourceError:
        return
    assert datetime.fromisoformat(parsed)
