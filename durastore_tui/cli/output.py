"""Rows on stdout: a table for people, exact JSON and CSV for programs."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, TextIO

from durastore_tui.core.errors import BadInput
from durastore_tui.core.text import cells, safe

Row = Mapping[str, Any]
Brief = Mapping[str, Callable[[Any], str]]
Show = Callable[[Row], None]

TABLE, JSON, JSONL, CSV = "table", "json", "jsonl", "csv"
FORMATS = (TABLE, JSON, JSONL, CSV)

# JSON carries these exactly as escapes too, and a terminal does not obey an escape
UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Printer:
    """Writes in one format. Table cells have control characters made visible; the other formats are exact."""

    def __init__(
        self, out: TextIO, form: str | None, known: Sequence[str] = FORMATS, brief: Brief = MappingProxyType({})
    ) -> None:
        """`brief` says by field what a table shows of values that are too long for it."""
        self.out = out
        self._brief = brief
        self.form = form or TABLE
        if self.form not in known:
            raise BadInput("output", f"-o {self.form} is not for this command; it knows {', '.join(known)}.")

    @contextmanager
    def rows(self, fields: Sequence[str]) -> Iterator[Show]:
        """Gives a function that takes rows; they are printed as they come, a table at the end.

        After an error a JSON array stays open, so that nobody takes a part for the whole.
        """
        match self.form:
            case "json":
                yield from self._json_array()
            case "jsonl":
                yield lambda row: self._line(_dumps(row))
            case "csv":
                yield from self._csv(fields)
            case _ if len(fields) == 1:
                yield from self._list(fields[0])
            case _:
                yield from self._table(fields)

    def one(self, row: Row) -> None:
        """A single thing: an object, or lines of name and value."""
        match self.form:
            case "json":
                self._line(_dumps(row, indent=2))
            case "jsonl":
                self._line(_dumps(row))
            case "csv":
                with self.rows(tuple(row)) as show:
                    show(row)
            case _:
                self._sheet(row)

    def _sheet(self, row: Row) -> None:
        width = max((cells(safe(name)) for name in row), default=0)
        for name, value in row.items():
            if isinstance(value, list) and value:
                texts = [_text(item) for item in value]
            else:
                texts = [self._brief.get(name, _text)(value)]
            for label, text in zip((name, *[""] * len(texts)), texts, strict=False):
                self._line(f"{_padded(safe(label), width)}  {safe(text)}")

    def reply(self, text: str) -> None:
        """A reply of the server as it came: JSON stays JSON, other text is a JSON string where JSON is asked for."""
        if self.form == TABLE:
            for line in text.split("\n"):
                self._line(safe(line))
            return
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        if isinstance(value, dict):
            self.one(value)
        elif self.form == CSV:
            self.one({"result": value})
        else:
            self._line(_dumps(value))

    def lines(self, texts: Sequence[str]) -> None:
        """Lines that are already what they should be: curl lines, playlists."""
        for text in texts:
            self._line(text)

    def _line(self, text: str) -> None:
        self.out.write(text + "\n")
        self.out.flush()

    def _json_array(self) -> Iterator[Show]:
        count = 0

        def show(row: Row) -> None:
            nonlocal count
            self.out.write((",\n" if count else "[\n") + "  " + _dumps(row))
            count += 1

        yield show
        self._line("\n]" if count else "[]")

    def _csv(self, fields: Sequence[str]) -> Iterator[Show]:
        writer = csv.writer(self.out, lineterminator="\n")
        writer.writerow(fields)
        yield lambda row: writer.writerow([_exact(row.get(name)) for name in fields])

    def _list(self, field: str) -> Iterator[Show]:
        self._line(field)
        yield lambda row: self._line(safe(_text(row[field])))

    def _table(self, fields: Sequence[str]) -> Iterator[Show]:
        held: list[list[str]] = [list(fields)]
        numbers = [True] * len(fields)

        def show(row: Row) -> None:
            for column, name in enumerate(fields):
                numbers[column] &= isinstance(row.get(name), int | float) and not isinstance(row.get(name), bool)
            held.append([safe(self._brief.get(name, _text)(row.get(name))) for name in fields])

        yield show
        widths = [max(cells(line[column]) for line in held) for column in range(len(fields))]
        for line in held:
            padded = [_padded(*column) for column in zip(line, widths, numbers, strict=True)]
            self._line("  ".join(padded if numbers[-1] else [*padded[:-1], line[-1]]))


def _dumps(value: object, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _padded(text: str, width: int, right: bool = False) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space


def _exact(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _dumps(value)


def _text(value: object) -> str:
    match value:
        case None | "":
            return "-"
        case bool():
            return "yes" if value else "no"
        case dict():
            return ", ".join(f"{name}={_text(held)}" for name, held in value.items()) or "-"
        case list() | tuple():
            return "; ".join(_text(held) for held in value) or "-"
    return str(value)
