"""A screen whose actions run by the registry: keys, help and palette come to the handlers, or to `do_…` methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import on

from durastore_tui.core.curl import curl
from durastore_tui.core.jobs import Job
from durastore_tui.core.urls import address
from durastore_tui.tui import actions
from durastore_tui.tui.actions import Action
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.handlers.table import HANDLERS, Handler
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.copy_sheet import CURL
from durastore_tui.tui.screens.drawers import Drawers
from durastore_tui.tui.screens.four_lines import why_refused
from durastore_tui.tui.widgets.bars import LineBar
from durastore_tui.tui.write_window import way_out


class Shell(Drawers):
    """A subclass adds a `do_…` method for each action of its scope that the table of handlers lacks."""

    def action_act(self, action_id: str) -> None:
        """Runs an action of the registry, or says why not."""
        action = actions.find(action_id)
        if why := why_refused(self, action):
            opens = f" {actions.key('job')} opens that job." if (job := self._named_in(why)) else ""
            self.post_message(
                Told(f"{why}{opens or way_out(self.session, action)}", "warning", job=job.id if job else None)
            )
        elif action.screen:
            self.server.places.go(Place(action.screen))
        elif handler := HANDLERS.get(action.id):
            self._handle(handler, action)
        else:
            getattr(self, f"do_{action.id}")()

    def _handle(self, handler: Handler, action: Action) -> None:
        """Run it at once, or in a worker of this screen where it waits for something."""
        running = handler.run(self.durastore, self.target())
        if running is not None:
            self.run_worker(running, group="change", exit_on_error=False, description=action.label)

    # Reading

    def on_screen_resume(self) -> None:
        if not self.in_view:  # a dialog of another place may lie over it
            return
        if self.reads.are_undrawn:
            self.reads.are_undrawn = False
            self.draw_values()
        if self.reads.are_interrupted and self.server.services:
            self.reads.are_interrupted = False
            self.read_on()

    def read_on(self) -> None:
        """Reads what was not read to its end when another place was shown."""
        self.read()

    def draw_values(self) -> None:
        """Draws the values of the read cache, of which some changed while another place was shown."""
        self.tick()

    def cancel_reads(self) -> bool:
        """Cancels the reads whose answer is long waited for; False where there are none."""
        services = self.server.services
        if services is None or not self._waiting() or not self.reads.workers:
            return False
        services.session.cache.mark_cancelled()
        self.reads.cancel()
        self._refresh.put_off(self.now)
        self.draw_lines()
        return True

    @on(LineBar.Chosen)
    def _clicked_on_a_key(self, event: LineBar.Chosen) -> None:
        self.action_act(event.action)

    def curl_copy(
        self, method: str, path: str, query: Mapping[str, str | int | None], what: str, body: bytes | None = None
    ) -> Copyable | str:
        """A request of the current store as a curl line; "" without a connection."""
        if (session := self.session) is None:
            return ""
        url = address(session.endpoint.url, path, {"storeID": session.store.id, **query})
        line = curl(method, url, user=session.endpoint.user, body=body, ca_file=session.endpoint.ca_file)
        return Copyable(CURL.letter, f"{what} as curl", line)

    def copyables(self) -> Iterator[Copyable]:
        yield from ()

    def request_copy(self) -> Copyable | str:
        return ""

    def answer_copy(self) -> Copyable | str:
        return ""

    def open_cursor(self) -> None:
        """Subclasses lead somewhere."""

    def open_properties(self) -> None:
        self.open_cursor()

    def interrupt(self) -> bool:
        if not self.cancel_reads():
            return False
        self.post_message(Told(f"Reading was cancelled. {actions.key('refresh')} reads again."))
        return True

    def _named_in(self, why: str) -> Job | None:
        """The job in the way: the reason has its id."""
        return next((job for job in self.durastore.jobs if f"(job {job.id})" in why), None)
