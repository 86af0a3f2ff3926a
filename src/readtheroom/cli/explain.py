"""`readtheroom explain`."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator, Mapping

from readtheroom.api.packs import Asked, Explained, explained, fact_docs, option_docs
from readtheroom.cli.room import NO_SOURCES
from readtheroom.model import Example, Json
from readtheroom.reporters._terminal import visible

WIDTH = 100
MOST_BESIDE = 2
"""Other posts that are shown of an example's calendar."""

MOST_ITEMS = 12
"""Of a long list of options; the file has them all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("rule", metavar="RULE", help="its id, as in a finding")
    parser.add_argument("--config", metavar="FILE", help="policy to use (default: found upward from here)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Tell all about it."""
    for part in _parts(explained(args.rule, args.config)):
        print(part)
    return 0


def _parts(about: Explained) -> Iterator[str]:
    rule = about.rule
    says = [f"severity {rule.severity}, confidence {rule.confidence}"] if rule.severity else []
    says += [f"label {rule.label}"] if rule.label else []
    says += ["off here"] if about.off else []
    yield f"{rule.id}  ({rule.kind}; {'; '.join(says)})"
    yield _section("Why", rule.why)
    if rule.message:
        yield _section("What it says", rule.message)
    if rule.advice:
        yield _section("What to do", rule.advice)
    if about.asks is not None:
        yield _section("Sources that are asked", "\n".join(map(_asked, about.asks)) or NO_SOURCES, wrap=False)
    yield _section("Options", "\n".join(_options(rule.options)) or "none set", wrap=False)
    docs = "\n".join(f"{name}: {text}" for name, text in option_docs(rule.kind).items())
    yield _section(f"Options that `kind: {rule.kind}` knows", docs, wrap=False)
    if rule.severity:
        fills = "\n".join(f"{{{name}}}: {text}" for name, text in fact_docs(rule.kind).items())
        yield _section(f"Placeholders that `kind: {rule.kind}` fills", fills or "not declared", wrap=False)
    if rule.flag or rule.passes:
        shown = [*(_example("✗", each) for each in rule.flag), *(_example("✓", each) for each in rule.passes)]
        yield _section("Examples (✗ flagged, ✓ passed)", "\n".join(shown), wrap=False)
    if rule.references:
        yield _section("References", "\n".join(rule.references), wrap=False)
    yield _section("Where it comes from", f"pack {rule.pack}, {rule.path}:{rule.line}", wrap=False)


def _asked(source: Asked) -> str:
    return f"{source.name} – sends the hashtags of drafts" if source.about_drafts else source.name


def _section(title: str, text: str, *, wrap: bool = True) -> str:
    lines = textwrap.wrap(text, WIDTH - 2) if wrap else text.splitlines()
    return "\n".join(["", title, *(f"  {visible(line)}" for line in lines)])


def _options(options: Mapping[str, Json]) -> Iterator[str]:
    for key, value in options.items():
        if isinstance(value, dict):
            yield f"{key}:"
            yield from textwrap.indent("\n".join(_options(value)), "  ").splitlines()
        else:
            yield f"{key}: {_shown(value)}"


def _shown(value: Json) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    rest = f" … and {len(value) - MOST_ITEMS} more" if len(value) > MOST_ITEMS else ""
    return json.dumps(value[:MOST_ITEMS], ensure_ascii=False) + rest


def _example(sign: str, example: Example) -> str:
    text = str(example.draft.get("text") or json.dumps(example.draft, ensure_ascii=False))
    room = "; ".join(f"{item.get('term')}: {_reasons(item)}" for item in example.room)
    held = "; ".join(str(item.get("reason")) for item in example.holds)
    beside = "; ".join(map(_beside, example.calendar[:MOST_BESIDE]))
    more = f" … and {len(example.calendar) - MOST_BESIDE} more" if len(example.calendar) > MOST_BESIDE else ""
    around = (f"   [in the room: {room}]" if room else "") + (f"   [on hold: {held}]" if held else "")
    around += f"   [{_slot(example.draft)}, beside {beside}{more}]" if beside else ""
    return f"{sign} {visible(text)}{around}"


def _beside(post: Mapping[str, Json]) -> str:
    return f"“{visible(str(post.get('text', '')))}” {_slot(post)}"


def _slot(post: Mapping[str, Json]) -> str:
    return ", ".join(str(post[key]) for key in ("account", "scheduled_at") if key in post)


def _reasons(item: Mapping[str, Json]) -> str:
    reasons = item.get("reasons")
    known = reasons if isinstance(reasons, list) else []
    return ", ".join(str(each["title"]) for each in known if isinstance(each, dict)) or "no reason known"
