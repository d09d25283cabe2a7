"""Score what is extracted against what a careful reader takes from the same articles."""

from kg.evaluation.clues import Clue, find_clues
from kg.evaluation.evaluate import evaluate
from kg.evaluation.gold import read_gold
from kg.evaluation.report import make_calibration, make_frames, make_rows
from kg.evaluation.score import Mistake, Score, Tally, Verdict
from kg.evaluation.scorer import score
from kg.evaluation.terms import Terms, make_terms

__all__ = [
    "Clue",
    "Mistake",
    "Score",
    "Tally",
    "Terms",
    "Verdict",
    "evaluate",
    "find_clues",
    "make_calibration",
    "make_frames",
    "make_rows",
    "make_terms",
    "read_gold",
    "score",
]
