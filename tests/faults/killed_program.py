"""The program, which kills itself at one of its steps.

python -m tests.faults.killed_program STEP WORDS...

The steps are counted from 1: a write is about to be sent, its answer has come, and a change of the journal is about to
be committed. Between two commits nothing that outlives the program happens but a write.
"""

import os
import signal
import sqlite3
import sys
from typing import Any

import httpx

from durastore_tui.cli.main import run


class Steps:
    """Counts the steps, and kills the program at the one that is `last`."""

    def __init__(self, last: int) -> None:
        self._left = last

    def step(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(self, statement: str) -> None:
        """Called by SQLite before it executes a statement."""
        if statement.upper().startswith("COMMIT"):
            self.step()

    def watch(self) -> None:
        """Count the steps from now on."""
        connect, send = sqlite3.connect, httpx.AsyncHTTPTransport.handle_async_request

        def connect_traced(*words: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*words, **options)
            connection.set_trace_callback(self.traced)
            return connection

        async def send_counted(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            writes = request.method == "POST"
            if writes:
                self.step()
            response = await send(transport, request)
            if writes:
                self.step()
            return response

        sqlite3.connect = connect_traced  # type: ignore[assignment]
        httpx.AsyncHTTPTransport.handle_async_request = send_counted  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    Steps(int(sys.argv[1])).watch()
    sys.exit(run(sys.argv[2:]))
