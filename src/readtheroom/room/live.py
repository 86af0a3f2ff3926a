"""Ask all sources at the same time, and make do with what is kept where they do not answer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from threading import Thread
from time import monotonic

from readtheroom import registry
from readtheroom.errors import DraftError, FaultsError, UnavailableError
from readtheroom.model import Gap, Observation, Room
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.snapshot import plain, room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.client import KeptClient, NetworkClient, digest
from readtheroom.room.deadline import Deadline
from readtheroom.room.store import Kept, Store
from readtheroom.room.told import Asking, Told, asks_about_drafts, fresh_for, hours, name, silent, told

GRACE = 0.1
"""Seconds in which whoever ends in time can say so."""

MOST_SPENT = 0.8
"""Of its budget, the share that the start of a run may take: who has rules to prove, or a thousand drafts to read, has
time to ask even so."""


def ask(entries: Sequence[SourceEntry], config: RoomConfig, asking: Asking) -> tuple[list[Told], tuple[Gap, ...]]:
    """What each source says, in their order, and what is to be said of the store.

    Raises `DraftError` with the faults of files that sources read.
    """
    store = Store(cache_folder())
    store.tell_of_no_folder()
    try:
        heard = [silent(entry, "offline") for entry in entries]
        if not asking.offline:
            heard = _all_at_once(entries, config, store, asking)
        made = [_made_up_for(entry, one, config, store, asking) for entry, one in zip(entries, heard, strict=True)]
        return made, tuple(Gap("store", note, note=True) for note in store.notes)
    finally:
        store.close()


def origin(entry: SourceEntry) -> str:
    """What stands for a source and its options in the store; a program by a relative path is another one elsewhere."""
    asks_nobody = not registry.load("sources", entry.kind).FRESH_FOR
    where = [entry.options.get("folder") or os.getcwd()] if asks_nobody else []
    return digest(json.dumps([entry.kind, entry.options, entry.region, *where], sort_keys=True))


def _all_at_once(entries: Sequence[SourceEntry], config: RoomConfig, store: Store, asking: Asking) -> list[Told]:
    """Nobody waits for who takes longer than all have: such a thread ends with the process, or by itself."""
    deadline = Deadline(config.budget - _spent(asking.since, config.budget))
    askers = [_Asker(entry, store, deadline.within(entry.timeout or config.budget), asking) for entry in entries]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(asker.end.left())
    faults = [asker.faults for asker in askers if asker.faults]
    if faults:
        raise DraftError(fault for error in faults for fault in error.faults)
    return [asker.told for asker in askers]


def _spent(since: float | None, budget: float) -> float:
    """What of the budget is gone already, in seconds."""
    return 0.0 if since is None else min(monotonic() - since, MOST_SPENT * budget)


class _Asker(Thread):
    """Asks one source. Until it is done, the source has not answered."""

    def __init__(self, entry: SourceEntry, store: Store, deadline: Deadline, asking: Asking) -> None:
        super().__init__(name=f"readtheroom-{entry.kind}", daemon=True)
        self.told = silent(entry, "timeout")
        self.faults: FaultsError | None = None
        self.end = Deadline(deadline.left() + GRACE)
        self._entry = entry
        self._store = store
        self._asking = asking
        self._client = NetworkClient(entry.kind, store, fresh_for(entry), deadline)

    def run(self) -> None:
        understood = False
        try:
            said = _told(self._entry, self._client, self._asking)
            understood = all(gap.note for gap in said.gaps)
            if _asks_in_vain(self._entry, self._asking) and not self._client.used:
                said = silent(self._entry, "asks about the hashtags of drafts, and none were handed over")
            if self._client.asked or not fresh_for(self._entry):
                self._store.record(origin(self._entry), said.seen)
            self.told = said
        except UnavailableError as error:
            self.told = silent(self._entry, str(error))
        except FaultsError as error:
            self.faults = error
        except Exception as error:  # noqa: BLE001  a front door: what strangers send may break any source, but not the run
            self.told = silent(self._entry, f"internal error ({type(error).__name__})")
        finally:
            client = self._client
            again = client.wait or (client.oldest + fresh_for(self._entry) if client.oldest and understood else None)
            self.told = self.told._replace(of=client.oldest, again=again)
            client.settle(understood=understood)


def _told(entry: SourceEntry, client: NetworkClient | KeptClient, asking: Asking) -> Told:
    source = registry.load("sources", entry.kind)
    tags = (asking.tags or ()) if asks_about_drafts(entry) else ()
    key = digest(json.dumps([origin(entry), *tags])) if entry.fresh_for and not source.FRESH_FOR else None
    kept = client.recall(key) if key else None
    if kept:
        return _said_before(kept)
    said = told(entry, source.observe(entry.options, client, tags))
    if key and isinstance(client, NetworkClient) and all(gap.note for gap in said.gaps):
        client.retain(key, json.dumps(plain(Room(said.seen, said.gaps))).encode())
    return said


def _said_before(kept: Kept) -> Told:
    """What is kept of a source that asks nobody by a client, such as a program."""
    try:
        before = room(json.loads(kept.body))
    except ValueError:
        raise UnavailableError("the answer that is kept is damaged") from None
    return Told(before.observations, before.gaps)


def _asks_in_vain(entry: SourceEntry, asking: Asking) -> bool:
    return asking.tags is None and asks_about_drafts(entry)


def _made_up_for(entry: SourceEntry, heard: Told, config: RoomConfig, store: Store, asking: Asking) -> Told:
    """With what is kept instead of an answer that did not come, and with what was seen before in the window."""
    if not heard.answered and fresh_for(entry):
        heard = _by_kept(entry, heard, config, store, asking)
    earlier = store.seen(origin(entry), asking.at - config.window, asking.at)
    return heard._replace(seen=(*heard.seen, *_others(earlier, heard.seen)), said=len(heard.seen))


def _by_kept(entry: SourceEntry, heard: Told, config: RoomConfig, store: Store, asking: Asking) -> Told:
    client = KeptClient(store, config.max_age)
    reason = heard.gaps[0].reason
    try:
        kept = _told(entry, client, asking)
    except UnavailableError:
        too_old = f"; the last answer, of {client.too_old:%F %R} UTC, is too old" if client.too_old else ""
        return silent(entry, reason + too_old)._replace(again=heard.again)
    except Exception:  # noqa: BLE001  as above; that the source failed is said already
        return heard
    if client.oldest is None:
        return heard
    age = datetime.now(UTC) - client.oldest
    kept = kept._replace(of=client.oldest, again=heard.again)
    if asking.offline and age < fresh_for(entry):
        return kept
    note = f"{reason}; an answer of {client.oldest:%F %R} UTC is used, {hours(age)} old"
    return kept._replace(gaps=(Gap(name(entry), note, note=True), *kept.gaps))


def _others(earlier: Sequence[Observation], seen: Sequence[Observation]) -> Iterator[Observation]:
    known = {(each.term, each.region, each.observed_at) for each in seen}
    return (each for each in earlier if (each.term, each.region, each.observed_at) not in known)
