"""`readtheroom schema`: JSON Schemas, for editors."""

from __future__ import annotations

import argparse
import json

from readtheroom.policy import schemas

SCHEMAS = {
    "accounts": schemas.accounts_schema,
    "approval": schemas.approval_schema,
    "config": schemas.config_schema,
    "rules": schemas.rules_schema,
    "draft": schemas.draft_schema,
    "hold": schemas.hold_schema,
    "room": schemas.room_schema,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("what", choices=sorted(SCHEMAS), help="of which file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print it."""
    print(json.dumps(SCHEMAS[args.what](), indent=2, ensure_ascii=False))
    return 0
