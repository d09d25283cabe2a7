"""The committed outputs/ are what the README's first command makes of the example articles."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

COMMITTED = Path(__file__).parent.parent / "outputs"


def test_the_committed_turtle_is_made_again_byte_for_byte(built: Path) -> None:
    assert (built / "outputs" / "graph.ttl").read_bytes() == (COMMITTED / "graph.ttl").read_bytes()


def test_the_committed_picture_shows_what_is_made_again(built: Path) -> None:
    made, kept = (folder / "graph.svg" for folder in (built / "outputs", COMMITTED))
    assert described(made) == described(kept)


def test_the_graph_holds_facts_with_their_support(built: Path) -> None:
    store = pyoxigraph.Store()
    store.load(path=str(built / "outputs" / "graph.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    unsupported = store.query(
        "PREFIX kg: <https://kg.example/ontology/core#> "
        "SELECT ?f WHERE { ?f a kg:Fact FILTER NOT EXISTS { ?f kg:support ?p } }"
    )
    assert list(unsupported) == []


def described(picture: Path) -> str:
    """Give the title and description of a picture: what it shows, whatever fonts and coordinates this machine has."""
    text = picture.read_text(encoding="utf-8")
    return text[text.index("<title") : text.index("</desc>")]
