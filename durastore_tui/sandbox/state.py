"""Where the stand-in remembers: one SQLite database, in memory or in a file, one transaction a request."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Database:
    """Tables of all worlds. What was committed survives a kill -9 when there is a file."""

    def __init__(self, path: Path | None, schema: Iterable[str]) -> None:
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS memo (name TEXT PRIMARY KEY, value)")
        for statements in schema:
            self._connection.executescript(statements)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, for a whole request; entering it again inside adds nothing."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def each(self, sql: str, *values: object) -> Iterator[sqlite3.Row]:
        """Rows one by one, for results that may be long."""
        return iter(self._connection.execute(sql, _storable(values)))

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, _storable(values)).fetchall()

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(sql, _storable(values)).fetchone()
        return found

    def write(self, sql: str, *values: object) -> int:
        """Runs one statement; the number of rows that it touched."""
        return self._connection.execute(sql, _storable(values)).rowcount

    def write_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(sql, rows)

    def recall(self, name: str) -> float | str | None:
        row = self.row("SELECT value FROM memo WHERE name = ?", name)
        return None if row is None else row["value"]

    def remember(self, name: str, value: float | str) -> None:
        self.write(
            "INSERT INTO memo VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value
        )

    def clear(self) -> None:
        """Every table is empty afterwards."""
        for table in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
            self.write(f'DELETE FROM "{table["name"]}"')  # noqa: S608 - a name out of the catalogue

    def close(self) -> None:
        self._connection.close()


def _storable(values: Iterable[object]) -> tuple[object, ...]:
    """With `?` for half a surrogate pair, which JSON can escape and nothing else can hold."""
    return tuple(
        value.encode("utf-8", "replace").decode() if isinstance(value, str) and not value.isascii() else value
        for value in values
    )
