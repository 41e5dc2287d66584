"""The registry: every task of the API, declared once, a module for each family (protocol §7)."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from durastore_tui.core.tasks.model import Body, Role, Task, Tier

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


def undeclared(name: str) -> Task:
    """What can be said of a task that a server lists and we don't know: it may do anything."""
    return Task(
        name=name,
        title=f"Run {name}",
        help="Not a task that this program knows: its body is sent as it is typed.",
        section="",
        stores=frozenset(),
        role=Role.ANONYMOUS,
        body=Body.NONE,
        tier=Tier.DANGER,
        idempotent=False,
        answers_within=120,
        now="Nobody knows what this task does.",
    )
