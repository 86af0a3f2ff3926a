"""The accounts that policy knows, and what is taken for one of them.

A draft for an account that is not among them cannot be judged: whose authors, languages and topics should hold?
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import name

from readtheroom.model import Account
from readtheroom.policy.suggest import closest
from readtheroom.text.normalise import skeleton

SHORTEST_NEAR = 6
"""Letters of a handle that one letter more, less or other makes a look-alike of; shorter ones are like too many."""


class Register:
    """The accounts of a policy, by name and by handle; `file` is where they stand."""

    def __init__(self, accounts: Sequence[Account], file: str = "the accounts file") -> None:
        self._file = file
        self._named: dict[str, Account] = {}
        self._by_handle: dict[str, dict[str, Account]] = {}
        self._approved: set[str] = set()
        self._written: dict[str, str] = {}
        for account in accounts:
            self._named.setdefault(_plain(account.name), account)
            for platform, handle in account.handles.items():
                self._add(account, platform, handle)
            for handle in account.ambassadors:
                self._written.setdefault(_plain(handle), "@" + handle.lstrip("@＠"))
                self._approved.add(_plain(handle))
        self._skeletons: dict[str, list[str]] = {}
        for plain in self._written:
            for shape in {skeleton(plain), skeleton(plain.partition("@")[0])}:
                self._skeletons.setdefault(shape, []).append(plain)

    def __bool__(self) -> bool:
        return bool(self._named)

    def _add(self, account: Account, platform: str, handle: str) -> None:
        plain = _plain(handle)
        self._by_handle.setdefault(plain, {}).setdefault(platform, account)
        self._written.setdefault(plain, "@" + handle.lstrip("@＠"))
        # On its own instance a Mastodon account is called by its local part.
        self._approved.update({plain, plain.partition("@")[0]})

    def find(self, named: str, platforms: Sequence[str]) -> Account | None:
        """The account that a draft names: by handle on one of its platforms, by name, or by a handle elsewhere."""
        handles = self._by_handle.get(_plain(named), {})
        here = next((handles[platform] for platform in platforms if platform in handles), None)
        return here or self._named.get(_plain(named)) or next(iter(handles.values()), None)

    def stranger(self, named: str, platforms: Sequence[str]) -> str | None:
        """What is wrong with the account that a draft names; None if it is one of these, or there are none."""
        if not self or self.find(named, platforms):
            return None
        return f"“{named}” is no account in {self._file}{self._guess(named)}"

    def _guess(self, named: str) -> str:
        twin = self.twin(named)
        written = {**{_plain(each.name): each.name for each in self._named.values()}, **self._written}
        near = closest(_plain(named), written)
        guess = twin or (written[near] if near else None)
        if guess is None:
            return ": correct the draft, or add the account there"
        return f" – did you mean {guess}?{_odd(named, guess)}"

    def twin(self, handle: str) -> str | None:
        """The approved handle that a handle may be taken for, though it is another; None if it is one, or like none."""
        plain = _plain(handle)
        if plain in self._approved or plain in self._named:
            return None
        local = plain.partition("@")[0]
        alike = self._skeletons.get(skeleton(plain)) or self._skeletons.get(skeleton(local))
        alike = alike or [each for each in self._written if _is_near(local, each.partition("@")[0])]
        return self._written[max(alike, key=lambda each: _same_letters(plain, each))] if alike else None


def _odd(named: str, guess: str) -> str:
    """The letters of another script, which look the same on every screen."""
    odd = dict.fromkeys(letter for letter in named if ord(letter) > 127 and letter not in guess)
    said = ", ".join(f"“{letter}” is {name(letter, 'no letter').lower()}" for letter in odd)
    return f" {said}" if said else ""


def _same_letters(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))


def _plain(name: str) -> str:
    """How names and handles are compared: case and a leading sign do not count; look-alike letters do."""
    return name.strip().lstrip("@＠").casefold()


def _is_near(one: str, other: str) -> bool:
    """Whether a letter added, left out, changed or swapped with its neighbour makes one of the other."""
    if min(len(one), len(other)) < SHORTEST_NEAR or abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    changed = one[1:] == other[1:] and not (one[:1].isdigit() and other[:1].isdigit())
    swapped = one[2:] == other[2:] and one[:2] == other[1::-1]
    return changed or swapped or one[1:] == other or one == other[1:]
