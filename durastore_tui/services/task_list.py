"""Every task of every store, and how each stands with this login."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from durastore_tui.api.stores import Store
from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.resource import Ready, Resource, Stale
from durastore_tui.core.tasks import TASKS, find, undeclared
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.changes.guard import elsewhere
from durastore_tui.services.read_cache import Kind
from durastore_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """A task on a store; `store` is None when no store has it, `known` False when we have no declaration of it."""

    task: Task
    store: Store | None
    known: bool = True

    @property
    def key(self) -> str:
        """Stands for it in a list."""
        return f"{self.store.id if self.store else '-'} {self.task.name}"


TASK_LISTS: Kind[None, tuple[Entry, ...]] = Kind("task lists")


async def read(session: Session, again: bool = False) -> tuple[Entry, ...]:
    """The tasks in the stores' own order, then the ones that no store has; lists that were read before are not asked
    for again unless `again`. Raises Unauthorized."""
    await asyncio.gather(*(session.learn(store, again=again) for store in session.stores))
    entries = [entry for store in session.stores for entry in _of(session, store)]
    held = {entry.task.name for entry in entries}
    return (*entries, *(Entry(task, None) for name, task in TASKS.items() if name not in held))


def cached(session: Session) -> Resource[tuple[Entry, ...]]:
    """The same as it is cached; old rows when a store failed."""
    state, error = session.cache.cached(TASK_LISTS, None), failure(session)
    return Stale(state.value, state.at, error) if isinstance(state, Ready) and error else state


async def refresh(session: Session, again: bool = False) -> None:
    """Reads the same into the cache, which shows a failure when no store listed anything; raises Unauthorized."""

    async def ask(_: None) -> tuple[Entry, ...]:
        entries, error = await read(session, again), failure(session)
        if error and not any(session.capabilities.offered(store.id) for store in session.stores):
            raise error
        return entries

    await session.cache.refresh(TASK_LISTS, None, ask)


def failure(session: Session) -> DuraStoreError | None:
    """The first error among the stores' last readings, None when every store listed its tasks."""
    failures = (session.capabilities.failure(store.id) for store in session.stores)
    return next((error for error in failures if error), None)


def standing(session: Session, entry: Entry) -> tuple[Standing, str]:
    """How it stands, and how that is known."""
    if entry.store is None:
        types = {store.type for store in session.stores}
        return Standing.NOT_OFFERED, _nowhere(entry.task, types)
    if not entry.known:
        return Standing.UNKNOWN, "The store lists it, and this program does not know which role it takes."
    if session.capabilities.offered(entry.store.id) is None:
        error = session.capabilities.failure(entry.store.id)
        why = f": {error}" if error else ""
        return Standing.UNKNOWN, f"The tasks of store {entry.store.id} could not be listed{why}."
    known = session.capabilities
    return known.standing(entry.store.id, entry.task), known.because(entry.store.id, entry.task)


def _nowhere(task: Task, types: set[str]) -> str:
    fitting = sorted(types & task.stores)
    return f"No store lists it: {elsewhere(fitting[0] if fitting else '', task)}."


def _of(session: Session, store: Store) -> tuple[Entry, ...]:
    names = session.capabilities.offered(store.id)
    if names is None:
        return tuple(Entry(task, store) for task in TASKS.values() if store.type in task.stores)
    return tuple(Entry(find(name) or undeclared(name), store, find(name) is not None) for name in names)
