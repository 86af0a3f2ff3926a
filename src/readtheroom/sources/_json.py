"""Answers in JSON."""

from __future__ import annotations

from json import JSONDecodeError, JSONDecoder
from typing import NoReturn, cast

from readtheroom.model import Json
from readtheroom.protocols import Reply
from readtheroom.sources._values import another_shape, clean

Item = dict[str, Json]


def parse(reply: Reply, *, quoted: bool = True) -> Json:
    """The value of an answer. Raises `UnavailableError` if it is not JSON, or says that it is something else.

    Not `quoted`: what it says in plain words is not repeated, for who was sent a secret may name it.
    """
    media = media_type(reply)
    words = said(reply) if quoted else ""
    if not (media.endswith(("/json", "+json", "/plain", "/javascript", "/octet-stream")) or not media):
        raise another_shape(f"{clean(media, 60)} instead of JSON{words}")
    try:
        return cast("Json", _DECODER.decode(reply.body.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise another_shape("not UTF-8") from None
    except JSONDecodeError as problem:
        raise another_shape(f"not JSON ({problem.msg}){words}") from None
    except RecursionError:
        raise another_shape("JSON nested too deep") from None
    except ValueError as problem:
        raise another_shape(f"not JSON ({clean(str(problem), 60)})") from None


def media_type(reply: Reply) -> str:
    """The type of an answer without its parameters, lower case; "" if it has none."""
    return reply.content_type.partition(";")[0].strip().lower()


def said(reply: Reply) -> str:
    """The beginning of an answer in plain words, as refusals are, to be shown; "" if it is markup or data."""
    text = clean(reply.body[:400].decode("utf-8", "replace"), 100)
    return f": {text}" if text and text[0] not in '<{["' else ""


def mapping(value: Json, what: str) -> Item:
    """`value`, which must be a mapping. Raises `UnavailableError`."""
    if not isinstance(value, dict):
        raise another_shape(f"{what} is {_called(value)}, not a mapping")
    return value


def listed(value: Json, what: str) -> list[Json]:
    """`value`, which must be a list. Raises `UnavailableError`."""
    if not isinstance(value, list):
        raise another_shape(f"{what} is {_called(value)}, not a list")
    return value


def items(value: Json, what: str) -> list[Item]:
    """The mappings of what must be a list. Raises `UnavailableError`, also if all that is in it is something else."""
    found = [each for each in listed(value, what) if isinstance(each, dict)]
    if value and not found:
        raise another_shape(f"{what} has no mappings")
    return found


def inner(item: Item, key: str) -> Item:
    """The mapping under `key`, or an empty one."""
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def _called(value: Json) -> str:
    if value is None:
        return "missing"
    names = {list: "a list", dict: "a mapping", str: "text", bool: "true or false"}
    return names.get(type(value), "a number")


def _refuse(written: str) -> NoReturn:
    raise ValueError(f"{written} is no number")


_DECODER = JSONDecoder(parse_constant=_refuse, strict=False)
