"""`snapshots follow`: what somebody else began, as a job of this machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.snapshots import SNAPSHOTS
from durastore_tui.cli.exits import Exit, of_job
from durastore_tui.cli.following import followed
from durastore_tui.cli.rows import job_row
from durastore_tui.cli.watching import watched
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job
from durastore_tui.core.tasks import snapshots

if TYPE_CHECKING:
    from durastore_tui.services.jobs import Order


@SNAPSHOTS.command("follow")
@click.argument("snapshot", metavar="ID")
@click.option("--wait", is_flag=True, help="Follow it until it is complete.")
@click.pass_obj
async def follow(call: Call, snapshot: str, wait: bool) -> Exit:
    """Follows what is under way as a job, a snapshot or its last restore; sends nothing."""
    from durastore_tui.services.following import of_restore, of_snapshot
    from durastore_tui.services.snapshot_list import Snapshots

    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        held = Snapshots(session)
        order = of_snapshot(session, await held.detail(snapshot))
        if order is None and (restore := await held.restore_of(snapshot)):
            order = of_restore(session, restore)
        if order is None:
            raise BadInput("snapshot", f"{snapshot} is complete, and nothing of it is restored.")
        with followed(call, session.profile, session.endpoint.password) as jobs:
            job = _followed_already(jobs.all(), order) or await jobs.submit(order)
            if wait:
                (job,) = await watched(call, jobs, [job.id])
            printer.one(job_row(job))
            return of_job(job) if wait else Exit.DONE


def _followed_already(jobs: Iterable[Job], order: Order) -> Job | None:
    """The open job that looks at the same thing: a second one would only look twice."""
    wanted = (order.profile, order.store, order.kind, order.target)
    same = (job for job in jobs if job.open and (job.profile, job.store, job.kind, job.target) == wanted)
    return next(same, None)
