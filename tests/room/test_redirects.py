"""Names that lead elsewhere than they did a moment ago, and servers that send us where only we can go."""

from __future__ import annotations

import socket

import pytest

from tests.room.server import Server, running, says
from tests.room.test_fetch import ask, why

PUBLIC = "93.184.216.34"


def resolving(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> None:
    """Names (`_` stands for `.`) that lead to one address after another; the last one stays."""
    real = socket.getaddrinfo
    answers = {name.replace("_", "."): list(some) for name, some in names.items()}

    def resolve(host: str, port: int | None, *args: int, **more: int) -> object:
        some = answers.get(host)
        if some:
            host = some.pop(0) if len(some) > 1 else some[0]
        return real(host, port, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture
def public(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A public host, as a proxy knows it; other hosts are asked without the proxy."""
    monkeypatch.setenv("http_proxy", server.url())
    monkeypatch.setenv("no_proxy", "rebind.example,127.0.0.1")
    return "http://news.example/"


def test_a_name_that_leads_home_once_it_was_looked_at(
    server: Server, public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as home:
        resolving(monkeypatch, news_example=[PUBLIC], rebind_example=[PUBLIC, "127.0.0.1"])
        home.plays("/", says(b"secret"))
        server.plays(public, says(status=302, location=f"http://rebind.example:{home.server_port}/"))
        assert why(public) == "redirected to a loopback address"
        assert home.asked == []


def test_a_name_that_leads_home_from_home(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, rebind_example=["127.0.0.1"])
    server.plays("/", says(status=302, location=f"http://rebind.example:{server.server_port}/there"))
    server.plays("/there", says(b"there"))
    assert ask(server.url()).body == b"there"
