import pytest

from readtheroom.errors import UnavailableError
from readtheroom.room.addresses import Path, Scope, check_redirect, origin, scopes

PUBLIC = "http://93.184.216.34/"


@pytest.mark.parametrize(
    ("host", "scope"),
    [
        ("93.184.216.34", "public"),
        ("2606:2800:220:1::1", "public"),
        ("127.0.0.1", "loopback"),
        ("127.9.9.9", "loopback"),
        ("localhost", "loopback"),
        ("0.0.0.0", "loopback"),  # noqa: S104  nobody listens there
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("2130706433", "loopback"),
        ("10.1.2.3", "private"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "private"),
        ("224.0.0.1", "private"),
        ("fd00::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
    ],
)
def test_whose_network_an_address_is_of(host: str, scope: Scope) -> None:
    assert scopes(host) == {scope}


@pytest.mark.parametrize(
    ("start", "target"),
    [
        (PUBLIC, "https://93.184.216.35/"),
        ("http://127.0.0.1:1/", "http://localhost:2/"),
        ("http://127.0.0.1:1/", PUBLIC),
        ("http://10.0.0.1/", "http://192.168.0.1/"),
        (PUBLIC, "http://no-such-host.invalid/"),
    ],
)
def test_redirects_that_may_be_followed(start: str, target: str) -> None:
    check_redirect(start, target)


@pytest.mark.parametrize(
    ("start", "target", "reason"),
    [
        (PUBLIC, "http://127.0.0.1/", "redirected to a loopback address"),
        (PUBLIC, "http://[::ffff:10.0.0.1]/", "redirected to a private address"),
        (PUBLIC, "http://169.254.169.254/", "redirected to a link-local address"),
        ("http://10.0.0.1/", "http://127.0.0.1/", "redirected to a loopback address"),
        ("http://169.254.0.1/", "http://169.254.169.254/", "redirected to a link-local address"),
        (PUBLIC, "gopher://93.184.216.34/", "redirected to an address that is not asked"),
    ],
)
def test_redirects_that_must_not(start: str, target: str, reason: str) -> None:
    with pytest.raises(UnavailableError, match=rf"^{reason}$"):
        check_redirect(start, target)


def test_whom_an_address_leads_to() -> None:
    assert origin("HTTPS://News.Example/a?b") == "https://news.example:443"
    assert origin("http://news.example:8080/") == "http://news.example:8080"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("93.184.216.34", "93.184.216.35", None),
        ("10.0.0.1", "192.168.0.1", None),
        ("10.0.0.1", "2606:2800:220:1::1", None),
        ("127.0.0.1", "::1", None),
        ("93.184.216.34", "127.0.0.1", "loopback"),
        ("93.184.216.34", "::ffff:10.0.0.1", "private"),
        ("10.0.0.1", "127.0.0.1", "loopback"),
        ("169.254.0.1", "fe80::1%eth0", "link-local"),
    ],
)
def test_where_a_path_may_lead_by_whom_it_met(first: str, second: str, reason: Scope | None) -> None:
    path = Path()
    path.look(first)
    path.follow(PUBLIC, PUBLIC)
    if reason is None:
        path.look(second)
    else:
        with pytest.raises(UnavailableError, match=rf"^redirected to a {reason} address$"):
            path.look(second)
