"""What the keys do with a job: continue, abandon or halt a run, stop tracking, save the broken URLs."""

import asyncio
from pathlib import Path

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.job_summary import describe_change, subject
from durastore_tui.core.jobs import JobState
from durastore_tui.services.changes import continuing
from durastore_tui.services.dead_links import save, why_none
from durastore_tui.services.jobs.words import risk_of_forgetting
from durastore_tui.tui.actions import NOT_CONNECTED, keyed
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.ask_sheet import AskSheet, Question
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.handlers.changes import ConfirmDialog, tell_failure
from durastore_tui.tui.job_reads import drop_forgotten, find_job, order_of, unreadable_job
from durastore_tui.tui.messages import Told
from durastore_tui.tui.wording import sentence

PLAYLISTS = "*.m3u8"
NO_JOB = "There is no job here."


def why_not_continue(context: AppContext, target: Target) -> str | None:
    """Why the unsent parts cannot be sent from here now."""
    services = target.server.services
    return continuing.why_not(services.session, find_job(context, target.job)) if services else keyed(NOT_CONNECTED)


async def continue_run(context: AppContext, target: Target) -> None:
    """Send what an interrupted run did not send, after a confirmation for the number of unsent parts."""
    services, job = target.server.services, find_job(context, target.job)
    order = order_of(target.server, job)
    if services is None or job is None or order is None:
        return
    try:
        done = await continuing.continue_run(services.session, services.jobs, job, order, ConfirmDialog(context))
    except (BadInput, DuraStoreError) as error:
        tell_failure(target, f"job {job.id}", error)
    else:
        if done:
            target.server.places.here.tick()


def why_not_abandon(context: AppContext, target: Target) -> str | None:
    """Why there are no unsent parts to drop."""
    if target.server.services is None:
        return keyed(NOT_CONNECTED)
    job = find_job(context, target.job)
    if job is None:
        return NO_JOB
    return None if job.state is JobState.PAUSED else "Only a paused job can be abandoned."


async def abandon(context: AppContext, target: Target) -> None:
    """Drop the unsent parts; the job stays in the list."""
    services, job = target.server.services, find_job(context, target.job)
    if services is None or job is None:
        return
    question = Question(
        "Abandon this run",
        f"{describe_change(job)}: {subject(job)}",
        f"{job.unsent:,} unsent {'part is' if job.unsent == 1 else 'parts are'} dropped. What was sent stays as it"
        " is. The job stays in the list.",
        "Abandon",
    )
    if not await context.push_screen_wait(AskSheet(question)):
        return
    try:
        services.jobs.abandon(job.id, services.session.profile.name, services.session.profile.user)
    except BadInput as wrong:
        target.view.post_message(Told(f"Not abandoned: {wrong.sentence}", "warning"))
    target.view.read_again()


def why_not_forget(context: AppContext, target: Target) -> str | None:
    """Why there is nothing to stop tracking."""
    if target.server.services is None:
        return keyed(NOT_CONNECTED)
    return None if unreadable_job(target) or find_job(context, target.job) else NO_JOB


async def forget(context: AppContext, target: Target) -> None:
    """Take the job out of the journal; changes nothing on the server."""
    services, job, strange = target.server.services, find_job(context, target.job), unreadable_job(target)
    if services is None:
        return
    if job:
        about, risk = f"{describe_change(job)} of {subject(job)}, {job.state.word}", risk_of_forgetting(job)
    elif strange:
        about = f"{strange.kind} of {strange.target or strange.space}, {strange.what}"
        risk = risk_of_forgetting(strange)
    else:
        return
    question = Question(
        "Stop tracking this job",
        about,
        f"The job is removed from the list. Nothing changes on the server. {risk}".rstrip(),
        "Stop tracking",
    )
    if not await context.push_screen_wait(AskSheet(question)):
        return
    try:
        services.jobs.forget(target.job or "")
    except BadInput as wrong:
        target.view.post_message(Told(f"Still tracked: {wrong.sentence}", "warning"))
    drop_forgotten(context, target.server)
    target.view.read_again()


def why_not_halt(context: AppContext, target: Target) -> str | None:
    """Why nothing is being sent that could be halted."""
    services, job = target.server.services, find_job(context, target.job)
    if services is None:
        return keyed(NOT_CONNECTED)
    if job is None:
        return NO_JOB
    if job.parts and services.jobs.sends(job.id):
        return None
    return "Only a run over several targets can be halted, while this program sends it."


async def halt(context: AppContext, target: Target) -> None:
    """Stop sending a run; its unsent parts are paused."""
    services, job = target.server.services, find_job(context, target.job)
    if services is None or job is None:
        return
    waiting = sum(part.state is None for part in job.parts)
    question = Question(
        "Halt this run",
        f"{describe_change(job)} of {subject(job)}",
        f"The request that is on its way is still answered. {waiting:,} are not sent; what was sent stays.",
        "Halt",
    )
    if await context.push_screen_wait(AskSheet(question)):
        services.jobs.halt(job.id)


def why_not_dead_links(context: AppContext, target: Target) -> str | None:
    """Why the job ended no URLs."""
    services, job = target.server.services, find_job(context, target.job)
    if services is None:
        return keyed(NOT_CONNECTED)
    return why_none(services.session, job, order_of(target.server, job)) if job else NO_JOB


async def save_dead_links(context: AppContext, target: Target) -> None:
    """Save the URLs that a delete or switch ended, of the items that fit a pattern."""
    services, job = target.server.services, find_job(context, target.job)
    order = order_of(target.server, job)
    if services is None or job is None:
        return
    glob: str | None = await context.push_screen_wait(Prompt("items", PLAYLISTS, "* is any text"))
    if order is None or not glob:
        return
    prompt = Prompt("write to", f"{job.space}-dead-links.csv", "CSV: item, old URL, new URL")
    path: str | None = await context.push_screen_wait(prompt)
    if not path:
        return
    file = await asyncio.to_thread(Path(path).expanduser)
    try:
        count = await save(services.session, job, order, glob, file)
    except (BadInput, DuraStoreError) as error:
        target.view.post_message(Told(f"No list of dead links: {sentence(error)}", "warning", stays=True))
    else:
        told = Told(f"{count:,} dead links written to {file}, for nobody but you to read.", stays=True)
        target.view.post_message(told)
