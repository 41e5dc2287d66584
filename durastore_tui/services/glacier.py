"""Readable copies of frozen items: one job each, after a look whether the item is there (protocol §7.8)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from durastore_tui.core.errors import BadInput, Conflict, DuraStoreError, Forbidden, Missing, Unauthorized, is_about_one
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.core.tasks import glacier
from durastore_tui.services.in_order import in_order
from durastore_tui.services.jobs import Jobs, Order
from durastore_tui.services.session import Session

AT_ONCE = 4
AWAITED = (JobState.ACCEPTED, JobState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of asking for one item: its job, or why there is none."""

    item: str
    job: Job | None = None
    error: DuraStoreError | BadInput | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing came of it, as far as is known."""
        return self.job is None or self.job.state in (JobState.REJECTED, JobState.NO_REPLY)


class NotAsked(BadInput):
    """Nothing was sent: an item before this one was answered by a 403, which holds for all."""


def orders(session: Session, space: str, items: Iterable[str], *, unchecked: bool = False) -> tuple[Order, ...]:
    """One a frozen item, each once; raises BadInput for an id that can't be sent, or when there is none."""
    named = tuple(dict.fromkeys(items))
    if not named:
        raise BadInput("ids", "No item was named.")
    for item in named:
        glacier.THAW.request_body({"spaceId": space, "contentId": item})
    here = (session.profile.name, session.store.id)
    return tuple(Order(JobKind.RETRIEVAL, *here, space, target=item, unchecked=unchecked) for item in named)


async def ask(jobs: Jobs, thaws: Iterable[Order]) -> AsyncIterator[Asked]:
    """Submits each, a few at a time, and tells each result in their order; after a 403 the rest is not sent.

    Raises Unauthorized.
    """
    forbidden = False

    async def submitted(order: Order) -> Asked:
        nonlocal forbidden
        item = str(order.target)
        if forbidden:
            return Asked(item, error=NotAsked("role", f"Not sent: {glacier.THAW.name} was forbidden just before."))
        try:
            job = await jobs.submit(order)
        except Unauthorized:
            raise
        except (DuraStoreError, BadInput) as error:
            return Asked(item, error=error)
        forbidden = forbidden or (job.refusal == Forbidden.__name__ and not is_about_one(job.answer()))
        return Asked(item, job)

    async for asked in in_order(thaws, submitted, AT_ONCE):
        yield asked


def words(asked: Asked) -> str:
    """What became of it, as a sentence; holds the server's own words, so not yet safe for a screen."""
    if asked.job:
        return asked.job.words
    if isinstance(asked.error, Missing):
        return f"not there, so nothing was sent: {asked.error.words}"
    return str(asked.error)


def was_thawing(job: Job) -> bool:
    """Whether somebody had asked for it before: the server answered 409, and since when is not known."""
    return job.refusal == Conflict.__name__


def ready_at(job: Job) -> datetime | None:
    """When a copy can usually be read; at the latest, for one that was thawing before. None when nobody can say."""
    seconds = job.most if was_thawing(job) else job.usual
    if job.kind is not JobKind.RETRIEVAL or job.state not in AWAITED or seconds is None:
        return None
    return job.since + timedelta(seconds=seconds)


def thaw_of(session: Session, jobs: Iterable[Job], space: str, item: str) -> Job | None:
    """The newest thaw of an item of the current store; `jobs` are newest first."""
    key = (session.profile.name, session.store.id, space, item)
    about = (job for job in jobs if job.kind is JobKind.RETRIEVAL)
    return next((job for job in about if (job.profile, job.store, job.space, job.target) == key), None)
