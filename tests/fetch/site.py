"""A web site on loopback that answers as a test tells it, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENTENCES = (
    "The harbour council of Tarnbrook met on Monday evening and rejected the plan for a second quay.",
    "Ada Lindqvist, the chair of the council, said that the money was needed for the old one.",
    "Her deputy, who had drawn up the plan, was not there when the vote was taken.",
    "The council meets again in the spring, when the accounts of the last year are before it.",
)
TEXT = "\n\n".join(SENTENCES)


@dataclass(slots=True)
class Answer:
    """What the site answers."""

    body: bytes = b""
    type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Answer | Callable[[BaseHTTPRequestHandler], Answer | None]


class Site:
    """Answers by path; `asked` are the paths and headers that it was asked with, robots.txt apart."""

    def __init__(self, server: ThreadingHTTPServer, routes: dict[str, Route], asked: list[tuple[str, Any]]) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.port = server.server_port
        self.routes = routes
        self.asked = asked

    def __setitem__(self, path: str, route: Route) -> None:
        self.routes[path] = route

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def forget(self) -> None:
        self.asked.clear()


@contextmanager
def serve() -> Iterator[Site]:
    routes: dict[str, Route] = {}
    asked: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append((self.path, self.headers))
            route = routes.get(self.path, Answer(status=404))
            answer = route(self) if callable(route) else route
            if answer is None:
                self.close_connection = True
                return
            kept = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
            sent = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
            same = any(mine is not None and mine == theirs for mine, theirs in zip(kept, sent, strict=True))
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.type is not None:
                self.send_header("Content-Type", answer.type)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", "0" if same else str(len(answer.body)))
            self.end_headers()
            if not same:
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:  # who asks may hang up in the middle
            pass

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Site(server, routes, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_page(title: str = "Council rejects quay", text: str = TEXT, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in text.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def make_rss(*items: str, head: str = "") -> bytes:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>'
        f"<link>https://news.example/</link><description>d</description>{head}{entries}</channel></rss>"
    ).encode()


def make_sitemap(*entries: str, root: str = "urlset", item: str = "url") -> bytes:
    found = "".join(f"<{item}>{entry}</{item}>" for entry in entries)
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f'<?xml version="1.0"?><{root} {namespace}>{found}</{root}>'.encode()
