"""The consent to one change: what it does now and later, what undoes it, and the exact request."""

from dataclasses import dataclass

from durastore_tui.core.tasks.model import Tier
from durastore_tui.tui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """`subject` is the exact id; `verb` words the button ("Enable"); `typed` is what must be typed at tier 2."""

    title: str
    verb: str
    subject: str
    environment: str
    profile: str
    now: str
    later: str
    undo: str
    method: str
    path: str
    body: str
    curl: str
    tier: Tier
    typed: str | None = None


class ConfirmSheet(Sheet[bool]):
    """Tier 1: `y`. Tier 2: the button is off until `typed` is typed. `c` copies the request as curl."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
