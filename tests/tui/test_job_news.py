"""What is said at once when a job moves: its end, trouble, and that a snapshot went on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState
from durastore_tui.tui.details.job_facts import news_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MOVING = Job(
    "1", "lakeshore", "53", JobKind.SNAPSHOT, None, "maps", "maps-snapshot", JobState.IN_PROGRESS, NOON, NOON, ""
)


def in_course(*statuses: str, state: JobState = JobState.IN_PROGRESS) -> Job:
    """The snapshot, an hour between its statuses."""
    looks = tuple(Evidence(NOON + timedelta(hours=hour), "status", word) for hour, word in enumerate(statuses))
    return replace(MOVING, state=state, evidence=looks)


def test_a_status_that_became_another_one_is_news_with_its_time() -> None:
    before = in_course("INITIALIZED", "TRANSFERRING_FROM_DURACLOUD")
    after = in_course("INITIALIZED", "TRANSFERRING_FROM_DURACLOUD", "REPLICATING_TO_STORAGE")
    at = f"{(NOON + timedelta(hours=2)).astimezone():%H:%M}"
    assert news_of(before, after) == (f"maps-snapshot: TRANSFERRING_FROM_DURACLOUD to REPLICATING_TO_STORAGE at {at}")


def test_a_look_that_finds_the_same_is_no_news() -> None:
    job = in_course("INITIALIZED", "TRANSFERRING_FROM_DURACLOUD")
    assert news_of(job, replace(job, updated=NOON + timedelta(hours=5))) is None
    assert news_of(MOVING, in_course("INITIALIZED")) is None, "the first status did not become anything"


def test_one_that_was_under_way_before_we_came_is_no_news_and_one_that_is_stuck_is() -> None:
    stuck = in_course("INITIALIZED", "ERROR", state=JobState.OVERDUE)
    assert news_of(None, in_course("INITIALIZED", "CLEANING_UP")) is None
    assert news_of(in_course("INITIALIZED"), stuck) == "maps-snapshot: snapshot overdue"


def test_an_end_is_news_once() -> None:
    seen = in_course("INITIALIZED", "SNAPSHOT_COMPLETE", state=JobState.CONFIRMED)
    assert news_of(in_course("INITIALIZED"), seen) == "maps-snapshot: snapshot confirmed"
    assert news_of(seen, seen) is None
