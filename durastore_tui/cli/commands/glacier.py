"""`glacier`: readable copies of frozen items."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.consent import Plan, plan_of
from durastore_tui.cli.exits import Exit, of_error, of_job, of_many, refusal
from durastore_tui.cli.following import check_guard, followed
from durastore_tui.cli.values import ITEM, SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.watching import ended
from durastore_tui.cli.writing import Writing, agree, check_read_only, print_curl, writes
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import glacier
from durastore_tui.core.tasks.model import Tier
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.glacier import Asked
    from durastore_tui.services.jobs import Jobs

FIELDS = ("spaceId", "contentId", "state", "result", "error")
ASKED = f"POST {task_path(glacier.THAW.name)}"
GLACIER = noun("glacier", "Frozen items.")


@GLACIER.command("restore")
@click.argument("space", callback=SPACE)
@click.argument("ids", metavar="ID...|-", nargs=-1, required=True, callback=ITEM)
@writes
@click.pass_obj
async def restore(call: Call, space: str, ids: tuple[str, ...], writing: Writing) -> Exit:
    """Asks for a readable copy of each item, after a look whether it is there; one result an item."""
    from durastore_tui.services import glacier as thaws

    items = tuple(dict.fromkeys(call.ids(ids)))
    if not items:
        raise BadInput("ids", "No item was named.")
    bodies = [glacier.THAW.request_body({"spaceId": space, "contentId": item}) for item in items]
    if writing.curl:
        await print_curl(call, [(glacier.THAW.name, body) for body in bodies], glacier.THAW)
        return Exit.DONE
    check_read_only(call, f"{JobKind.RETRIEVAL} of {', '.join(items)}")
    printer = call.printer()
    async with call.session(glacier.THAW) as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            orders = thaws.orders(session, space, items, unchecked=writing.given.force)
            await check_guard(session, jobs, glacier.THAW, space, writing)
            agree(call, session.profile, _plan(space, items, bodies), writing.given)
            codes = []
            with printer.rows(FIELDS) as show:
                results = thaws.ask(jobs, orders)
                async for asked in _all_first(results) if writing.wait else results:
                    row, code = await _result(jobs, space, asked, writing)
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


async def _all_first(results: AsyncIterator[Asked]) -> AsyncIterator[Asked]:
    """Every item is asked for before the first one is waited for: that takes hours."""
    for asked in [asked async for asked in results]:
        yield asked


async def _result(jobs: Jobs, space: str, asked: Asked, writing: Writing) -> tuple[Mapping[str, Any], Exit]:
    from durastore_tui.services.glacier import words

    job = asked.job
    row = {"spaceId": space, "contentId": asked.item, "state": None, "result": None, "error": None}
    if job is None:
        return row | {"error": words(asked)}, _code(asked.error)
    row["state"] = job.state.value
    if asked.refused:
        return row | {"error": job.answer(job.words)}, of_error(refusal(job, ASKED))
    if writing.wait:
        job = await ended(jobs, job.id)
    return row | {"state": job.state.value, "result": job.answer(job.words)}, of_job(job)


def _code(error: Exception | None) -> Exit:
    """An item that is not there was refused here, by our own look; what was held back after a 403 is one, too."""
    from durastore_tui.services.glacier import NotAsked

    if isinstance(error, NotAsked):
        return Exit.FORBIDDEN
    return Exit.WRONG_USE if error is None or isinstance(error, Missing) else of_error(error)
