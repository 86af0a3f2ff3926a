from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.kinds._alike import MOST, Rarest, alike, hashes, sketch
from tests.kinds.calendar import at, said
from tests.kinds.check import rule

AGAIN = rule("duplicates", message="{same} {apart} {other}{platforms}", within="2d")
LONG = "the linen dresses are back in the shop window on the corner of mill street"


def test_the_same_text_again_too_soon() -> None:
    drafts = [at("03 12:00", LONG), at("04 15:00", LONG.upper() + "!"), at("07 12:00", LONG)]
    assert said(AGAIN, drafts) == {"04 15:00": ["the same 27 hours 03 12:00 (draft.json:1) on x"]}
    assert said(AGAIN, [drafts[0], drafts[1] | {"platforms": ["mastodon"]}]) == {}
    assert said(AGAIN, [drafts[0], drafts[1] | {"account": "alder"}]) == {}


def test_nearly_the_same_text_and_other_texts() -> None:
    near = [at("03 12:00", LONG), at("03 13:00", LONG + " today")]
    assert said(AGAIN, near) == {"03 13:00": ["nearly the same an hour 03 12:00 (draft.json:1) on x"]}
    assert said(AGAIN, [near[0], at("03 13:00", LONG.replace("linen dresses", "woollen shirts, all red,"))]) == {}


def test_short_texts_may_be_said_again() -> None:
    assert said(AGAIN, [at("03 12:00", "Good morning"), at("03 13:00", "Good morning")]) == {}


def test_several_accounts() -> None:
    robots = rule("duplicates", message="{accounts} {same}, {other}", accounts=3, within="1d")
    drafts = [at(f"03 1{n}:00", LONG, account=f"shop{n}") for n in range(4)]
    assert said(robots, drafts[:2]) == {}
    assert said(robots, drafts) == {
        "03 12:00": ["3 the same, 03 10:00 (draft.json:1)"],
        "03 13:00": ["4 the same, 03 10:00 (draft.json:1)"],
    }


WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=2, max_size=12), st.sampled_from([0.5, 0.55, 0.7, 0.8, 0.9, 1.0]))
def test_what_is_alike_shares_a_rare_hash(texts: list[list[str]], share: float) -> None:
    sketches = [sketch(text) for text in texts]
    rarest = Rarest(sketches)
    for one in texts:
        for other in texts:
            mine, yours = sketch(one), sketch(other)
            if one is not other and alike(hashes(mine), hashes(yours)) >= share:
                assert set(rarest.of(mine, share)) & set(rarest.of(yours, share))


def test_a_long_text_is_sampled() -> None:
    long = [f"w{n}" for n in range(3000)]
    near = long[:2900] + [f"v{n}" for n in range(100)]
    assert len(sketch(long)) == 4 * MOST
    assert abs(alike(hashes(sketch(long)), hashes(sketch(near))) - 2899 / 3099) < 0.05
