"""One write as a task with its values."""

from dataclasses import dataclass

from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.order import Order


@dataclass(frozen=True, slots=True)
class Request:
    """One write; `written` is its body as a person wrote it, None where it is built out of the values."""

    task: Task
    values: dict[str, Value]
    written: str | None = None

    @property
    def body(self) -> bytes:
        """What goes out; raises BadInput."""
        if self.written is None:
            return self.task.request_body(self.values)
        return self.written.encode(errors="surrogateescape")

    def check(self) -> None:
        """Builds its body; raises BadInput."""
        _ = self.body


def enable(order: Order) -> Request:
    """Enable with the order's type and origins: also the second half of a switch."""
    values: dict[str, Value] = {"spaceId": order.space, "secure": order.streaming_type == "SECURE"}
    if order.origins:
        values["allowedOrigins"] = order.origins
    return Request(FAMILIES[str(order.family)].enable, values)
