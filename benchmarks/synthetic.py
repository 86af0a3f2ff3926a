"""Invented posts and an invented room, the same for the same seed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

MOMENT = datetime(2026, 7, 20, 15, tzinfo=UTC)
"""When the posts go out."""

TRENDS = 500
FIRST = (
    "Bral",
    "Cor",
    "Dun",
    "Fen",
    "Gar",
    "Hol",
    "Ile",
    "Jas",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Ost",
    "Per",
    "Quin",
    "Ros",
)
MIDDLE = ("a", "be", "di", "e", "lo", "mi", "o", "ri")
LAST = ("brook", "mont", "stad", "vale", "wick")
HARMLESS_TAGS = ("MondayMarket", "RainyWindow", "NewKettle", "SlowBread", "LongWeekend", "SpareButtons")

PHRASES: Mapping[str, tuple[str, ...]] = {
    "en": ("The kettle is back on the shelf", "we open at nine", "Ada planted beans on the roof", "bring your own cup"),
    "fr": ("La bouilloire est revenue", "on ouvre à neuf heures", "Ada a semé des haricots", "venez avec une tasse"),
    "el": ("Ο βραστήρας γύρισε στο ράφι", "ανοίγουμε στις εννιά", "η Άντα φύτεψε φασόλια", "φέρτε την κούπα σας"),
    "es": ("La tetera ha vuelto", "abrimos a las nueve", "Ada plantó judías en el tejado", "trae tu propia taza"),
    "de": ("Der Kessel steht wieder im Regal", "wir öffnen um neun", "Ada hat Bohnen gesät", "bringt eine Tasse mit"),
    "it": ("Il bollitore è tornato", "apriamo alle nove", "Ada ha piantato i fagioli sul tetto", "porta la tua tazza"),
    "pt": ("A chaleira voltou", "abrimos às nove", "a Ada plantou feijão no telhado", "traga a sua caneca"),
}
SIGNS = ("", "", "☕", "🌱", "!", "…", "👉 https://shop.example/kettle", "@ada_example")


class Post(NamedTuple):
    """One post to be judged."""

    id: str
    text: str
    lang: str
    scheduled_at: str


def posts(count: int, seed: int = 1) -> Iterator[Post]:
    """Posts in seven languages, mostly harmless; one in eight uses a tag that trends."""
    random = Random(seed)  # noqa: S311  nothing secret
    languages = tuple(PHRASES)
    for number in range(count):
        lang = random.choice(languages)
        parts = [*random.sample(PHRASES[lang], random.randint(1, 4)), random.choice(SIGNS), _tag(random)]
        at = MOMENT + timedelta(minutes=random.randint(0, 600))
        yield Post(f"post-{number}", ". ".join(filter(None, parts)), lang, at.isoformat())


def _tag(random: Random) -> str:
    if random.random() < 0.125:
        return f"#{_place(random.randint(1, TRENDS))}"
    return f"#{random.choice(HARMLESS_TAGS)}"


def _place(number: int) -> str:
    """An invented town; none shares a word with another."""
    rest, first = divmod(number, len(FIRST))
    rest, middle = divmod(rest, len(MIDDLE))
    return f"{FIRST[first]}{MIDDLE[middle]}{LAST[rest % len(LAST)]}"


def write_room(path: Path) -> None:
    """A snapshot of trends with reasons; one in ten is grave."""
    observed = (MOMENT - timedelta(hours=1)).isoformat()
    observations = [
        {
            "term": f"#{_place(number)}",
            "rank": number,
            "volume": 1000 * (TRENDS - number + 1),
            "source": "trends.example",
            "observed_at": observed,
            "reasons": [
                {"title": _headline(number), "url": f"https://news.example/{number}", "source": "Example News"},
                {"title": f"What {_place(number)} says today", "url": f"https://news.example/{number}/more"},
            ],
        }
        for number in range(1, TRENDS + 1)
    ]
    path.write_text(json.dumps({"observations": observations}), "utf-8")


def _headline(number: int) -> str:
    grave = f"Nine people shot dead at {_place(number)} concert hall"
    return f"{_place(number)} wins the regional gardening prize" if number % 10 else grave


def write_jsonl(path: Path, count: int, ago: timedelta = timedelta()) -> None:
    """A post a line, so long before `MOMENT` and the ten hours after it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for post in posts(count):
            at = (datetime.fromisoformat(post.scheduled_at) - ago).isoformat()
            file.write(
                json.dumps({**post._asdict(), "scheduled_at": at, "platforms": ["x"]}, ensure_ascii=False) + "\n"
            )


def write_markdown(folder: Path, count: int) -> None:
    """A file with front matter for each post."""
    folder.mkdir()
    for post in posts(count):
        front = f"---\nid: {post.id}\nlang: {post.lang}\nplatforms: [x]\nscheduled_at: {post.scheduled_at}\n---\n"
        (folder / f"{post.id}.md").write_text(f"{front}{post.text}\n", "utf-8")
