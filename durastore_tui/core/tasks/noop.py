"""The task that only answers (protocol §7.1)."""

from durastore_tui.core.tasks.model import Body, Role, StoreType, Task

NOOP = Task(
    name="noop",
    title="Test the task service",
    help="Does nothing and answers Success.",
    section="§7.1",
    stores=frozenset({StoreType.S3, StoreType.SWIFT}),
    role=Role.ADMIN,
    body=Body.NONE,
    success=("success",),
)

TASKS = (NOOP,)
