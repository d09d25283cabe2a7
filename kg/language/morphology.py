"""Base forms by the spelling of English endings, for words that nothing else knows: "conferring", "vetoed", "lies"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

PAST_TAGS: Final = frozenset({"VBD", "VBN"})
PLURAL_TAGS: Final = frozenset({"NNS", "VBZ"})
INFLECTED_TAGS: Final = PAST_TAGS | PLURAL_TAGS | {"VBG"}

_VOWELS: Final = "aeiouy"
_SHORT: Final = 4
"""Up to so many letters "-ies" and "-ied" come of "-ie": "ties", "died"."""
_SYLLABLE: Final = re.compile(r"[aeiou]+|(?<!^)y")
_DOUBLED: Final = re.compile(r"([bcdfgklmnprtvz])\1$")
_CLOSED: Final = re.compile(r"(?<![aeiou])([aeiouy])([^aeiouwxy])$")
"""One vowel and one consonant at the end: what keeps its consonant single has lost an "e", or no stress there."""
_UNSTRESSED: Final = re.compile(r"(?:er|en|on|om|el|al|et|it|op|ot|or|ip|us|ic)$")
_SILENT: Final = re.compile(
    r"(?:c|v|u|(?<!z)z|[aeiou]s|[nrlpw]s|[dlr]g|eng|(?<![aeo])[^aeo]at|[^aeiouylrw]l|[bcdgptv]r|[aeo][aeo]th|com"
    r"|(?:pl|st|gn|^ad)or)$"
)
"""What no word ends in but with an "e" after it: "coalesc", "argu", "dissipat", "burgl"."""
_HISSING: Final = ("ss", "sh", "ch", "x", "zz", "o")
_GREEK: Final = ("theses", "lyses", "crises", "oases", "gnoses")
_PARTS: Final = (
    "arise/arose/arisen awake/awoke/awoken bear/bore/borne beat/beat/beaten become/became/become "
    "begin/began/begun bend/bent/bent bet/bet/bet bid/bid/bid bind/bound/bound bite/bit/bitten bleed/bled/bled "
    "blow/blew/blown break/broke/broken breed/bred/bred bring/brought/brought broadcast/broadcast/broadcast "
    "build/built/built burn/burnt/burnt burst/burst/burst buy/bought/bought cast/cast/cast catch/caught/caught "
    "choose/chose/chosen cling/clung/clung come/came/come cost/cost/cost creep/crept/crept cut/cut/cut "
    "deal/dealt/dealt dig/dug/dug do/did/done draw/drew/drawn dream/dreamt/dreamt drink/drank/drunk "
    "drive/drove/driven dwell/dwelt/dwelt eat/ate/eaten fall/fell/fallen feed/fed/fed feel/felt/felt "
    "fight/fought/fought find/found/found flee/fled/fled fling/flung/flung fly/flew/flown "
    "forbid/forbade/forbidden forecast/forecast/forecast forget/forgot/forgotten forgive/forgave/forgiven "
    "forsake/forsook/forsaken freeze/froze/frozen get/got/gotten give/gave/given go/went/gone grind/ground/ground "
    "grow/grew/grown hang/hung/hung have/had/had hear/heard/heard hide/hid/hidden hit/hit/hit hold/held/held "
    "hurt/hurt/hurt keep/kept/kept kneel/knelt/knelt know/knew/known lay/laid/laid lead/led/led lean/leant/leant "
    "leap/leapt/leapt learn/learnt/learnt leave/left/left lend/lent/lent let/let/let lie/lay/lain light/lit/lit "
    "lose/lost/lost make/made/made mean/meant/meant meet/met/met mow/mowed/mown offset/offset/offset "
    "pay/paid/paid plead/pled/pled prove/proved/proven put/put/put quit/quit/quit read/read/read rid/rid/rid "
    "ride/rode/ridden ring/rang/rung rise/rose/risen run/ran/run say/said/said see/saw/seen seek/sought/sought "
    "sell/sold/sold send/sent/sent set/set/set sew/sewed/sewn shake/shook/shaken shear/sheared/shorn "
    "shed/shed/shed shine/shone/shone shoot/shot/shot show/showed/shown shrink/shrank/shrunk shut/shut/shut "
    "sing/sang/sung sink/sank/sunk sit/sat/sat slay/slew/slain sleep/slept/slept slide/slid/slid "
    "sling/slung/slung slit/slit/slit sow/sowed/sown speak/spoke/spoken speed/sped/sped spell/spelt/spelt "
    "spend/spent/spent spill/spilt/spilt spin/spun/spun split/split/split spoil/spoilt/spoilt "
    "spread/spread/spread spring/sprang/sprung stand/stood/stood steal/stole/stolen stick/stuck/stuck "
    "sting/stung/stung stink/stank/stunk strike/struck/struck strive/strove/striven swear/swore/sworn "
    "sweep/swept/swept swell/swelled/swollen swim/swam/swum swing/swung/swung take/took/taken teach/taught/taught "
    "tear/tore/torn tell/told/told think/thought/thought throw/threw/thrown thrust/thrust/thrust "
    "tread/trod/trodden wake/woke/woken wear/wore/worn weave/wove/woven wed/wed/wed weep/wept/wept win/won/won "
    "wring/wrung/wrung write/wrote/written"
)
"""Irregular verbs: base, past tense, past participle."""
IRREGULAR: Final = {form: base for base, *forms in (parts.split("/") for parts in _PARTS.split()) for form in forms}
"""The base of each irregular past tense and past participle."""
_COMPOUNDS: Final = ("with", "under", "over", "out", "fore", "up", "mis", "un", "re")


def base_form(form: str, tag: str, is_word: Callable[[str], bool], known: Mapping[str, str]) -> str:
    """Give what an inflected form in lower case comes of; the form itself where it has no ending of its tag.

    Of what the spelling allows, that which `is_word` knows, else the likeliest. `known` are the forms of the tag whose
    base is known: those of a compound are those of its last part ("withstood").

    >>> [base_form(form, "VBD", lambda word: False, {}) for form in ("conferred", "vetoed", "dissipated", "tied")]
    ['confer', 'veto', 'dissipate', 'tie']
    >>> [base_form(form, "VBD", lambda word: False, {}) for form in ("fled", "quit", "withstood", "oversaw")]
    ['flee', 'quit', 'withstand', 'oversee']
    """
    bases = base_forms(form, tag, known)
    return next((base for base in bases if is_word(base)), bases[0] if bases else form)


def base_forms(form: str, tag: str, known: Mapping[str, str]) -> list[str]:
    """Give all that an inflected form may come of, the likeliest first; none where it has no ending of its tag."""
    irregular = IRREGULAR if tag in PAST_TAGS else {}
    if form in irregular:
        return [irregular[form]]
    for part in _COMPOUNDS:
        rest = form.removeprefix(part)
        if rest != form and len(rest) >= _SHORT and rest in known:
            return [part + known[rest]]
        if rest != form and rest in irregular:
            return [part + irregular[rest]]
    return [base for base in dict.fromkeys(_find_bases(form, tag)) if is_plausible(base)]


def is_plausible(word: str) -> bool:
    """Tell whether letters can be a word at all: two of them, one a vowel, and not that of "qu" alone.

    >>> [is_plausible(word) for word in ("go", "qu", "br", "sky")]
    [True, False, False, True]
    """
    return len(word) > 1 and any(letter in _VOWELS or not letter.isascii() for letter in word.replace("qu", "q"))


def _find_bases(form: str, tag: str) -> Iterator[str]:
    """Yield the bases that the spelling allows, the likeliest first."""
    if tag in PLURAL_TAGS:
        yield from _without_s(form, noun=tag == "NNS")
    elif tag == "VBG" and form.endswith("ing"):
        stem = form[:-3]
        if stem.endswith("y") and len(stem) <= 2:
            yield stem[:-1] + "ie"
        yield from _without_ending(stem)
    elif tag in PAST_TAGS and form.endswith("ied"):
        yield form[:-1] if len(form) <= _SHORT else form[:-3] + "y"
    elif tag in PAST_TAGS and form.endswith("ed"):
        yield from _without_ending(form[:-2])


def _without_s(form: str, *, noun: bool) -> Iterator[str]:
    if form.endswith("men"):
        yield form[:-3] + "man"
    if not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return
    if form.endswith("ies"):
        yield form[:-1] if len(form) <= _SHORT else form[:-3] + "y"
    if noun and form.endswith(_GREEK):
        yield form[:-2] + "is"
    if noun and form.endswith("ves"):
        bases = form[:-1], form[:-3] + "f", form[:-3] + "fe"
        yield from sorted(bases, key=lambda base: not base.endswith("lf"))
    if form[:-2].endswith(_HISSING) and form.endswith("es") and not (form.endswith("oes") and len(form) <= _SHORT + 1):
        yield form[:-2]
    if noun and re.search(r"[^aeo]uses$", form):
        yield form[:-2]
    yield form[:-1]


def _without_ending(stem: str) -> Iterator[str]:
    """Yield what a stem before "-ed" or "-ing" comes of: as it is, with one consonant less, or with an "e" more."""
    if not is_plausible(stem):
        return
    syllables = len(_SYLLABLE.findall(stem))
    if stem.endswith("ick") and syllables > 1:
        yield stem[:-1]
    if _is_doubled(stem, syllables):
        yield from (stem[:-1], stem)
    elif _has_lost_e(stem, syllables):
        yield from (stem + "e", stem)
    else:
        yield from (stem, stem + "e")


def _is_doubled(stem: str, syllables: int) -> bool:
    kept = stem.endswith(("ff", "all")) or (stem.endswith(("ll", "zz")) and syllables < 2)
    return bool(_DOUBLED.search(stem)) and len(stem) > 3 and not kept


def _has_lost_e(stem: str, syllables: int) -> bool:
    if stem.endswith("e"):
        return not stem.endswith("ee")
    if _CLOSED.search(stem.replace("qu", "qw")) and (syllables < 2 or not _UNSTRESSED.search(stem)):
        return True
    return bool(_SILENT.search(stem)) and not stem.endswith("ocus")
