"""Whose certificates are believed: what the environment names, by the variables of requests, curl and OpenSSL."""

from __future__ import annotations

import os
from typing import Literal
from urllib.parse import urlsplit

from readtheroom.errors import UnavailableError

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
"""The first that is set counts, before `_FOLDERS`."""

_FOLDERS = "SSL_CERT_DIR"
"""Folders as OpenSSL's `rehash` leaves them, of which the first that is there counts."""


def authorities(url: str) -> str | Literal[True]:
    """The bundle or folder for an address; True: our own. Raises `UnavailableError` if nothing is there."""
    if urlsplit(url).scheme != "https":
        return True
    for variable in _BUNDLES:
        path = os.environ.get(variable)
        if path:
            return _there(variable, [path])
    folders = os.environ.get(_FOLDERS)
    return _there(_FOLDERS, folders.split(os.pathsep)) if folders else True


def _there(variable: str, paths: list[str]) -> str:
    for path in paths:
        if os.path.exists(path):
            return path
    raise UnavailableError(f"TLS: the environment variable {variable} names nothing that is there")
