"""One look at every open job, on every server whose login is at hand: what `jobs list` does before it prints."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.following import following
from durastore_tui.config import profile_file
from durastore_tui.config.profile import endpoint_of, resolve
from durastore_tui.core.clock import within
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.jobs import Job
from durastore_tui.services import accounts, secrets
from durastore_tui.services.jobs.host import Jobs

CHECK_SECONDS = 5.0
"""As long the list waits for checks; what is not checked by then is listed as the journal has it."""


async def look_once(call: Call, open_jobs: Sequence[Job]) -> Exit:
    """Checks, and writes into the journal what was found; sends nothing. A server that fails is one line for the
    person and harms no other. Checks that take their time are not waited for."""
    began = call.clock.now()
    by_profile: defaultdict[str, list[str]] = defaultdict(list)
    for job in open_jobs:
        by_profile[job.profile].append(job.id)
    async with _logins(call, by_profile) as (logins, failed):
        with following(call, logins, may_send=lambda profile: False) as jobs:
            checks = {
                asyncio.create_task(_check(jobs, job_id, began)): name
                for name in logins
                for job_id in by_profile.get(name, ())
            }
            with suppress(TimeoutError):
                await within(call.clock, CHECK_SECONDS, _wait_for(checks))
            slow = [task for task in checks if not task.done()]
            failed += _by_server((name, task.result()) for task, name in checks.items() if task.done())
            for task in slow:
                task.cancel()
    for sentence in failed:
        call.note(sentence)
    for name, count in Counter(checks[task] for task in slow).items():
        jobs_left = f"{count} unfinished {'job' if count == 1 else 'jobs'}"
        call.note(f"{name}: {jobs_left}: no check result within {CHECK_SECONDS:.0f} s.")
    return Exit.FAILED if failed else Exit.DONE


async def _wait_for(checks: Collection[asyncio.Task[str | None]]) -> None:
    if checks:
        await asyncio.wait(checks)


async def _check(jobs: Jobs, job_id: str, began: datetime) -> str | None:
    """What went wrong with the check of this job, or None."""
    try:
        return _failure(await jobs.look(job_id), began)
    except KeyError:  # forgotten meanwhile
        return None


def _by_server(failures: Iterable[tuple[str, str | None]]) -> list[str]:
    """One line for each server that failed, whatever the number of its jobs."""
    first: dict[str, str] = {}
    for name, wrong in failures:
        if wrong:
            first.setdefault(name, wrong)
    return [f"{name}: {wrong}" for name, wrong in first.items()]


def _failure(job: Job, began: datetime) -> str | None:
    """A look that could not be taken is evidence of its own kind."""
    last = job.evidence[-1] if job.evidence else None
    return last.result if last and last.step == "look" and last.at >= began else None


@asynccontextmanager
async def _logins(call: Call, wanted: Collection[str]) -> AsyncIterator[tuple[Mapping[str, Endpoint], list[str]]]:
    """The server that was named; else those of the wanted profiles that nobody needs to be asked about."""
    options = call.options
    if options.demo_world or options.profile or options.url:
        async with call.connected() as (profile, password):
            yield {profile.name: endpoint_of(profile, password)}, []
        return
    held = profile_file.read()
    found = await accounts.at_hand(held, call.environ, wanted)
    logins = {account.name: account.endpoint for account in found if account.endpoint}
    around = resolve(options, call.environ, held)
    unmet = around and around.user and around.name in wanted and around.name not in logins
    if around and unmet and (at_hand := await secrets.at_hand(around, call.environ)):
        logins[around.name] = endpoint_of(around, at_hand[0])
    without = [account for account in found if account.endpoint is None and account.name not in logins]
    for account in without:
        if account.why_not == accounts.NO_PASSWORD:
            call.note(f"{account.name}: not looked at. {account.why_not}")
    yield logins, [f"{each.name}: {each.why_not}" for each in without if each.why_not != accounts.NO_PASSWORD]
