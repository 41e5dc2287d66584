"""`glacier`: retrievals of items from Glacier."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit, of_error, of_job, of_many, of_name
from durastore_tui.cli.following import followed
from durastore_tui.cli.inputs import ITEM, SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, check_read_only, print_curl, writes
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import JobState
from durastore_tui.core.tasks import glacier
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.glacier import ItemResult
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.session import Session

FIELDS = ("spaceId", "contentId", "state", "result", "error")
ASKED = f"POST {task_path(glacier.THAW.name)}"
GLACIER = noun("glacier", "Items in Glacier.")


@GLACIER.command("restore")
@click.argument("space", callback=SPACE)
@click.argument("ids", metavar="ID...|-", nargs=-1, required=True, callback=ITEM)
@writes
@click.pass_obj
async def restore(call: Call, space: str, ids: tuple[str, ...], writing: Writing) -> Exit:
    """Retrieves items from Glacier as one job. Each item is checked first and has its own result."""
    from durastore_tui.cli.changing import confirmed
    from durastore_tui.services.changes import retrieval_changes

    items = tuple(dict.fromkeys(call.ids(ids)))
    if not items:
        raise BadInput("ids", "No item was named.")
    bodies = [glacier.THAW.request_body({"spaceId": space, "contentId": item}) for item in items]
    if writing.curl:
        await print_curl(call, [(glacier.THAW.name, body) for body in bodies], glacier.THAW)
        return Exit.DONE
    check_read_only(call, f"retrieval of {', '.join(items)}")
    printer = call.printer()
    async with call.session(glacier.THAW) as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            change = retrieval_changes.change(session, space, items, unchecked=writing.given.force)
            order = await confirmed(call, session, jobs, change, writing)
            codes = []
            with printer.rows(FIELDS) as show:
                async for result in _results(call, session, jobs, order, wait=writing.wait):
                    row, code = _row(space, result)
                    show(row)
                    codes.append(code)
            _note_paused(call, jobs, order)
    return of_many(_with_held_back(codes))


async def _results(call: Call, session: Session, jobs: Jobs, order: Order, *, wait: bool) -> AsyncIterator[ItemResult]:
    """The result of each item: as it comes, or once there is nothing more to wait for."""
    from durastore_tui.cli.watching import watched
    from durastore_tui.services.changes.retrieval_changes import send_each
    from durastore_tui.services.glacier import results

    if not wait:
        async for result in send_each(session, jobs, order):
            yield result
        return
    asked = [result async for result in send_each(session, jobs, order)]
    if asked[0].job is None:
        yield asked[0]
        return
    (job,) = await watched(call, jobs, [asked[0].job.id])
    for result in results(job):
        yield result


def _row(space: str, result: ItemResult) -> tuple[Mapping[str, Any], Exit | None]:
    """The row of an item and its code; None for an item that was held back."""
    from durastore_tui.services.glacier import words

    job = result.job
    row = {"spaceId": space, "contentId": result.item, "state": None, "result": None, "error": None}
    if job is None:
        return row | {"error": words(result)}, _code(result.error)
    refused_here = job.state is JobState.REJECTED and job.refusal == BadInput.__name__
    row["state"] = None if refused_here else job.state.value
    if result.failed:
        code = of_name(job.refusal) if job.state is JobState.REJECTED else of_job(job)
        return row | {"error": job.answer(words(result))}, None if job.state is JobState.PAUSED else code
    return row | {"result": job.answer(words(result))}, of_job(job)


def _with_held_back(codes: Sequence[Exit | None]) -> list[Exit]:
    """Items that were held back count like those that failed before them."""
    failed = next((code for code in codes if code not in (None, Exit.DONE)), None)
    return [code if code is not None else failed or Exit.OVERDUE for code in codes]


def _note_paused(call: Call, jobs: Jobs, order: Order) -> None:
    job = next((each for each in jobs.all() if jobs.order(each.id) == order), None)
    if job and job.state is JobState.PAUSED:
        call.note(f"{job.words} Run {call.named(f'jobs continue {job.id} --confirm {job.unsent}')} to send the rest.")


def _code(error: Exception | None) -> Exit:
    """The exit code of an error; an item that does not exist was rejected by this program's own check."""
    return Exit.WRONG_USE if error is None or isinstance(error, Missing) else of_error(error)
