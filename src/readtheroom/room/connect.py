"""Connections that are looked at before a word is sent: a name may lead elsewhere than it did a moment ago.

Whoever goes through a proxy leaves that to it: only the proxy knows where it connects to.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, TypeAlias

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

Look: TypeAlias = Callable[[str], None]
"""Is given the numeric address of the other side; raises `UnavailableError` if it must not be talked to."""


class LookingAdapter(HTTPAdapter):
    """For one question: its connections are not used again."""

    def __init__(self, look: Look) -> None:
        self._look = look
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """See `HTTPAdapter`."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._look)


def _pools(look: Look) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _looked_at(super()._new_conn(), look)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _looked_at(super()._new_conn(), look)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _looked_at(connected: socket.socket, look: Look) -> socket.socket:
    try:
        look(str(connected.getpeername()[0]))
    except BaseException:
        connected.close()
        raise
    return connected
