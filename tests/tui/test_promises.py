"""What a dialog promised must still hold when it is sent: every key that changes the server reads the state again."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.config import profile
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import TASKS, restores, snapshots
from durastore_tui.services import spaces
from durastore_tui.services.changes import (
    operator_tasks,
    policy_changes,
    retrieval_changes,
    snapshot_changes,
    task_orders,
)
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.details.task_facts import Filled
from durastore_tui.tui.dialogs.enable_sheet import EnableChoice
from durastore_tui.tui.places import Place
from durastore_tui.tui.start import Start
from tests.sandbox_server import SandboxServer
from tests.tui.fakes import OFF, OPEN
from tests.tui.looking import sees, type_in, until

EMAIL = "jo@library.example"
BODY = b'{"spaceId": "campus-events"}'
App = Callable[[Place], DurastoreApp]


@dataclass
class Answers:
    """Answers every dialog as a person would who agrees, and knows whether the confirmation was among them."""

    of: Mapping[str, object]
    confirmed: bool = False
    seen: list[str] = field(default_factory=list)

    async def __call__(self, app: DurastoreApp, sheet: object) -> object:
        name = type(sheet).__name__
        self.seen.append(name)
        self.confirmed = self.confirmed or name == "ConfirmSheet"
        return True if name == "ConfirmSheet" else self.of[name]

    def install(self, patch: pytest.MonkeyPatch) -> None:
        async def push_screen_wait(app: DurastoreApp, sheet: object, **_: object) -> object:
            return await self(app, sheet)

        patch.setattr(DurastoreApp, "push_screen_wait", push_screen_wait)


@pytest.fixture
def app_at(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The app on the stand-in, opened at a place."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def made(place: Place) -> DurastoreApp:
        where = profile.demo("lakeshore", fresh_sandbox.worlds["lakeshore"], "root", fresh_sandbox.ca_file)
        return DurastoreApp(Start(where, Secret(fresh_sandbox.users["root"]), root=place))

    return made


async def refused(pilot: Pilot[None], app: DurastoreApp, key: str, answers: Answers, said: str) -> None:
    """The key was confirmed, and nothing went out."""
    await until(pilot, lambda: app.services)
    await pilot.press(key)
    await until(pilot, lambda: answers.confirmed)
    await until(pilot, lambda: any(said in told.message for told in app._notifications))
    assert app.services
    sent = [request.task for request in app.services.session.log if request.task and TASKS[request.task].changes]
    assert (sent, app.jobs) == ([], ())


@pytest.mark.parametrize(
    ("key", "space"), [("E", "dance-archive"), ("D", "campus-events"), ("X", "campus-events"), ("W", "campus-events")]
)
async def test_a_space_that_streams_otherwise_by_now_is_left_alone(
    app_at: App, monkeypatch: pytest.MonkeyPatch, key: str, space: str
) -> None:
    answers = Answers({"EnableSheet": EnableChoice("SECURE", ())})
    answers.install(monkeypatch)

    async def properties(*words: Any) -> SpaceProperties:
        now = await api_spaces.properties(*words)
        return (OFF if now.hls_host else OPEN) if answers.confirmed else now

    monkeypatch.setattr(spaces, "api_spaces", SimpleNamespace(**{**vars(api_spaces), "properties": properties}))
    app = app_at(Place("space", space, parent=Place("spaces")))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await sees(pilot, "items")
        await refused(pilot, app, key, answers, "check it again, then decide")


@pytest.mark.parametrize(
    ("key", "place", "module", "look", "sheets"),
    [
        (
            "P",
            Place("space", "dance-archive", parent=Place("spaces")),
            policy_changes,
            "preflight",
            {"PolicySheet": policy_changes.draft(["dance-archive"], "STANDARD_IA", 30)},
        ),
        *(
            (
                "H",
                Place("space", "masters-audio", parent=Place("spaces")),
                retrieval_changes,
                "preflight",
                {"ListSheet": items},
            )
            for items in (("preservation/OH-0200_pm.wav",), ("preservation/OH-0200_pm.wav", "preservation/OH-0201.wav"))
        ),
        (
            "N",
            Place("snapshots"),
            snapshot_changes,
            "create",
            {"Prompt": "oh-batch-2026-11", "CreateSheet": ("Lot", EMAIL)},
        ),
        ("T", Place("snapshots"), snapshot_changes, "restart", {}),
        ("R", Place("snapshots"), snapshot_changes, "request_restore", {"RestoreSheet": (restores.REQUEST, EMAIL)}),
        ("R", Place("snapshots"), snapshot_changes, "start_restore", {"RestoreSheet": (restores.START, EMAIL)}),
        *(
            ("O", Place("snapshots"), operator_tasks, "of_snapshot", {"OperatorSheet": (task, "maps-batch-7", None)})
            for task in (snapshots.CLEAN_UP, snapshots.COMPLETE, snapshots.COMPLETE_CANCEL)
        ),
        (
            "O",
            Place("snapshots"),
            operator_tasks,
            "of_restore",
            {"OperatorSheet": (restores.COMPLETE, "maps-batch-7", 3)},
        ),
        (
            "enter",
            Place("tasks"),
            task_orders,
            "preflight_of",
            {"TaskSheet": Filled(BODY, {"spaceId": "campus-events"})},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_changed_while_the_dialog_was_open_is_not_sent(
    app_at: App,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    place: Place,
    module: Any,
    look: str,
    sheets: Mapping[str, object],
) -> None:
    answers = Answers(sheets)
    answers.install(monkeypatch)
    genuine: Callable[..., Awaitable[Preflight]] = getattr(module, look)

    async def changing(*words: Any, **options: Any) -> Preflight:
        found = await genuine(*words, **options)
        return replace(found, wrong=(*found.wrong, "It was changed.")) if answers.confirmed else found

    monkeypatch.setattr(module, look, changing)
    app = app_at(place)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        if place.space == "masters-audio":
            await until(pilot, lambda: app.services)
            app.connections.use_store("52", (place, None))
        await sees(pilot, {"space": "items", "snapshots": "60 snapshots", "tasks": "noop"}[place.screen])
        if place.screen == "tasks":
            await pilot.press("slash")
            await until(pilot, lambda: isinstance(app.focused, Input))
            type_in(app, "disable-hls")
            await pilot.press("enter")
            await sees(pilot, "1 of ")
        await refused(pilot, app, key, answers, "It was changed")
