"""What git knows of a draft: who committed it as it is. That person's word counts as an approval.

A draft that is staged is judged as the commit that it is about to be. One with changes that are not staged is nobody's
yet. Names of commits are what their authors say they are: let the host of the repository see to it who may push.
"""

from __future__ import annotations

import os
import subprocess
import time
from threading import Lock
from typing import Final

from readtheroom.policy.codeowners import PLACES, owners

TIMEOUT: Final = 10
"""Seconds for one call of git."""

LIMIT: Final = 1 << 20
"""Bytes of what it prints, and of CODEOWNERS."""

AGAIN_AFTER: Final = 1.0
"""Seconds for which an answer about a file stands, in a process that lives on."""

Person = tuple[str, ...]
"""The names that somebody goes by."""

_ALONE: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_PAGER": "cat"}
_PATHS: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--literal-pathspecs")
"""A repository may come from anywhere: no program that its settings name is run."""


class _NoGitError(Exception):
    """Git cannot tell; the text says why."""


class GitProof:
    """Who stands behind files. `anybody` who committed one counts, or `owners`: those whom CODEOWNERS names for it.

    Safe to use from several threads.
    """

    def __init__(self, *, owners: bool, anybody: bool) -> None:
        self._owners, self._anybody = owners, anybody
        self._known: dict[tuple[str, ...], tuple[float, tuple[tuple[Person, ...], str | None]]] = {}
        self._lock = Lock()

    def of(self, path: str, media: tuple[str, ...] = ()) -> tuple[tuple[Person, ...], str | None]:
        """Whoever stands behind a draft with its media files, and why that cannot be told."""
        if not path or not os.path.isfile(path):
            return (), "the draft is no file, so git does not know it"
        with self._lock:
            kept = self._known.get((path, *media))
            if kept is None or time.monotonic() > kept[0] + AGAIN_AFTER:
                kept = time.monotonic(), self._ask(os.path.realpath(path), tuple(map(os.path.realpath, media)))
                self._known[path, *media] = kept
        return kept[1]

    def _ask(self, path: str, media: tuple[str, ...]) -> tuple[tuple[Person, ...], str | None]:
        folder, name = os.path.split(path)
        try:
            person = _committer(folder, (name, *media))
            if person is None:
                return (), None
            if self._anybody:
                return (person,), None
            own = _owner(folder, path, person)
        except _NoGitError as error:
            return (), str(error)
        return ((own,) if own else ()), None


def _committer(folder: str, names: tuple[str, ...]) -> Person | None:
    """Who wrote the commit in which some files became what they are, or stages it; None: one is changed, or new to git.

    The last commit of any of them counts: whoever made it had all of them as they are now.
    """
    told = _git(folder, "status", "--porcelain=v1", "-z", "--ignored", "--untracked-files=all", "--", *names)
    states = [each[:2] for each in told.split("\0") if each[2:3] == " "]
    if not states:
        author, mail, parents = _git(folder, "log", "-1", "--format=%aN%x00%aE%x00%P", "--", *names).split("\0")
        if not parents.strip() and _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
            raise _NoGitError("the clone is shallow, and the commit of the draft not in it: fetch the whole history")
    elif all(state[1] == " " and state[0] not in " U" for state in states):
        author, _, rest = _git(folder, "var", "GIT_AUTHOR_IDENT").rpartition(" <")
        mail = rest.partition(">")[0]
    else:
        return None
    return tuple(filter(None, (author, mail, _handle(mail))))


def _handle(mail: str) -> str:
    """The user of GitHub whose address hides: `1234+name@users.noreply.github.com`."""
    local, _, host = mail.rpartition("@")
    return local.rpartition("+")[2] if host == "users.noreply.github.com" else ""


def _owner(folder: str, path: str, person: Person) -> Person | None:
    """A person with the names that CODEOWNERS has for them; None if it has none for the file."""
    top = _git(folder, "rev-parse", "--show-toplevel").rstrip("\n")
    text = _codeowners(top)
    if text is None:
        raise _NoGitError(f"the repository has no CODEOWNERS ({', '.join(PLACES)})")
    relative = os.path.relpath(path, os.path.realpath(top)).replace(os.sep, "/")
    plain = {name.casefold() for name in person}
    found = [each for each in owners(text, relative) if each.casefold().removeprefix("@") in plain]
    return (*person, *found) if found else None


def _codeowners(top: str) -> str | None:
    """As it is committed: one that somebody has just changed proves nothing."""
    for place in PLACES:
        try:
            return _git(top, "show", "--no-textconv", f"HEAD:{place}")
        except _NoGitError:
            continue
    return None


def _git(folder: str, *words: str) -> str:
    """What git prints. Raises `_NoGitError`."""
    try:
        done = subprocess.run(  # noqa: S603  words of ours, and paths after --
            ["git", *_SAFE, *words],  # noqa: S607  the user's own git
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise _NoGitError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise _NoGitError(f"git did not answer within {TIMEOUT} seconds") from None
    except OSError as error:
        raise _NoGitError(f"git cannot be started: {error.strerror}") from None
    if done.returncode:
        raise _NoGitError(_why(done.stderr.decode("utf-8", "replace")))
    return done.stdout[:LIMIT].decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """Ours, with paths that hold in any folder: in a hook, git gives some that are relative."""
    named = {key: os.path.abspath(os.environ[key]) for key in _PATHS if os.environ.get(key)}
    return {**os.environ, **named, **_ALONE}


def _why(said: str) -> str:
    first = next(iter(said.splitlines()), "").removeprefix("fatal: ")
    if "not a git repository" in first:
        return "the draft lies in no git repository"
    return f"git says: {first[:200]}" if first else "git failed"
