"""What the frames of an ontology find: verbs, nouns, names beside names, and why a frame did not fire."""

import pytest
from language.docs import CLEAR, UD
from language.ships import SEA, analysis, found, read, relations

from kg.model import Status

SLEPT = "slept=sleep/VBD/root ."


def reasons(text):
    """Return why frames nearly fired, by the local name of their term."""
    return {(near.frame.term.removeprefix(SEA), near.reason) for near in analysis(text).near}


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT .", UD),
        ("Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/dobj>commands/PRODUCT .", CLEAR),
        (
            "Gull/NNP/nsubj:pass>commanded/PRODUCT is=be/VBZ/aux:pass>commanded commanded=command/VBN/root "
            "by Ada/NNP/obl:agent>commanded/PERSON .",
            UD,
        ),
        (
            "Gull/NNP/nsubjpass>commanded/PRODUCT is=be/VBZ/auxpass>commanded commanded=command/VBN/root "
            "by/IN/agent>commanded Ada/NNP/pobj>by/PERSON .",
            CLEAR,
        ),
        (
            "Gull/NNP/nsubj>sank/PRODUCT , commanded=command/VBN/acl>Gull by Ada/NNP/obl>commanded/PERSON , "
            "sank=sink/VBD/root .",
            UD,
        ),
        (
            "Gull/NNP/nsubj>sank/PRODUCT , commanded=command/VBN/acl>Gull by/IN/agent>commanded "
            "Ada/NNP/pobj>by/PERSON , "
            "sank=sink/VBD/root .",
            CLEAR,
        ),
        (
            "Ada/NNP/nsubj>slept/PERSON , who/WP/nsubj>commands commands=command/VBZ/acl:relcl>Ada "
            "Gull/NNP/obj>commands/PRODUCT , slept=sleep/VBD/root .",
            UD,
        ),
        (
            "Gull/NNP/nsubj>sank/PRODUCT , which/WDT/obj>commands Ada/NNP/nsubj>commands/PERSON "
            "commands=command/VBZ/acl:relcl>Gull , sank=sink/VBD/root .",
            UD,
        ),
        (
            "The Gull/NNP/nsubj>sank/PRODUCT Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/acl:relcl>Gull "
            "sank=sink/VBD/root .",
            UD,
        ),
    ],
    ids=[
        "active",
        "active ClearNLP",
        "passive",
        "passive ClearNLP",
        "participle",
        "participle ClearNLP",
        "who",
        "which",
        "relative clause without a pronoun",
    ],
)
def test_a_verb_in_each_construction(text, scheme):
    assert relations(text, scheme) == {"Ada commands Gull"}


def test_a_verb_with_a_preposition():
    ud = "Ada/NNP/nsubj>belongs/PERSON belongs=belong/VBZ/root to the Rope+Guild/NNP/obl>belongs/ORG ."
    clear = "Ada/NNP/nsubj>belongs/PERSON belongs=belong/VBZ/root to/IN/prep>belongs the Rope+Guild/NNP/pobj>to/ORG ."
    assert relations(ud) == relations(clear, CLEAR) == {"Ada belongsTo Rope Guild"}


def test_a_verb_whose_subject_is_what_is_acted_on():
    text = (
        "The Rope+Guild/NNP/nsubj:pass>based/ORG is=be/VBZ/aux:pass>based based=base/VBN/root in "
        "Oslo/NNP/obl>based/GPE ."
    )
    assert relations(text) == {"Rope Guild basedIn Oslo"}


def test_a_participle_with_a_preposition_after_a_name():
    text = "The Rope+Guild/NNP/nsubj>met/ORG , based=base/VBN/acl>Guild in Oslo/NNP/obl>based/GPE , met=meet/VBD/root ."
    assert relations(text) == {"Rope Guild basedIn Oslo"}


def test_a_preposition_that_the_parser_hung_on_the_object():
    text = "They/PRP/nsubj>based based=base/VBD/root the Rope+Guild/NNP/obj>based/ORG in Oslo/NNP/nmod>Guild/GPE ."
    assert relations(text) == {"Rope Guild basedIn Oslo"}


def test_coordinated_subjects_and_objects_each_have_the_relation():
    text = (
        "Ada/NNP/nsubj>own/PERSON and Bram/NNP/conj>Ada/PERSON own/VBP/root Gull/NNP/obj>own/PRODUCT and "
        "Tern/NNP/conj>Gull/PRODUCT ."
    )
    assert relations(text) == {"Ada owns Gull", "Ada owns Tern", "Bram owns Gull", "Bram owns Tern"}


def test_coordinated_verbs_share_their_subject():
    text = (
        "Ada/NNP/nsubj>owns/PERSON owns=own/VBZ/root Gull/NNP/obj>owns/PRODUCT and commands=command/VBZ/conj>owns "
        "Tern/NNP/obj>commands/PRODUCT ."
    )
    assert relations(text) == {"Ada owns Gull", "Ada commands Tern"}


def test_an_infinitive_has_the_subject_of_the_verb_above_it():
    text = (
        "Ada/NNP/nsubj>managed/PERSON managed=manage/VBD/root to/TO/mark>rescue rescue/VB/xcomp>managed "
        "Bram/NNP/obj>rescue/PERSON ."
    )
    assert relations(text) == {"Ada rescued Bram"}


def test_an_action_noun_has_its_subject_as_possessor_or_after_by():
    owned = "Ada/NNP/nmod:poss>rescue/PERSON 's rescue/NN/nsubj>slept of Bram/NNP/nmod>rescue/PERSON " + SLEPT
    by = "The rescue/NN/nsubj>slept of Bram/NNP/nmod>rescue/PERSON by Ada/NNP/nmod>rescue/PERSON " + SLEPT
    assert relations(owned) == relations(by) == {"Ada rescued Bram"}


def test_an_adposition_joins_two_names():
    text = f"Ada/NNP/nsubj>slept/PERSON of the Rope+Guild/NNP/nmod>Ada/ORG {SLEPT}"
    assert relations(text) == {"Ada belongsTo Rope Guild"}


def test_an_adposition_needs_names_of_its_classes():
    text = f"Ada/NNP/nsubj>slept/PERSON of Oslo/NNP/nmod>Ada/GPE {SLEPT}"
    assert relations(text) == set()
    assert ("belongsTo", "'Oslo' is not known to be ex:Guild") in reasons(text)


def test_a_parenthesis_after_a_name():
    text = f"Ada/NNP/nsubj>slept/PERSON ( Rope+Guild/NNP/appos>Ada/ORG ) {SLEPT}"
    assert relations(text) == {"Ada belongsTo Rope Guild"}


def test_a_parenthesis_may_hold_a_list():
    text = f"Ada/NNP/nsubj>slept/PERSON ( Rope+Guild/NNP/appos>Ada/ORG , Oslo/NNP/conj>Guild/GPE ) {SLEPT}"
    assert relations(text) == {"Ada belongsTo Rope Guild"}


def test_a_parenthesis_of_an_organisation_of_unknown_kind_will_do():
    text = f"Ada/NNP/nsubj>slept/PERSON ( Lantern/NNP/appos>Ada/ORG ) {SLEPT}"
    assert relations(text) == {"Ada belongsTo Lantern"}


def test_domain_and_range_are_kept():
    text = "Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Bram_Lind/NNP/obj>commands/PERSON ."
    assert relations(text) == set()
    assert ("commands", "the object 'Bram Lind' is not ex:Vessel") in reasons(text)


def test_a_name_without_a_class_suits_any():
    text = "Ada/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/obj>commands ."
    assert relations(text) == {"Ada commands Gull"}


def test_nothing_stands_in_a_relation_to_itself():
    text = "Ada/NNP/nsubj>rescued/PERSON rescued=rescue/VBD/root herself/PRP/obj>rescued ."
    assert relations(text) == set()
    assert ("rescued", "subject and object are the same") in reasons(text)


def test_somebody_without_a_name_is_in_no_relation():
    text = "A sailor/NN/nsubj>commands commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT ."
    assert relations(text) == set()


def test_a_noun_that_nobody_bears_says_so():
    text = "The warden/NN/nsubj>slept of the Rope+Guild/NNP/nmod>warden/ORG slept=sleep/VBD/root ."
    assert ("leads", "nobody is said to bear the noun") in reasons(text)


def test_a_class_noun_does_not_change_what_excludes_it():
    text = "Gull/NNP/nsubj>sank/PRODUCT , a captain/NN/appos>Gull , sank=sink/VBD/root ."
    assert not [s for s in found(read(text)).values() if getattr(s.object, "iri", "") == SEA + "Sailor"]


def test_the_surer_a_construction_is_the_surer_its_statement():
    title = (
        "Gull/NNP/compound>captain/PRODUCT captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON slept=sleep/VBD/root ."
    )
    beside = f"Ada/NNP/nsubj>slept/PERSON ( Rope+Guild/NNP/appos>Ada/ORG ) {SLEPT}"
    (sure,) = [s for line, s in found(read(title)).items() if " commands " in line]
    (unsure,) = [s for line, s in found(read(beside)).items() if " belongsTo " in line]
    assert 0 < unsure.confidence < sure.confidence < 1


# -- names in brackets and places -------------------------------------------------------------------------


def test_the_place_of_a_name_in_brackets_tells_what_it_is():
    text = (
        "The captain/NN/nmod:desc>Ada Ada/NNP/nsubj>slept/PERSON (/-LRB-/punct>Ada RG/NNP/appos>Ada/ORG "
        "-/HYPH/punct>RG "
        f"Port_Ellery/NNP/appos>Ada/GPE )/-RRB-/punct>Ada {SLEPT}"
    )
    assert {"Ada belongsTo RG", "Ada sailsFor Port Ellery"} <= relations(text)


def test_brackets_with_other_words_say_nothing():
    text = (
        "Ada/NNP/nsubj>slept/PERSON (/-LRB-/punct>Ada born/VBN/acl>Ada in Rope+Guild/NNP/obl>born/ORG "
        ")/-RRB-/punct>Ada " + SLEPT
    )
    assert relations(text) == set()


def test_what_is_in_the_north_of_a_place_lies_in_it():
    text = (
        "Port_Ellery/NNP/nsubj>north/GPE is=be/VBZ/cop>north in/IN/case>north the/DT/det>north north/NN/root "
        "of Norland/NNP/nmod>north/GPE ."
    )
    assert relations(text) == {"Port Ellery liesIn Norland"}


def test_what_is_not_in_a_place_is_denied():
    text = (
        "Port_Ellery/NNP/nsubj>Norland/GPE is=be/VBZ/cop>Norland not/RB/advmod>Norland in/IN/case>Norland "
        "Norland/NNP/root/GPE ."
    )
    assert found(read(text))["Port Ellery liesIn Norland"].status is Status.DENIED


def test_a_people_is_not_its_country():
    text = "Norlanders/NNPS/nsubj>slept/NORP in Orla/NNP/nmod>Norlanders/GPE " + SLEPT
    assert relations(text) == set()


def test_a_place_before_a_comma_lies_in_the_land_after_it():
    text = "It stopped=stop/VBD/root in Port_Ellery/NNP/obl>stopped/GPE , Norland/NNP/appos>Port_Ellery/GPE ."
    assert relations(text) == {"Port Ellery liesIn Norland"}


def test_lands_in_a_list_lie_in_no_other():
    text = "It stopped=stop/VBD/root in Orla/NNP/obl>stopped/GPE , Norland/NNP/conj>Orla/GPE ."
    assert relations(text) == set()


def test_what_a_land_owns_after_a_comma_is_another_matter():
    text = (
        "In Port_Ellery/NNP/obl>slept/GPE , Norland/NNP/nmod:poss>pilot/GPE 's/POS/case>Norland pilot/NN/nsubj>slept "
        + SLEPT
    )
    assert relations(text) == set()
