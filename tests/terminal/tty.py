"""A program on a real pseudo-terminal of its own."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

WITHIN = 30.0  # seconds before giving up; far more than anything takes
PROGRAM = (sys.executable, "-m", "durastore_tui")


def environment(home: Path, **more: str) -> dict[str, str]:
    """A person's environment with a home of its own and no server named."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH") if name in os.environ}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    return {"LANG": "C.UTF-8", **kept, "HOME": str(home), "TERM": "xterm-256color", **folders, **more}


class Tty:
    """Keys go in; `raw` is every byte that came out."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str], *, columns: int = 80, rows: int = 24) -> None:
        self.raw = b""
        self._ours, theirs = os.openpty()
        self._size(columns, rows)
        self.process = subprocess.Popen(
            words,
            env=dict(env),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(WITHIN)
        self.hang_up()

    @property
    def text(self) -> str:
        """What came out, readably."""
        return self.raw.decode(errors="replace")

    def press(self, keys: str | bytes) -> None:
        """Writes keys as a terminal would send them."""
        os.write(self._ours, keys.encode() if isinstance(keys, str) else keys)

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Reads until it is true; fails with what is to be seen when it never becomes so."""
        limit = time.monotonic() + WITHIN
        while not true():
            assert time.monotonic() < limit, f"never came: {what}\n{self.text}"
            assert self._read(0.1) or self.process.poll() is None, f"ended before: {what}\n{self.text}"

    def wait_for_more(self) -> None:
        """Reads until anything comes."""
        before = len(self.raw)
        self.wait_until(lambda: len(self.raw) > before, "more")

    def rest(self) -> None:
        """Reads until nothing comes for a while: what was to be painted stands there."""
        while self._read(0.4):
            pass

    def ended(self) -> int:
        """Reads until the program ends; returns its exit code, negative for the signal that killed it."""
        limit = time.monotonic() + WITHIN
        while self.process.poll() is None:
            assert time.monotonic() < limit, f"never ended\n{self.text}"
            self._read(0.1)
        while self._read(0):
            pass
        return self.process.returncode

    def stopped(self) -> bool:
        """Whether it is in the background."""
        return os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None

    def hang_up(self) -> None:
        """Takes the terminal away, as a dropped connection does."""
        if self._ours >= 0:
            os.close(self._ours)
            self._ours = -1

    def resize(self, columns: int, rows: int) -> None:
        """Makes the terminal another size."""
        self._size(columns, rows)
        self.process.send_signal(signal.SIGWINCH)

    def received(self, some: bytes) -> None:
        """What to do with bytes as they come."""
        self.raw += some

    def _read(self, within: float) -> bool:
        if self._ours < 0 or not select.select([self._ours], [], [], within)[0]:
            return False
        try:
            some = os.read(self._ours, 65536)
        except OSError:  # Linux says EIO when nobody has the other end any more
            return False
        self.received(some)
        return bool(some)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
