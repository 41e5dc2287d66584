"""The demo: its world lasts, a second one works on a copy, and it never outlives its person."""

import asyncio
import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from durastore_tui.cli.demo import Demo, DemoServer
from durastore_tui.config import places
from durastore_tui.config.profile import Environment
from durastore_tui.core.errors import BadInput, Unreachable

HOLDER = """
import asyncio, sys
from pathlib import Path
from durastore_tui.cli.demo import Demo
from durastore_tui.config import places

places.state = lambda: Path(sys.argv[1])
demo = Demo("lakeshore", None, fresh=False, read_only=False)
print(asyncio.run(demo.server()).profile.url, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def demos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Demo]]:
    """Makes demos that keep their data here, and closes what a test leaves open."""
    monkeypatch.setattr(places, "state", lambda: tmp_path)
    made: list[Demo] = []

    def make(world: str = "lakeshore", user: str | None = None, *, fresh: bool = False) -> Demo:
        made.append(Demo(world, user, fresh=fresh, read_only=False))
        return made[-1]

    yield make
    for demo in made:
        demo.close()


def ask(server: DemoServer, method: str, path: str) -> int:
    """The status of one request, sent as the demo's user."""
    with httpx.Client(auth=(server.profile.user, server.password.reveal()), trust_env=False) as client:
        return client.request(method, server.profile.url + path).status_code


async def test_what_was_changed_is_there_next_time_and_gone_when_fresh(demos: Callable[..., Demo]) -> None:
    first = demos()
    assert ask(await first.server(), "PUT", "/made-by-hand") == 201
    first.close()
    second = demos()
    assert ask(await second.server(), "HEAD", "/made-by-hand") == 200
    second.close()
    assert ask(await demos(fresh=True).server(), "HEAD", "/made-by-hand") == 404


async def test_a_second_demo_has_a_copy_and_says_so(demos: Callable[..., Demo]) -> None:
    first, second = demos(), demos()
    mine = await first.server()
    assert ask(mine, "PUT", "/made-before") == 201
    other = await second.server()
    assert (mine.notice, "copy of its own" in other.notice) == ("", True)
    assert ask(other, "HEAD", "/made-before") == 200
    assert ask(other, "PUT", "/made-in-the-copy") == 201
    assert ask(mine, "HEAD", "/made-in-the-copy") == 404


async def test_each_user_logs_in_and_the_world_is_a_demo(demos: Callable[..., Demo]) -> None:
    server = await demos("cedarfork", "admin").server()
    assert (server.profile.user, server.profile.environment) == ("admin", Environment.DEMO)
    assert server.profile.ca_file is not None
    assert server.profile.ca_file.is_file()
    assert ask(server, "GET", "/spaces") == 200


@pytest.mark.parametrize(("world", "user", "field"), [("atlantis", "root", "world"), ("lakeshore", "mallory", "user")])
async def test_an_unknown_name_is_refused_with_the_known_ones(
    demos: Callable[..., Demo], world: str, user: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await demos(world, user).server()
    assert refused.value.field == field
    assert {"world": "cedarfork", "user": "admin"}[field] in refused.value.sentence


async def test_a_stand_in_that_does_not_start_is_an_error_with_its_last_words(
    demos: Callable[..., Demo], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Unreachable, match="stand-in"):
        await demos().server()


async def test_it_comes_back_when_it_was_killed(demos: Callable[..., Demo], tmp_path: Path) -> None:
    demo = demos()
    launched = demo.launch()
    assert launched is not None
    await demo.server()
    os.kill(launched.pid, signal.SIGKILL)
    await asyncio.to_thread(os.waitid, os.P_PID, launched.pid, os.WEXITED | os.WNOWAIT)
    assert ask(await demo.server(), "GET", "/spaces") == 200


def test_it_ends_with_its_person_even_after_a_kill(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().startswith("http://127.0.0.1:")
        holder.kill()
    with (tmp_path / "demo" / "lakeshore.owner").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # comes back when the last owner, the child, has ended


def test_a_password_of_ours_is_not_handed_to_the_stand_in(
    demos: Callable[..., Demo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DURASTORE_PASSWORD", "hunter2-of-the-tests")
    launched = demos().launch()
    assert launched is not None
    assert b"hunter2" not in Path(f"/proc/{launched.pid}/environ").read_bytes()


def test_headless_commands_share_the_world_and_a_fresh_one_has_no_jobs(tmp_path: Path) -> None:
    def durastore(*words: str) -> str:
        answer = subprocess.run(
            [sys.executable, "-m", "durastore_tui", "--demo", *words],
            env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return answer.stdout

    durastore("streaming", "enable", "dance-archive", "--yes")
    assert json.loads(durastore("streaming", "show", "dance-archive", "--json"))["type"] == "OPEN"
    assert [job["spaceId"] for job in json.loads(durastore("jobs", "list", "--json"))] == ["dance-archive"]
    durastore("--fresh", "stores", "list")
    assert json.loads(durastore("jobs", "list", "--json")) == []
