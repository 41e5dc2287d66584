"""What releases 6.2.1, 5.0.0 and 4.4.6 answered, asked again of worlds of those releases (protocol §18).

The recordings lie beside the project. Each row meets the spaces as they were at first, as in the recording.
"""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.sandbox.world import Profile, Release, Store
from durastore_tui.sandbox.worlds.preserved import nothing
from durastore_tui.sandbox.worlds.seeds import ADMIN_ONLY, PUBLIC, Seed, Stream
from tests.stand_in import Answer, StandIn, basic

FOLDER = Path(os.environ.get("DURASTORE_REAL") or Path(__file__).parents[3].parent / "shared" / "real") / "old"
RELEASES: Mapping[str, Release] = {"6.2.1": (6, 2, 1), "5.0.0": (5, 0, 0), "4.4.6": (4, 4, 6)}

STATUSES, BODIES = 0.998, 0.99
"""The least share of equal statuses, and of equal types and bodies."""


def _space(name: str, acls: Mapping[str, str], *streams: Stream, **properties: str) -> Seed:
    named = {key.replace("_", "-"): value for key, value in properties.items()}
    return Seed("1", name, 0, 0, "2020-01-01", acls, streams=streams, properties=named)


def _hidden(kind: str, host: str) -> Stream:
    """A distribution that no property tells of."""
    return Stream(kind, host, "RTMP", shown=False)


SPACES = (
    _space("chapel-recordings", PUBLIC, Stream("OPEN", "s3chapel0001", "RTMP"), Stream("OPEN", "d3chapel0001")),
    _space("football-films", ADMIN_ONLY, Stream("SECURE", "s3football01", "RTMP")),
    _space("lecture-series", ADMIN_ONLY, Stream("SECURE", "d3lectures77")),
    _space("yearbooks", PUBLIC),
    _space("reels", PUBLIC, Stream("OPEN", "s0reels0900a", "RTMP")),
    _space("maps", PUBLIC),
    _space("leftover", ADMIN_ONLY, streaming_host="gone.cloudfront.net", streaming_type="OPEN"),
    _space("hostless", ADMIN_ONLY, _hidden("OPEN", "shostless"), streaming_type="OPEN"),
    _space("typeless", ADMIN_ONLY, _hidden("OPEN", "stypeless"), streaming_host="stypeless.cloudfront.localhost"),
    _space("hls-typed", ADMIN_ONLY, hls_streaming_type="SECURE"),
    _space("hls-left", ADMIN_ONLY, hls_streaming_host="gone.cloudfront.net", hls_streaming_type="OPEN"),
)

MASKS = (
    (r"[a-z0-9]+\.cloudfront\.(net|localhost)(:\d+)?", "HOST"),
    (r"token=\w{20}", "token=TOKEN"),
    (r"Policy=[\w~-]+&Signature=[\w~-]+&Key-Pair-Id=\w+", "SIGNED"),
    (r"StringReader@[0-9a-f]+", "StringReader@HASH"),
    (r"\[+\.\]+", "[.]"),
)


@dataclass(frozen=True)
class Row:
    """One exchange."""

    release: str
    number: int
    note: str
    request: Mapping[str, Any]
    response: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.release} row {self.number}, {self.request['path']}: {self.note}"


EXCEPTIONS: Mapping[str, Callable[[Row], bool]] = {
    "S3 refuses an empty origin; the recording had no S3": lambda row: (
        "enable-hls" in row.request["path"] and '["", ""]' in (row.request["body"] or "")
    ),
}


def rows(release: str) -> list[Row]:
    file = FOLDER / f"{release}.jsonl"
    if not file.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no recordings at {FOLDER}; set DURASTORE_REAL")
        pytest.skip(f"no recordings at {FOLDER}")
    read = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    return [
        Row(release, number, row["note"], row["request"], row["response"]) for number, row in enumerate(read, start=1)
    ]


class Recording:
    """A world of one release with the spaces of the recording; each row finds them as they were."""

    def __init__(self, release: str) -> None:
        profile = Profile("lakeshore", "acme", "acme.example", RELEASES[release], (Store("1", "AMAZON_S3"),), "m")
        self._server = StandIn(worlds=((profile, SPACES, nothing),))

    def close(self) -> None:
        self._server.universe.close()

    def ask(self, row: Row) -> Answer:
        db = self._server.universe.engine.db
        with pytest.raises(_Undo), db.transaction():
            if row.note.startswith("reader of a SECURE space"):
                space = json.loads(row.request["body"])["spaceId"]
                self._server.task("enable-streaming", json.dumps({"spaceId": space, "secure": True}))
            found = self._ask(row)
            raise _Undo
        return found

    def _ask(self, row: Row) -> Answer:
        request = row.request
        login, headers = request["login"], tuple(request["headers"].items())
        known = login
        if login == "nobody":
            headers, known = (*headers, basic("user", "wrong")), None
        return self._server.ask(request["method"], request["path"], known, request["body"] or "", headers)


class _Undo(Exception):
    """Leaves a transaction without keeping what was written."""


def masked(text: str) -> str:
    for pattern, stands_for in MASKS:
        text = re.sub(pattern, stands_for, text)
    return text


def differences(row: Row, answer: Answer) -> list[str]:
    """Of status, type and body: which are not as recorded."""
    recorded = dict(row.response["headers"])
    equal = {
        "status": answer.status == row.response["status"],
        "type": answer.header("Content-Type") == recorded["Content-Type"],
        "body": masked(answer.text) == masked(row.response["body"]),
    }
    return [what for what, is_equal in equal.items() if not is_equal]


@pytest.mark.parametrize("release", RELEASES)
def test_a_world_answers_as_its_release_did(release: str) -> None:
    asked = [row for row in rows(release) if not any(excuses(row) for excuses in EXCEPTIONS.values())]
    recording = Recording(release)
    try:
        found = {row.name: differences(row, recording.ask(row)) for row in asked}
    finally:
        recording.close()
    wrong_status = [name for name, wrong in found.items() if "status" in wrong]
    wrong_body = [name for name, wrong in found.items() if wrong]
    assert len(wrong_status) <= (1 - STATUSES) * len(asked), wrong_status
    assert len(wrong_body) <= (1 - BODIES) * len(asked), wrong_body


def test_few_rows_are_excused() -> None:
    asked = [row for release in RELEASES for row in rows(release)]
    for reason, excuses in EXCEPTIONS.items():
        assert 0 < sum(map(excuses, asked)) <= 4, reason
