"""A whole listing into a file, page by page, however long; what was broken off is gone on with."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from durastore_tui.core.errors import Malformed
from durastore_tui.core.tasks.snapshots import Item
from durastore_tui.services.contents import PAGE, Page, Source, pages
from durastore_tui.services.partial_file import Mark, PartialFile

COLUMNS = ("contentId", "content-size", "content-mimetype", "content-checksum", "content-modified")
REST = "contentProperties"
"""The columns of a CSV file, under the server's own names: the last holds all properties as JSON."""


class Form(StrEnum):
    """What it is written as; JSON and JSONL hold the rows of the command line."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows and bytes in the file; `total` rows where the server says it; `resumed` rows were there before."""

    rows: int
    bytes: int
    total: int | None
    resumed: int = 0


async def export(
    source: Source, of: Mapping[str, str], path: Path, form: Form, told: Callable[[Progress], None]
) -> Progress:
    """Writes every item; `of` names the listing, so that only a part of the same one is gone on with.

    A cancelled or failed export leaves `NAME.partial`. Raises BadInput for the file, DuraStoreError for the
    server: Malformed when the listing is not the same from one page to the next.
    """
    write = _writer(form, source.described)
    file = await asyncio.to_thread(PartialFile, path, {**of, "form": form.value})
    try:
        resumed = file.mark.rows
        if file.mark.pages:
            source.go_on(file.mark.pages, file.mark.after)
        total: int | None = None
        async for page in pages(source, file.mark.pages):
            _check(page, total, file.mark.rows, path)
            total = page.total
            mark = await asyncio.to_thread(_add, file, page, write)
            told(Progress(mark.rows, mark.bytes, total, resumed))
        await asyncio.to_thread(file.finish, write.end(file.mark.rows).encode())
        return Progress(file.mark.rows, file.mark.bytes, total, resumed)
    finally:
        file.close()


def _check(page: Page, total: int | None, rows: int, path: Path) -> None:
    if total is not None and page.total != total:
        why = f"it had {total:,} items and now has {page.total or 0:,}; delete {path.name}.partial and begin anew"
        raise Malformed("the listing", None, why)
    if page.total is not None and len(page.items) != max(0, min(PAGE, page.total - rows)):
        raise Malformed("the listing", None, f"a page after {rows:,} of {page.total:,} items has {len(page.items):,}")


def _add(file: PartialFile, page: Page, write: Writer) -> Mark:
    before = file.mark
    piece = write(page.items, first=not before.rows).encode("utf-8", "backslashreplace")  # half a character has none
    after = page.ids[-1] if page.items else before.after
    mark = Mark(before.pages + 1, before.rows + len(page.items), before.bytes + len(piece), after)
    file.add(piece, mark)
    return mark


class Writer(Protocol):
    """Pages as text, `first` with what stands before all rows; `end` stands after them."""

    def __call__(self, items: Iterable[Item], first: bool) -> str: ...

    def end(self, rows: int) -> str: ...


def _writer(form: Form, described: bool) -> Writer:
    match form:
        case Form.CSV:
            return _Csv(described)
        case Form.JSON:
            return _Json(described)
        case Form.JSONL:
            return _Lines(described)


@dataclass(frozen=True, slots=True)
class _Csv:
    described: bool

    def __call__(self, items: Iterable[Item], first: bool) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if first:
            writer.writerow((*COLUMNS, REST) if self.described else COLUMNS[:1])
        writer.writerows(map(self._row, items))
        return text.getvalue()

    def _row(self, item: Item) -> Sequence[str | None]:
        if not self.described:
            return (item.content_id,)
        held = item.content_properties or {}
        rest = json.dumps(dict(held), ensure_ascii=False) if held else ""
        return (item.content_id, *(held.get(name, "") for name in COLUMNS[1:]), rest)

    def end(self, rows: int) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class _Lines:
    described: bool

    def __call__(self, items: Iterable[Item], first: bool) -> str:
        return "".join(f"{row}\n" for row in _rows(items, self.described))

    def end(self, rows: int) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class _Json:
    described: bool

    def __call__(self, items: Iterable[Item], first: bool) -> str:
        rows = ",\n".join(f"  {row}" for row in _rows(items, self.described))
        return ("[\n" if first else ",\n") + rows if rows else ""

    def end(self, rows: int) -> str:
        return "\n]\n" if rows else "[]\n"


def _rows(items: Iterable[Item], described: bool) -> Iterator[str]:
    """As the command line prints them."""
    for item in items:
        row: dict[str, object] = {"contentId": item.content_id}
        if described:
            row["contentProperties"] = item.content_properties
        yield json.dumps(row, ensure_ascii=False)
