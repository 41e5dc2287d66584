"""`P` and `T`: the storage policy of one space or of many, as one run with a result for each space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.tasks import policy
from durastore_tui.services.changes import policy_changes
from durastore_tui.services.changes.guard import guard
from durastore_tui.tui.actions import Action
from durastore_tui.tui.screens.policy_sheet import PolicySheet, Subject
from durastore_tui.tui.screens.space_changes import SpaceChanges

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order


class PolicyChanges(SpaceChanges):
    """On the space that the place is about, or on the ones that a screen has marked."""

    def policy_spaces(self) -> tuple[str, ...]:
        """The spaces that are meant."""
        space = self.subject()
        return (space,) if space else ()

    def run_sent(self) -> None:
        """A run was consented to."""

    def why_not(self, action: Action) -> str | None:
        if action.id not in ("policy", "policy_again"):
            return super().why_not(action)
        if why := super().why_not(action):
            return why
        if action.id == "policy_again" and self._to_set_again() is None:
            return "No policy that was set from here failed, or it was set again since."
        session, jobs, strange = self.services.session, self.durastore.jobs, self.services.jobs.unreadable()
        meant = self.policy_spaces() if action.id == "policy" else ()
        reasons = (guard(session, policy.SET, space, jobs, unreadable=strange) for space in meant)
        return next(filter(None, reasons), None)

    def _to_set_again(self) -> Order | None:
        return policy_changes.to_set_again(self.services.session, self.durastore.jobs, self.services.jobs.order)

    def do_policy(self) -> None:
        if spaces := self.policy_spaces():
            self._set_policy(spaces, self.marked_words())

    def do_policy_again(self) -> None:
        if order := self._to_set_again():
            self._set_again(order)

    @work(group="change", exit_on_error=False, description="set a storage policy")
    async def _set_policy(self, spaces: tuple[str, ...], marked: str) -> None:
        try:
            read = await policy_changes.read_spaces(self.services.session, spaces)
        except (BadInput, DuraStoreError) as error:
            self.tell_failure("storage policy", error)
            return
        if order := await self.app.push_screen_wait(PolicySheet(Subject(spaces, read.streaming))):
            await self._send_policy(order, marked)

    @work(group="change", exit_on_error=False, description="set a storage policy again")
    async def _set_again(self, order: Order) -> None:
        await self._send_policy(order)

    async def _send_policy(self, order: Order, marked: str = "") -> None:
        """One run as one job, with a result for each space."""
        change = policy_changes.change(self.services.session, order)
        await self.carry_out(change, "Set", "storage policy", marked=marked, confirmed=self.run_sent)
