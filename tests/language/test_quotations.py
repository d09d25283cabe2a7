"""Who says what: the words, the speaker and the cue of direct and of reported speech."""

from kg.language.quotations import find_speech

from .docs import CLEAR, UD
from .ships import syntax


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
