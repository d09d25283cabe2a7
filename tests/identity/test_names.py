from __future__ import annotations

import pytest

from kg.identity.names import bare_name, is_whole_name, name_key, plain_letters, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lind", "ADA LIND"),
        ("Ada Lind", " Ada  Lind"),
        ("Jörg Bråten", "Jorg Braten"),
        ("Zoë O’Marra", "Zoe O'Marra"),
        ("The Tern Society", "Tern Society"),
        ("St. Brân", "St Bran"),
        ("J. K. Orsted", "J.K. Orsted"),
        ("Łukasz Żak", "Lukasz Zak"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lind", "Ada Linde"),
        ("Ada Lind", "Lind Ada"),
        ("Tern Society", "Tern Society of Velmar"),
        ("か", "が"),
        ("Jean-Paul", "Jean Paul"),
        ("Lord", ""),
    ],
)
def test_different_names_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


def test_an_honorific_alone_stays_a_name():
    assert bare_name("Miss") == "Miss"


def test_marks_of_other_scripts_stay():
    assert plain_letters("が") == "が"
    assert plain_letters("कि") == "कि"


@pytest.mark.parametrize("name", ["Lind", "Mr Lind", "A. Lind", "van Lind", "", "ada"])
def test_a_surname_is_no_whole_name(name):
    assert not is_whole_name(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lind", "ada-lind"),
        ("O'Marra & Sons, Ltd.", "omarra-sons-ltd"),
        ("Jörg_Bråten", "jorg-braten"),
        ("Großer Øst", "grosser-ost"),
        ("北港", "北港"),
        ("?!", ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_slug_is_readable_and_fits_an_iri(name, expected):
    assert slug(name) == expected
