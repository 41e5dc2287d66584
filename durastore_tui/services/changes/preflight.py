"""The result of reading the state before a change is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first


class WillFail(BadInput):
    """The state of the target says that the server would refuse, or do what was not meant. Nothing was sent."""


class Changed(WillFail):
    """What was promised no longer holds; the text says what is different now. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """`wrong` says why the server would refuse, `warnings` what is lost by the change, `notes` what else to know.

    `missing` is the server's word that there is no such snapshot or space. `order` is what is sent, None where nothing
    could be made to send. `shown` is the state of the target in words, where a change of it can be named.
    """

    task: Task
    values: Mapping[str, Value]
    wrong: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    order: Order | None = None
    missing: Missing | None = None
    warnings: tuple[str, ...] = ()
    shown: str = ""

    @property
    def body(self) -> bytes:
        """What goes out first."""
        return first(self.to_send()).body

    @property
    def predicted(self) -> tuple[str, ...]:
        """Why it would fail, as sentences: first that the target does not exist."""
        missing = (f"{self.missing.reason} {self.missing.words}".rstrip(),) if self.missing else ()
        return *missing, *self.wrong

    def check_same(self, now: Preflight) -> None:
        """Raises Changed where the server shows something else now than when the person confirmed."""
        if now._promises == self._promises:
            return
        if now.shown != self.shown:
            order = self.order or now.order
            was = f"{order.space if order else 'The target'} was {self.shown}, and is {now.shown} now"
            raise Changed("state", f"{was}; check it again, then decide. Nothing was sent.")
        why = now.missing.words if now.missing else " ".join((*now.wrong, *now.warnings))
        raise Changed("state", f"The state on the server has changed. {why}".rstrip(" .") + "; nothing was sent.")

    @property
    def _promises(self) -> tuple[object, ...]:
        """What must still hold when it is sent."""
        return self.order, self.wrong, self.warnings, self.missing is None

    def check(self) -> None:
        """Raises Missing or WillFail for what the server would refuse."""
        self.check_found()
        if self.wrong:
            raise WillFail("state", f"{' '.join(self.wrong).rstrip('.')}; nothing was sent.")

    def check_found(self) -> None:
        """Raises Missing where the target does not exist."""
        if self.missing:
            raise self.missing

    def to_send(self) -> Order:
        """The order; raises WillFail where not even a forced one can be made."""
        if self.order is None:
            raise WillFail("state", f"{' '.join(self.wrong)} Nothing was sent.")
        return self.order
