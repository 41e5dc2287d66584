"""A change that is checked against the server before it is sent: one way for every task."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.following import carry_out, check_guard, followed
from durastore_tui.cli.writing import Writing, check_read_only, print_curl
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task, Value

if TYPE_CHECKING:
    from durastore_tui.services.preflight import Preflight
    from durastore_tui.services.session import Session

    Look = Callable[[Session], Awaitable[Preflight]]


async def run(call: Call, task: Task, values: Mapping[str, Value | None], writing: Writing, look: Look) -> Exit:
    """Run a task of snapshots or restores, on the only store that offers these."""
    body = task.request_body(values)
    if writing.curl:
        await print_curl(call, [(task.name, body)], snapshots.LIST)
        return Exit.DONE
    check_read_only(call, task.name)
    async with call.session(snapshots.LIST) as session:
        return await change(call, session, task, str(values.get("spaceId", "")), writing, look)


async def change(call: Call, session: Session, task: Task, space: str, writing: Writing, look: Look) -> Exit:
    """Check, ask for consent, check again, send as a job, and print the reply.

    `look` reads the state. `--force` sends although it says that the server will refuse.
    """
    with followed(call, session.profile, session.endpoint.password) as jobs:
        await check_guard(session, jobs, task, space, writing)
        flight = await look(session)
        if not writing.given.force:
            flight.check()
        tell(call, flight)

        async def check_again() -> None:
            flight.check_same(await look(session))

        return await carry_out(call, session, jobs, flight.to_send(), writing, check_again)


def tell(call: Call, flight: Preflight) -> None:
    """Print the warnings to read before confirming; with `--force` also the predicted failures."""
    missing = (str(flight.missing),) if flight.missing else ()
    for sentence in (*missing, *flight.wrong, *flight.warnings, *flight.notes):
        call.note(sentence)
