"""Who is said to bear a noun, and where a noun's arguments stand."""

import pytest

from kg.language.arguments import noun_arguments
from kg.ontology.terms import Argument

from .docs import CLEAR, UD
from .ships import bearers, noun, relations, syntax, words


def arguments(text, word, place, scheme=UD):
    view = syntax(text, scheme)
    hit, index = noun(view, word)
    return words(view, noun_arguments(view, hit, place, index))


ADA_SLEPT = "Ada/NNP/nsubj>slept/PERSON {} slept=sleep/VBD/root ."


def test_an_apposition_after_a_name():
    ud = ADA_SLEPT.format(", the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT ,")
    clear = ADA_SLEPT.format(", the captain/NN/appos>Ada of/IN/prep>captain Gull/NNP/pobj>of/PRODUCT ,")
    for text, scheme in ((ud, UD), (clear, CLEAR)):
        assert bearers(text, "captain", scheme) == {("apposition", "Ada")}
        assert arguments(text, "captain", "of", scheme) == ["Gull"]
        assert relations(text, scheme) == {"Ada commands Gull"}


def test_an_apposition_before_a_name():
    text = (
        "The ship/NN/nmod:poss>captain 's captain/NN/nsubj>slept , Ada/NNP/appos>captain/PERSON , "
        "slept=sleep/VBD/root ."
    )
    assert bearers(text, "captain") == {("apposition", "Ada")}


def test_a_name_between_commas_after_the_noun_whatever_the_parser_made_of_it():
    text = "Its/PRP$/nmod:poss>captain captain/NN/nsubj>slept , Ada/NNP/dep>slept/PERSON , slept=sleep/VBD/root ."
    assert bearers(text, "captain") == {("apposition", "Ada")}


def test_an_apposition_belongs_to_the_name_before_its_comma_wherever_it_hangs():
    text = (
        "A friend/NN/nsubj>slept of Ada/NNP/nmod>friend/PERSON , the captain/NN/appos>friend of "
        "Gull/NNP/nmod>captain/PRODUCT , "
        "slept=sleep/VBD/root ."
    )
    assert bearers(text, "captain") == {("apposition", "Ada")}


@pytest.mark.parametrize("relation", ["compound", "nmod", "dep"])
def test_a_title_before_a_name(relation):
    text = f"Captain/NN/{relation}>Ada " + ADA_SLEPT.format("")
    assert bearers(text, "Captain") == {("title", "Ada")}


def test_a_title_with_an_honorific_after_it():
    text = "Captain/NN/compound>Ada Dr./NNP/compound>Ada " + ADA_SLEPT.format("")
    assert bearers(text, "Captain") == {("title", "Ada")}


def test_a_noun_before_an_adjective_of_nationality_is_no_title():
    text = "The captain/NN/nsubj>slept Norlandic/JJ/dep>captain slept=sleep/VBD/root ."
    assert bearers(text, "captain") == set()


def test_a_plural_title_is_borne_by_the_whole_list_of_names():
    text = (
        "The captains=captain/NNS/compound>Ada Ada/NNP/nsubj>slept/PERSON , Bram/NNP/conj>Ada/PERSON and "
        "Cleo/NNP/conj>Ada/PERSON slept=sleep/VBD/root ."
    )
    assert bearers(text, "captains") == {("title", "Ada"), ("title", "Bram"), ("title", "Cleo")}


def test_a_singular_title_is_borne_by_the_first_name_only():
    text = "Captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON and Bram/NNP/conj>Ada/PERSON slept=sleep/VBD/root ."
    assert bearers(text, "Captain") == {("title", "Ada")}


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Ada/NNP/nsubj>captain/PERSON is=be/VBZ/cop>captain a captain/NN/root .", UD),
        ("Ada/NNP/nsubj>is/PERSON is=be/VBZ/root a captain/NN/attr>is .", CLEAR),
    ],
)
def test_a_copula(text, scheme):
    assert bearers(text, "captain", scheme) == {("copula", "Ada")}


def test_a_copula_turned_round():
    text = "The captain/NN/nsubj>Ada of Gull/NNP/nmod>captain/PRODUCT is=be/VBZ/cop>Ada Ada/NNP/root/PERSON ."
    assert bearers(text, "captain") == {("copula", "Ada")}
    assert relations(text) == {"Ada commands Gull"}


def test_a_plural_copula_is_said_of_the_whole_subject():
    text = (
        "Ada/NNP/nsubj>captains/PERSON and Bram/NNP/conj>Ada/PERSON are=be/VBP/cop>captains captains=captain/NNS/root ."
    )
    assert bearers(text, "captains") == {("copula", "Ada"), ("copula", "Bram")}


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Ada/NNP/nsubj>became/PERSON became=become/VBD/root captain/NN/xcomp>became .", UD),
        ("Ada/NNP/nsubj>became/PERSON became=become/VBD/root captain/NN/obj>became .", UD),
        ("Ada/NNP/nsubj>became/PERSON became=become/VBD/root captain/NN/attr>became .", CLEAR),
        (
            "Ada/NNP/nsubj:pass>elected/PERSON was=be/VBD/aux:pass>elected elected=elect/VBN/root "
            "captain/NN/xcomp>elected .",
            UD,
        ),
        (
            "Ada/NNP/nsubjpass>elected/PERSON was=be/VBD/auxpass>elected elected=elect/VBN/root "
            "captain/NN/oprd>elected .",
            CLEAR,
        ),
        ("They/PRP/nsubj>named named=name/VBD/root Ada/NNP/obj>named/PERSON captain/NN/xcomp>named .", UD),
    ],
)
def test_what_one_becomes_or_is_made(text, scheme):
    assert bearers(text, "captain", scheme) == {("become", "Ada")}


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Ada/NNP/nsubj>served/PERSON served=serve/VBD/root as captain/NN/obl>served .", UD),
        ("Ada/NNP/nsubj>served/PERSON served=serve/VBD/root as/IN/prep>served captain/NN/pobj>as .", CLEAR),
        ("They/PRP/nsubj>hired hired=hire/VBD/root Ada/NNP/obj>hired/PERSON as captain/NN/obl>hired .", UD),
        (
            "Ada/NNP/nsubj:pass>hired/PERSON was=be/VBD/aux:pass>hired hired=hire/VBN/root as captain/NN/obl>hired .",
            UD,
        ),
        (
            "Ada/NNP/nmod:poss>election/PERSON 's election/NN/nsubj>surprised as captain/NN/nmod>election "
            "surprised=surprise/VBD/root us/PRP/obj>surprised .",
            UD,
        ),
        (
            "The election/NN/nsubj>surprised of Ada/NNP/nmod>election/PERSON as captain/NN/nmod>election "
            "surprised=surprise/VBD/root us/PRP/obj>surprised .",
            UD,
        ),
    ],
)
def test_an_as_phrase_below_a_verb_or_a_noun_of_office(text, scheme):
    assert bearers(text, "captain", scheme) == {("as-phrase", "Ada")}


def test_an_as_phrase_below_another_verb_makes_nobody_a_captain():
    text = "Ada/NNP/nsubj>dressed/PERSON dressed=dress/VBD/root as captain/NN/obl>dressed ."
    assert bearers(text, "captain") == set()


def test_a_relative_pronoun_bears_for_the_noun_before_it():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , who/WP/nsubj>captain is=be/VBZ/cop>captain captain/NN/acl:relcl>Ada , "
        "slept=sleep/VBD/root ."
    )
    assert bearers(text, "captain") == {("copula", "Ada")}


def test_coordinated_nouns_are_borne_by_the_same_one_and_keep_their_arguments():
    text = ADA_SLEPT.format(
        ", captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT and warden/NN/conj>captain "
        "of the Rope+Guild/NNP/nmod>warden/ORG ,"
    )
    assert bearers(text, "warden") == {("apposition", "Ada")}
    assert relations(text) == {"Ada commands Gull", "Ada leads Rope Guild"}


def test_the_argument_of_the_last_of_coordinated_nouns_belongs_to_the_first_too():
    text = ADA_SLEPT.format(", member/NN/appos>Ada and warden/NN/conj>member of the Rope+Guild/NNP/nmod>warden/ORG ,")
    assert arguments(text, "member", "of") == ["Guild"]


def test_a_name_before_a_class_noun():
    text = "The Gull/NNP/compound>vessel/PRODUCT vessel/NN/nsubj>sank sank=sink/VBD/root ."
    assert bearers(text, "vessel") == {("name before noun", "Gull")}


def test_a_prefixed_name_before_a_class_noun_does_not_bear_it():
    text = "The anti/AFX/dep>Gull - Gull/NNP/compound>guild/PRODUCT guild/NN/nsubj>met met=meet/VBD/root ."
    assert bearers(text, "guild") == set()


def test_coordinated_arguments_are_all_found():
    text = ADA_SLEPT.format(", captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT and Tern/NNP/conj>Gull/PRODUCT ,")
    assert arguments(text, "captain", "of") == ["Gull", "Tern"]
    assert relations(text) == {"Ada commands Gull", "Ada commands Tern"}


def test_a_possessor_is_an_argument():
    text = (
        "Gull/NNP/nmod:poss>captain/PRODUCT 's captain/NN/nsubj>slept , Ada/NNP/appos>captain/PERSON , "
        "slept=sleep/VBD/root ."
    )
    assert arguments(text, "captain", Argument.POSSESSOR) == ["Gull"]
    assert relations(text) == {"Ada commands Gull"}


def test_whose_is_a_possessor():
    text = (
        "The ship/NN/nsubj>sank , whose/WP$/nmod:poss>captain captain/NN/nsubj>slept slept=sleep/VBD/acl:relcl>ship , "
        "sank=sink/VBD/root ."
    )
    assert arguments(text, "captain", Argument.POSSESSOR) == ["ship"]


def test_a_possessor_of_the_bearer_belongs_to_the_title():
    text = "Gull/NNP/nmod:poss>Ada/PRODUCT 's captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON slept=sleep/VBD/root ."
    assert relations(text) == {"Ada commands Gull"}


def test_modifiers_are_the_names_and_nouns_before_the_noun():
    text = "Gull/NNP/compound>captain/PRODUCT captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON slept=sleep/VBD/root ."
    assert arguments(text, "captain", Argument.MODIFIER) == ["Gull"]
    assert relations(text) == {"Ada commands Gull"}


def test_an_adjective_between_a_modifier_and_its_noun_is_stepped_over():
    text = (
        "Gull/NNP/compound>captain/PRODUCT brave/JJ/amod>captain captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON "
        "slept=sleep/VBD/root ."
    )
    assert arguments(text, "captain", Argument.MODIFIER) == ["Gull"]


def test_a_prefixed_name_is_no_modifier():
    text = "The pro/AFX/dep>Gull - Gull/NNP/compound>captain/PRODUCT captain/NN/nsubj>slept slept=sleep/VBD/root ."
    assert arguments(text, "captain", Argument.MODIFIER) == []


def test_a_noun_denotes_the_object_when_its_frame_says_so():
    text = ADA_SLEPT.format(", daughter/NN/appos>Ada of Bram/NNP/nmod>daughter/PERSON ,")
    assert relations(text) == {"Ada childOf Bram"}


def test_a_preposition_that_is_no_place_of_the_frame_gives_nothing():
    text = ADA_SLEPT.format(", the captain/NN/appos>Ada on Gull/NNP/nmod>captain/PRODUCT ,")
    assert relations(text) == set()


def test_one_of_the_captains_is_a_captain():
    text = (
        "Ada/NNP/nsubj>slept/PERSON , one/CD/appos>Ada of the captains=captain/NNS/nmod>one of "
        "Gull/NNP/nmod>captains/PRODUCT , slept=sleep/VBD/root ."
    )
    assert bearers(text, "captains") == {("apposition", "Ada")}
    assert "Ada commands Gull" in relations(text)
