"""What is checked once more between the confirmation and the request, reached by the keys of each place."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.config import profile
from durastore_tui.core.errors import Forbidden
from durastore_tui.core.jobs import Job
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import TASKS
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.places import Place
from durastore_tui.tui.start import Start
from tests.sandbox_server import SandboxServer
from tests.tui.looking import agree, cell, sees, type_in, until

SIZE = (90, 46)
SPACE = Place("space", "campus-events", parent=Place("spaces"))
SNAPSHOTS = Place("snapshots")
Opened = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def opened(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The app on the stand-in at a place; dialogs take consent at once."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    @asynccontextmanager
    async def app(place: Place, user: str = "root", store: str | None = None) -> AsyncIterator[Pilot[None]]:
        where = profile.demo("lakeshore", fresh_sandbox.worlds["lakeshore"], user, fresh_sandbox.ca_file)
        made = DurastoreApp(Start(where, Secret(fresh_sandbox.users[user]), store=store, root=place))
        async with made.run_test(size=SIZE, notifications=True) as pilot:
            await until(pilot, lambda: made.services)
            yield pilot

    return app


def sent(pilot: Pilot[None]) -> list[str]:
    """The tasks that were sent and change the server."""
    assert isinstance(pilot.app, DurastoreApp)
    assert pilot.app.services
    return [one.task for one in pilot.app.services.session.log if one.task and TASKS[one.task].changes]


async def only(pilot: Pilot[None], text: str) -> None:
    """Filter the list down to one row, which is then under the cursor."""
    await pilot.press("slash", "ctrl+u")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    type_in(pilot.app, text)
    await pilot.press("enter")
    await sees(pilot, f"▌  {text}")


async def fill_in(pilot: Pilot[None], task: str, value: str) -> None:
    """Open the form of a task, type its only parameter, and send it or go on to the confirmation."""
    await sees(pilot, "27 tasks")
    await only(pilot, task)
    await pilot.press("enter")
    await sees(pilot, "each parameter, checked")
    await pilot.press("tab")
    type_in(pilot.app, value)
    await sees(pilot, f'": "{value}"')
    await pilot.press("enter")


def by_somebody_else(server: SandboxServer, task: str, space: str) -> None:
    """Send a change from another program."""
    login = base64.b64encode(f"root:{server.users['root']}".encode()).decode()
    body = json.dumps({"spaceId": space}).encode()
    request = Request(f"{server.url}/task/{task}?storeID=51", body, {"Authorization": f"Basic {login}"})  # noqa: S310
    with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
        answer.read()


def jobs(pilot: Pilot[None]) -> tuple[Job, ...]:
    assert isinstance(pilot.app, DurastoreApp)
    return tuple(pilot.app.jobs)


def asked(pilot: Pilot[None], word: str) -> list[str]:
    """The paths of the tasks that were asked for, of those whose name has this word."""
    assert isinstance(pilot.app, DurastoreApp)
    assert pilot.app.services
    return [one.path for one in pilot.app.services.session.log if one.task and word in one.task]


async def shut_meanwhile(pilot: Pilot[None], request: str) -> None:
    """Confirm a change after the write window closed behind the dialog: it is told, and nothing is sent."""
    assert isinstance(pilot.app, DurastoreApp)
    assert pilot.app.services
    window = pilot.app.services.session.window
    await sees(pilot, request)
    window.shut_now()
    await agree(pilot, request)
    await sees(pilot, "read-only here")
    assert (sent(pilot), jobs(pilot)) == ([], ())
    pilot.app.clear_notifications()
    window.open_for(timedelta(hours=1))


async def test_a_window_that_closes_behind_a_dialog_of_a_space_stops_its_request(opened: Opened) -> None:
    async with opened(SPACE) as pilot:
        await sees(pilot, "OPEN", "items")
        await pilot.press("D")
        await shut_meanwhile(pilot, "POST /task/disable-hls")
        await pilot.press("X")
        await shut_meanwhile(pilot, "POST /task/delete-hls")
        await pilot.press("W")
        await sees(pilot, "Switch HLS to SECURE")
        await pilot.press("enter")
        await shut_meanwhile(pilot, "POST /task/enable-hls")
        await pilot.press("E")
        await sees(pilot, "Who may stream")
        await pilot.press("enter")
        await shut_meanwhile(pilot, "POST /task/enable-hls")
        await pilot.press("P")
        await sees(pilot, "STANDARD_IA")
        await pilot.press("tab", "ctrl+u")
        type_in(pilot.app, "45")
        await pilot.press("enter")
        await shut_meanwhile(pilot, "POST /task/set-storage-policy")


async def test_a_window_that_closes_behind_a_dialog_of_a_snapshot_stops_its_request(opened: Opened) -> None:
    async with opened(SNAPSHOTS) as pilot:
        await sees(pilot, "60 snapshots")
        await only(pilot, "film-reel-9")
        await pilot.press("T")
        await shut_meanwhile(pilot, "POST /task/restart-snapshot")
        await pilot.press("O")
        await sees(pilot, "Operator tasks")
        await pilot.press("tab", "enter")
        await shut_meanwhile(pilot, "POST /task/cleanup-snapshot")
        await pilot.press("T")
        await agree(pilot, "POST /task/restart-snapshot")
        await until(pilot, lambda: "initialized" in cell(pilot.app, "film-reel-9", "STATUS"))  # the list is read anew
        assert [job.store for job in jobs(pilot)] == ["53"]  # of the snapshot, while 51 is the current one


async def test_a_role_that_proves_missing_behind_the_dialog_of_a_task_stops_its_request(opened: Opened) -> None:
    async with opened(Place("tasks")) as pilot:
        await fill_in(pilot, "disable-hls", "campus-events")
        await sees(pilot, "POST /task/disable-hls?storeID=51")
        assert isinstance(pilot.app, DurastoreApp)
        assert pilot.app.services
        refused = Forbidden("POST /task/noop", 403, "HTTP Status 403")
        pilot.app.services.session.capabilities.failed(TASKS["noop"], refused)
        await agree(pilot, "This becomes a job")
        await sees(pilot, "needs the role ADMIN")
        assert (sent(pilot), jobs(pilot)) == ([], ())


async def test_a_space_that_changes_behind_the_dialog_of_a_task_stops_its_request(
    opened: Opened, fresh_sandbox: SandboxServer
) -> None:
    async with opened(Place("tasks")) as pilot:
        await fill_in(pilot, "delete-hls", "campus-events")
        await sees(pilot, "POST /task/delete-hls?storeID=51")
        by_somebody_else(fresh_sandbox, "disable-hls", "campus-events")
        await agree(pilot, "This becomes a job")
        await sees(pilot, "Nothing was sent.")
        assert (sent(pilot), jobs(pilot)) == ([], ())


async def test_a_task_runs_in_the_store_of_its_row_and_a_change_becomes_a_job_there(opened: Opened) -> None:
    async with opened(Place("tasks")) as pilot:
        await fill_in(pilot, "cleanup-snapshot", "maps-batch-7")
        await agree(pilot, "POST /task/cleanup-snapshot?storeID=53")
        await until(pilot, lambda: [job.store for job in jobs(pilot)] == ["53"])
        await sees(pilot, "THE ANSWER AS IT CAME")
        await pilot.press("escape")
        await fill_in(pilot, "get-snapshots-totals", "SNAPSHOT_COMPLETE")
        await sees(pilot, "THE ANSWER AS IT CAME")
    assert {path.partition("?")[2] for path in asked(pilot, "snapshot")} == {"storeID=53"}


async def test_a_refused_change_teaches_the_role_that_the_login_lacks(opened: Opened) -> None:
    async with opened(Place("tasks"), "user") as pilot:
        await fill_in(pilot, "disable-hls", "campus-events")
        await agree(pilot, "POST /task/disable-hls?storeID=51")
        await sees(pilot, "THE ANSWER AS IT CAME")
        await pilot.press("escape")
        await until(pilot, lambda: cell(pilot.app, "disable-hls", "STANDING").endswith("needs role"))
        await only(pilot, "enable-hls")
        assert cell(pilot.app, "enable-hls", "STANDING").endswith("needs role")
