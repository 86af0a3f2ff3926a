"""Reading files that people wrote: bounded, UTF-8, and with a plain word where that fails."""

from __future__ import annotations

from typing import BinaryIO

from readtheroom.errors import Fault, FaultsError, PolicyError
from readtheroom.spans import FileText

POLICY_LIMIT = 8 * 1024 * 1024
"""Bytes of a config, rule file, lexicon or accounts file."""

_BOM = b"\xef\xbb\xbf"


def read_text(path: str, limit: int = POLICY_LIMIT, error: type[FaultsError] = PolicyError) -> FileText:
    """The text of a file of at most `limit` bytes, without a byte order mark.

    Raises `error` with one fault for a file that is missing, a folder, unreadable, too large, binary or not UTF-8.
    """
    return FileText(decode(path, read_bytes(path, limit, error), error))


def read_bytes(path: str, limit: int, error: type[FaultsError]) -> bytes:
    """The bytes of a file of at most `limit` bytes; never reads more than that."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as problem:
        raise error([Fault(path, 0, 0, _why(problem))]) from None
    if len(data) > limit:
        raise error([Fault(path, 0, 0, f"larger than {_size(limit)}: split it, or give a smaller file")])
    return data


def open_bytes(path: str, error: type[FaultsError]) -> BinaryIO:
    """The file, opened to be read as a stream. Raises `error` with one fault if that cannot be."""
    try:
        return open(path, "rb")
    except (OSError, ValueError) as problem:
        raise error([Fault(path, 0, 0, _why(problem))]) from None


def decode(path: str, data: bytes, error: type[FaultsError]) -> str:
    """`data` as text; the fault tells the line of the first byte that is not UTF-8."""
    data = data.removeprefix(_BOM)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise error([Fault(path, 0, 0, "is UTF-16: save it as UTF-8")])
    if b"\x00" in data:
        raise error([Fault(path, data.count(b"\n", 0, data.index(b"\x00")) + 1, 0, "a binary file, not text")])
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        before = FileText(data[: problem.start].decode())
        message = f"not UTF-8: byte 0x{data[problem.start]:02x} cannot be read; save the file as UTF-8"
        raise error([Fault(path, *before.place(len(before.text)), message)]) from None


def _why(problem: OSError | ValueError) -> str:
    if isinstance(problem, FileNotFoundError | NotADirectoryError):
        return "no such file"
    if isinstance(problem, IsADirectoryError):
        return "is a folder, not a file"
    reason = problem.strerror if isinstance(problem, OSError) else None
    return f"cannot be read: {reason or problem}"


def _size(limit: int) -> str:
    return f"{limit // 1024**2} MiB" if limit >= 1024**2 else f"{limit} bytes"
