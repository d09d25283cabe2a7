"""The shipped English pipeline, as it is loaded and on text of every kind."""

import random
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.language
from kg.errors import PipelineError
from kg.language.components import CUTS
from kg.language.layout import is_hard_wrapped
from kg.language.lemmas import Lemmatizer, apply_rule, make_rule
from kg.language.names import NameTags
from kg.language.shapes import find_shape
from kg.language.tokenizer import LONGEST_CHUNK
from kg.language.tree import find_heads, is_tree

TEXT = (
    "Mary Okafor, who chairs the Harbour Board, told reporters in Lisbon that the ferries wouldn't sail. "
    "“We have asked twice,” she said. Two ministers resigned on Monday.\n\nThe board meets again in May."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.language.load_pipeline()


def describe(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (
            token.text,
            token.tag_,
            token.pos_,
            str(token.morph),
            token.lemma_,
            token.dep_,
            token.head.i,
            bool(token.is_sent_start),
            token.ent_iob_,
            token.ent_type_,
        )
        for token in doc
    ]


def assert_well_formed(doc: Doc) -> None:
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head == token]
        assert len(roots) == 1
        assert roots[0].dep_ == "ROOT"
        assert all(token.head in sentence for token in sentence)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)
    assert all(token.tag_ and token.lemma_ and token.pos_ for token in doc)


def test_the_shipped_pipeline_says_what_it_is(nlp):
    assert nlp.meta["name"] == kg.language.PIPELINE_NAME
    assert nlp.meta["version"] == kg.language.PIPELINE_VERSION
    assert nlp.meta["label_scheme"] == "UD"
    assert nlp.pipe_names == ["kg_reader"]


def test_a_plain_text_gets_sentences_tags_lemmas_a_tree_and_names(nlp):
    doc = nlp(TEXT)
    assert_well_formed(doc)
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Mary Okafor, who chairs the Harbour Board, told reporters in Lisbon that the ferries wouldn't sail.",
        "“We have asked twice,” she said.",
        "Two ministers resigned on Monday.",
        "The board meets again in May.",
    ]
    by_text = {token.text: token for token in doc}
    assert by_text["told"].dep_ == "ROOT"
    assert by_text["told"].lemma_ == "tell"
    assert by_text["told"].tag_ == "VBD"
    assert by_text["ferries"].lemma_ == "ferry"
    assert "Number=Plur" in str(by_text["ferries"].morph)
    assert by_text["Mary"].dep_ == "nsubj"
    assert by_text["Mary"].head.text == "told"
    assert by_text["chairs"].dep_ == "acl:relcl"
    assert ("Mary Okafor", "PERSON") in [(name.text, name.label_) for name in doc.ents]
    assert ("Lisbon", "LOC") in [(name.text, name.label_) for name in doc.ents]


def test_every_token_has_a_vector_and_the_vector_depends_on_the_sentence(nlp):
    doc = nlp("The bank lent money. The bank of the river is steep.")
    assert doc.tensor.shape == (len(doc), 384)
    assert doc.tensor.dtype == np.float32
    banks = [token.i for token in doc if token.text == "bank"]
    assert not np.allclose(doc.tensor[banks[0]], doc.tensor[banks[1]])


def test_vectors_can_be_left_out():
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_reader", config={"keep_vectors": False})
    assert nlp("One word more.").tensor.size == 0


def test_the_same_text_is_read_the_same_whatever_is_read_beside_it(nlp):
    others = ["A word.", "LONDON, 3 May — rain", "x " * 400, "Another text, and one that is a little longer."]
    alone = describe(nlp(TEXT))
    vectors = nlp(TEXT).tensor
    for size in (1, 2, 5):
        docs = list(nlp.pipe([*others, TEXT, *others[::-1]], batch_size=size))
        assert describe(docs[len(others)]) == alone
        assert np.array_equal(docs[len(others)].tensor, vectors)


def test_a_pipeline_written_to_disk_reads_as_before(nlp, tmp_path: Path):
    nlp.to_disk(tmp_path)
    again = kg.language.load_pipeline(str(tmp_path))
    assert describe(again(TEXT)) == describe(nlp(TEXT))
    copy = kg.language.load_pipeline().from_bytes(nlp.to_bytes())
    assert describe(copy(TEXT)) == describe(nlp(TEXT))


def test_sentences_that_a_doc_has_already_are_kept(nlp):
    words = ["we", "came", "they", "left", "it", "rained"]
    doc = Doc(nlp.vocab, words=words, sent_starts=[True, False, True, False, True, False])
    doc = nlp.get_pipe("kg_reader")(doc)
    assert [sentence.text for sentence in doc.sents] == ["we came", "they left", "it rained"]
    assert_well_formed(doc)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n \t\n", "word", "?", "🙂", "🙂🙂 👩‍👩‍👧 ok", "a\x00b \x07\x1b[0m c", "\u200b\ufeff", "ﷺ 汉字"],
)
def test_odd_texts_are_read(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert_well_formed(doc)


def test_white_space_hangs_on_the_word_before_it(nlp):
    doc = nlp("One line\n\nand  another ")
    spaces = [token for token in doc if token.is_space]
    assert len(spaces) == 2
    assert all((token.tag_, token.pos_, token.head.i) == ("_SP", "SPACE", token.i - 1) for token in spaces)


def test_a_text_without_a_sentence_end_is_cut_and_says_so(nlp):
    chooser = random.Random(7)
    words = [chooser.choice(["and", "river", "under", "stone", "walked", "seven"]) for _ in range(3000)]
    doc = nlp.get_pipe("kg_reader")(Doc(nlp.vocab, words=words, sent_starts=[True] + [False] * 2999))
    assert_well_formed(doc)
    assert doc.user_data[CUTS] >= 5


def test_work_grows_with_the_text_and_not_faster(nlp):
    component = nlp.get_pipe("kg_reader")
    counts = []
    read = component.encoder.read
    for size in (1_000, 4_000):
        calls = []
        component.encoder.read = lambda *given, calls=calls: calls.append(len(given[0])) or read(*given)
        component(Doc(nlp.vocab, words=["go"] * size, sent_starts=[True] + [False] * (size - 1)))
        counts.append(sum(calls))
    del component.encoder.read
    assert counts[1] < 4.5 * counts[0]


@pytest.mark.parametrize("text", ['"' * 10_000, "a" * 20_000, "x" * 150 + " " + "Ünïcödé-" * 2_000, "(..) […] " * 300])
def test_walls_of_marks_and_endless_words_are_read(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert_well_formed(doc)


def test_the_tokenizer_cuts_only_what_has_no_white_space(nlp):
    wall = "ab" * 400
    texts = ["Mr. O'Neill isn't here.", f"Before {wall} after.", f" {wall}  {wall}\n", "don't " + "-" * 700]
    for text in texts:
        doc = nlp.make_doc(text)
        assert doc.text == text
        assert max(len(token) for token in doc) <= LONGEST_CHUNK
    assert [token.text for token in nlp.make_doc(f"It isn't {wall} now.")][:3] == ["It", "is", "n't"]


def test_a_line_break_ends_a_sentence_but_not_in_hard_wrapped_text(nlp):
    assert len(list(nlp("Council backs new bridge\nWork starts in June.").sents)) == 2
    wrapped = (
        "The council said on Tuesday that it would build the new bridge over the\n"
        "river before the end of the year, after a vote in which nobody opposed the\n"
        "plan and in which the mayor, who had fought it for a decade, was absent on\n"
        "account of a cold.\n"
    )
    assert is_hard_wrapped(wrapped)
    assert not is_hard_wrapped("Short line\nAnother\nA third one\nAnd more\n")
    doc = nlp(wrapped)
    assert [sentence.text.strip()[-7:] for sentence in doc.sents] == ["a cold."]


def test_a_pipeline_that_is_not_there_is_named_with_what_to_do():
    with pytest.raises(PipelineError, match=r"'no_such_pipeline_xx'.*pip install no_such_pipeline_xx"):
        kg.language.load_pipeline("no_such_pipeline_xx")


def test_a_model_folder_without_its_files_is_named(nlp, tmp_path: Path):
    with pytest.raises(PipelineError, match=r"lacks reader\.onnx"):
        nlp.get_pipe("kg_reader").from_disk(tmp_path)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("ferries", "ferry"), ("Was", "be"), ("Lisbon", "Lisbon"), ("WENT", "go"), ("unhappier", "happy"), ("a|b", "a|b")],
)
def test_a_lemma_rule_makes_the_lemma_it_was_made_of(form, lemma):
    assert apply_rule(form, make_rule(form, lemma)) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("Ferries", "NNS", "ferry"),
        ("voted", "VBD", "vote"),
        ("didn’t", "VBD", "do"),
        ("Haifa", "NNP", "Haifa"),
        ("3,450", "CD", "3450"),
        ("…", ":", "…"),
        ("Gerrymander", "VB", "gerrymander"),
        ("zigs", "NNS", "zig"),
    ],
)
def test_lemmas_are_known_or_known_words_or_what_the_likeliest_rule_makes(form, tag, lemma):
    rules = [
        make_rule("as", "a"),
        make_rule("stopped", "stop"),
        make_rule("voted", "vote"),
        make_rule("ferries", "ferry"),
    ]
    lemmatizer = Lemmatizer({"VBD": {"didn't": "do"}, "VB": {"vote": "vote"}}, {"ferry"}.__contains__)
    assert lemmatizer.find(form, tag, rules if tag != "NNP" else ["k|0||0|"]) == lemma


def test_a_lemma_rule_that_does_not_fit_leaves_the_form_in_lower_case():
    assert apply_rule("Is", make_rule("stopped", "stop")) == "is"


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("word", "lower"),
        ("Word", "title"),
        ("NATO", "upper"),
        ("J", "initial"),
        ("McLeod", "mixed"),
        ("O'Neill", "capital inside"),
        ("al-Masri", "lower-first mixed"),
        ("1999", "number"),
        ("1,000.5", "number with marks"),
        ("19th", "letters and digits"),
        ("U.S.", "abbreviation"),
        ("“", "mark"),
        ("€", "symbol"),
        ("汉字", "uncased letters"),
    ],
)
def test_shapes_of_words(word, shape):
    assert find_shape(word) == shape


def test_names_are_read_from_the_best_row_of_tags_that_makes_sense():
    tags = NameTags.from_tags(("O", "B-ORG", "I-ORG", "B-LOC", "I-LOC"))
    scores = np.array([[0, 2, 0, 1, 0], [0, 0, 1, 0, 3], [5, 0, 0, 0, 0]], dtype=np.float32)
    assert list(tags.find_names(scores)) == [(0, 2, "LOC")]


def best_by_trying_all(scores: np.ndarray) -> float:
    size = len(scores)
    best = -np.inf
    for number in range(size**size):
        heads = np.array([number // size**place % size for place in range(size)])
        if is_tree(heads):
            best = max(best, float(scores[np.arange(size), heads].sum()))
    return best


def test_heads_make_the_best_tree_with_one_root():
    generator = np.random.default_rng(3)
    for size in (1, 2, 3, 4, 5):
        for _ in range(20):
            scores = generator.normal(size=(size, size))
            heads = find_heads(scores)
            assert is_tree(heads)
            assert scores[np.arange(size), heads].sum() == pytest.approx(best_by_trying_all(scores))


def test_heads_of_a_long_sentence_full_of_cycles_make_a_tree():
    scores = np.random.default_rng(5).normal(size=(400, 400))
    assert is_tree(find_heads(scores))
