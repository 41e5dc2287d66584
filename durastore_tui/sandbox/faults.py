"""Faults by name, switched on for a path or a task, for the next n requests or until off."""

from dataclasses import dataclass


@dataclass
class Scope:
    """Where a fault strikes; `remaining` None means until it is switched off."""

    path: str | None = None
    """Only requests whose path (below the context) starts with this."""
    task: str | None = None
    remaining: int | None = None


class Faults:
    """Which faults are on. In memory: they belong to the running process, not to the data."""

    def __init__(self) -> None:
        self._on: dict[str, Scope] = {}

    def switch(self, name: str, scope: Scope | None) -> None:
        """On with a scope, off with None."""
        if scope is None:
            self._on.pop(name, None)
        else:
            self._on[name] = scope

    def clear(self) -> None:
        self._on.clear()

    def names(self) -> list[str]:
        return list(self._on)

    def on(self, name: str) -> bool:
        """Whether it is on at all, whatever its scope."""
        return name in self._on

    def strikes(self, name: str, *, path: str | None = None, task: str | None = None) -> bool:
        """Whether it strikes here and now; that is one use of it."""
        scope = self._on.get(name)
        if scope is None or not _within(scope, path, task):
            return False
        if scope.remaining is not None:
            scope.remaining -= 1
            if scope.remaining <= 0:
                del self._on[name]
        return True


def _within(scope: Scope, path: str | None, task: str | None) -> bool:
    if scope.task is not None and scope.task != task:
        return False
    return scope.path is None or (path or f"/task/{task}").startswith(scope.path)
