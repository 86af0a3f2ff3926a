"""CSV: a draft a row, from a spreadsheet of one's own or as publishing tools export them.

The first record names the columns, in any case: keys of a draft (`media[0].alt`, `poll[1]` … too; `platforms`,
`audience`, `approved_by` and `media` hold several with commas between; `alt`, `poll` and `thread` with ||; `allow` is
a list as in front matter, or `allow[0].rule` …), what the tool calls them that exported the file, or what `columns` in
the config says they are called. Of several columns for `scheduled_at` one is the day and one the time; of several for
`text` the first is the text and the others its thread. Other columns are left alone, unless one looks like a misspelt
key. Cells may be separated by comma, semicolon or tab. Read as a stream, in constant memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain

from readtheroom.errors import DraftError, Fault, UsageError
from readtheroom.model import Field, Json, Post
from readtheroom.policy.csv_row import Column, Row
from readtheroom.policy.csv_source import CsvSource, Record, records
from readtheroom.policy.draft import build, build_each, not_empty
from readtheroom.policy.draft_values import Locator
from readtheroom.policy.exports import LINK, LISTS, PRESETS, ROLES, Role, plain_header, recognised, role_of
from readtheroom.policy.origins import LazyOrigin
from readtheroom.policy.suggest import closest, did_you_mean, listed
from readtheroom.protocols import DraftFile, ReadOptions

SUFFIXES = (".csv", ".tsv")

_DATE = re.compile(r"\s*(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d)\b")
_ALIKE = 0.8
_MAX_COLUMNS = 1000
_HEADLESS_WIDTH = 3
"""Hootsuite's date, message and link; the first row may lack a link."""


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The posts of `file`, row by row. Raises `DraftError`; after a faulty row the rest is only checked."""
    yield from not_empty(file.path, _posts(file, options))


def _posts(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    path, lines = file.path, iter(file.lines())
    first = next(lines, None)
    if first is None:
        return
    delimiter = _delimiter(path, first)
    rows = records(path, chain([first], lines), delimiter)
    head = next(rows, None)
    if head is None:
        return
    columns = _columns(path, head, options)
    width = len(head.cells)
    if _headless(head, options):
        rows, width = chain([head], rows), max(width, _HEADLESS_WIDTH)
    yield from build_each(rows, _maker(path, columns, width, delimiter, options))


def _maker(
    path: str, columns: list[Column], width: int, delimiter: str, options: ReadOptions
) -> Callable[[Record], Post]:
    def post(record: Record) -> Post:
        if len(record.cells) > width and any(record.cells[width:]):
            message = (
                f"{len(record.cells)} cells where the first row has {width}: a text with {delimiter!r} needs quotes"
            )
            raise DraftError([Fault(path, record.line, 0, message)])
        row = Row(record.cells)
        for column in columns:
            if column.cell < len(record.cells):
                row.take(column)
        data = row.data(options.day_first)
        cells = CsvSource(record, delimiter, row.pieces)
        faults = [Fault(path, *cells.start(piece), message) for piece, message in row.faults]
        data, where = _with_allows(path, row, data, cells, faults)
        return build(
            data,
            where,
            path=path,
            line=record.line,
            id_default=f"{path}:{record.line}",
            options=options,
            links=_links(row, cells),
            faults=faults,
        )

    return post


def _links(row: Row, cells: CsvSource) -> list[Field]:
    return [
        Field(f"{LINK}[{at}]" if at else LINK, row.text(piece), LazyOrigin(partial(cells.piece, piece)))
        for at, piece in enumerate(row.links)
    ]


def _with_allows(
    path: str, row: Row, data: dict[str, Json], cells: CsvSource, faults: list[Fault]
) -> tuple[dict[str, Json], Locator]:
    """The data of a row, with what its cell of allows holds, and where it stands; faults of the cell join `faults`."""
    if row.allow is None:
        return data, cells
    from readtheroom.policy.csv_allow import with_cell  # noqa: PLC0415  takes YAML, and few rows allow anything

    try:
        return with_cell(path, data, cells, row.text(row.allow), cells.piece(row.allow))
    except DraftError as error:
        faults += error.faults
        return data, cells


# --- which column is what ---


def _delimiter(path: str, first: str) -> str:
    if path.lower().endswith(".tsv"):
        return "\t"
    bare = re.sub(r'"[^"]*"', "", first)
    return "," if "," in bare else max(",;\t", key=bare.count)


def _headless(head: Record, options: ReadOptions) -> bool:
    return options.preset == "hootsuite" or (not options.preset and bool(_DATE.match(head.cells[0])))


def _columns(path: str, head: Record, options: ReadOptions) -> list[Column]:
    """What each column is. Raises `DraftError` for columns that must be there, and UsageError for an unknown preset."""
    if options.preset and options.preset not in PRESETS:
        raise UsageError(f"no CSV preset is called {options.preset!r}{did_you_mean(options.preset, PRESETS)}")
    if _headless(head, options):
        roles = PRESETS["hootsuite"].columns
        return [Column(cell, role) for cell in range(len(head.cells)) if (role := roles.get(str(cell)))]
    if len(head.cells) > _MAX_COLUMNS:
        raise DraftError([Fault(path, head.line, 0, f"{len(head.cells):,} columns, more than {_MAX_COLUMNS:,}")])
    mapped = _mapped(path, head, options.columns)
    preset = options.preset or (None if mapped else recognised(head.cells))
    known = _of_preset(head, preset) if preset else []
    own = _own(path, head, {column.cell for column in mapped + known})
    found = {column.role.key for column in mapped}
    columns = mapped + [column for column in known + own if column.role.key not in found]
    _complete(path, head, columns, preset)
    return columns


def _of_preset(head: Record, preset: str) -> list[Column]:
    roles = PRESETS[preset].columns
    return [Column(cell, role) for cell, name in enumerate(head.cells) if (role := roles.get(plain_header(name)))]


def _own(path: str, head: Record, taken: set[int]) -> list[Column]:
    names = {name.strip().casefold() for name in head.cells}
    found: dict[str, Column] = {}
    faults = []
    for cell, name in enumerate(head.cells):
        key, role = name.strip().casefold(), role_of(name)
        if cell in taken:
            continue
        if role and key not in found:
            found[key] = Column(cell, role)
        elif role:
            faults.append(Fault(path, head.line, 0, f"column {name[:40]!r} is there twice"))
        elif unknown := _misspelt(key, names):
            faults.append(Fault(path, head.line, 0, f"unknown column {name[:40]!r}{unknown}"))
    if faults:
        raise DraftError(faults)
    return list(found.values())


def _misspelt(key: str, names: set[str]) -> str | None:
    """What to say of a column that is not ours but looks as if it were meant to be."""
    if key.partition("[")[0] in ROLES:
        return f"; of lists there are {', '.join(LISTS)}"
    near = closest(key, ROLES - names, _ALIKE)
    return near and f" – did you mean {near!r}?"


def _mapped(path: str, head: Record, columns: Mapping[str, Json]) -> list[Column]:
    names = {name.strip().casefold(): cell for cell, name in reversed(list(enumerate(head.cells)))}
    found: list[Column] = []
    faults: list[Fault] = []
    for key, headers in columns.items():
        role = Role(LINK) if key == LINK else role_of(key)
        if role is None:
            raise UsageError(f"columns: {key[:40]!r} is no key of a draft{did_you_mean(key, ROLES)}")
        for at, header in enumerate(headers if isinstance(headers, list) else [headers]):
            cell = names.get(str(header).strip().casefold())
            if cell is None:
                message = f"no column {str(header)[:40]!r}, which `columns` names for {key}{_found(str(header), head)}"
                faults.append(Fault(path, head.line, 0, message))
            else:
                found.append(Column(cell, role._replace(at=role.at + at)))
    if faults:
        raise DraftError(faults)
    return found


def _complete(path: str, head: Record, columns: list[Column], preset: str | None) -> None:
    if any(column.role.key in {"text", "title", "thread"} for column in columns):
        return
    what = f"no column of {preset} holds the text" if preset else "no column is called text"
    way = "" if preset else ", nor does `columns` in the config name one"
    raise DraftError([Fault(path, head.line, 0, f"{what}{way}{_found('text', head)}")])


def _found(word: str, head: Record) -> str:
    names = ["".join(filter(str.isprintable, name.strip()))[:40] for name in head.cells if name.strip()]
    near = closest(word, names)
    return f"; the columns are {listed(names)}" + (f" – did you mean {near!r}?" if near else "")
