"""One view of syntax over both label schemes: each assertion holds for Universal Dependencies and for ClearNLP."""

import pytest

from .docs import CLEAR, UD
from .ships import place, syntax, words

SENTENCES = {
    "verb": (
        "Ada_Marsh/NNP/nsubj>commands commands=command/VBZ/root the MV_Gull/NNP/obj>commands .",
        "Ada_Marsh/NNP/nsubj>commands commands=command/VBZ/root the MV_Gull/NNP/dobj>commands .",
    ),
    "apposition": (
        "Ada/NNP/nsubj>slept , captain/NN/appos>Ada of the Gull/NNP/nmod>captain , slept=sleep/VBD/root .",
        "Ada/NNP/nsubj>slept , captain/NN/appos>Ada of/IN/prep>captain the Gull/NNP/pobj>of , slept=sleep/VBD/root .",
    ),
    "copula": (
        "Ada/NNP/nsubj>captain is=be/VBZ/cop>captain not/RB/advmod>captain the captain/NN/root of "
        "Gull/NNP/nmod>captain .",
        "Ada/NNP/nsubj>is is=be/VBZ/root not/RB/neg>is the captain/NN/attr>is of/IN/prep>captain Gull/NNP/pobj>of .",
    ),
    "adjective": (
        "Ada/NNP/nsubj>proud is=be/VBZ/cop>proud proud/JJ/root of Gull/NNP/obl>proud .",
        "Ada/NNP/nsubj>is is=be/VBZ/root proud/JJ/acomp>is of/IN/prep>proud Gull/NNP/pobj>of .",
    ),
    "possessive": (
        "The ship/NN/nmod:poss>captain 's captain/NN/nsubj>slept slept=sleep/VBD/root .",
        "The ship/NN/poss>captain 's captain/NN/nsubj>slept slept=sleep/VBD/root .",
    ),
    "as": (
        "Ada/NNP/nsubj>served served=serve/VBD/root as captain/NN/obl>served of Gull/NNP/nmod>captain .",
        "Ada/NNP/nsubj>served served=serve/VBD/root as/IN/prep>served captain/NN/pobj>as of/IN/prep>captain "
        "Gull/NNP/pobj>of .",
    ),
    "become": (
        "Ada/NNP/nsubj>became became=become/VBD/root captain/NN/xcomp>became of Gull/NNP/nmod>captain .",
        "Ada/NNP/nsubj>became became=become/VBD/root captain/NN/attr>became of/IN/prep>captain Gull/NNP/pobj>of .",
    ),
    "elected": (
        "Ada/NNP/nsubj:pass>elected was=be/VBD/aux:pass>elected elected=elect/VBN/root captain/NN/xcomp>elected .",
        "Ada/NNP/nsubjpass>elected was=be/VBD/auxpass>elected elected=elect/VBN/root captain/NN/oprd>elected .",
    ),
    "passive": (
        "Gull/NNP/nsubj:pass>owned is=be/VBZ/aux:pass>owned owned=own/VBN/root by Ada/NNP/obl:agent>owned .",
        "Gull/NNP/nsubjpass>owned is=be/VBZ/auxpass>owned owned=own/VBN/root by/IN/agent>owned Ada/NNP/pobj>by .",
    ),
    "who": (
        "Ada/NNP/nsubj>slept , who/WP/nsubj>commands commands=command/VBZ/acl:relcl>Ada Gull/NNP/obj>commands , "
        "slept=sleep/VBD/root .",
        "Ada/NNP/nsubj>slept , who/WP/nsubj>commands commands=command/VBZ/relcl>Ada Gull/NNP/dobj>commands , "
        "slept=sleep/VBD/root .",
    ),
    "which": (
        "The guild/NN/nsubj>met , which/WDT/nsubj>owns owns=own/VBZ/acl:relcl>guild Gull/NNP/obj>owns , "
        "met=meet/VBD/root .",
        "The guild/NN/nsubj>met , which/WDT/nsubj>owns owns=own/VBZ/relcl>guild Gull/NNP/dobj>owns , "
        "met=meet/VBD/root .",
    ),
    "participle": (
        "A guild/NN/nsubj>met based=base/VBN/acl>guild in Oslo/NNP/obl>based met=meet/VBD/root .",
        "A guild/NN/nsubj>met based=base/VBN/acl>guild in/IN/prep>based Oslo/NNP/pobj>in met=meet/VBD/root .",
    ),
    "led": (
        "A guild/NN/nsubj>met led=lead/VBN/acl>guild by Ada/NNP/obl>led met=meet/VBD/root .",
        "A guild/NN/nsubj>met led=lead/VBN/acl>guild by/IN/agent>led Ada/NNP/pobj>by met=meet/VBD/root .",
    ),
    "subjects": (
        "Ada/NNP/nsubj>slept , Bram/NNP/conj>Ada and Cleo/NNP/conj>Ada slept=sleep/VBD/root .",
        "Ada/NNP/nsubj>slept , Bram/NNP/conj>Ada and Cleo/NNP/conj>Bram slept=sleep/VBD/root .",
    ),
    "objects": (
        "Ada/NNP/nsubj>owns owns=own/VBZ/root Gull/NNP/obj>owns and Tern/NNP/conj>Gull .",
        "Ada/NNP/nsubj>owns owns=own/VBZ/root Gull/NNP/dobj>owns and Tern/NNP/conj>Gull .",
    ),
    "verbs": (
        "Ada/NNP/nsubj>owns owns=own/VBZ/root Gull/NNP/obj>owns and commands=command/VBZ/conj>owns "
        "Tern/NNP/obj>commands .",
        "Ada/NNP/nsubj>owns owns=own/VBZ/root Gull/NNP/dobj>owns and commands=command/VBZ/conj>owns "
        "Tern/NNP/dobj>commands .",
    ),
    "preposition": (
        "Ada/NNP/nsubj>belongs belongs=belong/VBZ/root to the guild/NN/obl>belongs .",
        "Ada/NNP/nsubj>belongs belongs=belong/VBZ/root to/IN/prep>belongs the guild/NN/pobj>to .",
    ),
    "control": (
        "Ada/NNP/nsubj>refused refused=refuse/VBD/root to/TO/mark>rescue rescue/VB/xcomp>refused Bram/NNP/obj>rescue .",
        "Ada/NNP/nsubj>refused refused=refuse/VBD/root to/TO/aux>rescue rescue/VB/xcomp>refused Bram/NNP/dobj>rescue .",
    ),
    "recipient": (
        "Ada/NNP/nsubj>gave gave=give/VBD/root Bram/NNP/iobj>gave the helm/NN/obj>gave .",
        "Ada/NNP/nsubj>gave gave=give/VBD/root Bram/NNP/dative>gave the helm/NN/dobj>gave .",
    ),
    "to the recipient": (
        "Ada/NNP/nsubj>gave gave=give/VBD/root the helm/NN/obj>gave to Bram/NNP/obl>gave .",
        "Ada/NNP/nsubj>gave gave=give/VBD/root the helm/NN/dobj>gave to/IN/dative>gave Bram/NNP/pobj>to .",
    ),
    "negation": (
        "Ada/NNP/nsubj>own does=do/VBZ/aux>own n't=not/RB/advmod>own own/VB/root Gull/NNP/obj>own .",
        "Ada/NNP/nsubj>own does=do/VBZ/aux>own n't=not/RB/neg>own own/VB/root Gull/NNP/dobj>own .",
    ),
    "particle": (
        "Ada/NNP/nsubj>set set/VBD/root up/RP/compound:prt>set the guild/NN/obj>set .",
        "Ada/NNP/nsubj>set set/VBD/root up/RP/prt>set the guild/NN/dobj>set .",
    ),
    "pronoun possessor": (
        "Her/PRP$/nmod:poss>captain captain/NN/nsubj>slept slept=sleep/VBD/root .",
        "Her/PRP$/poss>captain captain/NN/nsubj>slept slept=sleep/VBD/root .",
    ),
    "compound": (
        "The guild/NN/compound>warden warden/NN/nsubj>owns owns=own/VBZ/root Gull/NNP/obj>owns .",
        "The guild/NN/nmod>warden warden/NN/nsubj>owns owns=own/VBZ/root Gull/NNP/dobj>owns .",
    ),
    "number": (
        "Nine/CD/nummod>sailors sailors=sailor/NNS/nsubj>slept slept=sleep/VBD/root .",
        "Nine/CD/nummod>sailors sailors=sailor/NNS/nsubj>slept slept=sleep/VBD/root .",
    ),
    "brackets": (
        "The Guild/NNP/nsubj>met ( RMG/NNP/appos>Guild ) met=meet/VBD/root .",
        "The Guild/NNP/nsubj>met ( RMG/NNP/appos>Guild ) met=meet/VBD/root .",
    ),
    "vocative": (
        "Bram/NNP/vocative>slept , Ada/NNP/nsubj>slept slept=sleep/VBD/root .",
        "Bram/NNP/npadvmod>slept , Ada/NNP/nsubj>slept slept=sleep/VBD/root .",
    ),
    "parataxis": (
        "Gull/NNP/nsubj>sank sank=sink/VBD/root , Ada/NNP/nsubj>said said=say/VBD/parataxis>sank .",
        "Gull/NNP/nsubj>sank sank=sink/VBD/ccomp>said , Ada/NNP/nsubj>said said=say/VBD/root .",
    ),
    "whose": (
        "Ada/NNP/nsubj>left , whose/WP$/nmod:poss>ship ship/NN/nsubj>sank sank=sink/VBD/acl:relcl>Ada , "
        "left=leave/VBD/root .",
        "Ada/NNP/nsubj>left , whose/WP$/poss>ship ship/NN/nsubj>sank sank=sink/VBD/relcl>Ada , left=leave/VBD/root .",
    ),
    "to which": (
        "The guild/NN/nsubj>met to/IN/case>which which/WDT/obl>belongs Ada/NNP/nsubj>belongs "
        "belongs=belong/VBZ/acl:relcl>guild met=meet/VBD/root .",
        "The guild/NN/nsubj>met to/IN/prep>belongs which/WDT/pobj>to Ada/NNP/nsubj>belongs "
        "belongs=belong/VBZ/relcl>guild met=meet/VBD/root .",
    ),
    "that": (
        "The ship/NN/nsubj>sank that/WDT/obj>commands Ada/NNP/nsubj>commands commands=command/VBZ/acl:relcl>ship "
        "sank=sink/VBD/root .",
        "The ship/NN/nsubj>sank that/WDT/dobj>commands Ada/NNP/nsubj>commands commands=command/VBZ/relcl>ship "
        "sank=sink/VBD/root .",
    ),
    "fronted participle": (
        "Born=bear/VBN/advcl>slept in Oslo/NNP/obl>Born , Ada/NNP/nsubj>slept slept=sleep/VBD/root .",
        "Born=bear/VBN/advcl>slept in/IN/prep>Born Oslo/NNP/pobj>in , Ada/NNP/nsubj>slept slept=sleep/VBD/root .",
    ),
    "gerund": (
        "Ada/NNP/nsubj>won won=win/VBD/root by/IN/mark>sailing sailing=sail/VBG/advcl>won Gull/NNP/obj>sailing .",
        "Ada/NNP/nsubj>won won=win/VBD/root by/IN/prep>won sailing=sail/VBG/pcomp>by Gull/NNP/dobj>sailing .",
    ),
    "two prepositions": (
        "Ada/NNP/nsubj>sails sails=sail/VBZ/root in Oslo/NNP/obl>sails and in/IN/case>Bergen Bergen/NNP/conj>Oslo .",
        "Ada/NNP/nsubj>sails sails=sail/VBZ/root in/IN/prep>sails Oslo/NNP/pobj>in and/CC/cc>in in/IN/conj>in "
        "Bergen/NNP/pobj>in#2 .",
    ),
    "according to": (
        "According=accord/VBG/case>Bram to/IN/fixed>According Bram/NNP/obl>slept , Ada/NNP/nsubj>slept "
        "slept=sleep/VBD/root .",
        "According=accord/VBG/prep>slept to/IN/prep>According Bram/NNP/pobj>to , Ada/NNP/nsubj>slept "
        "slept=sleep/VBD/root .",
    ),
    "copula in a relative clause": (
        "Ada/NNP/nsubj>left , who/WP/nsubj>captain is=be/VBZ/cop>captain captain/NN/acl:relcl>Ada of "
        "Gull/NNP/nmod>captain , left=leave/VBD/root .",
        "Ada/NNP/nsubj>left , who/WP/nsubj>is is=be/VBZ/relcl>Ada captain/NN/attr>is of/IN/prep>captain "
        "Gull/NNP/pobj>of , left=leave/VBD/root .",
    ),
    "reported": (
        "Bram/NNP/nsubj>said said=say/VBD/root that/IN/mark>owned Ada/NNP/nsubj>owned owned=own/VBD/ccomp>said "
        "Gull/NNP/obj>owned .",
        "Bram/NNP/nsubj>said said=say/VBD/root that/IN/mark>owned Ada/NNP/nsubj>owned owned=own/VBD/ccomp>said "
        "Gull/NNP/dobj>owned .",
    ),
}


@pytest.fixture(params=[UD, CLEAR])
def view(request):
    """Give the view of a sentence by its name, in each scheme in turn."""
    return lambda name: syntax(SENTENCES[name][0 if request.param == UD else 1], request.param)


def at(view, token):
    return None if token is None else view.doc[token].text


def test_a_verb_has_its_subject_and_its_object(view):
    verb = view("verb")
    assert at(verb, verb.subject(place(verb, "commands"))) in ("Ada", "Marsh")
    assert verb.doc[verb.kids(place(verb, "commands"), "obj")[0]].text in ("MV", "Gull")
    assert verb.head[place(verb, "commands")] == place(verb, "commands")


def test_a_name_of_two_words_has_one_head_that_hangs_outside(view):
    verb = view("verb")
    head = verb.phrase_head(0, 2)
    assert at(verb, verb.head[head]) == "commands"


def test_an_apposition_hangs_on_its_noun_and_takes_its_own_argument(view):
    tree = view("apposition")
    captain = place(tree, "captain")
    assert words(tree, tree.kids(place(tree, "Ada"), "appos")) == ["captain"]
    assert (tree.case[place(tree, "Gull")], tree.relation[place(tree, "Gull")]) == ("of", "nmod")
    assert tree.head[place(tree, "Gull")] == captain


def test_a_copula_marks_its_complement_which_has_the_subject_and_the_negation(view):
    tree = view("copula")
    captain = place(tree, "captain")
    assert tree.head[captain] == captain
    assert tree.is_predicate(captain)
    assert words(tree, tree.kids(captain, "cop")) == ["is"]
    assert at(tree, tree.subject(captain)) == "Ada"
    assert words(tree, tree.kids(captain, "advmod")) == ["not"]
    assert tree.head[place(tree, "Gull")] == captain


def test_an_adjective_after_a_copula_is_a_predicate_with_arguments(view):
    tree = view("adjective")
    proud = place(tree, "proud")
    assert tree.head[proud] == proud
    assert at(tree, tree.subject(proud)) == "Ada"
    assert (tree.case[place(tree, "Gull")], tree.relation[place(tree, "Gull")]) == ("of", "obl")


def test_a_possessor_hangs_on_its_noun_and_its_mark_is_no_preposition(view):
    tree = view("possessive")
    assert words(tree, tree.kids(place(tree, "captain"), "nmod:poss")) == ["ship"]
    assert tree.case[place(tree, "ship")] == ""


def test_an_as_phrase_is_an_argument_of_its_verb(view):
    tree = view("as")
    captain = place(tree, "captain")
    assert (tree.case[captain], tree.relation[captain], at(tree, tree.head[captain])) == ("as", "obl", "served")
    assert (tree.case[place(tree, "Gull")], at(tree, tree.head[place(tree, "Gull")])) == ("of", "captain")


def test_what_one_becomes_is_a_complement_of_the_verb(view):
    tree = view("become")
    assert words(tree, tree.kids(place(tree, "became"), "xcomp")) == ["captain"]
    assert at(tree, tree.subject(place(tree, "became"))) == "Ada"
    assert not tree.is_passive(place(tree, "became"))


def test_what_one_is_elected_is_a_complement_of_a_passive(view):
    tree = view("elected")
    elected = place(tree, "elected")
    assert tree.is_passive(elected)
    assert words(tree, tree.kids(elected, "xcomp")) == ["captain"]
    assert at(tree, tree.subject(elected)) == "Ada"


def test_a_passive_has_its_agent_after_by(view):
    tree = view("passive")
    owned = place(tree, "owned")
    assert tree.is_passive(owned)
    assert at(tree, tree.subject(owned)) == "Gull"
    assert words(tree, tree.kids(owned, "obl")) == ["Ada"]
    assert tree.case[place(tree, "Ada")] == "by"


@pytest.mark.parametrize(("name", "pronoun", "noun"), [("who", "who", "Ada"), ("which", "which", "guild")])
def test_a_relative_pronoun_stands_for_the_noun_before_it(view, name, pronoun, noun):
    tree = view(name)
    assert at(tree, tree.antecedent(place(tree, pronoun))) == noun
    assert tree.antecedent(place(tree, noun)) is None


def test_a_clause_with_that_has_no_antecedent(view):
    tree = view("reported")
    assert tree.antecedent(place(tree, "that")) is None


def test_a_participle_after_a_noun_is_passive_and_has_the_noun_as_its_subject(view):
    tree = view("participle")
    based = place(tree, "based")
    assert tree.is_passive(based)
    assert at(tree, tree.subject(based)) == "guild"
    assert tree.case[place(tree, "Oslo")] == "in"
    assert tree.head[place(tree, "Oslo")] == based


def test_a_participle_after_a_noun_may_have_an_agent(view):
    tree = view("led")
    assert tree.is_passive(place(tree, "led"))
    assert at(tree, tree.subject(place(tree, "led"))) == "guild"
    assert (tree.case[place(tree, "Ada")], at(tree, tree.head[place(tree, "Ada")])) == ("by", "led")


def test_coordinated_subjects_are_found_from_the_first_and_lead_back_to_it(view):
    tree = view("subjects")
    assert words(tree, tree.conjuncts(place(tree, "Ada"))) == ["Ada", "Bram", "Cleo"]
    assert at(tree, tree.first_conjunct(place(tree, "Cleo"))) == "Ada"
    assert at(tree, tree.first_conjunct(place(tree, "Ada"))) == "Ada"


def test_coordinated_objects_are_found_from_the_first(view):
    tree = view("objects")
    assert words(tree, tree.conjuncts(place(tree, "Gull"))) == ["Gull", "Tern"]


def test_a_coordinated_verb_shares_the_subject_of_the_first_and_keeps_its_own_object(view):
    tree = view("verbs")
    assert at(tree, tree.subject(place(tree, "commands"))) == "Ada"
    assert words(tree, tree.kids(place(tree, "commands"), "obj")) == ["Tern"]


def test_a_preposition_marks_the_argument_of_a_verb(view):
    tree = view("preposition")
    guild = place(tree, "guild")
    assert (tree.case[guild], tree.relation[guild], at(tree, tree.head[guild])) == ("to", "obl", "belongs")


def test_an_infinitive_is_controlled_by_the_subject_above_it(view):
    tree = view("control")
    assert at(tree, tree.subject(place(tree, "rescue"))) == "Ada"
    assert words(tree, tree.kids(place(tree, "rescue"), "obj")) == ["Bram"]


def test_a_recipient_is_an_indirect_object_or_stands_after_to(view):
    bare, marked = view("recipient"), view("to the recipient")
    assert words(bare, bare.kids(place(bare, "gave"), "iobj")) == ["Bram"]
    assert (marked.case[place(marked, "Bram")], at(marked, marked.head[place(marked, "Bram")])) == ("to", "gave")


def test_a_negation_is_an_adverb_of_its_verb(view):
    tree = view("negation")
    assert words(tree, tree.kids(place(tree, "own"), "advmod")) == ["n't"]


def test_a_particle_hangs_on_its_verb(view):
    tree = view("particle")
    assert words(tree, tree.kids(place(tree, "set"), "compound:prt")) == ["up"]


def test_a_possessive_pronoun_hangs_on_its_noun(view):
    tree = view("pronoun possessor")
    assert words(tree, tree.kids(place(tree, "captain"), "nmod:poss")) == ["Her"]


def test_a_noun_before_a_noun_is_a_compound(view):
    tree = view("compound")
    assert words(tree, tree.kids(place(tree, "warden"), "compound")) == ["guild"]


def test_a_number_counts_its_noun(view):
    tree = view("number")
    assert words(tree, tree.kids(place(tree, "sailors"), "nummod")) == ["Nine"]


def test_what_stands_in_brackets_after_a_name_is_an_apposition(view):
    tree = view("brackets")
    assert words(tree, tree.kids(place(tree, "Guild"), "appos")) == ["RMG"]


def test_who_is_spoken_to_is_neither_subject_nor_object(view):
    tree = view("vocative")
    slept = place(tree, "slept")
    assert at(tree, tree.subject(slept)) == "Ada"
    assert tree.kids(slept, "obj", "iobj") == []


def test_a_clause_beside_another_has_its_own_subject(view):
    tree = view("parataxis")
    assert at(tree, tree.subject(place(tree, "said"))) == "Ada"
    assert at(tree, tree.subject(place(tree, "sank"))) == "Gull"
    assert at(tree, tree.clause(place(tree, "Gull"))) == "sank"


@pytest.mark.parametrize(
    ("name", "pronoun", "noun"), [("whose", "whose", "Ada"), ("to which", "which", "guild"), ("that", "that", "ship")]
)
def test_any_relative_pronoun_stands_for_its_noun(view, name, pronoun, noun):
    tree = view(name)
    assert at(tree, tree.antecedent(place(tree, pronoun))) == noun


def test_a_preposition_marks_a_relative_pronoun(view):
    tree = view("to which")
    which = place(tree, "which")
    assert (tree.case[which], at(tree, tree.head[which]), tree.relation[which]) == ("to", "belongs", "obl")


def test_a_participle_before_the_subject_shares_it(view):
    tree = view("fronted participle")
    assert at(tree, tree.subject(place(tree, "Born"))) == "Ada"
    assert (tree.case[place(tree, "Oslo")], at(tree, tree.head[place(tree, "Oslo")])) == ("in", "Born")


def test_a_gerund_after_a_preposition_is_a_clause_of_the_verb(view):
    tree = view("gerund")
    sailing = place(tree, "sailing")
    assert (tree.relation[sailing], at(tree, tree.head[sailing])) == ("advcl", "won")
    assert words(tree, tree.kids(sailing, "mark")) == ["by"]
    assert words(tree, tree.kids(sailing, "obj")) == ["Gull"]
    assert at(tree, tree.subject(sailing)) == "Ada"


def test_prepositions_may_be_coordinated_with_their_nouns(view):
    tree = view("two prepositions")
    assert words(tree, tree.conjuncts(place(tree, "Oslo"))) == ["Oslo", "Bergen"]
    assert [tree.case[place(tree, name)] for name in ("Oslo", "Bergen")] == ["in", "in"]
    assert at(tree, tree.head[place(tree, "Oslo")]) == "sails"


def test_a_preposition_of_two_words_is_one_case(view):
    tree = view("according to")
    assert (tree.case[place(tree, "Bram")], at(tree, tree.head[place(tree, "Bram")])) == ("according to", "slept")


def test_an_infinitive_has_its_to_as_a_mark(view):
    tree = view("control")
    assert words(tree, tree.kids(place(tree, "rescue"), "mark")) == ["to"]


def test_a_copula_in_a_relative_clause_marks_its_complement(view):
    tree = view("copula in a relative clause")
    captain = place(tree, "captain")
    assert (tree.relation[captain], at(tree, tree.head[captain])) == ("acl:relcl", "Ada")
    assert at(tree, tree.antecedent(place(tree, "who"))) == "Ada"
    assert words(tree, tree.kids(captain, "cop")) == ["is"]


def test_the_clause_of_a_token_is_the_nearest_predicate_above_it(view):
    reported, copula = view("reported"), view("copula")
    assert at(reported, reported.clause(place(reported, "Gull"))) == "owned"
    assert at(reported, reported.clause(place(reported, "Bram"))) == "said"
    assert at(copula, copula.clause(place(copula, "Gull"))) == "captain"


def test_the_subtree_of_a_token_is_in_text_order(view):
    tree = view("apposition")
    assert words(tree, tree.subtree(place(tree, "captain"))) == ["captain", "of", "the", "Gull"]


def test_ancestors_are_the_heads_nearest_first(view):
    tree = view("apposition")
    assert words(tree, list(tree.ancestors(place(tree, "Gull")))) == ["captain", "Ada", "slept"]


def test_a_subtype_is_found_by_its_relation(view):
    tree = view("who")
    assert words(tree, tree.kids(place(tree, "Ada"), "acl")) == ["commands"]


def test_sentences_are_counted():
    tree = syntax("Ada/NNP/nsubj>slept slept=sleep/VBD/root .\nBram/NNP/nsubj>left left=leave/VBD/root .")
    assert tree.sentence == [0, 0, 0, 1, 1, 1]


def test_a_possessor_that_the_parser_hung_elsewhere_comes_to_the_noun_after_it():
    tree = syntax("The ship/NN/nsubj>slept 's captain/NN/nsubj>slept slept=sleep/VBD/root .")
    assert words(tree, tree.kids(place(tree, "captain"), "nmod:poss")) == ["ship"]


def test_a_described_name_that_the_parser_took_for_a_list_is_an_apposition():
    tree = syntax(
        "Gull/NNP/nsubj>sank , a/DT/det>ferry ferry/NN/conj>Gull from Oslo/NNP/nmod>ferry , sank=sink/VBD/root ."
    )
    assert words(tree, tree.kids(place(tree, "Gull"), "appos")) == ["ferry"]


def test_a_list_with_an_and_stays_a_list():
    tree = syntax("Gull/NNP/nsubj>sank and a/DT/det>ferry ferry/NN/conj>Gull sank=sink/VBD/root .")
    assert words(tree, tree.conjuncts(place(tree, "Gull"))) == ["Gull", "ferry"]


def test_a_participle_with_a_subject_of_its_own_is_the_verb() -> None:
    text = "Ada/NNP/nsubj:pass>elected was=be/VBD/cop>leader elected=elect/VBN/amod>leader leader/NN/root ."
    tree = syntax(text)
    assert (tree.head[3], tree.relation[3]) == (2, "xcomp")
    assert (tree.head[2], tree.relation[2]) == (2, "root")
    assert tree.is_passive(2)
    assert tree.subject(2) == 0
