"""Tasks: every task of every store, how it stands with this login, and a form to run it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError, Unauthorized
from durastore_tui.core.resource import holding, value_of
from durastore_tui.core.tasks.model import Value
from durastore_tui.core.tasks.reading import guessed
from durastore_tui.core.urls import address, task_path
from durastore_tui.services import task_list, task_orders
from durastore_tui.services.changes.confirmation import Despite
from durastore_tui.services.changes.flow import Change
from durastore_tui.services.guard import guard
from durastore_tui.services.jobs.order import Excluded
from durastore_tui.services.task_list import TASK_LISTS, Entry
from durastore_tui.services.urls import check_url_task
from durastore_tui.tui.actions import Scope, key
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.facts import task_facts
from durastore_tui.tui.facts.task_facts import Run
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.changes import Changes
from durastore_tui.tui.screens.object_list import ObjectList
from durastore_tui.tui.screens.reading import ReadingScreen
from durastore_tui.tui.screens.task_form import Filled, TaskSheet
from durastore_tui.tui.widgets.columns import Column, Row
from durastore_tui.tui.widgets.facts import Block, Heading

if TYPE_CHECKING:
    from durastore_tui.services.changes.preflight import Preflight
    from durastore_tui.services.session import Session

FOLLOWED = "This becomes a job: recorded in the journal before it is sent, and tracked until it ends."


class TasksScreen(ObjectList, Changes):
    """Its ids name a task and a store. What was run from here is kept, to be read and to be run again."""

    scope = Scope.TASKS
    BINDINGS = bindings(Scope.TASKS)
    empty = "This server has no tasks."
    one, many = "task", "tasks"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._entries: dict[str, Entry] = {}
        self._runs: dict[str, Run] = {}
        self._again = False
        self.reads.subscribe(TASK_LISTS, lambda key, state: self._tasks_changed())

    def columns(self) -> tuple[Column, ...]:
        return task_facts.COLUMNS

    def what(self) -> str:
        return "the tasks of every store"

    # Reading

    def read(self, again: bool = False) -> None:
        self._again = again
        super().read(again)

    @read_work("tasks", "read the tasks")
    async def read_names(self) -> None:
        if session := self.session:
            with suppress(Unauthorized):  # the app saw the 401 and asks for a login
                await task_list.refresh(session, self._again)

    def _tasks_changed(self) -> None:
        self.take_values()
        self.names_read(self.names)

    def take_values(self) -> None:
        if session := self.session:
            entries = task_list.cached(session)
            self._entries = {entry.key: entry for entry in value_of(entries) or self._entries.values()}
            self.names = holding(entries, tuple(self._entries))

    def read_details(self, names: Iterable[str]) -> None:
        self._answered.update(names)  # a task has no details that would have to be read

    # Drawing

    def row_of(self, name: str) -> Row | None:
        entry, session = self._entries.get(name), self.session
        return task_facts.row(entry, task_list.standing(session, entry)[0]) if entry and session else None

    def title_of(self, name: str) -> str:
        entry = self._entries.get(name)
        return entry.task.title if entry else ""

    def about_it(self, name: str) -> tuple[Block, ...]:
        entry, session = self._entries.get(name), self.session
        if entry is None or session is None:
            return ()
        run = self._runs.get(name)
        ran = task_facts.run_blocks(run) if run else ()
        told = task_facts.blocks(entry, *task_list.standing(session, entry))
        taught = task_facts.lessons(session.capabilities.lessons())
        return (*ran, *told, *taught, Heading("Next"), *self.next_keys())

    @property
    def chosen(self) -> Entry | None:
        """The one under the cursor."""
        return self._entries.get(self.table.cursor_key or "")

    # Running

    def open_one(self, name: str) -> None:
        if entry := self._entries.get(name):
            self._fill_in(entry)

    def do_run_again(self) -> None:
        if (entry := self.chosen) and (run := self._runs.get(entry.key)):
            self._fill_in(entry, run.filled)
        elif entry:
            self.post_message(Told(f"{entry.task.name} was not run from here yet; {key('open')} opens its form."))

    @work(group="task", exit_on_error=False, description="run a task")
    async def _fill_in(self, entry: Entry, filled: Filled | None = None) -> None:
        """The form, consent where it changes the server, one request; without the form when it is `filled` in."""
        try:
            session = self._session_of(entry, {})
            if filled is None:
                path = address("", task_path(entry.task.name), {"storeID": session.store.id})
                before = self._runs.get(entry.key)
                form = TaskSheet(entry.task, entry.known, path, before.filled if before else None)
                filled = await self.app.push_screen_wait(form)
            if filled is None:
                return
            if not entry.task.changes:
                await self._run(session, entry, filled)
                return
            await self._change(session, entry, filled)
        except Excluded as wrong:
            self.tell_failure(entry.task.name, wrong)
        except BadInput as wrong:
            self.post_message(Told(wrong.sentence, "warning"))
        except DuraStoreError as error:
            self.tell_failure(entry.task.name, error)

    def _session_of(self, entry: Entry, values: Mapping[str, Value]) -> Session:
        """The login on the task's store; raises BadInput when the task can't be run there now."""
        session, jobs = self.session, self.durastore.jobs
        if session is None or entry.store is None:
            raise BadInput("store", task_list.standing(session, entry)[1] if session else "There is no connection.")
        here = session.at(entry.store)
        strange = self.services.jobs.unreadable()
        if why := guard(here, entry.task, str(values.get("spaceId", "")), jobs, unreadable=strange):
            raise BadInput("task", why)
        return here

    async def _change(self, session: Session, entry: Entry, filled: Filled) -> None:
        """As a job, once the person confirmed it. What is not there can be asked for anyway, as any task can."""
        values: dict[str, Value] = dict(filled.values or (guessed(filled.body) if entry.known else {}))

        async def read() -> Preflight:
            jobs = self.services.jobs.all()
            found = await task_orders.preflight_of(self._session_of(entry, values), entry.task, filled.body, jobs)
            return replace(found, missing=None, wrong=found.predicted, notes=(*found.notes, FOLLOWED))

        space = str(values.get("spaceId", ""))
        change = Change(entry.task, read, (space,) if space else ())
        name = entry.task.name
        if job := await self.carry_out(change, "Send", name, session=session, despite=Despite.PREDICTIONS):
            self._ran(entry, Run(filled, self.now, job=job, whole=self.services.jobs.reply(job.id)))

    async def _run(self, session: Session, entry: Entry, filled: Filled) -> None:
        run = Run(filled, self.now)
        try:
            if filled.values is None:
                run = replace(run, reply=await session.run_raw(entry.task, filled.body))
            else:
                await check_url_task(session, entry.task, str(filled.values.get("spaceId", "")))
                run = replace(run, reply=await session.run(entry.task, filled.values))
        except DuraStoreError as error:
            run = replace(run, error=error)
            self.tell_failure(entry.task.name, error, unsent=False)
        self._ran(entry, run)

    def _ran(self, entry: Entry, run: Run) -> None:
        self._runs[entry.key] = run
        self._draw_rows()  # an answer tells of the other tasks of its role, too
        if run.reply or run.job:
            self.app.push_screen(ReadingScreen(entry.task.title, tuple(task_facts.run_blocks(run))))

    # Pages and copies

    def open_properties(self) -> None:
        if name := self.table.cursor_key:
            self.app.push_screen(ReadingScreen(self.title_of(name), self.about_it(name)))

    def answer_copy(self) -> Copyable | str:
        if (entry := self.chosen) is None:
            return ""
        run = self._runs.get(entry.key)
        if run and (text := run.answer):
            return Copyable("y", f"the answer of {entry.task.name}", text, "\n")
        return Copyable("y", "the task's name", entry.task.name)

    def request_copy(self) -> Copyable | str:
        if (entry := self.chosen) is None:
            return ""
        run = self._runs.get(entry.key)
        if run and entry.store:
            query = {"storeID": entry.store.id}
            return self.curl_copy("POST", task_path(entry.task.name), query, entry.task.name, run.filled.body)
        return f"{entry.task.name} was not run from here yet, so there is no request to copy."
