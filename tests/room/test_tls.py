from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.room.server import Part, Server, drips, drips_head, running, says
from tests.room.test_fetch import SHORT, ask, why


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))


def secured(authority: trustme.CA, name: str = "127.0.0.1", days: int = 30) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=datetime.now(UTC) + timedelta(days=days)).configure_cert(context)
    with running(context) as server:
        yield server


@pytest.mark.usefixtures("trusted")
def test_a_bundle_of_the_environment(authority: trustme.CA) -> None:
    for server in secured(authority):
        assert ask(server.plays("/", says(b"safe"))).body == b"safe"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("name", "days", "reason"), [("127.0.0.1", -1, "certificate has expired"), ("127.0.0.2", 30, "IP address mismatch")]
)
def test_certificates_that_do_not_hold(authority: trustme.CA, name: str, days: int, reason: str) -> None:
    for server in secured(authority, name, days):
        assert why(server.plays("/", says())).startswith(f"TLS: {reason}")
        assert server.asked == []


def test_an_authority_that_nobody_knows(authority: trustme.CA) -> None:
    for server in secured(authority):
        assert why(server.url()).startswith("TLS: ")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("part", [drips_head, drips(b"x" * 1000)])
def test_what_takes_too_long_behind_tls(authority: trustme.CA, part: Part) -> None:
    for server in secured(authority):
        assert why(server.plays("/", part), SHORT) == "timeout"


def test_no_tls_where_it_was_asked_for(server: Server) -> None:
    assert why(server.url().replace("http:", "https:")) == "TLS: no secure connection"
