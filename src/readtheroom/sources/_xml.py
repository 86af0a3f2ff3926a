"""Answers in XML, read by expat into a small tree of local names: namespaces change, names hardly do.

Document type declarations are refused before anything in them is read, so there are no entities to blow up and
nothing outside to fetch; depth and number of elements are bounded. (`defusedxml` does no more, and its last release
is of 2021.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate, errors

from readtheroom.errors import UnavailableError
from readtheroom.protocols import Reply
from readtheroom.sources._json import media_type, said
from readtheroom.sources._values import another_shape, clean

DEPTH: Final = 50
ELEMENTS: Final = 100_000
"""A feed of some hundred entries has some thousand elements."""

_NO_ENTRIES: Final = frozenset(
    {
        *("channel", "image", "textInput", "textinput", "skipHours", "skipDays", "items", "category", "owner"),
        *("author", "contributor"),
    }
)
"""What has elements in it and is no entry, in a feed of RSS 2.0, RSS 1.0 or Atom, or for a podcast."""


class Element:
    """`name` and the keys of `attributes` are local names; `text` is what stands in it before, between and after
    its children."""

    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """Its own text, white space at the ends dropped."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator[Element]:
        """Its children of that name."""
        return (child for child in self.children if child.name == name)

    def first(self, *names: str) -> str:
        """The text of the first child of one of these names that has any; earlier names go before later ones."""
        return next((child.text for name in names for child in self.all(name) if child.text), "")


def parse(reply: Reply) -> Element:
    """The root of an answer. Raises `UnavailableError` if it is not XML, says it is something else, or is a danger."""
    media = media_type(reply)
    is_xml = media.endswith(("/xml", "+xml", "/plain", "/octet-stream")) and "html" not in media
    if not (is_xml or not media):
        raise another_shape(f"{clean(media, 60)} instead of XML{said(reply)}")
    reading = _Reading()
    try:
        reading.parser.Parse(_body(reply.body), True)
    except ExpatError as problem:
        raise another_shape(f"not XML ({errors.messages.get(problem.code, 'unreadable')}){said(reply)}") from None
    except (LookupError, ValueError):
        raise another_shape("XML in an encoding that is not known") from None
    if reading.root is None:
        raise another_shape("no XML at all")
    return reading.root


def feed(root: Element) -> tuple[Element, list[Element]]:
    """What speaks of a feed, and its entries; a feed that is empty has none. Raises `UnavailableError` if it is no
    feed, or if its entries have another name."""
    if root.name == "feed":
        return root, _entries([root], "entry")
    if root.name not in {"rss", "RDF"}:
        raise another_shape(f"<{clean(root.name, 40)}> instead of a feed")
    channel = next(root.all("channel"), None)
    if channel is None:
        raise another_shape("a feed without a channel")
    return channel, _entries([channel, root], "item")


def _entries(places: Sequence[Element], name: str) -> list[Element]:
    found = [each for place in places for each in place.all(name)]
    inside = (child for place in places for child in place.children)
    other = next((child.name for child in inside if child.children and child.name not in _NO_ENTRIES), None)
    if other and not found:
        raise another_shape(f"<{clean(other, 40)}> instead of <{name}>")
    return found


def _body(body: bytes) -> bytes:
    """Without the white space that some servers put before the declaration."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")


class _Reading:
    """One run of the parser."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._left = ELEMENTS
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0 or len(self._open) >= DEPTH:
            raise another_shape("XML nested too deep" if self._left >= 0 else f"more than {ELEMENTS:,} XML elements")
        element = Element(_local(name), {_local(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, data: str) -> None:
        self._open[-1].pieces.append(data)

    def _doctype(self, *_: object) -> None:
        raise UnavailableError("answered with XML that declares a document type, which is not read")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
