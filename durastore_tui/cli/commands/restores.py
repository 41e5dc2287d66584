"""`restores`: bringing snapshots back into new spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.values import SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, carry_out, writes
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Task, Value

if TYPE_CHECKING:
    from durastore_tui.services.session import Session

RESTORABLE = "SNAPSHOT_COMPLETE"
RESTORES = noun("restores", "Restores of snapshots into new spaces.")


@RESTORES.command("show")
@click.option("--snapshot", metavar="ID", help="The restore of this snapshot that changed last.")
@click.option("--restore", metavar="ID", help="This very restore.")
@click.pass_obj
async def show_restore(call: Call, snapshot: str | None, restore: str | None) -> None:
    """Everything that the server says of one restore."""
    printer = call.printer()
    values = {"snapshotId": snapshot, "restoreId": restore}
    restores.SHOW.checked(values)
    async with call.session(snapshots.LIST) as session:
        printer.reply((await session.run(restores.SHOW, values)).text)


@RESTORES.command("request")
@click.argument("snapshot", metavar="ID")
@click.option("--email", required=True, help="Who hears about it.")
@writes()
@click.pass_obj
async def request(call: Call, snapshot: str, email: str, writing: Writing) -> None:
    """Mails the operators, who start the restore by hand."""
    await _of_a_snapshot(call, restores.REQUEST, snapshot, email, writing)


@RESTORES.command("start")
@click.argument("snapshot", metavar="ID")
@click.option("--email", required=True, help="Who hears about it.")
@writes()
@click.pass_obj
async def start(call: Call, snapshot: str, email: str, writing: Writing) -> None:
    """Makes a new space and asks the preservation side to fill it."""
    await _of_a_snapshot(call, restores.START, snapshot, email, writing)


async def _of_a_snapshot(call: Call, task: Task, snapshot: str, email: str, writing: Writing) -> None:
    async def look(session: Session) -> str | None:
        from durastore_tui.services.snapshots import status_of

        status = await status_of(session, snapshot)
        return None if status == RESTORABLE else f"{snapshot} is {status}; only {RESTORABLE} can be restored"

    values = {"snapshotId": snapshot, "userEmail": email}
    await carry_out(call, task, values, writing, by_task=snapshots.LIST, look=look)


@RESTORES.command("complete")
@click.argument("space", callback=SPACE)
@click.option("--days", type=int, required=True, metavar="N", help="Days until every item is deleted.")
@writes()
@click.pass_obj
async def complete(call: Call, space: str, days: int, writing: Writing) -> None:
    """For operators: the restored items expire."""

    async def look(session: Session) -> str | None:
        from durastore_tui.services.spaces import Spaces

        properties = await Spaces(session).properties_of(space)
        return None if properties.restore_id else f"{space} carries no restore"

    values: dict[str, Value | None] = {"spaceId": space, "daysToExpire": days}
    await carry_out(call, restores.COMPLETE, values, writing, by_task=snapshots.LIST, look=look)
