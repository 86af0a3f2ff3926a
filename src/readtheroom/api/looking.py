"""How a linter looks at the world: by which sources, and by which clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from readtheroom.api.tags import tags_in
from readtheroom.errors import UsageError
from readtheroom.model import Post, Room
from readtheroom.policy.values import RoomConfig
from readtheroom.room.current import CurrentRoom, Reading, any_asks

if TYPE_CHECKING:
    from readtheroom.room.about import AboutDrafts, ForDraft


class Looking(NamedTuple):
    """How the room is looked up, whatever the config says."""

    offline: bool = False
    require_room: bool = False
    lasting: bool = False
    """Read again once it is no longer fresh, and ask about the hashtags of each post where a source wants them."""

    ahead: bool = False
    """Ask while rules that are not known yet are read and proven, for the room will be wanted."""
    since: float | None = None
    """When the run began, by the monotonic clock: its start counts for the budget. None: it does not."""

    def room_of(self, config: RoomConfig, given: Room | Iterable[str] | None = None) -> CurrentRoom:
        """The room of a config, or the one that is given, not read yet."""
        return CurrentRoom(config, given, offline=self.offline, lasting=self.lasting, since=self.since)


Clock: TypeAlias = "datetime | Callable[[], datetime] | None"
"""What stands for the present (aware): one moment, what tells it, or the clock of the machine."""


def present(now: Clock) -> datetime:
    """The present (aware). Raises `UsageError` for a moment without a time zone."""
    moment = now() if callable(now) else now or datetime.now(UTC)
    if moment.tzinfo is None:
        raise UsageError("`now` needs a time zone: write datetime(…, tzinfo=UTC)")
    return moment


class Lookout:
    """Looks at the room of one linter: at the whole of it, and at what is said of the hashtags of a single post."""

    def __init__(
        self,
        config: RoomConfig,
        given: Room | Iterable[str] | None,
        clock: Clock,
        how: Looking,
        begun: CurrentRoom | None,
    ) -> None:
        """`given`: see `Linter`. `begun`: the room, if it is being read already."""
        present(clock)  # refused at once where it has no time zone
        self.tags: Sequence[str] | None = None
        """Of all drafts, for sources that ask about them; None: nobody knows. Counts until the room is read."""
        self._sources = config.sources if given is None and not how.offline else ()
        self._clock = clock
        self._current = begun or how.room_of(config, given)
        self._about: AboutDrafts | None = None
        if how.lasting and self.asks_about_drafts:
            from readtheroom.room.about import AboutDrafts  # noqa: PLC0415  slow to import, and few ask

            self._about = AboutDrafts(config)

    @property
    def now(self) -> datetime:
        """What stands for the present (aware)."""
        return present(self._clock)

    @property
    def has_looked(self) -> bool:
        """Whether the room has been read."""
        return self._current.is_read

    @property
    def asks_about_drafts(self) -> bool:
        """Whether a source wants to know the hashtags of drafts."""
        return any_asks(self._sources)

    def begin(self) -> None:
        """Look at the room while something else is done."""
        self._current.begin(self.now, self._tags_of_all())

    def look(self) -> Reading:
        """The room of now. Raises `DraftError` with everything that is wrong with its files."""
        return self._current.at(self.now, self._tags_of_all())

    def about(self, post: Post, reading: Reading) -> ForDraft | None:
        """The room with what is said of a post's hashtags; None where nobody is asked about posts one by one."""
        return self._about.room(reading, tags_in(post), self.now) if self._about else None

    def _tags_of_all(self) -> Sequence[str] | None:
        """Those that the whole room is read with: none where each post is asked about by itself."""
        return () if self._about else self.tags
