"""`jobs`: the journal of this machine."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit, of_job
from durastore_tui.cli.following import ended, followed, journal
from durastore_tui.cli.rows import JOB_FIELDS, job_row
from durastore_tui.cli.verbs import noun
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job

if TYPE_CHECKING:
    from durastore_tui.cli.output import Show
    from durastore_tui.services.jobs import Jobs

JOBS = noun("jobs", "Changes that take time, as this machine's journal knows them.")


@JOBS.command("list")
@click.pass_obj
def list_jobs(call: Call) -> None:
    """All jobs of all servers, the newest first."""
    printer = call.printer()
    with journal(call) as jobs, printer.rows(JOB_FIELDS) as show:
        for job in jobs.all():
            show(job_row(job))


@JOBS.command("show")
@click.argument("job_id", metavar="ID")
@click.pass_obj
def show_job(call: Call, job_id: str) -> None:
    """One job with its evidence."""
    printer = call.printer()
    with journal(call) as jobs:
        printer.one(job_row(_known(jobs, job_id)))


@JOBS.command("watch")
@click.argument("job_id", metavar="[ID]", required=False)
@click.pass_obj
async def watch_jobs(call: Call, job_id: str | None) -> Exit:
    """Follows one job, or all open ones of the server, and prints each as it ends: seen 0, refused 1, late 9."""
    printer = call.printer()
    async with call.connected() as (profile, password):
        with followed(call, profile, password) as jobs:
            if job_id is not None:
                job = _known(jobs, job_id)
                if job.profile != profile.name:
                    raise BadInput("job", f"Job {job_id} belongs to {job.profile}, not to {profile.name}.")
                job = await ended(jobs, job_id)
                printer.one(job_row(job))
                return of_job(job)
            waited_for = [job.id for job in jobs.all() if job.open and job.profile == profile.name]
            with printer.rows(JOB_FIELDS) as show:
                codes = await asyncio.gather(*(_ended(jobs, each, show) for each in waited_for))
    return max(codes, default=Exit.DONE)


async def _ended(jobs: Jobs, job_id: str, show: Show) -> Exit:
    job = await ended(jobs, job_id)
    show(job_row(job))
    return of_job(job)


@JOBS.command("forget")
@click.argument("job_id", metavar="ID")
@click.pass_obj
def forget_job(call: Call, job_id: str) -> None:
    """Stops tracking a job; what it changed at the server stays as it is."""
    with journal(call) as jobs:
        jobs.forget(_known(jobs, job_id).id)
    call.note(f"Job {job_id} is forgotten.")


def _known(jobs: Jobs, job_id: str) -> Job:
    job = jobs.get(job_id)
    if job is None:
        raise BadInput("job", f"There is no job {job_id}; `durastore-tui jobs list` lists them.")
    return job
