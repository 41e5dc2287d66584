"""Paused runs: where they are seen, and that nothing of them is sent without a new confirmation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from durastore_tui.config.profile import Environment
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState, Part
from durastore_tui.services.changes import policy_changes
from durastore_tui.tui.details.job_facts import news_of
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.places import Place
from tests.tui.fakes import OFF, OFFERED, PROFILE, Scene, a_job
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
NAMES = ("art", "books", "coins", "dance", "etchings", "films")
LEFT = NAMES[2:]
HOME = Place("home")


@pytest.fixture
def streaming() -> set[str]:
    """Spaces that stream by now."""
    return set()


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch, streaming: set[str]) -> Iterator[None]:
    async def read_spaces(session: object, spaces: Sequence[str]) -> policy_changes.Read:
        return policy_changes.Read(tuple(space for space in spaces if space in streaming), (), ())

    monkeypatch.setattr(policy_changes, "read_spaces", read_spaces)
    yield


def paused() -> Job:
    sent = [Part(name, JobState.UNVERIFIED, "set") for name in NAMES[:2]]
    parts = (*sent, *(Part(name, JobState.PAUSED) for name in LEFT))
    return replace(a_job(NAMES[0], JobKind.POLICY, JobState.PAUSED, "p1"), family=None, parts=parts)


def scene(root: Place = HOME, *, read_only: bool = False) -> Scene:
    profile = replace(PROFILE, environment=Environment.PROD, read_only=True) if read_only else PROFILE
    spaces = dict.fromkeys(NAMES, OFF)
    running = a_job("maps", state=JobState.IN_PROGRESS, id="r1")
    made = Scene(spaces, jobs=[running, paused()], offered=(*OFFERED, "set-storage-policy"), root=root, profile=profile)
    made.jobs.asked_for["p1"] = policy_changes.draft(NAMES, "GLACIER", 30)
    return made


async def confirmation(pilot: Pilot[None]) -> ConfirmSheet:
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmSheet))
    assert isinstance(pilot.app.screen, ConfirmSheet)
    return pilot.app.screen


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_home_lists_a_paused_run_first_and_says_how_to_continue_it(size: tuple[int, int]) -> None:
    made = scene()
    async with made.app.run_test(size=size) as pilot:
        await sees(pilot, "2 of 6 sent, 4 not sent", "maps")
        lines = [line for line in shown(made.app).splitlines() if "not sent" in line or "maps" in line]
        assert "not sent" in lines[0]
        if size is WIDE:
            await sees(pilot, "Continue (C)")
    assert made.jobs.continued == []


@pytest.mark.parametrize(
    "root", [HOME, Place("jobs"), Place("job", job="p1", parent=Place("jobs"))], ids=lambda place: place.screen
)
async def test_c_confirms_the_number_of_unsent_parts_and_sends_only_these(root: Place) -> None:
    made = scene(root)
    async with made.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 of 6 sent, 4 not sent")
        await pilot.press("C")
        plan = (await confirmation(pilot)).plan
        assert plan.typed == "4"
        assert all(f'"spaceId": "{name}"' in sent.body for name, sent in zip(LEFT, plan.requests, strict=True))
        await pilot.press("y", "tab")
        type_in(made.app, "4")
        assert made.jobs.continued == []
        await pilot.press("enter", "enter")
        await until(pilot, lambda: made.jobs.continued == ["p1"])
    assert made.jobs.orders == []


@pytest.mark.parametrize("change", ["a space streams", "another program continued it"])
async def test_what_changed_while_the_dialog_was_open_is_not_continued(streaming: set[str], change: str) -> None:
    made = scene(Place("jobs"))
    async with made.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "4 not sent")
        await pilot.press("C")
        await confirmation(pilot)
        if change == "a space streams":
            streaming.add("films")
        else:
            made.jobs.jobs = (replace(paused(), state=JobState.SENT),)
        await pilot.press("tab")
        type_in(made.app, "4")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: any("othing was sent" in told.message for told in made.app._notifications))
    assert made.jobs.continued == []


async def test_another_login_is_told_why_it_cannot_continue() -> None:
    made = scene(Place("jobs"))
    made.jobs.unforgettable = BadInput("job", "Job p1 was sent by ana; root cannot continue it.")
    async with made.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "4 not sent")
        await pilot.press("C")
        await confirmation(pilot)
        await pilot.press("tab")
        type_in(made.app, "4")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: any("was sent by ana" in told.message for told in made.app._notifications))


async def test_a_write_window_sends_nothing_of_a_paused_run() -> None:
    made = scene(Place("jobs"), read_only=True)
    async with made.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "4 not sent")
        await pilot.press("C")
        await until(pilot, lambda: any("is read-only here" in told.message for told in made.app._notifications))
        await pilot.press("colon")
        type_in(made.app, "rw 5m")
        await pilot.press("enter")
        await sees(pilot, "each with its own confirmation")
        await pilot.press("tab")
        type_in(made.app, PROFILE.name)
        await pilot.press("enter", "enter")
        await sees(pilot, "WRITE 5:00")
        assert (made.jobs.continued, made.jobs.orders) == ([], [])
        await pilot.press("C")
        assert (await confirmation(pilot)).plan.typed == "4"
    assert (made.jobs.continued, made.jobs.orders) == ([], [])


async def test_a_paused_run_is_abandoned_after_a_yes_and_no_other_job_is() -> None:
    made = scene(Place("jobs"))
    async with made.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "4 not sent")
        await pilot.press("a")
        await sees(pilot, "Abandon this run", "4 unsent parts are dropped")
        await pilot.press("escape", "j", "a")
        await sees(pilot, "Only a paused job can be abandoned.")
        await pilot.press("k", "a")
        await sees(pilot, "Abandon this run")
        await pilot.press("y")
        await until(pilot, lambda: made.jobs.abandoned == ["p1"])


def test_a_switch_that_this_program_continues_is_told_of() -> None:
    before = replace(a_job(kind=JobKind.SWITCH, state=JobState.IN_PROGRESS), streaming_type="SECURE")
    evidence = Evidence(before.since, "continued", "after the program that sent it ended")
    assert "this program continues the switch" in str(news_of(before, replace(before, evidence=(evidence,))))
    assert news_of(before, before) is None
