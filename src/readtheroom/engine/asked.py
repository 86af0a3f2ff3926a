"""A term that somebody asks about: which trends a draft would meet by it, and which headlines name it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from readtheroom.engine.scene import Scene
from readtheroom.engine.stories import Stories
from readtheroom.model import Field, Reason, Trend
from readtheroom.spans import verbatim
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.hashtags import cased, split
from readtheroom.text.lexicon import LexiconBuilder
from readtheroom.text.tokens import words
from readtheroom.text.trends import trend_key
from readtheroom.text.wordlist import LANGUAGES

How: TypeAlias = Literal["same", "form", "part"]
"""How a trend is met: it is the term, another case of it, or in a part of it."""


class Named(NamedTuple):
    """The trends that a term names, the nearest first; and headlines that name it, the newest first."""

    trends: tuple[tuple[Trend, How], ...] = ()
    headlines: tuple[Reason, ...] = ()


def named(term: str, scene: Scene, moment: datetime, audience: tuple[str, ...], folder: str | None = None) -> Named:
    """What a scene has of a term at a moment (aware) for an audience; `folder`: where word lists may be kept."""
    met: dict[str, tuple[Trend, How]] = {}
    for lang in LANGUAGES:
        for trend, how in _met(term, scene, moment, audience, lang):
            met.setdefault(trend.term, (trend, how))
    ranked = sorted(met.values(), key=lambda each: ("same", "form", "part").index(each[1]))
    return Named(tuple(ranked), tuple(_headlines(term, scene, moment, audience, folder)))


def _met(
    term: str, scene: Scene, moment: datetime, audience: tuple[str, ...], lang: str
) -> Iterator[tuple[Trend, How]]:
    """The trends that drafts in a language meet by the term: as it is typed, as a name is, and as a hashtag."""
    bare = term.lstrip("#＃")
    name = " ".join(word[:1].upper() + word[1:] for word in bare.split())
    ways = dict.fromkeys([term, name, f"#{''.join(bare.split())}"])
    lexicon = LexiconBuilder().build()
    texts = [AnalysedText(Field("text", way, verbatim(way)), number, lexicon) for number, way in enumerate(ways)]
    for met in scene.sightings(texts, moment, audience, lambda: lang):
        if trend_key(met.trend.term) == trend_key(term):
            yield met.trend, "same"
        elif met.by != "words":
            whole = met.span.end - met.span.start >= len(texts[met.field].text.strip("#＃ "))
            yield met.trend, "form" if whole else "part"


def _headlines(
    term: str, scene: Scene, moment: datetime, audience: tuple[str, ...], folder: str | None
) -> Iterator[Reason]:
    bare = term.lstrip("#＃")
    stories = Stories(folder)
    for way in (cased, split) if bare != term else ():
        stories.add("", words(" ".join(bare[part.start : part.end] for part in way(bare))))
    stories.add("", words(bare))
    told: dict[str, None] = {}
    for seen in scene.near(moment, audience):
        for _, found in stories.told_by(seen, "\0"):
            for reason in found.reasons:
                if reason.title not in told:
                    told[reason.title] = None
                    yield reason._replace(seen_at=seen.observed_at)
