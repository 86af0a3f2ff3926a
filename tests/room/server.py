"""A real HTTP server on this machine that plays any part."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, TypeVar

Headers = dict[str, str]


class Request(NamedTuple):
    """What was asked."""

    path: str
    headers: Headers


class Talk(BaseHTTPRequestHandler):
    """One exchange; what a part is given to play with."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(Request(self.path, {name.lower(): value for name, value in self.headers.items()}))
        try:
            self.server.parts[self.path.partition("?")[0]](self)
        except (OSError, ValueError):  # the other side has had enough
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Silence."""

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """All of an answer, its length told."""
        self.head(status, **{"content_length": str(len(body)), **headers})
        self.wfile.write(body)

    def head(self, status: int = 200, **headers: str) -> None:
        """The first half of an answer; `_` stands for `-`."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    @property
    def ended(self) -> threading.Event:
        """Set when the test is over: nobody plays longer."""
        return self.server.ended


Part = Callable[[Talk], None]


class Loopback(ThreadingHTTPServer):
    """Serves on this machine; `ended` is set when the test is over: whoever keeps others waiting is to stop."""

    daemon_threads = True

    def __init__(self, talk: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), talk)
        self.ended = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Who hangs up is no news."""


AnyLoopback = TypeVar("AnyLoopback", bound=Loopback)


@contextmanager
def serving(server: AnyLoopback) -> Iterator[AnyLoopback]:
    """Let it serve until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Server(Loopback):
    """Parts by path; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(Talk)
        self.parts: dict[str, Part] = {}
        self.asked: list[Request] = []
        self.scheme = "http"

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}{path}"

    def plays(self, path: str, part: Part) -> str:
        """Give a path its part; returns its address."""
        self.parts[path] = part
        return self.url(path)


@contextmanager
def running(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server, until the end of the block."""
    server = Server()
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    with serving(server):
        yield server


def says(body: bytes = b"", status: int = 200, **headers: str) -> Part:
    """A part that always answers the same."""
    return lambda talk: talk.answer(body, status, **headers)


def drips(body: bytes, pause: float = 0.05) -> Part:
    """A part that sends a byte at a time."""

    def part(talk: Talk) -> None:
        talk.head(content_length=str(len(body)))
        for number in range(len(body)):
            if talk.ended.wait(pause):
                return
            talk.wfile.write(body[number : number + 1])
            talk.wfile.flush()

    return part


def drips_head(talk: Talk, pause: float = 0.05) -> None:
    """A part that sends its headers a byte at a time, without end."""
    talk.wfile.write(b"HTTP/1.1 200 OK\r\nX-Word: ")
    while not talk.ended.wait(pause):
        talk.wfile.write(b"x")
        talk.wfile.flush()


def hangs(talk: Talk) -> None:
    """A part that never answers."""
    talk.ended.wait(20)


def pours(talk: Talk) -> None:
    """A part that sends without end."""
    talk.head()
    while not talk.ended.is_set():
        talk.wfile.write(b"x" * 65536)
