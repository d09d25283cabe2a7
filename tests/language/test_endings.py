"""Who resigned, was dismissed or died no longer is what the same sentence calls them."""

import re

import pytest

from .docs import CLEAR, UD
from .ships import found, read

COMMANDS, PILOTS, BELONGS = "Ada commands Gull", "Ada pilots Kettle Bay", "Ada belongsTo Rope Guild"
CAPTAIN = "the captain/NN/appos>Ada of Gull/NNP/nmod>captain/PRODUCT"
PILOT = "the pilot/NN/appos>Ada for Kettle+Bay/NNP/nmod>pilot/GPE"
MEMBER = "a member/NN/appos>Ada of Rope+Guild/NNP/nmod>member/ORG"


def kind(text, line, scheme=UD):
    """Give how one statement is qualified."""
    qualification = found(read(text, scheme))[line].qualification
    return qualification and qualification.kind


def sentence(who, verb, after="", *, subject="nsubj"):
    head = re.split("[=/]", verb.split()[-1])[0]
    return f"Ada/NNP/{subject}>{head}/PERSON , {who} , {verb} {after} ."


@pytest.mark.parametrize(
    ("verb", "after"),
    [
        ("resigned=resign/VBD/root", "on/IN/case>Friday Friday/NNP/obl>resigned"),
        ("quit=quit/VBD/root", "over/IN/case>storm a storm/NN/obl>quit"),
        ("stepped=step/VBD/root", "down/RP/compound:prt>stepped"),
        ("has=have/VBZ/aux>retired retired=retire/VBN/root", ""),
        ("died=die/VBD/root", "in/IN/case>May May/NNP/obl>died"),
    ],
)
def test_who_left_is_no_longer_what_they_are_called(verb, after):
    assert kind(sentence(CAPTAIN, verb, after), COMMANDS) == "Former"


@pytest.mark.parametrize("scheme", [UD, CLEAR])
def test_who_was_dismissed_is_no_longer_what_they_are_called(scheme):
    passive = "nsubj:pass" if scheme == UD else "nsubjpass"
    was = "aux:pass" if scheme == UD else "auxpass"
    text = sentence(CAPTAIN, f"was=be/VBD/{was}>sacked sacked=sack/VBN/root", subject=passive)
    assert kind(text, COMMANDS) == "Former"


@pytest.mark.parametrize(
    ("verb", "after"),
    [
        ("slept=sleep/VBD/root", ""),
        ("stepped=step/VBD/root", "ashore/RB/advmod>stepped"),
        ("resigned=resign/VBD/root", "as/IN/case>purser purser/NN/obl>resigned"),
        ("resigned=resign/VBD/root", "from/IN/case>board the board/NN/obl>resigned"),
        ("quit=quit/VBD/root", "the race/NN/obj>quit"),
        ("will/MD/aux>resign resign/VB/root", ""),
        ("may/MD/aux>resign have=have/VB/aux>resign resign=resign/VBN/root", ""),
        ("has=have/VBZ/aux>resigned not/RB/advmod>resigned resigned=resign/VBN/root", ""),
        ("reportedly/RB/advmod>resigned resigned=resign/VBD/root", ""),
        ("sacked=sack/VBD/root", "a sailor/NN/obj>sacked"),
    ],
)
def test_who_did_not_leave_or_left_something_else_is_it_still(verb, after):
    assert kind(sentence(CAPTAIN, verb, after), COMMANDS) is None


def test_who_left_as_the_second_thing_they_did_is_it_no_longer():
    text = sentence(CAPTAIN, "wept=weep/VBD/root", "and resigned=resign/VBD/conj>wept")
    assert kind(text, COMMANDS) == "Former"


def test_a_title_before_the_name_ends_too():
    text = "Gull/NNP/compound>captain/PRODUCT captain/NN/compound>Ada Ada/NNP/nsubj>resigned/PERSON resigned/VBD/root ."
    text = text.replace("resigned/VBD", "resigned=resign/VBD")
    assert kind(text, COMMANDS) == "Former"


def test_a_seat_ends_with_a_life_but_a_resignation_may_be_from_something_else():
    assert kind(sentence(PILOT, "resigned=resign/VBD/root"), PILOTS) is None
    assert kind(sentence(PILOT, "died=die/VBD/root"), PILOTS) == "Former"


def test_what_is_no_post_does_not_end():
    for verb in ("resigned=resign/VBD/root", "died=die/VBD/root"):
        assert kind(sentence(MEMBER, verb), BELONGS) is None


@pytest.mark.parametrize(
    ("whole", "expected"),
    [("last/JJ/amod>crew crew/NN/nmod>captain", "Former"), ("new/JJ/amod>crew crew/NN/nmod>captain", None)],
)
def test_a_post_in_something_past_is_past(whole, expected):
    who = f"{CAPTAIN} in/IN/case>crew the {whole}"
    assert kind(sentence(who, "slept=sleep/VBD/root"), COMMANDS) == expected
