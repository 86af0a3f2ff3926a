import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readtheroom import registry
from readtheroom.policy.plugins import options_schema

Write = Callable[[dict[str, str]], None]

PLUGINS = {
    "probe-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: probe\nVersion: 1\n",
    "probe-1.dist-info/entry_points.txt": """\
[readtheroom.kinds]
probe = probe_kind
[readtheroom.sources]
probe-feed = probe_source
""",
    "probe_kind.py": """\
WORDS = {"type": "array", "items": {"type": "string"}}
FILE = {"type": "string", "format": "lexicon"}
OPTIONS = {
    "type": "object",
    "properties": {
        "terms": WORDS,
        "limit": {"type": "integer", "minimum": 1, "description": "How many."},
        "lexicon": {"anyOf": [FILE, {"type": "object", "additionalProperties": FILE}]},
        "deep": {"type": "array", "items": {"$ref": "#/$defs/part"}},
    },
    "minProperties": 1,
    "additionalProperties": False,
    "$defs": {"part": {"type": "object", "properties": {"list": {**FILE, "minLength": 2}, "name": {"type": "string"}}}},
}
""",
    "probe_source.py": """\
OPTIONS = {
    "type": "object",
    "properties": {"url": {"type": "string", "format": "uri"}, "cache": {"type": "string", "format": "path"}},
    "required": ["url"],
    "additionalProperties": False,
}
""",
}
"""A kind and a source of a third party, as pip would have installed them."""

BROKEN = {
    "broken-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: broken\nVersion: 1\n",
    "broken-1.dist-info/entry_points.txt": """\
[readtheroom.kinds]
probe-odd = probe_odd
probe-bare = probe_bare
probe-broken = probe_broken
[readtheroom.sources]
probe-bare = probe_bare
""",
    "probe_odd.py": 'OPTIONS = {"uniqueItems": True}\n',
    "probe_bare.py": "",
    "probe_broken.py": "1 / 0\n",
}
"""Kinds and a source that cannot be used."""


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _forget() -> None:
    for cached in (registry.names, registry.load, options_schema):
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("probe_")]:
        del sys.modules[name]


def _installed(files: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _write(folder, files)
    monkeypatch.syspath_prepend(str(folder))
    _forget()
    yield
    _forget()


@pytest.fixture
def plugins(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from _installed(PLUGINS, tmp_path_factory.mktemp("site-packages"), monkeypatch)


@pytest.fixture
def broken_plugins(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from _installed(BROKEN, tmp_path_factory.mktemp("site-packages"), monkeypatch)


@pytest.fixture
def write(plugins: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files into the current folder, an empty one; the probe plug-ins are installed."""
    monkeypatch.chdir(tmp_path)
    return lambda files: _write(tmp_path, files)
