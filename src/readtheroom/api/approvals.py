"""The approvals of a policy, as its records, drafts and git say now."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from readtheroom.errors import Fault, PolicyError
from readtheroom.model import Approval, Approvals, Lapsed, Post
from readtheroom.policy.files import read_bytes
from readtheroom.policy.values import Policy

if TYPE_CHECKING:
    from readtheroom.api.git_proof import GitProof

AGAIN_AFTER = 1.0
"""Seconds after which a folder is looked through again though it has not changed: a record was edited in place."""

MOST_FILES = 20_000
"""Of a folder; each is read by every run."""

SUFFIX = ".json"


class ApprovalFolder:
    """The approvals of a policy. Safe to use from several threads."""

    def __init__(self, policy: Policy) -> None:
        self.path = policy.config.approvals.folder
        self._proofs = policy.config.approvals.proofs
        self._home = policy.config.folder or "."
        self._lock = Lock()
        self._again = 0.0
        self._mark: int | None = None
        self._read: dict[str, tuple[tuple[int, int, int], Approval | tuple[Fault, ...]]] = {}
        self._git: GitProof | None = None

    def of(self, post: Post, now: datetime) -> Approvals:
        """What stands for the approval of a post that goes out at its time, or `now`.

        Raises `PolicyError` with everything that is wrong with any record.
        """
        own, named = self._own(post) if post.approved_by else ((), ())
        by: tuple[tuple[str, ...], ...] = tuple((name,) for name in named) if "names" in self._proofs else ()
        lapsed: tuple[Lapsed, ...] = ()
        gap = until = None
        records = (*(self.records() if "records" in self._proofs else ()), *own)
        if records:
            recorded, lapsed = self._judged(post, records, post.scheduled_at or now)
            by += tuple((each.by,) for each in recorded)
            until = min((each.until for each in recorded if each.until), default=None)
        if "git" in self._proofs or "codeowners" in self._proofs:
            from readtheroom.api.pictures import files  # noqa: PLC0415  few ask git

            people, gap = self._proven().of(post.path, tuple(files(post, self._home).values()))
            by += people
        return Approvals(by, lapsed, gap, until, () if "names" in self._proofs else named)

    def _own(self, post: Post) -> tuple[tuple[Approval, ...], tuple[str, ...]]:
        """The approvals that stand in a draft, and those that are only named there."""
        from readtheroom.policy.approval_line import read_line  # noqa: PLC0415  few drafts have any

        read = {word: read_line(word) if "draft" in self._proofs else None for word in post.approved_by}
        path, name = self.place(post)
        own = (made._replace(path=path, post=name) for made in read.values() if made)
        return tuple(own), tuple(word for word, made in read.items() if made is None)

    def records(self) -> tuple[Approval, ...]:
        """All that are written down. Raises likewise."""
        found, faults = self.read()
        if faults:
            raise PolicyError(faults)
        return found

    def read(self) -> tuple[tuple[Approval, ...], tuple[Fault, ...]]:
        """Those that can be read, the oldest first, and all that is wrong with the others."""
        if not self.path or "records" not in self._proofs:
            return (), ()
        with self._lock:
            try:
                self._look(self.path)
            except OSError as error:
                self._mark = None
                return (), (Fault(self.path, 0, 0, f"the approvals cannot be read: {error.strerror}"),)
            found = [each for _, each in self._read.values()]
        if len(found) > MOST_FILES:
            most = f"holds more than {MOST_FILES:,} files: remove those of posts that are out"
            return (), (Fault(self.path, 0, 0, most),)
        sound = sorted((each for each in found if isinstance(each, Approval)), key=lambda each: (each.at, each.file))
        return tuple(sound), tuple(fault for each in found if not isinstance(each, Approval) for fault in each)

    def _look(self, folder: str) -> None:
        """Read what is new or has changed."""
        try:
            mark = os.stat(folder).st_mtime_ns
        except FileNotFoundError:
            self._read, self._mark = {}, None
            return
        if mark == self._mark and time.monotonic() < self._again:
            return
        before, self._read = self._read, {}
        for name, stamp in sorted(_stamps(folder))[: MOST_FILES + 1]:
            kept = before.get(name)
            self._read[name] = kept if kept and kept[0] == stamp else (stamp, _record(os.path.join(folder, name)))
        self._mark, self._again = mark, time.monotonic() + AGAIN_AFTER

    def _judged(
        self, post: Post, records: tuple[Approval, ...], moment: datetime
    ) -> tuple[list[Approval], tuple[Lapsed, ...]]:
        """The records that count for a post, and those of it that do not: the last of each who has no better one."""
        from readtheroom.api.pictures import contents  # noqa: PLC0415  slow to import, and few have records
        from readtheroom.policy.published import changes, digest, parts, published  # noqa: PLC0415  likewise

        whole = published(post, contents(post, self._home))
        mark, place = digest(whole), self.place(post)
        exact = [each for each in records if each.hash == mark]
        counting = [each for each in exact if each.until is None or moment <= each.until]
        stale: dict[str, Lapsed] = {}
        for each in records:
            if each in exact:
                stale[each.by] = Lapsed(each)
            elif (each.path, each.post) == place:
                changed = changes(each.parts, parts(whole)) if each.parts else ()
                stale[each.by] = Lapsed(each, changed or ("what is published",))
        named = {each.by for each in counting}
        return counting, tuple(lapsed for by, lapsed in stale.items() if by not in named)

    def place(self, post: Post) -> tuple[str, str]:
        """How a record names a post: the file of its draft, from the config's folder, and its id."""
        if not post.path:
            return "", post.id
        path = os.path.relpath(post.path, self._home).replace(os.sep, "/")
        return path, "" if post.id == post.path else post.id

    def owns(self, path: str) -> bool:
        """Whether a file is, or would be, a record of this folder."""
        folder, name = os.path.split(os.path.abspath(path))
        return self.path is not None and folder == os.path.abspath(self.path) and is_record(name)

    def _proven(self) -> GitProof:
        from readtheroom.api.git_proof import GitProof  # noqa: PLC0415  starts processes, and few ask git

        with self._lock:
            if self._git is None:
                self._git = GitProof(owners="codeowners" in self._proofs, anybody="git" in self._proofs)
            return self._git


def is_record(name: str) -> bool:
    """Whether a file of the folder is a record, by its name."""
    return name.lower().endswith(SUFFIX) and not name.startswith(".")


def _stamps(folder: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_record(entry.name) and not entry.is_dir():
                status = entry.stat()
                yield entry.name, (status.st_mtime_ns, status.st_size, status.st_ino)


def _record(path: str) -> Approval | tuple[Fault, ...]:
    from readtheroom.policy.approval_file import LIMIT, read_record  # noqa: PLC0415  slow to import, and few have records

    if not os.path.isfile(path):  # to open a pipe would wait for ever
        return (Fault(path, 0, 0, "is no file: an approval is a text in JSON"),)
    try:
        return read_record(path, read_bytes(path, LIMIT, PolicyError))
    except PolicyError as error:
        return error.faults
