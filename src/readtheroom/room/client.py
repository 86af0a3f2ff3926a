"""How one source asks: kept answers first, then the network, politely; `protocols.Client`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from time import sleep

from readtheroom.errors import UnavailableError
from readtheroom.protocols import Reply
from readtheroom.room.addresses import checked, origin
from readtheroom.room.deadline import Deadline
from readtheroom.room.fetch import RefusedError, fetch, refused
from readtheroom.room.store import Kept, Store, Wait

DISBELIEF = timedelta(seconds=5)
"""How long to leave a server alone that answered otherwise than expected; some say so that they are asked too much."""

LOOK_AGAIN = 0.05
"""Seconds between two looks whether another process has its answer."""


class NetworkClient:
    """Asks the network for what is not kept or no longer fresh.

    Answers are kept once the source has understood them: `settle` ends each use.
    """

    def __init__(self, kind: str, store: Store, fresh_for: timedelta, deadline: Deadline) -> None:
        self.used = False
        """Whether anything was asked of it."""
        self.asked = False
        """Whether the network was."""
        self.oldest: datetime | None = None
        """Of the answers that were given out."""
        self.wait: datetime | None = None
        """Until when the network must not be asked."""
        self._kind = kind
        self._store = store
        self._fresh_for = fresh_for
        self._deadline = deadline
        self._new: dict[str, tuple[str, Kept]] = {}
        self._claims: list[str] = []
        self._failed = False

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """See `protocols.Client`."""
        self.used = self._failed = True
        checked(url)
        key = digest(url, headers)
        kept = self._fresh(key) or self._ask(key, url, headers or {})
        self._failed = False
        self.oldest = min(self.oldest or kept.fetched_at, kept.fetched_at)
        return Reply(url, kept.content_type, kept.body, kept.fetched_at)

    def left(self) -> float:
        """See `protocols.Client`."""
        return self._deadline.left()

    def recall(self, key: str) -> Kept | None:
        """What a source said that asks nobody by us, while it is fresh; None: it is to say it again."""
        kept = self._fresh(key)
        self.asked = kept is None
        self.oldest = kept.fetched_at if kept else None
        return kept

    def retain(self, key: str, said: bytes) -> None:
        """Keep what it said just now."""
        self.oldest = datetime.now(UTC)
        self._store.keep(key, Kept("application/json", said, self.oldest))

    def settle(self, *, understood: bool) -> None:
        """Keep what was answered, the last answer only if the source could make sense of it."""
        if not understood and not self._failed and self._new:
            _, (url, _) = self._new.popitem()
            until = datetime.now(UTC) + DISBELIEF
            self._store.refuse(_page(self._kind, url), Wait(until, "unexpected answer, left alone"))
        for key, (_, kept) in self._new.items():
            self._store.keep(key, kept)
        self._store.release(self._claims)

    def _fresh(self, key: str) -> Kept | None:
        kept = self._store.reply(key)
        age = datetime.now(UTC) - kept.fetched_at if kept else None
        return kept if age is not None and timedelta() <= age < self._fresh_for else None

    def _ask(self, key: str, url: str, headers: Mapping[str, str]) -> Kept:
        if key in self._new:
            return self._new[key][1]
        by_other = self._claim(key)
        if by_other:
            return by_other
        now = datetime.now(UTC)
        wait = self._store.wait(whom(url), now) or self._store.wait(_page(self._kind, url), now)
        if wait:
            self.wait = wait.until
            raise UnavailableError(refused(wait.why, wait.until))
        try:
            kept = self._fetch(key, url, headers)
        except RefusedError as error:
            self.wait = error.until
            self._store.refuse(whom(url), Wait(error.until, str(error.status)))
            raise
        self._new[key] = (url, kept)
        return kept

    def _claim(self, key: str) -> Kept | None:
        """None once it is ours to ask; else what another process was answered in the meantime."""
        while True:
            now = datetime.now(UTC)
            if self._store.claim(key, now, now + timedelta(seconds=self._deadline.left() + 1)):
                self._claims.append(key)
                return self._fresh(key)
            if not self._deadline.left():
                raise UnavailableError("timeout: another process is asking, and has no answer yet")
            sleep(LOOK_AGAIN)
            kept = self._fresh(key)
            if kept:
                return kept

    def _fetch(self, key: str, url: str, headers: Mapping[str, str]) -> Kept:
        self.asked = True
        before = self._store.reply(key)
        answer = fetch(url, {**_validators(before), **headers}, self._deadline)
        now = datetime.now(UTC)
        if answer.status == 304:
            if before is None:
                raise UnavailableError("answered 304 to a first question")
            return before._replace(fetched_at=now)
        return Kept(answer.content_type, answer.body, now, answer.etag, answer.modified)


class KeptClient:
    """Asks nobody: answers that are kept have to do, up to an age."""

    def __init__(self, store: Store, max_age: timedelta) -> None:
        self.oldest: datetime | None = None
        """Of the answers that were given out."""
        self.too_old: datetime | None = None
        """When an answer was given that is too old to be given out."""
        self._store = store
        self._max_age = max_age

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """See `protocols.Client`."""
        kept = self.recall(digest(url, headers))
        return Reply(url, kept.content_type, kept.body, kept.fetched_at)

    def recall(self, key: str) -> Kept:
        """What was kept under a key. Raises `UnavailableError` if there is nothing that may be given out."""
        kept = self._store.reply(key)
        if kept is None:
            raise UnavailableError("no answer is kept")
        if datetime.now(UTC) - kept.fetched_at > self._max_age:
            self.too_old = kept.fetched_at
            raise UnavailableError("the answer that is kept is too old")
        self.oldest = min(self.oldest or kept.fetched_at, kept.fetched_at)
        return kept

    def left(self) -> float:
        """See `protocols.Client`."""
        return 0.0


def digest(url: str, headers: Mapping[str, str] | None = None) -> str:
    """What stands for a question in the store: nobody can tell a token from it."""
    parts = [url, *(f"{name.lower()}: {value}" for name, value in sorted((headers or {}).items()))]
    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16, person=b"readtheroom").hexdigest()


def whom(url: str) -> str:
    """What stands for a server: who has had enough of us is asked for nothing else either."""
    return digest(origin(url))


def _page(kind: str, url: str) -> str:
    """What stands for one page of it, whatever is asked there, as one kind of source reads it."""
    return digest(f"{kind} {origin(url)}{checked(url).path}")


def _validators(before: Kept | None) -> dict[str, str]:
    if before is None:
        return {}
    written = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    return {name: value for name, value in written.items() if value}
