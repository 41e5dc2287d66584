"""The steps of a change: guard, preflight, plan, confirmation, preflight again, journal, one request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.changes.confirmation import ConfirmationPrompt, Consent, Despite
from durastore_tui.services.changes.guard import guard, pending
from durastore_tui.services.changes.plan import Plan, plan_of
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.session import Session

Reshape = Callable[[Plan], Plan]


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it was asked for. `read` reads the state now, and raises BadInput and the error tree.

    `spaces` are what an unfinished job may exclude; `kind` is the change where the task alone does not say it.
    """

    task: Task
    read: Callable[[], Awaitable[Preflight]]
    spaces: tuple[str, ...] = ()
    kind: JobKind | None = None


class Refused(BadInput):
    """The guard's reason why a change can't be sent now; `job` is the one in the way, if that is the reason."""

    def __init__(self, why: str, job: Job | None = None) -> None:
        super().__init__("state", f"{why.rstrip('.')}; nothing was sent.")
        self.job = job


async def confirmed_order(
    session: Session,
    jobs: Jobs,
    change: Change,
    prompt: ConfirmationPrompt,
    *,
    verb: str = "Send",
    despite: Despite = Despite.NOTHING,
    reshape: Reshape = lambda plan: plan,
) -> Order | None:
    """The order once it was confirmed and still holds, or None where the person said no.

    `verb` words the button, and `reshape` changes what the plan says. Raises as `foresee`, and Changed.
    """
    before = await foresee(session, jobs, change, despite=despite)
    answer = await prompt.show_plan(reshape(plan_of(session, before, verb)))
    if answer is Consent.NO:
        return None
    if answer is Consent.ASKED:
        before.check_same(await change.read())
    return before.to_send()


async def foresee(session: Session, jobs: Jobs, change: Change, *, despite: Despite = Despite.NOTHING) -> Preflight:
    """What would be sent, after every check that can be made before; sends nothing.

    Raises JournalTrouble, Refused, WillFail, Missing, BadInput and the error tree.
    """
    jobs.check_journal()
    if despite is not Despite.ALL or session.window.shut:
        await _check_guard(session, jobs, change)
    before = await change.read()
    match despite:
        case Despite.NOTHING:
            before.check()
        case Despite.PREDICTIONS:
            before.check_found()
    order = before.to_send()
    if not order.parts[1:]:  # of a run, the excluded parts alone are held back
        for unreadable in jobs.unreadable():
            if unreadable.claims & set(order.keys):
                raise ExcludedByUnreadable(unreadable)
    return before


async def _check_guard(session: Session, jobs: Jobs, change: Change) -> None:
    """A job that nobody tracked may be over by now: it is checked once before it excludes anything."""
    for space in change.spaces or ("",):
        if space and (job := pending(session, change.task, space, jobs.all(), change.kind)):
            await jobs.look(job.id)
        if why := guard(session, change.task, space, jobs.all(), change.kind, jobs.unreadable()):
            raise Refused(why, pending(session, change.task, space, jobs.all(), change.kind) if space else None)


async def send(session: Session, jobs: Jobs, order: Order) -> Job:
    """Journals the order, sends it once, and learns from the answer what this login may do; raises as Jobs.submit."""
    job = await jobs.submit(order)
    session.capabilities.answered(first(order).task, job)
    return job


def at(session: Session, order: Order) -> Order:
    """The order for the session's profile and store."""
    return replace(order, profile=session.profile.name, store=session.store.id)
