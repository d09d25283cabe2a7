"""How web addresses are fetched, as far as a user says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import SettingError

LONGEST_PAUSE = 3600.0


@dataclass(frozen=True, slots=True)
class Fetching:
    """Settings of what is fetched; raises SettingError for numbers with which nothing can be fetched.

    `allow_private` lifts the ban on hosts that are not on the public Internet (this machine, private networks).
    `pause` is how many seconds lie at least between two questions to one host, `patience` after how many seconds of
    silence an answer is given up (it may take four times as long altogether). Of one feed or sitemap at most `pages`
    pages are fetched. `memory` is the file that keeps what was fetched, so that later only changes are asked for;
    without it all is fetched.
    """

    allow_private: bool = False
    pause: float = 1.0
    patience: float = 30.0
    pages: int = 1000
    memory: Path | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.pause <= LONGEST_PAUSE:
            raise SettingError(f"pause is {self.pause}; give seconds, from 0 to {LONGEST_PAUSE:,.0f}")
        if not 0 < self.patience <= LONGEST_PAUSE:
            raise SettingError(f"patience is {self.patience}; give seconds, more than 0, at most {LONGEST_PAUSE:,.0f}")
        if self.pages < 1:
            raise SettingError(f"pages is {self.pages}; give a number of 1 or more")
