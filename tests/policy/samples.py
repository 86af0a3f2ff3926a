"""A pack and a config with everything that changes a rule: settings, overrides, rules that are off."""

from __future__ import annotations

PACK = """\
rules:
- {id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1, terms: [a]}}
- {id: two, kind: probe, severity: warning, message: m, why: w, options: {limit: 2}}
- {id: spare, kind: probe, severity: off, message: m, why: w, options: {limit: 3}}
- {id: tone, kind: probe, label: tone.joking, why: w, options: {limit: 4}}
"""
CONFIG = """\
extends: pack/
rules:
  two: info
  tone: off
overrides:
  - files: ["drafts/**", "!drafts/old/**"]
    rules: {one: off, spare: {severity: warning, platforms: [twitter]}}
  - files: ["*.csv"]
    rules: {one: {severity: info, options: {limit: 9}}}
"""
