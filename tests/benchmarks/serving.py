"""How quick `kg serve` is on a large graph: queries by HTTP beside pyoxigraph called directly, and pages.

    python tests/benchmarks/serving.py [--facts 100000] [--graph DIR] [--seconds 10] [--markdown FILE]

The graph is made from a seed: invented people, parties, offices and places, of whom a few have most of the facts; each
fact has its node and the passage that says it, each article ten facts, and every tenth article all of its evidence.
--graph keeps it in a folder, and takes it from there the next time.

Each query is asked with another value every time, in turn of pyoxigraph in this process, with the answer as JSON, and
of the server over a connection that stays open: from sending the request, written before, to having all of the answer.
Times are medians, and the ratio is that of the medians. The first two are look-ups of one pattern, which the server
answers itself; the others it leaves to a worker.

Pages are asked in the same way: the rate by two clients on the same cores, each page another thing drawn by
lot, so that few come out of the cache, with what the server works on one; the others five times each, of which the
slowest but one counts. Before, every page is asked for once, and the server left to make what it keeps beside them. The
clients read all of every answer and look at its status. On a machine with other work to do the rates say little, and
ratios little where a worker is asked: see the load.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, Store, Triple
from tables import make_parser, report

from kg.folder import MADE_OF, SETTINGS
from kg.knowledge.evidence import write_reading
from kg.knowledge.iris import article_iri, fact_iri, passage_iri
from kg.model import Article, Mention, MentionKind, Reading, Ref, Referent, Span, Statement, Status
from kg.vocabulary import DEFAULT_BASE, KG, LABEL, RDF, TYPE, XSD

POL = "https://kg.example/ontology/politics#"
PER_ARTICLE = 10
FULL = 10
"""Every tenth article has all of its evidence."""

HEADERS = "Host: 127.0.0.1\r\nAccept: {}\r\n\r\n"
LENGTH = re.compile(rb"\ncontent-length: (\d+)", re.IGNORECASE)
RESULTS = "application/sparql-results+json"
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
SYLLABLES = "ba ben cor da del el fen gar hol il jor kel lan mor nes or pel quin ras sel tam ul ven wes yar zel".split()
RELATIONS = (
    ("memberOfParty", "Party", 2),
    ("holdsOffice", "Office", 2),
    ("represents", "Constituency", 1),
    ("metWith", "Person", 3),
    ("criticised", "Person", 3),
    ("bornIn", "City", 1),
    ("memberOf", "Organisation", 2),
)
SHARES = {"Person": 0.7, "Party": 0.02, "Office": 0.05, "Constituency": 0.08, "City": 0.05, "Organisation": 0.1}
SERVED = """
import sys
from kg.serve import serve
serve(sys.argv[1], port=0, processes=int(sys.argv[2]), on_start=lambda address: print(address, flush=True))
"""


# -- the graph -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thing:
    """An invented thing."""

    iri: str
    label: str
    kind: str


class World:
    """Invented things and facts between them, all from one seed."""

    def __init__(self, facts: int, seed: int = 11) -> None:
        self.random = random.Random(seed)
        self.facts = facts
        self.things: dict[str, list[Thing]] = {}
        names: set[str] = set()
        for kind, share in SHARES.items():
            made = self.things[kind] = []
            while len(made) < max(5, int(facts * share / 5)):
                label = self._name(kind)
                if label not in names:
                    names.add(label)
                    made.append(Thing(f"{DEFAULT_BASE}id/{label.lower().replace(' ', '-')}", label, kind))

    def all(self) -> list[Thing]:
        """Give all things, those of a kind beside one another."""
        return [thing for made in self.things.values() for thing in made]

    def quads(self) -> Iterator[Quad]:
        """Yield the graph, with the mark of one whose build has come to its end."""
        settings = NamedNode(DEFAULT_BASE + SETTINGS)
        yield Quad(settings, MADE_OF, Literal("invented"), settings)
        for thing in self.all():
            yield _quad(thing.iri, TYPE, NamedNode(POL + thing.kind))
            yield _quad(thing.iri, LABEL, Literal(thing.label, language="en"))
        said: list[tuple[Thing, str, Thing]] = []
        seen: set[tuple[str, str, str]] = set()
        number = 0
        while len(seen) < self.facts:
            fact = self._fact()
            key = fact[0].iri, fact[1], fact[2].iri
            if key in seen:
                continue
            seen.add(key)
            said.append(fact)
            if len(said) == PER_ARTICLE or len(seen) == self.facts:
                yield from self._article(number, said)
                said = []
                number += 1

    def _name(self, kind: str) -> str:
        first, last = ("".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 3))).title() for _ in range(2))
        ends = {"Party": " Party", "Office": " Commissioner", "Organisation": " Institute", "Constituency": " North"}
        return first + "stead" if kind == "City" else f"{first} {last}{ends.get(kind, '')}"

    def _draw(self, kind: str) -> Thing:
        made = self.things[kind]
        return made[int(len(made) * self.random.random() ** 3)]

    def _fact(self) -> tuple[Thing, str, Thing]:
        relation, kind, _ = self.random.choices(RELATIONS, [weight for _, _, weight in RELATIONS])[0]
        return self._draw("Person"), relation, self._draw(kind)

    def _article(self, number: int, said: list[tuple[Thing, str, Thing]]) -> Iterator[Quad]:
        sentences = [f"{a.label} {relation} {b.label}." for a, relation, b in said]
        identifier = f"article-{number}"
        date = f"{2000 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        article = Article(
            identifier, " ".join(sentences), title=sentences[0], published=date, url=f"https://news.example/{number}"
        )
        node = article_iri(DEFAULT_BASE, identifier)
        start = 0
        spans = []
        for (a, relation, b), sentence in zip(said, sentences, strict=True):
            spans.append(Span(start, start + len(sentence) - 1))
            yield from self._knowledge(a, relation, b, node, spans[-1])
            start += len(sentence) + 1
        reading = self._reading(article, said, spans)
        if number % FULL:
            reading = Reading(article, (), (), (), ())
            for span in spans:
                passage, graph = NamedNode(passage_iri(node, span)), NamedNode(node)
                yield Quad(passage, NamedNode(TYPE), NamedNode(KG + "Passage"), graph)
                exact = Literal(article.text[span.start : span.end])
                yield Quad(passage, NamedNode("http://www.w3.org/ns/oa#exact"), exact, graph)
        yield from write_reading(reading, DEFAULT_BASE)

    def _knowledge(self, a: Thing, relation: str, b: Thing, article: str, span: Span) -> Iterator[Quad]:
        fact = fact_iri(DEFAULT_BASE, str(Triple(NamedNode(a.iri), NamedNode(POL + relation), NamedNode(b.iri))))
        confidence = Literal(f"0.{self.random.randint(70, 99)}", datatype=NamedNode(XSD + "decimal"))
        yield _quad(a.iri, POL + relation, NamedNode(b.iri))
        yield _quad(fact, TYPE, NamedNode(KG + "Fact"))
        yield _quad(fact, RDF + "subject", NamedNode(a.iri))
        yield _quad(fact, RDF + "predicate", NamedNode(POL + relation))
        yield _quad(fact, RDF + "object", NamedNode(b.iri))
        yield _quad(fact, KG + "support", NamedNode(passage_iri(article, span)))
        yield _quad(fact, KG + "statedIn", NamedNode(article))
        yield _quad(fact, KG + "confidence", confidence)
        yield _quad(fact, KG + "rule", Literal(f"pol:{relation} made"))

    def _reading(self, article: Article, said: list[tuple[Thing, str, Thing]], spans: list[Span]) -> Reading:
        referents: dict[str, Referent] = {}
        mentions, statements = [], []
        for (a, relation, b), span in zip(said, spans, strict=True):
            places = Span(span.start, span.start + len(a.label)), Span(span.end - len(b.label), span.end)
            for thing, place in zip((a, b), places, strict=True):
                known = referents.setdefault(
                    thing.iri,
                    Referent(f"r{len(referents) + 1}", thing.label, (thing.label,), (POL + thing.kind,), named=True),
                )
                mentions.append(Mention(known.id, place, thing.label, MentionKind.NAME))
            one, other = referents[a.iri].id, referents[b.iri].id
            rule = f"pol:{relation} made"
            statements.append(
                Statement(one, POL + relation, Ref(other), Status.ASSERTED, 0.9, span, places[0], rule, places[1])
            )
        return Reading(article, tuple(referents.values()), tuple(mentions), tuple(statements), ())


def _quad(subject: str, predicate: str, object: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), object)


def make_graph(folder: Path, world: World) -> None:
    """Write the graph into the store of a folder."""
    store = Store(str(folder / "store"))
    store.bulk_extend(world.quads())
    store.flush()


# -- a client --------------------------------------------------------------------------------------------------


class Client:
    """A connection that stays open, and costs next to nothing on this side: it reads all of each answer."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, address: str, accept: str = HTML) -> tuple[int, bytes]:
        """Ask for an address; give the status and the body."""
        return self.send(write_request(address, accept))

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; give the status and the body."""
        self._socket.sendall(request)
        data = self._more()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end]
        length = LENGTH.search(head)
        assert length is not None, head
        pieces, missing = [data[end + 4 :]], int(length[1]) - (len(data) - end - 4)
        while missing > 0:
            pieces.append(self._more())
            missing -= len(pieces[-1])
        assert missing == 0, head
        return int(head[9:12]), b"".join(pieces)

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 20)
        assert data, "the server closed the connection"
        return data


def write_request(address: str, accept: str) -> bytes:
    """Write a request for an address."""
    return f"GET {address} HTTP/1.1\r\n{HEADERS.format(accept)}".encode()


@contextmanager
def serving(folder: Path, processes: int = 1) -> Iterator[tuple[int, int]]:
    """Run the server in processes of its own, and give its port and the number of the first process."""
    command = [sys.executable, "-c", SERVED, str(folder), str(processes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2]), process.pid
        finally:
            process.terminate()


def wait_until_idle(process: int) -> None:
    """Wait until a process and its children have next to nothing to do for three seconds, four minutes at most."""
    before, idle = used(process), 0
    for _ in range(240):
        time.sleep(1.0)
        now = used(process)
        idle = idle + 1 if now - before < 0.05 else 0
        if idle == 3:
            return
        before = now


def used(process: int) -> float:
    """Give the seconds that a process has worked, and its children."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return _used(process) + sum(used(int(each)) for each in children)


def _used(process: int) -> float:
    """Give the seconds that a process has worked."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# -- queries ---------------------------------------------------------------------------------------------------


def make_queries(world: World) -> dict[str, Callable[[int], str]]:
    """Give the kinds of queries, each of which makes another query for each number."""
    people = world.things["Person"]
    parties = world.things["Party"]

    def person(number: int) -> Thing:
        return people[number * 37 % len(people)]

    return {
        "one thing by its label": lambda n: f'SELECT ?s {{ ?s <{LABEL}> "{person(n).label}"@en }}',
        "is this so (ASK)": lambda n: f"ASK {{ <{person(n).iri}> <{POL}metWith> <{person(n + 1).iri}> }}",
        "the facts of a thing, with nodes and labels": lambda n: (
            f"SELECT ?fact ?p ?o ?label ?confidence {{ ?fact <{RDF}subject> <{person(n).iri}> ; <{RDF}predicate> ?p ; "
            f"<{RDF}object> ?o ; <{KG}confidence> ?confidence . ?o <{LABEL}> ?label }}"
        ),
        "100 rows": lambda n: f"SELECT ?s ?o {{ ?s <{POL}metWith> ?o }} OFFSET {n} LIMIT 100",
        "1,000 rows": lambda n: f"SELECT ?s ?o {{ ?s <{POL}metWith> ?o }} OFFSET {n} LIMIT 1000",
        "two steps: whom members of the same party met": lambda n: (
            f"SELECT DISTINCT ?other {{ ?member <{POL}memberOfParty> <{parties[-1 - n % (len(parties) // 2)].iri}> . "
            f"?member <{POL}metWith> ?other }}"
        ),
        "a count": lambda n: f"SELECT (COUNT(*) AS ?n{n}) {{ ?s <{POL}bornIn> ?o }}",
    }


def ask_directly(store: Store, query: str) -> bytes:
    """Answer a query in this process."""
    found = store.query(query)
    assert isinstance(found, QuerySolutions | QueryBoolean)
    return found.serialize(format=QueryResultsFormat.JSON) or b""


def measure_queries(store: Store, port: int, world: World, times: int) -> Iterator[Sequence[str]]:
    """Yield a row for each kind of query."""
    client = Client(port)

    for name, make in make_queries(world).items():
        taken: dict[str, list[float]] = {"direct": [], "http": []}
        rounds = times if len(ask_directly(store, make(0))) < 20_000 else max(20, times // 5)
        for number in range(rounds + rounds // 5):
            query = make(number)
            request = write_request(f"/sparql?query={quote(query)}", RESULTS)
            start = time.perf_counter()
            direct = ask_directly(store, query)
            middle = time.perf_counter()
            status, answer = client.send(request)
            taken["http"].append(time.perf_counter() - middle)
            taken["direct"].append(middle - start)
            assert (status, len(answer)) == (200, len(direct)), query
        one, other = (statistics.median(taken[way][rounds // 5 :]) for way in ("direct", "http"))
        told = f"{other / one:.1f}" + ("" if other <= 3 * one else f" (+{(other - one) * 1e3:.2f} ms)")
        yield name, f"{one * 1e3:.2f} ms", f"{other * 1e3:.2f} ms", told


# -- pages -----------------------------------------------------------------------------------------------------


A_VISIT = 20
"""So many pages are asked for over one connection."""

FEW = 4
"""Connections of each of the two clients where there are several: with one each, both may be of the same process."""


def _fetch(port: int, addresses: list[str], seconds: float, start: float, connections: int) -> int:
    """Ask for pages over some connections at once, each from another place of the addresses on; count the answers."""
    time.sleep(max(0.0, start - time.time()))
    step = len(addresses) // connections
    lists = [addresses[number * step :] + addresses[: number * step] for number in range(connections)]
    with ThreadPoolExecutor(connections) as threads:
        return sum(threads.map(lambda own: _fetch_one(port, own, start + seconds), lists))


def _fetch_one(port: int, addresses: list[str], end: float) -> int:
    done = 0
    while time.time() < end:
        if done % A_VISIT == 0:
            client = Client(port)
        status, _ = client.get(addresses[done % len(addresses)])
        assert status == 200, addresses[done % len(addresses)]
        done += 1
    return done


def measure_rate(port: int, process: int, world: World, seconds: float, connections: int, lot: str) -> tuple[str, str]:
    """Tell how many pages of things two clients get in a second, and how long the server works on one.

    Each asks over some connections at once, and on new ones now and then, for pages drawn by another `lot` each time.
    """
    things = [thing.iri.removeprefix(DEFAULT_BASE.rstrip("/")) for thing in world.all()]

    def draw(use: str) -> list[list[str]]:
        return [random.Random(f"{lot} {use} {client}").choices(things, k=20_000) for client in range(2)]

    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(_fetch, [(port, each, 1.0, time.time() + 1.0, connections) for each in draw("before")])
        start, before = time.time() + 0.5, used(process)
        done = sum(pool.starmap(_fetch, [(port, each, seconds, start, connections) for each in draw("measured")]))
        return f"{done / seconds:.0f} a second", f"{(used(process) - before) / done * 1e3:.1f} ms of a core"


def measure_first_page(port: int) -> tuple[int, int]:
    """Give the bytes of the first page alone, and with all that it loads."""
    client = Client(port)
    _, page = client.get("/")
    linked = set(re.findall(rb"""(?:src|href)=["'](/static/[^"']+)""", page))
    return len(page), len(page) + sum(len(client.get(each.decode())[1]) for each in linked)


def measure_pages(port: int, world: World) -> Iterator[tuple[str, float, int, int]]:
    """Yield each page with the seconds that it takes, its status and its bytes."""
    hub, office = world.things["Party"][0], world.things["Office"][0]
    person = world.things["Person"][0]
    path = {thing: thing.iri.removeprefix(DEFAULT_BASE.rstrip("/")) for thing in (hub, office, person)}
    client = Client(port)
    addresses = {
        "first page": "/",
        "search": f"/search?q={quote(person.label.split()[0])}",
        "search, second page": f"/search?q={quote(person.label.split()[0][:3])}&page=2",
        "completion": f"/api/complete?q={quote(person.label[:3])}",
        "a party with most members": path[hub],
        "an office": path[office],
        "a person with most facts": path[person],
        "the same as Turtle": f"{path[person]}?format=ttl",
        "articles": "/articles",
        "articles, page 50": "/articles?page=50",
        "an article": "/article/article-0",
        "people": f"/entities?kind={quote(POL + 'Person', safe='')}",
        "graph": f"/graph?around={quote(hub.iri, safe='')}",
        "graph, data": f"/api/graph?around={quote(hub.iri, safe='')}&hops=1&limit=300",
        "graph, data, two steps": f"/api/graph?around={quote(person.iri, safe='')}&hops=2&limit=300",
        "timeline": f"/timeline?around={quote(person.iri, safe='')}",
        "corrections": "/corrections",
        "query": "/query",
    }
    for name, address in addresses.items():
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            status, body = client.get(address)
            taken.append(time.perf_counter() - start)
        yield name, sorted(taken)[-2], status, len(body)


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = make_parser(__doc__)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--graph", type=Path, help="keep the graph in this folder, and take it from there")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long pages of things are asked for")
    parser.add_argument("--times", type=int, default=300, help="how often each query is asked")
    args = parser.parse_args()
    world = World(args.facts)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.graph or Path(temporary)
        if not (folder / "store").is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            make_graph(folder, world)
        store = Store.read_only(str(folder / "store"))
        rows: list[Sequence[str]] = [
            ("facts; triples", f"{args.facts:,}; {len(store):,}", "", ""),
            ("cores; load before", f"{os.cpu_count()}; {os.getloadavg()[0]:.1f}", "", ""),
        ]
        with serving(folder) as (port, process):
            for _ in measure_pages(port, world):
                pass
            wait_until_idle(process)
            rows += measure_queries(store, port, world, args.times)
            try:
                alone, whole = measure_first_page(port)
                rows.append(
                    ("first page; with all that it loads", f"{alone / 1e3:.0f} kB", f"{whole / 1e3:.0f} kB", "")
                )
                pages = list(measure_pages(port, world))
                for name, seconds, status, size in sorted(pages, key=lambda page: -page[1]):
                    told = "" if status == 200 else f"status {status}"
                    rows.append((f"page: {name}", "", f"{seconds * 1e3:.0f} ms", told or f"{size / 1e3:.0f} kB"))
                rate = measure_rate(port, process, world, args.seconds, 1, "alone")
                rows.append(("pages of things, two connections", "", *rate))
                with serving(folder, processes=2) as (other, first):
                    measure_rate(other, first, world, 5.0, FEW, "before")
                    wait_until_idle(first)
                    for told, connections in (("two connections", 1), ("eight connections", FEW)):
                        rate = measure_rate(other, first, world, args.seconds, connections, told)
                        rows.append((f"the same with --processes 2, {told}", "", *rate))
            except (OSError, ValueError, AssertionError) as error:
                rows.append(("pages", "", f"not measured ({type(error).__name__}: {json.dumps(str(error)[:80])})", ""))
    report(("on one connection", "pyoxigraph", "by HTTP", "ratio"), rows, args.markdown)


if __name__ == "__main__":
    main()
