"""Reads what is left of a damaged table: everything before, behind and between its damaged pages."""

import sqlite3
from typing import Any

MOST_LOOKED_UP = 20_000
"""Numbers tried one by one behind a damage: more than a damaged page of the tree can hide."""

Found = dict[int, tuple[Any, ...]]


def readable_rows(rows: sqlite3.Connection, table: str, columns: str) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows of a table that can still be read, oldest first, and whether these are all. Never raises for what the
    file holds."""
    if not _has_table(rows, table):
        return [], False
    start, is_whole = scanned(rows, f"SELECT rowid, {columns} FROM {table} ORDER BY rowid")  # noqa: S608
    if is_whole:
        return list(start.values()), True
    end, _ = scanned(rows, f"SELECT rowid, {columns} FROM {table} ORDER BY rowid DESC")  # noqa: S608
    first, last = max(start, default=0) + 1, min(end, default=MOST_LOOKED_UP)
    between: Found = {}
    for number in range(first, min(last, first + MOST_LOOKED_UP)):
        between |= scanned(rows, f"SELECT rowid, {columns} FROM {table} WHERE rowid = {number}")[0]  # noqa: S608
    return [row for _, row in sorted((start | between | end).items())], False


def scanned(rows: sqlite3.Connection, statement: str) -> tuple[Found, bool]:
    """Rows by their number, up to the first damage, and whether there was none. The first column is the number."""
    found: Found = {}
    try:
        for number, *row in rows.execute(statement):
            found[number] = tuple(row)
    except sqlite3.Error:
        return found, False
    return found, True


def _has_table(rows: sqlite3.Connection, table: str) -> bool:
    """False also where the list of tables cannot be read: then no statement can."""
    try:
        return bool(rows.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchall())
    except sqlite3.Error:
        return False
