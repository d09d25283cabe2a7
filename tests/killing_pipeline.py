"""A tiny pipeline that worker processes can load by its name, and texts that end or stop whatever reads them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from tiny_pipeline import TinyParser, make_pipeline

NAME = "killing_pipeline_of_tests"
KILLED = "Bo Ek met Deadly."
CRASHED = "Bo Ek met Crashing."
ENDED = "Bo Ek met Exit."
STOPPED = "Bo Ek met Sleepy."
HOARDS = "Bo Ek met Hoard."
KEEPS = "Bo Ek met Keeper."
BROKEN = "Bo Ek met Kaboom."
_PIDS = "pids"


class KillingParser(TinyParser):
    """Reads as `TinyParser` does, a little slower."""

    def __call__(self, text: str) -> Doc:
        if text == KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        if text == CRASHED:
            os.kill(os.getpid(), signal.SIGSEGV)
        if text == ENDED:
            os._exit(3)
        if text == HOARDS:
            bytearray(2_000_000_000)
        if text == KEEPS:
            self.kept = bytearray(600_000_000)
        if text == STOPPED:
            time.sleep(3600)
        time.sleep(0.02)
        return super().__call__(text)


def make_killing_pipeline(package: str) -> Language:
    """Make the pipeline, and take note of the process that does."""
    (Path(package).parents[1] / _PIDS / str(os.getpid())).touch()
    nlp = make_pipeline()
    nlp.tokenizer = KillingParser(nlp.vocab)
    return nlp


def install(folder: Path, *, load: str = "return make_killing_pipeline(__file__)") -> None:
    """Write a package of a pipeline into a folder that Python looks into, as pip would."""
    package = folder / NAME
    (package.parent / _PIDS).mkdir()
    package.mkdir()
    (package / "__init__.py").write_text(
        f"import os\nfrom killing_pipeline import make_killing_pipeline\n\n\ndef load(**_):\n    {load}\n"
    )
    about = folder / f"{NAME}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n")


def processes(folder: Path) -> set[int]:
    """Give the numbers of the processes that loaded the pipeline, and forget them."""
    found = list((folder / _PIDS).iterdir())
    for each in found:
        each.unlink()
    return {int(each.name) for each in found}
