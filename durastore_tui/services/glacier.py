"""Retrievals of items from Glacier: the result of each item, and when it can be read (protocol §7.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from durastore_tui.core.errors import BadInput, Conflict, DuraStoreError, Missing
from durastore_tui.core.jobs import Job, JobKind, JobState, job_of_part, of_kind
from durastore_tui.services.session import Session

AWAITED = (JobState.ACCEPTED, JobState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The result for one item: a job for this item alone, or the error. A part of a run has the run's job ID."""

    item: str
    job: Job | None = None
    error: DuraStoreError | BadInput | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing came of it, as far as is known."""
        return self.job is None or self.job.state in (JobState.REJECTED, JobState.NO_REPLY, JobState.PAUSED)


def results(job: Job) -> Iterator[ItemResult]:
    """The result of each item of a job."""
    if job.parts:
        yield from (ItemResult(part.target, job_of_part(job, part)) for part in job.parts)
    else:
        yield ItemResult(str(job.target), job)


def words(result: ItemResult) -> str:
    """What became of it, as a sentence; holds the server's own words, so not yet safe for a screen."""
    if result.job:
        return result.job.words or result.job.state.word
    if isinstance(result.error, Missing):
        return f"The item does not exist, so nothing was sent: {result.error.words}"
    return str(result.error)


def was_thawing(job: Job) -> bool:
    """Whether somebody had asked for it before: the server answered 409, and since when is not known."""
    return job.refusal == Conflict.__name__


def ready_at(job: Job) -> datetime | None:
    """When a copy can usually be read; at the latest, for one that was thawing before. None when nobody can say."""
    seconds = job.most if was_thawing(job) else job.usual
    if job.state not in AWAITED or seconds is None:
        return None
    return job.since + timedelta(seconds=seconds)


def thaw_of(session: Session, jobs: Iterable[Job], space: str, item: str) -> Job | None:
    """The newest retrieval of an item of the current store, also of one in a run; `jobs` are newest first."""
    here = (session.profile.name, session.store.id, space)
    about = (job for job in of_kind(jobs, JobKind.RETRIEVAL) if (job.profile, job.store, job.space) == here)
    found = (result.job for job in about for result in results(job) if result.item == item)
    return next(found, None)
