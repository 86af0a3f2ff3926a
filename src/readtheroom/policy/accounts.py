"""The accounts file: who may publish what, where, as data."""

from __future__ import annotations

from collections.abc import Iterator

from readtheroom.model import Account
from readtheroom.policy.config import words
from readtheroom.policy.config_schema import ACCOUNTS
from readtheroom.policy.document import Node
from readtheroom.policy.platforms import platform
from readtheroom.policy.reading import Reading


def read_accounts(path: str, reading: Reading) -> tuple[Account, ...]:
    """The accounts in a file; none, with the faults kept, if it has any.

    Handles are as written, under our names of their platforms. Names and handles must be unique, whatever their case.
    """
    root = reading.tree(path)
    if root is None or not reading.check(root, ACCOUNTS, "an accounts file"):
        return ()
    written = root.child("accounts")
    entries = written.value if written and isinstance(written.value, list) else []
    _tell_doubles(entries, reading)
    blocked = words(root.child("block_list"))
    people = {_bare(handle) for entry in entries for handle in words(entry.child("ambassadors"))}
    return tuple(_account(entry, blocked, people, reading) for entry in entries)


def _account(entry: Node, blocked: tuple[str, ...], people: set[str], reading: Reading) -> Account:
    handles = dict(_handles(entry, reading))
    is_ambassador = not people.isdisjoint(map(_bare, handles.values()))
    voice = words(entry.child("voice")) or ("personal" if is_ambassador else "brand",)
    return Account(
        words(entry.child("name"))[0],
        handles,
        authors=words(entry.child("authors")),
        approvers=words(entry.child("approvers")),
        languages=words(entry.child("languages")),
        regions=words(entry.child("regions")),
        allowed_topics=words(entry.child("allowed_topics")),
        barred_topics=words(entry.child("barred_topics")),
        approvals_needed=_number(entry.child("approvals_needed"), 1),
        owner=next(iter(words(entry.child("owner"))), ""),
        barred_tones=words(entry.child("barred_tones")),
        campaign_tags=words(entry.child("campaign_tags")),
        ambassadors=words(entry.child("ambassadors")),
        scars=words(entry.child("scars")),
        block_list=(*words(entry.child("block_list")), *blocked),
        voice="personal" if "personal" in voice else "brand",
    )


def _number(node: Node | None, default: int) -> int:
    return node.value if node and isinstance(node.value, int) else default


def _handles(entry: Node, reading: Reading) -> Iterator[tuple[str, str]]:
    for name, node in _pairs(entry.child("handles")):
        try:
            yield platform(name), str(node.value)
        except ValueError as error:
            reading.fault(node, str(error), at_key=True)


def _tell_doubles(entries: list[Node], reading: Reading) -> None:
    """An account that can be taken for another is a fault that names both places."""
    seen: dict[tuple[str, ...], Node] = {}
    for what, key, node in (named for entry in entries for named in _named(entry)):
        if key in seen:
            first = seen[key].place
            reading.fault(node, f"{what} is given twice, first on line {first.line}")
        seen.setdefault(key, node)


def _named(entry: Node) -> Iterator[tuple[str, tuple[str, ...], Node]]:
    """What an account goes by: its name, and each handle."""
    name = entry.child("name")
    if name:
        yield f"account {name.value!r}", (str(name.value).casefold(),), name
    for on, node in _pairs(entry.child("handles")):
        handle = _bare(str(node.value))
        yield f"handle {node.value!r} on {on}", (_platform(on), handle), node


def _bare(handle: str) -> str:
    return handle.lstrip("@＠").casefold()


def _platform(name: str) -> str:
    try:
        return platform(name)
    except ValueError:
        return name


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    if node and isinstance(node.value, dict):
        yield from node.value.items()
