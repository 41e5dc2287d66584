"""`restores`: bringing snapshots back into new spaces."""

from __future__ import annotations

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.inputs import SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, writes
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Value

RESTORES = noun("restores", "Restores of snapshots into new spaces.")


@RESTORES.command("show")
@click.argument("either", metavar="[ID]", required=False)
@click.option("--snapshot", metavar="ID", help="The restore of this snapshot that changed last.")
@click.option("--restore", metavar="ID", help="This very restore.")
@click.pass_obj
async def show_restore(call: Call, either: str | None, snapshot: str | None, restore: str | None) -> None:
    """Shows one restore, by its own ID or by that of its snapshot."""
    from durastore_tui.services.snapshots import restore_by_either_id

    if sum(given is not None for given in (either, snapshot, restore)) != 1:
        raise BadInput("id", "Give one of ID, --snapshot ID and --restore ID; ID is a snapshot's or a restore's.")
    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        if either is None:
            reply = await session.run(restores.SHOW, {"snapshotId": snapshot, "restoreId": restore})
        else:
            reply, by_snapshot = await restore_by_either_id(session, either)
            call.note(f"{either} is {'a snapshot; this is its last restore' if by_snapshot else 'a restore'}.")
        printer.reply(reply.text)


@RESTORES.command("request")
@click.argument("snapshot", metavar="ID")
@click.option("--email", required=True, help="Who hears about it.")
@writes
@click.pass_obj
async def request(call: Call, snapshot: str, email: str, writing: Writing) -> Exit:
    """Mails the operators, who start the restore by hand."""
    from durastore_tui.cli import changing
    from durastore_tui.services.changes import snapshot_changes

    values = {"snapshotId": snapshot, "userEmail": email}
    return await changing.run(
        call,
        restores.REQUEST,
        values,
        writing,
        lambda session: snapshot_changes.request_restore(session, snapshot, email),
    )


@RESTORES.command("start")
@click.argument("snapshot", metavar="ID")
@click.option("--email", required=True, help="Who hears about it.")
@writes
@click.pass_obj
async def start(call: Call, snapshot: str, email: str, writing: Writing) -> Exit:
    """Makes a new space and asks the preservation side to fill it."""
    from durastore_tui.cli import changing
    from durastore_tui.services.changes import snapshot_changes

    values = {"snapshotId": snapshot, "userEmail": email}
    return await changing.run(
        call, restores.START, values, writing, lambda session: snapshot_changes.start_restore(session, snapshot, email)
    )


@RESTORES.command("complete")
@click.argument("space", callback=SPACE)
@click.option("--days", type=int, required=True, metavar="N", help="Days until every item is deleted.")
@writes
@click.pass_obj
async def complete(call: Call, space: str, days: int, writing: Writing) -> Exit:
    """For operators: the restored items expire."""
    from durastore_tui.cli import changing
    from durastore_tui.services.changes import operator_tasks

    values: dict[str, Value | None] = {"spaceId": space, "daysToExpire": days}
    return await changing.run(
        call, restores.COMPLETE, values, writing, lambda session: operator_tasks.of_restore(session, space, days)
    )
