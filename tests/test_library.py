"""`import readtheroom`: its names are there, and cost nothing until they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import readtheroom


@pytest.mark.parametrize("name", readtheroom.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(readtheroom, name) is not None


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="module 'readtheroom' has no attribute 'Lintr'"):
        getattr(readtheroom, "Lintr")  # noqa: B009  a type checker knows that it is not there


def test_importing_it_loads_nothing_else_of_ours() -> None:
    code = "import readtheroom, sys; print(*[name for name in sys.modules if name.startswith('readtheroom.')])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "\n"
