"""Jobs: what was sent from this machine, over all servers; steps, evidence, requests, and what can be done."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState, Part
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.dialogs.ask_sheet import AskSheet
from durastore_tui.tui.dialogs.enable_sheet import EnableSheet
from tests.tui.fakes import OFF, OPEN, Scene, a_job
from tests.tui.looking import sees, shown, until

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
SPACES = {"dance-archive": OFF, "oral-histories-hls": OPEN}
NOT_YET = "The space is already configured to stream as OPEN."
SWITCH = Order(JobKind.SWITCH, "lakeshore", "51", "dance-archive", "HLS", streaming_type="SECURE", host="d0.example")


def jobs_of_every_group() -> list[Job]:
    states = (
        JobState.CONFIRMED,
        JobState.NO_REPLY,
        JobState.OVERDUE,
        JobState.IN_PROGRESS,
        JobState.UNKNOWN,
        JobState.REJECTED,
    )
    return [a_job(f"space-{state}", state=state, id=f"job-{state}") for state in states]


def a_switch(state: JobState, **more: object) -> Job:
    job = replace(a_job(kind=JobKind.SWITCH, state=state), streaming_type="SECURE")
    return replace(job, **more)  # type: ignore[arg-type]


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if "space-" in line and "lakeshore" in line]


async def test_running_comes_before_late_before_unknown_before_done() -> None:
    scene = Scene(SPACES, jobs=jobs_of_every_group())
    async with scene.app.run_test(size=NARROW) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5")
        await sees(pilot, "1 running, 1 overdue, 2 unknown, 2 done")
        await sees(pilot, "SERVER", "SENT")
        words = [re.split("  +", line.replace("▌", " ").strip())[0][2:] for line in rows(shown(scene.app))]
    assert words == ["in progress", "overdue", "no reply", "unknown", "confirmed", "rejected"]


async def test_a_job_that_moves_to_another_group_moves_in_the_list() -> None:
    scene = Scene(SPACES, jobs=[a_job("space-a", id="a"), a_job("space-b", id="b")])
    async with scene.app.run_test(size=NARROW) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5")
        await sees(pilot, "2 running")
        scene.jobs.move(a_job("space-a", state=JobState.CONFIRMED, id="a"))
        await sees(pilot, "1 running, 1 done")
        await until(pilot, lambda: ["space-b" in line for line in rows(shown(scene.app))] == [True, False])
        scene.jobs.move(a_job("space-c", id="c"))
        await sees(pilot, "2 running, 1 done", "space-c")


async def test_the_drawer_and_the_screen_say_the_same_in_the_same_order() -> None:
    scene = Scene(SPACES, jobs=jobs_of_every_group())
    async with scene.app.run_test(size=(120, 50)) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("b", "5")
        await sees(pilot, "1 running", "space-in_progress · enable · lakeshore")
        drawer = [line for line in shown(scene.app).splitlines() if " · enable · " in line]
        above = shown(scene.app).split(" · enable · ")[0].splitlines()
        listed = [line for line in above if " enable  " in line and "space-" in line]
    assert [line.split()[1] for line in drawer] == [line.replace("▌", " ").split()[1] for line in listed]


async def test_jobs_of_other_servers_are_listed_and_counted_nowhere_else() -> None:
    other = replace(a_job("yearbooks", id="other"), profile="cedarfork")
    scene = Scene(SPACES, jobs=[other])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "no jobs under way")
        scene.jobs.move(replace(other, state=JobState.CONFIRMED))
        scene.jobs.move(replace(other, state=JobState.IN_PROGRESS))
        await pilot.press("5")
        await sees(pilot, "cedarfork", "yearbooks", "no jobs under way", "1 running", "is not tracked now")
        assert scene.app.notes == []
        await pilot.press("enter", "enter")
        await sees(pilot, "is in store 51 of cedarfork; we are")


@pytest.mark.parametrize(
    ("job", "ticks"),
    [
        (a_switch(JobState.SENT), ["◌ delete sent", "○ old distribution released", "○ enabled as SECURE"]),
        (
            a_switch(JobState.IN_PROGRESS, attempts=2),
            ["● delete sent", "◐ old distribution released, tried 2 times", "○ enabled as SECURE"],
        ),
        (
            a_switch(JobState.IN_PROGRESS, attempts=3, host="d9.example"),
            ["● old distribution released, tried 3 times", "● enabled as SECURE at d9.example", "◐ new host answers"],
        ),
        (a_switch(JobState.CONFIRMED, attempts=1, host="d9.example"), ["tried once", "● new host answers"]),
        (a_switch(JobState.NO_REPLY, attempts=1), ["● delete sent", "? old distribution released, tried once"]),
        (a_switch(JobState.REJECTED), ["✕ delete sent", "○ old distribution released", "○ new host answers"]),
    ],
)
@BOTH
async def test_a_switch_ticks_its_steps(job: Job, ticks: list[str], size: tuple[int, int]) -> None:
    scene = Scene(SPACES, jobs=[job])
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "enter")
        await sees(pilot, "job j1", *ticks)


async def test_a_job_shows_evidence_requests_and_the_last_answer() -> None:
    looks = (Evidence(a_job().since, "answer", NOT_YET), Evidence(a_job().since, "tls", "handshake refused"))
    job = a_switch(JobState.IN_PROGRESS, words=f"Try 2: {NOT_YET}", evidence=looks, attempts=2)
    scene = Scene(SPACES, jobs=[job])
    scene.jobs.asked_for["j1"] = SWITCH
    async with scene.app.run_test(size=(120, 50)) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "enter")
        await sees(pilot, f"Try 2: {NOT_YET}", "tls: handshake refused", f"answer: {NOT_YET}")
        await sees(pilot, 'POST /task/delete-hls {"spaceId": "dance-archive"}', "POST /task/enable-hls", "what to do")


async def test_a_run_shows_every_space_with_its_result() -> None:
    parts = (Part("maps", JobState.ACCEPTED, "set"), Part("theses", JobState.REJECTED, "no"), Part("yearbooks"))
    run = replace(a_job(kind=JobKind.POLICY, state=JobState.SENT), family=None, parts=parts)
    scene = Scene(SPACES, jobs=[run])
    async with scene.app.run_test(size=(120, 50)) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5")
        await sees(pilot, "3 spaces", "accepted set", "rejected no", "not sent")


async def test_stop_tracking_asks_and_then_forgets_and_frees_the_space() -> None:
    scene = Scene(SPACES, jobs=[a_job(state=JobState.UNKNOWN)])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "x")
        await sees(pilot, "Stop tracking this job", "The job is removed from the list.", "still carry out the change.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(scene.app.screen, AskSheet))
        assert len(scene.jobs.jobs) == 1
        await pilot.press("x")
        await until(pilot, lambda: isinstance(sheet := scene.app.screen, AskSheet) and sheet.painted_at is not None)
        await pilot.press("y")
        await sees(pilot, "No job was ever sent from here.")
        assert not scene.jobs.jobs
        await pilot.press("1", "E")
        await until(pilot, lambda: isinstance(scene.app.screen, EnableSheet))
    assert scene.jobs.orders == []


async def test_the_page_of_a_forgotten_job_closes() -> None:
    scene = Scene(SPACES, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "enter")
        await sees(pilot, "Jobs › job j1")
        await pilot.press("x")
        await until(pilot, lambda: isinstance(sheet := scene.app.screen, AskSheet) and sheet.painted_at is not None)
        await pilot.press("y")
        await sees(pilot, "No job was ever sent from here.")


async def test_a_request_on_its_way_is_not_forgotten() -> None:
    scene = Scene(SPACES, jobs=[a_job(state=JobState.SENT)])
    scene.jobs.unforgettable = BadInput("job", "Its request is on its way.")
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "x")
        await until(pilot, lambda: isinstance(sheet := scene.app.screen, AskSheet) and sheet.painted_at is not None)
        await pilot.press("y")
        await sees(pilot, "Still tracked: Its request is on its way.", "1 running")


async def test_only_a_run_that_this_program_sends_can_be_halted() -> None:
    parts = (Part("maps", JobState.ACCEPTED, "set"), Part("theses"), Part("yearbooks"))
    run = replace(a_job(kind=JobKind.POLICY, state=JobState.SENT), family=None, parts=parts)
    scene = Scene(SPACES, jobs=[run])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "h")
        await sees(pilot, "Only a run over several targets can be halted")
        scene.jobs.sending.add("j1")
        await pilot.press("h")
        await sees(pilot, "Halt this run", "2 are not sent")
        await pilot.press("y")
        await until(pilot, lambda: scene.jobs.halted == ["j1"])


async def test_asking_again_looks_at_the_job_under_the_cursor() -> None:
    scene = Scene(SPACES, jobs=[a_job("a", id="a"), a_job("b", id="b")])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "j", "ctrl+r")
        await until(pilot, lambda: scene.jobs.looked_at == ["b"])


async def test_a_refusal_leads_to_the_job_in_the_way_and_back() -> None:
    job = a_job("oral-histories-hls", JobKind.DELETE, id="first")
    scene = Scene(SPACES, jobs=[a_job("maps", id="other"), job])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "deleting")
        await pilot.press("j", "E")
        await sees(pilot, "l opens that job.")
        await pilot.press("l")
        await sees(pilot, "Spaces › job first", "delete sent")
        await pilot.press("escape")
        await sees(pilot, "2 spaces")


async def test_the_job_of_the_last_message_is_one_key_away() -> None:
    scene = Scene(SPACES, jobs=[a_job("maps", id="m")])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        scene.jobs.move(
            replace(a_job("maps", id="m", state=JobState.CONFIRMED), updated=a_job().since + timedelta(minutes=3))
        )
        await sees(pilot, "maps: enable confirmed")
        await pilot.press("l")
        await sees(pilot, "Spaces › job m", "after 03:00")


async def test_without_any_job_the_key_says_so() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("l")
        await sees(pilot, "No message named a job")


async def test_a_job_without_links_that_ended_says_why_there_is_no_list() -> None:
    scene = Scene(SPACES, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5", "u")
        await sees(pilot, "Only a delete or a switch of HLS ends URLs.")


async def test_it_is_said_when_no_job_is_followed_just_now() -> None:
    scene = Scene(SPACES, jobs=[a_job()])
    scene.jobs._trouble = "OSError: No space left on device"
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5")
        await sees(pilot, "jobs are not tracked now: OSError: No space left on device")
