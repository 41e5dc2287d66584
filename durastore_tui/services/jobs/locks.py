"""Kernel locks between the processes of one person: they are let go when their holder dies, however it dies."""

from pathlib import Path
from urllib.parse import quote

from filelock import BaseFileLock, FileLock, Timeout


class Locks:
    """Named locks in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, BaseFileLock] = {}

    def hold(self, name: str) -> bool:
        """Takes the lock, or has it already; False while another process has it."""
        if name in self._held:
            return True
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self._file(name), timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._held[name] = lock
        return True

    def release(self, name: str) -> None:
        """Lets it go, if held."""
        if lock := self._held.pop(name, None):
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
        self.give_up(name)
        return False

    def give_up(self, name: str) -> None:
        """Lets it go for good: nobody will want that name again, and its file goes with it."""
        self.release(name)
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe='')}.lock"
