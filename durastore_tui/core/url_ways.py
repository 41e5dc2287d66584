"""The ways to ask for a stream URL: which task, and what it is told beside the space and the item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from durastore_tui.core.tasks import hls
from durastore_tui.core.tasks.model import Param, Task, Value, Values
from durastore_tui.core.urls import stream_url

MINUTES = "minutesToExpire"
REDIRECT = "redirectUrl"
SAID_ANYWAY = frozenset({"spaceId", "contentId"})


@dataclass(frozen=True, slots=True)
class Way:
    """A link that sets cookies leads to its `redirectUrl`, or without one to the item itself at `host`."""

    task: Task = hls.URL
    values: Values = field(default_factory=dict)
    host: str = ""

    def values_for(self, space: str, content_id: str) -> Mapping[str, Value | None]:
        """What the task is told for one item; for the whole space the id is empty."""
        itself = stream_url(self.host, content_id) if self.host and content_id else None
        told = {"spaceId": space, "contentId": content_id, REDIRECT: itself, **self.values}
        taken = {param.name for param in self.task.params}
        return {name: value for name, value in told.items() if name in taken}

    def until(self, asked_at: datetime) -> datetime | None:
        """When cookies or a signature expire, counted from the request: the server never says (protocol §9.2)."""
        minutes = next((param for param in self.task.params if param.name == MINUTES), None)
        if minutes is None:
            return None
        given = self.values.get(MINUTES)
        return asked_at + timedelta(minutes=given if isinstance(given, int) else int(minutes.default))


def asked_of_a_person(task: Task) -> tuple[Param, ...]:
    """What a form has fields for."""
    return tuple(param for param in task.params if param.name not in SAID_ANYWAY)
