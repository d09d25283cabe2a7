"""Texts in other languages are set aside by name; English ones never are."""

import pytest

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read import read_articles
from kg.read.english import LEAST_LETTERS, check_english, find_other_language

FRENCH = (
    "Le maire a démissionné lundi après que le conseil municipal a lu un rapport sur le coût du nouveau pont. Il a "
    "déclaré qu'il ne savait rien et qu'il voulait maintenant s'occuper de sa famille. Son successeur sera élu en mai. "
) * 2
GERMAN = (
    "Der Bürgermeister ist am Montag zurückgetreten, nachdem der Stadtrat einen Bericht über die Kosten der neuen "
    "Brücke gelesen hatte. Er sagte, er habe nichts gewusst und wolle sich um seine Familie kümmern. "
) * 2
SWAHILI = (
    "Meya wa mji alijiuzulu siku ya Jumatatu baada ya baraza la mji kusoma ripoti kuhusu gharama ya daraja jipya. "
    "Alisema hakujua chochote na kwamba sasa anataka kuwa na familia yake. Uchaguzi utafanyika mwezi wa Mei. "
) * 2
CHINESE = "市长在市议会读了一份关于新桥费用的报告后于星期一辞职。他说他什么都不知道，现在想照顾他的家人。" * 5


@pytest.mark.parametrize(
    ("text", "language"), [(FRENCH, "French"), (GERMAN, "German"), (SWAHILI, "Swahili"), (CHINESE, "Chinese")]
)
def test_another_language_is_named(text, language):
    assert find_other_language(text) == language
    with pytest.raises(SourceError, match=f"is in {language}, and only English is read; leave it out"):
        check_english(text)


@pytest.mark.parametrize("text", [FRENCH, GERMAN])
def test_a_short_text_is_never_set_aside(text):
    assert find_other_language(text[:LEAST_LETTERS]) is None


def test_english_with_a_long_quotation_in_another_language_stays():
    text = f"The mayor resigned on Monday. “{FRENCH}” he said. The council meets in May, and the vote is in June."
    assert find_other_language(text) is None


def test_english_with_nothing_but_foreign_names_stays():
    text = "Solène Kermadec, Jürgen Falk and Julián Orozco met Halima Warsame in Kraków and Łódź, said Zoë Ångström. "
    assert find_other_language(text * 4) is None


def test_a_headline_and_a_table_stay():
    assert find_other_language("Skelby 214, Wenlow 187, Tarnbrook 99\n" * 20) is None
    assert find_other_language("Council Backs Bridge Plan Despite Rising Costs\n" * 8) is None


@pytest.mark.parametrize("text", ["", " " * 1000, "🙂" * 1000, "1 2 3 " * 500, "\x00\x07" * 500])
def test_what_has_no_letters_is_in_no_other_language(text):
    assert find_other_language(text) is None


def test_an_article_in_another_language_is_an_issue_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "b.txt").write_text("The mayor resigned.", encoding="utf-8")
    issue, article = read_articles(tmp_path)
    assert isinstance(issue, Issue)
    assert (
        str(issue)
        == f"{tmp_path / 'a.txt'}: is in French, and only English is read; leave it out, or translate it first"
    )
    assert isinstance(article, Article)
