from __future__ import annotations

import pytest

from readtheroom.model import Json
from readtheroom.policy.source_names import called, named
from readtheroom.policy.values import SourceEntry


def entry(kind: str, region: str | None = None, **options: Json) -> SourceEntry:
    return SourceEntry(kind, options, region=region)


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        ([entry("google-trends")], ["google-trends"]),
        ([entry("rss", url="https://news.example/world?key=s3cret")], ["rss (news.example)"]),
        (
            [entry("rss", url=f"https://news.example/{page}?key=s3cret") for page in ("world", "sport")],
            ["rss (news.example/world)", "rss (news.example/sport)"],
        ),
        (
            [entry("rss", url="https://news.example/a"), entry("json", url="https://news.example/a", term="t")],
            ["rss (news.example)", "json (news.example)"],
        ),
        (
            [entry("rss", url="https://news.example/a"), entry("rss", url="https://other.example/a")],
            ["rss (news.example)", "rss (other.example)"],
        ),
        (
            [entry("json", url="https://tool.example/", term="t", name=name) for name in ("Brand", "Rivals")],
            ["json (tool.example, Brand)", "json (tool.example, Rivals)"],
        ),
        (
            [entry("json", url=f"https://tool.example/?q={name}", term="t") for name in ("a", "b")],
            ["json (tool.example, no. 1)", "json (tool.example, no. 2)"],
        ),
        (
            [entry("json", url=f"http://127.0.0.1:{port}/a", term="t") for port in (8080, 8081)],
            ["json (127.0.0.1:8080)", "json (127.0.0.1:8081)"],
        ),
        (
            [entry("rss", url=f"http://127.0.0.1:{place}") for place in ("8080/a", "8080/b", "8081/a")],
            ["rss (127.0.0.1:8080/a)", "rss (127.0.0.1:8080/b)", "rss (127.0.0.1:8081/a)"],
        ),
        ([entry("google-trends", "US"), entry("google-trends", "FR")], ["google-trends (US)", "google-trends (FR)"]),
        ([entry("google-trends"), entry("google-trends", region="FR")], ["google-trends", "google-trends (FR)"]),
        ([entry("wikimedia", language=each) for each in ("en", "el")], ["wikimedia (en)", "wikimedia (el)"]),
        ([entry("x-trends", woeid=1), entry("x-trends", woeid=23424977)], ["x-trends (1)", "x-trends (23424977)"]),
        (
            [entry("file", path="/a/one.json"), entry("file", path="/a/two.json")],
            ["file (one.json)", "file (two.json)"],
        ),
        ([entry("command", argv=["/opt/a", "x"]), entry("command", argv=["b"])], ["command (a)", "command (b)"]),
        ([entry("bluesky"), entry("bluesky")], ["bluesky (no. 1)", "bluesky (no. 2)"]),
        ([entry("rss", url="http://[::1"), entry("rss", url="http://[::2")], ["rss (no. 1)", "rss (no. 2)"]),
    ],
)
def test_each_can_be_told_from_the_others(entries: list[SourceEntry], names: list[str]) -> None:
    assert [each.name or called(each) for each in named(entries)] == names
    assert [each._replace(name="") for each in named(entries)] == entries
    assert {each.name or called(each) for each in named(reversed(entries))} == set(names)
