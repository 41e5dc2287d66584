"""The demo's lasting data: one file a world in the state folder, with one owner at a time."""

import fcntl
import os
import shutil
import socket
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from durastore_tui.config import places
from durastore_tui.config.files import open_private

COPY = "durastore-demo-"


def _locked(file: Path) -> int | None:
    """The open lock, or None when another process holds it."""
    # not filelock: its import costs a third of a first paint, and its lock would not pass on to the child
    held = open_private(file, os.O_RDWR)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held


class DemoCopy:
    """A temporary folder for a copy that ends with its demo. Copies that a killed demo left are cleared first."""

    def __init__(self) -> None:
        temporary = Path(tempfile.gettempdir())
        for left in temporary.glob(f"{COPY}*"):
            with suppress(OSError):
                if left.is_symlink() or left.stat().st_uid != os.getuid():
                    continue
                if (held := _locked(left / "lock")) is not None:
                    shutil.rmtree(left)
                    os.close(held)
        # locked before it has a name that a clearing demo looks for
        made = Path(tempfile.mkdtemp(prefix=f".{COPY}", dir=temporary))
        self.claim = _locked(made / "lock")
        self.folder = made.rename(temporary / made.name[1:])

    def remove(self) -> None:
        """Leaves nothing of it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.claim is not None:
            os.close(self.claim)
            self.claim = None


class DemoData:
    """The file of one world. Who has the lock on its neighbour owns it; the neighbour's mtime is its birth."""

    def __init__(self, world: str) -> None:
        folder = places.state() / "demo"
        self.file = folder / f"{world}.sqlite3"
        self._lock = folder / f"{world}.owner"
        self._port = folder / f"{world}.edge-port"
        self.claim: int | None = None

    def claimed(self) -> bool:
        """Claim the data; False while another process has it. A child that inherits the descriptor `claim` shares it.

        Raises OSError where the state folder cannot be written.
        """
        places.make_folder_of(self._lock)
        self.claim = _locked(self._lock)
        return self.claim is not None

    @property
    def edge_port(self) -> int:
        """The port that is part of this world's streaming hosts; 0, any, when it is not known or not free."""
        try:
            port = int(self._port.read_text())
            with closing(socket.create_server(("127.0.0.1", port))):
                return port
        except (OSError, ValueError, OverflowError):
            return 0

    @edge_port.setter
    def edge_port(self, port: int) -> None:
        self._port.write_text(str(port))

    def older_than(self, age: timedelta, now: datetime) -> bool:
        """Whether the data was begun longer ago than that."""
        return now - datetime.fromtimestamp(self._lock.stat().st_mtime, UTC) > age

    def begin(self, now: datetime) -> None:
        """Throws the data away, and dates what comes."""
        for ending in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        os.utime(self._lock, (now.timestamp(), now.timestamp()))

    def copy_to(self, file: Path) -> None:
        """Makes a whole copy, also while the owner writes."""
        import sqlite3

        with closing(sqlite3.connect(self.file)) as held, closing(sqlite3.connect(file)) as copy:
            held.backup(copy)

    def release(self) -> None:
        """Leaves the data to others, once the child has ended too."""
        if self.claim is not None:
            os.close(self.claim)
            self.claim = None
