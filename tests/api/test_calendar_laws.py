"""Laws of a queue on disk: neither the order of posts and files, nor how many files there are, changes a verdict."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.api.check_store import CheckStore
from readtheroom.api.drafts import Draft
from readtheroom.api.recheck import recheck
from readtheroom.api.run import Run
from readtheroom.findings import PostResult
from readtheroom.model import Json
from readtheroom.readers._file import PathFile
from tests.office import CONFIG, RULES, put

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CALENDAR = """\
  - {id: sells, kind: keywords, label: tone.promotional, why: So., options: {terms: [order]}}
  - {id: grieves, kind: keywords, label: tone.condolence, why: So., options: {terms: [condolences]}}
  - {id: pace, kind: cadence, severity: warning, message: "{problem} {other}", why: So.,
     options: {max_per_hour: 2, min_gap: 10m, quiet: {from: "01:00", to: "02:00"}}}
  - {id: minute, kind: collision, severity: error, message: "{other}{platforms}", why: So.}
  - {id: near, kind: collision, severity: error, message: "{apart} {other}", why: So.,
     options: {labels: [tone.promotional], beside: [tone.condolence]}}
  - {id: again, kind: duplicates, severity: warning, message: "{same} {other}{platforms}", why: So.,
     options: {words: 2, alike: 0.5}}
  - {id: robots, kind: duplicates, severity: error, message: "{accounts} {other}{platforms}", why: So.,
     options: {words: 2, accounts: 2}}
  - {id: share, kind: mix, severity: warning, message: "{problem}", why: So., options: {max_share: 0.3, at_least: 2}}
"""
TEXTS = (
    "order the new lamp",
    "order the new lamps",
    "our condolences to all",
    "the new lamp is here",
    "hurry, Globex!",
)
PLACE = re.compile(r"(?:\()?[a-z]\.(?:jsonl|csv|json)(?::\d+)?\)?")
"""Where a post stands, which is another place in another file."""


@st.composite
def queues(draw: st.DrawFn, *, named: bool) -> list[dict[str, Json]]:
    """Posts within three hours, some just out; none says the same at the same time as another."""
    each = st.tuples(
        st.integers(-6, 30),
        st.sampled_from(TEXTS),
        st.sampled_from(["finch", "alder"]),
        st.sampled_from([("x",), ("mastodon", "x")]),
    )
    found = draw(st.lists(each, min_size=1, max_size=9, unique=True))
    return [
        {
            "text": text,
            "account": account,
            "platforms": list(platforms),
            "scheduled_at": (NOW + timedelta(minutes=5 * step)).isoformat(),
            **({"id": f"p{n}"} if named else {}),
        }
        for n, (step, text, account, platforms) in enumerate(found)
    ]


def put_files(folder: Path, posts: Sequence[dict[str, Json]], shares: int) -> list[Draft]:
    """Of several formats."""
    files = []
    for n in range(shares):
        some = list(posts[n::shares])
        name = f"{'abcd'[n]}.{'json' if n % 2 else 'jsonl'}"
        text = json.dumps(some) if n % 2 else "".join(f"{json.dumps(post)}\n" for post in some)
        put(folder, {name: text if some else ""})
        files += [Draft(PathFile(str(folder / name)))] if some else []
    return files


def said(results: Sequence[PostResult], folder: str) -> dict[str, object]:
    """By post: its verdict, and what is said of it, but for places."""
    found: dict[str, object] = {}
    for each in results:
        findings = [(f.rule, f.severity, PLACE.sub("", f.message.replace(f"{folder}/", ""))) for f in each.findings]
        post = each.post
        found[f"{post.fields[0].text} {post.account} {post.platforms} {post.scheduled_at}"] = (each.verdict, findings)
    return found


def linted(posts: Sequence[dict[str, Json]], shares: int, order: random.Random | None = None) -> dict[str, object]:
    """What `lint` says of a queue in so many files; `recheck` must say the same of what is to come."""
    with TemporaryDirectory() as folder:
        put(Path(folder), {"readtheroom.yaml": CONFIG, "house.yaml": RULES + CALENDAR})
        drafts = put_files(Path(folder), posts, shares)
        if order:
            order.shuffle(drafts)
        found = said(list(Run(now=NOW).lint(drafts)), folder)
        run = Run(now=NOW)
        done = recheck(run, [folder], drafts, CheckStore(folder))
        again = said([each.result for each in done.posts], folder)
        assert again == {name: found[name] for name in again}
        return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.booleans().flatmap(lambda named: queues(named=named)), st.integers(1, 4), st.randoms(use_true_random=False))
def test_order_and_files_make_no_difference(posts: list[dict[str, Json]], shares: int, order: random.Random) -> None:
    whole = linted(posts, 1)
    mixed = list(posts)
    order.shuffle(mixed)
    assert linted(mixed, 1) == whole
    assert linted(mixed, shares, order) == whole
