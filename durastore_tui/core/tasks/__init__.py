"""The registry: every task of the API, declared once, a module for each family (protocol §7)."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from durastore_tui.core.tasks.model import Task

TASKS: Mapping[str, Task]
"""Every task by its name."""


@cache
def _registry() -> Mapping[str, Task]:
    # The first paint needs one family; the reply classes of the others would take it 10 ms.
    from durastore_tui.core.tasks import glacier, hls, noop, policy, restores, rtmp, snapshots

    families = (noop, policy, hls, rtmp, glacier, snapshots, restores)
    return MappingProxyType({task.name: task for family in families for task in family.TASKS})


def __getattr__(name: str) -> Mapping[str, Task]:
    if name == "TASKS":
        return _registry()
    raise AttributeError(name)


def find(name: str) -> Task | None:
    """The declaration of a task that we know, by its exact name."""
    return _registry().get(name)
