"""The consent to one change: what it does now and later, what undoes it, and the exact request."""

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from durastore_tui.core.glyphs import Shade
from durastore_tui.services.changes.plan import Plan
from durastore_tui.tui.dialogs.consent_sheet import ConsentSheet
from durastore_tui.tui.widgets.facts import Fact, Facts, Gap, Words


class ConfirmSheet(ConsentSheet):
    """Tier 1: `y`. Tier 2: the button is off until `typed` is typed. `c` copies the request as curl."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy_curl", "copy as curl", show=False),
    ]

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.verb, plan.typed, danger=plan.typed is not None)
        self.plan = plan

    def heading(self) -> str:
        return self.plan.title

    def body(self) -> Iterable[Widget]:
        plan = self.plan
        yield Facts(
            (
                Words(plan.subject, "accent", exact=True),
                Words(f"on {plan.profile}, {plan.environment}", "bad" if plan.environment == "PROD" else "dim"),
                Gap(),
                *(Fact(label, text) for label, text in plan.effects),
                Gap(),
                *_said(plan.notes, ""),
                *_said((*plan.predicted, *plan.warnings), "bad"),
                *_requests(plan),
            )
        )
        yield from self.typing()

    def further_keys(self) -> str:
        return "c copy as curl · "

    def action_copy_curl(self) -> None:
        self.copy(self.plan.curl, "the request as curl", "\n")


def _said(sentences: Iterable[str], shade: Shade) -> Iterable[Words | Gap]:
    """Each a paragraph of its own."""
    for sentence in sentences:
        yield Words(sentence, shade)
        yield Gap()


def _requests(plan: Plan) -> Iterable[Words]:
    """What goes out, to the letter: the sheet is the dry run."""
    for line, requests in groupby(plan.requests, lambda request: f"{request.method} {request.path}"):
        bodies = [request.body for request in requests if request.body]
        if bodies[1:]:
            yield Words(f"Nothing was sent yet. These {len(bodies):,} requests would go out:", "strong")
        yield Words(line, exact=True)
        for body in bodies:
            yield Words(body, "dim", exact=True)
