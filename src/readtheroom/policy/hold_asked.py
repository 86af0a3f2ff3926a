"""A hold that somebody asks for on the command line: every word checked, all that is wrong told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from readtheroom.errors import Fault, FaultsError, UsageError
from readtheroom.model import Hold, HoldScope
from readtheroom.policy.hold_file import end_of, start_of
from readtheroom.policy.hold_schema import NAME_LIMIT, REASON_LIMIT
from readtheroom.policy.hold_scope import KEYS, Known, checked, scope
from readtheroom.policy.suggest import closest
from readtheroom.policy.times import YEARS, duration

_DURATION = re.compile(r"[1-9][0-9]{0,3}[mhdw]")


class Asked(NamedTuple):
    """What is asked for, as it is written; `until` may also be a day, or how long: `4h`."""

    reason: str
    owner: str = ""
    scopes: Sequence[str] = ()
    start: str | None = None
    until: str | None = None


def hold_of(asked: Asked, by: Known, now: datetime) -> Hold:
    """The hold, without a file yet. Raises `FaultsError` with everything that is wrong with what is asked for."""
    faults: list[Fault] = []
    reason = line(asked.reason, "--reason", REASON_LIMIT, faults)
    if not reason:
        faults.append(Fault("--reason", 0, 0, "must not be blank: say why nothing may go out"))
    owner = line(asked.owner, "--owner", NAME_LIMIT, faults)
    scopes = [_scope(written, by, faults) for written in asked.scopes]
    now = now.replace(microsecond=0)
    start = _time("--start", asked.start, lambda written: start_of(written, by.zone), faults) or now
    end = _time("--until", asked.until, lambda written: _until(written, start, by.zone), faults)
    if end and end <= start:
        faults.append(Fault("--until", 0, 0, f"{asked.until!r} is not after the start, {start:%Y-%m-%d %H:%M} UTC"))
    if faults:
        raise FaultsError(faults)
    return Hold("", reason, start, end, owner, tuple(dict.fromkeys(scopes)) or (HoldScope(),))


def line(written: str, option: str, most: int, faults: list[Fault]) -> str:
    """A text on one line; what is wrong with it goes to `faults`."""
    try:
        written.encode()
    except UnicodeEncodeError:
        faults.append(Fault(option, 0, 0, "is not UTF-8: write it in letters that your terminal can show"))
        return "?"
    text = " ".join(written.split())
    if len(text) > most:
        faults.append(Fault(option, 0, 0, f"is longer than {most} characters: say it shorter"))
    return text


def _scope(written: str, by: Known, faults: list[Fault]) -> HoldScope:
    """`region=US,platform=x` or `all`."""
    words: dict[str, list[str]] = {}
    for part in written.split(","):
        key, _, word = (each.strip() for each in part.partition("="))
        try:
            if (key, word) == ("all", ""):
                words["all"] = []
            elif key in KEYS and word:
                words.setdefault(key, []).append(checked(key, word, by))
            else:
                raise ValueError(_misspelt(part.strip(), key))
        except ValueError as error:
            faults.append(Fault("--scope", 0, 0, str(error)))
    return scope(words, everything="all" in words)


def _misspelt(part: str, key: str) -> str:
    if key in KEYS:
        return f"{part[:40]!r} names nothing: write {key}=…"
    near = closest(key, (*KEYS, "all"))
    guess = f" – did you mean {near!r}?" if near else ""
    return f"{part[:40]!r} is no scope: write region=US, platform=x, label=tone.promotional, account=NAME or all{guess}"


def _until(written: str, start: datetime, zone: str) -> datetime:
    if _DURATION.fullmatch(written.strip()):
        end = start + duration(written.strip())
        if end.year not in YEARS:
            raise ValueError(f"the year {end.year} is not between {YEARS[0]} and {YEARS[-1]}")
        return end
    return end_of(written, zone)


def _time(option: str, written: str | None, read: Callable[[str], datetime], faults: list[Fault]) -> datetime | None:
    if written is None:
        return None
    try:
        return read(written)
    except (ValueError, UsageError) as error:
        faults.append(Fault(option, 0, 0, str(error)))
        return None


def names(hold: Hold) -> Iterable[str]:
    """What its file may be called, the best first: its reason, and numbers where that is taken."""
    letters = re.sub(r"[\W_]+", "-", hold.reason.casefold()).strip("-")
    name = letters[:LONGEST_NAME].rpartition("-")[0] if len(letters) > LONGEST_NAME else letters
    first = name or letters[:LONGEST_NAME] or "hold"
    yield first
    yield from (f"{first}-{number}" for number in range(2, 10_000))


LONGEST_NAME = 40
"""Characters: it is typed again to end the hold."""
