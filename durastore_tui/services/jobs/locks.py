"""Kernel locks between the processes of one person: they are let go when their holder dies, however it dies."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from filelock import BaseFileLock, FileLock, Timeout

from durastore_tui.config.files import open_private
from durastore_tui.config.places import make_folder_of

IN_USE = "in-use"


class Locks:
    """Named locks in a folder. Where the folder cannot be used, no lock is held, and every other holder may live."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, BaseFileLock] = {}

    def hold(self, name: str) -> bool:
        """Takes the lock, or has it already; False while another process has it, or when the folder is unusable."""
        if name in self._held:
            return True
        lock = FileLock(self._file(name), timeout=0, thread_local=False, mode=0o600)
        try:
            make_private_folder(self._folder)
            lock.acquire()
        except (Timeout, OSError):
            return False
        self._held[name] = lock
        return True

    def release(self, name: str) -> None:
        """Release the lock if held, and remove its file. A process that had opened the file creates a new one."""
        if lock := self._held.pop(name, None):
            with suppress(OSError):
                self._file(name).unlink(missing_ok=True)
            lock.release()

    def release_all(self) -> None:
        """Lets every lock go."""
        for name in tuple(self._held):
            self.release(name)

    def is_alive(self, name: str) -> bool:
        """Whether a process has it, this one included; a dead one's file is taken away."""
        if name in self._held:
            return True
        if not self.hold(name):
            return True
        self.release(name)
        return False

    def _file(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe='')}.lock"


class Use:
    """A shared lock that marks the journal as in use. A repair needs the exclusive one."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def begin(cls, folder: Path) -> "Use | None":
        """Take a shared lock; None while a repair runs. Raises OSError for an unusable folder."""
        return cls._taken(folder, fcntl.LOCK_SH)

    @classmethod
    def alone(cls, folder: Path) -> "Use | None":
        """Take the exclusive lock; None while another process has one. Raises OSError for an unusable folder."""
        return cls._taken(folder, fcntl.LOCK_EX)

    @classmethod
    def _taken(cls, folder: Path, how: int) -> "Use | None":
        make_private_folder(folder)
        descriptor = open_private(folder / IN_USE, os.O_RDWR)
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            os.close(descriptor)
            raise
        return cls(descriptor)

    def end(self) -> None:
        """Release the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def locks_folder(journal: Path) -> Path:
    """Where the locks of a journal are."""
    return journal.with_name(f"{journal.name}.locks")


def make_private_folder(folder: Path) -> None:
    """Creates the folder for this person alone, also when an old release left it open. Raises OSError."""
    make_folder_of(folder / "any")
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
