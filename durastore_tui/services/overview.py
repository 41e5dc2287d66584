"""What Home counts, out of what is held and nothing else: no figure here asks the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from durastore_tui.api.request_log import Request
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import ReadCancelled
from durastore_tui.core.jobs import Job, JobKind, JobState, of_kind
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks.model import as_time
from durastore_tui.core.tasks.restores import RESTORED, Restore
from durastore_tui.core.tasks.snapshots import Summary
from durastore_tui.services.snapshot_list import MAY_STICK, Snapshots, begun, stuck

WEEK = timedelta(days=7)
OFF, RTMP, UNREAD, FORBIDDEN, FAILED, NO_TYPE = "off", "RTMP", "unread", "forbidden", "failed", "no type"
URGENCY = (JobState.PAUSED, JobState.OVERDUE, JobState.UNKNOWN, JobState.NO_REPLY)


class Expiring(NamedTuple):
    """A snapshot whose restored items are deleted at `until` (UTC)."""

    snapshot: str
    space: str
    until: datetime


class Stuck(NamedTuple):
    """A snapshot that will not go on by itself, or seems not to, and why."""

    snapshot: str
    space: str
    status: str | None
    reason: str


class Streams(NamedTuple):
    """How many spaces stream in each way, by `kinds`; one that streams in two ways counts in both. `read` of `spaces`
    were read."""

    kinds: Mapping[str, int]
    read: int
    spaces: int


class Failure(NamedTuple):
    """A request that failed, by its number in the log, or a job that was refused; when (UTC)."""

    at: datetime
    number: int | None = None
    request: Request | None = None
    job: Job | None = None


def kinds(properties: Resource[SpaceProperties]) -> tuple[str, ...]:
    """How a space streams by its own word: the HLS type, `RTMP` for a host left from it, `off`; or why that is not
    known."""
    match properties:
        case Ready(shown, _) | Stale(shown, _):
            hls = (shown.hls_type or NO_TYPE,) if shown.hls_host else ()
            rtmp = (RTMP,) if shown.rtmp_host else ()
            return (*hls, *rtmp) or (OFF,)
        case NotAllowed():
            return (FORBIDDEN,)
        case Empty() | Loading() | Failed(ReadCancelled()):
            return (UNREAD,)
        case Failed():
            return (FAILED,)


def streams(names: Sequence[str], held: Callable[[str], Resource[SpaceProperties]]) -> Streams:
    """Counts the spaces of a store by how they stream."""
    found = [kinds(held(name)) for name in names]
    counted = Counter(kind for each in found for kind in each)
    return Streams(counted, len(names) - counted[UNREAD], len(names))


def unresolved(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """The unfinished ones; paused, overdue, unknown and those without a reply come first. `jobs` are newest first."""
    waiting = [job for job in jobs if job.open]
    return tuple(sorted(waiting, key=lambda job: URGENCY.index(job.state) if job.state in URGENCY else len(URGENCY)))


def statuses(rows: Iterable[Summary], held: Snapshots) -> dict[str, str | None]:
    """The newest word of the server for each snapshot: the list's, or that of details that were read."""
    return {row.snapshot_id or "": _newest(row, held) for row in rows}


def _newest(row: Summary, held: Snapshots) -> str | None:
    match held.held(row.snapshot_id or ""):
        case Ready(detail, _):
            return detail.status
    return row.status


def stuck_among(rows: Iterable[Summary], held: Snapshots, jobs: Sequence[Job], now: datetime) -> tuple[Stuck, ...]:
    """Stuck snapshots, newest first as the rows are. Ages follow the server's clock; `now` is this machine's."""
    ahead = held.session.ahead
    found = []
    for row in rows:
        name, status = row.snapshot_id or "", _newest(row, held)
        if status in MAY_STICK and (reason := stuck(status, begun(name, jobs, ahead), now + ahead)):
            found.append(Stuck(name, row.source_space_id or name, status, reason))
    return tuple(found)


def may_be_restored(rows: Iterable[Summary], spaces: Iterable[str]) -> tuple[str, ...]:
    """The snapshots whose restore could still have items: the space that a restore makes is there (protocol §7.20).
    Names that were cut can meet, and then both are asked about."""
    there = set(spaces)
    return tuple(row.snapshot_id for row in rows if row.snapshot_id and _restore_space(row.snapshot_id) in there)


@lru_cache(maxsize=20_000)
def _restore_space(snapshot: str) -> str | None:
    """The space that a restore of the snapshot makes; each ID is parsed once, for Home counts all at every draw."""
    parts = taken_apart(snapshot)
    return parts.restore_space if parts else None


def expiring(snapshots: Iterable[str], held: Snapshots, now: datetime) -> tuple[Expiring, ...]:
    """The restores whose items are deleted within a week by the server's clock, the first to go first."""
    found = []
    now += held.session.ahead
    for name in snapshots:
        match held.held_restore(name):
            case Ready(restore, _) | Stale(restore, _) if restore and (until := ends(restore, now)):
                found.append(Expiring(name, restore.destination_space_id or name, until))
    return tuple(sorted(found, key=lambda one: one.until))


def ends(restore: Restore, now: datetime) -> datetime | None:
    """When its items are deleted, if that is within a week."""
    until = as_time(restore.expiration_date) if restore.status == RESTORED else None
    return until if until and now < until <= now + WEEK else None


def failures(requests: Iterable[tuple[int, Request]], jobs: Iterable[Job]) -> tuple[Failure, ...]:
    """What the server refused or never answered, newest first; what we gave up ourselves is no failure."""
    failed = [Failure(one.at, number, one) for number, one in requests if went_wrong(one)]
    refused = [Failure(job.updated, job=job) for job in jobs if job.state is JobState.REJECTED]
    return tuple(sorted((*failed, *refused), key=lambda one: one.at, reverse=True))


def went_wrong(request: Request) -> bool:
    """Whether it failed, by the server's answer or for want of one."""
    if request.given_up:
        return False
    return request.status is None or request.status >= 400 or bool(request.words)


def of_restores(jobs: Iterable[Job], snapshots: Iterable[str]) -> tuple[str, ...]:
    """The snapshots whose restore is followed by a job: they are asked about wherever their space is."""
    known = set(snapshots)
    followed = (job.target or "" for job in of_kind(jobs, JobKind.RESTORE))
    return tuple(name for name in dict.fromkeys(followed) if name in known)
