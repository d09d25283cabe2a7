"""What is let go of when a with statement ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """Something that holds files or connections; a with statement closes it at its end."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held; closing twice is no error, using it afterwards is."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
