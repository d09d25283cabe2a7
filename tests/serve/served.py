"""What tests of the server share: the folder of a small graph, and a server in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from harbour import TERMS, harbour
from pyoxigraph import Literal, NamedNode, Quad

from kg.folder import MADE_OF, SETTINGS
from kg.serve import Limits
from kg.store import DEFAULT_GRAPH, OxigraphStore
from kg.vocabulary import DEFAULT_BASE, KG, TYPE

ARTICLE = "https://kg.example/article/harbour"
OTHER = "https://kg.example/article/ferry"
SERVED = """
import json, sys
from kg.serve import Limits, serve
serve(sys.argv[1], port=0, timeout=json.loads(sys.argv[2])["timeout"], limits=Limits(**json.loads(sys.argv[2])),
      edit=True, on_start=lambda address: print(address, flush=True))
"""


def make_folder(folder: Path) -> Path:
    """Make the folder of a graph: things of a harbour, two articles that are named graphs, and the mark of a build."""
    quads = list(harbour())
    with OxigraphStore(folder / "store") as store:
        store.replace_graph(DEFAULT_GRAPH, [quad for quad in quads if quad.graph_name == DEFAULT_GRAPH])
        for iri, text in ((ARTICLE, "Ada Marsh chairs the club."), (OTHER, "The ferry is late.")):
            node = NamedNode(iri)
            store.replace_graph(
                node,
                [
                    Quad(node, NamedNode(TYPE), NamedNode(KG + "Article"), node),
                    Quad(node, NamedNode(KG + "text"), Literal(text), node),
                ],
            )
        settings = NamedNode(DEFAULT_BASE + SETTINGS)
        store.replace_graph(settings, [Quad(settings, MADE_OF, Literal("harbour"), settings)])
    (folder / "ontologies").mkdir()
    (folder / "ontologies" / "01-harbour.ttl").write_text(TERMS, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Running:
    """A server in a process of its own."""

    host: str
    port: int
    process: subprocess.Popen[str]

    @property
    def memory(self) -> int:
        """The bytes that it has in memory, its workers not counted."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    @property
    def workers(self) -> list[int]:
        """The numbers of the processes that it started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text().split()]


@contextmanager
def running(folder: Path, limits: Limits) -> Iterator[Running]:
    command = [sys.executable, "-c", SERVED, str(folder), json.dumps(asdict(limits))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
        try:
            yield Running(host, int(port), process)
        finally:
            process.terminate()
