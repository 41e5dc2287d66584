"""The requests of this machine in a file: redacted, one JSON object a line, begun anew when it is long."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any

from durastore_tui.api.request_log import Request, RequestLog
from durastore_tui.config import places
from durastore_tui.config.files import append_to_file

MOST_BYTES = 2_000_000


def kept_log() -> RequestLog:
    """A log of requests that go into this machine's file too."""
    log = RequestLog()
    log.subscribe(RequestFile(places.requests()).add)
    return log


class RequestFile:
    """Two files at most: the one that is written, and the one before. Several processes may add to it at once."""

    def __init__(self, file: Path, most_bytes: int = MOST_BYTES) -> None:
        self._file = file
        self._before = file.with_name(f"{file.name}.1")
        self._most_bytes = most_bytes

    def add(self, request: Request) -> None:
        """Writes one line; a disk that is full or gone, or a missing folder, stops no request."""
        line = json.dumps(_row(request)) + "\n"
        with suppress(OSError):
            places.make_folder_of(self._file)
            self._append(line.encode())

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """What was written, oldest first; half a line and a file that cannot be read are left out."""
        for file in (self._before, self._file):
            with suppress(OSError), file.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    if (row := _read(line)) is not None:
                        yield row

    def _append(self, line: bytes) -> None:
        written = append_to_file(self._file, line)
        if written.st_size >= self._most_bytes and os.path.samestat(written, self._file.stat()):
            self._file.replace(self._before)  # unless another process did it just now: then ours is the new one's past


def _row(request: Request) -> Mapping[str, Any]:
    return {
        "at": request.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "method": request.method,
        "path": request.path,
        "status": request.status,
        "ms": round(request.ms, 1),
        "bytes": request.bytes,
        "task": request.task,
    }


def _read(line: str) -> Mapping[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
