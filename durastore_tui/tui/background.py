"""Work behind what is painted."""

from collections.abc import Callable, Coroutine

from textual.dom import DOMNode


def in_background(
    node: DOMNode,
    work: Callable[[], Coroutine[None, None, None]],
    group: str,
    description: str,
    *,
    exclusive: bool = False,
) -> None:
    """Starts a worker of that node; a defect in it is told and ends nothing. `work` is called once it begins: a
    coroutine that was made before would be left over when somebody leaves first."""
    # generic in a result that mypy can't find in a callable
    node.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False, description=description)  # type: ignore[arg-type]
