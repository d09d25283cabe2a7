"""Other names that a text tells: whose they are, and what only looks like one."""

import pytest

from .ships import read, referents

SLEPT = "slept=sleep/VBD/root ."
BRAM = "Bram_Lund/NNP/{}/PERSON"


def names(text):
    """Return the names of each referent of an article by its label."""
    return {referent.label: list(referent.names) for referent in read(text).referents}


def told_beside(*words, name="Bram_Lund/NNP/appos>Ada_Marsh/PERSON"):
    """Return the names of the people of "Ada Marsh, … Bram Lund, slept"."""
    return names(f"Ada_Marsh/NNP/nsubj>slept/PERSON {' '.join(words)} {name} , {SLEPT}")


# -- a cue between two names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        (",", "née/JJ/amod>Bram_Lund"),
        ("alias/NN/compound>Bram_Lund",),
        (",", "aka/RB/advmod>Bram_Lund"),
        (",", "formerly/RB/advmod>Bram_Lund"),
        ("(", "born=bear/VBN/acl>Ada_Marsh"),
        ("(", "real/JJ/amod>name", "name/NN/appos>Ada_Marsh"),
    ],
)
def test_a_name_after_its_cue_is_another_name_of_the_one_before_it(words):
    assert told_beside(*words) == {"Ada Marsh": ["Ada Marsh", "Bram Lund"]}


def test_two_names_without_a_cue_are_two():
    assert set(told_beside(",")) == {"Ada Marsh", "Bram Lund"}


def test_a_cue_without_a_mark_before_it_tells_nothing_of_a_post():
    found = names(f"Ada_Marsh/NNP/nsubj>slept/PERSON formerly/RB/advmod>slept {BRAM.format('obj>slept')} {SLEPT}")
    assert set(found) == {"Ada Marsh", "Bram Lund"}


def test_what_somebody_was_before_is_no_name_where_more_follows():
    found = names(
        "Ada_Marsh/NNP/nsubj>slept/PERSON , formerly/RB/advmod>warden Rope/NNP/compound>warden/ORG "
        f"warden/NN/appos>Ada_Marsh , {SLEPT}"
    )
    assert set(found) == {"Ada Marsh", "Rope"}


def test_formerly_does_not_make_a_person_and_a_guild_one():
    found = told_beside(",", "formerly/RB/advmod>Rope+Guild", name="Rope+Guild/NNP/appos>Ada_Marsh/ORG")
    assert set(found) == {"Ada Marsh", "Rope Guild"}


# -- surnames of birth -------------------------------------------------------------------------------------------

LUND = "Lund/NNP/appos>Ada_Marsh/PERSON"


def test_a_surname_of_birth_makes_a_name_with_the_given_names():
    assert told_beside(",", "née/JJ/amod>Lund", name=LUND) == {"Ada Marsh": ["Ada Marsh", "Ada Lund", "Lund"]}


def test_who_has_a_surname_of_birth_is_meant_by_it_later():
    text = f"Ada_Marsh/NNP/nsubj>slept/PERSON , née/JJ/amod>Lund {LUND} , {SLEPT}"
    assert referents(f"{text}\nLund/NNP/nsubj>slept/PERSON {SLEPT}") == {"Ada Marsh": ["Ada Marsh", "Lund", "Lund"]}


def test_a_father_keeps_the_surname_that_his_daughter_was_born_with():
    father = f"Bram_Lund/NNP/nsubj>slept/PERSON {SLEPT}"
    daughter = f"Ada_Marsh/NNP/nsubj>slept/PERSON , née/JJ/amod>Lund {LUND} , {SLEPT}"
    found = names(f"{father}\n{daughter}")
    assert found == {"Bram Lund": ["Bram Lund"], "Ada Marsh": ["Ada Marsh", "Ada Lund", "Lund"]}


def test_a_surname_of_birth_after_no_full_name_is_left_alone():
    found = names(f"Marsh/NNP/nsubj>slept/PERSON , née/JJ/amod>Lund Lund/NNP/appos>Marsh/PERSON , {SLEPT}")
    assert found == {"Marsh": ["Marsh"], "Lund": ["Lund"]}


def test_the_label_is_no_name_of_before():
    found = told_beside(",", "née/JJ/amod>Lund", name="Ada_Wilhelmina_Lund/NNP/appos>Ada_Marsh/PERSON")
    assert found == {"Ada Marsh": ["Ada Marsh", "Ada Wilhelmina Lund"]}


# -- verbs of naming ---------------------------------------------------------------------------------------------

KNOWN_AS = "known=know/VBN/acl>{} as"


@pytest.mark.parametrize(
    "words",
    [
        (",", KNOWN_AS.format("Ada_Marsh")),
        (",", "better/RB/advmod>known", KNOWN_AS.format("Ada_Marsh")),
        ("(", "1901/CD/dep>Ada_Marsh", ")", ",", KNOWN_AS.format("Ada_Marsh")),
    ],
)
def test_who_is_known_as_somebody_is_called_so(words):
    assert told_beside(*words, name=BRAM.format("obl>known")) == {"Ada Marsh": ["Ada Marsh", "Bram Lund"]}


def test_a_town_that_was_called_so_until_then_had_the_name():
    found = names(
        "Orley/NNP/nsubj>slept/GPE , the harbour/NN/appos>Orley that/WDT/nsubj:pass>called was=be/VBD/aux:pass>called "
        f"called=call/VBN/acl:relcl>harbour Port_Lund/NNP/xcomp>called/GPE until 1991/CD/obl>called , {SLEPT}"
    )
    assert found == {"Orley": ["Orley", "Port Lund"]}


@pytest.mark.parametrize(("adverb", "joined"), [("formerly/RB/advmod>called", True), ("", False)])
def test_was_called_tells_a_name_only_where_it_was_so_for_a_time(adverb, joined):
    found = names(
        f"Ada_Marsh/NNP/nsubj:pass>called/PERSON was=be/VBD/aux:pass>called {adverb} called=call/VBN/root "
        f"{BRAM.format('xcomp>called')} ."
    )
    assert found == (
        {"Ada Marsh": ["Ada Marsh", "Bram Lund"]} if joined else {n: [n] for n in ("Ada Marsh", "Bram Lund")}
    )


@pytest.mark.parametrize(
    "verb",
    [
        "was=be/VBD/aux:pass>renamed renamed=rename/VBN/root",
        "renamed=rename/VBD/root itself/PRP/obj>renamed",
    ],
)
def test_what_is_renamed_has_both_names(verb):
    subject = "nsubj:pass" if verb.startswith("was") else "nsubj"
    found = names(
        f"The Rope+Guild/NNP/{subject}>renamed/ORG {verb} Tarvik/NNP/xcomp>renamed/ORG in 2004/CD/obl>renamed ."
    )
    assert found == {"Rope Guild": ["Rope Guild", "Tarvik"]}


@pytest.mark.parametrize("auxiliary", ["may/MD/aux>renamed", "will/MD/aux>renamed"])
def test_a_name_that_is_planned_is_none_yet(auxiliary):
    found = names(
        f"The Rope+Guild/NNP/nsubj:pass>renamed/ORG {auxiliary} be/VB/aux:pass>renamed renamed=rename/VBN/root "
        "Tarvik/NNP/xcomp>renamed/ORG ."
    )
    assert set(found) == {"Rope Guild", "Tarvik"}


def test_what_is_named_after_somebody_is_not_that_one():
    found = names(
        "The Rope+Guild/NNP/nsubj:pass>renamed/ORG was=be/VBD/aux:pass>renamed renamed=rename/VBN/root "
        f"after {BRAM.format('obl>renamed')} ."
    )
    assert set(found) == {"Rope Guild", "Bram Lund"}


def test_a_participle_without_a_comma_tells_nothing_of_the_name_before_it():
    found = names(
        "A paper/NN/nsubj>slept in Orley/NNP/nmod>paper/GPE called=call/VBN/acl>paper "
        f"Tarvik/NNP/xcomp>called/ORG {SLEPT}"
    )
    assert set(found) == {"Orley", "Tarvik"}


def test_a_captain_of_what_is_known_by_another_name_is_not_meant():
    found = names(
        "Ada_Marsh/NNP/nsubj>slept/PERSON , captain/NN/appos>Ada_Marsh of the MV_Gull/NNP/nmod>captain/PRODUCT , "
        f"known=know/VBN/acl>MV_Gull as the Tern/NNP/obl>known/PRODUCT , {SLEPT}"
    )
    assert found == {"Ada Marsh": ["Ada Marsh"], "MV Gull": ["MV Gull", "Tern"]}


@pytest.mark.parametrize("more", ["of Orley/NNP/nmod>Lamp/GPE", "'s crew/NN/obl>known"])
def test_a_name_that_belongs_to_more_is_no_alias(more):
    relation = "obl>known" if more.startswith("of") else "nmod:poss>crew"
    found = names(
        "Ada_Marsh/NNP/nsubj>slept/PERSON , known=know/VBN/acl>Ada_Marsh as/IN/case>Lamp the/DT/det>Lamp "
        f"Lamp/NNP/{relation}/PERSON {more} , {SLEPT}"
    )
    assert found["Ada Marsh"] == ["Ada Marsh"]


# -- what people do under a name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("verb", "joined"), [("wrote=write", True), ("fought=fight", True), ("served=serve", False)])
def test_who_writes_as_somebody_is_called_so_and_who_serves_as_somebody_is_not(verb, joined):
    word = verb.split("=")[0]
    found = names(f"Ada_Marsh/NNP/nsubj>{word}/PERSON {verb}/VBD/root as {BRAM.format(f'obl>{word}')} .")
    assert found == (
        {"Ada Marsh": ["Ada Marsh", "Bram Lund"]} if joined else {n: [n] for n in ("Ada Marsh", "Bram Lund")}
    )


# -- the noun "name" ---------------------------------------------------------------------------------------------


def test_the_maiden_name_that_somebody_did_something_under_is_hers():
    found = names(
        "Ada_Marsh/NNP/nsubj>slept/PERSON slept=sleep/VBD/root under/IN/case>name her/PRP$/nmod:poss>name "
        "maiden/JJ/amod>name name/NN/obl>slept of Lund/NNP/nmod>name/PERSON ."
    )
    assert found == {"Ada Marsh": ["Ada Marsh", "Ada Lund", "Lund"]}


def test_whose_real_name_it_is():
    found = names(
        "Ada_Marsh/NNP/nsubj>slept/PERSON , whose/WP$/nmod:poss>name real/JJ/amod>name name/NN/nsubj>Bram_Lund "
        f"is=be/VBZ/cop>Bram_Lund {BRAM.format('acl:relcl>Ada_Marsh')} , {SLEPT}"
    )
    assert found == {"Ada Marsh": ["Ada Marsh", "Bram Lund"]}


@pytest.mark.parametrize("preposition", ["from", "to"])
def test_what_changes_its_name_has_both(preposition):
    found = names(
        "Tarvik/NNP/nsubj>changed/ORG changed=change/VBD/root its/PRP$/nmod:poss>name name/NN/obj>changed "
        f"{preposition} Rope+Guild/NNP/obl>changed/ORG ."
    )
    assert found == {"Tarvik": ["Tarvik", "Rope Guild"]}


def test_a_first_name_is_no_name_of_anybody():
    found = names(
        "Ada_Marsh/NNP/nsubj>changed/PERSON changed=change/VBD/root her/PRP$/nmod:poss>name first/JJ/amod>name "
        "name/NN/obj>changed to Bram/NNP/obl>changed/PERSON ."
    )
    assert set(found) == {"Ada Marsh", "Bram"}


# -- nouns and pronouns ------------------------------------------------------------------------------------------


def test_a_pronoun_for_a_person_may_bear_the_alias():
    found = names(
        f"Ada_Marsh/NNP/nsubj>slept/PERSON {SLEPT}\nShe/PRP/nsubj:pass>born was=be/VBD/aux:pass>born "
        f"born=bear/VBN/root {BRAM.format('xcomp>born')} in Orley/NNP/obl>born/GPE ."
    )
    assert found["Ada Marsh"] == ["Ada Marsh", "Bram Lund"]


def test_it_is_not_known_well_enough():
    found = names(
        f"The Rope+Guild/NNP/nsubj>slept/ORG {SLEPT}\nIt/PRP/nsubj:pass>renamed was=be/VBD/aux:pass>renamed "
        "renamed=rename/VBN/root Tarvik/NNP/xcomp>renamed/ORG ."
    )
    assert set(found) == {"Rope Guild", "Tarvik"}


def test_two_who_are_known_by_two_names_are_not_told_apart():
    found = names(
        "Ada/NNP/nsubj>slept/PERSON and Bram/NNP/conj>Ada/PERSON , who/WP/nsubj:pass>known were=be/VBD/aux:pass>known "
        f"known=know/VBN/acl:relcl>Ada as Gull/NNP/obl>known/PERSON and Tern/NNP/conj>Gull/PERSON , {SLEPT}"
    )
    assert set(found) == {"Ada", "Bram", "Gull", "Tern"}


def test_who_buys_a_guild_and_changes_its_name_has_no_other():
    found = names(
        "Tarvik/NNP/nsubj>bought/ORG bought=buy/VBD/root the Rope+Guild/NNP/obj>bought/ORG and "
        "changed=change/VBD/conj>bought its/PRP$/nmod:poss>name name/NN/obj>changed to Lund/NNP/obl>changed/ORG ."
    )
    assert found["Tarvik"] == ["Tarvik"]
