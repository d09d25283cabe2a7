"""The roles of events in whole sentences: when, about what, of whom, with which outcome, to which office."""

import pytest
from news import told

from extract.happenings import events


def relation(text, *names, published="2019-05-10"):
    """Return what is said of the events of a text by some relations, without the events' labels."""
    lines = told(text, *names, published=published)
    return {line[line.index(f" {name} ") + 1 :] for line in lines for name in names if f" {name} " in line}


# -- when ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ada Lund resigned on 3 May 2019.", "2019-05-03"),
        ("Ada Lund resigned yesterday.", "2019-05-09"),
        ("Ada Lund resigned in March.", "2019-03"),
        ("Hana Kim was appointed in 2016.", "2016"),
        ("Ada Lund was appointed Tuesday.", "2019-05-07"),
        ("The resignation of Ada Lund on Monday surprised Lisbon.", "2019-05-06"),
        ("Ada Lund's 2016 resignation surprised Lisbon.", "2016"),
        ("The 2016 election in Mali was won by Ada Lund.", "2016"),
        ("Students protested in Lisbon last Monday.", "2019-05-06"),
    ],
)
def test_an_event_has_the_time_that_its_own_words_tell(text, date):
    assert relation(text, "onDate") == {f"onDate {date}"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The High Court issued its ruling on Thursday.", "2019-05-09"),
        ("The Senate held a vote on Monday.", "2019-05-06"),
        ("Mali held an election two years ago.", "2017"),
        ("Ada Lund survived a confidence vote last month.", "2019-04"),
    ],
)
def test_an_event_has_the_time_of_the_verb_that_takes_it(text, date):
    assert relation(text, "onDate") == {f"onDate {date}"}


@pytest.mark.parametrize(
    ("when", "date"), [("on Monday", "2019-05-13"), ("in March", "2020-03"), ("next year", "2020")]
)
def test_what_is_to_come_has_a_time_to_come_and_is_possible(when, date):
    assert relation(f"Mali will hold an election {when}.", "onDate") == {f"onDate {date} [possible]"}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund resigned.",
        "Ada Lund resigned since Monday.",
        "Ada Lund resigned before 2016.",
        "Ada Lund, who resigned, spoke on Monday.",
        "Ada Lund spoke on Monday of her resignation.",
    ],
)
def test_an_event_has_no_time_that_is_a_bound_of_it_or_is_told_of_another(text):
    assert relation(text, "resignedBy", "onDate") == {"resignedBy Ada Lund"}


def test_a_time_that_depends_on_the_day_of_the_article_is_left_out_where_there_is_none():
    assert relation("Ada Lund resigned on Monday.", "onDate", published=None) == set()
    assert relation("Ada Lund resigned on 3 May 2019.", "onDate", published=None) == {"onDate 2019-05-03"}


def test_two_events_have_each_its_own_time():
    text = "Ada Lund resigned on Monday. On Tuesday Bram Quist resigned."
    assert told(text, "onDate") == {
        "resignation: Ada Lund onDate 2019-05-06",
        "resignation: Bram Quist onDate 2019-05-07",
    }


# -- about what, in words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Senate voted to close the harbour.", "close the harbour"),
        ("The Senate voted on Monday to close the harbour.", "close the harbour"),
        ("The Senate held a vote on the water bill.", "the water bill"),
        ("The Senate voted on the water bill on Monday.", "the water bill"),
        ("The Senate held a vote on whether to close the harbour.", "close the harbour"),
        ("The Senate held a vote on the water bill, which Ada Lund opposed.", "the water bill"),
        ("The Senate voted to close the port of Lillesand.", "close the port of Lillesand"),
    ],
)
def test_a_vote_is_on_a_motion_in_the_words_of_the_article(text, words):
    assert relation(text, "motion") == {f"motion {words}"}


@pytest.mark.parametrize(
    "text",
    [
        "The Senate held a vote on Monday.",
        "The Senate held a vote on 12 bills.",
        "The vote on Ada Lund took an hour.",
        "The Senate voted for the water bill.",
        "The Senate hopes to close the harbour.",
    ],
)
def test_a_day_a_number_a_name_and_what_other_words_open_are_no_motion(text):
    assert relation(text, "motion") == set()


def test_the_motion_of_a_vote_to_come_is_possible():
    assert relation("The Senate will vote to close the harbour.", "motion") == {"motion close the harbour [possible]"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Supreme Court ruled on the ferry contract.", "the ferry contract"),
        ("The Supreme Court ruled on the contract of Almeida Foods on Monday.", "the contract of Almeida Foods"),
        ("Teachers marched in Accra over the new timetable.", "the new timetable"),
        ("Teachers protested in Accra for higher wages.", "higher wages"),
    ],
)
def test_a_ruling_and_a_protest_have_a_matter_in_the_words_of_the_article(text, words):
    assert relation(text, "subjectMatter") == {f"subjectMatter {words}"}


@pytest.mark.parametrize("text", ["The Supreme Court ruled on Friday.", "A protest against Ada Lund filled Lisbon."])
def test_a_day_and_a_name_are_no_matter(text):
    assert relation(text, "subjectMatter") == set()


def test_words_alone_make_an_event_of_a_noun_but_not_of_a_verb_whose_doer_nobody_knows():
    assert events("A vote on the water bill was long.", "Vote") == [{"motion the water bill"}]
    assert told("Some voted to close the harbour.") == set()


# -- of whom ---------------------------------------------------------------------------------------------


def test_whom_a_body_voted_to_impeach_is_whom_its_vote_concerns():
    assert relation("The Senate voted to impeach Ada Lund.", "concerns") == {"concerns Ada Lund"}
    assert relation("The Senate voted to impeach Ada Lund and Bram Quist.", "concerns") == {
        "concerns Ada Lund",
        "concerns Bram Quist",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Senate voted to impeach the president.",
        "The Senate voted to close the port of Lillesand.",
        "The Senate voted to honour a bridge named after Ada Lund.",
    ],
)
def test_a_vote_concerns_nobody_without_a_name_and_nobody_deeper_in_the_clause(text):
    assert relation(text, "concerns") == set()
    assert relation(text, "body") == {"body Senate"}


@pytest.mark.parametrize("government", ["Swedish government", "government of Sweden", "Swedish cabinet"])
def test_a_government_without_a_name_stands_for_its_country(government):
    assert relation(f"The {government} survived a confidence vote.", "concerns") == {"concerns Sweden"}


@pytest.mark.parametrize("body", ["new government", "Swedish army", "Swedish parliament", "army of Sweden"])
def test_another_body_and_a_government_of_nobody_stand_for_nothing(body):
    assert relation(f"The {body} survived a confidence vote.", "concerns") == set()


def test_a_role_with_a_class_takes_nobody_else():
    assert relation("The Supreme Court ruled on the ferry contract.", "court") == {"court Supreme Court"}
    assert told("Ada Lund ruled on the ferry contract.") == set()
    assert told("The Delgado Institute ruled on the ferry contract.") == set()
    assert relation("The Harbour Board issued a ruling on the ferry contract.", "court") == set()


# -- what an event must have -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Bram Quist was named finance minister by Ada Lund.", "Ana Duarte named Bram Quist as finance minister."],
)
def test_who_is_named_to_an_office_is_appointed(text):
    assert {"appointee Bram Quist", "post finance minister"} <= relation(text, "appointee", "post")


def test_who_is_sworn_in_as_something_is_appointed():
    text = "Ada Lund was sworn in as attorney general on Tuesday."
    assert relation(text, "appointee", "post", "onDate") == {
        "appointee Ada Lund",
        "post attorney general",
        "onDate 2019-05-07",
    }


@pytest.mark.parametrize(
    "text", ["Ada Lund was named on Monday.", "Ana Duarte named a ship.", "Ada Lund was sworn in on Tuesday."]
)
def test_a_naming_without_an_office_is_no_appointment(text):
    assert told(text) == set()


def test_an_appointment_needs_no_office():
    assert relation("Ada Lund was appointed on Monday.", "appointee", "onDate") == {
        "appointee Ada Lund",
        "onDate 2019-05-06",
    }


@pytest.mark.parametrize(
    ("owner", "found"), [("The High Court", {"court High Court"}), ("The Harbour Board", set()), ("Ada Lund", set())]
)
def test_a_decision_is_a_ruling_where_a_court_decides(owner, found):
    assert relation(f"{owner}'s decision surprised Lisbon.", "court") == found
    assert (events(f"{owner}'s decision surprised Lisbon.", "CourtRuling") == []) is (found == set())


# -- offices that no frame knows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund was appointed special envoy.",
        "Ada Lund was appointed as special envoy.",
        "Ada Lund was appointed special envoy by the Senate on Tuesday.",
        "Bram Quist appointed Ada Lund special envoy.",
    ],
)
def test_what_somebody_is_appointed_is_an_office(text):
    assert relation(text, "post", "appointee") == {"post special envoy", "appointee Ada Lund"}
    assert "special envoy is Office" in told(text, "is")


@pytest.mark.parametrize(
    "text",
    ["Ada Lund was appointed Bram Quist.", "Ada Lund was appointed Tuesday.", "Ada Lund was seen as special envoy."],
)
def test_a_person_a_day_and_what_nobody_is_appointed_to_are_no_office(text):
    assert relation(text, "post") == set()
    assert not any(line.endswith("is Office") for line in told(text, "is"))


def test_the_predecessor_is_whom_the_one_appointed_is_to_replace():
    assert relation("Hana Kim was appointed to replace Bruno Costa.", "appointee", "predecessor") == {
        "appointee Hana Kim",
        "predecessor Bruno Costa",
    }
    assert relation("Hana Kim was appointed to advise Bruno Costa.", "predecessor") == set()


# -- results ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "outcome"),
    [("pass the bill", "Carried"), ("approve the bill", "Carried"), ("reject the bill", "Rejected")],
)
def test_what_a_body_votes_to_do_is_the_outcome(clause, outcome):
    assert relation(f"The Senate voted to {clause}.", "outcome") == {f"outcome {outcome}"}


@pytest.mark.parametrize(
    "text",
    [
        "The Senate will vote to pass the bill.",
        "The Senate hopes to vote to pass the bill.",
        "The Senate voted to close the harbour.",
        "The Senate voted on a plan to pass the bill.",
    ],
)
def test_a_vote_to_come_and_another_clause_have_no_outcome(text):
    assert relation(text, "outcome") == set()


def test_the_outcome_puts_the_two_numbers_in_order():
    assert relation("The Senate voted 51 to 49 to pass the bill.", "votesFor", "votesAgainst") == {
        "votesFor 51",
        "votesAgainst 49",
    }
    assert relation("The Senate rejected the motion by 51 votes to 49.", "votesFor", "votesAgainst") == {
        "votesFor 49",
        "votesAgainst 51",
    }


def test_two_results_in_a_sentence_are_of_two_votes():
    text = "The House voted 230-to-197 and 229-to-198 to impeach Ada Lund."
    numbers = [{line for line in event if line.startswith("votes")} for event in events(text, "Vote")]
    assert sorted(map(sorted, numbers)) == [
        ["votesAgainst 197", "votesFor 230"],
        ["votesAgainst 198", "votesFor 229"],
    ]


def test_the_second_vote_has_the_outcome_of_the_first():
    text = "The Senate voted 51-49 and 52-48 to pass the bills."
    first, second = sorted(events(text, "Vote"), key=lambda event: "votesFor 52" in event)
    assert {"outcome Carried", "votesFor 51", "body Senate", "motion pass the bills"} <= first
    assert second == {"outcome Carried", "votesFor 52", "votesAgainst 48", "body Senate", "motion pass the bills"}


def test_one_result_is_of_one_vote():
    assert len(events("The House voted 230-to-197 to impeach Ada Lund.", "Vote")) == 1


# -- counts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "line"),
    [("has", "seats 45"), ("holds", "seats 45"), ("won", "seats 45"), ("had", "seats 45 [Former]")],
)
def test_a_party_has_the_seats_that_it_has_or_wins_and_had_those_that_it_had(verb, line):
    assert relation(f"The Centre Party {verb} 45 seats.", "seats") == {line}


@pytest.mark.parametrize("verb", ["gained", "lost", "wants"])
def test_seats_gained_lost_or_wanted_are_no_count_of_seats(verb):
    assert relation(f"The Centre Party {verb} 45 seats.", "seats") == set()


def test_what_an_association_had_is_former():
    assert told("The Harbour Association had 300 members.", "memberCount") == {
        "Harbour Association memberCount 300 [Former]"
    }
    assert told("The Harbour Association has 300 members.", "memberCount") == {"Harbour Association memberCount 300"}


def test_who_abstains_is_counted_of_the_vote():
    assert relation("The Senate voted 51 to 49. Two members abstained.", "abstentions") == {"abstentions 2"}
    assert relation("The Senate voted 51 to 49. Two members of the Senate slept.", "abstentions") == set()


def test_the_result_of_a_vote_that_may_come_is_possible():
    assert relation("The Senate may vote 51 to 49 on the water bill.", "votesFor") == {"votesFor 51 [possible]"}


# -- words of a role -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The High Court ruled in favour of a lawsuit against Ada Lund.",
        "The High Court ruled in favour of a lawsuit filed by Open Harbour against Ada Lund.",
        "The High Court ruled on a complaint against Ada Lund.",
    ],
)
def test_a_ruling_on_a_lawsuit_concerns_against_whom_it_was_brought(text):
    assert relation(text, "concerns", "court") == {"concerns Ada Lund", "court High Court"}


def test_a_lawsuit_elsewhere_in_the_sentence_is_nothing_to_the_ruling():
    text = "The High Court ruled on the lease before a lawsuit against Ada Lund was filed."
    assert relation(text, "concerns") == set()


@pytest.mark.parametrize("verb", ["impeached", "censured"])
def test_a_body_that_impeaches_somebody_has_voted(verb):
    assert relation(f"The Senate {verb} Ada Lund on Monday.", "body", "concerns", "outcome", "onDate") == {
        "body Senate",
        "concerns Ada Lund",
        "outcome Carried",
        "onDate 2019-05-06",
    }
    assert relation(f"Ada Lund was {verb} by the Senate.", "body", "concerns") == {"body Senate", "concerns Ada Lund"}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund was impeached in 1998.",
        "The Senate impeached two presidents.",
        "The Senate impeaches the president. Ada Lund is the president.",
    ],
)
def test_without_the_body_or_a_name_and_as_a_rule_nobody_is_impeached(text):
    assert events(text, "Vote") == []


@pytest.mark.parametrize(
    ("owner", "verb"), [("The king", "appoints"), ("Ada Lund, who", "appoints"), ("The Senate", "impeaches")]
)
def test_what_is_done_as_a_rule_is_no_event(owner, verb):
    assert relation(f"{owner} {verb} Bram Quist each year.", "appointee", "concerns") == set()


def test_a_headline_tells_in_the_present_what_happened():
    assert relation("Mayor Ada Lund appoints Bram Quist", "appointee") == {"appointee Bram Quist"}


def test_who_loses_a_seat_by_so_many_votes_stood_in_an_election():
    text = "Lucia Ferrante was defeated in Harwick East by Paul Ansell with a 149 vote margin."
    assert relation(text, "winner", "candidate", "heldIn", "majority") == {
        "winner Paul Ansell",
        "candidate Lucia Ferrante",
        "candidate Paul Ansell",
        "heldIn Harwick East",
        "majority 149",
    }
    assert events("Lucia Ferrante was defeated in Harwick East by Paul Ansell.", "Election") == []


def test_who_beats_somebody_in_an_election_wins_it():
    text = "Ada Lund defeated Bram Quist in the 2018 election."
    assert relation(text, "winner", "candidate", "onDate") == {"winner Ada Lund", "candidate Ada Lund", "onDate 2018"}
    assert [line.split(" candidateIn ")[0] for line in told(text, "candidateIn")] == ["Bram Quist"]


# -- offices -----------------------------------------------------------------------------------------------


def test_a_title_said_of_somebody_is_an_office_too():
    text = "Ada Lund led the Rowan Party. Bram Quist appointed her Scottish Secretary in 1974."
    assert relation(text, "post", "appointee") == {"post scottish secretary", "appointee Ada Lund"}


@pytest.mark.parametrize("noun", ["head", "leader"])
def test_who_is_named_the_head_of_something_known_is_appointed(noun):
    text = f"Ada Lund was named {noun} of the Rivers Committee."
    assert {f"post {noun}", "appointee Ada Lund"} <= relation(text, "post", "appointee")


@pytest.mark.parametrize(
    "words", ["woman of the year", "as a suspect", "a suspect", "best actor", "mother of the year", "head of the year"]
)
def test_who_is_named_something_else_is_appointed_to_nothing(words):
    assert relation(f"Ada Lund was named {words}.", "post", "appointee") == set()


# -- when, in another clause ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ada Lund served as mayor until 2015, resigning over the lease.", "2015"),
        ("Ada Lund served as mayor until 2015, when she resigned.", "2015"),
        ("Ada Lund led the Rowan Party until May 2015, when she resigned.", "2015-05"),
        ("Ada Lund was mayor in 2015, when she resigned.", "2015"),
        ("On 3 May, minutes before Ada Lund resigned, the Senate met.", "2019-05-03"),
        ("On 3 May, two days after Ada Lund resigned, the Senate met.", "2019-05-01"),
        ("On 3 May, a week before Ada Lund resigned, the Senate met.", "2019-05-10"),
        ("On Monday, two days after the resignation of Ada Lund, the Senate met.", "2019-05-04"),
        ("Ada Lund on Monday resigned.", "2019-05-06"),
    ],
)
def test_a_day_told_beside_the_clause_is_the_day_of_the_event(text, date):
    assert relation(text, "onDate") == {f"onDate {date}"}


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May, three years after Ada Lund resigned, the Senate met.",
        "On 3 May, shortly after Ada Lund resigned, the Senate met.",
        "In 2015, two days after Ada Lund resigned, the Senate met.",
        "Ada Lund served as mayor until 2015, living in Lisbon and resigning twice.",
        "Ada Lund, mayor in 2015, resigned.",
    ],
)
def test_a_day_that_does_not_count_to_the_event_is_none_of_it(text):
    assert relation(text, "onDate") == set()


def test_who_resigned_when_serving_as_something_left_that_post():
    text = "Ada Lund was foreign minister, which she served as until 2018, resigning over the lease."
    assert relation(text, "post") == {"post foreign minister"}
    assert relation("Ada Lund served as mayor until 2015, when she resigned as treasurer.", "post") == {
        "post treasurer"
    }


@pytest.mark.parametrize(
    "before", ["The 1965 Voting Rights Act was changed.", "The next census is in 2020.", "The war ended in 2019."]
)
def test_a_month_is_not_of_a_year_in_a_name_nor_of_one_to_come(before):
    assert relation(f"{before} In April, the Supreme Court ruled on the lease.", "onDate") == {"onDate 2019-04"}


@pytest.mark.parametrize("before", ["The war ended in 1965.", "The 1965 storm was bad."])
def test_a_month_may_be_of_another_year_that_was_told_of(before):
    assert relation(f"{before} In April, the Supreme Court ruled on the lease.", "onDate") == set()


# -- whose word it is ----------------------------------------------------------------------------------------


def test_that_many_marched_is_no_claim_of_an_estimate():
    assert relation("Estimates suggest that 3,000 people marched in Lisbon.", "heldIn") == {"heldIn Lisbon"}
    assert all("claimed" in line for line in relation("Police said 3,000 people marched in Lisbon.", "heldIn"))
    assert all("claimed" in line for line in relation("Estimates suggest that Ada Lund marched in Lisbon.", "heldIn"))


def test_a_day_sees_an_event_and_calls_it_nothing():
    assert relation("Monday saw a vote in the Senate.", "body") == {"body Senate"}


@pytest.mark.parametrize(
    "text",
    [
        "The bid for an election in Mali failed.",
        "Open Harbour petitioned Lisbon for an election in Mali.",
        "Ada Lund made a push for an election in Mali.",
        "There may be an election in Mali.",
        "There was no election in Mali.",
    ],
)
def test_an_event_that_is_sought_or_may_be_or_is_not_there_is_not_said_to_have_been(text):
    assert not {"heldIn Mali"} & relation(text, "heldIn")


# -- who is no motion ----------------------------------------------------------------------------------------


def test_a_vote_to_remove_somebody_concerns_him_whatever_came_of_it():
    assert relation("The Senate held a vote to remove Ada Lund.", "concerns") == {"concerns Ada Lund"}
    assert relation("The vote to remove Ada Lund failed by one vote.", "concerns", "outcome") == {
        "concerns Ada Lund",
        "outcome Rejected",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund lost to Bram Quist by 149 votes.",
        "Ada Lund lost many votes to the Centre Party.",
        "Ada Lund defeated Bram Quist by 149 votes.",
        "Following the vote, Ada Lund appointed Bram Quist ombudsman.",
        "The vote does not remove Ada Lund from the Senate.",
    ],
)
def test_who_loses_to_somebody_or_does_something_after_a_vote_is_not_voted_on(text):
    assert relation(text, "outcome") == set()
    assert not any(line.startswith("concerns") for line in relation(text, "concerns"))
