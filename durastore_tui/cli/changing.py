"""Changes on the command line: confirmed, sent as a job, and followed if asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from durastore_tui.cli.call import Call
from durastore_tui.cli.consent import TerminalPrompt
from durastore_tui.cli.exits import Exit, of_job, refusal
from durastore_tui.cli.following import followed
from durastore_tui.cli.rows import job_row
from durastore_tui.cli.watching import watched
from durastore_tui.cli.writing import Writing, check_read_only, print_curl
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.urls import task_path
from durastore_tui.services.changes.confirmation import Despite
from durastore_tui.services.changes.flow import Change, confirmed_order, send
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first
from durastore_tui.services.session import Session

Read = Callable[[Session], Awaitable[Preflight]]


async def run(call: Call, task: Task, values: Mapping[str, Value | None], writing: Writing, read: Read) -> Exit:
    """Run a task of snapshots or restores, on the only store that offers these."""
    body = task.request_body(values)
    if writing.curl:
        await print_curl(call, [(task.name, body)], snapshots.LIST)
        return Exit.DONE
    check_read_only(call, task.name)
    async with call.session(snapshots.LIST) as session:
        spaces = (str(values["spaceId"]),) if "spaceId" in values else ()
        return await carry_out(call, session, lambda jobs: Change(task, lambda: read(session), spaces), writing)


async def carry_out(call: Call, session: Session, change_of: Callable[[Jobs], Change], writing: Writing) -> Exit:
    """Confirm the change and send it; print the server's reply, or the job when it is waited for."""
    with followed(call, session.profile, session.endpoint.password) as jobs:
        order = await confirmed(call, session, jobs, change_of(jobs), writing)
        return await _report(call, jobs, await send(session, jobs, order), writing)


async def confirmed(call: Call, session: Session, jobs: Jobs, change: Change, writing: Writing) -> Order:
    """The order of a change that was confirmed; raises as `changes.flow.confirmed_order`."""
    order = await confirmed_order(session, jobs, change, TerminalPrompt(call, writing.given), despite=despite(writing))
    if order is None:
        raise BadInput("confirm", "Not consented to; nothing was sent.")
    return order


def despite(writing: Writing) -> Despite:
    """What `--force` overrides."""
    return Despite.ALL if writing.given.force else Despite.NOTHING


async def _report(call: Call, jobs: Jobs, job: Job, writing: Writing) -> Exit:
    printer = call.printer()
    if job.state in KINDS[job.kind].checked_before_exit:
        job = await jobs.look(job.id)
    if job.state in (JobState.REJECTED, JobState.NO_REPLY):
        order = jobs.order(job.id)
        raise refusal(job, f"POST {task_path(first(order).task.name)}" if order else "")
    if writing.wait:
        call.note(f"Job {job.id}: {job.state.word}. Tracking it.")
        (job,) = await watched(call, jobs, [job.id])
        printer.one(job_row(job))
        return of_job(job)
    tracked = f". To track it, run {call.named(f'jobs watch {job.id}')}" if job.open else ""
    call.note(f"Job {job.id}: {job.state.word}{tracked}.")
    if job.refusal:
        printer.one(job_row(job))  # the answer was none, or an error: what a check found is the news
    else:
        printer.reply(jobs.reply(job.id) or job.answer(job.words))
    return Exit.DONE
