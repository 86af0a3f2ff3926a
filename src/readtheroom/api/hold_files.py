"""The crisis switch: holds are started, ended and listed as files, so that git keeps them."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from datetime import datetime, timedelta

from readtheroom.api.holds import HoldFolder, HoldFolders, is_hold
from readtheroom.api.linter import Linter
from readtheroom.api.put import beside as file_beside
from readtheroom.api.put import put_new
from readtheroom.errors import Fault, FaultsError, PolicyError, UsageError
from readtheroom.model import Hold
from readtheroom.policy.discovery import find_config
from readtheroom.policy.document import Node, parse_yaml
from readtheroom.policy.files import decode, read_bytes
from readtheroom.policy.hold_asked import Asked, hold_of, line, names
from readtheroom.policy.hold_file import LIMIT, read_holds
from readtheroom.policy.hold_schema import NAME_LIMIT
from readtheroom.policy.hold_scope import Known, known
from readtheroom.policy.hold_text import changed, compose, quoted, time
from readtheroom.policy.suggest import did_you_mean
from readtheroom.policy.values import Policy, stops_posts
from readtheroom.spans import FileText

_BOM = b"\xef\xbb\xbf"


class Holds:
    """The holds of a config (None: found upward from here). Raises `UsageError` where there is none."""

    def __init__(self, config: str | None = None) -> None:
        found = config or find_config(os.getcwd())
        if found is None:
            raise UsageError("no readtheroom.yaml here or above, and holds are kept beside one: run `readtheroom init`")
        self.policy: Policy = Linter.from_path(found).policy
        self.folder = str(self.policy.config.holds.folder)
        self._known: Known = known(self.policy)
        self._holds = HoldFolders(self.policy)

    def all(self) -> tuple[tuple[Hold, ...], tuple[Fault, ...]]:
        """Those that can be read, of folders above too, the oldest first, and all that is wrong with the others."""
        holds, faults = self._holds.read()
        return tuple(sorted(holds, key=lambda hold: (hold.start, hold.id))), faults

    def start(self, asked: Asked, now: datetime) -> Hold:
        """Write a new hold; nothing is overwritten. Raises `FaultsError` with all that is wrong with what is asked for,
        `UsageError` where it would stop nothing."""
        if not any(map(stops_posts, self.policy.rules)):
            raise UsageError("no rule here stops posts while a hold stands: extend `core`, or turn the rule `hold` on")
        hold = hold_of(asked, self._known, now)
        body = compose(hold, self._known.zone).encode()
        os.makedirs(self.folder, exist_ok=True)
        taken = {os.path.splitext(name)[0].casefold() for name in os.listdir(self.folder)}
        for name in names(hold):
            path = os.path.join(self.folder, f"{name}.yaml")
            if name.casefold() not in taken and put_new(path, body):
                return hold._replace(id=name, path=path)
        raise UsageError(f"{self.folder}: too many holds have this reason: move those that have ended elsewhere")

    def end(self, named: str, by: str, now: datetime) -> Hold:
        """End a hold, by its id or path: its file says when and who. One that has ended stays as it is.

        This releases nothing: who keeps the outcome of checks must ask for one that is newer than `ended_at`.
        Raises `UsageError` for a hold that is not there, `FaultsError` for one that cannot be read.
        """
        path, by_folder = self._find(named)
        hold = _read(path, by_folder)
        if hold.is_over(now):
            return hold
        faults: list[Fault] = []
        who = line(by, "--by", NAME_LIMIT, faults)
        if faults:
            raise FaultsError(faults)
        zone, end = by_folder.zone, max(now.replace(microsecond=0), hold.start)
        values = {"end": time(end, zone), "ended_at": time(_no_sooner(now), zone)}
        _rewrite(path, values | ({"ended_by": quoted(who)} if who else {}))
        return _read(path, by_folder)

    def _find(self, named: str) -> tuple[str, Known]:
        """The file of a hold, here before above, and what its words may mean."""
        wanted, names = os.path.basename(named), list[str]()
        folders = self._holds.folders
        for folder in [each for each in folders if os.path.dirname(named) and each.owns(named)] or folders:
            here = _names_in(folder)
            names += (os.path.splitext(name)[0] for name in here)
            fitting = [name for name in here if wanted in {name, os.path.splitext(name)[0]}]
            if len(fitting) > 1:
                raise UsageError(f"{named!r} may be {' or '.join(fitting)}: name the file")
            if fitting:
                return os.path.join(str(folder.path), fitting[0]), folder.known()
        raise UsageError(f"no hold in {self.folder} is called {wanted[:60]!r}{did_you_mean(wanted, names)}")


def _no_sooner(now: datetime) -> datetime:
    """To the millisecond: a check that was made in the same second, but before, is none that is newer."""
    return now + timedelta(microseconds=-now.microsecond % 1000)


def _names_in(folder: HoldFolder) -> list[str]:
    path = folder.path or ""
    return sorted(filter(is_hold, os.listdir(path))) if os.path.isdir(path) else []


def _read(path: str, by: Known) -> Hold:
    holds, faults = read_holds([path], by)
    if faults:
        raise FaultsError(faults)
    return holds[0]


def _rewrite(path: str, values: Mapping[str, str]) -> None:
    """Set keys of a hold file, at once; what people wrote besides stays. Raises `PolicyError` where that cannot be."""
    data = read_bytes(path, LIMIT, PolicyError)
    root = parse_yaml(path, FileText(decode(path, data, PolicyError)))
    text = changed(root, values)
    if not _says(path, text, root, values):
        todo = ", ".join(f"`{key}: {value}`" for key, value in values.items())
        raise PolicyError(
            [Fault(path, 0, 0, f"is written in a way that cannot be changed safely: set {todo} yourself")]
        )
    target = os.path.realpath(path)
    beside = file_beside(target, (_BOM if data.startswith(_BOM) else b"") + text.encode())
    try:
        os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(beside, target)
    except OSError:
        os.unlink(beside)
        raise


def _says(path: str, text: str, before: Node, values: Mapping[str, str]) -> bool:
    """Whether a changed text says what it said before, and the new values."""
    try:
        now = parse_yaml(path, FileText(text)).plain()
        new = parse_yaml(path, FileText("".join(f"{key}: {value}\n" for key, value in values.items()))).plain()
    except FaultsError:
        return False
    old = before.plain()
    return isinstance(old, dict) and isinstance(new, dict) and now == {**old, **new}
