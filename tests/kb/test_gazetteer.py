from __future__ import annotations

import pytest

from kg.kb import Gazetteer
from kg.language.lexicon import split_words

from .conftest import HARBOUR


@pytest.fixture
def index(write, build):
    areas = [{"id": f"b{n}", "name": f"Quay{n} Row Berth", "type": "berth"} for n in range(30)]
    found, _ = build(
        write(
            "kb.json",
            {
                "persons": [
                    {"id": "1", "name": "Ada Lind"},
                    {"id": "2", "name": "Velmar"},
                    {"id": "3", "name": "Nils Berg-Holm"},
                    {"id": "4", "name": "North Star"},
                ],
                "organizations": [
                    {"id": "1", "name": "Gull Crew of Velmar", "classification": "crew"},
                    {"id": "2", "name": "North Star", "classification": "crew"},
                    {"id": "3", "name": "Tern Club"},
                ],
                "areas": [*areas, {"id": "h", "name": "Holm, Inner Row Berth", "type": "berth"}],
                "memberships": [{"person_id": "1", "role": "captain", "start_date": "2010"}],
            },
        )
    )
    return found


def local(classes):
    return [iri.removeprefix(HARBOUR) for iri in classes]


@pytest.mark.parametrize(
    ("text", "end", "classes"),
    [
        ("Ada Lind rowed", 2, ["Human"]),
        ("Gull Crew of Velmar won", 4, ["Crew"]),
        ("Tern Club won", 2, ["Club"]),
        ("Nils Berg-Holm rowed", 4, ["Human"]),
        ("North Star won", 2, []),
        ("Quay7 Row Berth closed", 3, ["Berth"]),
        ("Holm, Inner closed", 3, ["Place"]),
    ],
)
def test_the_longest_name_is_found_with_the_classes_that_its_bearers_share(index, ontology, text, end, classes):
    where, found = Gazetteer(index, ontology).find(split_words(text), 0)
    assert (where, local(found)) == (end, classes)


@pytest.mark.parametrize("text", ["ada lind rowed", "Velmar won", "Lind Ada", "Ada Lindgren", "Gull", "Holm"])
def test_other_words_are_no_names(index, ontology, text):
    assert Gazetteer(index, ontology).find(split_words(text), 0) is None
