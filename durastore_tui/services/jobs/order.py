"""What a person asked for and consented to: everything that is needed to send it, and to follow it after a crash."""

import json
from dataclasses import dataclass

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import SCOPES, Job, JobKind, JobState
from durastore_tui.core.tasks.model import Value

DISTRIBUTION = frozenset(kind for kind, scope in SCOPES.items() if scope.excludes == "distribution")
"""The kinds that change a distribution."""
POLICIES = frozenset(kind for kind, scope in SCOPES.items() if scope.excludes == "policy")


class Excluded(BadInput):
    """An unfinished job excludes the change; `job` is that one."""

    def __init__(self, job: Job) -> None:
        state = f"{job.state.word} since {job.since:%Y-%m-%d %H:%M} UTC"
        unfinished = f"{job.action} of {job.target or job.space} is unfinished: {state} (job {job.id})."
        super().__init__("space", f"{unfinished} {way_out(job)}")
        self.job = job


def way_out(job: Job) -> str:
    """What to do about an unfinished job that stands in the way."""
    if job.state is JobState.PAUSED:
        return f"Run `jobs continue {job.id}` to finish it, or `jobs abandon {job.id}` to drop the unsent parts."
    if job.state is JobState.SENT:
        return "Wait for its reply."
    return f"Wait until it ends, or run `jobs forget {job.id}` to stop tracking it and send another change."


@dataclass(frozen=True, slots=True)
class Order:
    """One change of one space or item, or a run over `spaces` or over the `items` of a space.

    `streaming_type` and `origins` are what enable and switch ask for; `host` and `was` are what the space showed just
    before (host and type, None when off): without them nothing can be learnt from what it shows afterwards. `values`
    are a policy's, a new snapshot's or a restore's other parameters. `unchecked` sends a retrieval without checking
    that the item is there, and a policy that AWS is known to reject.

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
    items: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses what could never be sent; raises BadInput."""
        if SCOPES[self.kind].changes_type and self.streaming_type == self.was:
            raise BadInput("type", f"{self.space} streams as {self.was} already")

    @property
    def parts(self) -> tuple[str, ...]:
        """The spaces or items of a run, each once and in order; nothing for a single change."""
        match SCOPES[self.kind].parts:
            case "spaces":
                return tuple(dict.fromkeys(self.spaces or (self.space,)))
            case "items":
                return tuple(dict.fromkeys(self.items))
        return ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What an unfinished job of this order has for itself alone (design §5)."""
        return tuple(filter(None, map(self.key_of, self.parts or (None,))))

    def key_of(self, part: str | None) -> str | None:
        """What one part of it, or with None a single change, has for itself alone; None where nothing is."""
        space = part if part is not None and SCOPES[self.kind].parts == "spaces" else self.space
        item = part if part is not None else self.target
        return claim(self.kind, self.profile, self.store, space, family=self.family, item=item)


def claim(
    kind: JobKind, profile: str, store: str, space: str, *, family: str | None = None, item: str | None = None
) -> str | None:
    """The key that an unfinished change of this kind has for itself alone; None for a kind that excludes nothing."""
    match SCOPES[kind].excludes:
        case None:
            return None
        case "distribution":
            thing: tuple[str, ...] = ("distribution", str(family), space)
        case "retrieval":
            thing = ("retrieval", space, str(item))
        case other:
            thing = (other, space)
    return json.dumps((profile, store, *thing))
