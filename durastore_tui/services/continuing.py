"""What a paused job did not send, and what the server shows of it now (design §5)."""

from __future__ import annotations

from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services import policies
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request, enable
from durastore_tui.services.jobs.requests import first
from durastore_tui.services.preflight import Preflight
from durastore_tui.services.session import Session


def unsent_requests(job: Job, order: Order) -> tuple[Request, ...]:
    """One for each part that was not sent; the enable of a switch."""
    parts = tuple(part.target for part in job.parts if part.unsent)
    return tuple(first(order, part) for part in parts) if job.parts else (enable(order),)


def why_not(session: Session, job: Job | None) -> str | None:
    """Why the job cannot be continued from here now, or None."""
    if job is None or job.state is not JobState.PAUSED:
        return "Only a paused job can be continued."
    if job.profile != session.profile.name:
        return f"Job {job.id} belongs to {job.profile}; connect to it to continue the job."
    if session.window.shut:
        return f"{session.profile.name} is read-only here. No job can be continued."
    return None


async def preflight(session: Session, job: Job, order: Order) -> Preflight:
    """What speaks against sending the rest, by what the server shows now; raises the error tree."""
    here = session.at(session.listed(job.store))
    request = unsent_requests(job, order)[0]
    if job.scope.parts != "spaces":
        return Preflight(request.task, request.values, order=order)
    left = tuple(part.target for part in job.parts if part.unsent)
    return await policies.preflight(here, policies.over(order, left))
