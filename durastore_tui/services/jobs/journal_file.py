"""Opens the journal's file: to change it, or at least to read what it has."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from durastore_tui.services.jobs import journal_trouble
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.layouts import LAYOUT, bring_up_to_date, layout_of
from durastore_tui.services.jobs.locks import Use, locks_folder

BUSY_SECONDS = 10.0


class JournalFile:
    """A connection to the file. `use` keeps `jobs repair` away; without it the file is only read."""

    def __init__(self, path: Path, rows: sqlite3.Connection, use: Use | None = None) -> None:
        self.rows = rows
        self._path = path
        self._use = use
        self._identity = _identity(path)

    @property
    def is_in_place(self) -> bool:
        """Whether the path still names this file: it may have been moved or removed meanwhile."""
        return self._identity == _identity(self._path)

    def close(self) -> None:
        """Close the connection, and let a repair begin."""
        self.rows.close()
        if self._use:
            self._use.end()


def open_to_write(path: Path) -> JournalFile:
    """Open the journal, or create it, for this person alone. A journal of an old layout is converted.

    Raises JournalTrouble.
    """
    use: Use | None = None
    rows: sqlite3.Connection | None = None
    try:
        use = Use.begin(locks_folder(path))
        if use is None:
            raise journal_trouble.in_repair(path)
        if not os.path.lexists(path):
            create(path)
        _check_place(path)
        rows = _checked(path)
        return JournalFile(path, rows, use)
    except (OSError, sqlite3.Error, JournalTrouble) as error:
        if rows:
            rows.close()
        if use:
            use.end()
        raise error if isinstance(error, JournalTrouble) else journal_trouble.of_error(path, error) from error


def open_to_read(path: Path) -> JournalFile | None:
    """Open what cannot be changed, as far as it can be read; None when nothing can."""
    for how in ("mode=ro", "mode=ro&immutable=1"):  # the second one needs no write access to the folder
        with suppress(sqlite3.Error, OSError):
            if not path.is_file():
                return None
            rows = _connected(f"file:{quote(str(path))}?{how}", uri=True)
            try:
                rows.execute("SELECT name FROM sqlite_master").fetchall()
            except sqlite3.Error:
                rows.close()
                raise
            return JournalFile(path, rows)
    return None


def check(path: Path) -> None:
    """Raise JournalTrouble unless the file is a journal that can be used. Nothing else may use it meanwhile."""
    try:
        _check_place(path)
        _checked(path).close()
    except (OSError, sqlite3.Error) as error:
        raise journal_trouble.of_error(path, error) from error


def create(path: Path) -> None:
    """Create an empty journal. It appears at once and complete, unless another process was faster."""
    with new_file(path) as new:
        _give_name(new, path)


@contextmanager
def new_file(path: Path, entries: Iterable[tuple[str, Iterable[tuple[object, ...]]]] = ()) -> Iterator[Path]:
    """A whole journal beside `path` with these rows, each with the statement that inserts them; removed at the end."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # readable for its owner alone
    os.close(handle)
    new = Path(name)
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as rows:
            rows.execute("PRAGMA journal_mode = WAL")
            bring_up_to_date(rows)
            rows.execute("BEGIN")
            for statement, values in entries:
                rows.executemany(statement, values)
            rows.execute("COMMIT")
        yield new
    finally:
        for each in (new, *side_files(new)):
            each.unlink(missing_ok=True)


def side_files(path: Path) -> tuple[Path, Path]:
    """What SQLite keeps beside the file: the newest pages, and an index of them."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _connected(name: str | Path, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri)


def _give_name(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not os.path.lexists(path):
            new.rename(path)


def _check_place(path: Path) -> None:
    if not path.is_file():
        raise journal_trouble.damaged(path, f"it is {'a folder' if path.is_dir() else 'not a regular file'}")
    if path.stat().st_size == 0:  # a new journal appears complete, so this one was cut
        raise journal_trouble.damaged(path, "it is empty")
    for place in (path, path.parent):
        if not os.access(place, os.W_OK):
            raise journal_trouble.read_only(path, f"{place} is read-only")


def _checked(path: Path) -> sqlite3.Connection:
    rows = _connected(path)
    try:
        if layout_of(rows) > LAYOUT:
            raise journal_trouble.newer(path)
        if damage := _damage(path, rows):
            raise journal_trouble.damaged(path, damage)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            rows.execute(f"PRAGMA {pragma}")
        if layout_of(rows) < LAYOUT:
            bring_up_to_date(rows)
    except BaseException:
        rows.close()
        raise
    return rows


def _damage(path: Path, rows: sqlite3.Connection) -> str:
    """What is wrong inside of the file; nothing when it is whole."""
    (answer,) = rows.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        return " ".join(answer.split())
    names = {name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"jobs", "claims"} <= names:
        return "it has no table of jobs"
    newest, _ = side_files(path)
    if newest.exists() and newest.stat().st_size:
        return ""  # the file may be shorter than it will be: its last pages are not in it yet
    (pages,), (size,) = (rows.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    return "its end is missing" if path.stat().st_size < pages * size else ""


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
