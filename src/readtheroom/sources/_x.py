"""What calls of X's API v2 have in common.

Format: https://docs.x.com/x-api (OpenAPI 2.167, August 2026). Answers have `data`; refusals may come with a 200, as
`errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from readtheroom.errors import UnavailableError
from readtheroom.model import Json
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import secret, secret_option, text, url_option
from readtheroom.sources._values import another_shape, clean

TOKEN: Final = "X_BEARER_TOKEN"  # noqa: S105  the variable's name
SOURCE: Final = "X"
URL: Final = "https://api.x.com"

COMMON: Mapping[str, Json] = {
    "url": url_option("The host, or a mirror of it.", URL),
    "token_env": secret_option(TOKEN),
}


def base(options: Mapping[str, Json]) -> str:
    """The host."""
    return text(options, "url", URL)


def ask(options: Mapping[str, Json], client: Client, url: str) -> Reply:
    """The answer of `url`. Raises `UnavailableError`, also without a token."""
    return client.get(url, {"Authorization": f"Bearer {secret(text(options, 'token_env', TOKEN))}"})


def data(reply: Reply, *, one: bool = False) -> list[_json.Item]:
    """What stands under `data`; nothing if the answer says that there is nothing. Raises `UnavailableError`.

    `one`: it may be by itself, in no list, as where things are looked up by their number.
    """
    answer = _json.mapping(_json.parse(reply, quoted=False), "the answer")
    found = answer.get("data")
    if found is None and answer.get("errors"):
        errors = [each for each in _json.listed(answer["errors"], "`errors`") if isinstance(each, dict)]
        said = next((clean(each.get("detail") or each.get("title"), 100) for each in errors), "")
        raise UnavailableError(f"refused: {said or 'no reason given'}")
    if found is None and _json.inner(answer, "meta").get("result_count") == 0:
        return []
    return [found] if one and isinstance(found, dict) else _json.items(found, "`data`")


def no_name(what: str) -> UnavailableError:
    """What is said where none of several has its name."""
    return another_shape(f"no {what} has a name")
