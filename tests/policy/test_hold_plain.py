"""Holds in room snapshots."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Hold, HoldScope, Json, Room
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.hold_plain import hold, plain_hold
from readtheroom.policy.hold_schema import KEPT
from readtheroom.policy.json_tree import tree
from readtheroom.policy.schema import check
from readtheroom.policy.snapshot import plain, room
from readtheroom.policy.snapshot_faults import why
from readtheroom.spans import FileText
from tests.policy.hold_samples import HELD

START = "2026-07-20T12:00:00Z"
AT = datetime(2026, 7, 20, 12, tzinfo=UTC)


@given(HELD)
def test_a_room_keeps_its_holds(held: Hold) -> None:
    assert hold(plain_hold(held)) == held
    seen = Room(holds=(held,))
    assert room(plain(seen)) == seen


def test_what_is_as_by_default_is_left_out() -> None:
    held = Hold("fire", "Fire", AT, scope=(HoldScope(everything=True),), path="holds/fire.yaml")
    assert plain_hold(held) == {
        "id": "fire",
        "reason": "Fire",
        "path": "holds/fire.yaml",
        "start": START,
        "scope": "all",
    }
    assert "holds" not in plain(Room())
    assert hold({"reason": "Fire", "start": START}) == Hold("", "Fire", AT, path="room")


def test_a_default_scope_among_others_stays() -> None:
    held = Hold("fire", "Fire", AT, AT + timedelta(1), scope=(HoldScope(("US",)), HoldScope()), path="f")
    assert hold(plain_hold(held)) == held


@pytest.mark.parametrize(
    "item",
    [
        *({}, [], "Fire", None),
        *({"reason": "Fire"}, {"start": START}, {"reason": "", "start": START}, {"reason": 5, "start": START}),
        *({"reason": "Fire", "start": "2026-07-20 12:00"}, {"reason": "Fire", "start": 5}),
        *({"reason": "Fire", "start": START, "end": "soon"}, {"reason": "Fire", "start": "2300-07-20T12:00:00Z"}),
        *({"reason": "Fire", "start": START, "scope": scope} for scope in ("none", {}, [5], {"area": "US"})),
        *({"reason": "Fire", "start": START, "scope": scope} for scope in ({"all": 1}, {"region": [1]}, {"label": ""})),
        {"reason": "Fire", "start": START, "typo": 1},
    ],
)
def test_what_is_no_hold(item: Json) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        hold(item)


JUNK = st.sampled_from([None, True, 5, "", " ", "US", "all", "Fire", START, "soon", [], ["US"], [5], {}, {"all": True}])
ITEMS = st.dictionaries(
    st.sampled_from(["id", "path", "reason", "owner", "start", "end", "scope", "ended_by", "ended_at", "typo"]), JUNK
).map(lambda item: {"reason": "Fire", "start": START} | item)
SCOPE_ITEMS = st.dictionaries(st.sampled_from(["region", "platform", "label", "account", "all", "typo"]), JUNK)


@given(ITEMS, st.none() | SCOPE_ITEMS | st.lists(SCOPE_ITEMS, max_size=2))
def test_what_is_refused_is_what_the_schema_refuses(item: dict[str, Json], scope: Json) -> None:
    data = item if scope is None else {**item, "scope": scope}
    try:
        hold(data)
        taken = True
    except ValueError:
        taken = False
    root = tree("r.json", FileText(json.dumps(data)))
    assert taken == (list(check(root, KEPT, "r.json")) == [])


def test_its_place_is_told() -> None:
    one = "- {reason: Fire, start: 2026-07-20T12:00:00Z}\n"
    text = f"observations: []\nholds:\n{one}{one.replace('2026', '2300')}"
    root = parse_yaml("room.yaml", FileText(text))
    with pytest.raises(ValueError, match="the year 2300"):
        room(root.plain())
    assert str(why("room.yaml", root)) == "room.yaml:4:3: the year 2300 is not between 1970 and 2200"
    root = parse_yaml("room.yaml", FileText("observations: []\nholds: [{reson: Fire}]\n"))
    assert "unknown key `reson`" in str(why("room.yaml", root))
