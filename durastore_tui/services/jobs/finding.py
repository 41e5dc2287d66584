"""The result of a check."""

from dataclasses import dataclass
from datetime import datetime

from durastore_tui.core.jobs import Evidence, JobState
from durastore_tui.services.jobs.entry import Phase


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is what was found out, None when only time goes on; `detail` is a sentence about it; `host`, `target`,
    `until` and `phase` are told when they are new. `blind` says that this machine cannot check the streaming host, and
    never could."""

    evidence: tuple[Evidence, ...]
    state: JobState | None = None
    detail: str = ""
    host: str | None = None
    target: str | None = None
    until: datetime | None = None
    phase: Phase | None = None
    blind: bool = False
