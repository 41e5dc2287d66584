"""A folder that goes with the process; what a killed one left is cleared by the next."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "durastore-sandbox-"
LOCK = "lock"


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """An empty folder, readable for this user alone. It is locked as long as the process lives."""
    root = Path(tempfile.gettempdir())
    _clear_left(root)
    # Locked before it has a name that a clearing process looks for.
    made = Path(tempfile.mkdtemp(prefix=f".{PREFIX}"))
    lock = _locked(made)
    folder = made.rename(root / made.name[1:])
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _clear_left(root: Path) -> None:
    """Removes the folders of this user that no living process has locked."""
    for folder in root.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _locked(folder: Path) -> int | None:
    """The open lock of a folder; None when another process holds it."""
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
