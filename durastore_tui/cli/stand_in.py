"""The stand-in server as a child process, which never outlives us."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import durastore_tui
from durastore_tui.core.errors import Unreachable
from durastore_tui.core.secret import for_children

SPEED = 45
READY_WITHIN = 30.0
GENTLY = 5  # the UI, which starts beside it, goes first


class StandIn:
    """It ends when its standard input closes, so that even a kill -9 of us takes it along."""

    def __init__(self, data: Path, *, edge_port: int = 0, claim: int | None = None) -> None:
        self._log = data.with_suffix(".log")
        how = ("--speed", str(SPEED), "--data", str(data), "--edge-port", str(edge_port))
        with self._log.open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603  # our own interpreter and package
                [sys.executable, "-m", "durastore_tui", "sandbox", "--exit-with-stdin", *how],
                cwd=Path(durastore_tui.__file__).parent.parent,  # where -m finds this very package
                env=for_children(os.environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=() if claim is None else (claim,),
                start_new_session=True,
            )
        os.setpriority(os.PRIO_PROCESS, self._child.pid, GENTLY)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._child.poll() is None

    async def ready(self) -> dict[str, object]:
        """Waits for the ready line (cli.md, sandbox); raises Unreachable with the last words of the process."""
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        pipe, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), self._child.stdout)
        try:
            async with asyncio.timeout(READY_WITHIN):
                ready: dict[str, object] = json.loads(await reader.readline())
                return ready
        except (TimeoutError, ValueError) as wrong:
            raise Unreachable("start the stand-in server", None, self._last_words()) from wrong
        finally:
            pipe.close()

    def close(self) -> None:
        """Ends it and waits until it has ended."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                pipe.close()
        for number in (None, signal.SIGTERM, signal.SIGKILL):
            if number:
                self._child.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(timeout=3)
                return

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").splitlines()
        return next((line for line in reversed(lines) if line.strip()), "it said nothing")
