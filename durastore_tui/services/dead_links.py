"""The URLs that ended with a streaming host, and what took their place: a CSV for whoever handed them out."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from durastore_tui.config.files import create_file
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job
from durastore_tui.core.urls import stream_url
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.session import Session
from durastore_tui.services.urls import matching

FIELDS = ("contentId", "old", "new")


def why_none(session: Session, job: Job, order: Order | None) -> str | None:
    """Why there is no list for this job, or None."""
    if not KINDS[job.kind].breaks_urls or job.family != "HLS":
        return "Only a delete or a switch of HLS ends URLs."
    if order is None or not order.host:
        return "The host before this job is not known."
    if (job.profile, job.store) != (session.profile.name, session.store.id):
        return f"The job is about store {job.store} of {job.profile}; that is not where we are."
    return None


async def save(
    session: Session, job: Job, order: Order, glob: str, path: Path, read: Callable[[int], None] = lambda count: None
) -> int:
    """Writes a row for each item that `glob` matches, and returns how many; `new` is empty while there is no new host.

    Raises BadInput when the job has no such list or the file can't be made, and the error tree.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(FIELDS)
    count = 0
    async for row in rows(session, job, order, glob, read):
        lines.writerow(row)
        count += 1
    await asyncio.to_thread(create_file, path, text.getvalue())
    return count


async def rows(
    session: Session, job: Job, order: Order, glob: str, read: Callable[[int], None] = lambda count: None
) -> AsyncIterator[tuple[str, str, str | None]]:
    """Id, old URL and new URL of each item that `glob` matches; raises BadInput when the job has no such list."""
    if why := why_none(session, job, order):
        raise BadInput("job", why)
    new = job.host if KINDS[job.kind].then else None
    async for item in matching(session, order.space, glob, read=read):
        yield item, stream_url(str(order.host), item), stream_url(new, item) if new else None
