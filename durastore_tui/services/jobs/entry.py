"""A job as the journal holds it: with its order, and with who has a request on its way."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState, Part, excludes, job_of_part
from durastore_tui.services.jobs.old_names import renamed
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.parts import Parts


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
        return self.claims_of(self.job.parts) if self.job.parts or not self.job.excludes else frozenset(self.order.keys)

    def claims_of(self, parts: Iterable[Part]) -> frozenset[str]:
        """The keys that these parts of the run claim."""
        if not self.job.excludes:
            return frozenset()
        held = (part.target for part in parts if excludes(self.job.kind, part.state or JobState.SENT))
        return frozenset(filter(None, map(self.order.key_of, held)))

    def holder(self, key: str) -> Job:
        """The job that holds this key; of a run, its part."""
        parts = (part for part in self.job.parts if self.order.key_of(part.target) == key)
        return next((job_of_part(self.job, part) for part in parts), self.job)


def dump(entry: Entry) -> str:
    """The entry as JSON, without its version and its parts; ids keep even lone surrogates.

    Of the parts it has the number alone, and None where the order names their targets: `dump_part` has these.
    """
    targets = Parts.of(entry.job.parts).targets
    lists = [name for name in ("spaces", "items") if targets and getattr(entry.order, name) == targets]
    body = asdict(replace(entry, job=replace(entry.job, parts=()), order=replace(entry.order, spaces=(), items=())))
    del body["version"]
    body["job"]["parts"] = len(targets)
    body["order"] |= {name: getattr(entry.order, name) for name in ("spaces", "items")} | dict.fromkeys(lists)
    return json.dumps(body, default=lambda value: value.isoformat())


def dump_part(job_id: str, number: int, part: Part) -> str:
    """A part of a run as JSON; `number` is its place, from 0."""
    row = {"part": asdict(part), "job": job_id, "number": number}
    return json.dumps(row, default=lambda value: value.isoformat())


def load(text: str, version: int, parts: Callable[[], Iterable[str]] = tuple) -> Entry:
    """The entry out of its JSON; `parts` gives the JSON of its parts, in their order.

    Raises ValueError, KeyError, TypeError or AttributeError for what this version does not know, unknown fields too:
    writing the entry back would drop them for the version that knows them. It is a ValueError when parts are missing.
    """
    body = renamed(json.loads(text))
    written = body["job"]["parts"]
    if isinstance(written, int):
        found = tuple(map(_dumped_part, parts())) if written else ()
        if len(found) != written:
            raise ValueError(f"{len(found)} of {written} parts")
    else:
        found = tuple(map(_part, written))
    read = {
        "job": _job(body["job"], found),
        "order": _order(body["order"], found),
        "phase": Phase(body["phase"]),
        "phase_at": datetime.fromisoformat(body["phase_at"]),
        "sent_at": datetime.fromisoformat(body["sent_at"]),
        "agreed_at": _time(body.get("agreed_at")),
        "version": version,
    }
    return Entry(**body | read)


def with_parts_left(text: str, parts: Sequence[str]) -> str:
    """The JSON of an entry of which some parts are lost: it has those that are left."""
    body = json.loads(text)
    if isinstance(body["job"]["parts"], int):
        body["job"]["parts"] = len(parts)
    return json.dumps(body)


def _dumped_part(text: str) -> Part:
    return _part(json.loads(text)["part"])


def _part(raw: dict[str, Any]) -> Part:
    state = JobState(raw["state"]) if raw["state"] else None
    return Part(**raw | {"state": state, **{name: _time(raw.get(name)) for name in ("at", "since", "until")}})


def _job(raw: dict[str, Any], parts: tuple[Part, ...]) -> Job:
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
            "parts": parts,
        }
    )


def _order(raw: dict[str, Any], parts: tuple[Part, ...]) -> Order:
    targets = tuple(part.target for part in parts)
    lists = {name: raw.get(name, ()) for name in ("origins", "spaces", "items")}
    return Order(
        **raw
        | {name: targets if written is None else tuple(written) for name, written in lists.items()}
        | {
            "kind": JobKind(raw["kind"]),
            "values": tuple(
                (name, tuple(value) if isinstance(value, list) else value) for name, value in raw["values"]
            ),
        }
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
