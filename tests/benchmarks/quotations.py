"""Who says the quotations of a hundred novels, and which stretches are quotations: one table.

    python tests/benchmarks/quotations.py --data ../shared/data [--model DIR] [--half even|odd] [--markdown FILE]

LitBank (Sims and Bamman 2020): gold quotations with the cluster of their speaker. A speaker is right where the smallest
gold mention that holds his token belongs to that cluster. The half with even numbers, in the order of file names, was
looked at while the rules were written; the half with odd numbers was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tables import add_model, load_model, make_parser, report

from kg.language.quotations import Speech, find_speech
from kg.language.syntax import Syntax

MARKS = frozenset("\" “ ” ‘ ’ ' `` '' “‘ ’” -- —".split())
TIGHT_BEFORE = frozenset(", . ; : ! ? ” ’ ) 's 'll 're 've 'd 'm n't ’s ’ll ’re ’ve ’d ’m n’t".split())
TIGHT_AFTER = frozenset("“ ‘ (".split())
KINDS = ("beside it, a name or noun", "beside it, a pronoun", "not beside it")


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention: tokens [start, end)."""

    start: int
    end: int
    cluster: str
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """A gold quotation with its marks: tokens [start, end)."""

    start: int
    end: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Novel:
    """A text with its gold."""

    name: str
    doc: Doc
    mentions: list[Mention]
    quotations: list[Quotation]

    def mention_at(self, token: int) -> Mention | None:
        """Return the smallest mention that holds a token."""
        holding = [mention for mention in self.mentions if mention.start <= token < mention.end]
        return min(holding, key=lambda mention: mention.end - mention.start, default=None)

    def kind(self, quotation: Quotation) -> str:
        """Tell how the speaker is named in the sentences of a quotation, outside all quotation marks."""
        start, end = self.doc[quotation.start].sent.start, self.doc[quotation.end - 1].sent.end
        quoted = {i for each in self.quotations for i in range(each.start, each.end)}
        beside = [m for m in self.mentions if start <= m.start < end and m.start not in quoted]
        found = {m.pronoun for m in beside if m.cluster == quotation.speaker}
        return KINDS[0] if False in found else KINDS[1] if True in found else KINDS[2]


def read_rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def make_doc(lines: Sequence[Sequence[str]], vocab: Vocab) -> Doc:
    """Make the Doc of the gold words, one sentence a line, with the white space of print."""
    words = [word for line in lines for word in line]
    following = [*words[1:], ""]
    spaces = [w not in TIGHT_AFTER and f not in TIGHT_BEFORE for w, f in zip(words, following, strict=True)]
    starts = [i == 0 for line in lines for i in range(len(line))]
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)


def read_novels(nlp: Language, data: Path) -> Iterator[Novel]:
    """Yield the novels in the order of their file names, read by the pipeline."""
    folder = data / "coreference" / "litbank"
    files = sorted((folder / "quotations" / "tsv").glob("*.ann"))
    for file in files:
        lines = [line.split() for line in read_text(file.with_suffix(".txt"))]
        offsets = [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line))
        yield read_gold(file, folder / "coref" / file.name, offsets, nlp(make_doc(lines, nlp.vocab)))


def read_text(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[: -1 if file.read_bytes().endswith(b"\n") else None]


def read_gold(quotations: Path, coreference: Path, offsets: Sequence[int], doc: Doc) -> Novel:
    """Read the gold of one novel; its ends are inclusive."""
    rows = read_rows(coreference)
    clusters = {row[1]: row[2] for row in rows if row[0] == "COREF"}
    clusters |= {row[1]: clusters[row[2]] for row in rows if row[0] in ("APPOS", "COP") and row[2] in clusters}
    mentions = [
        Mention(offsets[int(row[2])] + int(row[3]), offsets[int(row[4])] + int(row[5]) + 1,
                clusters.get(row[1], row[1]), row[8] == "PRON")
        for row in rows if row[0] == "MENTION"
    ]  # fmt: skip
    rows = read_rows(quotations)
    speakers = {row[1]: row[2] for row in rows if row[0] == "ATTRIB"}
    quotes = [
        Quotation(offsets[int(row[2])] + int(row[3]), offsets[int(row[4])] + int(row[5]) + 1, speakers[row[1]])
        for row in rows if row[0] == "QUOTE"
    ]  # fmt: skip
    return Novel(quotations.stem, doc, mentions, sorted(quotes, key=lambda quote: quote.start))


def inner(doc: Doc, quotation: Quotation) -> tuple[int, int]:
    """Return a quotation without its marks."""
    start, end = quotation.start, quotation.end
    start += doc[start].text in MARKS
    end -= doc[end - 1].text in MARKS and end - 1 > start
    return start, end


def attribute(novel: Novel, *, guess: bool) -> list[tuple[Quotation, Speech | None]]:
    """Return each gold quotation with what our rules make of it."""
    spans = [inner(novel.doc, quotation) for quotation in novel.quotations]
    found = find_speech(Syntax(novel.doc), quotes=spans, guess=guess)
    speeches = {(speech.start, speech.end): speech for speech in found if speech.quoted}
    return [(quotation, speeches.get(span)) for quotation, span in zip(novel.quotations, spans, strict=True)]


def judge(novel: Novel, quotation: Quotation, speech: Speech | None) -> str:
    """Return "right", "wrong" or "none"."""
    if speech is None or speech.speaker is None:
        return "none"
    mention = novel.mention_at(speech.speaker)
    return "right" if mention is not None and mention.cluster == quotation.speaker else "wrong"


def measure(novels: Sequence[Novel]) -> list[tuple[str, str]]:
    """Return the figures of some novels."""
    counts = {guess: Counter[tuple[str, str, str]]() for guess in (False, True)}
    for novel in novels:
        for guess in counts:
            for quotation, speech in attribute(novel, guess=guess):
                reason = "" if speech is None or speech.found_by is None else speech.found_by
                counts[guess][novel.kind(quotation), reason, judge(novel, quotation, speech)] += 1
    rows = [("quotations", str(counts[True].total()))]
    for guess, count in counts.items():
        title = "with guesses" if guess else "sure ones alone"
        rows.append((f"{title}: right / wrong / without speaker", shares(count, lambda key: True)))
        for kind in KINDS:
            rows.append((f"{title}, speaker {kind}", shares(count, lambda key, kind=kind: key[0] == kind)))
    for reason in sorted({key[1] for key in counts[True]} - {""}):
        rows.append((f"found by {reason}", shares(counts[True], lambda key, reason=reason: key[1] == reason)))
    return rows + [(f"quotations found, {how}, P / R / F1", figure) for how, figure in detection(novels)]


def shares(counts: Counter[tuple[str, str, str]], select: Callable[[tuple[str, str, str]], bool]) -> str:
    chosen = Counter[str]()
    for key, count in counts.items():
        if select(key):
            chosen[key[2]] += count
    total = max(chosen.total(), 1)
    return " / ".join(f"{chosen[part] / total:.3f}" for part in ("right", "wrong", "none")) + f" of {chosen.total()}"


def detection(novels: Sequence[Novel]) -> Iterator[tuple[str, str]]:
    """Yield precision, recall and F1 of the quotations that we find: the very stretch, and any that overlaps."""
    exact, touched, hit, found, gold = 0, 0, 0, 0, 0
    for novel in novels:
        wanted = {inner(novel.doc, quotation) for quotation in novel.quotations}
        ours = {(speech.start, speech.end) for speech in find_speech(Syntax(novel.doc)) if speech.quoted}
        exact += len(wanted & ours)
        touched += sum(any(a < end and start < b for a, b in wanted) for start, end in ours)
        hit += sum(any(a < end and start < b for a, b in ours) for start, end in wanted)
        found, gold = found + len(ours), gold + len(wanted)
    for how, right, recalled in (("exact", exact, exact), ("partial", touched, hit)):
        precision, recall = right / max(found, 1), recalled / max(gold, 1)
        yield how, f"{precision:.3f} / {recall:.3f} / {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with coreference/")
    add_model(parser)
    parser.add_argument("--half", choices=("even", "odd"), help="one half alone")
    arguments = parser.parse_args()
    novels = list(read_novels(load_model(arguments.model), arguments.data))
    halves = {"even": novels[::2], "odd": novels[1::2]}
    chosen = [arguments.half] if arguments.half else ["even", "odd"]
    tables = [dict(measure(halves[half])) for half in chosen]
    titles = dict.fromkeys(title for table in tables for title in table)
    rows = ([title, *(table.get(title, "") for table in tables)] for title in titles)
    report(("measure", *chosen), rows, arguments.markdown)


if __name__ == "__main__":
    main()
