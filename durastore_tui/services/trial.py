"""A login tried once: what is there, how fast it answers, and how that was secured. Reads only, and keeps nothing."""

import asyncio
from datetime import timedelta
from typing import NamedTuple

from durastore_tui.api import tasks
from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.stores import Store, stores
from durastore_tui.api.tls import Tls
from durastore_tui.api.transport import Transport
from durastore_tui.config.profile import Profile, endpoint_of
from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.secret import Secret


class StoreTried(NamedTuple):
    """A store, and how many tasks it lists, or why it does not say."""

    store: Store
    tasks: int | None
    why_not: DuraStoreError | None = None


class Trial(NamedTuple):
    """`ms` is the fastest answer; `tls` is None over plain http; the server's clock is `ahead` of ours."""

    stores: tuple[StoreTried, ...]
    ms: float
    tls: Tls | None
    ahead: timedelta = timedelta()


async def try_login(profile: Profile, password: Secret, clock: Clock) -> Trial:
    """Reads the stores (protocol §2) and each one's tasks; raises BadInput and the error tree."""
    log = RequestLog()
    transport = Transport(endpoint_of(profile, password), log, clock)
    try:
        found = await stores(transport)
        tried = await asyncio.gather(*(_tried(transport, store) for store in found))
        return Trial(tuple(tried), min(request.ms for request in log if request.status), transport.tls, transport.ahead)
    finally:
        await transport.aclose()


async def _tried(transport: Transport, store: Store) -> StoreTried:
    try:
        return StoreTried(store, len(await tasks.offered(transport, store.id)))
    except DuraStoreError as error:
        return StoreTried(store, None, error)
