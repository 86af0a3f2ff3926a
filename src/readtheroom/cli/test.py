"""`readtheroom test`: rules' own examples."""

from __future__ import annotations

import argparse
import sys

from readtheroom.api.packs import prove


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "packs",
        nargs="*",
        metavar="PACK",
        help="packs, folders or rule files; those of the config on top of the ones before them (default: all)",
    )
    parser.add_argument("--config", metavar="FILE", help="policy to use (default: found upward from here)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the examples; 0 if each is treated as it says, else 2."""
    proof = prove(args.packs, args.config)
    for fault in proof.faults:
        print(fault, file=sys.stderr)
    what = f"{_count(proof.examples, 'example')} of {_count(proof.rules, 'rule')}"
    print(f"{what}: {len(proof.faults) or 'none'} failed")
    if proof.without:
        print(f"without examples: {', '.join(proof.without)}")
    return 2 if proof.faults else 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
