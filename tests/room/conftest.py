import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readtheroom import registry
from readtheroom.policy.plugins import options_schema
from tests.office import put
from tests.room.server import Server, running


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        yield one


@pytest.fixture(autouse=True)
def _by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy stands between, and each test has a store of its own."""
    proxies, bundles = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    for name in (*proxies, *bundles, "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "kept"))


PROBE = {
    "talk_probe-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: talk-probe\nVersion: 1\n",
    "talk_probe-1.dist-info/entry_points.txt": (
        "[readtheroom.sources]\ntalk = talk_probe\ntalk-about = talk_about\ntalk-wrong = talk_wrong\n"
    ),
    "talk_probe.py": """\
import json
from readtheroom.errors import UnavailableError
from readtheroom.model import Observation, Reason

OPTIONS = {"type": "object", "properties": {"url": {"type": "string"}, "word": {"type": "string"}}}
FRESH_FOR = 60
ASKS_ABOUT_DRAFT = False


def observe(options, client, tags):
    headers = {"Authorization": options["word"]} if "word" in options else None
    reply = client.get(options["url"], headers)
    if not reply.content_type.startswith("application/json"):
        raise UnavailableError(f"wrong type: {reply.content_type or 'none'}")
    try:
        items = json.loads(reply.body)
    except ValueError:
        raise UnavailableError("answered in another shape") from None
    for term, *titles in items:
        if term == "broken":
            client.get(options["url"] + "/more")
        yield Observation(term, "topic", "Talk", reply.fetched_at, reasons=tuple(Reason(title) for title in titles))
""",
    "talk_about.py": """\
from readtheroom.model import Observation

OPTIONS = {"type": "object", "properties": {"url": {"type": "string"}}}
FRESH_FOR = 60
ASKS_ABOUT_DRAFT = True


def observe(options, client, tags):
    for tag in tags:
        reply = client.get(options["url"] + "/" + tag)
        yield Observation("#" + tag, "tag", "Talk", reply.fetched_at)
""",
    "talk_wrong.py": """\
OPTIONS = {"type": "object", "properties": {"url": {"type": "string"}}}
FRESH_FOR = 60
ASKS_ABOUT_DRAFT = False


def observe(options, client, tags):
    return [client.get(options["url"]).body.nothing]
""",
}
"""Sources of a third party: a list of terms with headlines, one that asks about tags, one that is broken."""


@pytest.fixture
def probe(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder where they are installed."""
    folder = tmp_path_factory.mktemp("site-packages")
    put(folder, PROBE)
    monkeypatch.syspath_prepend(str(folder))
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    for cached in (registry.names, registry.load, options_schema):
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("talk_")]:
        del sys.modules[name]
