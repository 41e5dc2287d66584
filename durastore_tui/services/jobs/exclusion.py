"""Which unfinished changes a new one supersedes (design §5: toward less exposure)."""

from dataclasses import replace

from durastore_tui.core.jobs import Job, JobKind, JobState, moved
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.kinds.registry import KINDS


def gives_way(job: Job, kind: JobKind) -> bool:
    """Whether a new change of `kind` supersedes this unfinished one of the same distribution.

    Disable and delete supersede an enable, a switch to OPEN, and a switch whose enable was accepted.
    """
    return KINDS[kind].supersedes and KINDS[job.kind].gives_way(job)


def superseded(entry: Entry, by: Job, moment: Moment) -> Entry:
    """The entry once `by` took its place: it is not tracked any more, and a switch sends no enable."""
    said = f"Superseded by {by.kind} of {by.space} (job {by.id})."
    if KINDS[entry.job.kind].then and entry.job.host is None:
        said += " The enable of the switch is not sent."
    return replace(entry, job=moved(entry.job, JobState.SUPERSEDED, moment.now, said), owner=None)
