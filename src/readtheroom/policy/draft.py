"""One draft, as plain data, becomes a `Post`: checked by hand, since a run may hold a hundred thousand.

What the checks accept is what `draft_schema.DRAFT` says, and besides: several titles and first comments (exports hold
one per platform), and numbers and yes/no for texts where the file shows how they were spelt.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeVar

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Allow, Field, Json, Post
from readtheroom.policy.draft_values import MAX_FAULTS, Locator, Values, kind_of, labels_of, name_of
from readtheroom.policy.part_media import part_media
from readtheroom.policy.platforms import platform
from readtheroom.policy.times import last_moment, moment
from readtheroom.protocols import ReadOptions
from readtheroom.spans import Origin

PUBLISHED: Final = frozenset({"text", "title", "first_comment", "poll", "thread"})
KEYS: Final = PUBLISHED | {
    "id", "platforms", "account", "author", "audience", "lang", "scheduled_at", "media", "approved_by", "allow",
}  # fmt: skip
_PART_KEYS: Final = frozenset({"text", "media", "poll"})
_MEDIA_KEYS: Final = frozenset({"file", "alt"})
_ALLOW_KEYS: Final = frozenset({"rule", "reason", "by", "until", "covers"})

LISTS: Final = ("drafts", "posts")
"""Keys of a file that holds several drafts."""

_OTHER_FILES: Final = {
    "extends": "a config file",
    "rules": "a rules file",
    "accounts": "an accounts file",
    "observations": "a room file",
    "observed_at": "an observation of a room file",
    "reason": "a hold",
}

Record = TypeVar("Record")


def build(
    data: Mapping[str, Json],
    where: Locator,
    *,
    path: str,
    line: int,
    id_default: str,
    options: ReadOptions,
    links: Iterable[Field] = (),
    faults: Iterable[Fault] = (),
) -> Post:
    """The post of one draft; `links` are published beside it, without being part of its `data`.

    Raises `DraftError` with everything that is wrong with it, and `faults` found before.
    """
    draft = _Draft(data, where, path, options)
    draft.faults.extend(faults)
    if not data.keys() <= KEYS:
        draft.unknown(data, KEYS)
    fields, platforms = draft.published(links), draft.platforms()
    post = Post(
        draft.identity() or id_default,
        path,
        line,
        fields,
        platforms,
        draft.account(platforms),
        draft.word("author"),
        tuple([name.upper() for name in draft.words("audience")]),
        draft.language(),
        draft.scheduled(),
        draft.files(),
        draft.words("approved_by"),
        draft.allows(),
        KeyOrigins(data, where),
        part_media(data.get("thread")),
    )
    if draft.faults:
        raise DraftError(draft.faults)
    return post


def build_each(records: Iterable[Record], make: Callable[[Record], Post | None]) -> Iterator[Post]:
    """The post of each record until one is faulty; then the rest is only checked, and all faults are raised at once.

    None: there is nothing to judge in a record.
    """
    faults: list[Fault] = []
    try:
        for record in records:
            try:
                post = make(record)
            except DraftError as error:
                faults += error.faults
                if len(faults) >= MAX_FAULTS:
                    break
                continue
            if post and not faults:
                yield post
    except DraftError as error:
        faults += error.faults
    if faults:
        raise DraftError(faults)


def not_empty(path: str, posts: Iterable[Post]) -> Iterator[Post]:
    """`posts`, as they come. Raises `DraftError` if there is none: where nothing was checked, nothing passes."""
    post = None
    for post in posts:
        yield post
    if post is None:
        raise DraftError([Fault(path, 0, 0, "holds no draft: add one, or leave the file out")])


def mapping(data: Json, where: Locator, path: str) -> dict[str, Json]:
    """`data`, if it is a mapping. Raises `DraftError` if not."""
    if not isinstance(data, dict):
        raise DraftError([Fault(path, *where.place(), f"a draft must be a mapping with `text`, not {kind_of(data)}")])
    return data


def no_draft(keys: Collection[str]) -> str | None:
    """What to say of a file with these keys if it is another of ours, such as the config; None if it may be a draft."""
    kind, key = next(((kind, key) for key, kind in _OTHER_FILES.items() if key in keys), ("", ""))
    if not key or "text" in keys:
        return None
    return f"is {kind} of readtheroom (it has {key!r}), not a draft: leave it out"


class KeyOrigins(Mapping[str, Origin]):
    """Where the keys of a draft stand that are not themselves published."""

    __slots__ = ("_data", "_where")

    def __init__(self, data: Mapping[str, Json], where: Locator) -> None:
        self._data, self._where = data, where

    def __getitem__(self, key: str) -> Origin:
        if key in PUBLISHED or key not in KEYS or self._data.get(key) is None:
            raise KeyError(key)
        return self._where.origin(key)

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._data if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Draft(Values):
    """The values of a draft as they are checked, one by one; faults are gathered."""

    __slots__ = ("fields", "options")

    def __init__(self, data: Mapping[str, Json], where: Locator, path: str, options: ReadOptions) -> None:
        super().__init__(data, where, path)
        self.options = options
        self.fields: list[Field] = []

    # --- what is published ---

    def published(self, links: Iterable[Field]) -> tuple[Field, ...]:
        """Every text that readers will see, in the order in which they see it."""
        get = self.data.get
        if (text := get("text")) is not None:
            self.publish(text, "text")
        for key in ("title", "first_comment"):
            if (value := get(key)) is not None:
                self.several(value, key)
        if (media := get("media")) is not None:
            self.alts(media, "media")
        if (poll := get("poll")) is not None:
            self.poll(poll, "poll")
        if (thread := get("thread")) is not None:
            self.thread(thread)
        self.fields.extend(links)
        if not self.fields and not self.faults:
            self.fault("there is nothing to publish: a draft needs `text`, or another text that readers will see")
        return tuple(self.fields)

    def publish(self, value: Json, *keys: str | int, name: str | None = None) -> None:
        text = self.text(value, *keys)
        if text:
            self.fields.append(Field(name or name_of(keys), text, self.where.origin(*keys)))

    def several(self, value: Json, key: str) -> None:
        if not isinstance(value, list):
            self.publish(value, key)
            return
        for at, item in enumerate(value):
            self.publish(item, key, at, name=key if at == 0 else None)

    def alts(self, value: Json, *keys: str | int) -> None:
        for at, item in enumerate(self.items(value, *keys)):
            if isinstance(item, dict):
                if not item.keys() <= _MEDIA_KEYS:
                    self.unknown(item, _MEDIA_KEYS, *keys, at)
                self.publish(item.get("alt"), *keys, at, "alt")
                self.text(item.get("file"), *keys, at, "file")
            elif isinstance(item, str):
                self.text(item, *keys, at)
            else:
                self.fault(f"{name_of((*keys, at))} must be a file, or a mapping with `file` and `alt`", *keys, at)

    def poll(self, value: Json, *keys: str | int) -> None:
        for at, item in enumerate(self.items(value, *keys)):
            self.publish(item, *keys, at)

    def thread(self, value: Json) -> None:
        for at, part in enumerate(self.items(value, "thread")):
            if not isinstance(part, dict):
                self.publish(part, "thread", at)
                continue
            if not part.keys() <= _PART_KEYS:
                self.unknown(part, _PART_KEYS, "thread", at)
            self.publish(part.get("text"), "thread", at, "text", name=f"thread[{at}]")
            self.alts(part.get("media"), "thread", at, "media")
            self.poll(part.get("poll"), "thread", at, "poll")

    # --- what it is judged by ---

    def identity(self) -> str | None:
        value = self.data.get("id")
        return str(value) if type(value) is int else self.word("id")

    def platforms(self) -> tuple[str, ...]:
        names: list[str] = []
        for name in self.words("platforms"):
            try:
                names.append(platform(name))
            except ValueError as error:
                self.fault(str(error), "platforms")
        return tuple(dict.fromkeys(names)) if names else self.options.platforms

    def account(self, platforms: tuple[str, ...]) -> str | None:
        named, known = self.word("account"), self.options.accounts
        wrong = known.stranger(named, platforms) if named and known else None
        if wrong:
            self.fault(wrong, "account")
        return named

    def language(self) -> str | None:
        written = self.word("lang")
        if written is None:
            return None
        code = written.replace("_", "-").split("-")[0].lower()
        if not (code.isascii() and code.isalpha() and len(code) in {2, 3}):
            self.fault(f"{written[:40]!r} is no language code: write en, fr, pt-BR …", "lang")
        return code

    def scheduled(self) -> datetime | None:
        written = self.word("scheduled_at")
        if written is None:
            return None
        try:
            return moment(written, self.options.timezone)
        except ValueError as error:
            self.fault(str(error), "scheduled_at")
        return None

    def files(self) -> tuple[str, ...]:
        """A name for each of `media`, so that indexes agree with those of the alt texts; empty where there is none."""
        media = self.data.get("media")
        if not isinstance(media, list):
            return ()
        names = [item.get("file") if isinstance(item, dict) else item for item in media]
        return tuple([name if isinstance(name, str) else "" for name in names])

    def allows(self) -> tuple[Allow, ...]:
        value = self.data.get("allow")
        if value is None:
            return ()
        return tuple([self.allow(item, at) for at, item in enumerate(self.items(value, "allow"))])

    def allow(self, item: Json, at: int) -> Allow:
        here = self.where.place("allow", at)
        if not isinstance(item, dict):
            self.fault(f"allow[{at}] must be a mapping with `rule` and `reason`, not {kind_of(item)}", "allow", at)
            return Allow("", "", "", None, here)
        self.unknown(item, _ALLOW_KEYS, "allow", at)
        rule, reason, by, until = (
            self.text(item.get(key), "allow", at, key).strip() for key in ("rule", "reason", "by", "until")
        )
        if not rule:
            self.fault(f"allow[{at}] names no `rule`", "allow", at)
        covers = labels_of(self, item.get("covers"), at)
        return Allow(rule, reason, by, self.until(until, at) if until else None, here, covers)

    def until(self, written: str, at: int) -> datetime | None:
        try:
            return last_moment(written, self.options.timezone)
        except ValueError as error:
            self.fault(str(error), "allow", at, "until")
        return None
