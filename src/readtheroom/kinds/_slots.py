"""What rules of the calendar share: whose posts stand side by side, and how posts are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Evidence
from readtheroom.model import Account, Json, Rule
from readtheroom.policy.register import Register
from readtheroom.policy.times import duration
from readtheroom.protocols import Case
from readtheroom.slots import LONGEST, Slot

DURATION: Mapping[str, Json] = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,3}[mhdw]$",
    "examples": ["30m", "48h", "7d"],
}
"""Schema of a length of time, up to `LONGEST`."""

NO_ACCOUNT = ""
"""Posts that name no account, or no platform, are of one that has no name."""


NOWHERE = ("",)


def place_alone(slot: Slot, case: Case) -> Slot:
    """A post's fact where its place in the calendar is all that counts: see `summarise` of `protocols.Kind`."""
    return slot


class Owners:
    """Whose a post is: by the accounts file where it knows the account, else as it is written."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._register = Register(accounts)
        self._known: dict[tuple[str, tuple[str, ...]], str] = {}

    def of(self, slot: Slot) -> str:
        """The same for all ways to write an account; never shown."""
        if not slot.account:
            return NO_ACCOUNT
        key = slot.account, slot.platforms
        if key not in self._known:
            known = self._register.find(*key)
            self._known[key] = known.name if known else slot.account.strip().lstrip("@＠").casefold()
        return self._known[key]


def platforms_of(slot: Slot, rule: Rule) -> Sequence[str]:
    """The platforms on which a rule looks at a post; "" if the post names none."""
    every, wanted = slot.platforms or NOWHERE, rule.platforms
    return [each for each in every if not each or each in wanted] if wanted else every


def lanes(slots: Iterable[Slot], rule: Rule, owners: Owners) -> dict[tuple[str, str], list[int]]:
    """By account and platform: the indexes of the posts there, in their order."""
    found: dict[tuple[str, str], list[int]] = {}
    for index, slot in enumerate(slots):
        owner = owners.of(slot)
        for platform in platforms_of(slot, rule):
            found.setdefault((owner, platform), []).append(index)
    return found


def span(rule: Rule, option: str, default: str) -> timedelta:
    """The length of time that an option gives. Raises `PolicyError` if it is over `LONGEST`."""
    written = rule.options.get(option, default)
    length = duration(str(written))
    if length > LONGEST:
        message = (
            f"rule {rule.id!r}: `{option}: {written}` is longer than a calendar is looked at: at most {LONGEST.days}d"
        )
        raise PolicyError([Fault(rule.path, rule.line, 0, message)])
    return length


def named(slot: Slot) -> str:
    """A post, for a person to find it: its id, and its line where it stands in a file."""
    if not slot.path:
        return slot.id
    place = f"{slot.path}:{slot.line}"
    return place if slot.id.startswith(slot.path) else f"{slot.id} ({place})"


def evidence(slots: Iterable[Slot]) -> tuple[Evidence, ...]:
    """Other posts, each with its account and the moment at which it goes out."""
    return tuple(Evidence(named(each), source=each.account, published_at=each.at) for each in slots)


def on(platforms: Iterable[str]) -> str:
    """`on x and mastodon`, or nothing for posts that name no platform; with a space before."""
    some = sorted(filter(None, set(platforms)))
    return f" on {', '.join(some[:-1])} and {some[-1]}" if len(some) > 1 else "".join(f" on {each}" for each in some)


def lasting(length: timedelta) -> str:
    """`45 minutes`, `an hour`, `3 days`, rounded down."""
    minutes = length // timedelta(minutes=1)
    for unit, size, one in (("day", 1440, "a day"), ("hour", 60, "an hour"), ("minute", 1, "a minute")):
        if minutes >= size and (minutes % size == 0 or minutes >= 2 * size):
            return one if minutes == size else f"{minutes // size} {unit}s"
    return "less than a minute"
