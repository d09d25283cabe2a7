"""What one article tells of a referent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import make_profiles
from kg.identity.profiles import SENTENCES
from kg.model import (
    Article,
    Iri,
    Mention,
    MentionKind,
    Qualification,
    Reading,
    Ref,
    Span,
    Statement,
    Status,
    Value,
)
from kg.vocabulary import XSD

from .coast import COAST, coast

ADA, TERN, VELMAR = coast("Ada Lind"), coast("Tern Club", id="r2"), coast("Velmar", id="r3", known="Velmar")


def statement(subject, predicate, end, *, status=Status.ASSERTED, **more):
    span = Span(0, 1)
    return Statement(subject, COAST + predicate, end, status, 0.9, span, span, "frame", **more)


@pytest.fixture(scope="module")
def profile(coast_ontology):
    """Make the profiles of an article of three referents, by their ids."""

    def make(*statements, text="Ada Lind of Tern Club.", mentions=(), published="2020-01-01"):
        reading = Reading(
            Article("a", text, published=published), (ADA, TERN, VELMAR), tuple(mentions), tuple(statements), ()
        )
        return {each.referent.id: each for each in make_profiles([reading], coast_ontology)}

    return make


def test_a_relation_is_told_of_both_ends(profile):
    found = profile(statement("r1", "steers", Ref("r2")))
    (of_ada,), (of_tern,) = found["r1"].relations, found["r2"].relations
    assert (of_ada.forward, of_ada.other, of_ada.label) == (True, "tern club", "Tern Club")
    assert (of_tern.forward, of_tern.other, of_tern.label) == (False, "ada lind", "Ada Lind")
    assert found["r3"].relations == ()


def test_an_individual_at_the_other_end_is_named_by_its_iri(profile):
    (relation,) = profile(statement("r1", "bornIn", Ref("r3")))["r1"].relations
    assert (relation.other, relation.label) == (COAST + "Velmar", "Velmar")


def test_values_and_terms_are_told_of_the_subject_alone(profile):
    found = profile(
        statement("r1", "age", Value("47", XSD + "integer")), statement("r1", "steers", Iri(COAST + "Club"))
    )
    assert {each.other for each in found["r1"].relations} == {"47", COAST + "Club"}


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.ASSERTED])
def test_only_what_the_article_asserts_is_told(profile, status):
    assert profile(statement("r1", "steers", Ref("r2"), status=status))["r1"].relations == ()
    assert profile(statement("r1", "steers", Ref("r2"), speaker="r3"))["r1"].relations == ()


def test_what_was_so_once_is_marked(profile):
    once = Qualification("Former", start="2001", end="2005")
    (relation,) = profile(statement("r1", "steers", Ref("r2"), qualification=once))["r1"].relations
    assert (relation.former, relation.start, relation.end) == (True, "2001", "2005")


def test_what_is_said_twice_is_told_once(profile):
    twice = statement("r1", "steers", Ref("r2"))
    assert len(profile(twice, twice)["r1"].relations) == 1


def test_all_referents_share_the_setting_and_keep_company_with_the_others(profile):
    found = profile()
    assert found["r1"].setting is found["r2"].setting
    assert found["r1"].setting.names.keys() == {"ada lind", "tern club", COAST + "Velmar"}
    assert found["r1"].setting.wholes == {COAST + "Norland"}
    assert found["r1"].company == {"tern club", COAST + "Velmar"}


def test_the_topic_is_that_of_the_first_sentences_that_mention_it(profile):
    sport, law = "The coach of the crew won the trophy. ", "The judge jailed the accountant. "
    text = "".join(f"Ada Lind {n}. " + sport for n in range(SENTENCES + 1)) + law * 3
    starts = [place for place in range(len(text)) if text.startswith("Ada Lind", place)]
    mentions = [Mention("r1", Span(start, start + 8), "Ada Lind", MentionKind.NAME) for start in starts]
    mentions += [Mention("r2", Span(text.index(law), text.index(law) + 9), "The judge", MentionKind.NOMINAL)]
    found = profile(text=text, mentions=mentions)
    assert found["r1"].topic is None or found["r1"].topic @ found["r2"].topic < 0.5
    assert found["r3"].topic is None


def test_the_date_and_the_article_are_kept(profile):
    found = profile(published=None)["r1"]
    assert (found.published, found.member) == (None, ("a", "r1"))


@given(text=st.text(max_size=40), data=st.data())
def test_any_text_and_mentions_make_profiles(profile, text, data):
    places = st.integers(0, len(text)).flatmap(lambda a: st.integers(a, len(text)).map(lambda b: (a, b)))
    mentions = [
        Mention("r1", Span(start, end), text[start:end], MentionKind.NAME)
        for start, end in data.draw(st.lists(places, max_size=4))
    ]
    assert set(profile(text=text, mentions=mentions)) == {"r1", "r2", "r3"}
