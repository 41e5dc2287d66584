"""How a plan is confirmed."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from durastore_tui.services.changes.plan import Plan


class Consent(Enum):
    """The answer to a plan."""

    NO = auto()
    BEFORE = auto()
    """Given with the command: no time has passed since the state was read."""
    ASKED = auto()
    """By a person, who may have taken their time."""


class ConfirmationPrompt(Protocol):
    """A dialog, or the terminal."""

    async def show_plan(self, plan: Plan) -> Consent:
        """Show the plan and return the answer; may raise BadInput instead of a no."""


class Despite(Enum):
    """What does not keep a change from being sent."""

    NOTHING = auto()
    PREDICTIONS = auto()
    """The preflight predicts a failure; the plan says so."""
    ALL = auto()
    """Nor does the guard, except where the server is read-only, or a target that does not exist."""
