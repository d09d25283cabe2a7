"""Who bears a noun where two titles, a list, or another name stand between the two."""

import pytest
from news import told

from .ships import bearers, relations

SLEPT = "slept=sleep/VBD/root ."


# -- two titles of one person ----------------------------------------------------------------------------

TWO = "{}/compound>Ada {}/CC/cc>captain {} captain/NN/compound>Ada Ada/NNP/nsubj>slept/PERSON " + SLEPT


@pytest.mark.parametrize("joint", ["and", "&"])
@pytest.mark.parametrize("between", ["", "High/JJ/amod>captain", "harbour/NN/compound>captain"])
def test_two_titles_joined_before_a_name_are_borne_by_it(joint, between):
    text = TWO.format("Pilot/NN", joint, between)
    assert bearers(text, "Pilot") == {("title", "Ada")}
    assert bearers(text, "captain") == {("title", "Ada")}


@pytest.mark.parametrize(
    "text",
    [
        TWO.format("Pilots=pilot/NNS", "and", ""),
        TWO.format("Pilot/NN", "but", ""),
        TWO.format("Pilot/NN", "and", "slow/RB/advmod>captain"),
        "Pilot/NN/nsubj>slept and Ada/NNP/conj>Pilot/PERSON " + SLEPT,
    ],
)
def test_a_plural_another_joint_or_a_name_right_after_the_joint_make_no_shared_name(text):
    word = "Pilots" if "Pilots" in text else "Pilot"
    assert ("title", "Ada") not in bearers(text, word)


def test_each_of_two_titles_says_what_its_bearer_is():
    text = "Party leader and High Judge Ada Lund spoke."
    assert told(text, "is") == {"Ada Lund is Politician", "Ada Lund is Judge"}


# -- a title over its argument ---------------------------------------------------------------------------


OVER = "Captain/NN/compound>Ada of Gull/NNP/nmod>Captain/PRODUCT Ada/NNP/nsubj>slept/PERSON " + SLEPT


def test_a_title_is_borne_by_the_name_after_its_argument():
    assert bearers(OVER, "Captain") == {("title", "Ada")}
    assert relations(OVER) == {"Ada commands Gull"}


@pytest.mark.parametrize(
    "text",
    [
        "The captain/NN/nsubj>slept of Gull/NNP/nmod>captain/PRODUCT Ada/NNP/dep>slept/PERSON " + SLEPT,
        "Captain/NN/nsubj>slept for Gull/NNP/nmod>Captain/PRODUCT Ada/NNP/dep>slept/PERSON " + SLEPT,
        "Captain/NN/nsubj>slept of Gull/NNP/nmod>Captain/PRODUCT , Ada/NNP/dep>slept/PERSON " + SLEPT,
    ],
)
def test_a_noun_that_is_no_title_and_a_name_not_right_after_the_argument_make_no_bearer_of_a_title(text):
    word = "captain" if "captain/" in text else "Captain"
    assert ("title", "Ada") not in bearers(text, word)


def test_a_title_over_a_body_in_a_sentence():
    assert told("Chief of the Harbour Board Ada Lund spoke.", "leads") == {"Ada Lund leads Harbour Board"}


# -- lists -----------------------------------------------------------------------------------------------

GUILDS = (
    "Guilds=guild/NNS/nsubj>slept {}/IN/case>Rope+Guild Rope+Guild/NNP/nmod>Guilds/ORG and "
    "Lamp/NNP/conj>Rope+Guild/ORG " + SLEPT
)


@pytest.mark.parametrize("word", ["including", "like"])
def test_what_a_plural_class_includes_is_of_the_class(word):
    assert bearers(GUILDS.format(word), "Guilds") == {("apposition", "Guild"), ("apposition", "Lamp")}


@pytest.mark.parametrize(
    "text",
    [
        GUILDS.format("beside"),
        GUILDS.format("without"),
        GUILDS.format("including").replace("Guilds=guild/NNS", "Guild=guild/NN").replace(">Guilds", ">Guild"),
    ],
)
def test_what_stands_beside_a_class_or_within_one_of_it_is_not_of_it(text):
    assert bearers(text, "Guilds" if "Guilds" in text else "Guild") == set()


def test_what_companies_include_in_a_sentence_are_companies():
    found = told("Firms such as Kestrel and Lumeno cut jobs.", "is")
    assert {"Kestrel is Company", "Lumeno is Company"} <= found
    assert not {"Kestrel is Company", "Lumeno is Company"} & told("Firms unlike Kestrel and Lumeno cut jobs.", "is")


# -- before its name -------------------------------------------------------------------------------------


MEMBER = "A member/NN/nsubj>said of the Rope+Guild/NNP/nmod>member/ORG , Ada/NNP/dep>said/PERSON {} ."


def test_a_noun_that_opens_a_sentence_is_borne_by_the_name_after_its_comma_that_a_verb_follows():
    text = MEMBER.format("said=say/VBD/root it/PRP/nsubj>sank sank=sink/VBD/ccomp>said")
    assert bearers(text, "member") == {("apposition", "Ada")}
    assert relations(text) == {"Ada belongsTo Rope Guild"}


@pytest.mark.parametrize(
    "text",
    [
        MEMBER.replace("dep>said", "conj>member").format("and Bram/NNP/conj>member/PERSON said=say/VBD/root"),
        "It/PRP/nsubj>rained rained=rain/VBD/root and then/RB/advmod>said a member/NN/nsubj>said of the "
        "Rope+Guild/NNP/nmod>member/ORG , Ada/NNP/dep>said/PERSON said=say/VBD/conj>rained so/RB/advmod>said .",
    ],
)
def test_a_name_in_a_list_and_a_noun_inside_a_sentence_are_not_joined(text):
    assert bearers(text, "member") == set()


@pytest.mark.parametrize("comma", ["", ","])
def test_a_member_before_a_name_in_a_sentence(comma):
    text = f"A member of the Harbour Board, Ada Lund{comma} said the bridge was closed."
    assert told(text, "memberOf") == {"Ada Lund memberOf Harbour Board"}
