"""The consent to one change: what it does now and later, what undoes it, and the exact request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from durastore_tui.core.glyphs import Shade
from durastore_tui.core.tasks.model import Tier
from durastore_tui.tui.screens.consent_sheet import ConsentSheet
from durastore_tui.tui.widgets.facts import Fact, Facts, Gap, Words


@dataclass(frozen=True, slots=True)
class Plan:
    """`subject` is the exact id; `verb` words the button ("Enable"); `typed` is what must be typed at tier 2.

    `further` are the bodies of a run's other requests, to the same path; `after` has the request that follows by
    itself; `notes` and `warnings` are sentences.
    """

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
    further: tuple[str, ...] = ()
    after: "Plan | None" = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class ConfirmSheet(ConsentSheet):
    """Tier 1: `y`. Tier 2: the button is off until `typed` is typed. `c` copies the request as curl."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy_curl", "copy as curl", show=False),
    ]

    def __init__(self, plan: Plan) -> None:
        danger = plan.tier is Tier.DANGER or plan.environment == "PROD"
        super().__init__(plan.verb, plan.typed, danger=danger)
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
                *(Fact(label, text) for label, text in _effects(plan) if text),
                Gap(),
                *_said(plan.notes, ""),
                *_said(plan.warnings, "bad"),
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
    bodies = [body for body in (plan.body, *plan.further) if body]
    if plan.further:
        yield Words(f"Nothing was sent yet. These {len(bodies):,} requests would go out:", "strong")
    yield Words(f"{plan.method} {plan.path}", exact=True)
    for body in bodies:
        yield Words(body, "dim", exact=True)
    if plan.after:
        yield from _requests(plan.after)


def _effects(plan: Plan) -> tuple[tuple[str, str], ...]:
    return ("now", plan.now), ("later", plan.later), ("undo", plan.undo)
