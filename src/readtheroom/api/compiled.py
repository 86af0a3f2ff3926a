"""The rules of a policy, compiled for each set of overrides, and the room as these rules see it."""

from __future__ import annotations

from _thread import allocate_lock  # threading takes a millisecond to import

from readtheroom.engine.engine import Engine, Settings
from readtheroom.engine.scene import Scene
from readtheroom.model import Room
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.values import Policy, Profile
from readtheroom.text.lexicon import LexiconState


class Compiled:
    """Engines and scenes, each made when first needed. Safe to use from several threads."""

    def __init__(self, policy: Policy, terms: LexiconState | None, *, require_room: bool) -> None:
        """`terms`: see `Engine`; they are those of the rules without any overrides."""
        config = policy.config
        unavailable = "block" if require_room else config.room.when_unavailable
        self._settings = Settings(config.audience, config.room.window, unavailable, config.languages, cache_folder())
        self._policy = policy
        self._terms = terms
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

    def _compile(self, profile: Profile) -> Engine:
        terms = None if profile else self._terms
        return Engine(self._policy.rules_for(profile), self._policy.accounts, self._settings, terms)

    def scene(self, profile: Profile, room: Room) -> Scene:
        """A room as these rules see it; that of the last room is kept."""
        ready = self._scenes.get(profile)
        if ready is None or ready[0] is not room:
            engine = self.engine(profile)
            with self._lock:
                ready = self._scenes.get(profile)
                if ready is None or ready[0] is not room:
                    ready = room, engine.scene(room)
                    self._scenes[profile] = ready
        return ready[1]
