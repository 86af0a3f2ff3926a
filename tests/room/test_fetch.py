from __future__ import annotations

import gzip
import socket
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from readtheroom import __version__
from readtheroom.errors import UnavailableError
from readtheroom.room.deadline import Deadline
from readtheroom.room.fetch import LONGEST_WAIT, MOST_REDIRECTS, REPLY_LIMIT, UNSAID, Answer, RefusedError, fetch
from tests.room.server import Part, Server, Talk, drips, drips_head, hangs, pours, running, says

SHORT = 0.7
"""Seconds for what is to run out of time."""

PATIENCE = 30.0
"""Seconds for what is not."""


def ask(url: str, seconds: float = PATIENCE, **headers: str) -> Answer:
    return fetch(url, headers, Deadline(seconds))


def why(url: str, seconds: float = PATIENCE) -> str:
    with pytest.raises(UnavailableError) as caught:
        ask(url, seconds)
    return str(caught.value)


def test_an_answer_as_it_came(server: Server) -> None:
    url = server.plays("/", says(b"{}", content_type="application/json", etag='"1"', last_modified="Sat, 1 Mar 2025"))
    assert ask(url, authorization="secret") == Answer(200, "application/json", b"{}", '"1"', "Sat, 1 Mar 2025")
    sent = server.asked[0].headers
    assert sent["user-agent"] == f"readtheroom/{__version__} (+https://github.com/readtheroom/readtheroom)"
    assert (sent["authorization"], sent["accept-encoding"]) == ("secret", "gzip")


def test_an_empty_answer(server: Server) -> None:
    assert ask(server.plays("/", says())) == Answer(200, "", b"", None, None)


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"room" * 9000), zlib.compress(b"room" * 9000)], ids=["gzip", "deflate"]
)
def test_a_packed_answer(server: Server, packed: bytes) -> None:
    encoding = "gzip" if packed[:2] == b"\x1f\x8b" else "deflate"
    assert ask(server.plays("/", says(packed, content_encoding=encoding))).body == b"room" * 9000


def test_nothing_new(server: Server) -> None:
    assert ask(server.plays("/", says(status=304, etag='"1"'))) == Answer(304, "", b"", '"1"', None)


def cut_short(talk: Talk) -> None:
    talk.head(content_length="100")
    talk.wfile.write(b"half")
    talk.close_connection = True


def chunk_cut_short(talk: Talk) -> None:
    talk.head(transfer_encoding="chunked")
    talk.wfile.write(b"8\r\nhalf")
    talk.close_connection = True


def elsewhere_at_length(talk: Talk) -> None:
    talk.head(302, location="/")
    while not talk.ended.is_set():
        talk.wfile.write(b"x" * 65536)


BOMB = gzip.compress(b"\0" * (200 << 20), 1)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (says(status=404), "answered 404"),
        (says(status=403), "answered 403"),
        (says(status=204), "answered 204"),
        (says(status=500), "answered 500"),
        (says(status=503), "answered 503"),
        (says(content_length="10000000000"), "larger than 4 MiB"),
        (pours, "larger than 4 MiB"),
        (says(b"x" * (REPLY_LIMIT + 1)), "larger than 4 MiB"),
        (says(BOMB, content_encoding="gzip"), "larger than 4 MiB"),
        (says(b"no gzip", content_encoding="gzip"), "the answer cannot be unpacked"),
        (says(gzip.compress(b"room" * 9)[:-12], content_encoding="gzip"), "the answer was cut short"),
        (says(b"x", content_encoding="br"), "packed in a way that was not asked for"),
        (cut_short, "the answer was cut short"),
        (chunk_cut_short, "the answer was cut short"),
        (elsewhere_at_length, f"redirected more than {MOST_REDIRECTS} times"),
        (says(status=302, location="/"), f"redirected more than {MOST_REDIRECTS} times"),
        (says(status=302, location="file:///etc/passwd"), "redirected to an address that is not asked"),
        (says(status=302, location="http://[::1"), "redirected to an address that is not asked"),
        (says(status=302, location="http://me:secret@127.0.0.1/"), "redirected to an address that is not asked"),
        (says(status=302, location="http://10.0.0.1/"), "redirected to a private address"),
        (says(status=302, location="http://169.254.169.254/meta"), "redirected to a link-local address"),
    ],
)
def test_what_is_no_answer(server: Server, part: Part, reason: str) -> None:
    assert why(server.plays("/", part)) == reason


def drips_without_length(talk: Talk) -> None:
    talk.head()
    while not talk.ended.wait(0.05):
        talk.wfile.write(b"x")
        talk.wfile.flush()


def on_and_on(talk: Talk) -> None:
    talk.ended.wait(0.1)
    talk.answer(status=302, location="/" if talk.path.endswith("#") else "/#")


TOO_LONG = [hangs, drips(b"x" * 1000), drips_head, drips_without_length, on_and_on]


@pytest.mark.parametrize("part", TOO_LONG, ids=lambda part: part.__name__)
def test_what_takes_too_long(server: Server, part: Part) -> None:
    assert why(server.plays("/", part), SHORT) == "timeout"


@pytest.mark.parametrize("part", [drips_head, drips(b"x" * 1000)])
def test_what_takes_too_long_by_proxy(server: Server, part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    server.plays("http://news.example/feed", part)
    monkeypatch.setenv("http_proxy", server.url())
    assert why("http://news.example/feed", SHORT) == "timeout"


def test_what_passes_is_asked_for_again(server: Server) -> None:
    server.plays("/", lambda talk: talk.answer(b"here", 200 if len(server.asked) > 1 else 502))
    assert ask(server.url()).body == b"here"
    assert len(server.asked) == 2


def test_what_does_not_is_not(server: Server) -> None:
    assert why(server.plays("/", says(status=404))) == "answered 404"
    assert len(server.asked) == 1


def at(talk: Talk) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)


@pytest.mark.parametrize(
    ("part", "status", "wait"),
    [
        (says(status=429, retry_after="120"), 429, timedelta(minutes=2)),
        (says(status=503, retry_after="120"), 503, timedelta(minutes=2)),
        (lambda talk: talk.answer(status=429, retry_after=at(talk)), 429, timedelta(hours=2)),
        (says(status=429), 429, UNSAID),
        (says(status=429, retry_after="soon"), 429, UNSAID),
        (says(status=429, retry_after="-1"), 429, UNSAID),
        (says(status=429, retry_after="999999999"), 429, LONGEST_WAIT),
        (says(status=429, retry_after="9" * 5000), 429, UNSAID),
        (says(status=429, retry_after="Sat, 01 Mar 2014 09:00:00 GMT"), 429, timedelta()),
    ],
)
def test_who_has_had_enough_says_until_when(server: Server, part: Part, status: int, wait: timedelta) -> None:
    url, before = server.plays("/", part), datetime.now(UTC)
    with pytest.raises(RefusedError) as caught:
        ask(url)
    assert caught.value.status == status
    assert before + wait - timedelta(seconds=2) <= caught.value.until <= datetime.now(UTC) + wait
    assert str(caught.value).startswith(f"{status} until ")
    assert len(server.asked) == 1


def test_headers_go_no_further_than_to_whom_they_are_meant_for(server: Server) -> None:
    with running() as other:
        server.plays("/", says(status=307, location="/again"))
        server.plays("/again", says(status=301, location=other.plays("/", says(b"there"))))
        assert ask(server.url(), authorization="secret").body == b"there"
        assert [each.headers.get("authorization") for each in (*server.asked, *other.asked)] == [
            "secret",
            "secret",
            None,
        ]


def test_no_password_is_read_from_a_netrc(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    ask(server.plays("/", says()))
    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/", "no address that can be asked: it must begin with http:// or https://"),
        ("http://", "no address that can be asked: it must begin with http:// or https://"),
        ("http://news.example:99999/", "no address that can be asked"),
        ("http://me:secret@news.example/", "an address must not hold a user name or password: put them into headers"),
        ("http://127.0.0.1:1/", "connection refused"),
        ("http://no-such-host.invalid/", "no such host"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, reason: str) -> None:
    assert why(url) == reason


def test_a_secret_that_cannot_be_sent_is_not_repeated(server: Server) -> None:
    with pytest.raises(UnavailableError) as caught:
        ask(server.plays("/", says()), authorization="se\ncret")
    assert str(caught.value) == "an address or a header cannot be sent: look for odd characters"


def test_a_proxy_of_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.plays("http://news.example/feed", says(b"by proxy"))
    monkeypatch.setenv("http_proxy", server.url())
    assert ask("http://news.example/feed").body == b"by proxy"


def test_a_port_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert why(f"http://127.0.0.1:{silent.getsockname()[1]}/", SHORT) == "timeout"
