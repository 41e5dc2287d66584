"""`glacier`: readable copies of frozen items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.consent import Plan, plan_of
from durastore_tui.cli.exits import Exit, of_error, of_job, of_many, refusal
from durastore_tui.cli.following import answer, check_guard, ended, followed
from durastore_tui.cli.values import ITEM, SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, agree, check_read_only, print_curl, writes
from durastore_tui.core.errors import BadInput, DuraStoreError, Missing, Unauthorized
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.tasks import glacier
from durastore_tui.core.tasks.model import Tier
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.jobs import Jobs, Order

AT_ONCE = 4
FIELDS = ("spaceId", "contentId", "state", "result", "error")
ASKED = f"POST {task_path(glacier.THAW.name)}"
GLACIER = noun("glacier", "Frozen items.")


@GLACIER.command("restore")
@click.argument("space", callback=SPACE)
@click.argument("ids", metavar="ID...|-", nargs=-1, required=True, callback=ITEM)
@writes(waits=True)
@click.pass_obj
async def restore(call: Call, space: str, ids: tuple[str, ...], writing: Writing) -> Exit:
    """Asks for a readable copy of each item, after a look whether it is there; one result an item."""
    from durastore_tui.services.in_order import in_order
    from durastore_tui.services.jobs import Order

    items = tuple(dict.fromkeys(call.ids(ids)))
    if not items:
        raise BadInput("ids", "No item was named.")
    bodies = [glacier.THAW.request_body({"spaceId": space, "contentId": item}) for item in items]
    if writing.curl:
        await print_curl(call, [(glacier.THAW.name, body) for body in bodies], glacier.THAW)
        return Exit.DONE
    check_read_only(call, f"{JobKind.THAW} of {', '.join(items)}")
    printer = call.printer()
    async with call.session(glacier.THAW) as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            here = (session.profile.name, session.store.id)
            orders = [Order(JobKind.THAW, *here, space, target=item, unchecked=writing.given.force) for item in items]
            await check_guard(session, jobs, orders[0], writing)
            agree(call, session.profile, _plan(space, items, bodies), writing.given)

            async def thawed(order: Order) -> tuple[Mapping[str, Any], Exit]:
                return await _thawed(jobs, order, writing)

            codes = []
            with printer.rows(FIELDS) as show:
                async for row, code in in_order(orders, thawed, AT_ONCE):
                    show(row)
                    codes.append(code)
    return of_many(codes)


def _plan(space: str, items: tuple[str, ...], bodies: list[bytes]) -> Plan:
    """Many at once are of tier 2, and named by their number."""
    values = {"spaceId": space, "contentId": ", ".join(items)}
    plan = plan_of(glacier.THAW, values, space, f"{ASKED} {bodies[0].decode()}")
    if len(items) == 1:
        return plan
    return Plan(plan.title, str(len(items)), Tier.DANGER, plan.effects, f"{plan.request} and {len(items) - 1} more")


async def _thawed(jobs: Jobs, order: Order, writing: Writing) -> tuple[Mapping[str, Any], Exit]:
    row = {"spaceId": order.space, "contentId": order.target, "state": None, "result": None, "error": None}
    try:
        job = await jobs.submit(order)
    except Unauthorized:
        raise
    except Missing as error:
        return row | {"error": f"not there, so nothing was sent: {error.words}"}, Exit.WRONG_USE
    except (DuraStoreError, BadInput) as error:
        return row | {"error": str(error)}, of_error(error)
    row["state"] = job.state.value
    if job.state in (JobState.REFUSED, JobState.LOST):
        return row | {"error": answer(job)}, of_error(refusal(job, ASKED))
    if writing.wait:
        job = await ended(jobs, job.id)
    return row | {"state": job.state.value, "result": answer(job)}, of_job(job)
