"""The terminal: whatever commands are given and whatever a graph holds, nothing is shown that a terminal obeys."""

from __future__ import annotations

import atexit
import io
import json
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from unittest import mock

from explored import Draft, hostile, make_graph
from hypothesis import strategies as st

from kg.cli import run
from kg.cli.output import tell, write, write_json
from kg.escape import escape, quote

from .asking import queries
from .odd import mostly, odd_texts, whole
from .target import Target

CODES = "Ada\x1b[31m\x07 \u202eLind\u2066\x9b2J"
"""A name with codes that would colour, ring and turn what follows."""


class Terminal(io.StringIO):
    """What a terminal would be sent."""

    def isatty(self) -> bool:
        return True


def draft() -> Draft:
    """An article on somebody whose name holds codes."""
    made = Draft("codes\x1b[2J", f"{CODES} met Eve Roe. \x1b[31mRed\x1b[0m \r\n over \x08", title=f"On {CODES}")
    made.name(CODES, "Person")
    made.name("Eve Roe", "Person", called=(f"Eve {CODES}",))
    made.say(CODES, "metWith", "Eve Roe", f"{CODES} met Eve Roe")
    return made


@cache
def folder() -> Path:
    """Make the graph once, in a folder that goes with the process."""
    made = Path(tempfile.mkdtemp(prefix="kg-fuzz-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return make_graph(made, hostile(), draft())


names = mostly(odd_texts, st.sampled_from((CODES, "Eve Roe", "id:eve-roe", "eve", f"Eve {CODES}", "[bold]x[/]")))
values = odd_texts.map("name={}".format)
commands = st.one_of(
    queries.map(lambda text: ["query", "--", text]),
    st.tuples(queries, st.sampled_from(("table", "csv", "tsv", "json", "xml", "\x1b[31m"))).map(
        lambda pair: ["query", "-f", pair[1], "--", pair[0]]
    ),
    st.tuples(st.sampled_from(("claims", "evidence", "entities", "nothing")), values).map(
        lambda pair: ["query", "--name", pair[0], "--set", pair[1]]
    ),
    names.map(lambda name: ["query", "--name", name]),
    names.map(lambda name: ["show", "--", name]),
    names.map(lambda name: ["show", "--json", "--", name]),
    names.map(lambda name: ["show", "--iris", "--", name]),
    st.tuples(names, names).map(lambda pair: ["same", "--", *pair]),
    st.lists(names, max_size=3).map(lambda given: ["reject", "--", *given]),
    st.tuples(names, names, names).map(lambda given: ["add", "--why", "x", "--", *given]),
    names.map(lambda name: ["undo", "--", name]),
    names.map(lambda name: ["export", "--", whole(name).replace("/", "_")]),
    names.map(lambda name: [name]),
    st.tuples(names, names).map(lambda pair: ["query", f"--{pair[0]}", pair[1]]),
)


def command(arguments: list[str]) -> None:
    """Give a command on a terminal: it ends with 0, 1 or 2, foresees what is wrong, and sends no code."""
    given = [each.replace("\0", "\\0") for each in arguments]  # no argument of a process can hold one
    if given[0] not in ("-h", "--help", "--version") and len(given) > 1:
        given[1:1] = ["--graph", str(folder())]
    out, errors = Terminal(), Terminal()
    calm = {"TERM": "dumb", "COLUMNS": "80", "NO_COLOR": "1"}
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as empty, mock.patch.dict(os.environ, calm):
        os.chdir(empty)
        try:
            with mock.patch.object(sys, "stdout", out), mock.patch.object(sys, "stderr", errors):
                code = run(given)
        finally:
            os.chdir(before)
    assert code in (0, 1, 2)
    for stream in (out, errors):
        text = stream.getvalue()
        assert "this should not happen" not in text, text
        assert "Traceback" not in text, text
        check_shown(text)
    assert code == 0 or errors.getvalue().strip(), "it failed and said nothing"


def check_shown(text: str) -> None:
    """See that nothing but line breaks and tabs is what a terminal obeys, and that all of it can be written."""
    text.encode()
    assert all(each.isprintable() or each in "\n\t" for each in text), ascii(text)


def show(text: str) -> None:
    """Write a text in each of the ways in which commands write."""
    for stream in (Terminal(), io.StringIO()):
        with mock.patch.object(sys, "stdout", stream), mock.patch.object(sys, "stderr", Terminal()) as errors:
            tell(text)
            write_json({"a": text, f"b{text}": [text]})
            line = stream.getvalue()
            check_shown(line)
            assert json.loads(line)["a"] == text
            stream.seek(0)
            stream.truncate()
            if stream.isatty():
                write(text)
                check_shown(stream.getvalue())
        check_shown(errors.getvalue())
        assert errors.getvalue().count("\n") == 1
    assert escape(text).isprintable()
    assert quote(text).isprintable()


TARGETS = (
    Target("commands", commands, command, few=8, share=0.4),
    Target("what is shown", odd_texts, show, few=60, share=15),
)
