"""`policies`: where spaces store their items as they age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.changing import tell
from durastore_tui.cli.completing import one_of
from durastore_tui.cli.consent import Plan, plan_of
from durastore_tui.cli.exits import Exit, of_job, of_run, refusal
from durastore_tui.cli.following import check_guard, followed, journal
from durastore_tui.cli.rows import moment
from durastore_tui.cli.values import SPACE
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, agree, check_read_only, print_curl, writes
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.core.tasks import policy
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.preflight import Preflight
    from durastore_tui.services.session import Session

FIELDS = ("spaceId", "storageClass", "daysToTransition", "at", "result", "error")
ASKED = f"POST {task_path(policy.SET.name)}"
POLICIES = noun("policies", "Storage policies: set them, and what was set from here.")


@POLICIES.command("set")
@click.argument("spaces", metavar="SPACE...|-", nargs=-1, required=True, callback=SPACE)
@click.option(
    "--class",
    "storage_class",
    metavar="C",
    required=True,
    help=f"Where items go: {', '.join(policy.CLASSES)}.",
    shell_complete=one_of(policy.CLASSES),
)
@click.option("--days", type=int, metavar="N", required=True, help="Days before that; some classes take 30 or more.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and send nothing.")
@writes
@click.pass_obj
async def set_policies(
    call: Call, spaces: tuple[str, ...], storage_class: str, days: int, dry_run: bool, writing: Writing
) -> Exit:
    """Replaces every lifecycle rule of each space by one; one result a space."""
    from durastore_tui.services.policies import draft

    order = draft(call.ids(spaces), storage_class, days, unchecked=writing.given.force)
    if writing.curl:
        await print_curl(call, [(policy.SET.name, body.encode()) for _, body in _requests(order)])
        return Exit.DONE
    check_read_only(call, f"{JobKind.POLICY} of {', '.join(order.parts)}")
    async with call.session() as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            for space in order.parts:
                await check_guard(session, jobs, policy.SET, space, writing)
            flight = await _checked(call, session, order, writing)
            if dry_run:
                return _show_requests(call, order)
            return await _carry_out(call, session, jobs, flight, writing)


def _requests(order: Order) -> Iterator[tuple[str, str]]:
    from durastore_tui.services.jobs.requests import first

    for space in order.parts:
        request = first(order, space)
        yield space, request.task.request_body(request.values).decode()


async def _checked(call: Call, session: Session, order: Order, writing: Writing) -> Preflight:
    """Read every space now. Raises for a predicted failure, unless the write is forced."""
    from durastore_tui.services import policies
    from durastore_tui.services.preflight import Preflight

    if writing.given.force:
        here = replace(order, profile=session.profile.name, store=session.store.id)
        return Preflight(policy.SET, {}, order=here)
    flight = await policies.preflight(session, order)
    flight.check()
    tell(call, flight)
    return flight


def _show_requests(call: Call, order: Order) -> Exit:
    with call.printer().rows(FIELDS) as show:
        for space, body in _requests(order):
            show(_row(Part(space, words=f"would send {ASKED} {body}"), order))
    return Exit.DONE


async def _carry_out(call: Call, session: Session, jobs: Jobs, flight: Preflight, writing: Writing) -> Exit:
    """Sends the run once a person agreed; after their consent every space is read once more."""
    from durastore_tui.services import policies

    order = flight.to_send()
    if agree(call, session.profile, _plan(order), writing.given) and not writing.given.force:
        flight.check_same(await policies.preflight(session, order))
    printer = call.printer()
    job = await jobs.submit(order)
    with printer.rows(FIELDS) as show:
        for part in job.parts:
            show(_row(part, order))
    if job.parts[1:]:
        if job.state is not JobState.UNVERIFIED:
            call.note(job.words)
        return of_run(job)
    if job.state in (JobState.REJECTED, JobState.NO_REPLY):
        raise refusal(job, ASKED)
    return of_job(job)


def _plan(order: Order) -> Plan:
    from durastore_tui.services.jobs.requests import names

    ((_, body), *rest) = _requests(order)
    request = f"{ASKED} {body}" + (f" and {len(rest)} more" if rest else "")
    return plan_of(policy.SET, {"spaceId": ", ".join(order.parts), **dict(order.values)}, names(order), request)


def _row(part: Part, order: Order) -> Mapping[str, Any]:
    values = dict(order.values)
    failed = part.state in (JobState.REJECTED, JobState.NO_REPLY)
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
    from durastore_tui.services.policies import attempts

    printer = call.printer()
    with journal(call) as jobs, printer.rows(FIELDS) as show:
        seen: set[tuple[str, str, str]] = set()
        for attempt in attempts((job for job in jobs.all() if _asked_for(call, job)), jobs.order):
            key = (attempt.job.profile, attempt.job.store, attempt.part.target)
            if attempt.part.state is not None and key not in seen and (order := jobs.order(attempt.job.id)):
                seen.add(key)
                show(_row(attempt.part, order))


def _asked_for(call: Call, job: Job) -> bool:
    """Of the server and the store that were named, or of all."""
    profile, store = call.profile_name(), call.options.store
    return profile in (None, job.profile) and store in (None, job.store)
