"""Names that lead elsewhere than they did a moment ago, and servers that send us where only we can go."""

from __future__ import annotations

import socket
from itertools import pairwise

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


# --- from a public server to where only we can go ---


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.1:{port}/", "redirected to a loopback address"),
        ("http://localhost:{port}/", "redirected to a loopback address"),
        ("http://2130706433:{port}/", "redirected to a loopback address"),
        ("http://0.0.0.0:{port}/", "redirected to a loopback address"),
        ("http://[::1]:{port}/", "redirected to a loopback address"),
        ("http://[::ffff:127.0.0.1]:{port}/", "redirected to a loopback address"),
        ("//127.0.0.1:{port}/", "redirected to a loopback address"),
        ("http://home.example:{port}/", "redirected to a loopback address"),
        ("http://both.example:{port}/", "redirected to a loopback address"),
        ("http://10.0.0.1/", "redirected to a private address"),
        ("https://192.168.1.1/admin", "redirected to a private address"),
        ("http://intranet.example/", "redirected to a private address"),
        ("http://[fd00::1]/", "redirected to a private address"),
        ("http://169.254.169.254/latest/meta-data", "redirected to a link-local address"),
        ("http://metadata.example/", "redirected to a link-local address"),
        ("file:///etc/passwd", "redirected to an address that is not asked"),
        ("ftp://127.0.0.1/", "redirected to an address that is not asked"),
        ("gopher://127.0.0.1:{port}/", "redirected to an address that is not asked"),
        ("data:application/json,[]", "redirected to an address that is not asked"),
        ("javascript:1", "redirected to an address that is not asked"),
        ("unix:///run/docker.sock", "redirected to an address that is not asked"),
    ],
)
@pytest.mark.parametrize("hops", [0, 2])
def test_no_public_server_sends_us_home(
    server: Server, public: str, monkeypatch: pytest.MonkeyPatch, target: str, reason: str, hops: int
) -> None:
    """At once, or after other public servers; by address, or by a name that leads there, whatever else it leads to."""
    with running() as home:
        resolving(
            monkeypatch,
            news_example=[PUBLIC],
            mirror_example=["93.184.216.35"],
            home_example=["127.0.0.1"],
            intranet_example=["10.1.2.3"],
            metadata_example=["169.254.169.254"],
        )
        also(monkeypatch, "both.example", PUBLIC, "127.0.0.1")
        home.plays("/", says(b"secret"))
        way = [public, *(f"http://mirror.example/{hop}" for hop in range(hops)), target.format(port=home.server_port)]
        for one, then in pairwise(way):
            server.plays(one, says(status=302, location=then))
        assert why(public) == reason
        assert home.asked == []
        assert len(server.asked) == hops + 1


def also(monkeypatch: pytest.MonkeyPatch, name: str, *addresses: str) -> None:
    """A name that leads to several addresses at once."""
    before = socket.getaddrinfo

    def resolve(host: str, port: int | None, *args: int, **more: int) -> list[object]:
        return [each for part in (addresses if host == name else [host]) for each in before(part, port, *args, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://192.168.0.1/", "http://[fe80::1]/"])
def test_nor_does_one_at_home_send_us_to_others_in_the_house(server: Server, target: str) -> None:
    assert why(server.plays("/", says(status=307, location=target))).startswith("redirected to a ")


def test_public_servers_may_send_us_to_each_other(server: Server, public: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, news_example=[PUBLIC], mirror_example=["93.184.216.35"])
    server.plays(public, says(status=302, location="http://mirror.example/here"))
    server.plays("http://mirror.example/here", says(b"news"))
    assert ask(public).body == b"news"
