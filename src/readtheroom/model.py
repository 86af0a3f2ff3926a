"""What the tool speaks of: posts, accounts, rules, and the room. Frozen values; times are aware datetimes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from readtheroom.spans import Origin, Place, Span

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What YAML and JSON files are made of."""

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]
EntityKind = Literal["hashtag", "mention", "url", "cashtag"]


# --- drafts ---


class Field(NamedTuple):
    """One published text of a post: `text`, `title`, `first_comment`, `media[0].alt`, `poll[1]`, `thread[0]`, `link`"""

    name: str
    text: str
    origin: Origin


class Allow(NamedTuple):
    """A finding that somebody accepts: which rule, why, who, and until when (None: for good).

    `covers`: labels of what is grave in the room that whoever accepts it knows of.
    """

    rule: str
    reason: str
    by: str
    until: datetime | None
    place: Place
    covers: tuple[str, ...] = ()


class Post(NamedTuple):
    """One publication to be. `fields` holds every text that readers would see; the rest decides how it is judged.

    `keys` tells where in the file the other keys stand (`account`, `scheduled_at` …), for findings about them.
    `scheduled_at` is aware; None means that no time is set.
    """

    id: str
    path: str
    line: int
    fields: tuple[Field, ...]
    platforms: tuple[str, ...] = ()
    account: str | None = None
    author: str | None = None
    audience: tuple[str, ...] = ()
    lang: str | None = None
    scheduled_at: datetime | None = None
    media: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    allow: tuple[Allow, ...] = ()
    keys: Mapping[str, Origin] = {}
    part_media: tuple[tuple[str, str], ...] = ()
    """Media of the parts of a thread: `thread[0].media[1]`, and its file."""


class Approval(NamedTuple):
    """Somebody's word for exactly what would be published of a post, from `at` on and until `until` (aware; None: for
    good).

    `hash` is that of what was approved; `parts` has a shorter one for each part of it, so that one can tell what
    changed. `path` is the draft's, from the config's folder; `file` is where this is written.
    """

    by: str
    at: datetime
    until: datetime | None = None
    hash: str = ""
    parts: Mapping[str, str] = {}
    post: str = ""
    path: str = ""
    file: str = ""


class Lapsed(NamedTuple):
    """An approval of a post that does not count: `changed` names what is another than it was; none: it has expired."""

    approval: Approval
    changed: tuple[str, ...] = ()


class Approvals(NamedTuple):
    """What stands for the approval of a post. `by`: of each who approved, all names; `gap`: why nobody can tell whether
    there are more; `until`: the soonest end (UTC) of one that counts; `named`: who is only named, so not counted."""

    by: tuple[tuple[str, ...], ...] = ()
    lapsed: tuple[Lapsed, ...] = ()
    gap: str | None = None
    until: datetime | None = None
    named: tuple[str, ...] = ()


class Entity(NamedTuple):
    """A hashtag, mention, URL or cashtag. `span` includes the sign; `value` does not."""

    kind: EntityKind
    span: Span
    value: str


# --- policy ---


class Account(NamedTuple):
    """An account that policy knows. Empty tuples mean: not restricted. `voice`: `personal` where one person speaks."""

    name: str
    handles: Mapping[str, str]
    authors: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    allowed_topics: tuple[str, ...] = ()
    barred_topics: tuple[str, ...] = ()
    approvals_needed: int = 1
    owner: str = ""
    barred_tones: tuple[str, ...] = ()
    campaign_tags: tuple[str, ...] = ()
    ambassadors: tuple[str, ...] = ()
    """Handles of others who speak for it."""
    scars: tuple[str, ...] = ()
    """Words of its own past incidents, as terms of rules are written."""
    block_list: tuple[str, ...] = ()
    """Whom it does not answer or quote: `@handle`, or a host."""
    voice: Literal["brand", "personal"] = "brand"


class Example(NamedTuple):
    """A post that a rule must flag (at `match`, where given) or pass. `draft` is as in a draft file.

    With `options` in the place of its own, the rule is judged by itself. `calendar`: the other posts. The example
    stands on `line` of `path`, which need not be the rule's own file, where one overrides another.
    """

    draft: Mapping[str, Json]
    room: tuple[Mapping[str, Json], ...]
    match: str | None
    line: int
    path: str = ""
    accounts: tuple[Account, ...] = ()
    holds: tuple[Mapping[str, Json], ...] = ()
    options: Mapping[str, Json] = {}
    lapsed: tuple[Mapping[str, Json], ...] = ()
    calendar: tuple[Mapping[str, Json], ...] = ()
    limits: tuple[Mapping[str, Json], ...] = ()


class Rule(NamedTuple):
    """One rule, as merged from packs and config. Without `severity` it only labels."""

    id: str
    kind: str
    label: str | None = None
    severity: Severity | None = None
    confidence: Confidence = "high"
    message: str = ""
    why: str = ""
    advice: str = ""
    options: Mapping[str, Json] = {}
    flag: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()
    references: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pack: str = ""
    path: str = ""
    line: int = 0


# --- the room ---


class Reason(NamedTuple):
    """A headline that explains a trend. `seen_at`: when it was observed last; None where the observation says so."""

    title: str
    url: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    seen_at: datetime | None = None


class Observation(NamedTuple):
    """What one source said of one term at one moment, in one region (None: everywhere)."""

    term: str
    kind: str
    source: str
    observed_at: datetime
    region: str | None = None
    rank: int | None = None
    volume: int | None = None
    reasons: tuple[Reason, ...] = ()
    labels: tuple[str, ...] = ()
    """What the source itself knows it to be: an earthquake is `crisis.quake`, whatever its headline."""


class Gap(NamedTuple):
    """Something that could not be looked up; `note`: it was, after a fashion that one should know of. `region`: the
    only one it would have told of; None: any. `required`: whether policy still asks for it."""

    source: str
    reason: str
    note: bool = False
    region: str | None = None
    required: bool = True

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


class HoldScope(NamedTuple):
    """Which posts a hold stops: those that fit each of these; empty tuples fit any.

    `everything`: condolences, service notices and apologies too.
    """

    regions: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    everything: bool = False


class Hold(NamedTuple):
    """A stop on publishing, from `start` on and before `end` (both aware; None: nobody has said until when).

    It stops posts that fit one of `scope`. `id` is the name of its file without the ending; `path` is as it is shown.
    """

    id: str
    reason: str
    start: datetime
    end: datetime | None = None
    owner: str = ""
    scope: tuple[HoldScope, ...] = (HoldScope(),)
    path: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None
    """When somebody ended it. A check of a post that it stopped must be newer."""

    def stands(self, moment: datetime) -> bool:
        """Whether it holds posts that go out at a moment."""
        return self.start <= moment and (self.end is None or moment < self.end)

    def is_over(self, moment: datetime) -> bool:
        """Whether it will hold nothing from a moment on: it has ended, or was ended before it began."""
        return self.end is not None and self.end <= max(moment, self.start)


class Room(NamedTuple):
    """What is talked about, as far as it was looked up, and what is held. `looked_up` False: nobody looked at all."""

    observations: tuple[Observation, ...] = ()
    gaps: tuple[Gap, ...] = ()
    looked_up: bool = True
    holds: tuple[Hold, ...] = ()


NO_ROOM = Room(gaps=(Gap("room", "no room was given"),), looked_up=False)


class Trend(NamedTuple):
    """All that was seen of one term, for one post: merged observations, and the labels of its reasons."""

    term: str
    reasons: tuple[Reason, ...]
    labels: tuple[str, ...]
    source: str
    observed_at: datetime
    rank: int | None = None
    volume: int | None = None
    confidence: Confidence = "medium"
    """Of what is said about it: `high` where independent sources do."""


SightedBy = Literal["tag", "name", "words"]
"""How a draft meets a trend: by its hashtag, by its name, or by words of its reasons."""


class Sighting(NamedTuple):
    """A trend that a draft meets: in which field (by index), where, and how."""

    field: int
    span: Span
    by: SightedBy
    trend: Trend
