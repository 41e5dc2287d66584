"""Retrieving items from Glacier: done when a byte can be read (protocol §7.8)."""

from datetime import timedelta

from durastore_tui.core.jobs import Evidence, Job, JobState
from durastore_tui.core.tasks import glacier
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.kinds.kind import DAY_LONG_STEPS, STREAMING_LIMITS, Kind
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.server import Line

COPY_STAYS = timedelta(days=14)


async def check_retrieval(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Asks for one byte of the item: the storage class does not tell whether it can be read."""
    readable = await line.server.readable(entry.job.store, entry.job.space, str(entry.job.target))
    if readable is None:
        evidence = (Evidence(moment.now, "item", "empty (its HEAD reports 0 bytes)"),)
        return Finding(evidence, JobState.CONFIRMED, "The item is empty: there is nothing to retrieve.")
    if not readable:
        return Finding((Evidence(moment.now, "item", "in Glacier, not readable yet (409 Conflict)"),))
    evidence = (Evidence(moment.now, "item", "one byte could be read"),)
    if entry.job.state is JobState.IN_PROGRESS or entry.job.state is JobState.OVERDUE:
        return Finding(
            evidence, JobState.CONFIRMED, "The copy expires about 14 days later.", until=moment.now + COPY_STAYS
        )
    return Finding(evidence, JobState.CONFIRMED, "It was readable at the first check. Its expiry is not known.")


def _retrieve(order: Order, item: str | None) -> Request:
    return Request(glacier.THAW, {"spaceId": order.space, "contentId": item or str(order.target)})


def _limits(job: Job) -> tuple[float, float]:
    return (job.most, 2 * job.most) if job.most else STREAMING_LIMITS


RETRIEVAL = Kind(
    first=_retrieve,
    words={
        JobState.SENT: "Asked DuraCloud to retrieve from Glacier. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud does not check the item ID. A retrieval takes 3 to 5 hours.",
        JobState.IN_PROGRESS: "Still in Glacier. The item cannot be read yet.",
        JobState.CONFIRMED: "The item can be read.",
        JobState.OVERDUE: "Still in Glacier after 5 hours, the documented maximum. Checks continue.",
        JobState.UNKNOWN: "Still in Glacier after 10 hours. Nothing shows whether a retrieval is in progress.",
        JobState.REJECTED: "DuraCloud did not accept the request.",
        JobState.NO_REPLY: "No reply: the retrieval may be in progress. A check is running; nothing is sent again.",
    },
    check=check_retrieval,
    parts_at_once=4,
    needs_item=True,
    leaves_out_excluded=True,
    conflict="A retrieval was already in progress",
    steps=DAY_LONG_STEPS,
    limits=_limits,
    many="retrievals",
)
