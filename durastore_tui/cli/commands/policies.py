"""`policies`: where spaces store their items as they age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import one_of
from durastore_tui.cli.exits import Exit, of_job, of_run, refusal
from durastore_tui.cli.following import followed, journal
from durastore_tui.cli.inputs import SPACE
from durastore_tui.cli.rows import moment
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, check_read_only, print_curl, writes
from durastore_tui.core.jobs import Job, JobState, Part
from durastore_tui.core.tasks import policy
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.services.changes.preflight import Preflight
    from durastore_tui.services.jobs.order import Order

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
    from durastore_tui.cli.changing import confirmed, despite
    from durastore_tui.services.changes import policy_changes
    from durastore_tui.services.changes.flow import foresee, send
    from durastore_tui.services.jobs.requests import writes as requests_of

    draft = policy_changes.draft(call.ids(spaces), storage_class, days, unchecked=writing.given.force)
    if writing.curl:
        await print_curl(call, [(request.task.name, request.body) for request in requests_of(draft)])
        return Exit.DONE
    check_read_only(call, f"policy of {', '.join(draft.parts)}")
    async with call.session() as session:
        with followed(call, session.profile, session.endpoint.password) as jobs:
            change = policy_changes.change(session, draft)
            if dry_run:
                return _show_requests(call, await foresee(session, jobs, change, despite=despite(writing)))
            order = await confirmed(call, session, jobs, change, writing)
            return _show_results(call, await send(session, jobs, order), order)


def _show_requests(call: Call, preflight: Preflight) -> Exit:
    """The dry run: what would be sent, and what to know about it."""
    from durastore_tui.services.jobs.requests import writes as requests_of

    order = preflight.to_send()
    for sentence in (*preflight.wrong, *preflight.warnings):
        call.note(sentence)
    with call.printer().rows(FIELDS) as show:
        for part, request in zip(order.parts, requests_of(order), strict=True):
            show(_row(Part(part, words=f"would send {ASKED} {request.body.decode()}"), order))
    return Exit.DONE


def _show_results(call: Call, job: Job, order: Order) -> Exit:
    with call.printer().rows(FIELDS) as show:
        for part in job.parts:
            show(_row(part, order))
    if job.parts[1:]:
        if job.state is not JobState.UNVERIFIED:
            call.note(job.words)
        return of_run(job)
    if job.state in (JobState.REJECTED, JobState.NO_REPLY):
        raise refusal(job, ASKED)
    return of_job(job)


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
