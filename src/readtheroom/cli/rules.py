"""`readtheroom rules`."""

from __future__ import annotations

import argparse
import json

from readtheroom.api.packs import rules_here
from readtheroom.model import Rule
from readtheroom.reporters._terminal import visible


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add = parser.add_argument
    add("filter", nargs="*", metavar="WORD", help="only rules whose id, kind, label, pack or tags hold each word")
    add("--config", metavar="FILE", help="policy to use (default: found upward from here)")
    add("--severity", choices=["error", "warning", "info", "label"], help="only rules of this severity")
    add("--format", choices=["text", "json"], default="text", help="default: text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List them."""
    rules = [rule for rule in rules_here(args.config) if _wanted(rule, args)]
    rules.sort(key=lambda rule: rule.id)
    if args.format == "json":
        print(json.dumps([_plain(rule) for rule in rules], indent=2, ensure_ascii=False))
    else:
        _print(rules)
    return 0


def _wanted(rule: Rule, args: argparse.Namespace) -> bool:
    hay = " ".join([rule.id, rule.kind, rule.label or "", rule.pack, *rule.tags]).casefold()
    fits = args.severity in {None, rule.severity or "label"}
    return fits and all(word.casefold() in hay for word in args.filter)


def _plain(rule: Rule) -> dict[str, str | int | None]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "severity": rule.severity,
        "label": rule.label,
        "why": rule.why,
        "pack": rule.pack,
        "path": rule.path,
        "line": rule.line,
    }


def _print(rules: list[Rule]) -> None:
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        says = visible(rule.label or rule.message)
        print(f"{rule.id.ljust(width)}  {rule.severity or 'label':8}{rule.kind:18}{says}".rstrip())
    print(f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'}; `readtheroom explain RULE` tells more")
