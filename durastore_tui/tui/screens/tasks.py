"""Tasks: every task of every store, how it stands with this login, and a form to run it."""

from __future__ import annotations

from contextlib import suppress

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import holding, value_of
from durastore_tui.core.urls import task_path
from durastore_tui.services import task_list
from durastore_tui.services.task_list import TASK_LISTS, Entry
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Column, Row
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.details import task_facts
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.handlers.tasks import TaskRuns
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.table_screen import TableContent, TableScreen
from durastore_tui.tui.widgets.facts import Block, Heading


class TasksScreen(TableScreen):
    """Its ids name a task and a store. What was run from here is kept, to be read and to be run again."""

    scope = Scope.TASKS
    BINDINGS = bindings(Scope.TASKS)

    def __init__(self, place: Place) -> None:
        super().__init__(
            place,
            TableContent(
                one="task",
                many="tasks",
                empty="This server has no tasks.",
                columns=self.columns,
                row=self.row_of,
                detail=self.about_it,
                open=self.open_one,
                read_names=self.read_names,
                title=self.title_of,
                what=lambda: "the tasks of every store",
                take_values=self.take_values,
            ),
        )
        self._entries: dict[str, Entry] = {}
        self._runs = TaskRuns(self.rows.draw)  # an answer tells of the other tasks of its role, too
        self._again = False
        self.reads.subscribe(TASK_LISTS, lambda key, state: self._tasks_changed())

    def columns(self) -> tuple[Column, ...]:
        return task_facts.COLUMNS

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
        self.names_read(self.rows.names)

    def take_values(self) -> None:
        if session := self.session:
            entries = task_list.cached(session)
            self._entries = {entry.key: entry for entry in value_of(entries) or self._entries.values()}
            self.rows.names = holding(entries, tuple(self._entries))

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
        run = self._runs.newest(entry)
        ran = task_facts.run_blocks(run) if run else ()
        told = task_facts.blocks(entry, *task_list.standing(session, entry))
        taught = task_facts.lessons(session.capabilities.lessons())
        return (*ran, *told, *taught, Heading("Next"), *self.lines.next_keys)

    def chosen_task(self) -> Entry | None:
        """The task under the cursor."""
        return self._entries.get(self.table.cursor_key or "")

    def task_runs(self) -> TaskRuns:
        """What was run from here."""
        return self._runs

    def open_one(self, name: str) -> None:
        if entry := self._entries.get(name):
            run = self._runs.run(self.durastore, self.target(), entry)
            self.run_worker(run, group="task", exit_on_error=False, description="run a task")

    # Pages and copies

    def open_properties(self) -> None:
        if name := self.table.cursor_key:
            self.app.push_screen(ReadingScreen(self.title_of(name), self.about_it(name)))

    def answer_copy(self) -> Copyable | str:
        if (entry := self.chosen_task()) is None:
            return ""
        run = self._runs.newest(entry)
        if run and (text := run.answer):
            return Copyable("y", f"the answer of {entry.task.name}", text, "\n")
        return Copyable("y", "the task's name", entry.task.name)

    def request_copy(self) -> Copyable | str:
        if (entry := self.chosen_task()) is None:
            return ""
        run = self._runs.newest(entry)
        if run and entry.store:
            query = {"storeID": entry.store.id}
            return curl_copy(self.session, "POST", task_path(entry.task.name), query, entry.task.name, run.filled.body)
        return f"{entry.task.name} was not run from here yet, so there is no request to copy."
