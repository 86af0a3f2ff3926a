"""The texts of a draft that readers will see, as the fields of a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from readtheroom.model import Field, Json
from readtheroom.policy.draft_values import Locator, Values, name_of

_PART_KEYS: Final = frozenset({"text", "media", "poll"})
_MEDIA_KEYS: Final = frozenset({"file", "alt"})


class DraftTexts(Values):
    """The values of a draft, with those of its texts that are published; faults are gathered."""

    __slots__ = ("_fields",)

    def __init__(self, data: Mapping[str, Json], where: Locator, path: str) -> None:
        super().__init__(data, where, path)
        self._fields: list[Field] = []

    def published(self, links: Iterable[Field]) -> tuple[Field, ...]:
        """Every text that readers will see, in the order in which they see it, then `links`. To be called once."""
        get = self.data.get
        if (text := get("text")) is not None:
            self._publish(text, "text")
        for key in ("title", "first_comment"):
            if (value := get(key)) is not None:
                self._several(value, key)
        if (media := get("media")) is not None:
            self._alts(media, "media")
        if (poll := get("poll")) is not None:
            self._poll(poll, "poll")
        if (thread := get("thread")) is not None:
            self._thread(thread)
        self._fields.extend(links)
        if not self._fields and not self.faults:
            self.fault("there is nothing to publish: a draft needs `text`, or another text that readers will see")
        return tuple(self._fields)

    def _publish(self, value: Json, *keys: str | int, name: str | None = None) -> None:
        text = self.text(value, *keys)
        if text:
            self._fields.append(Field(name or name_of(keys), text, self.where.origin(*keys)))

    def _several(self, value: Json, key: str) -> None:
        if not isinstance(value, list):
            self._publish(value, key)
            return
        for at, item in enumerate(value):
            self._publish(item, key, at, name=key if at == 0 else None)

    def _alts(self, value: Json, *keys: str | int) -> None:
        for at, item in enumerate(self.items(value, *keys)):
            if isinstance(item, dict):
                if not item.keys() <= _MEDIA_KEYS:
                    self.unknown(item, _MEDIA_KEYS, *keys, at)
                self._publish(item.get("alt"), *keys, at, "alt")
                self.text(item.get("file"), *keys, at, "file")
            elif isinstance(item, str):
                self.text(item, *keys, at)
            else:
                self.fault(f"{name_of((*keys, at))} must be a file, or a mapping with `file` and `alt`", *keys, at)

    def _poll(self, value: Json, *keys: str | int) -> None:
        for at, item in enumerate(self.items(value, *keys)):
            self._publish(item, *keys, at)

    def _thread(self, value: Json) -> None:
        for at, part in enumerate(self.items(value, "thread")):
            if not isinstance(part, dict):
                self._publish(part, "thread", at)
                continue
            if not part.keys() <= _PART_KEYS:
                self.unknown(part, _PART_KEYS, "thread", at)
            self._publish(part.get("text"), "thread", at, "text", name=f"thread[{at}]")
            self._alts(part.get("media"), "thread", at, "media")
            self._poll(part.get("poll"), "thread", at, "poll")
