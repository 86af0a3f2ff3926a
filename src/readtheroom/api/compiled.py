"""The rules of a policy, compiled for each set of overrides, and the room as these rules see it."""

from __future__ import annotations

from _thread import allocate_lock  # threading takes a millisecond to import
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from readtheroom.api.headlines import Headlines
from readtheroom.engine.engine import Engine, Settings
from readtheroom.engine.scene import Scene
from readtheroom.engine.unheld import Stopping
from readtheroom.errors import Fault, PolicyError
from readtheroom.model import Room, Rule
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.values import Policy, Profile, stops_posts
from readtheroom.text.lexicon import LexiconState


class Before(NamedTuple):
    """What earlier runs know of the rules: their terms (see `Engine`), and what they say of headlines."""

    terms: LexiconState | None = None
    headlines: Headlines | None = None


class Compiled:
    """Engines and scenes, each made when first needed. Safe to use from several threads."""

    def __init__(self, policy: Policy, before: Before = Before(), *, require_room: bool) -> None:  # noqa: B008  frozen
        """`before`: what is known of the rules without any overrides."""
        config = policy.config
        unavailable = "block" if require_room else config.room.when_unavailable
        self._settings = Settings(
            config.audience, config.room.window, unavailable, config.languages, cache_folder(), config.allow
        )
        self._policy = policy
        self._before = before
        self._engines: dict[Profile, Engine] = {}
        self._scenes: dict[Profile, tuple[Room, Scene]] = {}
        self._lock = allocate_lock()

    def engine(self, profile: Profile = ()) -> Engine:
        """The engine for the overrides that apply. Raises `PolicyError` as `Engine` does."""
        ready = self._engines.get(profile)
        if ready is None:
            with self._lock:
                ready = self._engines.get(profile) or self._compile(profile)
                self._engines[profile] = ready
        return ready

    def faults(self, profiles: Iterable[Profile]) -> Iterator[Fault]:
        """What is wrong with the rules under any of these sets of overrides."""
        for profile in dict.fromkeys(profiles):
            try:
                self.engine(profile)
            except PolicyError as error:
                yield from error.faults

    def _compile(self, profile: Profile) -> Engine:
        terms = None if profile else self._before.terms
        rules = self._policy.rules_for(profile)
        settings = self._settings._replace(stopping=self._stopping(rules))
        return Engine(rules, self._policy.accounts, settings, terms)

    def _stopping(self, rules: Iterable[Rule]) -> Stopping:
        if any(map(stops_posts, rules)):
            return "used"
        return "off" if any(stops_posts(setting.rule) for setting in self._policy.settings) else "missing"

    def scene(self, profile: Profile, room: Room) -> Scene:
        """A room as these rules see it; that of the last room is kept."""
        ready = self._scenes.get(profile)
        if ready is None or ready[0] is not room:
            engine = self.engine(profile)
            with self._lock:
                ready = self._scenes.get(profile)
                if ready is None or ready[0] is not room:
                    ready = room, self._read(engine, room, None if profile else self._before.headlines)
                    self._scenes[profile] = ready
        return ready[1]

    def _read(self, engine: Engine, room: Room, headlines: Headlines | None) -> Scene:
        if headlines is None or not room.observations:
            return engine.scene(room)
        scene = engine.scene(room, headlines.recall())
        headlines.keep(scene.labels_read)
        return scene
