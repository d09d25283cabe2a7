"""How names that are written differently are alike, and which near names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import likeness
from kg.identity.likeness import OtherNames, PeopleNames
from kg.identity.names import name_key

PEOPLE = PeopleNames()


@pytest.fixture(scope="session")
def others(coast_ontology):
    return OtherNames(coast_ontology)


def weigh_people(one, other):
    found = PEOPLE.compare(one, other)
    return None if found is None else found.weight


# -- people -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lind", "Ada Vera Lind"),
        ("Ada V. Lind", "Ada Vera Lind"),
        ("Ada V. Lind", "Ada Lind"),
        ("Ada Lind", "Ada Vera Maria Lind"),
        ("Ada Vera Lind", "Ada Maria Vera Lind"),
        ("Dr Ada Lind", "Ada Vera Lind"),
    ],
)
def test_a_middle_name_or_its_initial_may_be_left_out(one, other):
    assert weigh_people(one, other) == likeness.MIDDLE_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Vera Lind", "Ada Nora Lind"),
        ("Henrik A. Lind", "Henrik B. Lind"),
        ("Henrik V. Lind", "Henrik Nils Lind"),
        ("Ada Vera Lind", "Bea Vera Lind"),
        ("Mary Ann Lind", "Emma Ann Lind"),
        ("Bob Henry Lind", "Robert James Lind"),
        ("Ada V. Lind", "Ada M. V. Lind"),
        ("R. Vera Lind", "Rosa Maria Lind"),
    ],
)
def test_other_middle_or_other_first_names_are_of_others(one, other):
    assert PEOPLE.compare(one, other) is None


@pytest.mark.parametrize(("one", "other"), [("Nguyen Thi Lan", "Lan Nguyen Thi"), ("Lind, Ada", "Ada Lind")])
def test_the_surname_may_stand_first(one, other):
    assert weigh_people(one, other) == likeness.ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bill Lind", "William Lind"), ("Bob Lind", "Robert Lind"), ("Liz Vera Lind", "Elizabeth Vera Lind")],
)
def test_a_given_name_may_be_short(one, other):
    assert weigh_people(one, other) == likeness.NICKNAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. Lind", "Ada Lind"),
        ("J. K. Orsted", "Jens Karl Orsted"),
        ("J.K. Orsted", "Jens Orsted"),
        ("JK Orsted", "Jens Karl Orsted"),
        ("J. Karl Orsted", "Jens Karl Orsted"),
        ("Vera Lind", "Ada Vera Lind"),
    ],
)
def test_given_names_may_be_initials_or_the_middle_one_alone(one, other):
    assert weigh_people(one, other) == likeness.INITIAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B. Lind", "Ada Lind"),
        ("J. P. Orsted", "Jens Karl Orsted"),
        ("Ann Lind", "Alan Lind"),
        ("Tom Lind", "Tim Lind"),
        ("Jo Lind", "Jens Lind"),
        ("Al Lind", "Anna Louise Lind"),
        ("Ed Lind", "Ebba Dora Lind"),
        ("Kim Lind", "Kay Lind"),
    ],
)
def test_other_initials_and_short_given_names_are_of_others(one, other):
    assert PEOPLE.compare(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Lind-Marr", "Ada Lind"), ("Ada Lind-Marr", "Ada Marr"), ("Ada Marr-Lind", "Ada Lind")]
)
def test_half_of_a_double_surname_will_do(one, other):
    assert weigh_people(one, other) == likeness.SURNAME_CHANGED


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Lind-Marr", "Bo Marr"), ("Ada Lind-Marr", "Ada Lind-Ek"), ("Ada Lind", "Ada Marr")]
)
def test_another_first_name_or_another_half_is_of_others(one, other):
    assert PEOPLE.compare(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Dahlan", "Muhammad Dahlan"),
        ("Ahmad al-Masri", "Ahmed el-Masri"),
        ("Sergei Orlovsky", "Sergey Orlovski"),
        ("Yusuf Qadhafi", "Yusuf Gaddafi"),
        ("Ludmila Chekova", "Lyudmila Chekova"),
        ("Katarina Lindqvist", "Katarina Lindkvist"),
    ],
)
def test_a_name_may_be_spelt_otherwise(one, other):
    assert weigh_people(one, other) == likeness.SPELLING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Lind", "Mario Lind"),
        ("Paula Lind", "Paulo Lind"),
        ("Diana Lind", "Tania Lind"),
        ("Elena Lind", "Alina Lind"),
        ("Carol Lind", "Karla Lind"),
        ("Martin Lind", "Marten Ek"),
        ("Ada Hansen", "Ada Jansen"),
        ("Марина Иванова", "Полина Иванова"),
        ("Ayo Oyeyi", "Ayo Iyowa"),
    ],
)
def test_brothers_sisters_and_those_with_a_name_that_rhymes_are_others(one, other):
    assert PEOPLE.compare(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"), [("Lind", "Ada Lind"), ("Ms Lind", "Ada Vera Lind"), ("Lord Lind", "A. Lind")]
)
def test_a_surname_alone_says_little(one, other):
    assert weigh_people(one, other) == likeness.SURNAME


@pytest.mark.parametrize(("one", "other"), [("Ada", "Ada Lind"), ("Lind", "Ada Lind-Marr"), ("Lind", "Lindgren")])
def test_a_first_name_or_half_a_surname_alone_says_nothing(one, other):
    assert PEOPLE.compare(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"), [("Commodore Ada Lind", "Harbourmaster Ada Lind"), ("Skipper Bo Ek", "Captain Bo Ek")]
)
def test_another_title_may_stand_before_the_name(one, other):
    assert weigh_people(one, other) == likeness.TITLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lind Jr", "Ada Lind"),
        ("Ada Lind Sr.", "Ada Lind Jr."),
        ("Bo Ek III", "Bo Ek II"),
        ("Bo Ek Junior", "Bo Ek Senior"),
        ("Bo Ek Jr MBE", "Bo Ek"),
    ],
)
def test_junior_is_not_senior(one, other):
    assert PEOPLE.compare(one, other) is None


def test_junior_may_be_written_short():
    assert PEOPLE.compare("Ada Lind Jr.", "Ada Vera Lind Junior") is not None


@pytest.mark.parametrize(("one", "other"), [("Ada Lind KC", "Ada Lind"), ("Dame Ada Lind DBE", "Ada Lind")])
def test_letters_after_a_name_are_no_part_of_it(one, other):
    found = PEOPLE.compare(one, other)
    assert found is not None
    assert found.weight >= 0


# -- all else ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bank of Tern", "Tern Bank"),
        ("St Marr Hospital", "Saint Marr Hospital"),
        ("Tern Boats plc", "Tern Boats Ltd"),
        ("Tern Boats & Sons", "Tern Boats and Sons"),
        ("Norlandic Coast Guard", "Norland Coast Guard"),
        ("NRL", "Norland"),
    ],
)
def test_names_of_the_same_words_are_likely_one(others, one, other):
    assert others.compare(one, other).weight == likeness.SAME_WORDS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tern Union", "Norland Tern Union"),
        ("Tern Union", "Norlandic Tern Union"),
        ("Tern Union", "Tern Union of Norland"),
        ("Tern", "Tern Club"),
        ("Tern", "Tern Rowing Club of Norland"),
    ],
)
def test_a_country_and_a_noun_for_the_kind_may_be_left_out(others, one, other):
    found = others.compare(one, other)
    assert found is None or found.weight in (likeness.KIND_LEFT_OUT, likeness.PART)
    if "Rowing" not in other:
        assert found.weight == likeness.KIND_LEFT_OUT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tern Union", "Tern Union Norland"),  # the union in Norland of another kind of union
        ("Norland", "Norland Club"),
        ("Club", "Tern Club"),
        ("Norland Club", "Tern Norland Club"),
        ("Velmar", "Velmar Library"),
        ("Club of Velmar", "Club of Velmar Library"),
        ("Norlandic", "Norland"),
        ("Norlander", "Norland"),
        ("Norland Tern Union", "Sudmark Tern Union"),
    ],
)
def test_a_country_alone_and_a_kind_alone_are_not_what_is_named_after_them(others, one, other):
    assert others.compare(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"), [("Gull Trust", "Royal Gull Trust"), ("Lind Foundation", "Lind Foundation for the Blind")]
)
def test_a_part_of_a_name_says_little(others, one, other):
    assert others.compare(one, other).weight == likeness.PART


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tern", "North Tern"),
        ("Tern Club", "Club Tern Marr Gull"),
        ("World Race", "World"),
        ("Storm", "Storm 11"),
        ("Sea War", "Sea War II"),
        ("Vessel Act", "Vessel Act 1998"),
    ],
)
def test_what_goes_before_or_counts_a_name_makes_another(others, one, other):
    found = others.compare(one, other)
    assert found is None or (one == "World Race" and found.weight == likeness.PART)


@pytest.mark.parametrize(
    ("one", "other"),
    [("TRC", "Tern Rowing Club"), ("T.R.C.", "Tern Rowing Club"), ("FTC", "Friends of the Tern of the Coast")],
)
def test_the_first_letters_of_a_name_may_stand_for_it(others, one, other):
    assert others.compare(one, other).weight == likeness.ACRONYM


@pytest.mark.parametrize(
    ("one", "other"),
    [("TC", "Tern Club"), ("TRC", "Tern Sailing Club"), ("TRC", "Gull Tern Rowing Club"), ("Trc", "Tern Rowing Club")],
)
def test_two_letters_or_others_stand_for_nothing(others, one, other):
    assert others.compare(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Gaddafia Square", "Qadhafia Square"), ("Kolomensk", "Kolomyensk"), ("Tern Theatre", "Tern Theater")],
)
def test_a_word_may_be_spelt_otherwise(others, one, other):
    assert others.compare(one, other).weight == likeness.SPELLING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Tern Union", "South Tern Union"),
        ("Northern Tern Union", "Southern Tern Union"),
        ("Eastern Tern Union", "Western Tern Union"),
        ("East Tern Trust", "West Tern Trust"),
        ("First Circuit", "Third Circuit"),
        ("Ninth Circuit", "Tenth Circuit"),
        ("9th Circuit", "5th Circuit"),
        ("115th Assembly", "116th Assembly"),
        ("Division 101", "Division 102"),
        ("Flight TN370", "Flight TN371"),
        ("Storm-2016", "Storm-2020"),
        ("Sea War I", "Sea War II"),
        ("Upper Marr", "Lower Marr"),
        ("Boys Academy", "Girls Academy"),
        ("??????", "!!!!!!!"),
        ("of the and", "the of and la"),
    ],
)
def test_numbers_and_quarters_of_the_sky_are_no_spelling(others, one, other):
    assert others.compare(one, other) is None


@pytest.mark.parametrize(
    ("name", "generic"),
    [("the Court", True), ("Rowing Club", True), ("Club", True), ("Tern Club", False), ("Tern", False)],
)
def test_words_for_a_kind_alone_are_generic(others, name, generic):
    assert others.generic(name) is generic


# -- any names --------------------------------------------------------------------------------------

GIVEN = ("Ada", "Adah", "A.", "A. V.", "AV", "Vera", "Ada Vera", "Bob", "Robert", "Rob", "Muhammad", "Mohammed", "Jo")
SURNAMES = ("Lind", "Lind-Marr", "Marr", "Lindqvist", "Lindkvist", "Lindquist", "al-Masri", "el-Masri", "Ek", "Lind Jr")
WORDS = (
    "Tern", "Terns", "Theatre", "Theater", "North", "Northern", "Eastern", "Western", "Club", "Court", "Norland",
    "Norlandic", "Sudmark", "of", "the", "Bank", "TRC", "Rowing", "1st", "115th", "II", "plc", "Union", "St", "Saint",
)  # fmt: skip

people = st.builds(
    lambda *parts: " ".join(filter(None, parts)),
    st.sampled_from(("", "", "Dr", "Lord", "Commodore")),
    st.sampled_from(("", *GIVEN)),
    st.sampled_from(SURNAMES),
)
things = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
any_name = st.text(max_size=12) | people | things


@given(one=any_name, other=any_name)
def test_people_are_alike_in_both_directions(one, other):
    assert PEOPLE.compare(one, other) == PEOPLE.compare(other, one)


@given(one=any_name, other=any_name)
def test_things_are_alike_in_both_directions(others, one, other):
    assert others.compare(one, other) == others.compare(other, one)


@given(one=people, other=people)
def test_people_that_are_alike_share_a_key(one, other):
    if PEOPLE.compare(one, other) is not None:
        assert set(PEOPLE.keys_of(one)) & set(PEOPLE.keys_of(other))


@given(one=things, other=things)
def test_things_that_are_alike_share_a_key(others, one, other):
    if name_key(one) != name_key(other) and others.compare(one, other) is not None:
        assert set(others.keys_of(one)) & set(others.keys_of(other))


@given(one=any_name)
def test_a_name_has_the_keys_that_it_had(others, one):
    for names in (PEOPLE, others):
        assert list(names.keys_of(one)) == list(names.keys_of(one))


@given(one=st.text(), other=st.text())
def test_no_text_makes_it_fail(others, one, other):
    for names in (PEOPLE, others):
        found = names.compare(one, other)
        assert found is None or found.words
        assert all(isinstance(key, str) for key in names.keys_of(one))
    assert others.generic(one) in (True, False)
