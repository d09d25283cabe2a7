"""Who says what: the words, the speaker and the cue of direct and of reported speech."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.language.marks import find_quotes
from kg.language.quotations import GUESSES, FoundBy, find_speech
from kg.language.syntax import Syntax

from .docs import CLEAR, UD
from .ships import syntax

BLANK = spacy.blank("en")


def speeches(text, scheme=UD):
    """Return the words, the speaker's and the cue's word, whether quoted, and whether denied, of each stretch."""
    view = syntax(text, scheme)
    return [
        (
            view.doc[speech.start : speech.end].text.strip(" ,.”“"),
            None if speech.speaker is None else view.doc[speech.speaker].text,
            None if speech.cue is None else view.doc[speech.cue].text,
            speech.quoted,
            speech.denied,
        )
        for speech in find_speech(view)
    ]


QUOTED = "“ We/PRP/nsubj>sail sail/VBP/{} at noon/NN/obl>sail , ”"


def test_a_quotation_before_its_speaker():
    text = QUOTED.format("ccomp>said") + " Ada/NNP/nsubj>said said=say/VBD/root ."
    assert speeches(text) == [("We sail at noon", "Ada", "said", True, False)]


def test_a_quotation_after_its_speaker():
    text = "Ada/NNP/nsubj>said said=say/VBD/root : “ We/PRP/nsubj>sail sail/VBP/ccomp>said at noon/NN/obl>sail . ”"
    assert ("We sail at noon", "Ada", "said", True, False) in speeches(text)


def test_a_quotation_around_its_speaker_is_his_in_both_parts():
    text = (
        "“ We/PRP/nsubj>sail sail/VBP/ccomp>said , ” Ada/NNP/nsubj>said said=say/VBD/root , "
        "“ and come=come/VBP/conj>sail back/RB/advmod>come . ”"
    )
    assert speeches(text) == [
        ("We sail", "Ada", "said", True, False),
        ("and come back", "Ada", "said", True, False),
    ]


def test_a_speaker_after_the_verb_of_saying():
    text = QUOTED.format("ccomp>said") + " said=say/VBD/root the captain/NN/nsubj>said ."
    assert speeches(text) == [("We sail at noon", "captain", "said", True, False)]


def test_a_speaker_after_the_verb_that_the_parser_did_not_see_as_its_subject():
    text = QUOTED.format("root") + " said=say/VBD/parataxis>sail the captain/NN/dep>said of Gull/NNP/nmod>captain ."
    assert speeches(text) == [("We sail at noon", "captain", "said", True, False)]


def test_a_sentence_in_quotation_marks_after_a_cue_goes_on_in_the_next():
    text = (
        QUOTED.format("ccomp>said") + " Ada/NNP/nsubj>said said=say/VBD/root .\n"
        "“ The wind/NN/nsubj>turned has=have/VBZ/aux>turned turned=turn/VBN/root to the north/NN/obl>turned . ”"
    )
    assert speeches(text)[1] == ("The wind has turned to the north", "Ada", "said", True, False)


def test_according_to_attributes_the_rest_of_its_sentence():
    text = "Gull/NNP/nsubj>leaks leaks=leak/VBZ/root , according/VBG/case>Ada to/IN/fixed>according Ada/NNP/obl>leaks ."
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("Gull leaks", "Ada")]


def test_according_to_may_come_first():
    text = (
        "According/VBG/case>Ada to/IN/fixed>According Ada/NNP/obl>leaks , the ship/NN/nsubj>leaks leaks=leak/VBZ/root ."
    )
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("the ship leaks", "Ada")]


def test_reported_speech_with_that():
    text = "Ada/NNP/nsubj>said said=say/VBD/root that/IN/mark>leaked Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said ."
    assert speeches(text) == [("that Gull leaked", "Ada", "said", False, False)]
    assert speeches(text, CLEAR) == speeches(text)


def test_reported_speech_without_that():
    text = "Ada/NNP/nsubj>said said=say/VBD/root Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said ."
    assert speeches(text) == [("Gull leaked", "Ada", "said", False, False)]


def test_reported_speech_before_its_verb():
    text = "Gull/NNP/nsubj>leaked leaked=leak/VBD/root , Ada/NNP/nsubj>said said=say/VBD/parataxis>leaked ."
    assert speeches(text) == [("Gull leaked", "Ada", "said", False, False)]


def test_the_agent_of_a_passive_cue_is_the_speaker():
    text = (
        "It/PRP/nsubj:pass>claimed was=be/VBD/aux:pass>claimed claimed=claim/VBN/root by Ada/NNP/obl:agent>claimed "
        "that/IN/mark>leaked Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>claimed ."
    )
    assert speeches(text) == [("that Gull leaked", "Ada", "claimed", False, False)]


def test_a_passive_cue_without_an_agent_reports_nobody():
    text = (
        "It/PRP/nsubj:pass>claimed was=be/VBD/aux:pass>claimed claimed=claim/VBN/root "
        "that/IN/mark>leaked Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>claimed ."
    )
    assert speeches(text) == []


def test_the_speaker_of_a_relative_clause_is_the_noun_before_it():
    text = (
        "Ada/NNP/nsubj>left , who/WP/nsubj>said said=say/VBD/acl:relcl>Ada Gull/NNP/nsubj>leaked "
        "leaked=leak/VBD/ccomp>said , left=leave/VBD/root ."
    )
    assert speeches(text) == [("Gull leaked", "Ada", "said", False, False)]


def test_what_is_denied_is_marked():
    text = (
        "Ada/NNP/nsubj>denied denied=deny/VBD/root that/IN/mark>leaked Gull/NNP/nsubj>leaked "
        "leaked=leak/VBD/ccomp>denied ."
    )
    assert speeches(text) == [("that Gull leaked", "Ada", "denied", False, True)]


def test_what_one_denies_doing_is_marked():
    text = "Ada/NNP/nsubj>denied denied=deny/VBD/root owning=own/VBG/xcomp>denied Gull/NNP/obj>owning ."
    assert speeches(text) == [("owning Gull", "Ada", "denied", False, True)]


def test_an_allegation_is_denied_as_an_object_too():
    text = "Ada/NNP/nsubj>rejects rejects=reject/VBZ/root the claim/NN/obj>rejects ."
    assert speeches(text) == [("the claim", "Ada", "rejects", False, True)]


def test_a_verb_that_does_not_report_has_no_content():
    text = "Ada/NNP/nsubj>saw saw=see/VBD/root that/IN/mark>leaked Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>saw ."
    assert speeches(text) == []


def test_words_in_scare_quotes_are_no_speech():
    text = "The “ floating/JJ/amod>palace palace/NN/nsubj>sank ” sank=sink/VBD/root in the storm/NN/obl>sank ."
    assert speeches(text) == []


def test_a_long_quotation_without_a_cue_is_speech_of_nobody():
    text = "“ The ship/NN/nsubj>leaks leaks=leak/VBZ/root and the crew/NN/nsubj>sleeps sleeps=sleep/VBZ/conj>leaks . ”"
    assert speeches(text) == [("The ship leaks and the crew sleeps", None, None, True, False)]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = (
        "“ We/PRP/nsubj>sail sail/VBP/root at noon/NN/obl>sail with the tide/NN/obl>sail . ¶\n"
        "Gull/NNP/nsubj>leaks leaks=leak/VBZ/root ."
    )
    assert [words for words, *_ in speeches(text)] == ["We sail at noon with the tide"]


def test_an_unclosed_quotation_at_the_end_ends_with_the_text():
    text = "Ada/NNP/nsubj>said said=say/VBD/root : “ We/PRP/nsubj>sail sail/VBP/ccomp>said at noon/NN/obl>sail ."
    assert ("We sail at noon", "Ada", "said", True, False) in speeches(text)


def test_a_cue_without_any_subject_takes_the_name_beside_it():
    text = QUOTED.format("root") + " tells=tell/VBZ/parataxis>sail Ada/NNP/obj>tells ."
    assert speeches(text) == [("We sail at noon", "Ada", "tells", True, False)]


def test_a_full_stop_inside_the_quotation_ends_its_frame():
    text = (
        "Bo/NNP/nsubj>called called=call/VBD/root the remark/NN/obj>called “ sad/JJ/xcomp>called . ”\n"
        "Ada/NNP/nsubj>denied denied=deny/VBD/root that/IN/mark>leaked Gull/NNP/nsubj>leaked "
        "leaked=leak/VBD/ccomp>denied ."
    )
    assert speeches(text) == [
        ("sad", "Bo", "called", True, False),
        ("that Gull leaked", "Ada", "denied", False, True),
    ]


def test_what_follows_a_quotation_in_one_tree_is_another_sentence():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root she/PRP/nsubj>was was=be/VBD/cop>tired “ tired/JJ/ccomp>said . ” "
        "Tom/NNP/nsubj>sailed sailed=sail/VBD/parataxis>said ."
    )
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("she was “tired", "Ada"), ("tired", "Ada")]


def test_words_in_quotation_marks_inside_a_report_are_the_speakers():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root Tom/NNP/nsubj>wrecked had=have/VBD/aux>wrecked "
        "“ wrecked=wreck/VBN/ccomp>said the ship/NN/obj>wrecked ” .\n"
        "Bo/NNP/nsubj>said said=say/VBD/root nothing/NN/obj>said ."
    )
    assert speeches(text) == [
        ("Tom had “wrecked the ship", "Ada", "said", False, False),
        ("wrecked the ship", "Ada", "said", True, False),
    ]


def test_words_in_quotation_marks_inside_a_denial_are_denied():
    text = (
        "Ada/NNP/nsubj>denied denied=deny/VBD/root that/IN/mark>was she/PRP/nsubj>was was=be/VBD/ccomp>denied "
        "in charge/NN/obl>was of “ a wreck/NN/nmod>charge ” ."
    )
    assert speeches(text)[1] == ("a wreck", "Ada", "denied", True, True)


def test_a_report_that_is_all_in_quotation_marks_is_not_told_twice():
    text = "Ada/NNP/nsubj>said said=say/VBD/root , “ We/PRP/nsubj>sail sail/VBP/ccomp>said at noon/NN/obl>sail . ”"
    assert speeches(text) == [("We sail at noon", "Ada", "said", True, False)]


def test_a_name_set_off_before_the_verb_is_the_speaker_wherever_it_hangs():
    text = (
        "A captain/NN/nsubj>said of the Rope+Guild/NNP/nmod>captain , Ada_Marsh/NNP/appos>Rope+Guild , "
        "once/RB/advmod>said said=say/VBD/root Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said ."
    )
    assert speeches(text) == [("Gull leaked", "Ada", "said", False, False)]


def test_a_name_after_the_speakers_noun_is_the_speaker():
    text = QUOTED.format("ccomp>said") + " said=say/VBD/root the captain/NN/nsubj>said , Ada_Marsh/NNP/dep>said ."
    assert speeches(text) == [("We sail at noon", "Ada", "said", True, False)]


def test_a_place_beside_the_speakers_noun_does_not_speak():
    text = (
        "The captain/NN/nsubj>said , Port_Ada/NNP/appos>captain/GPE , said=say/VBD/root Gull/NNP/nsubj>leaked "
        "leaked=leak/VBD/ccomp>said ."
    )
    assert [speaker for _, speaker, *_ in speeches(text.replace("appos>captain", "dep>said"))] == ["captain"]


def test_the_owner_in_a_relative_clause_does_not_speak_for_its_captain():
    text = (
        "Gull/NNP/nsubj>sank sank=sink/VBD/root with the Rope+Guild/NNP/obl>sank , whose/WP$/nmod:poss>warden "
        "warden/NN/nsubj>said , Ada_Marsh/NNP/appos>Rope+Guild , said=say/VBD/parataxis>sank that/IN/mark>leaked "
        "Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said ."
    )
    assert speeches(text) == [("that Gull leaked", "Ada", "said", False, False)]


def test_a_frame_at_the_end_reports_the_whole_sentence():
    text = (
        "Gull/NNP/nsubj>sank sank=sink/VBD/ccomp>said , two/CD/nummod>people people/NNS/nsubj>sank "
        "with news/NN/nmod>people said=say/VBD/root ."
    )
    assert speeches(text) == [("Gull sank", "people", "said", False, False)]


def test_a_frame_in_the_middle_reports_both_sides():
    text = (
        "Nobody/NN/nsubj>knew knew=know/VBD/root , he/PRP/nsubj>added added=add/VBD/parataxis>knew , "
        "who/WP/nsubj>sailed sailed=sail/VBD/ccomp>knew ."
    )
    assert speeches(text) == [
        ("Nobody knew", "he", "added", False, False),
        ("who sailed", "he", "added", False, False),
    ]


def test_a_condition_before_a_frame_is_no_claim_by_itself():
    text = (
        "If/IN/mark>leaks Gull/NNP/nsubj>leaks leaks=leak/VBZ/advcl>sails , Ada/NNP/nsubj>said said=say/VBD/root , "
        "Tom/NNP/nsubj>sails sails=sail/VBZ/ccomp>said ."
    )
    assert speeches(text) == [("Tom sails", "Ada", "said", False, False)]


def test_a_sentence_coordinated_before_the_framed_one_is_the_articles_own():
    text = (
        "Gull/NNP/nsubj>sank sank=sink/VBD/root , and Tom/NNP/nsubj>swam , Ada/NNP/nsubj>said "
        "said=say/VBD/parataxis>swam , swam=swim/VBD/conj>sank ashore/RB/advmod>swam ."
    )
    assert speeches(text) == [("Tom", "Ada", "said", False, False), ("swam ashore", "Ada", "said", False, False)]


def test_a_date_line_is_not_said():
    text = (
        "BERGEN/NNP/dep>sank – Gull/NNP/nsubj>sank sank=sink/VBD/ccomp>said , the guild/NN/nsubj>said "
        "said=say/VBD/root on Monday/NNP/obl>said ."
    )
    assert speeches(text) == [("Gull sank", "guild", "said", False, False)]


def test_the_contrast_with_another_speaker_is_not_said():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said while/IN/mark>claimed "
        "Bo/NNP/nsubj>claimed claimed=claim/VBD/advcl>leaked Tom/NNP/nsubj>slept slept=sleep/VBD/ccomp>claimed ."
    )
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("Gull leaked", "Ada"), ("Tom slept", "Bo")]


def test_whom_it_is_told_is_not_part_of_what_is_told():
    text = (
        "Ada/NNP/nsubj>told told=tell/VBD/root the crew/NN/dep>leaked the ship/NN/nsubj>leaked "
        "leaked=leak/VBD/ccomp>told ."
    )
    assert speeches(text) == [("the ship leaked", "Ada", "told", False, False)]


def test_a_question_is_not_a_claim():
    text = "Ada/NNP/nsubj>said said=say/VBD/root what/WP/obj>saw she/PRP/nsubj>saw saw=see/VBD/ccomp>said ."
    assert speeches(text) == []


def test_what_nobody_said_is_not_said():
    text = "Nobody/NN/nsubj>said said=say/VBD/root Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said ."
    assert speeches(text) == []


def test_what_somebody_declined_to_say_is_not_said():
    text = (
        "Ada/NNP/nsubj>declined declined=decline/VBD/root to/TO/mark>say say/VB/xcomp>declined that/IN/mark>leaked "
        "Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>say ."
    )
    assert speeches(text) == []


def test_a_motion_that_is_rejected_by_votes_denies_nothing():
    text = (
        "It/PRP/nsubj:pass>rejected was=be/VBD/aux:pass>rejected rejected=reject/VBN/root "
        "by votes/NNS/obl:agent>rejected , while/IN/mark>slept Tom/NNP/nsubj>slept slept=sleep/VBD/advcl>rejected ."
    )
    assert speeches(text) == []


def test_a_visa_that_is_denied_is_no_claim():
    text = "Norland/NNP/nsubj>denied denied=deny/VBD/root her/PRP/iobj>denied a visa/NN/obj>denied ."
    assert speeches(text) == []


def test_a_quotation_alone_goes_on_after_a_long_frame():
    text = (
        "“ We/PRP/nsubj>sail sail/VBP/ccomp>said , ” said=say/VBD/root Ada_Marsh/NNP/nsubj>said , a "
        "captain/NN/appos>Ada of the Rope+Guild/NNP/nmod>captain , which/WDT/nsubj>owns "
        "owns=own/VBZ/acl:relcl>Rope+Guild nine/CD/nummod>boats boats/NNS/obj>owns in the north/NN/obl>owns .\n"
        "“ It/PRP/nsubj>leaks leaks=leak/VBZ/root . ”"
    )
    assert speeches(text)[-1] == ("It leaks", "Ada", "said", True, False)


def test_a_quotation_alone_goes_on_after_reported_speech():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said .\n"
        "“ It/PRP/nsubj>leaks leaks=leak/VBZ/root . ”"
    )
    assert speeches(text)[-1] == ("It leaks", "Ada", "said", True, False)


def test_two_quotations_joined_by_and_have_one_speaker():
    text = (
        "Ada/NNP/nsubj>accused accused=accuse/VBD/root Tom/NNP/obj>accused of “ sloth/NN/obl>accused ” and "
        "“ theft/NN/conj>sloth ” ."
    )
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("sloth", "Ada"), ("theft", "Ada")]


def test_a_title_inside_a_report_is_no_speech():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root the ship/NN/nsubj>leaked “ Gannet/NNP/appos>ship ” "
        "leaked=leak/VBD/ccomp>said ."
    )
    assert [quoted for *_, quoted, _ in speeches(text)] == [False]


def test_whoever_acts_before_a_colon_speaks():
    text = "Ada/NNP/nsubj>rose rose=rise/VBD/root : “ We/PRP/nsubj>sail sail/VBP/parataxis>rose at noon/NN/obl>sail . ”"
    assert speeches(text) == [("We sail at noon", "Ada", "rose", True, False)]


def test_a_participle_after_a_comma_has_the_speaker_of_its_sentence():
    text = (
        "Ada/NNP/nsubj>affirmed affirmed=affirm/VBD/root her/PRP$/nmod:poss>will will/NN/obj>affirmed , "
        "writing=write/VBG/acl>will : “ We/PRP/nsubj>sail sail/VBP/ccomp>writing at noon/NN/obl>sail . ”"
    )
    assert speeches(text) == [("We sail at noon", "Ada", "writing", True, False)]


def test_another_persons_words_inside_a_quotation_are_theirs():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root : “ He/PRP/nsubj>told told=tell/VBD/ccomp>said me/PRP/iobj>told "
        "Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>told . ”"
    )
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [
        ("He told me Gull leaked", "Ada"),
        ("Gull leaked", "He"),
    ]


def test_what_a_quoted_speaker_says_of_himself_is_told_once():
    text = (
        "Ada/NNP/nsubj>said said=say/VBD/root : “ I/PRP/nsubj>believe believe/VBP/ccomp>said "
        "Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>believe . ”"
    )
    assert speeches(text) == [("I believe Gull leaked", "Ada", "said", True, False)]


def test_a_quotation_left_open_does_not_swallow_the_next():
    text = (
        "“ We/PRP/nsubj>sail sail/VBP/root at noon/NN/obl>sail with the tide/NN/obl>sail . ¶\n"
        "“ They/PRP/nsubj>stay stay/VBP/ccomp>said , ” Ada/NNP/nsubj>said said=say/VBD/root ."
    )
    assert ("They stay", "Ada", "said", True, False) in speeches(text)


def test_a_place_after_the_speakers_name_does_not_speak():
    text = (
        "Ada_Marsh/NNP/dep>said of Port/NNP/nmod>Ada said=say/VBD/root , “ We/PRP/nsubj>sail sail/VBP/ccomp>said "
        "at noon/NN/obl>sail . ”"
    )
    assert speeches(text) == [("We sail at noon", "Ada", "said", True, False)]


def test_what_one_is_told_to_do_is_no_claim():
    text = "Ada/NNP/nsubj>told told=tell/VBD/root Tom/NNP/obj>told to/TO/mark>leave leave/VB/ccomp>told ."
    assert speeches(text) == []


def test_a_quotation_after_a_colon_and_before_its_frame_is_said_alone():
    text = (
        "Tom/NNP/nsubj>sank sank=sink/VBD/root : “ We/PRP/nsubj>sail sail/VBP/parataxis>sank at noon/NN/obl>sail ” , "
        "Ada/NNP/nsubj>wrote wrote=write/VBD/parataxis>sank ."
    )
    assert [words for words, *_ in speeches(text)] == ["We sail at noon"]


def test_what_one_is_asked_is_not_said():
    text = (
        "Does=do/VBZ/aux>say Ada/NNP/nsubj>say say/VB/root that/IN/mark>leaked Gull/NNP/nsubj>leaked "
        "leaked=leak/VBD/ccomp>say ?"
    )
    assert speeches(text) == []


def test_a_reason_to_say_something_is_not_a_saying():
    text = (
        "Ada/NNP/nsubj>had had=have/VBD/root reason/NN/obj>had to/TO/mark>say say/VB/acl>reason that/IN/mark>leaked "
        "Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>say ."
    )
    assert speeches(text) == []


def test_a_verb_that_does_not_say_frames_a_quotation_before_a_person():
    text = QUOTED.format("ccomp>grinned") + " grinned=grin/VBD/root Ada/NNP/nsubj>grinned/PERSON ."
    assert speeches(text) == [("We sail at noon", "Ada", "grinned", True, False)]


def test_a_verb_after_a_title_is_no_frame():
    text = "“ The+Long+Day/NNP/nsubj>won , ” won=win/VBD/root Ada/NNP/obj>won/PERSON a prize/NN/obj>won ."
    assert speeches(text) == []


def test_a_frame_with_its_own_content_is_not_that_of_the_question_before_it():
    text = (
        "“ Who/WP/nsubj>sails sails=sail/VBZ/ccomp>replied at noon/NN/obl>sails ? ” Ada/NNP/nsubj>replied "
        "replied=reply/VBD/root that/IN/mark>slept Tom/NNP/nsubj>slept slept=sleep/VBD/ccomp>replied ."
    )
    assert ("Who sails at noon ?", "Ada", "replied", True, False) not in speeches(text)
    assert all(speaker is None for *_, speaker, _, quoted, _ in speeches(text) if quoted)


def test_a_frame_before_a_colon_brings_the_next_quotation():
    text = (
        "“ Who/WP/nsubj>sails sails=sail/VBZ/ccomp>said at noon/NN/obl>sails with us/PRP/obl>sails ? ” "
        "Ada/NNP/nsubj>said said=say/VBD/root : “ Tom/NNP/nsubj>sails#2 sails=sail/VBZ/ccomp>said . ”"
    )
    found = [(words.split()[0], speaker) for words, speaker, *_ in speeches(text)]
    assert found == [("Who", None), ("Tom", "Ada")]


def test_a_quotation_split_by_its_frame_and_a_semicolon_is_of_one_speaker():
    text = (
        QUOTED.format("ccomp>said") + " said=say/VBD/root Ada/NNP/nsubj>said ; "
        "“ the wind/NN/nsubj>turned turned=turn/VBD/parataxis>said to the north/NN/obl>turned . ”"
    )
    assert [speaker for _, speaker, *_ in speeches(text)] == ["Ada", "Ada"]


PARAGRAPHS = (
    "“ The wind/NN/nsubj>turned turned=turn/VBD/root to the north/NN/obl>turned . ¶\n"
    "“ We/PRP/nsubj>sail sail/VBP/root at noon/NN/obl>sail . ¶\n"
)


def test_paragraphs_that_each_open_a_mark_are_one_speech():
    text = PARAGRAPHS + "“ They/PRP/nsubj>stay stay/VBP/ccomp>said , ” Ada/NNP/nsubj>said said=say/VBD/root ."
    assert [(speaker, cue) for _, speaker, cue, *_ in speeches(text)] == [("Ada", "said")] * 3


def test_paragraphs_after_a_cue_are_one_speech():
    text = "Ada/NNP/nsubj>said said=say/VBD/root : ¶\n" + PARAGRAPHS + "“ They/PRP/nsubj>stay stay/VBP/root . ”"
    assert [speaker for _, speaker, *_ in speeches(text)] == ["Ada"] * 3


def test_the_author_of_a_statement_speaks():
    text = (
        "A statement/NN/nsubj>said by Ada/NNP/nmod>statement said=say/VBD/root that/IN/mark>leaked "
        "Gull/NNP/nsubj>leaked leaked=leak/VBD/ccomp>said ."
    )
    assert speeches(text) == [("that Gull leaked", "Ada", "said", False, False)]


def test_the_owner_of_a_warning_says_what_it_is_about():
    text = (
        "Ada/NNP/nmod:poss>warning 's warning/NN/nsubj>spread that/IN/mark>leaks Gull/NNP/nsubj>leaks "
        "leaks=leak/VBZ/acl>warning spread=spread/VBD/root ."
    )
    assert speeches(text) == [("Gull leaks", "Ada", "warning", False, False)]


def test_the_owner_of_a_denial_denies():
    text = (
        "Ada/NNP/nmod:poss>denial 's denial/NN/nsubj>spread that/IN/mark>leaks Gull/NNP/nsubj>leaks "
        "leaks=leak/VBZ/acl>denial spread=spread/VBD/root ."
    )
    assert speeches(text) == [("Gull leaks", "Ada", "denial", False, True)]


def test_in_the_words_of_names_a_source():
    text = (
        "In/IN/case>words the words/NNS/obl>leaks of Ada/NNP/nmod>words , the ship/NN/nsubj>leaks leaks=leak/VBZ/root ."
    )
    assert [(words, speaker, cue) for words, speaker, cue, *_ in speeches(text)] == [("the ship leaks", "Ada", "words")]


def test_a_name_before_a_colon_speaks():
    text = "Ada_Marsh/NNP/root/PERSON : “ We/PRP/nsubj>sail sail/VBP/parataxis>Ada_Marsh at noon/NN/obl>sail ”"
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("We sail at noon", "Ada")]


def test_a_frame_after_the_comma_after_the_mark_is_that_of_the_quotation():
    text = "“ We/PRP/nsubj>sail sail/VBP/ccomp>says at noon/NN/obl>sail ” , says=say/VBZ/root Ada/NNP/nsubj>says"
    assert [(words, speaker) for words, speaker, *_ in speeches(text)] == [("We sail at noon", "Ada")]


def test_what_was_said_by_a_source_is_not_gone_on_with():
    text = (
        "Gull/NNP/nsubj>leaks leaks=leak/VBZ/root , according/VBG/case>Ada to/IN/fixed>according Ada/NNP/obl>leaks .\n"
        "“ It/PRP/nsubj>sank sank=sink/VBD/root off the north/NN/obl>sank . ”"
    )
    assert [speaker for _, speaker, _, quoted, _ in speeches(text) if quoted] in ([], [None])


# -- marks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We sail,' she said.", ["We sail,"]),
        ("‘We sail,’ she said. ‘It’s late.’", ["We sail,", "It’s late."]),
        ("The workers' rights of the '90s don't matter.", []),
        ("The workers’ rights of the ‘90s don’t matter.", []),
        ("'The workers' rights matter,' she said.", ["The workers' rights matter,"]),
        ("‘The workers’ rights matter,’ she said.", ["The workers’ rights matter,"]),
        ("Rock 'n' roll, 'tis said.", []),
        ("«We sail», she said.", ["We sail"]),
        ("„We sail“, she said.", ["We sail"]),
        ("\"He told me 'we sail' then,\" she said.", ["He told me 'we sail' then,", "we sail"]),
        ("'He told me \"we sail\" then,' she said.", ['He told me "we sail" then,', "we sail"]),
        ("“He told me ‘we sail’ then,” she said.", ["He told me ‘we sail’ then,", "we sail"]),
        ("“We sail.\n\n“We stay.”", ["We sail.", "We stay."]),
        ("‘We sail.\n\n‘We stay.’", ["We sail.", "We stay."]),
        ("“We sail.\n\nWe stay.”", ["We sail."]),
        ("We sail.” They stay.", []),
    ],
)
def test_marks_pair_and_apostrophes_do_not(text, expected):
    view = Syntax(BLANK(text))
    assert [view.doc[quote.start : quote.end].text for quote in find_quotes(view)] == expected


def test_words_quoted_inside_a_quotation_are_of_whom_it_names():
    text = (
        (
            "“ He/PRP/nsubj>said#1 said=say/VBD/ccomp>said#2 : " + "« We/PRP/nsubj>sail sail/VBP/ccomp>said#1 » . ” "
            "Ada/NNP/nsubj>said#2 said=say/VBD/root ."
        )
        .replace("«", "«/``/punct>sail")
        .replace("»", "»/''/punct>sail")
    )
    assert ("We sail", "He", "said", True, False) in speeches(text)


# -- how it was found, and guesses -----------------------------------------------------------------------------------


def reasons(text):
    """Return the speaker of each quotation and how he was found, guesses among them."""
    view = syntax(text)
    found = find_speech(view, guess=True)
    return [(view.doc[s.speaker].text if s.speaker is not None else None, s.found_by) for s in found if s.quoted]


def test_a_speech_tells_how_its_speaker_was_found():
    text = (
        QUOTED.format("ccomp>said") + " Ada/NNP/nsubj>said said=say/VBD/root .\n"
        "“ The wind/NN/nsubj>turned has=have/VBZ/aux>turned turned=turn/VBN/root to the north/NN/obl>turned . ”"
    )
    assert reasons(text) == [("Ada", FoundBy.CUE), ("Ada", FoundBy.CONTINUED)]


ACTED = (
    "Ada/NNP/nsubj>rose/PERSON rose=rise/VBD/root .\n"
    "“ The wind/NN/nsubj>turned turned=turn/VBD/root to the north/NN/obl>turned . ”"
)


def test_who_acts_beside_a_quotation_is_only_a_guess():
    assert reasons(ACTED) == [("Ada", FoundBy.ACTOR)]
    assert [speaker for _, speaker, *_ in speeches(ACTED)] == [None]


DIALOGUE = "".join(
    f"“ The {word}/NN/nsubj>turned turned=turn/VBD/{relation} to the north/NN/obl>turned {end}\n"
    for word, relation, end in (
        ("wind", "ccomp>asked", "? ” asked=ask/VBD/root Ada/NNP/nsubj>asked/PERSON . ¶"),
        ("tide", "ccomp>said", ", ” said=say/VBD/root Tom/NNP/nsubj>said/PERSON . ¶"),
        ("ship", "root", "? ” ¶"),
        ("crew", "root", "! ”"),
    )
)


def test_the_turns_of_a_dialogue_are_guesses():
    assert [reason for _, reason in reasons(DIALOGUE)][:2] == [FoundBy.CUE, FoundBy.CUE]
    assert all(reason in (*GUESSES, FoundBy.CONTINUED) for _, reason in reasons(DIALOGUE)[2:])


def test_whom_a_quotation_calls_by_name_does_not_say_it():
    text = (
        QUOTED.format("ccomp>said") + " Ada/NNP/nsubj>said/PERSON said=say/VBD/root .\n"
        "“ We/PRP/nsubj>stay , Ada/NNP/vocative>stay , stay/VBP/root at home/NN/obl>stay . ”"
    )
    assert [speaker for _, speaker, *_ in speeches(text)] == ["Ada", None]


# -- bad input -----------------------------------------------------------------------------------------------------


class Counted(list):
    """A list that counts how often it is looked into."""

    looks = 0

    def __getitem__(self, place):
        Counted.looks += 1
        return super().__getitem__(place)


def looks_into(words, times):
    """Count the looks at the words, the tags and the lemmas of a text that repeats some words."""
    words = words * times
    count = len(words)
    said = [word == "said" for word in words]
    doc = Doc(
        BLANK.vocab,
        words=words,
        tags=["VBD" if verb else "NNP" for verb in said],
        pos=["VERB" if verb else "PROPN" for verb in said],
        lemmas=["say" if verb else word for verb, word in zip(said, words, strict=True)],
        heads=list(range(count)),
        deps=["ROOT"] * count,
        sent_starts=[i % 20 == 0 for i in range(count)],
    )
    view = Syntax(doc)
    view.lower, view.tag, view.pos, view.lemma = (Counted(row) for row in (view.lower, view.tag, view.pos, view.lemma))
    Counted.looks = 0
    find_speech(view, guess=True)
    return Counted.looks


@pytest.mark.parametrize(
    "words",
    [['"'], ["“"], ["”"], ["‘"], ["'"], ['"', "Ada"], ["“", "‘"], ["Ada", "said"], ['"', "Ada", '"', "said"], ["Ada"]],
)
def test_work_grows_no_faster_than_the_text(words):
    assert looks_into(words, 3200) <= 4.5 * looks_into(words, 800)
