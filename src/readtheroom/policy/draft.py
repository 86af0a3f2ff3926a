"""One draft, as plain data, becomes a `Post`: checked by hand, since a run may hold a hundred thousand.

What the checks accept is what `draft_schema.DRAFT` says, and besides: several titles and first comments (exports hold
one per platform), and numbers and yes/no for texts where the file shows how they were spelt.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeVar

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Field, Json, Post
from readtheroom.policy.draft_allows import allows
from readtheroom.policy.draft_texts import DraftTexts
from readtheroom.policy.draft_values import MAX_FAULTS, Locator, kind_of
from readtheroom.policy.part_media import part_media
from readtheroom.policy.platforms import platform
from readtheroom.policy.times import moment
from readtheroom.protocols import ReadOptions
from readtheroom.spans import Origin

PUBLISHED: Final = frozenset({"text", "title", "first_comment", "poll", "thread"})
KEYS: Final = PUBLISHED | {
    "id", "platforms", "account", "author", "audience", "lang", "scheduled_at", "media", "approved_by", "allow",
}  # fmt: skip

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
    post = draft.post(line, id_default, links)
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


class _Draft(DraftTexts):
    """The values of a draft as they are checked, one by one; faults are gathered."""

    __slots__ = ("options",)

    def __init__(self, data: Mapping[str, Json], where: Locator, path: str, options: ReadOptions) -> None:
        super().__init__(data, where, path)
        self.options = options

    def post(self, line: int, id_default: str, links: Iterable[Field]) -> Post:
        """All of it; to be trusted where no faults were found."""
        fields, platforms = self.published(links), self.platforms()
        return Post(
            self.identity() or id_default,
            self.path,
            line,
            fields,
            platforms,
            self.account(platforms),
            self.word("author"),
            tuple([name.upper() for name in self.words("audience")]),
            self.language(),
            self.scheduled(),
            self.files(),
            self.words("approved_by"),
            allows(self, self.options.timezone),
            KeyOrigins(self.data, self.where),
            part_media(self.data.get("thread")),
        )

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
