"""Tasks: all of them with their standing, a form for each, consent where it changes the server, the answer read."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.config.profile import demo
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks.model import Tier
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.details.task_facts import RISK
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.dialogs.task_form import TaskSheet
from durastore_tui.tui.start import SPACES, Start
from tests.sandbox_server import SandboxServer
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
Open = Callable[..., DurastoreApp]


@pytest.fixture
def opened(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The app on the stand-in, as one of its users."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def app(user: str = "root", *, read_only: bool = False) -> DurastoreApp:
        profile = demo("lakeshore", fresh_sandbox.worlds["lakeshore"], user, fresh_sandbox.ca_file)
        return DurastoreApp(
            Start(replace(profile, read_only=read_only), Secret(fresh_sandbox.users[user]), root=SPACES)
        )

    return app


async def go_to(pilot: Pilot[None], task: str) -> None:
    """To the screen, with only that task in its list."""
    await until(pilot, lambda: getattr(pilot.app, "services", None))
    await sees(pilot, " spaces")
    await pilot.press("6")
    await sees(pilot, "tasks", "noop")
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    type_in(pilot.app, task)
    await pilot.press("enter")
    await sees(pilot, f"▌  {task}")


async def in_form(pilot: Pilot[None]) -> TaskSheet:
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, TaskSheet) and pilot.app.focused)
    assert isinstance(pilot.app.screen, TaskSheet)
    return pilot.app.screen


async def test_a_list_of_tasks_that_cannot_be_read_is_a_failure_with_its_cause(
    opened: Open, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("html-502", path="/task")
    app = opened()
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: getattr(app, "services", None))
        await sees(pilot, " spaces")
        await pilot.press("6")
        await sees(pilot, "failed: the tasks of every store", "The server cannot answer now.", "GET /task")
        assert "read now" not in shown(app)
        fresh_sandbox.fault("html-502", on=False, path="/task")
        await pilot.press("ctrl+r")
        await sees(pilot, "noop", "read now")
        fresh_sandbox.fault("html-502", path="/task")
        await pilot.press("ctrl+r")
        await sees(pilot, "noop", "old", "The server cannot answer now.")


@BOTH
async def test_what_was_run_teaches_which_other_tasks_are_allowed(opened: Open, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await go_to(pilot, "noop")
        await sees(pilot, "? unknown")
        await in_form(pilot)
        await sees(pilot, "Does nothing and answers Success.", "POST /task/noop?storeID=51")
        await sees(pilot, "enter sends")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await sees(pilot, "THE ANSWER AS IT CAME", "Success")
        await pilot.press("escape")
        await sees(pilot, "● allowed")
        await pilot.press("i")
        await sees(pilot, "noop, which takes the role ADMIN,", "succeeded at")


async def test_a_refusal_is_told_and_then_the_key_says_the_role(opened: Open) -> None:
    app = opened("user")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await go_to(pilot, "noop")
        form = await in_form(pilot)
        form.action_go_on()
        await sees(pilot, "status 403", "⊘ needs role", "with status 403 at", "WHAT ANSWERS TAUGHT")
        app.clear_notifications()
        await pilot.press("enter")
        await sees(pilot, "needs the role ADMIN")
        assert not isinstance(app.screen, TaskSheet)


@BOTH
async def test_a_form_checks_each_parameter_and_shows_what_would_be_sent(opened: Open, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await go_to(pilot, "get-url-hls")
        await in_form(pilot)
        await sees(pilot, "spaceId is needed")
        await pilot.press("tab")
        type_in(app, "oral-histories-hls")
        await sees(pilot, "contentId is needed")
        await pilot.press("tab")
        type_in(app, "oh/a b.m3u8")
        await sees(pilot, '{"spaceId": "oral-histories-hls", "contentId": "oh/a b.m3u8"}')
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await sees(pilot, "THE ANSWER AS IT IS READ", "stream url", "oh/a b.m3u8")


async def test_an_answer_is_copied_whole_and_its_request_as_curl_and_run_again(opened: Open, copied: list[str]) -> None:
    app = opened()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await go_to(pilot, "noop")
        await pilot.press("r")
        await sees(pilot, "was not run from here yet; enter")
        (await in_form(pilot)).action_go_on()
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("escape", "y")
        await until(pilot, lambda: copied == ["Success"])
        await pilot.press("c")
        await until(pilot, lambda: len(copied) == 2)
        assert "/task/noop?storeID=51" in copied[1]
        assert app.services
        before = [request.task for request in app.services.session.log].count("noop")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert [request.task for request in app.services.session.log].count("noop") == before + 1


@BOTH
async def test_a_change_is_consented_to_on_its_own_sheet(opened: Open, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await go_to(pilot, "disable-hls")
        await in_form(pilot)
        await pilot.press("tab")
        type_in(app, "campus-events")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await sees(pilot, "POST /task/disable-hls?storeID=51", "This becomes a job")
        assert app.services
        assert "disable-hls" not in [request.task for request in app.services.session.log]
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await sees(pilot, "THE ANSWER AS IT CAME", '"result"', "campus-events")
        (job,) = app.services.jobs.all()
        assert (job.kind, job.store, job.space) == (JobKind.DISABLE, "51", "campus-events")
        order = app.services.jobs.order(job.id)
        assert order and order.host and order.was == "OPEN"
        assert app.services.session.capabilities.lessons()[0].task.name == "disable-hls"


async def test_a_change_that_a_job_is_at_work_on_is_not_sent_a_second_time(opened: Open) -> None:
    app = opened()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await go_to(pilot, "delete-hls")
        assert app.services
        order = Order(JobKind.DELETE, "lakeshore", "51", "campus-events", family="HLS")
        first = await app.services.jobs.submit(order)
        await in_form(pilot)
        await pilot.press("tab")
        type_in(app, "campus-events")
        await pilot.press("enter")
        await sees(pilot, f"(job {first.id})")
        assert [job.id for job in app.services.jobs.all()] == [first.id]


async def test_what_speaks_against_a_change_stands_on_its_sheet(opened: Open) -> None:
    app = opened()
    async with app.run_test(size=WIDE) as pilot:
        await go_to(pilot, "disable-hls")
        await in_form(pilot)
        await pilot.press("tab")
        type_in(app, "maps-and-plans")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await sees(pilot, "there is nothing to disable")


async def test_a_task_that_nobody_declared_takes_a_body_and_its_name_typed(
    opened: Open, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("unknown-task")
    app = opened()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await go_to(pilot, "defrag-space")
        await sees(pilot, "? unknown", "know which role it takes")
        await in_form(pilot)
        type_in(app, '{"spaceId": "maps"}')
        await sees(pilot, "nothing is sent from this form")
        await pilot.press("enter")
        await sees(pilot, "Nobody knows what this task does.", "Type defrag-space to go on")
        await pilot.press("tab")
        type_in(app, "defrag-space")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert app.services
        sent = [request for request in app.services.session.log if request.task == "defrag-space"]
    assert [json.loads(request.body) for request in sent] == [{"spaceId": "maps"}]


async def test_a_raw_body_begins_with_what_the_form_would_send(opened: Open) -> None:
    app = opened()
    async with app.run_test(size=WIDE) as pilot:
        await go_to(pilot, "disable-hls")
        form = await in_form(pilot)
        await pilot.press("tab")
        type_in(app, "maps")
        await sees(pilot, '{"spaceId": "maps"}')
        await pilot.press("shift+tab", "space")
        await until(pilot, lambda: form.raw)
        await pilot.press("tab", "end", "backspace")
        type_in(app, ', "x": 1}')
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await sees(pilot, '{"spaceId": "maps", "x": 1}', "maps loses its streaming properties", "This becomes a job")


async def test_a_read_only_server_lets_look_and_says_why_it_does_not_let_change(opened: Open) -> None:
    app = opened(read_only=True)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await go_to(pilot, "disable-hls")
        await pilot.press("enter")
        await sees(pilot, "is read-only here: disable-hls was not sent.")
        assert not isinstance(app.screen, TaskSheet)


@BOTH
async def test_what_no_store_has_says_why(opened: Open, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size, notifications=True) as pilot:
        await go_to(pilot, "enable-streaming")
        await sees(pilot, "○ not offered")
        await pilot.press("enter")
        await sees(pilot, "No store lists it")
        assert "○ not offered" in shown(app)


def test_red_is_for_danger_alone_and_amber_for_what_is_late_or_unknown() -> None:
    assert {tier: shade for tier, shade in RISK.items() if shade in ("bad", "warn")} == {Tier.DANGER: "bad"}


async def test_a_cookies_url_of_an_open_space_is_refused_and_says_so(opened: Open) -> None:
    app = opened()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await go_to(pilot, "get-signed-cookies-url")
        await in_form(pilot)
        await pilot.press("tab")
        type_in(app, "campus-events")
        await pilot.press("tab", "tab", "tab")
        type_in(app, "https://a.example/")
        await pilot.press("enter")
        await until(pilot, lambda: any("does not work for it. Noth" in told.message for told in app._notifications))
        assert app.services
        assert "get-signed-cookies-url" not in [request.task for request in app.services.session.log]
