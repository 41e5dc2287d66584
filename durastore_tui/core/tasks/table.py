"""The registry as a table for people: .github/TASKS.md holds this text."""

from durastore_tui.core.tasks import TASKS
from durastore_tui.core.tasks.model import Param, Task

HEAD = ("task", "what", "stores", "least role", "consent", "body", "servers", "protocol")


def markdown() -> str:
    """One row a task, in the order of the registry."""
    rows = [HEAD, ("---",) * len(HEAD), *map(_row, TASKS.values())]
    lines = ["# Tasks", "", "Every task that the client knows, as declared in `durastore_tui/core/tasks/`.", ""]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


def _row(task: Task) -> tuple[str, ...]:
    params = ", ".join(map(_param, task.params))
    return (
        f"`{task.name}`",
        task.help if task.idempotent else f"{task.help} Asking twice does it twice.",
        ", ".join(sorted(task.stores)),
        task.role.name.lower(),
        task.tier.name.lower(),
        f"{task.body.value}{': ' if params else ''}{params}",
        f"{task.since} to before {task.until}" if task.until else f"from {task.since}",
        task.section,
    )


def _param(param: Param) -> str:
    return f"`{param.name}`" if param.required else f"`{param.name}`? ({param.default or 'none'})"
