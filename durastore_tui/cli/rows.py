"""Our own things as rows: times in ISO 8601 and UTC, everything else as the server names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from durastore_tui.core.jobs import Evidence, Job, Part
from durastore_tui.core.storage import STORAGE_CLASS, class_words, count_words, split

if TYPE_CHECKING:
    from durastore_tui.services.jobs.unreadable import UnreadableJob

JOB_FIELDS = (
    "id",
    "kind",
    "store",
    "spaceId",
    "target",
    "state",
    "since",
    "updated",
    "words",
    "progress",
    "parts",
    "evidence",
    "profile",
)


def moment(when: datetime) -> str:
    """As in 2026-11-24T08:15:00Z."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def evidence_row(evidence: Sequence[Evidence]) -> list[Mapping[str, str]]:
    """Every look, oldest first."""
    return [{"at": moment(look.at), "step": look.step, "result": look.result} for look in evidence]


def brief_evidence(evidence: Sequence[Mapping[str, str]]) -> str:
    """The last look in few words, for a table."""
    return f"{evidence[-1]['step']}: {evidence[-1]['result']}" if evidence else "-"


def brief_job(job: Mapping[str, Any] | None) -> str:
    """Kind and state, for a table."""
    return f"{job['kind']} {job['state']}" if job else "-"


def brief_progress(progress: Mapping[str, Any] | None) -> str:
    """How many of how many, for a table."""
    return f"{progress['done']} of {progress['of']} {progress['unit']}" if progress else "-"


def brief_parts(parts: Sequence[Mapping[str, Any]]) -> str:
    """How many there are, for a table; `progress` says how far they came."""
    return str(len(parts)) if parts else "-"


def folded(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of properties for a table: the raw headers of S3 among them become one line with their number."""
    own, headers = split(row)
    if STORAGE_CLASS in headers:
        own["storage"] = class_words(headers[STORAGE_CLASS])
    return own | ({"": f"{count_words(headers)}; --json shows them"} if headers else {})


def brief_properties(properties: Mapping[str, str] | None) -> str:
    """Properties in one cell of a table, with the number of S3's raw headers among them."""
    own, headers = split(properties or {})
    texts = [f"{name}={value or '-'}" for name, value in own.items()]
    return ", ".join([*texts, count_words(headers)] if headers else texts) or "-"


BRIEF: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "evidence": brief_evidence,
        "job": brief_job,
        "progress": brief_progress,
        "parts": brief_parts,
        "properties": brief_properties,
        "contentProperties": brief_properties,
    }
)


def unreadable_row(job: UnreadableJob) -> dict[str, Any]:
    """A job that this version cannot read, as `jobs list` shows it: what its row in the journal says, and no more."""
    return dict.fromkeys(JOB_FIELDS) | {
        "id": job.id,
        "kind": job.kind,
        "store": job.store,
        "spaceId": job.space,
        "target": job.target,
        "state": job.state,
        "since": moment(job.since),
        "updated": moment(job.since),
        "words": job.words,
        "parts": [],
        "evidence": [],
        "profile": job.profile,
    }


def job_row(job: Job) -> dict[str, Any]:
    """A job as `jobs list` shows it."""
    return {
        "id": job.id,
        "kind": job.kind.value,
        "store": job.store,
        "spaceId": job.space,
        "target": job.target,
        "state": job.state.value,
        "since": moment(job.since),
        "updated": moment(job.updated),
        "words": job.words,
        "progress": _progress(job),
        "parts": [_part_row(part) for part in job.parts],
        "evidence": evidence_row(job.evidence),
        "profile": job.profile,
    }


def _progress(job: Job) -> dict[str, Any] | None:
    """How many parts of a run have ended."""
    if not job.parts:
        return None
    ended = sum(part.state is not None and part.state.ended for part in job.parts)
    return {"done": ended, "of": len(job.parts), "unit": job.scope.parts}


def _part_row(part: Part) -> dict[str, Any]:
    return {"target": part.target, "state": part.state.value if part.state else None, "words": part.words}
