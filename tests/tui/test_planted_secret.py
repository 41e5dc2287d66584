"""A server that gives every secret back in every answer: none reaches what is kept, shown, copied or written."""

import asyncio
import base64
import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.secret import Secret
from durastore_tui.services.clipboard import copy
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.dialogs.task_form import TaskSheet
from durastore_tui.tui.start import SPACES, Start
from durastore_tui.tui.terminal.lifecycle import crash_line
from tests.misbehaving import Misbehaving, answer, misbehaving
from tests.tui.looking import sees, type_in, until

PASSWORD, TOKEN = 'Planted/Pa55 wörd+"', "Planted-T0ken"
LOGIN = base64.b64encode(f"root:{PASSWORD}".encode()).decode()
ENCODED = (quote(PASSWORD, safe=""), base64.b64encode(PASSWORD.encode()).decode(), json.dumps(PASSWORD)[1:-1])
SECRETS = (PASSWORD, TOKEN, LOGIN, *ENCODED)
STORES = (
    b"<storageProviderAccounts><storageAcct isPrimary='1'><id>51</id>"
    b"<storageProviderType>AMAZON_S3</storageProviderType></storageAcct></storageProviderAccounts>"
)
TASKS = b"<list><string>get-signed-cookies-url</string><string>disable-hls</string></list>"
STREAMS = ("x-dura-meta-hls-streaming-host: d1.example", "x-dura-meta-hls-streaming-type: SECURE")
LINK = {"signedCookiesUrl": f"https://aux.example/aux/cookies?token={TOKEN}"}
ECHO = (
    f"Unable to parse task parameters due to: {' or '.join((PASSWORD, LOGIN, *ENCODED))}. "
    f"Authorization: Basic {LOGIN}, password={PASSWORD}, see https://root:{ENCODED[0]}@server.example/x?token={TOKEN}"
    f' and {{"token": "{TOKEN}", "password": {json.dumps(PASSWORD)}}}'
).encode()


class Telling:
    """Knows four answers; everything else fails, and says all that it heard."""

    def __init__(self) -> None:
        self.server: Misbehaving | None = None

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        assert self.server
        asked = self.server.requests[-1]
        assert asked.headers["authorization"] == f"Basic {LOGIN}"
        path = asked.target.partition("?")[0].removeprefix("/durastore")
        known = {"/stores": STORES, "/task": TASKS, "/task/get-signed-cookies-url": json.dumps(LINK).encode()}
        told = answer("200 OK", known[path]) if path in known else answer("500 No", ECHO)
        if (asked.method, path) == ("HEAD", "/maps"):  # what a cookies URL is made for is read first
            told = answer("200 OK", b"", *STREAMS)
        await told(writer)


def telling(thing: str) -> list[str]:
    return [secret for secret in SECRETS if secret in thing]


def written(folder: Path) -> list[str]:
    """Every byte that lies anywhere in it, whoever put it there."""
    return [file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file()]


async def test_no_secret_is_in_anything_that_is_kept_shown_copied_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    pictures: list[str] = []
    for kind in ("STATE", "CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        DurastoreApp,
        "write_to_terminal",
        lambda app, sent: copied.append(base64.b64decode(sent.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()),
    )
    tells = Telling()
    async with misbehaving(tells) as server:
        tells.server = server
        profile = Profile("planted", server.url, "root", Environment.TEST)
        app = DurastoreApp(Start(profile, Secret(PASSWORD), root=SPACES))
        async with app.run_test(size=(120, 50), notifications=True) as pilot:
            await until(pilot, lambda: app.services)
            await sees(pilot, "The server returned an error.")
            pictures.append(app.export_screenshot())
            await pilot.press("1")
            await sees(pilot, "Spaces", "The server returned an error.")
            pictures.append(app.export_screenshot())
            await pilot.press("y")
            await until(pilot, lambda: copied)

            assert app.services
            order = Order(JobKind.DISABLE, "planted", "51", "maps", "HLS", host="d1.example", was="OPEN")
            job = await app.services.jobs.submit(order)
            assert job.state is JobState.REJECTED
            await pilot.press("5", "enter")
            await sees(pilot, "rejected")
            pictures.append(app.export_screenshot())

            await pilot.press("6")
            await sees(pilot, "get-signed-cookies-url")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, TaskSheet) and app.focused)
            await pilot.press("tab")
            type_in(app, "maps")
            await pilot.press("tab", "tab", "tab")
            type_in(app, f"https://player.example/?token={TOKEN}")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
            await sees(pilot, "THE ANSWER AS IT CAME", "token=•••")
            pictures.append(app.export_screenshot())

            await pilot.press("escape", "7")
            await sees(pilot, "requests", "get-signed-cookies-url")
            for _ in app.services.session.log:
                await pilot.press("y", "c")
                pictures.append(app.export_screenshot())
                await pilot.press("j")
            requests = len(tuple(app.services.session.log))
            await until(pilot, lambda: len(copied) == 1 + 2 * requests)

            session = app.services.session
            held = (app.start, app.services, session.endpoint, job, *session.log, *app.notes, app.failure)
            reprs = "\n".join(map(repr, held))
            try:
                raise ValueError(f"{PASSWORD} {TOKEN} {LOGIN}")
            except ValueError:
                crash = crash_line()
    files = written(tmp_path)
    assert len(files) >= 2
    assert any("disable-hls" in file for file in files)
    assert [telling(thing) for thing in (*files, *pictures, *copied, reprs, crash) if telling(thing)] == []


async def test_a_crash_with_secrets_in_hand_says_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    app = DurastoreApp(
        Start(
            Profile("planted", "http://127.0.0.1:9/durastore", "root", Environment.TEST), Secret(PASSWORD), root=SPACES
        )
    )

    def fails() -> None:
        raise ValueError(f"{PASSWORD} {TOKEN} {LOGIN}")

    with pytest.raises(ValueError, match="Planted"):
        async with app.run_test() as pilot:
            app.call_later(fails)
            await pilot.pause()
    said = " ".join(capsys.readouterr().err.split())
    assert "because of a defect: ValueError" in said
    assert telling(said) == []
    assert [telling(file) for file in written(tmp_path) if telling(file)] == []


async def test_a_command_that_gives_the_password_is_told_and_tells_nothing_even_verbosely(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{PASSWORD}\n")
    home = tmp_path / "home"
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("STATE", "CONFIG", "CACHE", "DATA")}
    tells = Telling()
    async with misbehaving(tells) as server:
        tells.server = server
        config = home / "config" / "durastore-tui" / "profiles.toml"
        config.parent.mkdir(parents=True)
        config.write_text(
            f'[profiles.planted]\nurl = "{server.url}"\nuser = "root"\npassword_command = "cat {tmp_path / "secret"}"\n'
        )
        said = []
        for words in (
            "spaces list",
            "tasks run disable-hls {} --force --yes",
            "requests list",
            "jobs list",
            "profiles test",
        ):
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "durastore_tui", "--profile", "planted", "--verbose", *words.split()),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **folders},
            )
            said.append((await child.communicate())[0].decode())
    assert "GET /spaces?storeID=51: 500" in said[0]
    assert "•••" in said[0]
    assert "disable-hls" in said[2]
    assert [telling(thing) for thing in (*said, *written(home)) if telling(thing)] == []


async def test_no_child_gets_the_password_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmux = tmp_path / "tmux"
    tmux.write_text(
        f"#!/bin/sh\nenv > {tmp_path}/seen\nprintf '%s\\n' \"$@\" >> {tmp_path}/seen\ncat > {tmp_path}/copied\n"
    )
    tmux.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("TMUX", "x")
    for name in ("DURASTORE_PASSWORD", "DURACLOUD_PASSWORD"):
        monkeypatch.setenv(name, PASSWORD)
    assert await copy(f"https://aux.example/?token={TOKEN}", lambda text: None) == "sent to tmux"
    assert "TMUX=x" in (tmp_path / "seen").read_text()
    assert telling((tmp_path / "seen").read_text()) == []
    assert TOKEN in (tmp_path / "copied").read_text()
