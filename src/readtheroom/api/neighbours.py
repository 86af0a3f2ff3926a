"""Posts of one account below several configs: each config judges its own, beside those of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from readtheroom.engine.calendar import Entry
from readtheroom.model import Account
from readtheroom.policy.register import Register
from readtheroom.policy.values import Policy
from readtheroom.slots import Slot


class Neighbours:
    """What the calendar of each policy has to know of those of the others."""

    def __init__(self, calendars: Iterable[tuple[Policy, Sequence[Entry]]]) -> None:
        self._calendars = [(_Names(policy), entries) for policy, entries in calendars]

    def of(self, number: int) -> Iterator[Entry]:
        """The posts of other calendars that are of an account of the calendar of a number (from 0). A post that names
        none is of nobody elsewhere."""
        names, own = self._calendars[number]
        accounts = {names.of(each.slot) for each in own}
        for at, (theirs, entries) in enumerate(self._calendars):
            if at != number:
                for each in entries:
                    if each.slot.account and names.of(each.slot) in accounts and names.agrees(theirs, each.slot):
                        yield each


class _Names:
    """Whom a policy means by the accounts that drafts name."""

    def __init__(self, policy: Policy) -> None:
        self._register = Register(policy.accounts)
        self._known: dict[tuple[str, tuple[str, ...]], Account | None] = {}

    def account(self, slot: Slot) -> Account | None:
        """The account of a post, if the policy knows it."""
        key = slot.account or "", slot.platforms
        if key not in self._known:
            self._known[key] = self._register.find(*key)
        return self._known[key]

    def of(self, slot: Slot) -> str:
        """The same for all ways to write an account."""
        known = self.account(slot)
        return _plain(known.name if known else slot.account or "")

    def agrees(self, other: _Names, slot: Slot) -> bool:
        """Whether two policies mean the same account by what a post names: where both know it, one with a handle in
        common."""
        mine, theirs = self.account(slot), other.account(slot)
        return not mine or not theirs or not _handles(mine.handles).isdisjoint(_handles(theirs.handles))


def _handles(handles: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(platform, _plain(handle)) for platform, handle in handles.items()}


def _plain(name: str) -> str:
    return name.strip().lstrip("@＠").casefold()
