"""What the real server answered over HTTP, one file a task or family; read from where it lies."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.golden import required_folder

FOLDER = Path(os.environ.get("DURASTORE_REAL") or Path(__file__).parents[1].parent / "shared" / "real")


@dataclass(frozen=True)
class Exchange:
    """One recorded request with its answer. `path` is below the context, `family` the name of its file."""

    family: str
    note: str
    needs: str
    method: str
    path: str
    login: str | None
    headers: dict[str, str]
    body: bytes | None
    status: int
    answered: tuple[tuple[str, str], ...]
    text: str

    @property
    def content_type(self) -> str | None:
        return next((value for name, value in self.answered if name == "Content-Type"), None)

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        return f"{self.family}: {self.method} {self.path} as {self.login}{note}"


def recorded(pattern: str = "*.jsonl") -> list[Exchange]:
    """Every exchange of the files that match. Skips when they are not on this machine; fails in CI."""
    folder = required_folder(FOLDER, "recorded exchanges", "DURASTORE_REAL")
    return [one for file in sorted(folder.glob(pattern)) for one in _exchanges(file)]


def _exchanges(file: Path) -> Iterator[Exchange]:
    for line in file.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        asked, answer = row["request"], row["response"]
        yield Exchange(
            family=file.stem,
            note=row["note"],
            needs=row["needs"],
            method=asked["method"],
            path=asked["path"],
            login=asked["login"],
            headers=asked["headers"],
            body=_sent(row["note"], asked["body"]),
            status=answer["status"],
            answered=tuple((name, value) for name, value in answer["headers"]),
            text=answer["body"],
        )


def _sent(note: str, body: str | None) -> bytes | None:
    """The bytes of a request; those that are no UTF-8 are written down as `\\xff`."""
    if body is None:
        return None
    if note not in ("invalid utf-8", "utf-16", "latin1"):
        return body.encode()
    return re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), body).encode("latin-1")


_MASKS = (
    (r"akia[a-z0-9]{16}", "KEY"),  # the account's part of a bucket name
    (r"[\w.-]+\.cloudfront\.(?:net|localhost)(?::\d+)?", "STREAMING-HOST"),
    (r"(?:127\.0\.0\.1|localhost|acme\.duracloud\.org):\d+", "HOST"),
    (r"(?<=token=)[A-Za-z0-9]{20}", "TOKEN"),
    (r"(?<=<item>)[A-Za-z0-9]{20}(?=</item>)", "TOKEN"),
    (r'(?<="destinationPort" : )\d+', "PORT"),
    (r"\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}", "STAMP"),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", "TIME"),
    (r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} UTC \d{4}", "TIME"),
    (r"\b1[78]\d{11}\b", "MILLISECONDS"),
    (r"(Extended Request ID): [^;]+|(?<=Proxy): [^)]+|(?<=Request ID): [^;]+", "ID"),
    (r"\[+\.\]+", "[.]"),
    (r'\n      "(?:x-amz-content-sha256|Access-Control-Allow-Origin|x-amzn-requestid)" : "[^"]*",', ""),
)


def masked(text: str) -> str:
    """Without hosts, ports, times, ids made by the server, bucket keys and what the recording's S3 added to items.

    A run of brackets counts as one.
    """
    for pattern, word in _MASKS:
        text = re.sub(pattern, word, text)
    return text
