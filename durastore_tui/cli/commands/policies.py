"""`policies`: where spaces store their items as they age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.consent import plan_of
from durastore_tui.cli.exits import Exit, of_job, refusal
from durastore_tui.cli.following import check_guard, followed, journal
from durastore_tui.cli.rows import moment
from durastore_tui.cli.values import SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, agree, check_read_only, print_curl, writes
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.core.tasks import policy
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.jobs import Jobs, Order
    from durastore_tui.services.session import Session

FIELDS = ("spaceId", "storageClass", "daysToTransition", "at", "result", "error")
POLICIES = noun("policies", "Storage policies: set them, and what was set from here.")


@POLICIES.command("set")
@click.argument("spaces", metavar="SPACE...|-", nargs=-1, required=True, callback=SPACE)
@click.option("--class", "storage_class", metavar="C", required=True, help="Where items go.")
@click.option("--days", type=int, metavar="N", required=True, help="Days before that.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and send nothing.")
@writes()
@click.pass_obj
async def set_policies(
    call: Call, spaces: tuple[str, ...], storage_class: str, days: int, dry_run: bool, writing: Writing
) -> Exit:
    """Replaces every lifecycle rule of each space by one; one result a space."""
    order = _draft(call.ids(spaces), storage_class, days)
    if writing.curl:
        await print_curl(call, [(policy.SET.name, body.encode()) for _, body in _requests(order)])
        return Exit.DONE
    if dry_run:
        with call.printer().rows(FIELDS) as show:
            for space, body in _requests(order):
                show(_row(Part(space, words=f"would send POST {task_path(policy.SET.name)} {body}"), order))
        return Exit.DONE
    check_read_only(call, f"{JobKind.POLICY} of {', '.join(order.parts)}")
    async with call.session() as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            for space in order.parts:
                await check_guard(session, jobs, replace(order, space=space), writing)
            await _look(call, session, order, writing)
            return await _carry_out(call, session, jobs, order, writing)


def _draft(spaces: tuple[str, ...], storage_class: str, days: int) -> Order:
    from durastore_tui.services.jobs import Order
    from durastore_tui.services.jobs.requests import writes as requests_of

    if not spaces:
        raise BadInput("spaces", "No space was named.")
    values = (("storageClass", storage_class), ("daysToTransition", days))
    order = Order(JobKind.POLICY, "", "", spaces[0], spaces=spaces, values=values)
    for request in requests_of(order):
        request.check()
    return order


def _requests(order: Order) -> Iterator[tuple[str, str]]:
    from durastore_tui.services.jobs.requests import first

    for space in order.parts:
        request = first(order, space)
        yield space, request.task.request_body(request.values).decode()


async def _look(call: Call, session: Session, order: Order, writing: Writing) -> None:
    """Every space must be there, or nothing is sent to any; a class that is read slowly is no good for streams."""
    from durastore_tui.services.spaces import Spaces

    spaces = Spaces(session)
    for space in () if writing.given.force else order.parts:
        properties = await spaces.properties_of(space)
        storage_class = dict(order.values)["storageClass"]
        if properties.hls_host and storage_class in policy.FROZEN:
            call.note(f"{space} streams: items in {storage_class} can't be played.")


async def _carry_out(call: Call, session: Session, jobs: Jobs, order: Order, writing: Writing) -> Exit:
    printer = call.printer()
    ((_, body), *rest) = _requests(order)
    name = str(1 + len(rest)) if rest else order.space
    request = f"POST {task_path(policy.SET.name)} {body}" + (f" and {len(rest)} more" if rest else "")
    values = {"spaceId": ", ".join(order.parts), **dict(order.values)}
    agree(call, session.profile, plan_of(policy.SET, values, name, request), writing.given)
    job = await jobs.submit(replace(order, profile=session.profile.name, store=session.store.id))
    with printer.rows(FIELDS) as show:
        for part in job.parts:
            show(_row(part, order))
    if not rest and job.state is JobState.REFUSED:
        raise refusal(job, f"POST {task_path(policy.SET.name)}")
    return Exit.REFUSED if rest and job.state is JobState.LOST else of_job(job)


def _row(part: Part, order: Order) -> Mapping[str, Any]:
    values = dict(order.values)
    failed = part.state in (JobState.REFUSED, JobState.LOST)
    return {
        "spaceId": part.target,
        "storageClass": values["storageClass"],
        "daysToTransition": values["daysToTransition"],
        "at": moment(part.at) if part.at else None,
        "result": None if failed else part.words or None,
        "error": part.words if failed else None,
    }


@POLICIES.command("list")
@click.pass_obj
def list_policies(call: Call) -> None:
    """What was last set from this machine, space by space; the server can't be asked what holds now."""
    printer = call.printer()
    with journal(call) as jobs, printer.rows(FIELDS) as show:
        seen: set[tuple[str, str, str]] = set()
        for job in jobs.all():
            for part in job.parts if _asked_for(call, job) else ():
                key = (job.profile, job.store, part.target)
                if part.state is not None and key not in seen and (order := jobs.order(job.id)):
                    seen.add(key)
                    show(_row(part, order))


def _asked_for(call: Call, job: Job) -> bool:
    """Of the server and the store that were named, or of all."""
    profile, store = call.profile_name(), call.options.store
    return job.kind is JobKind.POLICY and profile in (None, job.profile) and store in (None, job.store)
