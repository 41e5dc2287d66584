"""What a person asked for and consented to: everything that is needed to send it, and to follow it after a crash."""

import json
from dataclasses import dataclass

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.core.tasks.model import Value

DISTRIBUTION = frozenset({JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE, JobKind.SWITCH})


class Excluded(BadInput):
    """An open job stands in the way; `job` is that one."""

    def __init__(self, job: Job) -> None:
        sentence = f"{job.kind} of {job.target or job.space} is {job.state.word} since {job.since:%Y-%m-%d %H:%M} UTC"
        stuck = job.state in (JobState.NO_REPLY, JobState.UNKNOWN)
        super().__init__("space", f"{sentence} (job {job.id})" + ("; forget that job to send again" if stuck else ""))
        self.job = job


@dataclass(frozen=True, slots=True)
class Order:
    """One change of one space or item, or a run over `spaces`.

    `streaming_type` and `origins` are what enable and switch ask for; `host` and `was` are what the space showed just
    before (host and type, None when off): without them nothing can be learnt from what it shows afterwards. `values`
    are a policy's, a new snapshot's or a restore's other parameters. `unchecked` sends a thaw without looking for the
    item first, and a policy that AWS is known to refuse.

    A snapshot without a `target` is created, one with it restarted; a restore's `target` is the snapshot; `was` is the
    snapshot of the space, the status of one that is restarted, or the last restore of the snapshot, before. `watch`
    sends nothing and follows the snapshot or restore that `target` names. `body` is the first write as a person wrote
    it, None where it is built. `task` names the task of a `TASK`, which is sent once with `values` or `body`; its `was`
    is what its check compares with, None where nothing can be compared.
    """

    kind: JobKind
    profile: str
    store: str
    space: str
    family: str | None = None
    target: str | None = None
    streaming_type: str | None = None
    origins: tuple[str, ...] = ()
    host: str | None = None
    was: str | None = None
    spaces: tuple[str, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    unchecked: bool = False
    watch: bool = False
    body: str | None = None
    task: str | None = None

    def __post_init__(self) -> None:
        """Refuses what could never be sent; raises BadInput."""
        if self.kind is JobKind.SWITCH and self.streaming_type == self.was:
            raise BadInput("type", f"{self.space} streams as {self.was} already")

    @property
    def parts(self) -> tuple[str, ...]:
        """The spaces of a run, each once and in order; nothing for a single change."""
        if self.kind is not JobKind.POLICY:
            return ()
        return tuple(dict.fromkeys(self.spaces or (self.space,)))

    @property
    def keys(self) -> tuple[str, ...]:
        """What an open job of this order has for itself alone (design §5)."""
        here = (self.profile, self.store)
        if self.kind in DISTRIBUTION:
            things: list[tuple[str, ...]] = [("distribution", str(self.family), self.space)]
        elif self.kind is JobKind.POLICY:
            things = [("policy", space) for space in self.parts]
        elif self.kind is JobKind.RETRIEVAL:
            things = [("retrieval", self.space, str(self.target))]
        else:
            things = []
        return tuple(json.dumps((*here, *thing)) for thing in things)
