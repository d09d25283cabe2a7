"""Commands that are killed at moments drawn by lot from a seed: what was lost, and what was half done.

    python tests/benchmarks/kills.py [--markdown FILE]

runs `tests/crash/test_kills.py`: builds, builds on a graph, moves to another base, decisions, exports, and a server
that is being corrected. A test of these fails where anything that was acknowledged is missing, where an article is
there by halves, or where the same command, run again, does not come to the end that it has undisturbed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tables import make_parser, report

TESTS = Path(__file__).parents[1]
SUITE = TESTS / "crash" / "test_kills.py"


def iter_rows() -> Iterator[list[str]]:
    """Run the tests, and iterate over the rows of the table; where one fails its rows say so."""
    sys.path.insert(0, str(TESTS))
    from crash.test_kills import KILLS  # type: ignore[import-not-found]

    for command, number in KILLS.items():
        yield [f"kills of {command}", str(number)]
    yield ["kills", str(sum(KILLS.values()))]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", str(SUITE)]
    done = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True)
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if done.returncode and not failed:
        raise SystemExit(f"the tests did not run: {done.stdout[-500:]}{done.stderr[-500:]}")
    yield ["lost or half", str(len(failed))]


def main() -> None:
    """Print the table."""
    options = make_parser(__doc__).parse_args()
    report(("", "number"), iter_rows(), options.markdown)


if __name__ == "__main__":
    main()
