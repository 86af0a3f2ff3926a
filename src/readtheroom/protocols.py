"""The four contracts, and what each is given. A module fulfils one by having the names below.

A folder's files are its registry: `kinds/tone.py` is `kind: tone`, `reporters/sarif.py` is `--format sarif`;
`-` in a name is `_` in the file's. Third parties use the entry point groups `readtheroom.kinds`, `.readers`,
`.sources` and `.reporters`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol, TextIO

from readtheroom.findings import Evidence, Match, PostResult, Refusal, Skip, Summary
from readtheroom.model import Account, Approvals, Entity, Field, Gap, Hold, Json, Observation, Post, Rule, Sighting
from readtheroom.spans import Span

# --- what a kind sees ---


class Hit(NamedTuple):
    """A term found in a text: the number that `Terms.add` gave it, and where."""

    term: int
    span: Span


class Terms(Protocol):
    """Collects the terms of all rules, so that one pass over a text finds them all."""

    def add(self, term: str, lang: str | None = None) -> int:
        """Register whole words, `prefix*`, a phrase or an emoji; returns its number.

        Raises ValueError, with a reason, for a term that cannot match.
        """
        ...

    def extend(self, terms: Sequence[str], lang: str | None = None) -> int:
        """Register several, numbered from what is returned on. Raises ValueError, and registers none, likewise."""
        ...


class Setup(NamedTuple):
    """What a kind may use while its rules are compiled. `folder`: of word lists; `labels`: that rules may put."""

    terms: Terms
    accounts: tuple[Account, ...]
    folder: str | None = None
    proven: bool = False
    """Whether the same rules were compiled before, without a fault: nothing need be checked once more."""
    labels: frozenset[str] = frozenset()


class Text(Protocol):
    """One field of a post, analysed. Everything is computed when first asked for, then shared."""

    @property
    def field(self) -> Field: ...
    @property
    def index(self) -> int:
        """Of the field in its post."""
        ...

    @property
    def text(self) -> str: ...
    @property
    def entities(self) -> Sequence[Entity]:
        """Hashtags, mentions, URLs and cashtags by the rules of twitter-text, in order."""
        ...

    @property
    def words(self) -> Sequence[str]:
        """The folded words, signs left out, split hashtags whole."""
        ...


class Case(Protocol):
    """One post on the desk: its texts, its labels so far, and the room at its moment for its audience."""

    approvals: Approvals
    """Who has approved the post, and whose approval has lapsed."""
    skipped: list[Skip]
    """Checks that policy requires and that could not be made; whoever could not make one adds it."""
    unused_allows: Mapping[int, Refusal]
    """Those of `post.allow` that silenced nothing, by index, and why; known to kinds that read findings."""

    @property
    def post(self) -> Post: ...
    @property
    def texts(self) -> Sequence[Text]: ...
    @property
    def moment(self) -> datetime:
        """When the post goes out: `scheduled_at`, else `--at`, else now. UTC."""

    @property
    def audience(self) -> tuple[str, ...]:
        """Regions, upper case; empty means everywhere."""
        ...

    @property
    def labels(self) -> Sequence[Match]:
        """Matches of the rules that ran before."""
        ...

    @property
    def language(self) -> str | None:
        """The draft's own word, else detected among the languages of the rules, else None (cannot tell)."""
        ...

    def hits(self, first: int, end: int) -> Sequence[tuple[Text, Hit]]:
        """Hits of the terms numbered `first` to `end`, in order of place; none inside a URL or a mention."""
        ...

    @property
    def sightings(self) -> Sequence[Sighting]:
        """The trends that the post meets: by tag, by name, or by words of their reasons."""
        ...

    @property
    def room_labels(self) -> frozenset[str]:
        """Labels of what is going on in the room, whether or not the post names it."""
        ...

    def room_headlines(self, label: str) -> Sequence[Evidence]:
        """The newest headlines of the room with a label, or one below it."""
        ...

    @property
    def holds(self) -> Sequence[Hold]:
        """The holds that are known, whenever and whomever they hold."""
        ...

    @property
    def gap(self) -> str | None:
        """Why the room cannot speak for this post, or None if it can."""
        ...


# --- the contracts ---


class Checker(Protocol):
    """All rules of one kind, compiled together. Safe to call from several threads."""

    def check(self, case: Case) -> Iterable[Match]:
        """What the rules have to say of a post."""


class CalendarChecker(Protocol):
    """All rules of a kind that reads the calendar: what it says depends on the facts alone, wherever they were made."""

    def judge(self, facts: Sequence[object]) -> Iterable[tuple[int, Match]]:
        """Matches about `scheduled_at`, each with the index of its post's fact; `facts` come by time."""


class Kind(Protocol):
    """`kinds/*.py`: how rules of a kind judge. No I/O.

    It may have `FACTS`, fact -> what it is: then no message of its rules may hold another `{placeholder}`; and
    `LABELS`, those that it puts on drafts besides its rules' own. `needs_room(rule)`, if it reads labels: does a rule
    ask for the room? If it reads the `calendar`, `summarise(slot, case)`: the fact of a post; small, frozen, and the
    same in every process and for all options.
    """

    @property
    def READS(self) -> Literal["text", "moment", "room", "labels", "findings", "calendar"]:  # noqa: N802  a constant
        """What must be known before it runs: the text; when it goes out; the room; labels; findings; other posts."""

    @property
    def OPTIONS(self) -> Mapping[str, Json]:  # noqa: N802  a constant
        """JSON Schema of a rule's `options`; descriptions in it are the documentation."""

    def compile(self, rules: Sequence[Rule], setup: Setup, /) -> Checker | CalendarChecker:
        """Raises `PolicyError` with the rules' own places for what a schema cannot tell."""


class DraftFile(Protocol):
    """A file of drafts, standard input, or a text from the command line. `beside`: what else of its folder is read."""

    path: str
    beside: Sequence[str]

    def text(self) -> str:
        """All of it, decoded, without a byte order mark. Raises `DraftError` if it is too large or not UTF-8."""
        ...

    def lines(self) -> Iterator[str]:
        """Line by line with the ends kept, for files larger than memory. Raises `DraftError` likewise."""
        ...

    def blocks(self) -> Iterator[str]:
        """Many lines at a time, each block but the last ending with a line feed. Raises `DraftError` likewise."""
        ...


class KnownAccounts(Protocol):
    """The accounts that drafts may be for."""

    def stranger(self, named: str, platforms: Sequence[str], /) -> str | None:
        """What is wrong with the account that a draft names; None if nothing is."""


class ReadOptions(NamedTuple):
    """What policy says about reading drafts."""

    columns: Mapping[str, Json] = {}
    """CSV: draft key -> column header, or a list of headers."""
    preset: str | None = None
    """CSV: a known export format; None means: recognise it."""
    platforms: tuple[str, ...] = ()
    """For drafts that name none."""
    timezone: str = "UTC"
    """IANA name, for times without an offset."""
    day_first: bool = False
    """Read 01/02/2027 as 1 February."""
    accounts: KnownAccounts | None = None
    """None: a draft may name any account."""


class Reader(Protocol):
    """`readers/*.py`: a draft format. Yields posts as it reads; raises `DraftError` for what it cannot trust.
    May have `is_draft(path)`, which tells drafts among files that mostly hold something else, and `BY_LINE = True`:
    each line is a post, or blank, so that several workers may share them.
    """

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802  a constant
        """File name endings, lower case, with the dot."""
        ...

    def read(self, file: DraftFile, options: ReadOptions, /) -> Iterator[Post]: ...


class Reply(NamedTuple):
    """What a server answered with a 200, now or when it was last asked. `body` is bounded and unpacked."""

    url: str
    content_type: str
    body: bytes
    fetched_at: datetime


class Client(Protocol):
    """How sources ask. Limits of time and size, retries, rates and what is kept from before are its business."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer of `url`. Raises `UnavailableError`."""

    def left(self) -> float:
        """Seconds that are left for whatever a source does itself; 0: nobody waits for it."""


class Source(Protocol):
    """`sources/*.py`: somewhere to learn what the world talks about."""

    @property
    def OPTIONS(self) -> Mapping[str, Json]:  # noqa: N802  a constant
        """JSON Schema of its entry under `room.sources`; `kind` and what every source has are left out."""

    @property
    def FRESH_FOR(self) -> int:  # noqa: N802  a constant
        """Seconds for which an answer need not be asked for again; 0: asking costs nothing."""

    @property
    def ASKS_ABOUT_DRAFT(self) -> bool:  # noqa: N802  a constant
        """Whether it sends the draft's tags to somebody, unless the option named `ASKS_INSTEAD` is set: a secret."""
        ...

    def observe(
        self, options: Mapping[str, Json], client: Client, tags: Sequence[str], /
    ) -> Iterable[Observation | Gap]:
        """What is talked about, and what of it could not be learnt; `tags` of drafts are given only if it asks.

        Raises `UnavailableError` if it cannot be asked or answers in another shape, `DraftError` for faulty files.
        """
        ...


class RunInfo(NamedTuple):
    """What a reporter may want to say of the run as a whole."""

    rules: Sequence[Rule]
    version: str
    labels: bool = False
    color: bool = False
    quiet: bool = False
    statistics: bool = False


class Report(Protocol):
    """An output being written. Results come in the order of the drafts."""

    def add(self, result: PostResult) -> None: ...
    def finish(self, summary: Summary) -> None: ...


class Reporter(Protocol):
    """`reporters/*.py`: an output format. With `AS_IT_GOES = True`, standard output gets each result at once."""

    def start(self, out: TextIO, info: RunInfo, /) -> Report: ...
