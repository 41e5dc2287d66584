"""What can be wrong with a journal's file, each as something that a test does to a whole journal."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGE = 4096


def garbage(path: Path) -> None:
    """Something else was written over it."""
    path.write_bytes(b"this is no database, and longer than a header of a hundred bytes: " * 90)


def header(path: Path) -> None:
    """The first page was overwritten; what comes behind it is whole."""
    written = path.read_bytes()
    path.write_bytes(b"\x00garbage" * (PAGE // 8) + written[PAGE:])


def cut_the_last_quarter(path: Path) -> None:
    """The last quarter is missing."""
    written = path.read_bytes()
    path.write_bytes(written[: len(written) * 3 // 4])


def cut_inside_a_page(path: Path) -> None:
    """Not even its last page is whole."""
    path.write_bytes(path.read_bytes()[:-1000])


def cut_to_nothing(path: Path) -> None:
    """Nothing is left of it."""
    path.write_bytes(b"")


def damaged_pages(path: Path) -> None:
    """Every third page was overwritten, but for the first."""
    written = bytearray(path.read_bytes())
    for page in range(2 * PAGE, len(written), 3 * PAGE):
        written[page : page + PAGE] = b"\xa5" * PAGE
    path.write_bytes(bytes(written))


def no_table(path: Path) -> None:
    """It is a database of somebody else."""
    with closing(sqlite3.connect(path)) as rows:
        rows.executescript("DROP TABLE claims; DROP TABLE jobs; CREATE TABLE songs (name TEXT)")


def directory(path: Path) -> None:
    """A directory is in its place."""
    path.unlink()
    path.mkdir()
    (path / "something").touch()


DAMAGES: tuple[Callable[[Path], None], ...] = (
    garbage,
    header,
    cut_the_last_quarter,
    cut_inside_a_page,
    cut_to_nothing,
    damaged_pages,
    no_table,
    directory,
)


def newer_version(path: Path) -> None:
    """Not a damage: a newer version of the program wrote it."""
    with closing(sqlite3.connect(path)) as rows:
        rows.execute("PRAGMA user_version = 1000")
