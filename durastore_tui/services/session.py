"""One login to one server: its stores, the current one, and what is known of its tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import timedelta

from durastore_tui.api import tasks as api_tasks
from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.stores import Store
from durastore_tui.api.stores import stores as read_stores
from durastore_tui.api.tasks import TaskReply
from durastore_tui.api.transport import Transport
from durastore_tui.config.profile import Profile, endpoint_of
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput, DuraStoreError, Unauthorized
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import noop
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.write_window import WriteWindow
from durastore_tui.services.capabilities import Capabilities, Standing
from durastore_tui.services.read_cache import ReadCache


def _check_reads(task: Task) -> None:
    if task.changes:
        raise ValueError(f"{task.name} changes the server: it is sent as a job")


class Session:
    """A transport with what was learnt through it. `store` is the current one; ids only ever come from `stores`."""

    def __init__(self, profile: Profile, endpoint: Endpoint, transport: Transport, log: RequestLog, clock: Clock):
        self.profile = profile
        self.endpoint = endpoint
        self.transport = transport
        self.log = log
        self.clock = clock
        self.window = WriteWindow(clock, read_only=bool(profile.read_only))
        self.capabilities = Capabilities(clock)
        self.cache = ReadCache(clock.now)
        self.stores: tuple[Store, ...] = ()
        self.store: Store

    @property
    def ahead(self) -> timedelta:
        """How far the server's clock is ahead of ours: its times are as old, and as far off, as its own clock says."""
        return self.transport.ahead

    async def read_stores(self, store_id: str | None) -> None:
        """Reads the stores (protocol §2) and makes one of them current: `store_id`, else the primary one."""
        self.stores = await read_stores(self.transport)
        if store_id is not None:
            self.store = self.listed(store_id)
        elif primary := next((store for store in self.stores if store.primary), None):
            self.store = primary
        else:
            raise BadInput("store", f"No store is the primary one here; name one of {self._ids()} with --store.")

    async def use_store(self, store_id: str) -> None:
        """Makes it the current one and reads its tasks; raises BadInput for an id that the server did not list."""
        self.store = self.listed(store_id)
        await self.learn(self.store)

    async def use_only_store_with(self, task: Task) -> None:
        """Makes the only store that lists the task the current one; raises BadInput when none or several do."""
        having = await self.stores_with(task)
        if not having:
            raise BadInput("store", f"No store of {self.profile.name} offers {task.name}.")
        if len(having) > 1:
            ids = ", ".join(store.id for store in having)
            raise BadInput("store", f"Several stores offer {task.name}: name one of {ids} with --store.")
        (self.store,) = having

    async def stores_with(self, task: Task) -> tuple[Store, ...]:
        """The stores that list the task, in the server's order; raises Unauthorized."""
        await asyncio.gather(*(self.learn(store) for store in self.stores))
        return tuple(store for store in self.stores if task.name in (self.capabilities.offered(store.id) or ()))

    def at(self, store: Store) -> Session:
        """The same login and connections, working on another store; the current one stays what it is."""
        session = copy(self)
        session.store = store
        return session

    async def offered(self) -> tuple[str, ...]:
        """The task names of the current store, in the server's order; raises the error tree."""
        names = await api_tasks.offered(self.transport, self.store.id)
        self.capabilities.listed(self.store.id, names)
        return names

    async def learn(self, store: Store, *, again: bool = False) -> tuple[str, ...] | None:
        """The task names of a store, read once unless `again`; None when the server can't list them. Raises
        Unauthorized."""
        if not again and (held := self.capabilities.offered(store.id)) is not None:
            return held
        try:
            return await self.at(store).offered()
        except Unauthorized:
            raise
        except DuraStoreError as error:
            self.capabilities.unlisted(store.id, error)
            return None

    async def run(self, task: Task, values: Mapping[str, Value | None]) -> TaskReply:
        """Runs a task that changes nothing on the current store and learns from its refusal.

        Raises BadInput and the error tree. Changes are sent by the jobs alone, which journal them first.
        """
        _check_reads(task)
        given = [name for name, value in values.items() if value is not None]
        if why := await self.why_withheld(task, given):
            raise BadInput(given[0], f"{why} Nothing was sent.")
        with self._learning(task):
            return await api_tasks.run(self.transport, self.store.id, task, values)

    async def why_withheld(self, task: Task, given: Iterable[str]) -> str | None:
        """Why this login may not give these parameters of a task, or None; raises Unauthorized.

        Servers before 7.0 refuse them below a role, with a text that names an unknown key (protocol §18). Whether the
        login has the role is asked with a task that does nothing, once.
        """
        named = set(given)
        withheld = [param for param in task.params if param.role > task.role and param.name in named]
        if not withheld or await self._is_admin():
            return None
        names = " and ".join(param.name for param in withheld)
        means = " and ".join(param.default for param in withheld)
        return (
            f"On servers before 7.0 {task.name} accepts {names} from ADMIN only, and this login lacks that role."
            f" Leave out {names}: the server then uses {means}."
        )

    async def _is_admin(self) -> bool:
        """False where the server has shown that the role is missing."""
        known, store = self.capabilities, self.store.id
        if known.standing(store, noop.NOOP) is Standing.UNKNOWN:
            try:
                await self.run(noop.NOOP, {})
            except Unauthorized:
                raise
            except DuraStoreError:
                pass  # it says nothing about the role, or `known` has learnt it
        return known.standing(store, noop.NOOP) is not Standing.NEEDS_ROLE

    async def run_raw(self, task: Task, body: bytes) -> TaskReply:
        """As `run`, with a body as it is."""
        _check_reads(task)
        with self._learning(task):
            return await api_tasks.send(self.transport, self.store.id, task, body)

    @contextmanager
    def _learning(self, task: Task) -> Iterator[None]:
        try:
            yield
        except DuraStoreError as error:
            self.capabilities.failed(task, error)
            raise
        self.capabilities.succeeded(task)

    async def close(self, *, gently: bool = False) -> None:
        """Closes the connections; `gently` lets what is under way be answered before."""
        await self.transport.aclose(gently=gently)

    def listed(self, store_id: str) -> Store:
        """The store of that id; raises BadInput where there is none: the server would act on the primary one (protocol
        §5)."""
        for store in self.stores:
            if store.id == store_id:
                return store
        raise BadInput("store", f"There is no store {store_id} here; there are {self._ids()}.")

    def _ids(self) -> str:
        return ", ".join(store.id for store in self.stores)


async def open_session(
    profile: Profile, password: Secret, clock: Clock, store_id: str | None = None, log: RequestLog | None = None
) -> Session:
    """Logs in by reading the stores (protocol §2), then the current one's tasks; raises BadInput and the error tree."""
    endpoint = endpoint_of(profile, password)
    endpoint.check()
    log = log or RequestLog()
    session = Session(profile, endpoint, Transport(endpoint, log, clock), log, clock)
    try:
        await session.read_stores(store_id)
        await session.learn(session.store)
    except BaseException:
        await session.close()
        raise
    return session
