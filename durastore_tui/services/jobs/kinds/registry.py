"""The kinds of jobs by their names."""

from collections.abc import Mapping

from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.jobs.families import Family
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.kinds.policy import POLICY
from durastore_tui.services.jobs.kinds.restore import RESTORE
from durastore_tui.services.jobs.kinds.retrieval import RETRIEVAL
from durastore_tui.services.jobs.kinds.snapshot import SNAPSHOT
from durastore_tui.services.jobs.kinds.streaming import DELETE, DISABLE, ENABLE, SWITCH
from durastore_tui.services.jobs.kinds.task import TASK

KINDS: Mapping[JobKind, Kind] = {
    JobKind.ENABLE: ENABLE,
    JobKind.DISABLE: DISABLE,
    JobKind.DELETE: DELETE,
    JobKind.SWITCH: SWITCH,
    JobKind.POLICY: POLICY,
    JobKind.RETRIEVAL: RETRIEVAL,
    JobKind.SNAPSHOT: SNAPSHOT,
    JobKind.RESTORE: RESTORE,
    JobKind.TASK: TASK,
}


def first_task(kind: JobKind, family: Family) -> Task:
    """What a change of a distribution sends first; raises ValueError for a kind that changes none."""
    of_family = KINDS[kind].of_family
    if of_family is None:
        raise ValueError(f"{kind} changes no distribution")
    return of_family(family)
