"""`readtheroom lint`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing

from readtheroom import __version__
from readtheroom.api.drafts import Draft, from_stream, gather, parse_time
from readtheroom.api.looking import Looking
from readtheroom.api.outputs import Output, outputs
from readtheroom.api.run import Run
from readtheroom.api.tally import Tally
from readtheroom.cli._jobs import jobs
from readtheroom.cli._streams import spare_output
from readtheroom.cli.progress import Progress
from readtheroom.errors import UsageError
from readtheroom.findings import SEVERITIES, Summary
from readtheroom.protocols import RunInfo
from readtheroom.reporters._terminal import visible

FOUND, CANNOT, INCOMPLETE = 1, 2, 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders or globs of drafts; - reads standard input")
    add("--text", metavar="TEXT", action="append", default=[], help="judge this text")
    add("--stdin-filename", metavar="NAME", help="what - is called: decides its format and config (default: text)")
    add("--config", metavar="FILE", help="policy to use (default: readtheroom.yaml found upward from each draft)")
    add("--room", metavar="FILE", action="append", default=[], help="a snapshot of the room instead of live sources")
    add("--offline", action="store_true", help="ask nobody: only files, and what is kept of earlier answers")
    add("--require-room", action="store_true", help="a post whose room could not be looked up is unknown (exit 3)")
    add(
        "--save-room",
        metavar="FILE",
        help="write the room by which the posts are judged, or that of each config, for --room",
    )
    add("--at", metavar="TIME", help="when posts without a time go out (default: now)")
    add("--format", metavar="FORMAT", default="text", help="output format: text (default), json, jsonl, github, sarif")
    add("--output", metavar="FORMAT=FILE", action="append", default=[], help="write another format to a file as well")
    add("--fail-on", metavar="SEVERITY", choices=[*SEVERITIES, "never"], help="exit 1 from here on (default: error)")
    add("--quiet", "-q", action="store_true", help="print only errors and what was not checked")
    add("--statistics", action="store_true", help="count findings by rule")
    add(
        "--jobs",
        "-j",
        metavar="N",
        help="judge with N processes; auto or 0: one per core (default: READTHEROOM_JOBS, or 1)",
    )
    add("--labels", action="store_true", help="tell what rules say about each part of a text")
    add("--color", choices=["auto", "always", "never"], default="auto", help="default: auto")
    add("--show-config", action="store_true", help="print the policy for the first path, and end")
    add("--show-files", action="store_true", help="print the files that would be read, and end")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Lint; returns the exit code."""
    count = jobs(args.jobs)
    how = Looking(args.offline, args.require_room, ahead=not (args.show_config or args.show_files), since=args.since)
    run = Run(args.config, args.room, parse_time(args.at) if args.at else None, args.fail_on, how)
    if args.show_config and not args.paths:
        return _show_config(run, "")
    drafts = _drafts(args, run)
    if args.show_config:
        return _show_config(run, drafts[0].file.path if drafts else "")
    run.prepare(drafts, look=not args.show_files)
    if args.show_files:
        print("".join(f"{visible(draft.file.path)}\n" for draft in drafts), end="")
        return 0
    if args.output:
        spare_output()
    _refuse_inputs(args, run, drafts)
    summary = _lint(args, run, drafts, count)
    if not args.quiet:
        _tell_proposals(summary)
    return _code(run, summary)


def _refuse_inputs(args: argparse.Namespace, run: Run, drafts: Sequence[Draft]) -> None:
    written = [(f"--output {form}=", path) for form, _, path in (each.partition("=") for each in args.output) if path]
    written += [("--save-room ", args.save_room)] if args.save_room else []
    if written:
        from readtheroom.api.targets import refuse_inputs  # noqa: PLC0415  few runs write a file

        refuse_inputs(written, {*run.files, *filter(None, (draft.path for draft in drafts))})


def _save_room(path: str, run: Run) -> None:
    from readtheroom.api.saved import save  # noqa: PLC0415  slow to import, and seldom wanted

    save(path, run.rooms)


def _tell_proposals(summary: Summary) -> None:
    if summary.proposals:
        from readtheroom.cli._holds import proposals  # noqa: PLC0415  slow to import, and few runs have any

        print(*proposals(summary.proposals, "readtheroom: "), sep="\n", file=sys.stderr)


def _code(run: Run, summary: Summary) -> int:
    """The exit code; what the audit trail lacks is told."""
    faults = run.audited()
    for fault in faults:
        print(f"readtheroom: {visible(fault)}", file=sys.stderr)
    if faults:
        return CANNOT
    if run.failed:
        return FOUND
    return INCOMPLETE if summary.unknown else 0


def _show_config(run: Run, path: str) -> int:
    import json  # noqa: PLC0415  slow to import, and text does without

    print(json.dumps(run.effective(path), indent=2, ensure_ascii=False))
    return 0


def _lint(args: argparse.Namespace, run: Run, drafts: Sequence[Draft], count: int) -> Summary:
    info = RunInfo(run.rules, __version__, args.labels, _color(args.color), args.quiet, args.statistics)
    with ExitStack() as stack:
        written = outputs(args.format, args.output, info, stack)
        if args.save_room:
            _save_room(args.save_room, run)
        mixed = written.held is None and sys.stdout.isatty()  # results come between
        return _report(run, drafts, written, count, progress=not args.quiet and not mixed)


def _report(run: Run, drafts: Sequence[Draft], written: Output, count: int, *, progress: bool) -> Summary:
    tally = Tally()
    if not written.held:
        run.read_through(drafts, count)
    shown = Progress(sys.stderr, [draft.file.path for draft in drafts], enabled=progress)
    with shown, closing(run.lint(drafts, count)) as results:
        for result in results:
            tally.add(result)
            written.add(result)
            shown.step(result.post.path)
    summary = tally.summary(len(run.rules))._replace(proposals=run.proposals())
    written.finish(summary)
    return summary


def _drafts(args: argparse.Namespace, run: Run) -> tuple[Draft, ...]:
    if args.stdin_filename and "-" not in args.paths:
        raise UsageError("--stdin-filename tells what - is called: give - as a path")
    if "-" in args.paths and sys.stdin is None:
        raise UsageError("standard input is closed: pipe a draft to it, or name a file instead of -")
    stdin = from_stream(sys.stdin.buffer, args.stdin_filename) if "-" in args.paths else None
    found = gather([path for path in args.paths if path != "-"], args.text, stdin, run.keeps, run.is_hold)
    for path in found.ignored:
        print(f"readtheroom: {visible(path)} is left out by .readtheroomignore", file=sys.stderr)
    return found.drafts


def _color(choice: str) -> bool:
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"
