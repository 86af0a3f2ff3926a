"""Asking a source in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from readtheroom import registry
from readtheroom.errors import UnavailableError
from readtheroom.model import Gap, Json, Observation
from readtheroom.protocols import Client
from tests.checkout import ROOT
from tests.sources.server import LoopbackClient

_SAMPLES = ROOT.parent / "shared" / "samples"

Said = list[Observation | Gap]


def observe(name: str, options: Mapping[str, Json], tags: Sequence[str] = (), client: Client | None = None) -> Said:
    """All that a source says."""
    return list(registry.load("sources", name).observe(options, client or LoopbackClient(), tags))


def failure(name: str, options: Mapping[str, Json], tags: Sequence[str] = (), client: Client | None = None) -> str:
    """Why a source cannot say anything."""
    with pytest.raises(UnavailableError) as caught:
        observe(name, options, tags, client)
    return str(caught.value)


def sample(name: str) -> bytes:
    """A captured payload; without it the test is skipped."""
    path: Path = _SAMPLES / name
    if not path.exists():
        pytest.skip(f"no {name} beside this checkout")
    return path.read_bytes()
