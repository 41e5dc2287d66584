"""A job as the journal holds it: with its order, and with who has a request on its way."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState, Part, job_of_part
from durastore_tui.services.jobs.old_names import renamed
from durastore_tui.services.jobs.order import Order

UNFINISHED = tuple(state for state in JobState if not state.ended)


class Phase(StrEnum):
    """What is waited for. A switch goes through the first three, in this order, and may try more than once."""

    DELETION = "deletion"
    TRY = "try"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class Entry:
    """`owner` is the runner whose request is on its way, None between requests; `phase_at` and `sent_at` (UTC) are
    when the present wait began and when the last write went out; `agreed_at` (UTC) is when the person confirmed what is
    sent, the last time."""

    job: Job
    order: Order
    phase: Phase
    phase_at: datetime
    sent_at: datetime
    owner: str | None = None
    version: int = 0
    user: str = ""
    """The login that sent it; empty for jobs of before layout 3."""
    agreed_at: datetime | None = None

    @property
    def agreed(self) -> datetime:
        """When the person confirmed what is sent (UTC)."""
        return self.agreed_at or self.job.since

    @property
    def claims(self) -> frozenset[str]:
        """The keys that this job claims while it is unfinished; other changes of them are excluded (design §5)."""
        job, order = self.job, self.order
        if not job.excludes:
            return frozenset()
        if not job.parts:
            return frozenset(order.keys)
        holding = (JobState.SENT,) if job.kind is JobKind.POLICY else UNFINISHED
        held = (part.target for part in job.parts if part.state is None or part.state in holding)
        return frozenset(filter(None, map(order.key_of, held)))

    def holder(self, key: str) -> Job:
        """The job that holds this key; of a run, its part."""
        parts = (part for part in self.job.parts if self.order.key_of(part.target) == key)
        return next((job_of_part(self.job, part) for part in parts), self.job)


def dump(entry: Entry) -> str:
    """The entry as JSON, without its version; ids keep even lone surrogates."""
    body = asdict(entry)
    del body["version"]
    return json.dumps(body, default=lambda value: value.isoformat())


def load(text: str, version: int) -> Entry:
    """The entry out of its JSON.

    Raises ValueError, KeyError, TypeError or AttributeError for what this version does not know, unknown fields too:
    writing the entry back would drop them for the version that knows them.
    """
    body = renamed(json.loads(text))
    read = {
        "job": _job(body["job"]),
        "order": _order(body["order"]),
        "phase": Phase(body["phase"]),
        "phase_at": datetime.fromisoformat(body["phase_at"]),
        "sent_at": datetime.fromisoformat(body["sent_at"]),
        "agreed_at": _time(body.get("agreed_at")),
        "version": version,
    }
    return Entry(**body | read)


def _job(raw: dict[str, Any]) -> Job:
    return Job(
        **raw
        | {
            "kind": JobKind(raw["kind"]),
            "state": JobState(raw["state"]),
            "since": datetime.fromisoformat(raw["since"]),
            "updated": datetime.fromisoformat(raw["updated"]),
            "until": _time(raw["until"]),
            "evidence": tuple(
                Evidence(**look | {"at": datetime.fromisoformat(look["at"])}) for look in raw["evidence"]
            ),
            "parts": tuple(
                Part(
                    **part
                    | {
                        "state": JobState(part["state"]) if part["state"] else None,
                        **{name: _time(part.get(name)) for name in ("at", "since", "until")},
                    }
                )
                for part in raw["parts"]
            ),
        }
    )


def _order(raw: dict[str, Any]) -> Order:
    lists = {field.name for field in fields(Order)} & {"origins", "spaces", "items"}
    return Order(
        **raw
        | {name: tuple(raw.get(name, ())) for name in lists}
        | {
            "kind": JobKind(raw["kind"]),
            "values": tuple(
                (name, tuple(value) if isinstance(value, list) else value) for name, value in raw["values"]
            ),
        }
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
