"""Restored items are deleted without another word: the last day is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from durastore_tui.core.expiry import countdown, expiring, soon
from durastore_tui.core.jobs import Job, JobKind, JobState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RESTORED = Job("1", "lakeshore", "53", JobKind.RESTORE, None, "maps", "r", JobState.CONFIRMED, NOW, NOW, "")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (9 * 24 + 1, "expires in 9 days"),
        (47, "expires in 47 hours"),
        (5.5, "expires in 5 hours"),
        (1.5, "expires in 90 minutes"),
        (1 / 60, "expires in 1 minute"),
        (-12 * 24, "expired 12 days ago"),
        (0, "expired 0 minutes ago"),
    ],
)
def test_the_countdown_is_in_the_largest_unit_that_still_counts(hours: float, words: str) -> None:
    assert countdown(NOW + timedelta(hours=hours), NOW) == words


@pytest.mark.parametrize(("hours", "is_soon"), [(24, True), (24.1, False), (0, False), (-1, False), (0.1, True)])
def test_soon_is_within_a_day_and_not_over(hours: float, is_soon: bool) -> None:
    assert soon(NOW + timedelta(hours=hours), NOW) is is_soon
    assert not soon(None, NOW)


def test_the_first_to_go_is_told_first_and_other_jobs_are_not() -> None:
    def until(job: Job, hours: float) -> Job:
        return replace(job, until=NOW + timedelta(hours=hours))

    late, early = until(RESTORED, 20), until(RESTORED, 5)
    others = (
        until(RESTORED, 30),
        RESTORED,
        until(replace(RESTORED, kind=JobKind.RETRIEVAL), 5),
        until(replace(RESTORED, state=JobState.IN_PROGRESS), 5),
    )
    assert expiring((late, *others, early), NOW) == (early, late)
