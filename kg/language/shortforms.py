"""Names and their short forms inside one article: surnames, acronyms, names without their class word or country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kg.language.alias_links import AliasLinks
from kg.language.drafts import Draft, DraftMention, Drafts
from kg.language.lexicon import ORG_LABEL, Lexicon
from kg.language.proper_names import HONORIFICS, same_name
from kg.language.syntax import Syntax
from kg.language.view import View

_SET_OFF: Final = frozenset({"younger", "elder", "older"})


def link_names(view: View, drafts: Drafts) -> AliasLinks:
    """Make a draft of every name and join the names that are one: equal ones first, then aliases, then short forms.

    Return the aliases, of which those of nouns and pronouns are still to be joined.
    """
    syntax, lexicon, names = view.syntax, view.lexicon, view.names.names
    aliases = AliasLinks(view, drafts)
    by_key: dict[str, Draft] = {}
    written = {key.casefold(): key for name in names if not name.text.isupper() and (key := same_name(name.text))}
    for name in names:
        key = same_name(name.text)
        if name.text.isupper():  # a headline
            key = written.get(key.casefold(), key)
        key = f"individual {name.individual}" if name.individual else key
        key = f"word {forms[0]}" if (forms := word_forms(name.text, lexicon)) else key
        draft = by_key.get(key)
        if draft is None:
            draft = by_key[key] = drafts.new()
        drafts.add_name(draft, name)
    aliases.join_names()
    personal = lexicon.pronouns.get("he", set())
    link_organisations(drafts, lexicon)
    _link_acronyms(syntax, drafts, personal)
    _link_people(syntax, drafts, personal)
    return aliases


def word_forms(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the forms of a word that names something by itself: "Democrat", "Democrats", "Democratic"."""
    return lexicon.name_words[name][1] if name in lexicon.name_words else ()


def _is_person(draft: Draft, drafts: Drafts, personal: set[str]) -> bool:
    return any(drafts.is_a(draft, c) for c in personal)


def link_organisations(drafts: Drafts, lexicon: Lexicon) -> None:
    """Join a name with the same name less its class word ("… Party") or less the country before it.

    To be done again when more is known of what a name may be.
    """
    personal = lexicon.pronouns.get("he", set())
    variants: dict[str, list[Draft]] = defaultdict(list)
    named = [d for d in drafts.items if d.names and not d.individual and not _is_person(d, drafts, personal)]
    for draft in named:
        for variant in sorted(_variants(draft.names[0], lexicon)):
            variants[variant].append(draft)
    left = {draft.number for draft in named}
    for draft in sorted(named, key=lambda d: (len(d.names[0]), d.number)):
        forms = word_forms(draft.names[0], lexicon) or (same_name(draft.names[0]),)
        longer = [d for form in forms for d in variants.get(form, ()) if d is not draft and d.number in left]
        longer = [d for d in longer if all(drafts.can_be(d, t) for t in drafts.types(draft))]
        if longer:
            drafts.merge(longer[0], draft)
            left.remove(draft.number)
    for variant in sorted(variants):
        group = [d for d in variants[variant] if d.number in left]
        for other in group[1:]:
            if all(drafts.can_be(group[0], t) for t in drafts.types(other)) and _same_ending(group[0], other, lexicon):
                drafts.merge(group[0], other)
                left.discard(other.number)


def link_short_organisations(drafts: Drafts, lexicon: Lexicon) -> None:
    """Join the first or the last words of the only longer name before them with it, whatever the tagger made of them.

    Not a word that names a kind by itself ("House", "Court"): that may be another one.
    """
    personal = lexicon.pronouns.get("he", set())
    kinds = {tuple(word for word in pattern.words if word) for pattern in lexicon.patterns}
    for short in [d for d in drafts.items if len(d.names) == 1 and not d.individual]:
        words = same_name(short.names[0]).split()
        if (not short.guessed and _is_person(short, drafts, personal)) or _is_kind(words, kinds, lexicon):
            continue
        named = [d for d in drafts.items if d is not short and d.names and not d.individual and d.first < short.first]
        longer = [d for d in named if any(_is_part(name, words) for name in d.names)]
        if len(longer) != 1 or _is_person(longer[0], drafts, personal):
            continue
        types = drafts.types(longer[0])
        organised = not types or any(ORG_LABEL in lexicon.labels_above(t) for t in types)
        fits = short.guessed or not types or all(drafts.can_be(longer[0], t) for t in drafts.types(short))
        if organised and fits:
            drafts.merge(longer[0], short)


def _is_kind(words: Sequence[str], kinds: set[tuple[str, ...]], lexicon: Lexicon) -> bool:
    """Tell whether words fit a name pattern by themselves, or are a noun of the ontology."""
    return tuple(words) in kinds or (len(words) == 1 and words[0].lower() in lexicon.nouns)


def _is_part(name: str, words: list[str]) -> bool:
    whole = same_name(name).split()
    ends = whole[: len(words)], whole[-len(words) :]
    return len(whole) > len(words) and words in ends and not {"of", "for"} & {*whole}


def _same_ending(a: Draft, b: Draft, lexicon: Lexicon) -> bool:
    """Tell whether two longer names differ by the country before them alone."""
    return bool({*_without_country(a.names[0], lexicon)} & {*_without_country(b.names[0], lexicon)})


def _without_country(name: str, lexicon: Lexicon) -> set[str]:
    words = same_name(name).split()
    found = {" ".join(words)}
    for known, iri, _ in lexicon.individuals.get(words[0] if words else "", ()):
        if not lexicon.ontology.individuals[iri].demonyms:
            continue
        if len(known) < len(words) and tuple(words[: len(known)]) == known:
            found.add(" ".join(words[len(known) :]))
    return found


def _variants(name: str, lexicon: Lexicon) -> set[str]:
    """Return the shorter forms of a name: without country, without the words of a name pattern; not the name itself."""
    found: set[str] = set()
    for form in _without_country(name, lexicon):
        words = form.split()
        found.add(form)
        for literal in lexicon.endings.get(words[-1], ()) if words else ():
            if len(words) > len(literal) and words[-len(literal) :] == literal:
                found.add(" ".join(words[: -len(literal)]))
    found.discard(same_name(name))
    return {form for form in found if form and form[:1].isupper()}


def _link_acronyms(syntax: Syntax, drafts: Drafts, personal: set[str]) -> None:
    """Join capitals with the name whose words begin with them."""
    for draft in list(drafts.items):
        if not draft.names or draft.individual or draft not in drafts.items:
            continue
        short = draft.names[0].replace(".", "")
        if not (2 <= len(short) <= 7 and short.isupper() and " " not in short):
            continue
        for other in drafts.items:
            if other is draft or not any(short in _initials(name) for name in other.names):
                continue
            if not _is_person(other, drafts, personal):
                drafts.merge(other, draft)
                break


def _initials(name: str) -> set[str]:
    words = [w for w in name.replace("-", " ").split() if w]
    if len(words) < 2:
        return set()
    return {"".join(w[0] for w in words if w[0].isupper()), "".join(w[0] for w in words).upper()}


def _link_people(syntax: Syntax, drafts: Drafts, personal: set[str]) -> None:
    """Join a surname, or a given name, with the full name that it continues; namesakes mention by mention."""
    for draft in list(drafts.items):
        if draft not in drafts.items or len(draft.names) != 1 or not _is_short(draft, drafts, personal):
            continue
        words = same_name(draft.names[0]).split()
        full = [d for d in drafts.items if d is not draft and _continues(d, words) and _is_person(d, drafts, personal)]
        if len(words) > 1 and words[0][:1].isupper() and len(full) > 1:
            continue
        if len(full) == 1 and not any(_is_another(syntax, mention) for mention in draft.mentions):
            drafts.merge(full[0], draft)
        elif full:
            _share_out(syntax, draft, full, drafts)


def _share_out(syntax: Syntax, short: Draft, full: Sequence[Draft], drafts: Drafts) -> None:
    """Give each mention of a shared surname to a namesake.

    After "Mr" or "Ms" to the one named last, else to the one who had the bare surname before, else to the one named
    last; before any full name to none. "The younger Lund" is the one named last of the others than who has the bare
    surname, and where there is no other nobody of them.
    """
    bare: Draft | None = None
    for mention in list(short.mentions):
        before = [(m.start, d.number, d) for d in full for m in d.mentions if m.start < mention.start]
        if not before:
            continue
        if _is_another(syntax, mention):
            others = [entry for entry in before if entry[2] is not bare]
            if bare is not None and others:
                drafts.move(mention, short, max(others, key=lambda entry: entry[:2])[2])
            continue
        titled = syntax.lower[mention.start].strip(".") in HONORIFICS
        chosen = bare if bare is not None and not titled else max(before, key=lambda entry: entry[:2])[2]
        bare = bare if titled else chosen
        drafts.move(mention, short, chosen)


def _is_another(syntax: Syntax, mention: DraftMention) -> bool:
    """Tell whether a word sets who is named off from the one who is meant by the bare surname."""
    return mention.start > 0 and syntax.lower[mention.start - 1] in _SET_OFF


def _is_short(draft: Draft, drafts: Drafts, personal: set[str]) -> bool:
    """Tell whether a draft may be a person's short name: one word, or a particle and a word, and no other class."""
    words = draft.names[0].split()
    if draft.individual or len(words) > 3:
        return False
    return (
        _is_person(draft, drafts, personal)
        or not drafts.types(draft)
        or (len(words) == 1 and all(vote.reason.startswith("tagged") for vote in draft.votes))
    )


def _continues(full: Draft, words: list[str]) -> bool:
    """Tell whether a full name ends with the words, or begins with the single word.

    Of two surnames, with or without a hyphen, either will do ("Ana Ruiz Soto" is Ruiz).
    """
    for name in full.names:
        whole = same_name(name).split()
        if len(whole) > len(words) and (whole[-len(words) :] == words or (len(words) == 1 and whole[0] == words[0])):
            return True
        if len(words) == 1 and "-" in whole[-1] and words[0] in whole[-1].split("-"):
            return True
        if len(words) == 1 and len(whole) > 2 and whole[-2] == words[0]:
            return True
    return False
