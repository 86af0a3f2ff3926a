"""What has changed is told to a command or a web address: at least once, in order, also across restarts."""

from __future__ import annotations

import hmac
import json
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Protocol

from readtheroom.api.check_store import CheckStore
from readtheroom.errors import UnavailableError, UsageError
from readtheroom.room.addresses import checked
from readtheroom.room.deadline import Deadline
from readtheroom.room.fetch import RefusedError, send

SECRET = "READTHEROOM_WEBHOOK_SECRET"  # noqa: S105  the variable's name

TIMEOUT = 10.0
"""Seconds for one delivery."""

LEASE = TIMEOUT + 2
"""Seconds after which a message that somebody took, and never reported on, is delivered again."""

LONGEST_PAUSE = 300.0
"""Seconds between two tries; the first pause is one, and each is twice the last."""

MOST_WAITING = 20_000
"""Messages for one receiver. Of more, the oldest are let go, and that is told."""


class Receiver(Protocol):
    """Who is told."""

    @property
    def key(self) -> str:
        """What stands for it in the store: no address, which may hold a secret."""
        ...

    @property
    def name(self) -> str: ...

    def deliver(self, body: bytes) -> None:
        """Raises `UnavailableError` unless it was taken."""
        ...


class Webhook:
    """A web address that gets each message by POST, as JSON.

    `X-Readtheroom-Signature-256: sha256=…` is the HMAC of the body by the secret, in hex.
    """

    name = "webhook"

    def __init__(self, url: str) -> None:
        """Raises `UsageError` where there is no secret, or the address cannot be asked."""
        secret = os.environ.get(SECRET, "")
        if not secret:
            raise UsageError(f"--webhook: set {SECRET} to a secret that its messages are signed with")
        try:
            checked(url)
        except UnavailableError as error:
            raise UsageError(f"--webhook: {error}") from None
        self._secret = secret.encode("utf-8", "surrogateescape")
        self._url = url
        self.key = _digest("webhook", url)

    def deliver(self, body: bytes) -> None:
        """See `Receiver`."""
        signature = hmac.new(self._secret, body, sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Readtheroom-Signature-256": f"sha256={signature}"}
        send(self._url, body, headers, Deadline(TIMEOUT))


class Command:
    """A program that gets each message on standard input; what it exits with but 0 is a failure. No shell."""

    name = "command"

    def __init__(self, line: str) -> None:
        """Raises `UsageError` for a line that is no command."""
        try:
            self._words = shlex.split(line)
        except ValueError as error:
            raise UsageError(f"--exec: {error}") from None
        if not self._words:
            raise UsageError("--exec: name a program")
        self.key = _digest("exec", *self._words)

    def deliver(self, body: bytes) -> None:
        """See `Receiver`."""
        try:
            program = subprocess.Popen(  # noqa: S603  the user names it, word by word
                self._words, stdin=subprocess.PIPE, start_new_session=os.name == "posix"
            )
        except (OSError, ValueError) as error:
            raise UnavailableError(f"cannot be started: {getattr(error, 'strerror', None) or error}") from None
        try:
            program.communicate(body, TIMEOUT)
        except subprocess.TimeoutExpired:
            raise UnavailableError(f"took longer than {TIMEOUT:g} seconds") from None
        finally:
            _stop(program)
        if program.returncode:
            raise UnavailableError(f"failed (exit {program.returncode})")


def deliver(store: CheckStore, receiver: Receiver, tell: Callable[[str], None], stopped: Callable[[], bool]) -> float:
    """Deliver what is due; how many seconds from now the next is, infinity if none waits. `tell` hears of failures."""
    let_go = store.shorten(receiver.key, MOST_WAITING)
    if let_go:
        tell(f"{receiver.name}: {let_go} messages were let go: more than {MOST_WAITING:,} were waiting")
    while not stopped():
        message = store.take(receiver.key, LEASE)
        if message is None:
            return float("inf")
        left = message.due - time.time()
        if left > 0:
            return left
        try:
            receiver.deliver(message.body.encode())
        except UnavailableError as error:
            due = time.time() + min(2.0 ** min(message.tries, 20), LONGEST_PAUSE)
            store.postpone(message, max(due, error.until.timestamp()) if isinstance(error, RefusedError) else due)
            tell(f"{receiver.name}: {error}; it is tried again")
        else:
            store.delivered(message)
    return 0.0


def _digest(*words: str) -> str:
    return sha256(json.dumps(words).encode()).hexdigest()


def _stop(program: subprocess.Popen[bytes]) -> None:
    if program.returncode is None:
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(program.pid, signal.SIGKILL)
            else:
                program.kill()
        program.wait()
