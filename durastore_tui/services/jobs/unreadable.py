"""Jobs in the journal that this version cannot read. They are kept, and exclude what they excluded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from durastore_tui.core.errors import BadInput

REMAINS = "remains"
"""The field of a row that a repair made for a job of which only its claims are left."""


@dataclass(frozen=True, slots=True)
class UnreadableJob:
    """A row of the journal as far as it can be told: its texts are as they stand there, empty where nothing does.

    `is_newer` says that a newer version wrote it; otherwise it is damaged. `owner` is who has a request on its way.
    `claims` are the keys of what it excludes, as `order.claim` writes them.
    """

    id: str
    profile: str
    kind: str
    state: str
    since: datetime
    version: int
    is_newer: bool
    store: str = ""
    space: str = ""
    target: str | None = None
    owner: str | None = None
    claims: frozenset[str] = frozenset()

    @property
    def what(self) -> str:
        """Where it comes from, in a few words."""
        return "from a newer version" if self.is_newer else "damaged"

    @property
    def words(self) -> str:
        """What happened, and the way out."""
        forget = f"run `durastore-tui jobs forget {self.id}` to stop tracking it."
        if self.is_newer:
            return f"A newer version of durastore-tui wrote this job. Update durastore-tui, or {forget}"
        return f"The journal's record of this job is damaged. Please {forget}"


class ExcludedByUnreadable(BadInput):
    """A job that this version cannot read is in the way."""

    def __init__(self, job: UnreadableJob) -> None:
        super().__init__("space", f"Job {job.id} ({job.what}) blocks this change. {job.words}")


def unreadable(
    job_id: str, profile: str, kind: str, state: str, since: str, version: int, text: str | bytes
) -> UnreadableJob:
    """What can be told of a row of the journal."""
    try:
        written = _table(json.loads(text))
    except (ValueError, TypeError):
        written = {}
    remains = _table(written.get(REMAINS))
    job = _table(written.get("job")) or remains
    return UnreadableJob(
        id=job_id,
        profile=str(profile),
        kind=str(kind),
        state=str(state),
        since=_time(since),
        version=version,
        is_newer=bool(written) and not remains,
        store=_text(job, "store") or "",
        space=_text(job, "space") or "",
        target=_text(job, "target"),
        owner=_text(written, "owner"),
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) else None


def _time(text: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
