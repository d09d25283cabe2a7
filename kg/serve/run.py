"""Running the application on a port of this machine."""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from os import PathLike
from typing import Final

import uvicorn
from starlette.applications import Starlette

from kg.errors import SettingError, StoreError
from kg.serve.app import make_app
from kg.serve.connection import make_protocol
from kg.serve.guard import LOOPBACK
from kg.serve.limits import Limits

HOST: Final = "127.0.0.1"
PORT: Final = 8000

_BACKLOG: Final = 512
_KEPT_ALIVE: Final = 15
_STOPPING: Final = 3
_FILES: Final = 4096
_TURN: Final = 0.0005
"""Seconds that a thread may compute while others wait: a short query is not to wait for the page of somebody else."""


def serve(
    folder: str | PathLike[str],
    host: str = HOST,
    port: int = PORT,
    *,
    edit: bool = False,
    timeout: float = 10.0,
    allowed_hosts: Iterable[str] = (),
    limits: Limits | None = None,
    processes: int = 1,
    on_start: Callable[[str], object] = lambda address: None,
) -> None:
    """Serve the graph in a folder until the process is interrupted; port 0 takes a free one.

    `timeout` is what a query may take, in seconds. `allowed_hosts` are names under which clients ask, besides the
    loopback ones and those of `host`. So many `processes` share the port, each with memory of its own; corrections are
    taken by one. `on_start` is called with the address once it answers. Raises StoreError when there is no graph, or
    when the port is taken, SettingError for several processes with `edit`.
    """
    if edit and processes > 1:
        raise SettingError("corrections are taken by one process; leave out --processes, or --edit")
    limits = replace(limits or Limits(), timeout=timeout)
    with open_socket(host, port) as listening:
        names = {*LOOPBACK, *_find_names(host), *allowed_hosts}
        app = make_app(folder, edit=edit, limits=limits, allowed_hosts=names)
        with _others(processes - 1, listening, os.fspath(folder), limits, names):
            _answer(app, listening, limits, lambda: on_start(write_address(listening)))


def _answer(app: Starlette, listening: socket.socket, limits: Limits, on_start: Callable[[], object]) -> None:
    _allow_files()
    config = uvicorn.Config(
        app,
        http=make_protocol(limits),
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEPT_ALIVE,
        timeout_graceful_shutdown=_STOPPING,
        backlog=_BACKLOG,
    )
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        on_start()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        sys.setswitchinterval(interval)
        app.state.snapshots.close()


@contextmanager
def _others(count: int, listening: socket.socket, folder: str, limits: Limits, names: Iterable[str]) -> Iterator[None]:
    """Run more processes that answer on the same socket, and end them after."""
    spawn = multiprocessing.get_context("spawn")
    started = [
        spawn.Process(target=_help, args=(listening, folder, limits, frozenset(names)), daemon=True)
        for _ in range(count)
    ]
    for each in started:
        each.start()
    try:
        yield
    finally:
        for each in started:
            each.terminate()
        for each in started:
            each.join(_STOPPING + 1)


def _help(listening: socket.socket, folder: str, limits: Limits, names: frozenset[str]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _answer(make_app(folder, limits=limits, allowed_hosts=names), listening, limits, lambda: None)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def open_socket(host: str, port: int) -> socket.socket:
    """Listen on a port. Raises SettingError when there is no such host, StoreError when the port is taken."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingError(f"{host}: is no address of this machine ({reason}); take 127.0.0.1 or 0.0.0.0") from None
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(_BACKLOG)
    except OSError as error:
        opened.close()
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"port {port} of {host}: cannot be used ({reason}); choose another with --port") from None
    return opened


def write_address(listening: socket.socket) -> str:
    """Write the address of the first page, as a browser on this machine takes it."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = HOST
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _find_names(host: str) -> set[str]:
    """Find how clients may call a host: its own name; for all addresses of the machine, the machine's."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return {host}
    if not address.is_unspecified:
        return {f"[{host}]" if address.version == 6 else host}
    names = {socket.gethostname(), socket.getfqdn()}
    with suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), None)
        names |= {f"[{each[4][0]}]" if each[0] == socket.AF_INET6 else str(each[4][0]) for each in found}
    return names


def _allow_files() -> None:
    """Let connections have the file descriptors that the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
