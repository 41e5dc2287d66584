"""Whether a task may run now: read-only, not offered, a role that is missing, a job in the way (protocol §1.4, §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from durastore_tui.core.jobs import Job, JobKind, job_about
from durastore_tui.core.tasks import hls, policy, rtmp
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.jobs.exclusion import gives_way
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.registry import KINDS, first_task
from durastore_tui.services.jobs.order import DISTRIBUTION, POLICIES, Excluded, claim
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable, UnreadableJob

if TYPE_CHECKING:
    from durastore_tui.services.session import Session

EXCLUDED_BY: dict[str, tuple[frozenset[JobKind], str | None]] = {
    **{task.name: (DISTRIBUTION, "HLS") for task in hls.TASKS if task.changes},
    **{task.name: (DISTRIBUTION, "RTMP") for task in rtmp.TASKS if task.changes},
    policy.SET.name: (POLICIES, None),
}
SUPERSEDING = {
    first_task(kind, family).name: kind
    for family in FAMILIES.values()
    for kind, declared in KINDS.items()
    if declared.supersedes
}
"""The kind of change that a task is, for tasks whose changes supersede others."""


def guard(
    session: Session,
    task: Task,
    space: str | None = None,
    jobs: Iterable[Job] = (),
    kind: JobKind | None = None,
    unreadable: Iterable[UnreadableJob] = (),
) -> str | None:
    """Why the task can't be run now (read-only, not offered, role, a job in the way), or None; `kind` as `pending`."""
    if task.changes and session.window.shut:
        return f"{session.profile.name} is read-only here: {task.name} was not sent."
    match session.capabilities.standing(session.store.id, task):
        case Standing.NOT_OFFERED:
            return not_offered(session, task)
        case Standing.NEEDS_ROLE:
            return (
                f"{task.name} needs the role {task.role.name}: {session.capabilities.because(session.store.id, task)}"
            )
    if space and (job := pending(session, task, space, jobs, kind)):
        return Excluded(job).sentence
    if space and (strange := _holder(session, task, space, unreadable)):
        return ExcludedByUnreadable(strange).sentence
    return None


def _holder(session: Session, task: Task, space: str, unreadable: Iterable[UnreadableJob]) -> UnreadableJob | None:
    """The job that this version cannot read and that excludes the task on the space."""
    kinds, family = EXCLUDED_BY.get(task.name, (frozenset(), None))
    keys = {claim(kind, session.profile.name, session.store.id, space, family=family) for kind in kinds}
    return next((job for job in unreadable if job.claims & keys), None)


def not_offered(session: Session, task: Task) -> str:
    """Why the current store does not list the task."""
    store = session.store
    if not task.stores:
        return f"Store {store.id} ({store.type}) does not list {task.name}."
    return f"Store {store.id} ({store.type}) does not offer {task.name}: {elsewhere(store.type, task)}."


def elsewhere(store_type: str, task: Task) -> str:
    """Where the task is offered, for a store that does not."""
    if store_type not in task.stores:
        return f"it is for stores of type {', '.join(sorted(task.stores))}"
    return f"servers have it since {task.since}" + (f", and no more since {task.until}" if task.until else "")


def pending(session: Session, task: Task, space: str, jobs: Iterable[Job], kind: JobKind | None = None) -> Job | None:
    """The unfinished job, or part of a run, that excludes this task on the space; `kind` is the change, where the task
    alone does not say it: a switch begins with a delete."""
    change = kind or SUPERSEDING.get(task.name)
    unfinished = _unfinished(session, task, space, jobs)
    return next((job for job in unfinished if not (change and gives_way(job, change))), None)


def superseded(session: Session, task: Task, space: str, jobs: Iterable[Job]) -> Job | None:
    """The unfinished job that this task on the space supersedes: an enable, by disable or delete (design §5)."""
    change = SUPERSEDING.get(task.name)
    return next((job for job in _unfinished(session, task, space, jobs) if change and gives_way(job, change)), None)


def _unfinished(session: Session, task: Task, space: str, jobs: Iterable[Job]) -> Iterator[Job]:
    kinds, family = EXCLUDED_BY.get(task.name, (frozenset(), None))
    here = (session.profile.name, session.store.id, family)
    alike = (job for job in jobs if job.kind in kinds and (job.profile, job.store, job.family) == here)
    about = (job_about(job, space) for job in alike if space in (job.space, *(part.target for part in job.parts)))
    return (job for job in about if job.excludes)
