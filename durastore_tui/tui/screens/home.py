"""Home: what needs somebody first, then how everything stands; all of it from what is known, and each line leads to
the list that it counts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.worker import Worker

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.core.resource import Empty, Loading, Ready
from durastore_tui.core.tasks import hls
from durastore_tui.services import overview
from durastore_tui.services.kinds_of_reads import RESTORES, SNAPSHOT_LISTS, SPACE_NAMES, SPACE_PROPERTIES, STORE_GROWTH
from durastore_tui.services.overview_reading import read_snapshots, read_spaces
from durastore_tui.services.read_cache import Kind
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.context import Link, Target
from durastore_tui.tui.details import home_facts
from durastore_tui.tui.details.home_accounts import account_views, accounts_of, read_accounts
from durastore_tui.tui.details.home_facts import DAY, accounts, day_blocks, sample_of, samples_of
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.widgets.facts import Words
from durastore_tui.tui.widgets.links import Links, Section
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.api.reports import Night
    from durastore_tui.api.stores import Store
    from durastore_tui.core.resource import Resource
    from durastore_tui.tui.details.home_facts import Goals
    from durastore_tui.tui.start import Services

REST = 0.15
DRAWN: tuple[Kind[Any, Any], ...] = (SPACE_NAMES, SPACE_PROPERTIES, SNAPSHOT_LISTS, RESTORES, STORE_GROWTH)
"""The values that Home counts."""


class HomeScreen(PlaceScreen):
    """Reads what nobody has read yet, a little at a time and only while one looks at it."""

    scope = Scope.HOME
    BINDINGS = bindings(Scope.HOME)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._goals: Goals | None = None
        self._day: date | None = None
        self._choice: tuple[Store, ...] | None = None
        self._drawing: Timer | None = None
        self._reading: Worker[None] | None = None
        for kind in DRAWN:
            self.reads.subscribe(kind, lambda key, state: self._draw_soon())

    def body(self) -> ComposeResult:
        yield Links(id="list")

    @property
    def links(self) -> Links:
        return self.query_one(Links)

    def on_mount(self) -> None:
        self.links.show((self._no_server(),))

    # Reading

    def begin(self) -> None:
        self._day, self._choice = None, None
        self.read()

    def read(self, again: bool = False) -> None:
        self._draw_soon()
        if again or self._reading is None or self._reading.is_finished:
            self._reading = self._read(again)

    def on_screen_resume(self) -> None:
        self.draw()
        if self.server.services and not self.reads.are_cancelled:
            self.read()

    @read_work("home", "read what Home counts")
    async def _read(self, again: bool) -> None:
        services = self.server.services
        try:
            if services:
                await self._read_all(services, again)
        except* Unauthorized:
            pass  # the app saw the 401 and asks for a login
        self._told()

    async def _read_all(self, services: Services, again: bool) -> None:
        async with asyncio.TaskGroup() as group:
            if again or isinstance(services.reports.history, Empty | Loading):
                group.create_task(services.reports.read_history())
            group.create_task(self._read_snapshots(services, again))
            group.create_task(read_accounts(self.durastore, self._told, again=again))
            if self._streams(services):
                group.create_task(read_spaces(services.spaces, again=again))

    async def _read_snapshots(self, services: Services, again: bool) -> None:
        own = self.server.own_jobs
        self._choice = await read_snapshots(services.preservation, services.spaces, own, again=again)

    def _told(self) -> None:
        self.call_later(self._draw_soon)

    @staticmethod
    def _streams(services: Services) -> bool:
        return services.session.store.type in hls.ENABLE.stores

    # Drawing

    def _draw_soon(self) -> None:
        """After a rest, for answers come in swarms; what comes out of view is drawn once, on the way back."""
        if self._drawing is None and self.in_view:
            self._drawing = self.set_timer(REST, self.draw)

    def draw(self) -> None:
        """Says anew what is known."""
        self._drawing = None
        if self.query(Links):
            self.links.show(tuple(self._sections()))

    def _no_server(self) -> Section:
        failure = self.server.failure
        if failure is None:
            return Section("server", self.server.link.words)
        return Section("server", self.server.link.words, "bad", (Words(sentence(failure)),))

    def _sections(self) -> Iterator[Section]:
        services = self.server.services
        if services is None:
            yield self._no_server()
            return
        self._goals = goals = home_facts.Goals()
        own, now = self.server.own_jobs, self.now
        yield home_facts.jobs(overview.unresolved(own), goals, now)
        yield from home_facts.preserved(services.preservation, services.spaces, own, goals, now)
        if self._streams(services):
            yield home_facts.streaming(services.spaces, goals, now)
        yield home_facts.snapshots(services.preservation, self._choice, goals, now)
        yield home_facts.storage(services.reports.history, self._day, now)
        failed = overview.failures(services.session.log.numbered(), own)
        visits = self.durastore.visits.recent(self.server.name)
        store = services.session.store.id
        for section in (
            home_facts.failures(failed, goals, now),
            home_facts.recent(visits, store, self.place, goals, now),
            self._accounts(goals),
        ):
            if section:
                yield section

    def _accounts(self, goals: Goals) -> Section | None:
        views = account_views(self.durastore, self.server.name)
        return accounts(views, accounts_of(self.durastore).without_password, goals, self.now)

    def link_changed(self, link: Link) -> None:
        super().link_changed(link)
        self._draw_soon()

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        self._draw_soon()

    def tick(self) -> None:
        super().tick()
        self._draw_soon()

    # Actions

    def target(self) -> Target:
        """The paused job under the cursor, else the first one."""
        paused = [job for job in self.server.own_jobs if job.state is JobState.PAUSED]
        chosen = self.links.cursor_key if self.query(Links) else None
        job = next((job for job in paused if chosen == f"job {job.id}"), next(iter(paused), None))
        return replace(super().target(), job=job.id if job else None)

    @on(Links.Opened)
    def _opened(self, event: Links.Opened) -> None:
        self._open(event.key)

    def open_cursor(self) -> None:
        if key := self.links.cursor_key:
            self._open(key)

    def _open(self, key: str) -> None:
        if key == DAY:
            self.read_day()
        elif self._goals and key in self._goals:
            goal = self._goals[key]
            if goal.profile:
                self.durastore.connections.use_profile(goal.profile, (goal.place, goal.lens))
            elif goal.store:
                self.durastore.connections.use_store(goal.store, (goal.place, goal.lens))
            else:
                self.server.places.go(goal.place, goal.lens)

    @on(Links.Picked)
    def _picked(self, event: Links.Picked) -> None:
        self.show_day(event.day)

    def shift_day(self, by: timedelta) -> None:
        """Show the day that lies so much later; the first or last one where there is none."""
        if samples := samples_of(self.server.services):
            first, last = samples[0].day, samples[-1].day
            self.show_day(min(last, max(first, sample_of(samples, self._day).day + by)))

    def show_day(self, day: date) -> None:
        """Show the latest report of that day or of an earlier one."""
        self._day = day
        self.draw()
        self.links.move_to(DAY)

    @read_work("day", "read the report of a day")
    async def read_day(self) -> None:
        """What each space held on the day under the chart's mark."""
        services = self.server.services
        if services is None or not (samples := samples_of(services)):
            return
        day = sample_of(samples, self._day).day
        held = services.reports.day(day)
        try:
            night = held if isinstance(held, Ready) else await services.reports.read_day(day)
        except Unauthorized:
            return  # the app saw the 401 and asks for a login
        self.call_later(self._show_day, day, night)

    def _show_day(self, day: date, night: Resource[Night]) -> None:
        self.app.push_screen(ReadingScreen(f"Storage on {day}", day_blocks(night, self.now)))
