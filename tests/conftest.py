import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.office import OFFICE, put

settings.register_profile("patient", deadline=None)  # what is slow the first time imports, compiles or keeps
settings.load_profile("patient")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell has it in the background: programs would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is kept in the user's cache, nor taken from there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a config, two packs and a room."""
    put(tmp_path, OFFICE)
    monkeypatch.chdir(tmp_path)
    return tmp_path
