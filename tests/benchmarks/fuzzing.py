"""Try random and broken input on all that reads, and count what comes of it.

    python tests/benchmarks/fuzzing.py --examples 100000 --markdown tests/benchmarks/fuzzing.md
    python tests/benchmarks/fuzzing.py --examples 20000 --target dates
    python tests/benchmarks/fuzzing.py --atheris 300

The targets are those of tests/fuzz. Each runs in a process of its own, so that one that ends is a fault of its target
and no more; `--examples` are shared out among them, many to the quick ones. A fault is anything but an error of
kg.errors that leaves a check; what it was is printed as small as it gets. With `--atheris` the targets that read bytes
are tried for so many seconds each with bytes that are chosen by the code that they reach, where atheris is installed
(`pip install atheris`).
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]
HEAD = ("target", "examples", "taken", "refused", "seconds", "slowest, s", "faults")
COVERED = ("decode", "texts", "dates", "pages", "JSON Lines", "JSON", "CSV", "ontologies", "decisions", "queries")


def run_target(name: str, examples: int) -> dict[str, Any]:
    """Try a target in this process; give what became of it."""
    from fuzz.target import Tally
    from fuzz.targets import TARGETS

    tally, faults = Tally(), 0
    start = time.perf_counter()
    try:
        TARGETS[name].make(examples, tally, random=True)()
    except Exception as error:  # any of them is what is looked for
        faults = len(error.exceptions) if isinstance(error, BaseExceptionGroup) else 1
        traceback.print_exc()
    seconds = time.perf_counter() - start
    return {
        "taken": tally.taken,
        "refused": tally.refused,
        "slowest": tally.slowest,
        "seconds": seconds,
        "faults": faults,
    }


def run_apart(name: str, examples: int) -> dict[str, Any]:
    """Try a target in a process of its own; one that ends otherwise than it should is a fault."""
    command = [sys.executable, "-W", "error", __file__, "--only", name, "--examples", str(examples)]
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode == 0 and last.startswith("{"):
        found: dict[str, Any] = json.loads(last)
        return found
    print(f"{name}: the process ended with {done.returncode}", file=sys.stderr)
    return {"taken": 0, "refused": 0, "slowest": 0.0, "seconds": time.perf_counter() - start, "faults": 1}


def rows(examples: int, names: list[str]) -> Iterator[list[str]]:
    """Try targets one after the other, a row for each and one for all."""
    from fuzz.targets import TARGETS

    targets = [TARGETS[name] for name in names or TARGETS]
    shares = sum(target.share for target in targets)
    total = {"taken": 0, "refused": 0, "slowest": 0.0, "seconds": 0.0, "faults": 0}
    for target in targets:
        found = run_apart(target.name, max(1, round(examples * target.share / shares)))
        for key, value in found.items():
            total[key] = max(total[key], value) if key == "slowest" else total[key] + value
        yield _row(target.name, found)
    yield _row("all", total)


def _row(name: str, found: dict[str, Any]) -> list[str]:
    numbers = [f"{found[key]:,}" for key in ("taken", "refused")]
    times = [f"{found['seconds']:,.0f}", f"{found['slowest']:.2f}"]
    return [name, f"{found['taken'] + found['refused']:,}", *numbers, *times, str(found["faults"])]


def cover(name: str, seconds: int) -> None:
    """Try a target with bytes chosen by coverage; atheris ends the process itself, at the first fault or in time."""
    import atheris

    with atheris.instrument_imports(include=["kg"]):
        from fuzz.target import Tally
        from fuzz.targets import TARGETS

    test = TARGETS[name].make(1, Tally(), random=True)
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-timeout=30"], test.hypothesis.fuzz_one_input
    )
    atheris.Fuzz()


def cover_all(seconds: int, names: list[str]) -> int:
    """Try targets with atheris, each in a process of its own; say how many ended with a fault."""
    faults = 0
    for name in names or COVERED:
        command = [sys.executable, __file__, "--cover", name, "--atheris", str(seconds)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        last = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("Done")), "")
        print(f"{name}: {last or f'ended with {done.returncode}'}", flush=True)
        if done.returncode != 0:
            faults += 1
            print(done.stderr[-4000:], file=sys.stderr)
    return faults


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=10_000, help="how many examples to try in all")
    parser.add_argument("--target", action="append", default=[], help="a target to try, instead of all")
    parser.add_argument("--markdown", type=Path, help="also write the table to this file; what stands under it stays")
    parser.add_argument("--atheris", type=int, metavar="SECONDS", help="let coverage choose, so long for each target")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--cover", help=argparse.SUPPRESS)
    options = parser.parse_args()
    faulthandler.enable()
    if options.cover:
        cover(options.cover, options.atheris)
    elif options.only:
        print(json.dumps(run_target(options.only, options.examples)))
    elif options.atheris:
        sys.exit(1 if cover_all(options.atheris, options.target) else 0)
    else:
        from tables import report

        report(HEAD, rows(options.examples, options.target), options.markdown)


if __name__ == "__main__":
    main()
