"""Connections that are looked at before a word is sent, and that end with the time there is.

A name may lead elsewhere than it did a moment ago; whoever goes through a proxy leaves that to it: only the proxy
knows where it connects to. A server that sends a byte now and then outlasts any time-out of a socket.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from time import sleep
from typing import Any, TypeAlias

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

from readtheroom.room.deadline import Deadline

Look: TypeAlias = Callable[[str], None]
"""Is given the numeric address of the other side; raises `UnavailableError` if it must not be talked to."""


class LookingAdapter(HTTPAdapter):
    """For one question, until a deadline: its connections are not used again."""

    def __init__(self, look: Look, deadline: Deadline) -> None:
        self._look = look
        self._line = _Line(deadline)
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """See `HTTPAdapter`."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._looked_at)

    def proxy_manager_for(self, proxy: str, **options: Any) -> ProxyManager:
        """See `HTTPAdapter`."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _pools(self._line.hold)
        return manager

    def close(self) -> None:
        """See `HTTPAdapter`."""
        self._line.let_go()
        super().close()

    def _looked_at(self, connected: socket.socket) -> None:
        self._look(str(connected.getpeername()[0]))
        self._line.hold(connected)


class _Line:
    """A connection that is hung up at a deadline, whatever it is wrapped into meanwhile."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._over = Event()

    def hold(self, connected: socket.socket) -> None:
        """From now on."""
        Thread(target=self._wait, args=(connected.dup(),), name="readtheroom-line", daemon=True).start()

    def let_go(self) -> None:
        """The question is answered."""
        self._over.set()

    def _wait(self, end: socket.socket) -> None:
        with end:
            if not self._over.wait(self._deadline.left()):
                sleep(self._deadline.left())  # whoever is woken shall see that the time is over
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


def _pools(met: Callable[[socket.socket], None]) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _shown(super()._new_conn(), met)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _shown(super()._new_conn(), met)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _shown(connected: socket.socket, met: Callable[[socket.socket], None]) -> socket.socket:
    try:
        met(connected)
    except BaseException:
        connected.close()
        raise
    return connected
