"""`snapshots`: taking one, restarting one, and what else only operators do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.snapshots import SNAPSHOTS
from durastore_tui.cli.values import SPACE
from durastore_tui.cli.writing import Writing, carry_out, writes
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task

if TYPE_CHECKING:
    from durastore_tui.services.session import Session

RESTARTABLE = "FAILED_TO_TRANSFER_FROM_DURACLOUD"
OPERATORS = {
    "cleanup": snapshots.CLEAN_UP,
    "complete": snapshots.COMPLETE,
    "complete-cancel": snapshots.COMPLETE_CANCEL,
}


@SNAPSHOTS.command("create")
@click.argument("space", callback=SPACE)
@click.option("--description", required=True, help="What it is, for those who come after.")
@click.option("--email", required=True, help="Who hears about it.")
@writes()
@click.pass_obj
async def create(call: Call, space: str, description: str, email: str, writing: Writing) -> None:
    """Takes a snapshot of a space, which can't be written meanwhile."""

    async def look(session: Session) -> str | None:
        from durastore_tui.services.spaces import Spaces

        properties = await Spaces(session).properties_of(space)
        if properties.snapshot_id:
            return f"A snapshot of {space} is under way: {properties.snapshot_id}"
        return f"{space} is empty, and of an empty space no snapshot is taken" if properties.count == "0" else None

    values = {"spaceId": space, "description": description, "userEmail": email}
    await carry_out(call, snapshots.CREATE, values, writing, by_task=snapshots.LIST, look=look)


@SNAPSHOTS.command("restart")
@click.argument("snapshot", metavar="ID")
@writes()
@click.pass_obj
async def restart(call: Call, snapshot: str, writing: Writing) -> None:
    """Starts a snapshot again that failed to transfer."""

    async def look(session: Session) -> str | None:
        from durastore_tui.services.snapshots import status_of

        status = await status_of(session, snapshot)
        return None if status == RESTARTABLE else f"{snapshot} is {status}; only {RESTARTABLE} can be restarted"

    await carry_out(call, snapshots.RESTART, {"snapshotId": snapshot}, writing, by_task=snapshots.LIST, look=look)


def _operator_verb(name: str, task: Task) -> None:
    @SNAPSHOTS.command(name, help=f"{task.title}. {task.help}")
    @click.argument("space", callback=SPACE)
    @writes()
    @click.pass_obj
    async def run(call: Call, space: str, writing: Writing) -> None:
        async def look(session: Session) -> str | None:
            """The server itself does not look, and would destroy the items of any space (protocol §7.16)."""
            from durastore_tui.services.spaces import Spaces

            properties = await Spaces(session).properties_of(space)
            return None if properties.snapshot_id else f"{space} carries no snapshot"

        await carry_out(call, task, {"spaceId": space}, writing, by_task=snapshots.LIST, look=look)


for verb, operation in OPERATORS.items():
    _operator_verb(verb, operation)
