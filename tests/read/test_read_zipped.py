from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from fetch.files import make_zip

from kg.escape import escape
from kg.model import Article, Issue
from kg.read import read_articles

TEXT = "The council met on Monday."


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[list[str], list[str]]:
    """Give the ids of the articles and the issues, without the path."""
    found = list(read_articles(path, max_characters=100_000))
    told = [str(each) for each in found if isinstance(each, Issue)]
    assert all(each.isprintable() for each in told)
    return [each.id for each in found if isinstance(each, Article)], [each.replace(str(path), "Z") for each in told]


def test_an_archive_is_read_like_the_folder_in_it(tmp_path: Path) -> None:
    files = {"b/b.md": TEXT, "a.txt": TEXT, "b/a.csv": f"id,text\n7,{TEXT}\n", "d.JSONL": '{"id": "8", "text": "t"}'}
    for name, content in files.items():
        write(tmp_path / "folder" / name, content.encode())
    write(tmp_path / "z.zip", make_zip(files))
    assert read(tmp_path / "z.zip") == read(tmp_path / "folder") == (["a", "7", "b/b", "8"], [])


def test_the_place_of_an_article_is_its_path_in_the_archive(tmp_path: Path) -> None:
    path = write(tmp_path / "z.zip", make_zip({"b/a.txt": TEXT}))
    (article,) = read_articles(path)
    assert isinstance(article, Article)
    assert article.source == f"{path}/b/a.txt"


def test_an_archive_in_a_folder_is_a_folder_in_it(tmp_path: Path) -> None:
    write(tmp_path / "in" / "y" / "z.zip", make_zip({"a.txt": TEXT}))
    write(tmp_path / "in" / "a.txt", b"Another.")
    assert read(tmp_path / "in") == (["a", "y/z/a"], [])


def test_hidden_files_and_those_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    names = (".a.txt", ".git/b.txt", "__MACOSX/c.txt", "x/__MACOSX/._c.txt", "d.png", "e.xml", "f/")
    assert read(write(tmp_path / "z.zip", make_zip(dict.fromkeys(names, "x") | {"g.txt": TEXT}))) == (["g"], [])
    kinds = ".atom, .csv, .htm, .html, .json, .jsonl, .md, .ndjson, .pdf, .rss, .txt"
    assert read(write(tmp_path / "z.zip", make_zip({"d.png": "x"}))) == (
        [],
        [f"Z: holds nothing to read (1 file of other kinds); readable are {kinds}"],
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../../etc/cron.d/a.txt", "has a path that leads out of the archive"),
        ("/etc/a.txt", "has a path that leads out of the archive"),
        ("b/../../a.txt", "has a path that leads out of the archive"),
        ("..\\..\\a.txt", "has a path that leads out of the archive"),
        ("C:\\a.txt", "has a path that leads out of the archive"),
        ("C:/a.txt", "has a path that leads out of the archive"),
        ("inner.zip", "is an archive in an archive, which is not opened; unpack it"),
        ("inner.warc.gz", "is an archive in an archive"),
        ("empty.html", "is empty"),
        ("a.json", "is no JSON"),
    ],
)
def test_what_is_not_read_is_one_line_and_the_rest_goes_on(tmp_path: Path, name: str, message: str) -> None:
    content = "" if name == "empty.html" else "x"
    ids, issues = read(write(tmp_path / "z.zip", make_zip({name: content, "z.txt": TEXT})))
    assert ids == ["z"]
    assert len(issues) == 1
    assert issues[0].startswith(f"Z/{escape(name)}: {message}")


def test_names_that_a_terminal_would_obey_are_shown_escaped(tmp_path: Path) -> None:
    name = "a\n\x1b[2J\u202e.txt"
    assert read(write(tmp_path / "z.zip", make_zip({name: TEXT}))) == ([r"a\n\x1b[2J\u202e"], [])
    assert read(write(tmp_path / "z.zip", make_zip({name: ""})))[1] == [
        r"Z/a\n\x1b[2J\u202e.txt: is empty; leave it out or fill it in"
    ]


def make_entry(name: str, data: bytes, **fields: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        for field, value in fields.items():
            setattr(info, field, value)
        archive.writestr(info, data)
    return out.getvalue()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    linked = make_entry("a.txt", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16, create_system=3)
    assert read(write(tmp_path / "z.zip", linked))[1][0].startswith("Z/a.txt: is a link, which is not followed")


def test_an_encrypted_file_is_one_line(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT}))
    data[6] |= 1  # the flag, in the file's own head …
    data[data.index(b"PK\x01\x02") + 8] |= 1  # … and in the list of files
    assert read(write(tmp_path / "z.zip", bytes(data)))[1] == ["Z/a.txt: is encrypted; unpack it with its password"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_way_of_packing_is_read(tmp_path: Path, method: int) -> None:
    assert read(write(tmp_path / "z.zip", make_entry("a.txt", TEXT.encode(), compress_type=method))) == (["a"], [])


def test_a_way_of_packing_that_is_not_known_is_one_line(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT}))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 97
    assert read(write(tmp_path / "z.zip", bytes(data)))[1][0].startswith("Z/a.txt: is packed in a way that cannot be")


def test_a_file_that_is_damaged_is_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = bytearray(make_entry("a.txt", TEXT.encode() * 20))
    data[data.index(TEXT.encode()) + 5] ^= 1
    with zipfile.ZipFile(whole := io.BytesIO(bytes(data)), "a") as archive:
        archive.writestr("b.txt", TEXT)
    ids, issues = read(write(tmp_path / "z.zip", whole.getvalue()))
    assert ids == ["b"]
    assert issues[0].startswith("Z/a.txt: is broken in the archive (Bad CRC-32")


def test_any_archive_that_is_cut_off_is_one_line(tmp_path: Path) -> None:
    whole = make_zip({"a.txt": TEXT, "b/c.html": TEXT, "d.csv": "id,text\n1,t\n"})
    for length in range(0, len(whole), 7):
        ids, issues = read(write(tmp_path / "z.zip", whole[:length]))
        assert not ids
        assert len(issues) == 1
        assert issues[0].startswith("Z: is a broken ZIP archive (")


def test_any_byte_may_be_wrong(tmp_path: Path) -> None:
    whole = make_zip({"a.txt": TEXT * 3, "b.jsonl": '{"id": "1", "text": "t"}\n'})
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        ids, issues = read(write(tmp_path / "z.zip", bytes(damaged)))
        assert ids or issues


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.measured.ALLOWANCE", 2 << 20)
    files = {"0.txt": TEXT} | {f"{number}.json": " " * (1 << 20) for number in range(1, 6)} | {"9.txt": TEXT}
    ids, issues = read(write(tmp_path / "z.zip", make_zip(files)))
    assert ids == ["0"]
    assert issues[-1].startswith("Z: unpacks to more than 100 times its size")


def test_files_that_overlap_count_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the bombs of D. Fifield, "A better zip bomb" (WOOT 2019): many names for the same packed bytes."""
    monkeypatch.setattr("kg.read.measured.ALLOWANCE", 2 << 20)
    data = bytearray(make_zip({"a.json": b" " * (16 << 20)}))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = bytes(data[start:end])
    several = b"".join(entry.replace(b"a.json", b"%d.json" % number) for number in range(8))
    tail = bytearray(data[end:])
    tail[8:12] = (8).to_bytes(2, "little") * 2
    tail[12:16] = len(several).to_bytes(4, "little")
    ids, issues = read(write(tmp_path / "z.zip", bytes(data[:start]) + several + bytes(tail)))
    assert not ids
    assert all("unpacks to more" in each or "is broken" in each or "is empty" in each for each in issues), issues


def test_a_single_long_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    ids, issues = read(write(tmp_path / "z.zip", make_zip({"a.txt": "x" * 3_000_000, "b.txt": TEXT})))
    assert ids == ["b"]
    assert issues == ["Z/a.txt: is longer than the limit of 100,000 characters; split it into several"]


def names(found: Iterable[Article | Issue]) -> list[str]:
    return [each.id for each in found if isinstance(each, Article)]


def test_two_archives_with_one_id_for_two_texts_are_told_apart(tmp_path: Path) -> None:
    first = write(tmp_path / "a.zip", make_zip({"a.txt": "One."}))
    second = write(tmp_path / "b.zip", make_zip({"a.txt": "Two."}))
    found = list(read_articles([first, second]))
    assert names(found) == ["a"]
    assert (
        str(found[1]) == f"{second}/a.txt: has the id 'a' of another text, in {first}/a.txt; give it an id of its own"
    )
