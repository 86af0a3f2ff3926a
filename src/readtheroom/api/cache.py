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
from hashlib import blake2b
from typing import NamedTuple

from readtheroom import __version__, registry
from readtheroom.model import Rule
from readtheroom.policy import frozen
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.packs import find, rule_files
from readtheroom.policy.values import Policy
from readtheroom.text.lexicon import LexiconState

_FORMAT = "readtheroom policy 1"


class Kept(NamedTuple):
    """A policy, and its terms as the engine has them."""

    policy: Policy
    terms: LexiconState


def recall(config: str | None) -> Kept | None:
    """The policy of a config as it was kept, if nothing has changed since."""
    path = _path(config)
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            digest, body = file.read(16), file.read()
        if blake2b(body, digest_size=16).digest() != digest:
            return None
        key, stamps, plain, terms = marshal.loads(body)  # noqa: S302  ours: the folder is the user's alone
        kept = Kept(frozen.thaw(plain), LexiconState(*terms)) if key == _key(config) else None
        return kept if kept and _stamps(kept.policy) == stamps else None
    except (OSError, ValueError, TypeError, EOFError, IndexError):
        return None


def keep(config: str | None, kept: Kept) -> None:
    """Keep a policy that has been read and proven; where that cannot be done, nothing happens.

    Examples are left out, and settings that only overrides need. Policies with kinds from plug-ins are not kept:
    nothing tells when a plug-in changes what its options mean.
    """
    path, policy = _path(config), kept.policy
    if path is None or not {setting.rule.kind for setting in policy.settings} <= set(registry.own("kinds")):
        return
    body = marshal.dumps((_key(config), _stamps(policy), frozen.freeze(_lean(policy)), tuple(kept.terms)))
    partial = f"{path}.{os.getpid()}"
    try:
        with open(partial, "wb") as file:
            file.write(blake2b(body, digest_size=16).digest() + body)
        os.replace(partial, path)
    except OSError:
        return


def _lean(policy: Policy) -> Policy:
    settings = tuple(setting._replace(rule=_without_examples(setting.rule)) for setting in policy.settings)
    rules = tuple(map(_without_examples, policy.rules))
    return policy._replace(rules=rules, settings=settings if policy.overrides else (), packed=())


def _without_examples(rule: Rule) -> Rule:
    return rule._replace(flag=(), passes=())


def _path(config: str | None) -> str | None:
    home = cache_folder()
    name = blake2b(os.path.abspath(config or "").encode(), digest_size=12).hexdigest() if config else "default"
    return os.path.join(home, f"policy-{name}") if home else None


def _key(config: str | None) -> frozen.Plain:
    """What a kept policy depends on besides its files."""
    return (_FORMAT, __version__, sys.version, unicodedata.unidata_version, _folder(config), *_own_files())


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


def _stamps(policy: Policy) -> list[tuple[str, bytes]]:
    """Every file that the policy was read from, with its content's digest; then those that its packs hold."""
    stamps = [(path, _digest(path)) for path in policy.files]
    for entry in policy.config.extends:
        stamps += [(path, b"") for path in rule_files(find(entry, policy.config.folder))]
    return stamps


def _digest(path: str) -> bytes:
    with open(path, "rb") as file:
        return blake2b(file.read(), digest_size=16).digest()
