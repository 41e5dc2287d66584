"""Every place of the UI against a hostile server, at 80x24: whatever a key opens there, the terminal gets no character
that it obeys, and no text of the server becomes a link."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from durastore_tui.cli.main import run
from durastore_tui.config import places, profile
from durastore_tui.core.secret import Secret
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.tui import actions
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import PLACES, Place
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.start import SPACES, Found, Start
from durastore_tui.tui.widgets.modal import Modal
from durastore_tui.tui.widgets.text_input import TextInput
from tests.cli.test_jobs import profiles
from tests.faults.fault_proxy import Rule
from tests.faults.hostile_proxy import IN_A_SPACE_ID, IN_A_TEXT, IN_JSON, IN_XML, SEQUENCES, HostileProxy, hostile_proxy
from tests.faults.test_hostile_reads import FAILURES
from tests.sandbox_server import SandboxServer
from tests.tui.looking import shown, strips, until

SIZE = (80, 24)
SPACE, ITEM = f"campus-events{IN_A_SPACE_ID}", f"events/event-001/recording-a160k.m3u8{IN_XML}"
OWN = re.compile(
    r"\x1b\[[?<>=]?[0-9;:]*[a-zA-Z]|\x1b[78=>]|\x1b\]22;[a-z-]*\x07|\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x1b\](?:0|2|9);|\x07"
)
"""What Textual draws with, and the program's own title, notifications and clipboard."""
OF_A_SNAPSHOT = ("snapshot", "snapshot_contents", "snapshot_history", "restores")
JOINERS = "\u200c\u200d"
EVERYWHERE = (
    "question_mark",
    "escape",
    "n",
    "escape",
    "b",
    "v",
    "z",
    "ctrl+p",
    "c",
    "a",
    "m",
    "down",
    "escape",
    "number_sign",
    "escape",
)


class Terminal:
    """What the program wrote, in place of a terminal."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.written: list[str] = []
        patch.setattr(HeadlessDriver, "is_headless", False)
        patch.setattr(HeadlessDriver, "write", lambda _, data: self.written.append(data))

    def judge(self, app: App[Any]) -> None:
        """Fails for what a terminal obeys or hides, and for a link that a server made."""
        segments = [segment for strip in strips(app) for segment in strip]
        assert not [one for one in segments if one.style and "app.bell" in str(one.style.meta)], shown(app)
        assert not _hidden("".join(one.text for one in segments)), shown(app)
        written = "".join(self.written)
        self.written.clear()
        assert not [sequence for sequence in SEQUENCES if sequence in written], shown(app)
        assert not _hidden(OWN.sub("", written)), (_hidden(OWN.sub("", written)), shown(app))


def _hidden(text: str) -> set[str]:
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {letter for letter in set(text) - set(JOINERS) if unicodedata.category(letter) in kinds}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


@pytest.fixture
def hostile(fresh_sandbox: SandboxServer) -> Iterator[HostileProxy]:
    with hostile_proxy(fresh_sandbox.url) as proxy:
        yield proxy


@pytest.fixture
def snapshot(fresh_sandbox: SandboxServer) -> str:
    """The id of a small snapshot, as the hostile server names it."""
    url = f"{fresh_sandbox.url}/task/get-snapshots?storeID=53"
    rows = httpx.post(url, auth=("root", "rpw")).json()["snapshots"]
    return next(str(row["snapshotId"]) for row in rows if row["sourceSpaceId"] == "musee-copies") + IN_JSON


@pytest.fixture
def job(fresh_sandbox: SandboxServer, hostile: HostileProxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The job of a change that was rejected with hostile words, on the profile of the app."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("DURASTORE_PASSWORD", "rpw")
    profiles(lakeshore={"url": hostile.behind(fresh_sandbox.url), "user": "root"})
    hostile.begin(Rule(FAILURES[409], "POST", "/task/delete-hls"))
    words = ("streaming", "delete", "campus-events", "--confirm", "campus-events")
    assert run(("--profile", "lakeshore", *words)) == 6
    hostile.begin()
    with closing(Journal(places.journal())) as journal:
        (entry,) = journal.all()
    return entry.job.id


@pytest.fixture
def app(fresh_sandbox: SandboxServer, hostile: HostileProxy, job: str) -> DurastoreApp:
    where = profile.demo("lakeshore", hostile.behind(fresh_sandbox.url), "root", fresh_sandbox.ca_file)

    async def find() -> Found:
        return Found(where, Secret("rpw"), f"A notice{IN_A_TEXT}")

    return DurastoreApp(Start(where, find=find, root=SPACES))


async def pressed(pilot: Pilot[None], terminal: Terminal, *keys: str) -> None:
    """Judges what is seen after each key."""
    for key in keys:
        await pilot.press(key)
        terminal.judge(pilot.app)
        assert "A defect" not in shown(pilot.app), shown(pilot.app)


def place_of(name: str, snapshot: str, job: str) -> Place:
    """The place of that name with the objects that it is about."""
    if PLACES[name].key:
        return Place(name)
    if name in OF_A_SNAPSHOT:
        page = Place("snapshots").child("snapshot", snapshot=snapshot)
        return page if name == page.screen else page.child(name)
    return Place(name, SPACE, ITEM, job=job, parent=SPACES)


async def walk(
    app: DurastoreApp, hostile: HostileProxy, terminal: Terminal, snapshot: str, job: str, *, whole: bool
) -> None:
    """Presses the keys of every place, and closes what they open; each action once, or at each place that has it."""
    done: set[str] = set()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: app.services)  # else the first place opens after this one
        for name in PLACES:
            place = place_of(name, snapshot, job)
            app.places.go(place)
            if not hostile.everywhere:  # else a program may refuse what it reads, and show no text of the server
                await until(pilot, lambda: "⟩" in shown(app) or "[/]" in shown(app))
            terminal.judge(app)
            screen = app.screen
            assert isinstance(screen, PlaceScreen)
            own = [action for action in actions.ACTIONS if screen.scope in action.scopes]
            for action in own if whole else [one for one in own if one.id not in done]:
                await pressed(pilot, terminal, action.key)
                while isinstance(app.screen, Modal):
                    await pressed(pilot, terminal, "escape")
                app.places.go(place)
                done.add(action.id)
        await pressed(pilot, terminal, *EVERYWHERE)
        app.post_message(Told(IN_A_TEXT, "warning", stays=True))
        await pressed(pilot, terminal, "n", "escape")


async def test_no_key_of_any_place_hands_on_what_a_terminal_obeys(
    app: DurastoreApp, hostile: HostileProxy, job: str, snapshot: str, terminal: Terminal
) -> None:
    await walk(app, hostile, terminal, snapshot, job, whole=False)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("everywhere", [False, True])
async def test_every_key_of_every_place_keeps_hostile_text_from_the_terminal(
    app: DurastoreApp, hostile: HostileProxy, job: str, snapshot: str, terminal: Terminal, everywhere: bool
) -> None:
    hostile.everywhere = everywhere
    await walk(app, hostile, terminal, snapshot, job, whole=True)


async def test_what_is_typed_or_pasted_is_shown_and_kept_exact(terminal: Terminal) -> None:
    """Textual's own input paints it as it is."""
    pasted = "a\x1b[7777mb\x9bc\u202ed\u2028e\x7f"

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield TextInput(pasted)

    async with One().run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        assert not [sequence for sequence in SEQUENCES if sequence in "".join(terminal.written)]
        assert "a␛[7777mb\ufffdc\ufffdd\ufffde␡" in shown(pilot.app)
        assert pilot.app.query_one(TextInput).value == pasted
