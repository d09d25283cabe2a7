"""A reading: what is kept of an article, where it stands, and in which order."""

from language.docs import make_doc
from language.ships import SEA, found, read, ships

from kg.extract.reading import read_doc
from kg.model import Article, MentionKind, Ref

TEXT = "\n".join(
    (
        "Ms/NNP/compound>Ada Ada_Marsh/NNP/nsubj>slept/PERSON , the captain/NN/appos>Ada_Marsh "
        "of MV_Gull/NNP/nmod>captain , slept=sleep/VBD/root .",
        "“ She/PRP/nsubj>leads leads=lead/VBZ/ccomp>said the Rope+Guild/NNP/obj>leads/ORG in Norland/NNP/obl>leads , ” "
        "said=say/VBD/root Bram/NNP/nsubj>said/PERSON . ¶",
        "Oslo/NNP/nsubj>slept/GPE slept=sleep/VBD/root .",
    )
)


def words(reading, span):
    return reading.article.text[span.start : span.end]


def test_the_evidence_covers_the_subject_the_frame_s_word_and_the_object():
    reading = read(TEXT)
    said = {line: words(reading, s.evidence) for line, s in found(reading).items()}
    assert said["Ada Marsh commands MV Gull"] == "Ms Ada Marsh, the captain of MV Gull"
    assert said["Ada Marsh leads Rope Guild"] == "She leads the Rope Guild"


def test_every_span_of_a_statement_lies_in_its_evidence():
    reading = read(TEXT)
    assert reading.statements
    for statement in reading.statements:
        for span in filter(None, (statement.subject_span, statement.object_span)):
            assert statement.evidence.start <= span.start < span.end <= statement.evidence.end


def test_subject_and_object_spans_are_their_mentions():
    reading = read(TEXT)
    statement = found(reading)["Ada Marsh leads Rope Guild"]
    assert (words(reading, statement.subject_span), words(reading, statement.object_span)) == ("She", "Rope Guild")


def test_a_bridge_is_evidenced_up_to_the_name_after_it():
    reading = read(
        "Ada/NNP/nsubj>slept/PERSON in her/PRP$/nmod:poss>harbour harbour/NN/obl>slept slept=sleep/VBD/root .\n"
        "Cleo/NNP/nsubj>slept/PERSON , the pilot/NN/appos>Cleo for Port_Ellery/NNP/nmod>pilot/GPE , "
        "slept=sleep/VBD/root ."
    )
    statement = found(reading)["Ada pilots Port Ellery"]
    assert words(reading, statement.evidence).endswith("Port Ellery")


def test_mentions_repeat_the_words_of_their_spans_in_text_order():
    reading = read(TEXT)
    assert all(mention.text == words(reading, mention.span) for mention in reading.mentions)
    assert [mention.span for mention in reading.mentions] == sorted(mention.span for mention in reading.mentions)
    kinds = {mention.text: mention.kind for mention in reading.mentions}
    assert kinds["Ms Ada Marsh"] is MentionKind.NAME
    assert kinds["the captain"] is MentionKind.NOMINAL
    assert kinds["She"] is MentionKind.PRONOUN


def test_referents_are_numbered_in_order_of_first_mention():
    reading = read(TEXT)
    assert [(referent.id, referent.label) for referent in reading.referents] == [
        ("r1", "Ada Marsh"),
        ("r2", "MV Gull"),
        ("r3", "Rope Guild"),
        ("r4", "Norland"),
        ("r5", "Bram"),
        ("r6", "Oslo"),
    ]


def test_a_known_individual_is_told_by_its_iri():
    known = {referent.label: referent.known for referent in read(TEXT).referents}
    assert (known["Norland"], known["Oslo"]) == (SEA + "Norland", None)


def test_every_id_is_that_of_a_referent():
    reading = read(TEXT)
    ids = {referent.id for referent in reading.referents}
    used = {mention.referent for mention in reading.mentions} | {statement.subject for statement in reading.statements}
    used |= {statement.object.id for statement in reading.statements if isinstance(statement.object, Ref)}
    used |= {statement.speaker for statement in reading.statements} - {None}
    used |= {one for attribution in reading.attributions for one in attribution.about}
    assert used <= ids


def test_statements_are_sorted_by_their_evidence_and_none_is_twice():
    statements = read(TEXT).statements
    assert [s.evidence for s in statements] == sorted(s.evidence for s in statements)
    assert len(set(statements)) == len(statements)


def test_an_attribution_names_speaker_cue_and_content():
    reading = read(TEXT)
    labels = {referent.id: referent.label for referent in reading.referents}
    (attribution,) = reading.attributions
    assert labels[attribution.speaker] == "Bram"
    assert (words(reading, attribution.source), words(reading, attribution.cue)) == ("Bram", "said")
    assert words(reading, attribution.content) == "She leads the Rope Guild in Norland,"
    assert [labels[one] for one in attribution.about] == ["Ada Marsh", "Rope Guild", "Norland"]
    assert attribution.quoted


def test_a_class_that_only_the_tagger_gives_is_no_statement_but_one_of_a_pattern_is():
    reading = read(TEXT)
    assert {line for line in found(reading) if " is " in line} == {
        "Ada Marsh is Sailor",
        "Rope Guild is Guild",
        "Norland is Land",
    }


def test_a_rule_names_the_frame_and_the_construction():
    assert found(read(TEXT))["Ada Marsh commands MV Gull"].rule == "ex:commands RelationalNoun captain (apposition)"


def test_one_doc_gives_the_same_reading_again():
    doc = make_doc(TEXT)
    article = Article("a", doc.text)
    assert (
        read_doc(doc, article, ships()) == read_doc(doc, article, ships()) == read_doc(make_doc(TEXT), article, ships())
    )


def test_a_sentence_reads_the_same_whatever_stands_after_its_paragraph():
    first = "Ada_Marsh/NNP/nsubj>commands/PERSON commands=command/VBZ/root MV_Gull/NNP/obj>commands . ¶"
    alone, followed = read(first), read(first + "\nOslo/NNP/nsubj>slept/GPE slept=sleep/VBD/root .")
    assert alone.statements == followed.statements


def test_a_text_of_nothing_says_nothing():
    reading = read("Rain/NN/root")
    assert (reading.referents, reading.mentions, reading.statements, reading.attributions) == ((), (), (), ())
