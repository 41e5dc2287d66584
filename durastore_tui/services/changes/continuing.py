"""Sending what an interrupted run did not send, after a new confirmation for the number of unsent parts (design §5)."""

from __future__ import annotations

from dataclasses import replace

from durastore_tui.core.errors import BadInput
from durastore_tui.core.job_summary import describe_change, subject
from durastore_tui.core.jobs import SCOPES, Job, JobKind, JobState
from durastore_tui.core.tasks.model import Tier
from durastore_tui.services.changes import policy_changes, retrieval_changes
from durastore_tui.services.changes.confirmation import ConfirmationPrompt
from durastore_tui.services.changes.flow import Change, confirmed_order
from durastore_tui.services.changes.plan import Plan
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import enable
from durastore_tui.services.jobs.requests import first
from durastore_tui.services.session import Session


def why_not(session: Session, job: Job | None) -> str | None:
    """Why the job cannot be continued from here now, or None."""
    if job is None or job.state is not JobState.PAUSED:
        return "Only a paused job can be continued."
    if job.profile != session.profile.name:
        return f"Job {job.id} belongs to {job.profile}; connect to it to continue the job."
    if session.window.shut:
        return f"{session.profile.name} is read-only here. No job can be continued."
    return None


async def continue_run(session: Session, jobs: Jobs, job: Job, order: Order, prompt: ConfirmationPrompt) -> Job | None:
    """Confirms the unsent parts and sends them; None where the person said no.

    Raises BadInput where the job was changed meanwhile, and as `changes.flow.confirmed_order` and `Jobs.continue_run`.
    """
    here = session.at(session.listed(job.store))
    rest = _rest(job, order)
    change = Change(first(rest).task, lambda: _preflight(here, rest))

    def reshape(plan: Plan) -> Plan:
        title = f"Continue {describe_change(job)}: {subject(job)}"
        return replace(plan, title=title, names=(str(job.unsent),), tier=Tier.DANGER)

    if await confirmed_order(here, jobs, change, prompt, verb="Continue", reshape=reshape) is None:
        return None
    now = jobs.get(job.id)
    if now is None or (now.state, now.unsent) != (job.state, job.unsent):
        raise BadInput("job", f"Job {job.id} was changed meanwhile. Nothing was sent.")
    done = await jobs.continue_run(job.id)
    session.capabilities.answered(change.task, done)
    return done


def _rest(job: Job, order: Order) -> Order:
    """The order over the parts that were not sent; of a switch, its enable."""
    left = tuple(part.target for part in job.parts if part.unsent)
    match job.scope.parts:
        case "spaces":
            return policy_changes.over(order, left)
        case "items":
            return replace(order, items=left)
    return replace(order, kind=JobKind.ENABLE)


async def _preflight(session: Session, rest: Order) -> Preflight:
    """What speaks against sending the rest, by what the server shows now; raises the error tree."""
    match SCOPES[rest.kind].parts:
        case "spaces":
            return await policy_changes.preflight(session, rest)
        case "items":
            return await retrieval_changes.preflight(session, rest.space, rest.items, unchecked=rest.unchecked)
    request = enable(rest)
    return Preflight(request.task, request.values, order=rest)
