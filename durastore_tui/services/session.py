"""One login to one server: its stores, the current one, and what is known of its tasks."""

from __future__ import annotations

from collections.abc import Mapping

from durastore_tui.api.stores import Store
from durastore_tui.api.tasks import TaskReply
from durastore_tui.api.transport import RequestLog, Transport
from durastore_tui.config.profile import Profile
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.services.capabilities import Capabilities


def endpoint_of(profile: Profile, password: Secret) -> Endpoint:
    """What the transport needs to know."""
    raise NotImplementedError


class Session:
    """A transport with what was learnt through it. `store` is the current one; ids only ever come from `stores`."""

    profile: Profile
    endpoint: Endpoint
    transport: Transport
    log: RequestLog
    clock: Clock
    stores: tuple[Store, ...]
    store: Store
    capabilities: Capabilities

    async def use_store(self, store_id: str) -> None:
        """Makes it the current one and asks for its tasks; raises BadInput for an id that the server did not list."""

    async def run(self, task: Task, values: Mapping[str, Value | None]) -> TaskReply:
        """Runs a task on the current store and learns from its refusal; raises BadInput and the error tree."""
        raise NotImplementedError

    async def close(self) -> None:
        """Closes the connections."""


async def open_session(profile: Profile, password: Secret, clock: Clock, store_id: str | None = None) -> Session:
    """Reads the stores (protocol §2) and the tasks of one (§5); raises BadInput and the error tree."""
    raise NotImplementedError
