"""How any task is run: its form, a confirmation where it changes the server, one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.tasks.model import Value
from durastore_tui.core.tasks.reading import guessed
from durastore_tui.core.urls import address, task_path
from durastore_tui.services import task_list
from durastore_tui.services.changes import task_orders
from durastore_tui.services.changes.confirmation import Despite
from durastore_tui.services.changes.flow import Change
from durastore_tui.services.changes.guard import guard
from durastore_tui.services.jobs.order import Excluded
from durastore_tui.services.urls import check_url_task
from durastore_tui.tui.actions import key
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.details.task_facts import Filled, Run, run_blocks
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.dialogs.task_form import TaskSheet
from durastore_tui.tui.handlers.changes import carry_out, tell_failure
from durastore_tui.tui.messages import Told

if TYPE_CHECKING:
    from durastore_tui.services.changes.preflight import Preflight
    from durastore_tui.services.session import Session
    from durastore_tui.services.task_list import Entry

TRACKED = "This becomes a job: recorded in the journal before it is sent, and tracked until it ends."


class TaskRuns:
    """The newest run of each task; `ran` is called after one has ended."""

    def __init__(self, ran: Callable[[], None]) -> None:
        self._runs: dict[str, Run] = {}
        self._ran = ran

    def newest(self, entry: Entry) -> Run | None:
        """What was sent last, and what came of it."""
        return self._runs.get(entry.key)

    async def run(self, context: AppContext, target: Target, entry: Entry, filled: Filled | None = None) -> None:
        """Show the form, then send what was filled in; without the form when it is `filled` in."""
        task = entry.task
        try:
            session = _session_of(context, target, entry, {})
            if filled is None:
                path = address("", task_path(task.name), {"storeID": session.store.id})
                before = self.newest(entry)
                form = TaskSheet(task, entry.known, path, before.filled if before else None)
                filled = await context.push_screen_wait(form)
            if filled is None:
                return
            run = await (_change if task.changes else _read)(context, target, session, entry, filled)
        except Excluded as wrong:
            tell_failure(target, task.name, wrong)
        except BadInput as wrong:
            target.view.post_message(Told(wrong.sentence, "warning"))
        except DuraStoreError as error:
            tell_failure(target, task.name, error)
        else:
            if run:
                self._keep(context, entry, run)

    def _keep(self, context: AppContext, entry: Entry, run: Run) -> None:
        self._runs[entry.key] = run
        self._ran()
        if run.reply or run.job:
            context.push_screen(ReadingScreen(entry.task.title, tuple(run_blocks(run))))


@runtime_checkable
class TaskPlace(Protocol):
    """A place with a list of tasks."""

    def chosen_task(self) -> Entry | None:
        """The task under the cursor."""

    def task_runs(self) -> TaskRuns:
        """What was run from here."""


async def run_again(context: AppContext, target: Target) -> None:
    """Send the last request of the task under the cursor once more."""
    place = target.view
    if not isinstance(place, TaskPlace) or (entry := place.chosen_task()) is None:
        return
    if run := place.task_runs().newest(entry):
        await place.task_runs().run(context, target, entry, run.filled)
    else:
        place.post_message(Told(f"{entry.task.name} was not run from here yet; {key('open')} opens its form."))


def _session_of(context: AppContext, target: Target, entry: Entry, values: Mapping[str, Value]) -> Session:
    """The login on the task's store; raises BadInput when the task can't be run there now."""
    services, session = target.server.services, target.session
    if services is None or session is None or entry.store is None:
        raise BadInput("store", task_list.standing(session, entry)[1] if session else "There is no connection.")
    here = session.at(entry.store)
    strange = services.jobs.unreadable()
    if why := guard(here, entry.task, str(values.get("spaceId", "")), context.jobs, unreadable=strange):
        raise BadInput("task", why)
    return here


async def _change(context: AppContext, target: Target, session: Session, entry: Entry, filled: Filled) -> Run | None:
    """As a job, once the person confirmed it. What is not there can be asked for anyway, as any task can."""
    services = target.server.services
    if services is None:
        return None
    values: dict[str, Value] = dict(filled.values or (guessed(filled.body) if entry.known else {}))

    async def read() -> Preflight:
        here = _session_of(context, target, entry, values)
        found = await task_orders.preflight_of(here, entry.task, filled.body, services.jobs.all())
        return replace(found, missing=None, wrong=found.predicted, notes=(*found.notes, TRACKED))

    space = str(values.get("spaceId", ""))
    change = Change(entry.task, read, (space,) if space else ())
    name = entry.task.name
    job = await carry_out(context, target, change, "Send", name, session=session, despite=Despite.PREDICTIONS)
    return Run(filled, context.start.clock.now(), job=job, whole=services.jobs.reply(job.id)) if job else None


async def _read(context: AppContext, target: Target, session: Session, entry: Entry, filled: Filled) -> Run:
    run = Run(filled, context.start.clock.now())
    try:
        if filled.values is None:
            return replace(run, reply=await session.run_raw(entry.task, filled.body))
        await check_url_task(session, entry.task, str(filled.values.get("spaceId", "")))
        return replace(run, reply=await session.run(entry.task, filled.values))
    except DuraStoreError as error:
        tell_failure(target, entry.task.name, error, unsent=False)
        return replace(run, error=error)
