"""The reading of the training sets; nothing here needs what training needs."""

from pathlib import Path
from random import Random

from kg.language.training.augment import vary_window
from kg.language.training.corpora import (
    ANY_NAME,
    NO_KNOWN_NAME,
    NO_NAME,
    read_conllu,
    read_crossner,
    read_gum,
    read_uner,
    read_wikigold,
)


def row(number: int, form: str, part: str, head: int, label: str, misc: str = "_") -> str:
    return "\t".join([str(number), form, form.lower(), part, "XX", "_", str(head), label, "_", misc])


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def test_spaces_heads_and_paragraphs_of_a_treebank_are_read(tmp_path):
    path = write(
        tmp_path / "t.conllu",
        "# newdoc id = d1",
        "# sent_id = d1-1",
        "# newpar",
        "1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        row(1, "did", "AUX", 3, "aux"),
        row(2, "n't", "PART", 3, "advmod"),
        row(3, "go", "VERB", 0, "root"),
        row(4, ".", "PUNCT", 3, "punct", "SpaceAfter=No"),
        "",
        "# sent_id = d1-2",
        row(1, "Yes", "INTJ", 0, "root"),
    )
    (document,) = read_conllu(path)
    first, second = document
    assert first.words == ("did", "n't", "go", ".")
    assert first.spaces == (False, False, True, False)
    assert first.tree is not None
    assert first.tree.heads == (2, 2, 2, 2)
    assert (first.starts_paragraph, second.starts_paragraph) == (True, False)


def test_names_of_a_set_without_misc_leave_the_rest_open(tmp_path):
    path = write(
        tmp_path / "n.iob2",
        "# sent_id = s1",
        "1\tAda\tB-PER\t-\t-",
        "2\tspoke\tO\t-\t-",
        "3\tWelsh\tB-OTH\t-\t-",
        "4\t.\tB-O\t-\t-",
    )
    words, tags = read_uner(path)["s1"]
    assert words == ("Ada", "spoke", "Welsh", ".")
    assert tags == (frozenset({"B-PERSON"}), NO_KNOWN_NAME, NO_KNOWN_NAME, NO_KNOWN_NAME)


def test_inside_tags_get_their_beginnings(tmp_path):
    blocks = []
    for number in range(10):
        blocks += ["-DOCSTART- O", "", "The I-ORG", "Post I-ORG", f"no{number} O", "Rome I-LOC", ""]
    write(tmp_path / "CONLL-format/data/wikigold.conll.txt", *blocks)
    held = read_wikigold(tmp_path, held_out=True)
    assert [document[0].words[2] for document in held] == ["no9"]
    assert held[0][0].names == tuple(frozenset({tag}) for tag in ("B-ORG", "I-ORG", "O", "B-LOC"))
    assert len(read_wikigold(tmp_path, held_out=False)) == 9


def test_fine_types_are_joined(tmp_path):
    path = write(tmp_path / "c.txt", "Ann\tB-politician", "won\tO", "Vote\tB-election", "'97\tI-election")
    ((sentence,),) = read_crossner(path)
    assert sentence.names == (frozenset({"B-PERSON"}), NO_NAME, frozenset({"B-MISC"}), frozenset({"I-MISC"}))


def test_names_are_cut_out_of_entities(tmp_path):
    write(tmp_path / "splits.json", '{"dev": ["GUM_news_b"]}')
    write(
        tmp_path / "dep/GUM_news_a.conllu",
        "# newdoc id = GUM_news_a",
        "# sent_id = GUM_news_a-1",
        row(1, "President", "PROPN", 2, "nmod:desc", "Entity=(1-person-new-cf1-x-1,2,3-coref-Ada_Quill"),
        row(2, "Ada", "PROPN", 4, "nsubj"),
        row(3, "Quill", "PROPN", 2, "flat", "Entity=1)"),
        row(4, "left", "VERB", 0, "root"),
        row(5, "the", "DET", 6, "det", "Entity=(2-place-new-cf1-x-2-coref"),
        row(6, "town", "NOUN", 4, "obj", "Entity=2)"),
        row(7, "on", "ADP", 8, "case"),
        row(8, "Monday", "PROPN", 4, "obl", "Entity=(3-time-new-cf1-x-1-coref)"),
        row(9, "for", "ADP", 10, "case"),
        row(10, "Zed", "PROPN", 4, "obl"),
    )
    write(tmp_path / "dep/GUM_news_b.conllu", "# newdoc id = GUM_news_b", row(1, "Ok", "INTJ", 0, "root"))
    parts = read_gum(tmp_path)
    ((sentence,),) = parts["train"]
    assert sentence.names == (
        NO_NAME,
        frozenset({"B-PERSON"}),
        frozenset({"I-PERSON"}),
        *[NO_NAME] * 6,
        ANY_NAME,
    )
    assert [document[0].words for document in parts["dev"]] == [("Ok",)]


def test_varied_sentences_keep_one_entry_a_word(tmp_path):
    path = write(
        tmp_path / "t.conllu",
        row(1, "Ada", "PROPN", 2, "nsubj"),
        row(2, "spoke", "VERB", 0, "root"),
        row(3, '"', "PUNCT", 2, "punct"),
        row(4, ".", "PUNCT", 2, "punct"),
    )
    (document,) = read_conllu(path)
    seen = set()
    for seed in range(400):
        (varied,) = vary_window(document, Random(seed))
        assert varied.tree is not None
        assert len(varied.words) == len(varied.tree.heads) == len(varied.tree.tags)
        assert varied.spaces is None or len(varied.spaces) == len(varied.words)
        seen.add(varied.words)
    assert ("ada", "spoke", '"', ".") in seen
    assert ("ADA", "SPOKE", '"', ".") in seen
    assert ("Ada", "spoke", '"') in seen
