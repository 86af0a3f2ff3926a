"""A small office to test in: a pack of a few rules, a config, and how to put them into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

RULES = """\
rules:
  - id: rival
    kind: keywords
    severity: error
    message: "Names a rival: {match}"
    why: Legal asked for it.
    options: {terms: [Globex]}
    examples: {flag: [{text: "Better than Globex!", match: Globex}], pass: ["See you there"]}
  - id: haste
    kind: keywords
    severity: warning
    message: "Presses people: {match}"
    why: They do not like it.
    options: {terms: [hurry]}
  - id: doubt
    kind: keywords
    severity: info
    message: "Sounds unsure: {match}"
    why: Say it or leave it.
    options: {terms: [perhaps]}
  - id: violence
    kind: keywords
    label: crisis.violence
    why: Headlines are read with it.
    options: {terms: [shooting]}
"""
"""Rules that read the text alone."""

GATE = """\
rules:
  - id: trend
    kind: trending-hashtag
    severity: error
    message: "{match} trends because of something grave: {reason}"
    why: Look up why.
"""
"""A rule that reads the room."""

CONFIG = "extends: [house.yaml]\n"
BOTH = "extends: [house.yaml, gate.yaml]\n"

ROOM = """\
observations:
  - term: "#Lindental"
    observed_at: 2026-03-01T09:00:00Z
    reasons: [{title: "Shooting in Lindental", url: "https://news.example/1"}]
"""
DURING = "2026-03-01T10:00:00Z"
"""A moment at which ROOM speaks."""

GUARD = """\
  - id: stop
    kind: hold
    severity: error
    message: "{reason}"
    why: Somebody must be able to stop it all.
    options: {check: standing}
  - {id: endless, kind: hold, severity: warning, message: "no end: {reason}", why: So., options: {check: no-end}}
  - {id: ownerless, kind: hold, severity: info, message: "no owner: {reason}", why: So., options: {check: no-owner}}
"""
"""Rules about holds; they go below RULES."""

FIRE = "reason: Fire\nowner: Ada\nstart: 2026-03-01T08:00:00Z\nend: 2026-03-02\n"
"""A hold that stands at that moment."""

OFFICE = {"readtheroom.yaml": CONFIG, "house.yaml": RULES, "gate.yaml": GATE, "room.yaml": ROOM}


def put(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the files below the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
