"""When a frozen item can be read, in words, and what a panel says of its thaw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.glacier import ready_at, was_thawing
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words
from durastore_tui.tui.wording import ago, on_clock


def readable(job: Job, now: datetime) -> str:
    """ "ready about 17:40", "already thawing, by 18:40", "readable until 2026-12-08"; "" where that is unknown."""
    if job.state is JobState.CONFIRMED and job.until:
        return f"readable until {job.until.astimezone():%Y-%m-%d %H:%M}, about"
    at = ready_at(job)
    if at is None:
        return ""
    local = at.astimezone()
    when = f"{local:%H:%M}" if local.date() == now.astimezone().date() else f"{local:%Y-%m-%d %H:%M}"
    return f"already thawing, by {when}" if was_thawing(job) else f"ready about {when}"


def thaw_blocks(job: Job, now: datetime) -> Iterator[Block]:
    """The item's newest thaw, with the last look at it."""
    yield Heading("THAW")
    yield Fact("state", badge(job.state), MARKS[job.state].shade)
    if words := readable(job, now):
        yield Fact("copy", words)
    yield Fact("asked", f"{ago(job.since, now)}, {on_clock(job.since)}", "dim")
    if job.evidence:
        last = job.evidence[-1]
        yield Fact("looked", f"{ago(last.at, now)}: {last.result}", "dim")
    yield Words(job.words)
