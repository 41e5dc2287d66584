"""`snapshots follow`: what somebody else began, as a job of this machine."""

from __future__ import annotations

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.snapshots import SNAPSHOTS
from durastore_tui.cli.exits import Exit, of_job
from durastore_tui.cli.following import followed
from durastore_tui.cli.rows import job_row
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import snapshots


@SNAPSHOTS.command("follow")
@click.argument("snapshot", metavar="ID")
@click.option("--wait", is_flag=True, help="Follow it until it is complete.")
@click.pass_obj
async def follow(call: Call, snapshot: str, wait: bool) -> Exit:
    """Follows what is under way as a job, a snapshot or its last restore; sends nothing."""
    from durastore_tui.cli.watching import watched
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
            job = await jobs.submit(order)
            if wait:
                (job,) = await watched(call, jobs, [job.id])
            printer.one(job_row(job))
            return of_job(job) if wait else Exit.DONE
