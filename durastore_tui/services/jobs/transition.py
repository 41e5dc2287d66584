"""The state that follows from the result of a check."""

from dataclasses import replace
from datetime import datetime

from durastore_tui.core.jobs import Evidence, JobState, by_age, moved
from durastore_tui.services.jobs import words
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.pace import limits


def applied(entry: Entry, finding: Finding, moment: Moment) -> Entry:
    """The entry after the check."""
    now = moment.now
    job = replace(
        entry.job,
        host=finding.host or entry.job.host,
        target=finding.target or entry.job.target,
        until=finding.until or entry.job.until,
    )
    phase = finding.phase or entry.phase
    if finding.state is None:
        return replace(_aged(replace(entry, job=job), finding, moment), phase=phase)
    job = moved(job, finding.state, now, words.of(job, finding.state, finding.detail), finding.evidence)
    begins = finding.state is JobState.ACCEPTED or phase is not entry.phase
    return replace(entry, job=job, phase=phase, phase_at=now if begins else entry.phase_at)


def not_looked_at(entry: Entry, said: str, now: datetime) -> Entry:
    """The entry when even the attempt to look at it broke: what stands stays, with a line that says so."""
    evidence = (Evidence(now, "look", said),)
    return replace(entry, job=moved(entry.job, entry.job.state, now, f"The check failed: {said}.", evidence))


def _aged(entry: Entry, finding: Finding, moment: Moment) -> Entry:
    job, now = entry.job, moment.now
    age = moment.since(entry.phase_at if entry.phase is Phase.EFFECT else entry.agreed)
    blind = finding.blind
    job = moved(job, job.state, now, words.of(job, job.state, finding.detail, blind=blind), finding.evidence)
    while (state := by_age(job.state, age, *limits(entry), blind=blind)) is not job.state:
        job = moved(job, state, now, words.of(job, state, finding.detail, blind=blind))
    return replace(entry, job=job)
