from __future__ import annotations

import json
import re

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

STORIES = [
    (
        '<!-- Mar 1 --> At least<span typeof="mw:Entity">&nbsp;</span>40 people are taken off '
        '<b id="a"><a rel="mw:WikiLink" href="./Alder_%28ferry%29" title="Alder (ferry)">a ferry</a></b> near '
        '<a href="./Port_Alder">Port Alder</a>.'
    ),
    'The <a href="./Σεισμός">quake</a> in <a href="./Lindental">Lindental</a> ends.',
    "No link at all &amp; no harm.",
]
NEWS = json.dumps({"tfa": {}, "news": [{"links": [], "story": story} for story in STORIES]})


def seen(wiki: str) -> list[Observation]:
    found = [
        ("At least 40 people are taken off a ferry near Port Alder.", f"{wiki}/wiki/Alder_%28ferry%29"),
        (
            "The quake in Lindental ends.",
            f"{wiki}/wiki/%CE%A3%CE%B5%CE%B9%CF%83%CE%BC%CF%8C%CF%82",
        ),
        ("No link at all & no harm.", None),
    ]
    return [
        Observation(title, "headline", "Wikipedia", NOW, reasons=(Reason(title, url, "Wikipedia"),))
        for title, url in found
    ]


def options(server: Server, answer: Answer) -> dict[str, str]:
    """The day is today's: it may change between the question and a look at the clock here."""
    server.answers["*"] = answer
    return {"url": f"{server.base}/feed"}


def test_stories_as_text(server: Server) -> None:
    given = options(server, Answer(NEWS))
    assert observe("wikimedia", given) == seen("https://en.wikipedia.org")
    assert observe("wikimedia", given | {"language": "el"}) == seen("https://el.wikipedia.org")
    assert all(re.fullmatch(r"/feed/\d{4}/\d\d/\d\d", path) for path in server.paths())


def test_no_news(server: Server) -> None:
    assert observe("wikimedia", options(server, Answer('{"news": []}'))) == []
    said = failure("wikimedia", options(server, Answer('{"tfa": {}}')))
    assert said == "answered in another shape: no `news`; not every language has them"
    said = failure("wikimedia", options(server, Answer('{"news": [{"html": "x"}, {"story": "<!-- -->"}]}')))
    assert said == "answered in another shape: no story has a text"


def test_the_sample(server: Server) -> None:
    given = options(server, Answer(sample("wikimedia_featured.json")))
    said = [each for each in observe("wikimedia", given) if isinstance(each, Observation)]
    assert len(said) == 5
    assert not any(re.search(r"[<>&\xa0]|\s\s", each.term) for each in said)
    assert said[3].reasons[0].url == "https://en.wikipedia.org/wiki/2016_Quetta_police_training_college_attack"
