"""Policies that were read and proven before, kept on disk: no YAML is parsed and no example is run twice.

What is kept is plain data (`marshal`, never pickle) in a folder of the user's own, with a checksum. It counts as long
as this package, Python, the packs' lists of files and every file's content are the same; anything else about it that
is not as it should be, and it is made anew. Several processes may read and write at once.
"""

from __future__ import annotations

import importlib
import marshal
import os
import sys
import unicodedata
from collections.abc import Iterator
from time import time_ns
from typing import NamedTuple
from zlib import crc32

from readtheroom import __version__, registry
from readtheroom.api.headlines import Headlines
from readtheroom.model import Rule
from readtheroom.policy import frozen
from readtheroom.policy.discovery import configs_above
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.packs import find, rule_files
from readtheroom.policy.values import Policy
from readtheroom.text.lexicon import LexiconState
from readtheroom.text.shelves import Shelves, shelve

_FORMAT = "readtheroom policy 3"
_CHECKSUM = 4

TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT)."""


class Kept(NamedTuple):
    """A policy, its terms as the engine has them, and what it says of headlines."""

    policy: Policy
    terms: LexiconState
    headlines: Headlines | None = None


def recall(config: str | None) -> Kept | None:
    """The policy of a config as it was kept, if nothing has changed since."""
    path = _path(config)
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            checksum, body = file.read(_CHECKSUM), file.read()
        if _checksum(body) != checksum:
            return None
        key, kept_at, stamps, plain, (by_word, by_prefix, *rest) = marshal.loads(body)  # noqa: S302  ours
        untouched = key == _key(config) and all(_is_untouched(stamp, kept_at) for stamp in stamps)
        if key != _key(config) or not (untouched or all(map(_is_same, stamps))):
            return None
        terms = LexiconState(Shelves(by_word), Shelves(by_prefix), *rest)
        kept = Kept(frozen.thaw(plain), terms, Headlines(_name(config), _mark(key, stamps)))
        if not _pack_files(kept.policy) <= {path for path, *_ in stamps}:
            return None
    except (OSError, ValueError, TypeError, EOFError, IndexError):
        return None
    if not untouched:
        keep(config, kept)  # next time their contents need not be read
    return kept


def keep(config: str | None, kept: Kept) -> None:
    """Keep a policy that has been read and proven; where that cannot be done, nothing happens.

    Examples are left out, and settings that only overrides need. Policies with kinds from plug-ins are not kept:
    nothing tells when a plug-in changes what its options mean.
    """
    path, policy = _path(config), kept.policy
    if path is None or not {setting.rule.kind for setting in policy.settings} <= set(registry.own("kinds")):
        return
    terms = (shelve(kept.terms.by_word), shelve(kept.terms.by_prefix), *kept.terms[2:])
    stamps = [_stamp(each) for each in policy.files]
    body = marshal.dumps((_key(config), time_ns(), stamps, frozen.freeze(_lean(policy)), terms))
    partial = f"{path}.{os.getpid()}"
    try:
        with open(partial, "wb") as file:
            file.write(_checksum(body) + body)
        os.replace(partial, path)
    except OSError:
        return


def _mark(key: frozen.Plain, stamps: frozen.Plain) -> int:
    """Stands for what a policy says, whenever it was kept."""
    return crc32(marshal.dumps((key, [(path, digest) for path, *_, digest in stamps])))


def _checksum(body: bytes) -> bytes:
    """Of a file that was cut or damaged; against those who mean harm stands the folder, which is the user's alone."""
    return crc32(body).to_bytes(_CHECKSUM, "big")


def _lean(policy: Policy) -> Policy:
    settings = tuple(setting._replace(rule=_without_examples(setting.rule)) for setting in policy.settings)
    rules = tuple(map(_without_examples, policy.rules))
    return policy._replace(rules=rules, settings=settings if policy.overrides else (), packed=())


def _without_examples(rule: Rule) -> Rule:
    return rule._replace(flag=(), passes=())


def _path(config: str | None) -> str | None:
    home = cache_folder()
    return os.path.join(home, f"policy-{_name(config)}") if home else None


def _name(config: str | None) -> str:
    return f"{crc32(os.path.abspath(config).encode()):08x}" if config else "default"


def _key(config: str | None) -> frozen.Plain:
    """What a kept policy depends on besides its files."""
    own = (_FORMAT, __version__, sys.version, unicodedata.unidata_version)
    above = configs_above(config) if config else ()
    return (*own, config and os.path.abspath(config), _folder(config), above, *_own_files())


def _folder(config: str | None) -> str:
    """What the paths of the files are relative to, if they are: those of a policy without a config are not."""
    return os.getcwd() if config and not os.path.isabs(config) else ""


def _own_files() -> Iterator[tuple[str, int, int]]:
    """The code that reads and compiles policies: a checkout changes without a new version."""
    for name in ("kinds", "policy", "sources", "text"):
        package = importlib.import_module(f"readtheroom.{name}")
        for place in package.__path__:
            for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    yield entry.name, status.st_mtime_ns, status.st_size


def _stamp(path: str) -> frozen.Plain:
    """What tells whether a file has changed: its times and size, and its content where these leave it open."""
    status = os.stat(path)
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, _digest(path)


def _is_untouched(stamp: frozen.Plain, kept_at: int) -> bool:
    """Whether a file is as it was, by its times; one that was young then may have changed within a tick."""
    path, size, written, changed, _ = stamp
    status = os.stat(path)
    same = (status.st_size, status.st_mtime_ns, status.st_ctime_ns) == (size, written, changed)
    return same and max(written, changed) < kept_at - TICK


def _is_same(stamp: frozen.Plain) -> bool:
    path, size, *_, digest = stamp
    return os.stat(path).st_size == size and bool(_digest(path) == digest)


def _digest(path: str) -> bytes:
    from hashlib import blake2b  # noqa: PLC0415  slow to import, and only changed files need it

    with open(path, "rb") as file:
        return blake2b(file.read(), digest_size=16).digest()


def _pack_files(policy: Policy) -> set[str]:
    """The rule files that its packs hold now: one more changes the policy, and one less has no stamp."""
    packs = (find(entry, policy.config.folder) for entry in policy.config.extends)
    return {path for pack in packs for path in rule_files(pack)}
