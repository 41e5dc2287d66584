"""Orders of the command line: into the journal, sent once, and followed if asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.cli.call import Call
from durastore_tui.cli.consent import plan_of
from durastore_tui.cli.exits import Exit, of_job, refusal
from durastore_tui.cli.rows import job_row
from durastore_tui.cli.watching import watched
from durastore_tui.cli.writing import Writing, agree
from durastore_tui.config import places
from durastore_tui.config.profile import Profile
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.session import Session

LOOKED_UP = {
    JobState.NO_REPLY: (JobKind.SNAPSHOT, JobKind.RESTORE, JobKind.TASK),
    JobState.ACCEPTED: (JobKind.TASK,),
}
"""One check can show the effect of these at once: it is made before the command ends."""


@contextmanager
def journal(call: Call) -> Iterator[Jobs]:
    """This machine's jobs, to read."""
    from durastore_tui.services.jobs.host import Jobs

    jobs = Jobs(lambda _: None, places.journal(), call.clock)
    with _stopped_at_the_end(call, jobs):
        yield jobs


@contextmanager
def followed(call: Call, profile: Profile, password: Secret, *, continues: bool = False) -> Iterator[Jobs]:
    """This machine's jobs, to send and track those of one server; `continues` as Jobs."""
    from durastore_tui.services.session import endpoint_of

    logins = {profile.name: endpoint_of(profile, password)}
    with following(call, logins, may_send=lambda name: not profile.read_only, continues=continues) as jobs:
        yield jobs


@contextmanager
def following(
    call: Call, logins: Mapping[str, Endpoint], may_send: Callable[[str], bool], *, continues: bool = False
) -> Iterator[Jobs]:
    """This machine's jobs, to follow those of the servers that `logins` has by the profile's name."""
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.server import connect

    to_server = partial(connect, log=call.log)
    jobs = Jobs(logins.get, places.journal(), call.clock, may_send=may_send, connect=to_server, continues=continues)
    jobs.start()
    with _stopped_at_the_end(call, jobs):
        try:
            yield jobs
        except BaseException:
            for job in jobs.all():
                jobs.halt(job.id)  # who interrupts a run wants the rest of it unsent
            raise


@contextmanager
def _stopped_at_the_end(call: Call, jobs: Jobs) -> Iterator[None]:
    """A journal that cannot be used is one line for the person, unless an error says so."""
    try:
        yield
        if trouble := jobs.journal_trouble:
            call.note_once(trouble.sentence)
    finally:
        jobs.stop()


async def check_guard(
    session: Session, jobs: Jobs, task: Task, space: str, writing: Writing, kind: JobKind | None = None
) -> None:
    """Raises BadInput with the reason why the task can't be sent; `--force` leaves the server to say so.

    A job that nobody followed may be over by now: before it excludes anything, it gets its next look.
    """
    from durastore_tui.services.guard import guard, pending

    jobs.check_journal()
    if writing.given.force and not session.profile.read_only:
        return
    if job := pending(session, task, space, jobs.all(), kind):
        await jobs.look(job.id)
    if why := guard(session, task, space, jobs.all(), kind, jobs.unreadable()):
        raise BadInput("state", f"{why.rstrip('.')}; nothing was sent.")


async def carry_out(
    call: Call,
    session: Session,
    jobs: Jobs,
    order: Order,
    writing: Writing,
    check_again: Callable[[], Awaitable[None]],
) -> Exit:
    """Asks for consent, sends the order, and prints the server's reply, or the job when it is waited for.

    After a person's consent `check_again` reads the state once more, and raises where a promise no longer holds.
    """
    from durastore_tui.services.jobs.requests import first, names

    printer = call.printer()
    jobs.check_journal()
    request = first(order)
    body = request.body.decode(errors="replace")
    sent = f"POST {task_path(request.task.name)} {body}"
    plan = plan_of(request.task, request.values, names(order), sent)
    if agree(call, session.profile, plan, writing.given):
        await check_again()
    job = await jobs.submit(order)
    if order.kind in LOOKED_UP.get(job.state, ()):
        job = await jobs.look(job.id)
    if job.state in (JobState.REJECTED, JobState.NO_REPLY):
        raise refusal(job, f"POST {task_path(request.task.name)}")
    if writing.wait:
        call.note(f"Job {job.id}: {job.state.word}. Tracking it.")
        (job,) = await watched(call, jobs, [job.id])
        printer.one(job_row(job))
        return of_job(job)
    tracked = f". To track it, run {call.named(f'jobs watch {job.id}')}" if job.open else ""
    call.note(f"Job {job.id}: {job.state.word}{tracked}.")
    if job.refusal:
        printer.one(job_row(job))  # the answer was none, or an error: what a look found is the news
    else:
        printer.reply(jobs.reply(job.id) or job.answer(job.words))
    return Exit.DONE
