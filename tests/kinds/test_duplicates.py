from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.kinds._alike import Rarest, alike, hashes, may_be_alike, size_of, sketch
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
    short = "our bakery on the square opens at seven tomorrow"
    for other in (short.replace("opens", "opens again"), short.replace("seven", "eight seven"), f"{short} noon"):
        assert list(said(AGAIN, [at("03 12:00", short), at("03 13:00", other)])) == ["03 13:00"]
    assert said(AGAIN, [at("03 12:00", short), at("03 13:00", short.replace("bakery", "library"))]) == {}


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
                left = [dict(rarest.of(each, share)) for each in (mine, yours)]
                met = left[0].keys() & left[1].keys()
                least = max(min(each[key] for each in left) for key in met)
                assert may_be_alike(size_of(mine), size_of(yours), least, share)


def test_long_texts_are_compared_in_full() -> None:
    long = [f"w{n}" for n in range(3000)]
    near = long[:2900] + [f"v{n}" for n in range(100)]
    assert alike(hashes(sketch(long)), hashes(sketch(near))) == 2899 / 3099
    texts = [" ".join(long), " ".join(near)]
    drafts = [at("03 12:00", texts[0]), at("03 13:00", texts[1])]
    bound = 2899 / 3099
    tell = [rule("duplicates", name=f"at-{share}", message="{same}", alike=share) for share in (bound, bound + 1e-6)]
    assert said(tell, drafts) == {"03 13:00": ["nearly the same"]}


def test_the_last_that_is_alike_is_found_behind_any_number_that_are_not() -> None:
    """All share the rarest pair of words, and more; none but the first says nearly the same as the last."""
    ends = [" ".join(f"w{n}x{m}" for m in range(4)) for n in range(300)]
    texts = ["rare pair " + LONG, *(f"rare pair {end}" for end in ends), "rare pair " + LONG + " today"]
    drafts = [at(f"03 {n // 60:02}:{n % 60:02}", text) for n, text in enumerate(texts)]
    assert said(AGAIN, drafts) == {"03 05:01": ["nearly the same 5 hours 03 00:00 (draft.json:1) on x"]}


POSTS = st.lists(st.tuples(WORDS, st.sampled_from("AB"), st.integers(0, 90)), max_size=14)


@given(POSTS, st.sampled_from([0.5, 0.6, 0.8, 1.0]), st.integers(1, 2))
def test_it_finds_what_comparing_all_with_all_finds(
    posts: list[tuple[list[str], str, int]], share: float, accounts: int
) -> None:
    """Each post with the last that it repeats, of its own account or the other; of one moment, accounts in order."""
    inorder = sorted(posts, key=lambda each: (each[2], each[1]))
    drafts = [
        at(f"{3 + hour // 24:02} {hour % 24:02}:00", " ".join(words), account=account, id=f"{n:02}")
        for n, (words, account, hour) in enumerate(inorder)
    ]
    tell = rule("duplicates", message="{other}", alike=share, words=1, accounts=accounts, within="2d")
    expected: dict[str, list[str]] = {}
    for n, (words, account, hour) in enumerate(inorder):
        mine = hashes(sketch(words))
        for m in reversed(range(n)):
            theirs, other, before = inorder[m]
            wanted = (other == account) == (accounts == 1)
            if wanted and hour - before <= 48 and alike(mine, hashes(sketch(theirs))) >= share:
                expected[f"{n:02}"] = [f"{m:02} (draft.json:1)"]
                break
    assert said(tell, drafts) == expected
