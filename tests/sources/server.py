"""Servers of one test, on loopback: they answer what they are told to, and remember how they were asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from readtheroom.errors import UnavailableError
from readtheroom.protocols import Reply

JSON = "application/json; charset=utf-8"
XML = "application/rss+xml; charset=utf-8"
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
"""When every answer is said to have been fetched."""


class Answer(NamedTuple):
    """What a server sends for a path."""

    body: str | bytes
    content_type: str = JSON
    status: int = 200


class Asked(NamedTuple):
    """How it was asked: path with query, and headers by their names in lower case."""

    path: str
    headers: Mapping[str, str]


class Server:
    """A running server. `answers` are by path without its query; `*` is any other path, else it is 404."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []

    def paths(self) -> list[str]:
        """The paths that were asked, in order."""
        return [each.path for each in self.asked]


class LoopbackClient:
    """The least that a `protocols.Client` can be."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """See `protocols.Client`."""
        opener = build_opener(ProxyHandler({}))
        try:
            with opener.open(Request(url, headers=dict(headers or {})), timeout=10) as reply:  # noqa: S310  loopback
                return Reply(url, reply.headers.get("Content-Type", ""), reply.read(), NOW)
        except HTTPError as error:
            error.close()
            raise UnavailableError(f"answered {error.code}") from None

    def left(self) -> float:
        """See `protocols.Client`."""
        return 60.0


class BodyClient:
    """A client that always has the same answer; for many answers in a short time."""

    def __init__(self, body: bytes, content_type: str) -> None:
        self._body = body
        self._content_type = content_type

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:  # noqa: ARG002  as every client
        """See `protocols.Client`."""
        return Reply(url, self._content_type, self._body, NOW)

    def left(self) -> float:
        """See `protocols.Client`."""
        return 60.0


@contextmanager
def running() -> Iterator[Server]:
    """A server on a free port, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(Asked(self.path, {key.lower(): value for key, value in self.headers.items()}))
            answers = server.answers
            answer = answers.get(self.path.partition("?")[0]) or answers.get("*") or Answer("", "text/plain", 404)
            body = answer.body if isinstance(answer.body, bytes) else answer.body.encode()
            self.send_response(answer.status)
            if answer.content_type:
                self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = Server(f"http://127.0.0.1:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
