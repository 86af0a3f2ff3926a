from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.server import Server, running


@pytest.fixture(scope="session")
def loopback() -> Iterator[Server]:
    """One server for all tests."""
    with running() as server:
        yield server


@pytest.fixture
def server(loopback: Server) -> Server:
    """It, with nothing to say, and not asked yet."""
    loopback.answers = {}
    loopback.asked.clear()
    return loopback
