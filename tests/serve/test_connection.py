"""A head waits for its body, for one turn of the event loop; what is long, or closes, does not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from kg.serve.connection import _JOINED, _Joining

T = TypeVar("T")


def run(coroutine: Coroutine[object, object, T]) -> T:
    """Run in a thread: tests of the browser keep a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


class Sent:
    """A transport that keeps what it is given to send."""

    def __init__(self) -> None:
        self.told: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.told.append(data)

    def close(self) -> None:
        self.told.append("closed")

    def get_write_buffer_size(self) -> int:
        return 7

    def is_closing(self) -> bool:
        return "closed" in self.told


def test_a_head_and_its_body_are_sent_together() -> None:
    async def send() -> list[bytes | str]:
        sent = Sent()
        joining = _Joining(sent)  # type: ignore[arg-type]
        for answer in (b"one", b"two"):
            joining.write(b"head ")
            assert joining.get_write_buffer_size() == 7 + 5
            joining.write(answer)
            assert joining.get_write_buffer_size() == 7
            assert sent.told[-1] == b"head " + answer
        joining.write(b"head alone")
        await asyncio.sleep(0)
        assert joining.get_write_buffer_size() == 7
        assert not joining.is_closing()
        return sent.told

    assert run(send()) == [b"head one", b"head two", b"head alone"]


def test_nothing_waits_before_a_connection_closes_or_when_it_is_long() -> None:
    async def send() -> list[bytes | str]:
        sent = Sent()
        joining = _Joining(sent)  # type: ignore[arg-type]
        joining.write(b"x" * (_JOINED + 1))
        assert len(sent.told) == 1
        joining.write(b"last")
        joining.close()
        await asyncio.sleep(0)
        return sent.told[1:]

    assert run(send()) == [b"last", "closed"]
