"""When a thawed item can be read, and until when, in words that claim no more than is known."""

from dataclasses import replace
from datetime import timedelta

from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.tui.details.thaw_facts import readable
from tests.tui.fakes import a_job

HOUR = 3600.0
JOB = replace(a_job("masters-audio", JobKind.RETRIEVAL), family=None, target="a.wav", usual=4 * HOUR, most=5 * HOUR)
NOW = JOB.since


def local(hours: float) -> str:
    return f"{(NOW + timedelta(hours=hours)).astimezone():%H:%M}"


def test_one_that_was_asked_for_from_here_is_ready_about_the_usual_time() -> None:
    said = readable(JOB, NOW)
    assert said.startswith("ready about ") and said.endswith(local(4))


def test_one_that_was_thawing_already_has_a_latest_time_only() -> None:
    thawing = replace(JOB, state=JobState.IN_PROGRESS, refusal="Conflict")
    said = readable(thawing, NOW)
    assert said.startswith("already thawing, by ") and said.endswith(local(5))


def test_a_time_on_another_day_has_its_date() -> None:
    assert f"{(NOW + timedelta(hours=4)).astimezone():%Y-%m-%d}" in readable(JOB, NOW - timedelta(days=2))


def test_one_that_can_be_read_says_until_when_and_a_late_one_promises_nothing() -> None:
    seen = replace(JOB, state=JobState.CONFIRMED, until=NOW + timedelta(days=14))
    assert readable(seen, NOW).startswith("readable until ")
    assert readable(replace(JOB, state=JobState.OVERDUE), NOW) == ""
