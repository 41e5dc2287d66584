"""What it risks to stop tracking a job that has not ended (design §5)."""

from durastore_tui.core.jobs import Job
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.unreadable import UnreadableJob

NOT_STOPPED = "DuraCloud may still carry out the change. This program no longer checks it or shows its result."
UNREADABLE = "This version cannot read the job, so it may be unfinished. It no longer blocks other changes."


def risk_of_forgetting(job: Job | UnreadableJob) -> str:
    """What may go wrong once the job is not tracked any more; empty for a job that has ended."""
    if isinstance(job, UnreadableJob):
        return UNREADABLE
    if not job.open:
        return ""
    risks = [NOT_STOPPED, *filter(None, [KINDS[job.kind].forget_risk])]
    if job.excludes:
        risks.append(f"Other changes of {job.subject} are no longer blocked, and can conflict with this one.")
    if job.unsent:
        risks.append(f"{job.unsent:,} unsent {'part is' if job.unsent == 1 else 'parts are'} dropped.")
    return " ".join(risks)
