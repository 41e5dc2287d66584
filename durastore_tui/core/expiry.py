"""When restored items go: said in time, for they are deleted without another word (protocol §7.22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from durastore_tui.core.jobs import Job, JobKind, JobState, of_kind

SOON = timedelta(hours=24)


def soon(until: datetime | None, now: datetime) -> bool:
    """Whether it ends within a day, and has not ended yet; both are UTC."""
    return until is not None and now < until <= now + SOON


def countdown(until: datetime, now: datetime) -> str:
    """As in "expires in 9 days", "expires in 5 hours", "expired 12 days ago"."""
    if until > now:
        return f"expires in {_long(until - now)}"
    return f"expired {_long(now - until)} ago"


def expiring(jobs: Iterable[Job], now: datetime) -> tuple[Job, ...]:
    """The restores whose items are deleted within a day, the first to go first."""
    ending = [
        job
        for job in of_kind(jobs, JobKind.RESTORE)
        if job.state is JobState.CONFIRMED and job.until and soon(job.until, now)
    ]
    return tuple(sorted(ending, key=lambda job: job.until or now))


def _long(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    for unit, length in (("day", 1440), ("hour", 60)):
        if minutes >= 2 * length:
            return f"{minutes // length} {unit}s"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
