"""Jobs that end by the hundred are one toast, that counts, and one ring of the bell."""

from dataclasses import replace

import pytest
from textual.widgets._toast import Toast

from durastore_tui.core.jobs import Job, JobKind, JobState
from tests.tui.fakes import OFF, Scene, a_job
from tests.tui.looking import sees, until

WIDE = (120, 36)
MANY = 100


def thaw(number: int, state: JobState = JobState.SETTLING) -> Job:
    item = f"reel-{number:03}.wav"
    return replace(a_job("masters-audio", state=state, id=f"t{number}"), kind=JobKind.THAW, target=item, family=None)


async def test_a_hundred_thaws_are_one_toast_one_bell_and_a_message_each(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene({"masters-audio": OFF}, jobs=[thaw(number) for number in range(MANY)])
    bells: list[bool] = []
    monkeypatch.setattr(scene.app, "bell", lambda: bells.append(True))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "masters-audio", "+99 running")
        for number in range(MANY):
            scene.jobs.move(thaw(number, JobState.SEEN))
        await sees(pilot, "100 thaws in masters-audio seen")
        await until(pilot, lambda: len(scene.app.screen.query(Toast)) == 1)
        assert len(bells) == 1
        assert len(scene.app.notes) == MANY


async def test_ends_that_differ_and_ends_after_one_was_put_away_are_toasts_of_their_own() -> None:
    scene = Scene({"masters-audio": OFF}, jobs=[thaw(number) for number in range(4)])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "masters-audio", "+3 running")
        scene.jobs.move(thaw(0, JobState.SEEN))
        scene.jobs.move(thaw(1, JobState.SEEN))
        scene.jobs.move(thaw(2, JobState.LATE))
        await sees(pilot, "2 thaws in masters-audio seen", "reel-002.wav: thaw late")
        scene.app.clear_notifications()
        scene.jobs.move(thaw(3, JobState.SEEN))
        await sees(pilot, "reel-003.wav: thaw seen")
        await until(pilot, lambda: len(scene.app.screen.query(Toast)) == 1)
