"""`u`: stream URLs of content items, into a sheet that fills as they come."""

from __future__ import annotations

from textual import on, work

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import Ready, Stale
from durastore_tui.tui.actions import Action
from durastore_tui.tui.history import Place
from durastore_tui.tui.messages import UrlMade
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.screens.url_sheet import UrlSheet


class ItemUrls(Shell):
    """Subclasses say which items are meant."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._sheet: UrlSheet | None = None

    def chosen(self) -> tuple[str, ...]:
        """The marked items, else the one in view."""
        raise NotImplementedError

    def why_not(self, action: Action) -> str | None:
        if action.id != "urls":
            return super().why_not(action)
        return super().why_not(action) or self._no_url()

    def _no_url(self) -> str | None:
        services, space = self.durastore.services, self.place.space or ""
        match services.spaces.held(space) if services else None:
            case Ready(value, _) | Stale(value, _):
                if not value.hls_host:
                    return f"{space} does not stream, so its items have no stream URL; E on the space enables it."
                if value.hls_type == "SECURE":
                    return f"{space} streams SECURE: viewers need signed cookies, and a plain URL is refused."
        return None

    def do_urls(self) -> None:
        if items := self.chosen():
            self._sheet = UrlSheet(self.place.space or "", len(items))
            self.app.push_screen(self._sheet)
            self._make_urls(items)

    @work(group="urls", exclusive=True, exit_on_error=False, description="make stream URLs")
    async def _make_urls(self, items: tuple[str, ...]) -> None:
        from durastore_tui.services.urls import make

        services = self.durastore.services
        if services is None:
            return
        try:
            async for row in make(services.session, self.place.space or "", items, check=False):
                self.post_message(UrlMade(row))
        except Unauthorized:
            return  # the app saw the 401 and asks for a login

    @on(UrlMade)
    def _url_made(self, event: UrlMade) -> None:
        if self._sheet and self._sheet.is_running:
            self._sheet.add(event.row)
