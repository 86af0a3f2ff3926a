"""Hold files as text: a new one, and changes that leave alone whatever else people wrote into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from readtheroom.model import Hold, HoldScope
from readtheroom.policy.document import Node
from readtheroom.policy.hold_scope import KEYS, lists_of
from readtheroom.policy.times import timezone

HEAD = (
    "# While this hold stands, posts in its scope are not published. `readtheroom schema hold` describes every key.\n"
)

_PLAIN = re.compile(r"[A-Za-z](?:[\w .-]*\w)?", re.ASCII)
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_SHORT = {'"': '\\"', "\\": "\\\\"}
_LINE_END = re.compile(r"\r\n?|\n")


def compose(hold: Hold, zone: str) -> str:
    """The file of a hold, its times in `zone`."""
    lines = [f"reason: {quoted(hold.reason)}"]
    lines += [f"owner: {quoted(hold.owner)}"] if hold.owner else []
    lines += [f"start: {time(hold.start, zone)}"]
    lines += [f"end: {time(hold.end, zone)}"] if hold.end else []
    if hold.scope == (HoldScope(everything=True),):
        lines.append("scope: all")
    elif hold.scope != (HoldScope(),):
        lines += ["scope:", *(f"  - {{{', '.join(_pairs(one))}}}" for one in hold.scope)]
    return HEAD + "".join(f"{line}\n" for line in lines)


def _pairs(one: HoldScope) -> Iterable[str]:
    for key, words in zip(KEYS, lists_of(one), strict=True):
        if words:
            yield f"{key}: [{', '.join(map(quoted, words))}]"
    if one.everything or one == HoldScope():
        yield f"all: {str(one.everything).lower()}"


def quoted(text: str) -> str:
    """A text as YAML has it, whatever characters it holds; plain where that is safe."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return (
        '"'
        + "".join(_SHORT.get(char) or (char if char.isprintable() else f"\\U{ord(char):08x}") for char in text)
        + '"'
    )


def time(moment: datetime, zone: str) -> str:
    """A moment with its offset in `zone`, to the second, or the millisecond where it lies within one."""
    there = moment.astimezone(UTC if zone == "UTC" else timezone(zone))
    return there.isoformat(timespec="milliseconds" if there.microsecond else "seconds").replace("+00:00", "Z")


def changed(root: Node, values: Mapping[str, str]) -> str:
    """The text of a file, a mapping, with these values (as YAML has them) at these keys; the rest stays as it is."""
    text = root.file.text
    keys = root.value if isinstance(root.value, dict) else {}
    for key in sorted(keys.keys() & values.keys(), key=lambda each: -keys[each].start):
        node = keys[key]
        space = " " if text[node.start - 1 : node.start] == ":" else ""
        text = text[: node.start] + space + values[key] + text[node.end :]
    new = [f"{key}: {value}" for key, value in values.items() if key not in keys]
    return _with_lines(text, root, new) if new else text


def _with_lines(text: str, root: Node, lines: list[str]) -> str:
    """With more keys: inside the braces, or below the last line that has something to say."""
    if text[root.start : root.start + 1] == "{":
        brace = len(text) - (len(root.file.text) - root.end) - 1
        return f"{text[:brace].rstrip().removesuffix(',')}, {', '.join(lines)}{text[brace:]}"
    end = _LINE_END.search(text)
    line_end = end[0] if end else "\n"
    indent = " " * (root.place.column - 1)
    body = "".join(f"{indent}{line}{line_end}" for line in lines)
    found = re.search(r"^\.\.\.[ \t]*$", text, re.MULTILINE)
    head, tail = (text[: found.start()], text[found.start() :]) if found else (text, "")
    return head + ("" if not head or head.endswith(("\n", "\r")) else line_end) + body + tail
