"""Writes about snapshots and restores: looked at beforehand, sent once, followed where there is something to follow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.following import carry_out as send_and_follow
from durastore_tui.cli.following import followed
from durastore_tui.cli.writing import Writing, carry_out, check_read_only, print_curl
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task, Value

if TYPE_CHECKING:
    from durastore_tui.services.jobs import Order
    from durastore_tui.services.preflight import Preflight
    from durastore_tui.services.session import Session

    Fly = Callable[[Session], Awaitable[Preflight]]


async def run(call: Call, task: Task, values: Mapping[str, Value | None], writing: Writing, fly: Fly) -> None:
    """A write that leaves nothing to follow; `fly` looks at what the server does not look at itself."""

    async def look(session: Session) -> None:
        flight = await fly(session)
        flight.check()
        _tell(call, flight)

    await carry_out(call, task, values, writing, by_task=snapshots.LIST, look=look)


async def order(call: Call, task: Task, values: Mapping[str, Value | None], writing: Writing, fly: Fly) -> Exit:
    """A write that is a job, whose order `fly` makes."""
    from durastore_tui.services.capabilities import guard

    body = task.request_body(values)
    if writing.curl:
        await print_curl(call, [(task.name, body)], snapshots.LIST)
        return Exit.DONE
    check_read_only(call, task.name)
    async with call.session(snapshots.LIST) as session:
        if not writing.given.force and (why := guard(session, task)):
            raise BadInput("state", f"{why.rstrip('.')}; nothing was sent.")
        with followed(call, session.profile, session.endpoint.password) as jobs:
            flight = await fly(session)
            if not writing.given.force:
                flight.check()
            _tell(call, flight)

            async def again() -> Order:
                return (await fly(session)).to_send()

            return await send_and_follow(call, session, jobs, flight.to_send(), writing, again)


def _tell(call: Call, flight: Preflight) -> None:
    for note in flight.notes:
        call.note(note)
