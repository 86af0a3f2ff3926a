"""How well the core pack judges: posts that would hurt, and posts that only look like it.

    python evaluation/judge.py [--show] [--corpus FOLDER] [--write FILE]

Judges our own posts (`posts.yaml`, `blind.yaml`) and, where the folder of `--corpus` has them, the larger sets that its
program `evaluate` runs. A set that is not there is named as absent, and is no failure.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

import yaml

import readtheroom
from readtheroom import Linter
from readtheroom.model import Observation, Reason, Room

HERE = Path(__file__).resolve().parent
POSTS = {"own": HERE / "posts.yaml", "blind": HERE / "blind.yaml"}
"""Sets of our own, each with rooms of its own: what one talks about on a day, another does not hear."""

ORDINARY_DAY = date(2026, 10, 15)
SMALL_TALK = ("#PuzzleHour", "Thousands solve the same puzzle")
"""What people talk about on every day, so that no room is empty."""
NOON, SEEN, TOLD = time(12, tzinfo=UTC), time(6, tzinfo=UTC), time(5, tzinfo=UTC)
STOPPED = ("warn", "block")

CORPUS = (
    ("incidents", "incidents.yaml", ("incidents",)),
    ("ordinary posts", "ordinary*.csv*", ("ordinary", "--by", "lang")),
    ("crisis posts", "crisis*.csv*", ("crisis", "--by", "lang_fasttext")),
    ("crisis posts", "crisis*.csv*", ("crisis", "--by", "informativeness")),
)
"""Sets of the larger corpus: their name, their files, and what to tell `evaluate` with one of them."""

FEW = 25
"""A language, say, with fewer posts of a large set says nothing, and is left out."""

_LINE = re.compile(r"(?P<name>\S.*?) +n= *(?P<n>\d+)  (?P<figures>.+)")
_FIGURE = re.compile(r"(caught|blocked|warned|crisis label) +([\d.]+%)")


class RoomData(TypedDict):
    """What a market talks about on one day, as the file says it."""

    day: date
    term: str
    reason: str


class PostData(TypedDict):
    """A post, as the file says it. `seen`: the rules were written with it in view."""

    kind: str
    text: str
    expect: str
    why: NotRequired[str]
    account: NotRequired[str]
    seen: NotRequired[bool]
    room: NotRequired[str]
    at: NotRequired[date]
    known_miss: NotRequired[bool]
    cause: NotRequired[str]


class Market(TypedDict):
    """A language, as the file says it: its market, what that talks about on some days, and its posts."""

    region: str
    rooms: dict[str, RoomData]
    posts: list[PostData]


class Case(NamedTuple):
    """A post of ours: the draft as the library takes it, and what an editor would say of it."""

    id: str
    set: str
    lang: str
    kind: str
    half: str
    text: str
    draft: Mapping[str, str | list[str]]
    expect: str
    known_miss: bool


class Judged(NamedTuple):
    """What the core pack said of it, and by which rules."""

    case: Case
    verdict: str
    rules: tuple[str, ...]

    @property
    def as_expected(self) -> bool:
        """`warn` is met by a block as well: either stops the hand."""
        return self.verdict in STOPPED if self.case.expect == "warn" else self.verdict == self.case.expect


class Row(NamedTuple):
    """A line of the table: shares as they are printed; a column that a set does not have is left out."""

    set: str
    posts: str
    n: int
    shares: Mapping[str, str]


def main() -> None:
    """Judge, print, and write if that was asked for."""
    options = _options()
    judged = judge()
    if options.show:
        print(*unexpected(judged), sep="\n", end="\n\n")
    rows = {(row.set, row.posts): row for row in (*own_rows(judged), *corpus_rows(options.corpus))}
    print(plain(rows.values()))
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(page(list(rows.values())), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Judge the judgement of the core pack.")
    parser.add_argument("--show", action="store_true", help="name each post that is not judged as expected, and why")
    parser.add_argument("--corpus", type=Path, help="folder with `evaluate` and larger sets; may be absent")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table to this Markdown file")
    return parser.parse_args()


# --- our own posts ---


def judge() -> list[Judged]:
    """All posts of ours, in the order of the files."""
    return [judged for name, file in POSTS.items() for judged in _judged_set(name, file)]


def _judged_set(name: str, file: Path) -> Iterator[Judged]:
    markets: dict[str, Market] = yaml.safe_load(file.read_text("utf-8"))
    linter = Linter.from_path(None, Room(tuple(_observations(markets.values()))))
    for lang, market in markets.items():
        yield from (_judged(linter, case) for case in _cases(name, lang, market))


def _judged(linter: Linter, case: Case) -> Judged:
    result = linter.lint(case.draft)
    rules = (found.rule for found in result.findings if found.severity != "info")
    return Judged(case, result.verdict, tuple(dict.fromkeys(rules)))


def _observations(markets: Iterable[Market]) -> Iterator[Observation]:
    for market in markets:
        for room in market["rooms"].values():
            yield _seen(room, market["region"])
        for day in {_day(post, market) for post in market["posts"]}:
            yield _seen(RoomData(day=day, term=SMALL_TALK[0], reason=SMALL_TALK[1]), market["region"])


def _seen(room: RoomData, region: str) -> Observation:
    reason = Reason(room["reason"], source="Example News", published_at=datetime.combine(room["day"], TOLD))
    kind = "tag" if room["term"].startswith("#") else "query"
    return Observation(room["term"], kind, "example", datetime.combine(room["day"], SEEN), region, reasons=(reason,))


def _day(post: PostData, market: Market) -> date:
    return market["rooms"][post["room"]]["day"] if "room" in post else post.get("at", ORDINARY_DAY)


def _cases(of: str, lang: str, market: Market) -> Iterator[Case]:
    for number, post in enumerate(market["posts"], 1):
        name = f"{of}-{lang}-{number}-{post['kind'].replace(' ', '-')}"
        draft: dict[str, str | list[str]] = {
            "id": name,
            "text": post["text"],
            "lang": lang,
            "platforms": ["x"],
            "audience": [market["region"]],
            "scheduled_at": datetime.combine(_day(post, market), NOON).isoformat(),
        }
        half = "seen" if post.get("seen") else "unseen"
        miss = post.get("known_miss", False)
        yield Case(name, of, lang, post["kind"], half, post["text"], draft, post["expect"], miss)


def own_rows(judged: Sequence[Judged]) -> Iterator[Row]:
    """By set, then by language and by kind: those that would hurt, then those that only look like it."""
    for of in POSTS:
        mine = [each for each in judged if each.case.set == of]
        for key in ("lang", "kind") if of == "own" else ("half", "lang", "kind"):
            for name in dict.fromkeys(getattr(each.case, key) for each in mine):
                yield from _pair(of, name, [each for each in mine if getattr(each.case, key) == name])


def _pair(of: str, name: str, some: Sequence[Judged]) -> Iterator[Row]:
    bad = [each.verdict for each in some if each.case.expect != "pass"]
    good = [each.verdict for each in some if each.case.expect == "pass"]
    if bad:
        caught = sum(verdict in STOPPED for verdict in bad)
        yield Row(of, f"{name}, hurtful", len(bad), _shares(len(bad), caught=caught, blocked=bad.count("block")))
    if good:
        shares = _shares(len(good), blocked=good.count("block"), warned=good.count("warn"))
        yield Row(of, f"{name}, harmless", len(good), shares)


def _shares(n: int, **counts: int) -> dict[str, str]:
    return {name: f"{count / n:.0%}" for name, count in counts.items()}


def unexpected(judged: Iterable[Judged]) -> Iterator[str]:
    """A line on each post that is not judged as expected, known misses told from others."""
    for each in judged:
        if not each.as_expected:
            known = "known miss" if each.case.known_miss else "not as expected"
            said = f"{each.verdict} by {', '.join(each.rules)}" if each.rules else each.verdict
            yield f"{each.case.id}: {known}: {said}, not {each.case.expect}: {each.case.text!r}"


# --- the larger sets ---


def corpus_rows(folder: Path | None) -> Iterator[Row]:
    """The figures of all that `evaluate` can run in this folder; none where there is nothing."""
    program = folder / "evaluate" if folder else None
    if not folder or not program or not program.exists():
        return
    for name, files, told in CORPUS:
        for file in sorted(folder.glob(files)):
            yield from _evaluated(program, name, [told[0], *_named(told[0], file), *told[1:]])


def _named(what: str, file: Path) -> list[str]:
    return ["--incidents", str(file.resolve())] if what == "incidents" else [str(file.resolve())]


def _evaluated(program: Path, name: str, told: Sequence[str]) -> Iterator[Row]:
    cli = f"{shlex.quote(sys.executable)} -m readtheroom"
    command = [sys.executable, str(program.resolve()), *told, "--cli", cli]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        print(f"{name}: `evaluate` ended with {done.returncode}: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return
    for found in filter(None, map(_LINE.fullmatch, done.stdout.splitlines())):
        if "=" in found["name"] and int(found["n"]) < FEW:
            continue
        yield Row(name, found["name"], int(found["n"]), dict(_FIGURE.findall(found["figures"])))


# --- the table ---

COLUMNS = ("caught", "blocked", "warned", "crisis label")


def plain(rows: Iterable[Row]) -> str:
    """The table for a terminal."""
    lines = [("set", "posts", "n", *COLUMNS), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def page(rows: Sequence[Row]) -> str:
    """The table as Markdown, with the day, the version, and which sets there were."""
    head = ("set", "posts", "n", *COLUMNS)
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *map(_cells, rows))]
    there = dict.fromkeys(row.set for row in rows)
    absent = dict.fromkeys(name for name, _, _ in CORPUS if name not in there)
    said = f"{datetime.now(UTC).date()}, readtheroom {readtheroom.__version__}. Sets: {', '.join(there)}."
    said += f" Not there: {', '.join(absent)}." if absent else ""
    return "\n".join([_TITLE, said + "\n", _EXPLAINED, *lines, ""])


def _cells(row: Row) -> tuple[str, ...]:
    return (row.set, row.posts, str(row.n), *(row.shares.get(column, "") for column in COLUMNS))


_TITLE = "# How well the core pack judges\n"
_EXPLAINED = """\
Written by `make eval`. *Caught*: warned or blocked. On hurtful posts more is better; on harmless and ordinary ones
*blocked* and *warned* are false alarms. *Crisis label*: how many are seen to speak of a crisis. The set “own” is
`evaluation/posts.yaml`: invented posts in seven languages, small, and written by those who write the rules, so that it
shows what breaks rather than how good it is. The set “blind” is `evaluation/blind.yaml`: invented as well, but written
before its writer had seen the rules; of its halves, the rules were then improved with one in view (seen), and the other
was only counted (unseen). The others, mostly real posts, are not part of the project: they are judged where
`../shared/corpus` exists; of their languages, those with fewer than 25 posts are left out.
"""

if __name__ == "__main__":
    main()
