"""What every source says of itself."""

from __future__ import annotations

import pytest

from readtheroom import registry
from readtheroom.errors import PolicyError
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.keywords import mapping
from readtheroom.policy.plugins import options_schema, source_schema
from readtheroom.policy.schema import check
from readtheroom.spans import FileText

SOURCES = registry.own("sources")
ON_THE_NETWORK = [name for name in SOURCES if name not in {"file", "command"}]


def faults(name: str, options: str) -> list[str]:
    """What the checks of a policy say of the options of a source."""
    node = parse_yaml("r.yaml", FileText(options), PolicyError)
    return [fault.message for fault in check(node, source_schema(name), "r.yaml", "the source")]


@pytest.mark.parametrize("name", SOURCES)
def test_every_option_is_described_and_checked(name: str) -> None:
    schema = options_schema("sources", name)
    assert schema["additionalProperties"] is False
    undescribed = {key for key, each in mapping(schema["properties"]).items() if not mapping(each).get("description")}
    assert undescribed == set()
    assert any("nonsense" in said for said in faults(name, "{nonsense: 1}"))


@pytest.mark.parametrize("name", ON_THE_NETWORK)
def test_what_a_source_says_of_itself(name: str) -> None:
    source = registry.load("sources", name)
    said = source.__doc__ or ""
    assert 300 <= source.FRESH_FOR <= 900
    assert [word for word in ("Endpoint", "Terms: ", "Format: ") if word not in said] == []
    assert "url" in mapping(source.OPTIONS["properties"])


def test_who_is_told_of_the_draft() -> None:
    asking = {name for name in SOURCES if registry.load("sources", name).ASKS_ABOUT_DRAFT}
    assert asking == {"mastodon-tag", "x-counts", "x-news", "gdelt"}
    assert registry.load("sources", "gdelt").FRESH_FOR >= 900


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("google-trends", '{url: "http://127.0.0.1:8080/rss", region: US-CO, timeout: 2, fresh_for: 5m}'),
        ("meteoalarm", "{region: GR, least: severe}"),
        ("nws", "{region: US-CO}"),
        ("x-trends", "{woeid: 23424977, region: US, token_env: OUR_TOKEN}"),
        ("json", '{url: "https://news.example/t", term: name, region: FR, headers: {X-Key: "env:NEWS_TOKEN"}}'),
        ("command", "{argv: [python3, room.py], timeout: 2}"),
        ("usgs", "{least: yellow, days: 1}"),
    ],
)
def test_options_as_people_write_them(name: str, options: str) -> None:
    assert faults(name, options) == []


@pytest.mark.parametrize(
    ("name", "options", "fault"),
    [
        ("rss", "{}", "the source needs the key `url`"),
        ("rss", '{url: "file:///etc/passwd"}', "`url` must begin with http:// or https://"),
        ("command", "{argv: python3 room.py}", "`argv` must be a list"),
        ("command", "{argv: []}", "`argv` needs 1 item or more"),
        ("meteoalarm", "{region: US}", "`region` must be one of "),
        ("x-trends", "{token_env: AAAA%3D}", "`token_env` must be the name of an environment variable"),
        (
            "json",
            '{url: "https://news.example/t", term: "na["}',
            "`term` must be JMESPath (https://jmespath.org), like ",
        ),
        ("usgs", "{least: mild}", "`least` must be one of green, yellow, orange, red"),
    ],
)
def test_options_that_cannot_be(name: str, options: str, fault: str) -> None:
    said = faults(name, options)
    assert len(said) == 1
    assert said[0].startswith(fault)
