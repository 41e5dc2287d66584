"""The registry: every task of the API, declared once, a module for each family (protocol §7)."""

from collections.abc import Mapping
from types import MappingProxyType

from durastore_tui.core.tasks import glacier, hls, noop, policy, restores, rtmp, snapshots
from durastore_tui.core.tasks.model import Task

_FAMILIES = (noop, policy, hls, rtmp, glacier, snapshots, restores)

TASKS: Mapping[str, Task] = MappingProxyType({task.name: task for family in _FAMILIES for task in family.TASKS})


def find(name: str) -> Task | None:
    """The declaration of a task that we know, by its exact name."""
    return TASKS.get(name)
