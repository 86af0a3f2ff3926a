from __future__ import annotations

import os
import shutil
import ssl
import subprocess
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


def named(authority: trustme.CA) -> str:
    """What OpenSSL looks for in a folder: `openssl rehash`, by hand."""
    pem = authority.cert_pem.bytes()
    made = subprocess.run(["openssl", "x509", "-noout", "-hash"], input=pem, capture_output=True, check=True)
    return f"{made.stdout.decode().strip()}.0"


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))


def secured(authority: trustme.CA, name: str = "127.0.0.1", days: int = 30) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=datetime.now(UTC) + timedelta(days=days)).configure_cert(context)
    with running(context) as server:
        yield server


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_bundle_of_the_environment(
    authority: trustme.CA, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv(variable, str(tmp_path / "ca.pem"))
    for server in secured(authority):
        assert ask(server.plays("/", says(b"safe"))).body == b"safe"


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl names the files of such a folder")
def test_a_folder_of_the_environment(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(tmp_path / named(authority))
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join([str(tmp_path / "not there"), str(tmp_path)]))
    for server in secured(authority):
        assert ask(server.plays("/", says(b"safe"))).body == b"safe"


@pytest.mark.usefixtures("trusted")
def test_what_is_said_to_requests_counts_before_what_is_said_to_openssl(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    for server in secured(authority):
        assert ask(server.plays("/", says(b"safe"))).body == b"safe"


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_authorities_that_are_not_there(
    authority: trustme.CA, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "ca.pem"))
    for server in secured(authority):
        assert why(server.url()) == f"TLS: the environment variable {variable} names nothing that is there"


def test_who_asks_without_tls_needs_no_authorities(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/not/there")
    assert ask(server.plays("/", says(b"plain"))).body == b"plain"


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
