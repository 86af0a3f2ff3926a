"""Which addresses may be asked: no secrets in them, and no way from the public network to a private one."""

from __future__ import annotations

import ipaddress
import socket
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, urlsplit

from readtheroom.errors import UnavailableError

Scope: TypeAlias = Literal["public", "private", "loopback", "link-local"]
"""Whose network an address is of."""

_PORTS = {"http": 80, "https": 443}


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked. Raises `UnavailableError` with what is wrong with it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UnavailableError("no address that can be asked") from None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise UnavailableError("no address that can be asked: it must begin with http:// or https://")
    if "@" in parts.netloc:
        raise UnavailableError("an address must not hold a user name or password: put them into headers")
    return parts


def origin(url: str) -> str:
    """Scheme, host and port: whom an address leads to. Raises `UnavailableError` likewise."""
    parts = checked(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"


def check_redirect(start: str, target: str) -> None:
    """Raises `UnavailableError` if a server at `start` must not send us to `target`.

    To public addresses anybody may; to a private or loopback one only who is in the same network.
    """
    try:
        to = checked(target)
    except UnavailableError:
        raise UnavailableError("redirected to an address that is not asked") from None
    beyond = scopes(to.hostname or "") - {"public"} - (scopes(checked(start).hostname or "") - {"link-local"})
    if beyond:
        raise UnavailableError(f"redirected to a {min(beyond)} address")


class Path:
    """The way that redirects lead, by the addresses that were connected to, whatever names say of them later."""

    def __init__(self) -> None:
        self._met: set[Scope] | None = None
        self._allowed: set[Scope] | None = None

    def look(self, address: str) -> None:
        """Raises `UnavailableError` for a numeric address to which the last server must not send us."""
        scope = _scope(address)
        if self._allowed is not None and scope not in self._allowed:
            raise UnavailableError(f"redirected to a {scope} address")
        self._met = {scope}

    def follow(self, start: str, target: str) -> None:
        """Go on from `start` to `target`. Raises `UnavailableError` as `check_redirect` does."""
        check_redirect(start, target)
        met = scopes(checked(start).hostname or "") if self._met is None else self._met  # a proxy met it for us
        self._allowed = met - {"link-local"}
        self._allowed.add("public")
        self._met = None


def scopes(host: str) -> set[Scope]:
    """The networks that a host's addresses are of; none if it has no address (a proxy may know it)."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return set()
    return {_scope(str(address[4][0])) for address in found}


def _scope(written: str) -> Scope:
    address = ipaddress.ip_address(written.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    if address.is_loopback or address.is_unspecified:  # 0.0.0.0 leads to this machine as well
        return "loopback"
    if address.is_link_local:
        return "link-local"
    return "public" if address.is_global and not address.is_multicast else "private"
