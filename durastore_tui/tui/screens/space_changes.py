"""The write flow of a space's streaming: guard, form, sheet, one order to the jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.resource import Ready
from durastore_tui.core.tasks import hls
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.tui.actions import Action
from durastore_tui.tui.messages import Told
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.start import Services
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.jobs import Order
    from durastore_tui.tui.screens.enable_sheet import EnableChoice

MakeOrder = Callable[["SpaceProperties"], Awaitable["Order"]]


class SpaceChanges(Shell):
    """`E`, `D` and `X` on the space that the place is about. The id is taken when the key is pressed."""

    def why_not(self, action: Action) -> str | None:
        return super().why_not(action) or (self._nothing_to_disable() if action.task is hls.DISABLE else None)

    def _nothing_to_disable(self) -> str | None:
        space, services = self.subject(), self.durastore.services
        match services.spaces.held(space) if services and space else None:
            case Ready(value, _) if not value.hls_host:
                return f"{space} does not stream: there is nothing to disable."
        return None

    def do_enable(self) -> None:
        if space := self.subject():
            self._enable(space)

    def do_disable(self) -> None:
        from durastore_tui.services.streaming import disable

        if space := self.subject():
            session = self.services.session
            self._change(hls.DISABLE, "Disable", space, lambda was: disable(session, space, promised=was))

    def do_delete(self) -> None:
        from durastore_tui.services.streaming import delete

        if space := self.subject():
            session = self.services.session
            self._change(hls.DELETE, "Delete", space, lambda was: delete(session, space, promised=was))

    @property
    def services(self) -> Services:
        """There are some: the guard looked before."""
        services = self.durastore.services
        assert services  # noqa: S101
        return services

    @work(group="change", exit_on_error=False, description="enable")
    async def _enable(self, space: str) -> None:
        from durastore_tui.services.streaming import enable
        from durastore_tui.tui.screens.enable_sheet import EnableSheet

        session = self.services.session
        choice = await self.app.push_screen_wait(EnableSheet(space))
        if choice is None:
            return
        values = _wire_values(space, choice)

        async def order(was: SpaceProperties) -> Order:
            return await enable(session, space, secure=choice.secure, origins=choice.origins, promised=was)

        await self._consented(hls.ENABLE, "Enable", space, values, order)

    @work(group="change", exit_on_error=False, description="change")
    async def _change(self, task: Task, verb: str, space: str, order: MakeOrder) -> None:
        await self._consented(task, verb, space, {"spaceId": space}, order)

    async def _consented(
        self, task: Task, verb: str, space: str, values: Mapping[str, Value], order: MakeOrder
    ) -> None:
        """Shows the sheet over what the space is now; after consent it is read again, and sent once."""
        from durastore_tui.tui.plans import plan_of
        from durastore_tui.tui.screens.confirm_sheet import ConfirmSheet

        services = self.services
        try:
            held = services.spaces.held(space)
            was = held.value if isinstance(held, Ready) else await services.spaces.properties_of(space)
            if await self.app.push_screen_wait(ConfirmSheet(plan_of(services.session, task, verb, space, values))):
                await services.jobs.submit(await order(was))
        except BadInput as wrong:
            self.post_message(Told(f"{space}: {wrong.sentence} Nothing was sent.", "warning", stays=True))
        except DuraStoreError as error:
            self.post_message(Told(f"{space}: {sentence(error)}", "error", stays=True))


def _wire_values(space: str, choice: EnableChoice) -> dict[str, Value]:
    values: dict[str, Value] = {"spaceId": space, "secure": choice.secure}
    return {**values, "allowedOrigins": choice.origins} if choice.origins else values
