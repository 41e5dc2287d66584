"""`snapshots`: taking one, restarting one, and what else only operators do."""

from __future__ import annotations

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.snapshots import SNAPSHOTS
from durastore_tui.cli.exits import Exit, of_job
from durastore_tui.cli.following import followed
from durastore_tui.cli.inputs import SPACE
from durastore_tui.cli.rows import job_row
from durastore_tui.cli.writing import Writing, writes
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task

OPERATORS = {
    "cleanup": snapshots.CLEAN_UP,
    "complete": snapshots.COMPLETE,
    "complete-cancel": snapshots.COMPLETE_CANCEL,
}


@SNAPSHOTS.command("create")
@click.argument("space", callback=SPACE)
@click.option("--description", required=True, help="What it is, for those who come after.")
@click.option("--email", required=True, help="Who hears about it.")
@writes
@click.pass_obj
async def create(call: Call, space: str, description: str, email: str, writing: Writing) -> Exit:
    """Takes a snapshot of a space, which can't be written meanwhile."""
    from durastore_tui.cli import changing
    from durastore_tui.services.changes import snapshot_changes

    values = {"spaceId": space, "description": description, "userEmail": email}
    return await changing.run(
        call,
        snapshots.CREATE,
        values,
        writing,
        lambda session: snapshot_changes.create(session, space, description, email),
    )


@SNAPSHOTS.command("restart")
@click.argument("snapshot", metavar="ID")
@writes
@click.pass_obj
async def restart(call: Call, snapshot: str, writing: Writing) -> Exit:
    """Starts a snapshot again that failed to transfer."""
    from durastore_tui.cli import changing
    from durastore_tui.services.changes import snapshot_changes

    return await changing.run(
        call,
        snapshots.RESTART,
        {"snapshotId": snapshot},
        writing,
        lambda session: snapshot_changes.restart(session, snapshot),
    )


def _operator_verb(name: str, task: Task) -> None:
    @SNAPSHOTS.command(name, help=f"{task.title}. {task.help}")
    @click.argument("space", callback=SPACE)
    @writes
    @click.pass_obj
    async def run(call: Call, space: str, writing: Writing) -> Exit:
        from durastore_tui.cli import changing
        from durastore_tui.services.changes import operator_tasks

        return await changing.run(
            call, task, {"spaceId": space}, writing, lambda session: operator_tasks.of_snapshot(session, task, space)
        )


for verb, operation in OPERATORS.items():
    _operator_verb(verb, operation)


@SNAPSHOTS.command("follow")
@click.argument("snapshot", metavar="ID")
@click.option("--wait", is_flag=True, help="Follow it until it is complete.")
@click.pass_obj
async def follow(call: Call, snapshot: str, wait: bool) -> Exit:
    """Follows what is under way as a job, a snapshot or its last restore; sends nothing."""
    from durastore_tui.cli.watching import watched
    from durastore_tui.services.changes.snapshot_changes import of_restore, of_snapshot
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
