"""`P` and `T`: the storage policy of one space or of many, as one run with a result for each space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.tasks import policy
from durastore_tui.services import policies
from durastore_tui.services.guard import guard
from durastore_tui.services.jobs.requests import writes
from durastore_tui.services.policies import to_set_again
from durastore_tui.tui.actions import Action
from durastore_tui.tui.plans import plan_of_run
from durastore_tui.tui.screens.confirm_sheet import ConfirmSheet
from durastore_tui.tui.screens.policy_sheet import PolicySheet, Subject
from durastore_tui.tui.screens.space_changes import SpaceChanges

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.policies import Read


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
        return to_set_again(self.services.session, self.durastore.jobs, self.services.jobs.order)

    def do_policy(self) -> None:
        if spaces := self.policy_spaces():
            self._set_policy(spaces, self.marked_words())

    def do_policy_again(self) -> None:
        if order := self._to_set_again():
            self._set_again(order)

    @work(group="change", exit_on_error=False, description="set a storage policy")
    async def _set_policy(self, spaces: tuple[str, ...], marked: str) -> None:
        from durastore_tui.services.policies import read_spaces

        try:
            read = await read_spaces(self.services.session, spaces)
            order = await self.app.push_screen_wait(PolicySheet(Subject(spaces, read.streaming)))
            if order:
                await self._agreed(order, read, marked)
        except (BadInput, DuraStoreError) as error:
            self.tell_failure("storage policy", error, of_a_read=True)

    @work(group="change", exit_on_error=False, description="set a storage policy again")
    async def _set_again(self, order: Order) -> None:
        try:
            await self._agreed(order)
        except (BadInput, DuraStoreError) as error:
            self.tell_failure("storage policy", error, of_a_read=True)

    async def _agreed(self, order: Order, read: Read | None = None, marked: str = "") -> None:
        """Shows the exact requests; after consent every space is read again, and the run sent as one job."""
        session, requests = self.services.session, writes(order)
        before = await policies.preflight(session, order, read)
        before.check()
        plan = plan_of_run(
            session,
            requests[0].task,
            "Set",
            [request.values for request in requests],
            ("spaceId", "spaces"),
            warnings=(*filter(None, [marked]), *before.warnings),
        )
        if await self.app.push_screen_wait(ConfirmSheet(plan)):
            before.check_same(await policies.preflight(session, order))
            self.run_sent()
            await self.send(before.to_send())
