"""A graph of invented people in a folder, written by hand: for the tests of the pages that show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import NamedNode
from starlette.testclient import TestClient

from kg.knowledge import MIN_CONFIDENCE, article_iri, write_reading
from kg.making import Maker
from kg.model import (
    Article,
    Attribution,
    Iri,
    Mention,
    MentionKind,
    Qualification,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Status,
    Value,
)
from kg.ontology import load_ontology
from kg.serve.app import make_app
from kg.store import OxigraphStore
from kg.vocabulary import XSD

BASE = "https://kg.example/"
POL = "https://kg.example/ontology/politics#"
PEOPLE = ("Ada Lind", "Bo Ek", "Cy Dahl", "Dee Moss", "Eve Roe")


class Draft:
    """An article while it is written: what it says is named by words of its text."""

    def __init__(self, id: str, text: str, **about: str) -> None:
        self.article = Article(id, text, **about)
        self.referents: dict[str, Referent] = {}
        self.mentions: list[Mention] = []
        self.statements: list[Statement] = []
        self.attributions: list[Attribution] = []

    def span(self, words: str) -> Span:
        start = self.article.text.index(words)
        return Span(start, start + len(words))

    def name(self, name: str, *types: str, named: bool = True, called: tuple[str, ...] = ()) -> None:
        """Mention something wherever its name stands."""
        id = f"r{len(self.referents) + 1}"
        iris = tuple(POL + each for each in types)
        self.referents[name] = Referent(id, name, (name, *called) if named else (), iris, named)
        start = self.article.text.find(name)
        while start >= 0:
            kind = MentionKind.NAME if named else MentionKind.NOMINAL
            self.mentions.append(Mention(id, Span(start, start + len(name)), name, kind))
            start = self.article.text.find(name, start + len(name))

    def say(self, subject: str, relation: str, object: str | Ref | Iri | Value, words: str, **more: object) -> None:
        """State something in some words; `confidence`, `status`, `speaker` and `qualification` can be given."""
        evidence = self.span(words)
        given = Ref(self.referents[object].id) if isinstance(object, str) else object
        speaker = more.pop("speaker", None)
        self.statements.append(
            Statement(
                self.referents[subject].id,
                POL + relation,
                given,
                more.pop("status", Status.ASSERTED),
                more.pop("confidence", 0.9),
                evidence,
                evidence,
                "by hand",
                speaker=None if speaker is None else self.referents[speaker].id,
                **more,
            )
        )

    def quote(self, speaker: str, words: str, *about: str) -> None:
        ids = tuple(self.referents[each].id for each in about)
        self.attributions.append(Attribution(self.referents[speaker].id, None, None, self.span(words), True, ids))

    @property
    def reading(self) -> Reading:
        return Reading(
            self.article,
            tuple(self.referents.values()),
            tuple(self.mentions),
            tuple(self.statements),
            tuple(self.attributions),
        )


def vote() -> Draft:
    """A leader, what was said of her, a confidence vote with its numbers, and an office of former years."""
    text = (
        "Ada Lind leads Harbour Party. Bo Ek said that Ada Lind criticised Cy Dahl.\n\n"
        "“She never rows,” Bo Ek said of Ada Lind. Dee Moss led Harbour Party from 2010 until 2015.\n\n"
        "The vote of confidence in Ada Lind on 3 May 2024 went 95 to 92. Cy Dahl may join Harbour Party."
    )
    draft = Draft(
        "harbour-vote", text, title="Harbour vote", published="2024-05-04", url="https://news.example/harbour-vote"
    )
    for name in PEOPLE[:4]:
        draft.name(name, "Person")
    draft.name("Harbour Party", "Party")
    draft.name("The vote of confidence", "ConfidenceVote", named=False)
    draft.say("Ada Lind", "leads", "Harbour Party", "Ada Lind leads Harbour Party")
    words = "Ada Lind criticised Cy Dahl"
    draft.say("Ada Lind", "criticised", "Cy Dahl", words, status=Status.CLAIMED, speaker="Bo Ek")
    former = Qualification("Former", "2010", "2015")
    draft.say("Dee Moss", "leads", "Harbour Party", "Dee Moss led Harbour Party", qualification=former)
    went = "The vote of confidence in Ada Lind on 3 May 2024 went 95 to 92"
    draft.say("The vote of confidence", "concerns", "Ada Lind", went)
    draft.say("The vote of confidence", "onDate", Value("2024-05-03", XSD + "date"), went)
    draft.say("The vote of confidence", "votesFor", Value("95", XSD + "integer"), went)
    words = "Cy Dahl may join Harbour Party"
    draft.say("Cy Dahl", "memberOfParty", "Harbour Party", words, status=Status.POSSIBLE)
    draft.quote("Bo Ek", "She never rows", "Ada Lind")
    return draft


def party() -> Draft:
    """Where two people were born, one of them in two towns, and a weak fact."""
    text = "Ada Lind met Bo Ek. Bo Ek was born in Port Ellery. Bo Ek supports Ada Lind. Ada Lind leads Harbour Party."
    draft = Draft("party", text, title="At the party", published="2024-06-01")
    for name in PEOPLE[:2]:
        draft.name(name, "Person")
    draft.name("Port Ellery", "City")
    draft.name("Harbour Party", "Party")
    draft.say("Ada Lind", "metWith", "Bo Ek", "Ada Lind met Bo Ek")
    draft.say("Bo Ek", "bornIn", "Port Ellery", "Bo Ek was born in Port Ellery")
    draft.say("Bo Ek", "supports", "Ada Lind", "Bo Ek supports Ada Lind", confidence=0.55)
    draft.say("Ada Lind", "leads", "Harbour Party", "Ada Lind leads Harbour Party")
    return draft


def birth() -> Draft:
    draft = Draft("birth", "Bo Ek was born in Skarrow, records say.", published="2024-06-02")
    draft.name("Bo Ek", "Person")
    draft.name("Skarrow", "City")
    draft.say("Bo Ek", "bornIn", "Skarrow", "Bo Ek was born in Skarrow")
    return draft


HOSTILE = '<script>alert("name")</script>'


def hostile() -> Draft:
    """HTML where words should be: in the text, the title, the address and a name; a name turned right to left."""
    text = (
        f"{HOSTILE} met Eve Roe. <img src=x onerror=alert(1)> </span></article><script>alert('text')</script>\n\n"
        '\u202eevE eoR\u202c met Eve Roe & "others" \'; DROP. '
    )
    text += "A" * 500
    draft = Draft("hostile", text, title="</title><script>alert('title')</script>", url="javascript:alert('url')")
    draft.name(HOSTILE, "Person")
    draft.name("Eve Roe", "Person", called=("Eve\u202eRoe", "<b>Eve</b>"))
    draft.name("\u202eevE eoR\u202c", "Person")
    draft.say(HOSTILE, "metWith", "Eve Roe", f"{HOSTILE} met Eve Roe")
    return draft


def make_graph(folder: Path, *drafts: Draft) -> Path:
    """Make the graph of some articles in a folder, as `kg build` would of the same readings."""
    ontology = load_ontology()
    with OxigraphStore(folder / "store") as store:
        for draft in drafts:
            graph = NamedNode(article_iri(BASE, draft.article.id))
            store.replace_graph(graph, write_reading(draft.reading, BASE))
        maker = Maker(store, ontology, BASE)
        resolved = maker.resolve([])
        maker.keep(resolved, maker.knowledge(resolved, MIN_CONFIDENCE), MIN_CONFIDENCE)
    return folder


@contextmanager
def browsing(folder: Path, *, edit: bool = False) -> Iterator[TestClient]:
    """Give a client of the application over a graph."""
    app = make_app(folder, edit=edit)
    try:
        yield TestClient(app, base_url="http://localhost", headers={"accept": "text/html"}, follow_redirects=False)
    finally:
        app.state.snapshots.close()
