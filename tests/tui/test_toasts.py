"""Jobs that end by the hundred are one toast, that counts, and one ring of the bell."""

from dataclasses import replace

import pytest
from textual.widgets._toast import Toast

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.tui.messages import Told
from tests.tui.fakes import OFF, Scene, a_job
from tests.tui.looking import sees, shown, until

WIDE = (120, 36)
MANY = 100


def thaw(number: int, state: JobState = JobState.IN_PROGRESS) -> Job:
    item = f"reel-{number:03}.wav"
    return replace(
        a_job("masters-audio", state=state, id=f"t{number}"), kind=JobKind.RETRIEVAL, target=item, family=None
    )


async def test_a_hundred_thaws_are_one_toast_one_bell_and_a_message_each(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene({"masters-audio": OFF}, jobs=[thaw(number) for number in range(MANY)])
    bells: list[bool] = []
    monkeypatch.setattr(scene.app, "bell", lambda: bells.append(True))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "masters-audio", "+99 running")
        for number in range(MANY):
            scene.jobs.move(thaw(number, JobState.CONFIRMED))
        await sees(pilot, "100 retrievals in masters-audio confirmed")
        await until(pilot, lambda: len(scene.app.screen.query(Toast)) == 1)
        assert len(bells) == 1
        assert len(scene.app.notes) == MANY


async def test_ends_that_differ_and_ends_after_one_was_put_away_are_toasts_of_their_own() -> None:
    scene = Scene({"masters-audio": OFF}, jobs=[thaw(number) for number in range(4)])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "masters-audio", "+3 running")
        scene.jobs.move(thaw(0, JobState.CONFIRMED))
        scene.jobs.move(thaw(1, JobState.CONFIRMED))
        scene.jobs.move(thaw(2, JobState.OVERDUE))
        await sees(pilot, "2 retrievals in masters-audio confirmed", "reel-002.wav: retrieval overdue")
        scene.app.clear_notifications()
        scene.jobs.move(thaw(3, JobState.CONFIRMED))
        await sees(pilot, "reel-003.wav: retrieval confirmed")
        await until(pilot, lambda: len(scene.app.screen.query(Toast)) == 1)


async def test_news_of_a_job_replaces_what_was_said_of_it_before() -> None:
    scene = Scene({"dance-archive": OFF}, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "accepted  dance-archive")
        scene.jobs.move(a_job(state=JobState.NO_REPLY))
        await sees(pilot, "dance-archive: enable no reply")
        scene.jobs.move(a_job("theses", state=JobState.OVERDUE, id="j2"))
        await sees(pilot, "theses: enable overdue")
        scene.jobs.move(a_job(state=JobState.CONFIRMED))
        await sees(pilot, "dance-archive: enable confirmed", "theses: enable overdue")
        await until(pilot, lambda: len(scene.app.screen.query(Toast)) == 2)
        assert "no reply" not in shown(scene.app)
        scene.jobs.move(a_job("theses", state=JobState.IN_PROGRESS, id="j2"))
        await until(pilot, lambda: "overdue" not in shown(scene.app))


async def test_the_end_of_a_job_outlives_the_answer_to_its_request_told_later() -> None:
    scene = Scene({"dance-archive": OFF}, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "accepted  dance-archive")
        scene.jobs.move(a_job(state=JobState.REJECTED))
        await sees(pilot, "dance-archive: enable rejected")
        scene.app.post_message(Told("dance-archive: sent.", job=a_job().id, is_news=True))
        await until(pilot, lambda: any(note.text == "dance-archive: sent." for note in scene.app.notes))
        assert "dance-archive: enable rejected" in shown(scene.app)
        assert "dance-archive: sent." not in shown(scene.app)


async def test_a_job_that_moves_on_is_counted_no_longer_with_those_that_ended_as_it_had() -> None:
    scene = Scene({"masters-audio": OFF}, jobs=[thaw(number) for number in range(3)])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "masters-audio", "+2 running")
        for number in range(3):
            scene.jobs.move(thaw(number, JobState.NO_REPLY))
        await sees(pilot, "3 retrievals in masters-audio no reply")
        scene.jobs.move(thaw(1, JobState.CONFIRMED))
        await sees(pilot, "2 retrievals in masters-audio no reply", "reel-001.wav: retrieval confirmed")
        await until(pilot, lambda: len(scene.app.screen.query(Toast)) == 2)


SMALLEST = (60, 16)


async def test_news_that_stays_does_not_hide_the_keys_of_a_sheet_and_is_there_after_it() -> None:
    scene = Scene({"masters-audio": OFF}, jobs=[thaw(0)])
    async with scene.app.run_test(size=SMALLEST, notifications=True) as pilot:
        await sees(pilot, "masters-audio", "1 running")
        await pilot.press("y")
        await sees(pilot, "a letter copies")
        scene.jobs.move(thaw(0, JobState.CONFIRMED))
        await until(pilot, lambda: scene.app.notes)
        await pilot.pause(0.1)
        assert "Cancel" in shown(scene.app)
        await pilot.press("escape")
        await sees(pilot, "reel-000.wav: retrieval confirmed")
        await pilot.press("y")
        await sees(pilot, "Cancel", "a letter copies")


async def test_what_was_done_in_a_sheet_is_said_above_its_keys() -> None:
    scene = Scene({"masters-audio": OFF})
    async with scene.app.run_test(size=(80, 24), notifications=True) as pilot:
        await sees(pilot, "masters-audio")
        await pilot.press("y")
        await sees(pilot, "a letter copies")
        scene.app.post_message(Told("Something was done."))
        await sees(pilot, "Something was done.")
        lines = shown(scene.app).splitlines()
        said, keys = (next(n for n, line in enumerate(lines) if w in line) for w in ("was done", "a letter copies"))
        assert said < 4 < keys


async def test_what_was_said_before_a_sheet_opened_is_not_said_again_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("durastore_tui.tui.terminal.toasts.SHORT", 3600.0)
    scene = Scene({"masters-audio": OFF})
    async with scene.app.run_test(size=(80, 24), notifications=True) as pilot:
        await sees(pilot, "masters-audio")
        scene.app.post_message(Told("Something was done."))
        await sees(pilot, "Something was done.")
        await pilot.press("y")
        await sees(pilot, "a letter copies")
        scene.app.post_message(Told("Another thing."))
        await sees(pilot, "Another thing.")
        assert len(scene.app.screen.query(Toast)) == 1
