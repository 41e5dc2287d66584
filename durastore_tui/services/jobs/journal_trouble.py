"""Why the journal cannot be used, in one line that names the file and the way out."""

import errno
import sqlite3
from pathlib import Path

from durastore_tui.core.errors import BadInput

DAMAGED = "Quit every durastore-tui, then run `durastore-tui jobs repair`."
MAKE_WRITABLE = "Make it writable, or set XDG_STATE_HOME to a folder that is."
FREE_SPACE = "Free some space, then try again."
TRY_AGAIN = "Try again in a moment."
UPDATE = "Update durastore-tui, or move the file away."

REPAIRABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


class JournalTrouble(BadInput):
    """Nothing can be journaled, so nothing is sent. `repairable` says whether `jobs repair` helps."""

    def __init__(self, path: Path, what: str, fix: str, *, repairable: bool = False) -> None:
        super().__init__("journal", f"The journal {path} {what}. No changes can be sent. {fix}")
        self.path = path
        self.what = what
        self.repairable = repairable


def damaged(path: Path, how: str) -> JournalTrouble:
    """What stands at the path cannot be read as a journal."""
    return JournalTrouble(path, f"is damaged ({how})", DAMAGED, repairable=True)


def newer(path: Path) -> JournalTrouble:
    """The file is whole, and this version does not know its layout."""
    return JournalTrouble(path, "was written by a newer version of durastore-tui", UPDATE)


def in_repair(path: Path) -> JournalTrouble:
    """Another process replaces the file just now."""
    return JournalTrouble(path, "is being repaired by another process", TRY_AGAIN)


def closed(path: Path) -> JournalTrouble:
    """This process does not use it any more."""
    return JournalTrouble(path, "is closed", TRY_AGAIN)


def read_only(path: Path, what: str) -> JournalTrouble:
    """The file or the folder does not let us write."""
    return JournalTrouble(path, f"cannot be written ({what})", MAKE_WRITABLE)


def of_error(path: Path, error: OSError | sqlite3.Error) -> JournalTrouble:
    """The trouble that an error of the system or of SQLite means."""
    if isinstance(error, OSError):
        if error.errno in NO_SPACE:
            return JournalTrouble(path, "cannot be written (the disk is full)", FREE_SPACE)
        where = f"{error.strerror or type(error).__name__}: {error.filename or path}"
        return JournalTrouble(path, f"cannot be opened ({where})", MAKE_WRITABLE)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF  # the rest of the bits are details
    if code in REPAIRABLE:
        return damaged(path, str(error))
    if code in READ_ONLY:
        return read_only(path, str(error))
    if code == sqlite3.SQLITE_FULL:
        return JournalTrouble(path, "cannot be written (the disk is full)", FREE_SPACE)
    if code in BUSY:
        return JournalTrouble(path, "is locked by another process", TRY_AGAIN)
    return JournalTrouble(path, f"cannot be used ({error})", "Check the disk, then try again.")
