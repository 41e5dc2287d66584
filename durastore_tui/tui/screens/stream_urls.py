"""`u`: stream URLs of items, of what a pattern finds, or of a whole space; the space's type decides how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.resource import Ready, Stale
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.url_ways import Way, asked_of_a_person
from durastore_tui.core.urls import doubt, stream_url
from durastore_tui.services.changes.plan import curl_of
from durastore_tui.services.guard import guard
from durastore_tui.services.urls import UrlSource, host_for, tasks_for
from durastore_tui.tui.actions import Action, key
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.facts.url_facts import Wanted
from durastore_tui.tui.messages import Told
from durastore_tui.tui.screens.prompt import Prompt
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.screens.url_form import UrlForm
from durastore_tui.tui.screens.url_sheet import UrlSheet
from durastore_tui.tui.url_run import UrlRun
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.tui.start import Services

ACTIONS = frozenset({"urls", "urls_by_pattern"})
ANY = (hls.URL, hls.COOKIES_URL, rtmp.URL, rtmp.SIGNED_URL)
SPECIAL = frozenset("*?[")


class StreamUrls(Shell):
    """Subclasses say which items are meant; without any a pattern is asked for."""

    def chosen(self) -> tuple[str, ...]:
        """The marked items, else the one in view; none where the place is about spaces."""
        return ()

    def why_not(self, action: Action) -> str | None:
        services = self.server.services
        if action.id not in ACTIONS or services is None:
            return super().why_not(action)
        tasks = self._tasks(services, self.subject() or "")
        if not tasks:
            return (
                f"{self.subject()} does not stream, so it has no stream URLs; {key('enable')} on the space enables it."
            )
        reasons = [guard(services.session, task) for task in tasks]
        return None if None in reasons else reasons[0]

    def _tasks(self, services: Services, space: str) -> tuple[Task, ...]:
        match services.spaces.held(space):
            case Ready(value, _) | Stale(value, _):
                return tasks_for(value)
        return ANY

    def url_copies(self, item: str) -> Iterator[Copyable]:
        """The item's URL as far as the host is held; nobody asked the server for it."""
        services = self.server.services
        match services.spaces.held(self.place.space or "") if services else None:
            case Ready(value, _) | Stale(value, _) if value.hls_host:
                url = stream_url(value.hls_host, item)
                if doubt(url, value.hls_host) is None:
                    yield Copyable("u", "its stream URL, joined here from host and id", url)

    def do_urls(self) -> None:
        if items := self.chosen():
            self._show_urls(Wanted(self.subject() or "", items, marked=self.marked_words()))
        else:
            self.do_urls_by_pattern()

    def do_urls_by_pattern(self) -> None:
        if space := self.subject():
            prefix = self.place.prefix

            def ended(text: str | None) -> None:
                if text is not None:
                    self._show_urls(_wanted(space, text))

            hint = "as in oh/*.m3u8; or one id; empty: the host alone"
            self.app.push_screen(Prompt("items", f"{prefix}*" if prefix else "*.m3u8", hint), ended)

    @work(group="urls", exit_on_error=False, description="stream URLs")
    async def _show_urls(self, wanted: Wanted) -> None:
        services = self.server.services
        if services is None:
            return
        try:
            properties = await services.spaces.properties_of(wanted.space)
        except DuraStoreError as error:
            self.post_message(Told(f"{wanted.space}: {sentence(error)}", "error"))
            return
        way = await self._way(wanted, properties, tasks_for(properties))
        while way is not None:
            run = UrlRun(wanted, UrlSource(services.session, wanted.space, way, host_for(way, properties)))
            sheet = UrlSheet(run, lambda: self.now, services.session.endpoint.ca_file)
            link = await self.app.push_screen_wait(sheet)
            way = await self._way(wanted, properties, (hls.COOKIES_URL,)) if link else None

    async def _way(self, wanted: Wanted, properties: SpaceProperties, tasks: tuple[Task, ...]) -> Way | None:
        """The only way when there is nothing to tell, else what the form says."""
        if wanted.one == "":
            tasks = (hls.COOKIES_URL,) if properties.hls_host else ()
        if not tasks:
            self.post_message(Told(f"{wanted.space} streams by nothing that makes such a URL.", "warning"))
            return None
        if len(tasks) == 1 and not asked_of_a_person(tasks[0]):
            return Way(tasks[0])
        try:
            withheld = await self._withheld(tasks)
        except DuraStoreError as error:
            self.post_message(Told(f"{wanted.space}: {sentence(error)}", "error"))
            return None
        host, secure = properties.hls_host or "", properties.hls_type == "SECURE"
        form = UrlForm(
            wanted,
            tasks,
            host,
            secure=secure,
            now=lambda: self.now,
            curl=lambda way: self._curl(wanted, way),
            withheld=withheld,
        )
        return await self.app.push_screen_wait(form)

    async def _withheld(self, tasks: tuple[Task, ...]) -> Mapping[str, str]:
        """Parameters that this login may not give, and why; raises Unauthorized."""
        if (session := self.session) is None:
            return {}
        asked = [(task, param.name) for task in tasks for param in asked_of_a_person(task)]
        found = {name: await session.why_withheld(task, (name,)) for task, name in asked}
        return {name: why for name, why in found.items() if why}

    def _curl(self, wanted: Wanted, way: Way) -> str:
        """The requests that would go out; for a pattern, of which the items are not known yet, one for the pattern."""
        session = self.session
        if session is None:
            return ""
        asked_for = [way.values_for(wanted.space, item) for item in wanted.items or (wanted.pattern,)]
        return "\n".join(curl_of(session, way.task, way.task.checked(values), session.store.id) for values in asked_for)


def _wanted(space: str, text: str) -> Wanted:
    if SPECIAL & set(text):
        return Wanted(space, pattern=text)
    return Wanted(space, (text,), listed=text == "")
