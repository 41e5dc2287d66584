"""`jobs`: the journal of this machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import job_ids
from durastore_tui.cli.consent import Given, TerminalPrompt, typed
from durastore_tui.cli.exits import Exit, of_job, of_run
from durastore_tui.cli.following import followed, journal
from durastore_tui.cli.rows import JOB_FIELDS, job_row, unreadable_row
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import check_read_only
from durastore_tui.config import places
from durastore_tui.core.errors import BadInput, UnknownName
from durastore_tui.core.jobs import Job, JobState

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.unreadable import UnreadableJob


JOBS = noun("jobs", "Changes that take time, as this machine's journal knows them.")


@JOBS.command("list")
@click.option("--offline", is_flag=True, help="Read the journal alone; no server is asked.")
@click.pass_obj
async def list_jobs(call: Call, offline: bool) -> Exit:
    """All jobs of all servers, the newest first, after one look at those that are open."""
    printer, code = call.printer(), Exit.DONE
    with journal(call) as jobs:
        held = jobs.all()
    if open_jobs := [job for job in held if job.open and not offline]:
        from durastore_tui.cli.last_look import look_once

        code = await look_once(call, open_jobs)
    with journal(call) as jobs, printer.rows(JOB_FIELDS) as show:
        for job in jobs.all():
            show(job_row(job))
        for unreadable in jobs.unreadable():
            show(unreadable_row(unreadable))
    return code


@JOBS.command("show")
@click.argument("job_id", metavar="ID", shell_complete=job_ids)
@click.pass_obj
def show_job(call: Call, job_id: str) -> None:
    """One job with its evidence."""
    printer = call.printer()
    with journal(call) as jobs:
        unreadable = _unreadable(jobs, job_id)
        printer.one(unreadable_row(unreadable) if unreadable else job_row(_known(jobs, job_id)))


@JOBS.command("watch")
@click.argument("job_id", metavar="[ID]", required=False, shell_complete=job_ids)
@click.option("--plain", is_flag=True, help="A line a change instead of bars, for screen readers and logs.")
@click.pass_obj
async def watch_jobs(call: Call, job_id: str | None, plain: bool) -> Exit:
    """Follows one job, or all open ones of the server, until there is nothing more to wait for."""
    from durastore_tui.cli.watching import watched

    printer = call.printer()
    async with call.connected() as (profile, password):
        with followed(call, profile, password, continues=True) as jobs:
            if job_id is not None:
                job = _known(jobs, job_id)
                if job.profile != profile.name:
                    raise BadInput("job", f"Job {job_id} belongs to {job.profile}, not to {profile.name}.")
                (job,) = await watched(call, jobs, [job_id], plain=plain)
                printer.one(job_row(job))
                return of_job(job)
            ids = [job.id for job in jobs.all() if job.open and job.profile == profile.name]
            with printer.rows(JOB_FIELDS) as show:
                over = await _watch_all(call, jobs, ids, plain, lambda job: show(job_row(job)))
    return max(map(of_job, over), default=Exit.DONE)


async def _watch_all(call: Call, jobs: Jobs, ids: list[str], plain: bool, tell: Callable[[Job], None]) -> list[Job]:
    """Tells each as it ends, but at a terminal, where lines are being drawn, at the end."""
    from durastore_tui.cli.watching import watched

    if not call.out.isatty():
        return await watched(call, jobs, ids, tell, plain=plain)
    over = await watched(call, jobs, ids, plain=plain)
    for job in over:
        tell(job)
    return over


@JOBS.command("forget")
@click.argument("job_id", metavar="ID", shell_complete=job_ids)
@click.option("--yes", is_flag=True, help="Confirm for a job that has not ended.")
@click.pass_obj
def forget_job(call: Call, job_id: str, yes: bool) -> None:
    """Stops tracking a job, and removes it from the list. Nothing changes on the server.

    A job that has not ended needs a confirmation: it no longer blocks other changes of the same thing.
    """
    from durastore_tui.services.jobs.words import risk_of_forgetting

    with journal(call) as jobs:
        jobs.check_journal()
        risk = risk_of_forgetting(_unreadable(jobs, job_id) or _known(jobs, job_id))
    if risk and not yes:
        _confirm(call, f"Job {job_id} has not ended. {risk}", "Stop tracking it?")
    with journal(call) as jobs:
        jobs.forget((_unreadable(jobs, job_id) or _known(jobs, job_id)).id)
    call.note(f"Job {job_id} is no longer tracked.")


def _confirm(call: Call, risk: str, question: str) -> None:
    """Asks at a terminal for a `y`; raises BadInput without one."""
    if not (call.keyboard.isatty() and call.err.isatty()):
        raise BadInput("yes", f"{risk} Add --yes to confirm. Nothing was changed.")
    if typed((risk,), f"{question} Type y to confirm", call.keyboard, call.err) != "y":
        raise BadInput("yes", "Not confirmed. Nothing was changed.")


@JOBS.command("clear")
@click.pass_obj
def clear_jobs(call: Call) -> None:
    """Removes the jobs that have ended from the list. `changes list` keeps what they changed."""
    with journal(call) as jobs:
        jobs.check_journal()
        count = jobs.clear()
    call.note(f"{count:,} ended {'job was' if count == 1 else 'jobs were'} removed.")


@JOBS.command("continue")
@click.argument("job_id", metavar="ID", shell_complete=job_ids)
@click.option("--confirm", metavar="N", help="Confirm by entering the number of unsent parts.")
@click.pass_obj
async def continue_job(call: Call, job_id: str, confirm: str | None) -> Exit:
    """Sends the unsent parts of a paused job. Only the login that started the job can continue it."""
    from durastore_tui.services.changes import continuing

    printer = call.printer()
    with journal(call) as jobs:
        jobs.check_journal()
        job, order = _known(jobs, job_id), jobs.order(job_id)
        jobs.check_login(job_id, *call.login(), "continue")
    if order is None or job.state is not JobState.PAUSED:
        raise BadInput("job", f"Only a paused job can be continued. The state of job {job_id} is: {job.state.word}.")
    check_read_only(call, f"the unsent parts of job {job_id}")
    async with call.session() as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            job = _known(jobs, job_id)
            prompt = TerminalPrompt(call, Given(confirm=confirm))
            done = await continuing.continue_run(session, jobs, job, order, prompt) or job
    printer.one(job_row(done))
    return of_run(done) if done.parts else of_job(done)


@JOBS.command("abandon")
@click.argument("job_id", metavar="ID", shell_complete=job_ids)
@click.pass_obj
def abandon_job(call: Call, job_id: str) -> None:
    """Drops the unsent parts of a paused job, for the login that started it. The job stays in the list as history."""
    with journal(call) as jobs:
        jobs.check_journal()
        unsent = _known(jobs, job_id).unsent
        job = jobs.abandon(job_id, *call.login())
    dropped = f"{unsent} unsent {'part was' if unsent == 1 else 'parts were'} dropped."
    call.note(f"Job {job_id} is {job.state.word}. {dropped}")


def _unreadable(jobs: Jobs, job_id: str) -> UnreadableJob | None:
    return next((job for job in jobs.unreadable() if job.id == job_id), None)


def _known(jobs: Jobs, job_id: str) -> Job:
    job = jobs.get(job_id)
    if job is None:
        if jobs.journal_trouble:
            raise jobs.journal_trouble
        raise UnknownName("job", f"There is no job {job_id}; `durastore-tui jobs list` lists them.")
    return job


@JOBS.command("dead-links")
@click.argument("job_id", metavar="ID", shell_complete=job_ids)
@click.option("--match", default="*", show_default=True, metavar="GLOB", help="Only items whose id fits.")
@click.pass_obj
async def list_dead_links(call: Call, job_id: str, match: str) -> None:
    """URLs that a delete or a switch ended, each with the one that took its place, if any."""
    from durastore_tui.services.dead_links import FIELDS, rows

    printer = call.printer()
    with journal(call) as jobs:
        job, order = _known(jobs, job_id), jobs.order(job_id)
    if order is None:
        raise UnknownName("job", f"Job {job_id} was removed from the journal in the meantime.")
    async with call.session() as session:
        with printer.rows(FIELDS) as show:
            async for row in rows(session, job, order, match):
                show(dict(zip(FIELDS, row, strict=True)))


@JOBS.command("repair")
@click.pass_obj
def repair_journal(call: Call) -> None:
    """Replaces a damaged journal with a new one that has all readable entries. Keeps the old file beside it."""
    from durastore_tui.services.jobs.repair import repair

    printer = call.printer()
    repaired = repair(places.journal(), call.clock.now())
    printer.one(
        {
            "journal": str(repaired.journal),
            "damage": repaired.damage or None,
            "movedTo": str(repaired.moved_to) if repaired.moved_to else None,
            "jobs": repaired.jobs,
            "unfinished": repaired.unfinished,
            "exclusions": repaired.exclusions,
            "changes": repaired.changes,
            "lost": list(repaired.lost),
        }
    )
    if not repaired.damage:
        call.note("The journal is not damaged. Nothing was changed.")
    else:
        if repaired.lost:
            rest = f"Jobs that could not be recovered: {len(repaired.lost)}."
        else:
            rest = "The file shows no other job, but the damaged part may have held some."
        call.note(f"Recovered jobs: {repaired.jobs}. Recovered changes: {repaired.changes}. {rest}")
