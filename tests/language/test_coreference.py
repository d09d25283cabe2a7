"""Which mentions refer to the same thing: names, nouns, pronouns, and what stands for them."""

import pytest

from kg.model import MentionKind, Status

from .ships import SEA, found, read, referents, relations

SLEPT = "slept=sleep/VBD/root ."
ADA = "Ada_Marsh/NNP/nsubj>slept/PERSON " + SLEPT
BRAM = "Bram_Lind/NNP/nsubj>slept/PERSON " + SLEPT


def article(*sentences):
    return "\n".join(sentences)


# -- pronouns ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pronoun", ["She", "He"])
def test_a_personal_pronoun_refers_to_the_person_before_it(pronoun):
    assert referents(article(ADA, f"{pronoun}/PRP/nsubj>slept {SLEPT}")) == {"Ada Marsh": ["Ada Marsh", pronoun]}


def test_it_refers_to_a_thing_and_not_to_a_person():
    sank = "MV_Gull/NNP/nsubj>sank/PRODUCT sank=sink/VBD/root ."
    assert referents(article(sank, ADA, f"It/PRP/nsubj>slept {SLEPT}"))["MV Gull"] == ["MV Gull", "It"]


def test_a_pronoun_has_no_referent_where_none_fits():
    sank = "MV_Gull/NNP/nsubj>sank/PRODUCT sank=sink/VBD/root ."
    assert referents(article(sank, f"She/PRP/nsubj>slept {SLEPT}")) == {"MV Gull": ["MV Gull"]}


def test_a_pronoun_refers_to_nothing_that_comes_later():
    assert referents(article(f"She/PRP/nsubj>slept {SLEPT}", ADA)) == {"Ada Marsh": ["Ada Marsh"]}


def test_a_pronoun_does_not_reach_far_back():
    rain = "Rain/NN/nsubj>fell fell=fall/VBD/root ."
    assert referents(article(ADA, rain, rain, rain, f"She/PRP/nsubj>slept {SLEPT}")) == {"Ada Marsh": ["Ada Marsh"]}


def test_the_subject_before_a_pronoun_goes_before_the_object():
    text = article(
        "Ada/NNP/nsubj>saw/PERSON saw=see/VBD/root Bram/NNP/obj>saw/PERSON .", f"She/PRP/nsubj>slept {SLEPT}"
    )
    assert referents(text) == {"Ada": ["Ada", "She"], "Bram": ["Bram"]}


def test_he_and_she_are_not_one_person():
    text = article(ADA, f"She/PRP/nsubj>slept {SLEPT}", f"He/PRP/nsubj>slept {SLEPT}")
    assert referents(text) == {"Ada Marsh": ["Ada Marsh", "She"]}


def test_an_honorific_tells_he_from_she():
    text = article(f"Ms/NNP/compound>Marsh Marsh/NNP/nsubj>slept/PERSON {SLEPT}", f"He/PRP/nsubj>slept {SLEPT}")
    assert referents(text) == {"Marsh": ["Ms Marsh"]}


def test_two_arguments_of_one_verb_are_two():
    text = "Ada/NNP/nsubj>saw/PERSON saw=see/VBD/root her/PRP/obj>saw ."
    assert referents(text) == {"Ada": ["Ada"]}


def test_a_reflexive_refers_to_the_subject():
    text = "Ada/NNP/nsubj>saw/PERSON saw=see/VBD/root herself/PRP/obj>saw ."
    assert referents(text) == {"Ada": ["Ada", "herself"]}


def test_they_may_be_an_organisation():
    text = article(f"The Rope+Guild/NNP/nsubj>slept/ORG {SLEPT}", f"They/PRP/nsubj>slept {SLEPT}")
    assert referents(text) == {"Rope Guild": ["Rope Guild", "They"]}


def test_i_in_a_quotation_is_its_speaker():
    text = (
        "“ I/PRP/nsubj>command command/VBP/ccomp>said Gull/NNP/obj>command/PRODUCT , ” said=say/VBD/root "
        "Ada/NNP/nsubj>said/PERSON ."
    )
    assert referents(text)["Ada"] == ["I", "Ada"]
    assert relations(text) == {"Ada commands Gull"}


def test_i_outside_a_quotation_is_nobody():
    text = article(ADA, f"I/PRP/nsubj>slept {SLEPT}")
    assert referents(text) == {"Ada Marsh": ["Ada Marsh"]}


def test_she_in_a_quotation_is_not_its_speaker():
    text = (
        "Bram/NNP/nsubj>saw/PERSON saw=see/VBD/root Cleo/NNP/obj>saw/PERSON .\n"
        "“ She/PRP/nsubj>slept slept=sleep/VBD/ccomp>said , ” said=say/VBD/root Bram/NNP/nsubj>said/PERSON ."
    )
    assert referents(text) == {"Bram": ["Bram", "Bram"], "Cleo": ["Cleo", "She"]}


def test_a_pronoun_is_a_mention_of_its_own_kind():
    reading = read(article(ADA, f"She/PRP/nsubj>slept {SLEPT}"))
    assert [mention.kind for mention in reading.mentions] == [MentionKind.NAME, MentionKind.PRONOUN]


def test_a_relation_over_a_pronoun_is_less_sure():
    direct = "Ada_Marsh/NNP/nsubj>commands/PERSON commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT ."
    indirect = article(ADA, "She/PRP/nsubj>commands commands=command/VBZ/root Gull/NNP/obj>commands/PRODUCT .")
    sure, unsure = (found(read(text))["Ada Marsh commands Gull"].confidence for text in (direct, indirect))
    assert unsure < sure


# -- nouns ---------------------------------------------------------------------------------------------------


def test_a_noun_said_of_a_name_is_a_mention_of_it_and_tells_its_class():
    text = f"Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada , {SLEPT}"
    assert referents(text) == {"Ada": ["Ada", "the captain"]}
    assert "Ada is Sailor" in found(read(text))


def test_what_one_may_be_does_not_tell_one_s_class():
    text = "Ada/NNP/nsubj>captain/PERSON may/MD/aux>captain be/VB/cop>captain a captain/NN/root ."
    reading = read(text)
    assert found(reading)["Ada is Sailor"].status is Status.POSSIBLE
    assert [referent.types for referent in reading.referents] == [(SEA + "Person",)]


def test_the_captain_is_the_one_who_was_called_so():
    text = article(
        f"Ada/NNP/nsubj>slept/PERSON , a captain/NN/appos>Ada , {SLEPT}",
        BRAM,
        "The captain/NN/nsubj>rescued rescued=rescue/VBD/root Bram_Lind/NNP/obj>rescued/PERSON .",
    )
    assert relations(text) == {"Ada rescued Bram Lind"}


def test_the_guild_s_warden_is_the_one_who_is_known_to_lead_it():
    text = article(
        "Ada/NNP/nsubj>slept/PERSON , warden/NN/appos>Ada of the Rope+Guild/NNP/nmod>warden/ORG , "
        "slept=sleep/VBD/root .",
        "Cleo/NNP/nsubj>slept/PERSON , warden/NN/appos>Cleo of the Sail+Guild/NNP/nmod>warden/ORG , "
        "slept=sleep/VBD/root .",
        "The Rope+Guild/NNP/compound>warden/ORG warden/NN/nsubj>rescued rescued=rescue/VBD/root "
        "Cleo/NNP/obj>rescued/PERSON .",
    )
    assert relations(text) == {"Ada leads Rope Guild", "Cleo leads Sail Guild", "Ada rescued Cleo"}


def test_an_indefinite_noun_is_somebody_new():
    text = article(
        f"Ada/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada , {SLEPT}",
        "A captain/NN/nsubj>rescued rescued=rescue/VBD/root Ada/NNP/obj>rescued/PERSON .",
    )
    assert relations(text) == set()


def test_a_plural_noun_is_not_one_of_them():
    text = article(
        f"Ada/NNP/nsubj>slept/PERSON , the sailor/NN/appos>Ada , {SLEPT}",
        "The sailors=sailor/NNS/nsubj>rescued rescued=rescue/VBD/root Bram/NNP/obj>rescued/PERSON .",
    )
    assert relations(text) == set()


# -- bridging and the lead -----------------------------------------------------------------------------------


PILOT = (
    "Ada/NNP/nsubj>slept/PERSON , the pilot/NN/appos>Ada for Port_Ellery/NNP/nmod>pilot/GPE , slept=sleep/VBD/root ."
)


def test_her_harbour_is_the_only_harbour_of_the_article():
    text = article(PILOT, "Fog/NN/nsubj>hid hid=hide/VBD/root her/PRP$/nmod:poss>harbour harbour/NN/obj>hid .")
    assert referents(text)["Port Ellery"] == ["Port Ellery", "her harbour"]


def test_her_harbour_is_none_of_two():
    text = article(
        PILOT,
        "Cleo/NNP/nsubj>slept/PERSON , the pilot/NN/appos>Cleo for Port_Orme/NNP/nmod>pilot/GPE , "
        "slept=sleep/VBD/root .",
        "Fog/NN/nsubj>hid hid=hide/VBD/root her/PRP$/nmod:poss>harbour harbour/NN/obj>hid .",
    )
    assert "her harbour" not in [words for mentions in referents(text).values() for words in mentions]


HER_HARBOUR = "Ada/NNP/nsubj>slept/PERSON in her/PRP$/nmod:poss>harbour harbour/NN/obl>slept slept=sleep/VBD/root ."


def test_a_bridge_tells_a_relation_by_itself():
    text = article("Port_Ellery/NNP/nsubj>slept/GPE , a harbour/NN/appos>Port_Ellery , " + SLEPT, HER_HARBOUR)
    statement = found(read(text))["Ada pilots Port Ellery"]
    assert statement.confidence < found(read(article(PILOT)))["Ada pilots Port Ellery"].confidence


def test_no_bridge_leads_to_what_only_another_stood_beside():
    text = article(
        "Cleo/NNP/nsubj>slept/PERSON , the pilot/NN/appos>Cleo for Port_Ellery/NNP/nmod>pilot/GPE , "
        "slept=sleep/VBD/root .",
        HER_HARBOUR,
    )
    assert relations(text) == {"Cleo pilots Port Ellery"}


def test_a_lead_introduces_by_what_one_is_whom_the_next_sentence_names():
    text = article(
        "A veteran/JJ/amod>captain captain/NN/nsubj>rescued rescued=rescue/VBD/root Bram/NNP/obj>rescued/PERSON .",
        "Ada_Marsh/NNP/nsubj>slept/PERSON " + SLEPT,
    )
    assert relations(text) == {"Ada Marsh rescued Bram"}
    assert referents(text)["Ada Marsh"] == ["A veteran captain", "Ada Marsh"]


def test_later_sentences_are_no_lead():
    rain = "Rain/NN/nsubj>fell fell=fall/VBD/root ."
    text = article(
        rain,
        rain,
        "A captain/NN/nsubj>rescued rescued=rescue/VBD/root Bram/NNP/obj>rescued/PERSON .",
        "Ada_Marsh/NNP/nsubj>slept/PERSON " + SLEPT,
    )
    assert relations(text) == set()


def test_a_speaker_without_a_name_is_a_referent_of_the_article():
    text = (
        "A witness/NN/nsubj>said said=say/VBD/root that/IN/mark>sank Gull/NNP/nsubj>sank/PRODUCT "
        "sank=sink/VBD/ccomp>said ."
    )
    reading = read(text)
    (speaker,) = [referent for referent in reading.referents if not referent.named]
    assert speaker.label == "A witness"
    assert reading.attributions[0].speaker == speaker.id


# -- what a noun takes up ----------------------------------------------------------------------------------


def test_a_definite_noun_takes_up_the_name_that_ends_with_it():
    text = article(
        "Rope+Guild/NNP/nsubj>slept/ORG " + SLEPT,
        "Ada/NNP/nsubj>joined/PERSON joined=join/VBD/root the guild/NN/obj>joined .",
    )
    assert referents(text)["Rope Guild"] == ["Rope Guild", "the guild"]


def test_a_former_so_and_so_is_not_the_present_one():
    text = article(
        f"Ada/NNP/nsubj>slept/PERSON , the warden/NN/appos>Ada of Rope+Guild/NNP/nmod>warden/ORG , {SLEPT}",
        f"The former/JJ/amod>warden warden/NN/nsubj>slept {SLEPT}",
    )
    assert referents(text)["Ada"] == ["Ada", "the warden"]


def test_who_became_her_mate_is_not_she():
    text = article(
        f"Ada_Marsh/NNP/nsubj>slept/PERSON {SLEPT}",
        "Cleo_Lind/NNP/nsubj>became/PERSON became=become/VBD/root her/PRP$/nmod:poss>mate mate/NN/xcomp>became .",
    )
    assert referents(text) == {"Ada Marsh": ["Ada Marsh", "her"], "Cleo Lind": ["Cleo Lind"]}


def test_his_child_of_one_surname_is_his_who_bears_it():
    text = article(
        "Bram_Lind/NNP/nsubj>met/PERSON met=meet/VBD/root Carl_Marsh/NNP/obj>met/PERSON .",
        "They/PRP/nsubj>saw saw=see/VBD/root his/PRP$/nmod:poss>daughter daughter/NN/obj>saw ,/,/punct>Dora "
        "Dora_Marsh/NNP/appos>daughter/PERSON .",
    )
    assert "Dora Marsh childOf Carl Marsh" in relations(text)


def test_the_place_beside_a_verb_tells_the_class_of_a_name():
    text = "Ada/NNP/nsubj>leads/PERSON leads=lead/VBZ/root Rope/NNP/obj>leads/ORG ."
    assert "Rope is Guild" in found(read(text))


def test_what_a_thing_is_called_outweighs_the_tagger():
    text = "The vessel/NN/compound>Gull Gull/NNP/nsubj>slept/ORG " + SLEPT
    assert "Gull is Vessel" in found(read(text))


@pytest.mark.parametrize("article", ["a/DT/det>harbour", "the/DT/det>harbour"])
def test_a_thing_described_at_once_outweighs_the_tagger_even_for_a_person(article):
    text = f"Port_Ellery/NNP/nsubj>slept/PERSON , {article} harbour/NN/appos>Port_Ellery , {SLEPT}"
    assert "Port Ellery is Harbour" in found(read(text))


def test_a_noun_that_belongs_to_another_describes_nobody():
    text = "Ada/NNP/nsubj>slept/PERSON , a harbour/NN/compound>pilot pilot/NN/appos>Ada , " + SLEPT
    assert "Ada is Harbour" not in found(read(text))
