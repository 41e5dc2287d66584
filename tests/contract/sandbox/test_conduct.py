"""The stand-in as a process: ready line, ends, kill -9, restart, many clients, memory."""

import asyncio
import base64
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from durastore_tui.sandbox.distributions import DEPLOYMENT
from durastore_tui.sandbox.serve import LOOPBACK, Options, run, serving
from durastore_tui.sandbox.worlds.universe import Universe
from tests.stand_in import StandIn, Time, basic

PROGRAM = """
import json, pathlib, sys
from durastore_tui.sandbox.serve import Options, run
given = json.loads(sys.argv[1])
run(Options(**{**given, "data": pathlib.Path(given["data"]) if given.get("data") else None}))
"""


class Process:
    """The stand-in in a process of its own, ready to be asked."""

    def __init__(self, temporary: Path | None = None, **options: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(temporary)} if temporary else None,
        )
        assert self.process.stdout
        self.ready = json.loads(self.process.stdout.readline())

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        connection = HTTPConnection(urlsplit(self.ready["url"]).netloc, timeout=20)
        as_json = {"Content-Type": "application/json"} if path.startswith("/sandbox/") else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {**dict([basic("root")]), **as_json, **named})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found

    def end(self, number: int) -> tuple[int, str]:
        """The exit code and what was complained about."""
        self.process.send_signal(number)
        return self.process.wait(20), self.close()

    def close(self) -> str:
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            stream.close()
        assert self.process.stderr
        with self.process.stderr as stderr:
            return stderr.read().decode()


@contextlib.contextmanager
def running(temporary: Path | None = None, **options: object) -> Iterator[Process]:
    process = Process(temporary, **options)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.end(signal.SIGKILL)


def test_the_ready_line_names_every_world_the_edge_and_the_users() -> None:
    with running() as process:
        ready = process.ready
        assert list(ready) == ["url", "worlds", "edge", "ca_file", "users"]
        assert list(ready["worlds"]) == [
            "lakeshore",
            "vallon",
            "cedarfork",
            "elmwood",
            "prairie",
            "maple",
            "scale",
            "broken",
        ]
        assert ready["url"] == ready["worlds"]["lakeshore"]
        assert urlsplit(ready["url"]).path == "/durastore"
        assert ready["worlds"]["cedarfork"].endswith("/cedarfork/durastore")
        assert ready["users"].items() >= {"root": "rpw", "owner": "opw", "admin": "apw", "user": "upw"}.items()
        assert Path(ready["ca_file"]).read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert urlsplit(ready["url"]).hostname == LOOPBACK
        assert ready["edge"].startswith(f"{LOOPBACK}:")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_zero_and_without_a_word(number: int) -> None:
    with running() as process:
        assert process.end(number) == (0, "")
        assert not Path(process.ready["ca_file"]).exists()


def test_it_ends_with_its_standard_input_when_asked_to() -> None:
    with running(exit_with_stdin=True) as process:
        assert process.process.stdin
        process.process.stdin.close()
        assert process.process.wait(20) == 0
        process.close()


def test_an_end_does_not_wait_for_an_answer_that_hangs() -> None:
    with running() as process, socket.create_connection(process.ready["edge"].split(":")):
        host, port = urlsplit(process.ready["url"]).netloc.split(":")
        process.ask("POST", "/sandbox/faults", '{"name": "hang"}')
        with socket.create_connection((host, int(port))) as waiting:
            waiting.sendall(b"GET /durastore/spaces HTTP/1.1\r\nHost: x\r\n\r\n")
            assert process.end(signal.SIGTERM) == (0, "")


def test_a_taken_port_is_an_error_of_the_system_that_names_it() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use") as error:
            run(Options(port=port))
    assert error.value.filename == f"{LOOPBACK}:{port}"


def test_a_file_of_another_kind_is_not_taken_for_the_worlds(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no database, but something that somebody wrote")
    with pytest.raises(OSError, match="not a database") as error:
        Universe(notes, 1.0)
    assert error.value.filename == str(notes)
    assert notes.read_text() == "no database, but something that somebody wrote"


def test_kill_9_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    data = str(tmp_path / "world.db")
    with running(data=data, speed=100_000.0) as process:
        assert process.ask("PUT", "/durastore/new-space")[0] == 201
        for number in range(20):
            assert process.ask("PUT", f"/durastore/new-space/item-{number:02d}", "body")[0] == 201
        process.ask("POST", "/sandbox/clock", '{"advance": 86400}')
        process.end(signal.SIGKILL)
    with running(data=data) as process:
        assert process.ask("GET", "/durastore/new-space")[1].count("<item>") == 20
        assert json.loads(process.ask("POST", "/sandbox/clock", '{"advance": 0}')[1])["offset"] == 86_400


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    before = StandIn(tmp_path / "world.db")
    before.task("enable-hls", '{"spaceId": "dance-archive"}')
    host = before.ask("HEAD", "/dance-archive").header("x-dura-meta-hls-streaming-host")
    before.universe.close()
    after = StandIn(tmp_path / "world.db")
    assert after.ask("HEAD", "/dance-archive").header("x-dura-meta-hls-streaming-host") == host
    distributions = after.universe.engine.distributions
    found = distributions.of_space("lakeshore", "51", "dance-archive", "HLS")
    assert found and not distributions.answers(found)
    after.time.pass_by(DEPLOYMENT)
    assert distributions.answers(found)
    after.universe.close()


def test_fresh_starts_anew(tmp_path: Path) -> None:
    data = tmp_path / "world.db"
    before = StandIn(data)
    before.ask("PUT", "/new-space")
    before.universe.close()
    after = Universe(data, 1.0, fresh=True, source=Time())
    assert not after.worlds()["lakeshore"].spaces("51").exists("new-space")
    after.close()


def test_data_of_another_layout_is_started_anew(tmp_path: Path) -> None:
    data = tmp_path / "world.db"
    before = StandIn(data)
    before.ask("PUT", "/new-space")
    before.universe.engine.db.remember("layout", "of another release")
    before.universe.close()
    after = StandIn(data)
    assert after.ask("HEAD", "/new-space").status == 404
    after.universe.close()


async def test_a_hundred_clients_at_once_get_no_error_and_tear_nothing() -> None:
    universe = Universe(None, 100_000.0, source=Time())
    name, value = basic("root")
    secret = f"{name}: {value}"

    async def ask(method: str, path: str, body: str = "") -> int:
        reader, writer = await asyncio.open_connection(LOOPBACK, universe.engine.ports["api"])
        head = f"{method} /durastore{path} HTTP/1.1\r\nHost: x\r\n{secret}\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n{body}".encode())
        answer = await reader.read(-1)
        writer.close()
        return int(answer.split()[1])

    async def client(number: int) -> list[int]:
        space = '{"spaceId": "dance-archive"}'
        return [
            await ask("PUT", f"/empty-space/item-{number:03d}", "x"),
            await ask("POST", "/task/enable-hls", space),
            await ask("GET", "/born-digital-accessions?marker=acc-00900"),
            await ask("POST", "/task/disable-hls", space),
            await ask("HEAD", "/dance-archive"),
        ]

    async with serving(universe):
        statuses = await asyncio.gather(*(client(number) for number in range(100)))
    assert {tuple(each) for each in statuses} == {(201, 200, 200, 200, 200)}
    spaces = universe.worlds()["lakeshore"].spaces("51")
    assert spaces.contents("empty-space").count() == 100
    assert spaces.own_properties("dance-archive") == {}
    universe.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory of a process from /proc")
def test_the_scale_world_is_answered_within_150_megabytes() -> None:
    with running() as process:
        for path in ("/spaces", "/scale-0000?marker=files/item-4999000.txt", "/scale-0000"):
            assert process.ask("GET", f"/scale/durastore{path}")[0] == 200
        status = Path(f"/proc/{process.process.pid}/status").read_text()
        peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        assert int(peak) < 150 * 1024


def test_a_reset_makes_everything_as_on_the_first_day() -> None:
    with running(faults=["vanished-store"]) as process:
        assert process.ask("GET", "/durastore/spaces?storeID=53")[0] == 500
        process.ask("PUT", "/durastore/empty-space/item", "x")
        assert process.ask("POST", "/sandbox/reset") == (200, '{"reset": true}')
        assert process.ask("GET", "/durastore/spaces?storeID=53")[0] == 200
        assert "<item>" not in process.ask("GET", "/durastore/empty-space")[1]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sandbox/faults", '{"name": "no-such-fault"}', 400),
        ("/sandbox/faults", "not json", 400),
        ("/sandbox/faults", "[]", 400),
        ("/sandbox/faults", '{"name": "hang", "requests": "1"}', 400),
        ("/sandbox/faults", '{"name": "hang", "requests": 0}', 400),
        ("/sandbox/faults", '{"name": "hang", "path": 5}', 400),
        ("/sandbox/faults", '{"name": ["hang"]}', 400),
        ("/sandbox/clock", "{}", 400),
        ("/sandbox/clock", '{"advance": NaN}', 400),
        ("/sandbox/clock", '{"advance": Infinity}', 400),
        ("/sandbox/clock", '{"advance": -Infinity}', 400),
        ("/sandbox/clock", '{"advance": -1}', 400),
        ("/sandbox/clock", '{"advance": "60"}', 400),
        ("/sandbox/clock", '{"advance": true}', 400),
        ("/sandbox/clock", '{"advance": null}', 400),
        ("/sandbox/clock", '{"advance": 1e300}', 400),
        ("/sandbox/clock", '{"advance": 1e999}', 400),
        ("/sandbox/clock", f'{{"advance": {"9" * 400}}}', 400),
        ("/sandbox/elsewhere", "{}", 404),
    ],
)
def test_controls_refuse_what_makes_no_sense(control: Process, path: str, body: str, status: int) -> None:
    answered, reply = control.ask("POST", path, body)
    assert answered == status
    assert json.loads(reply)["error"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:80"}, 200),
        ({"Host": "[::1]:80"}, 200),
        ({"Host": "rebound.example"}, 403),
        ({"Host": "127.0.0.1.rebound.example"}, 403),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content_Type": "application/json; charset=utf-8"}, 200),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": ""}, 415),
    ],
)
def test_controls_obey_this_machine_alone(control: Process, headers: dict[str, str], status: int) -> None:
    for path, body in (("clock", '{"advance": 0}'), ("faults", "{}")):
        assert control.ask("POST", f"/sandbox/{path}", body, **headers)[0] == status


def test_what_a_killed_one_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    with running(tmp_path) as killed, running(tmp_path) as beside:
        killed.process.kill()
        killed.process.wait(20)
        killed.close()
        assert len(list(tmp_path.iterdir())) == 2
        with running(tmp_path) as later:
            used = {Path(process.ready["ca_file"]).parent for process in (beside, later)}
            assert set(tmp_path.iterdir()) == used
            assert later.end(signal.SIGTERM) == (0, "")
        assert beside.end(signal.SIGTERM) == (0, "")
        assert list(tmp_path.iterdir()) == []


def test_data_in_a_missing_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "durastore_tui", "sandbox", "--data", str(tmp_path / "none" / "file.db")]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert f"The folder {tmp_path / 'none'} does not exist." in ran.stderr
    assert not (tmp_path / "none").exists()


def test_a_fault_is_switched_on_for_one_request_and_off(control: Process) -> None:
    switched = json.dumps({"name": "html-502", "path": "/spaces", "requests": 1})
    assert json.loads(control.ask("POST", "/sandbox/faults", switched)[1]) == {"on": ["html-502"]}
    assert [control.ask("GET", "/durastore/spaces")[0] for _ in range(2)] == [502, 200]
    control.ask("POST", "/sandbox/faults", '{"name": "html-503", "on": true}')
    assert control.ask("GET", "/durastore/stores")[0] == 503
    control.ask("POST", "/sandbox/faults", '{"name": "html-503", "on": false}')
    assert control.ask("GET", "/durastore/stores")[0] == 200


@pytest.fixture(scope="module")
def control() -> Iterator[Process]:
    with running() as process:
        yield process


def test_no_password_is_written_where_it_runs() -> None:
    coded = base64.b64encode(b"root:wrong-secret").decode()
    with running() as process:
        connection = HTTPConnection(urlsplit(process.ready["url"]).netloc, timeout=20)
        connection.request("GET", "/durastore/stores", headers={"Authorization": f"Basic {coded}"})
        assert connection.getresponse().status == 401
        connection.close()
        _, complaints = process.end(signal.SIGTERM)
    assert "wrong-secret" not in complaints
    assert os.sep not in complaints
