"""Rows on stdout: a table for people, JSON and CSV for programs."""

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import MappingProxyType
from typing import Any, TextIO

from durastore_tui.cli.counter import Counter
from durastore_tui.cli.table import Table
from durastore_tui.core.errors import BadInput
from durastore_tui.core.text import cells, json_with_escapes, safe

Row = Mapping[str, Any]
Brief = Mapping[str, Callable[[Any], str]]
Show = Callable[[Row], None]

TABLE, WIDE, JSON, JSONL, CSV = "table", "wide", "json", "jsonl", "csv"
FORMATS = (TABLE, WIDE, JSON, JSONL, CSV)


class Printer:
    """Writes in one format. A table holds no character that a terminal obeys or hides, and on a terminal no other
    format does; in a pipe or a file those are exact."""

    def __init__(
        self,
        out: TextIO,
        form: str | None,
        known: Sequence[str] = FORMATS,
        brief: Brief = MappingProxyType({}),
        counter: Counter | None = None,
    ) -> None:
        """`brief` says by field what a table shows of values that are too long for it; `counter` counts rows that go
        elsewhere than to the terminal. Raises BadInput for a format that is not `known`."""
        if (form or TABLE) not in known:
            raise BadInput("output", f"This command does not support -o {form}. Use one of: {', '.join(known)}.")
        self.form = TABLE if form in (None, WIDE) else form
        self._out = out
        self._brief = brief
        on_terminal = out.isatty()
        self._width = _width(out) if on_terminal and form != WIDE else None
        self._shown: Callable[[str], str] = safe if on_terminal else str
        self._counter = None if on_terminal else counter

    @contextmanager
    def rows(self, fields: Sequence[str]) -> Iterator[Show]:
        """Gives a function that takes rows; they are printed as they come, and the header before the first of them.

        After an error a JSON array stays open, so that nobody takes a part for the whole.
        """
        ways: Mapping[str, Callable[[Sequence[str]], AbstractContextManager[Show]]] = {
            JSON: self._json_array,
            JSONL: self._json_lines,
            CSV: self._csv,
        }
        counter = self._counter
        with ways.get(self.form, self._table)(fields) as show:
            if counter is None:
                yield show
                return

            def show_and_count(row: Row) -> None:
                show(row)
                counter.add()

            try:
                yield show_and_count
            finally:
                counter.clear()

    def one(self, row: Row, table_row: Row | None = None) -> None:
        """A single thing: an object, or lines of name and value, which can be those of another `table_row`."""
        match self.form:
            case "json":
                self._line(_dumps(row, indent=2))
            case "jsonl":
                self._line(_dumps(row))
            case "csv":
                with self.rows(tuple(row)) as show:
                    show(row)
            case _:
                self._sheet(row if table_row is None else table_row)

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
            self._line(self._shown(text))

    def _line(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()

    @contextmanager
    def _json_array(self, fields: Sequence[str]) -> Iterator[Show]:
        count = 0

        def show(row: Row) -> None:
            nonlocal count
            self._out.write((",\n" if count else "[\n") + "  " + _dumps(row))
            count += 1

        yield show
        self._line("\n]" if count else "[]")

    @contextmanager
    def _json_lines(self, fields: Sequence[str]) -> Iterator[Show]:
        yield lambda row: self._line(_dumps(row))

    @contextmanager
    def _csv(self, fields: Sequence[str]) -> Iterator[Show]:
        writer = csv.writer(self._out, lineterminator="\n")
        begun = False

        def begin() -> None:
            nonlocal begun
            if not begun:
                writer.writerow(map(self._shown, fields))
                begun = True

        def show(row: Row) -> None:
            begin()
            writer.writerow([self._shown(_exact(row.get(name))) for name in fields])

        yield show
        begin()

    @contextmanager
    def _table(self, fields: Sequence[str]) -> Iterator[Show]:
        table = Table(fields, self._line, self._width)

        def show(row: Row) -> None:
            values = [row.get(name) for name in fields]
            texts = [safe(self._brief.get(name, _text)(value)) for name, value in zip(fields, values, strict=True)]
            table.add(texts, [isinstance(value, int | float) and not isinstance(value, bool) for value in values])

        try:
            yield show
        except BaseException:
            table.print_rest()
            raise
        table.end()


def _width(out: TextIO) -> int | None:
    """Of the terminal, in cells; None for one that does not tell."""
    try:
        return os.get_terminal_size(out.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _dumps(value: object, indent: int | None = None) -> str:
    return json_with_escapes(json.dumps(value, ensure_ascii=False, indent=indent))


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
