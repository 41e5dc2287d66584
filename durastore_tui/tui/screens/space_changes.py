"""The write flow of a space's streaming: guard, form, sheet, one order to the jobs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.resource import value_of
from durastore_tui.services.changes import streaming_changes
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import DISTRIBUTION, Order
from durastore_tui.services.streaming import HLS, OTHER, SECURE, distribution, families
from durastore_tui.tui.actions import Action
from durastore_tui.tui.screens.changes import Changes
from durastore_tui.tui.screens.enable_sheet import EnableChoice, EnableSheet
from durastore_tui.tui.screens.family_sheet import FamilySheet

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties

BY_ACTION: Mapping[str, JobKind] = {kind.value: kind for kind in DISTRIBUTION}


class SpaceChanges(Changes):
    """`E`, `D`, `X` and `W` on the space that the place is about. The id is taken when the key is pressed; the family
    is asked for where the server has both."""

    def why_not(self, action: Action) -> str | None:
        kind = BY_ACTION.get(action.id)
        if kind is None or self.server.services is None:
            return super().why_not(action)
        reasons = [why for _, why in self._families(kind)]
        return None if None in reasons else reasons[0]

    def _families(self, kind: JobKind) -> Iterator[tuple[str, str | None]]:
        """The families of this server, each with the reason why the change can't be sent now."""
        services, space, jobs = self.services, self.subject() or "", self.durastore.jobs
        shown, unreadable = value_of(services.spaces.held(space)), services.jobs.unreadable()
        for family in families(services.session):
            yield family, streaming_changes.why_not(services.session, kind, family, space, jobs, unreadable, shown)

    def do_enable(self) -> None:
        self._begin(JobKind.ENABLE)

    def do_disable(self) -> None:
        self._begin(JobKind.DISABLE)

    def do_delete(self) -> None:
        self._begin(JobKind.DELETE)

    def do_switch(self) -> None:
        self._begin(JobKind.SWITCH)

    def _begin(self, kind: JobKind) -> None:
        if space := self.subject():
            self._change(kind, space, tuple(family for family, why in self._families(kind) if why is None))

    @work(group="change", exit_on_error=False, description="change")
    async def _change(self, kind: JobKind, space: str, families: tuple[str, ...]) -> None:
        """The forms over what the space is now, then the change."""
        services = self.services
        try:
            order = await self._drafted(kind, space, families, await services.spaces.properties_of(space))
        except (BadInput, DuraStoreError) as error:
            self.tell_failure(space, error)
            return
        if order:
            change = streaming_changes.change(services.session, services.spaces, order, services.jobs.all)
            await self.carry_out(change, kind.value.capitalize(), space)

    async def _drafted(
        self, kind: JobKind, space: str, families: tuple[str, ...], was: SpaceProperties
    ) -> Order | None:
        """What the forms said, or None when one was closed; raises BadInput."""
        (first, *others) = families
        family = await self.app.push_screen_wait(FamilySheet(kind, space, was, families)) if others else first
        if family is None:
            return None
        declared = KINDS[kind]
        to = OTHER.get(distribution(was, family).type or "", SECURE) if declared.then else None
        if not declared.live or (to and family != HLS):
            return streaming_changes.draft(kind, space, family=family, streaming_type=to)
        choice: EnableChoice | None = await self.app.push_screen_wait(EnableSheet(space, family, to=to))
        if choice is None:
            return None
        return streaming_changes.draft(kind, space, family=family, streaming_type=choice.type, origins=choice.origins)
