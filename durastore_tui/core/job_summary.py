"""What one line says about a job, in the UI and at a terminal."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.core.jobs import Job, JobState

TROUBLE = (JobState.PAUSED, JobState.OVERDUE, JobState.UNKNOWN, JobState.NO_REPLY)
"""The unfinished states that need attention."""


def describe_change(job: Job) -> str:
    """Kind and streaming type, and the family if it is RTMP: "switch SECURE", "enable RTMP OPEN"."""
    old = job.family if job.family != "HLS" else None
    return " ".join(filter(None, (job.action, old, job.streaming_type)))


def subject(job: Job) -> str:
    """The item, snapshot or space that the job changes, or how many; of a paused run how many were sent."""
    if not job.parts[1:]:
        return job.subject
    if job.state is JobState.PAUSED:
        return f"{len(job.parts) - job.unsent:,} of {len(job.parts):,} sent, {job.unsent:,} not sent"
    return f"{len(job.parts):,} {word_for_parts(job)}"


def word_for_parts(job: Job) -> str:
    """What the parts of the job are."""
    return job.scope.parts or "parts"


def brief_of_jobs(jobs: Sequence[Job]) -> str:
    """Count the unfinished jobs: "2 running · OVERDUE 1", "" without any."""
    counts = Counter(job.state for job in jobs if job.open)
    running = sum(count for state, count in counts.items() if state not in TROUBLE)
    words = [f"{running} running"] if running else []
    words += [f"{state.word.upper()} {counts[state]}" for state in TROUBLE if counts[state]]
    return f" {sign('dot')} ".join(words)


def progress_bar(share: float, width: int) -> tuple[tuple[str, Shade], ...]:
    """Draw a share of the expected time in `width` cells; never quite full, because only evidence ends a wait."""
    full = min(max(0, int(share * width)), width - 1)
    return ((sign("full") * full, "accent"), (sign("rest") * (width - full), "dim"))


def format_elapsed(seconds: float) -> str:
    """Format a time as a clock does: "04:12", "1:02:09", "3 d 04:00"."""
    whole = timedelta(seconds=int(seconds))
    hours, rest = divmod(whole.seconds, 3600)
    minutes, left = divmod(rest, 60)
    if whole.days:
        return f"{whole.days} d {hours:02}:{minutes:02}"
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"
