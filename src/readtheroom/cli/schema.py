"""`readtheroom schema`: JSON Schemas, for editors and for programs that read what comes out."""

from __future__ import annotations

import argparse
import json

from readtheroom.cli._recheck_schema import CHANGE, RECHECK
from readtheroom.policy import schemas
from readtheroom.reporters._schema import REPORT

SCHEMAS = {
    "accounts": schemas.accounts_schema,
    "approval": schemas.approval_schema,
    "config": schemas.config_schema,
    "rules": schemas.rules_schema,
    "draft": schemas.draft_schema,
    "hold": schemas.hold_schema,
    "room": schemas.room_schema,
}
"""Of what users write."""

OUTPUTS = {"report": REPORT, "recheck": RECHECK, "change": CHANGE}
"""Of what comes out: `lint --format json`, `recheck --format json`, and what its commands and webhooks get."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("what", choices=sorted([*SCHEMAS, *OUTPUTS]), help="of which file or output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print it."""
    schema = OUTPUTS.get(args.what) or SCHEMAS[args.what]()
    print(json.dumps(schema, indent=2, ensure_ascii=False))
    return 0
