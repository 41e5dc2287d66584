"""What the journal of this machine has on the job that a place is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from durastore_tui.core.jobs import Job
from durastore_tui.services.changes.plan import curl_of
from durastore_tui.services.jobs.requests import writes
from durastore_tui.tui.context import AppContext, Server, Target
from durastore_tui.tui.copies import Copyable

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.jobs.unreadable import UnreadableJob
    from durastore_tui.services.session import Session


def find_job(context: AppContext, job_id: str | None) -> Job | None:
    """The job as its newest message has it."""
    return next((job for job in context.jobs if job.id == job_id), None)


def order_of(server: Server, job: Job | None) -> Order | None:
    """What the job was sent to do, if the journal has it."""
    return server.services.jobs.order(job.id) if server.services and job else None


def unreadable_job(target: Target) -> UnreadableJob | None:
    """The job, if this version cannot read it."""
    services = target.server.services
    rows = services.jobs.unreadable() if services else ()
    return next((job for job in rows if job.id == target.job), None)


def drop_forgotten(context: AppContext, server: Server) -> None:
    """Take out the jobs that are no longer in the journal: another program may have removed them."""
    if services := server.services:
        there = {job.id for job in services.jobs.all()}
        context.jobs = tuple(job for job in context.jobs if job.id in there)


async def check_now(context: AppContext, target: Target) -> None:
    """Check the job once, before its time, and draw what the journal has then."""
    if (services := target.server.services) and target.job:
        with suppress(KeyError):  # removed meanwhile
            await services.jobs.look(target.job)
        drop_forgotten(context, target.server)
        target.view.read_again()


def copyables(job: Job | None) -> Iterator[Copyable]:
    """What can be copied of it beside its requests."""
    if job:
        yield Copyable("y", "the job id", job.id)
        yield Copyable("w", "what became of it", job.words)


def requests_copy(session: Session | None, job: Job | None, order: Order | None) -> Copyable | str:
    """The requests as the journal has them, as curl lines, or why there are none; sends nothing."""
    if job is None or order is None or session is None or job.profile != session.profile.name:
        return "Requests are available only for jobs of the connected profile."
    lines = [curl_of(session, request.task, request.values, job.store) for request in writes(order)]
    if not lines:
        return "This job only tracks: it sent nothing."
    return Copyable("c", "the job's requests as curl", "\n".join(lines), "\n")
