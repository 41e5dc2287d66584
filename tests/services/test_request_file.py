"""The file of requests."""

import os
import stat
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from durastore_tui.api.request_log import Request
from durastore_tui.services.request_file import RequestFile

AT = datetime(2026, 11, 24, 8, 15, 0, 250_000, tzinfo=UTC)


def request(path: str) -> Request:
    return Request(AT, "POST", path, 200, 12.34, 56, "noop", '{"secret": 1}', "words")


def test_a_request_is_a_line_without_its_body_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    RequestFile(file).add(request("/task/noop"))
    assert list(RequestFile(file).rows()) == [
        {
            "at": "2026-11-24T08:15:00.250Z",
            "method": "POST",
            "path": "/task/noop",
            "status": 200,
            "ms": 12.3,
            "bytes": 56,
            "task": "noop",
        }
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_long_file_is_begun_anew_and_the_one_before_is_still_read(tmp_path: Path) -> None:
    log = RequestFile(tmp_path / "requests.jsonl", most_bytes=1000)
    for number in range(100):
        log.add(request(f"/{number}"))
    paths = [row["path"] for row in log.rows()]
    assert paths == [f"/{number}" for number in range(100)][-len(paths) :]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 2500


def test_a_line_that_was_cut_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    RequestFile(file).add(request("/whole"))
    with file.open("a") as more:
        more.write('{"at": "2026\n7\n')
    assert [row["path"] for row in RequestFile(file).rows()] == ["/whole"]


def test_a_disk_that_cannot_be_written_stops_no_request(tmp_path: Path) -> None:
    RequestFile(tmp_path / "no" / "such" / "folder.jsonl").add(request("/x"))


def test_of_several_processes_that_find_the_file_too_long_one_begins_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = RequestFile(tmp_path / "requests.jsonl")
    for number in range(9):
        log.add(request(f"/old/{number}"))
    first, late = RequestFile(tmp_path / "requests.jsonl", most_bytes=1), RequestFile(tmp_path / "requests.jsonl", 1)
    close = os.close

    def overtaken(descriptor: int) -> None:
        """Between its write and its look at the file, another process begins it anew and writes a line."""
        close(descriptor)
        monkeypatch.setattr(os, "close", close)
        first.add(request("/first"))
        log.add(request("/anew"))

    monkeypatch.setattr(os, "close", overtaken)
    late.add(request("/late"))
    assert [row["path"] for row in log.rows()] == [*(f"/old/{n}" for n in range(9)), "/late", "/first", "/anew"]


def test_lines_of_many_processes_stay_whole_and_hostile_text_stays_one_line(tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    hostile = "/a\nb\x1b]2;x\x07\u2028\ud800"
    script = (
        "import sys; from pathlib import Path; from tests.services.test_request_file import RequestFile, request\n"
        "for n in range(200): RequestFile(Path(sys.argv[1])).add(request(sys.argv[2] * 40 + str(n)))"
    )
    children = [subprocess.Popen([sys.executable, "-c", script, str(file), name]) for name in "xyz"]
    assert [child.wait(60) for child in children] == [0, 0, 0]
    RequestFile(file).add(request(hostile))
    rows = [row["path"] for row in RequestFile(file).rows()]
    assert rows[-1] == hostile
    assert Counter(path[0] for path in rows[:-1]) == {"x": 200, "y": 200, "z": 200}
    assert len(file.read_bytes().splitlines()) == 601
    assert b"\x1b" not in file.read_bytes()
