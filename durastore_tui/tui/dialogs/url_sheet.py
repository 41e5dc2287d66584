"""Stream URLs as they come: one in full, many in a list with failures in place; and all the ways out of here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button
from textual.worker import Worker

from durastore_tui.core.curl import curl_head
from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.glyphs import badge
from durastore_tui.core.redact import redact
from durastore_tui.core.resource import Empty, Loading, Ready
from durastore_tui.core.tasks import hls
from durastore_tui.services.browser import open_url, why_none
from durastore_tui.services.url_lists import SUFFIXES, Form, as_list
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.details.url_facts import asking, many, one_url, promised
from durastore_tui.tui.dialogs.ask_sheet import AskSheet, Question
from durastore_tui.tui.dialogs.new_file import ask_where
from durastore_tui.tui.dialogs.qr_screen import QrScreen
from durastore_tui.tui.messages import Told
from durastore_tui.tui.url_run import UrlRun
from durastore_tui.tui.widgets.facts import Block, Fact, Facts, Gap, Words
from durastore_tui.tui.widgets.resource_table import ResourceTable
from durastore_tui.tui.widgets.sheet import FRAME, Sheet, button
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.urls import UrlRow

COLUMNS = (Column("item", "ITEM", 16, 32, is_id=True), Column("url", "URL", 30, is_id=True))
LEAST_TABLE = 5
DRAWN_EVERY = 0.1
OUT = ("copy", "file", "qr")
SEEN_BY_OTHERS = (
    "The token stays in the browser's history, and while the browser starts this machine's list of processes shows it."
)


class UrlSheet(Sheet[bool]):
    """Asks as soon as it is open, and stops when it closes. Dismisses with True when a signed-cookies link is wanted
    instead. Tokens are masked until they are revealed; copies and files hold them."""

    AUTO_FOCUS = "#urls, #cancel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy_urls", "copy", show=False),
        Binding("f", "next_form", "as text, CSV or M3U", show=False),
        Binding("w", "ask_file", "write a file", show=False),
        Binding("z", "show_qr", "QR code", show=False),
        Binding("o", "open_url", "open in a browser", show=False),
        Binding("r", "reveal", "show or mask tokens", show=False),
        Binding("c", "copy_curl", "copy a curl line", show=False),
        Binding("a", "ask_again", "ask again for what failed", show=False),
        Binding("x", "stop", "stop", show=False),
        Binding("s", "want_link", "make a signed-cookies link", show=False),
    ]

    def __init__(self, run: UrlRun, now: Callable[[], datetime], ca_file: Path | None = None) -> None:
        super().__init__()
        self.run, self._now, self._ca_file = run, now, ca_file
        self._form: Form = Form.TEXT
        self._masked = True
        self._trouble = ""
        self._drawn: set[str] = set()

    # What it consists of.

    @property
    def _single(self) -> bool:
        return self.run.wanted.one is not None

    @property
    def _link(self) -> bool:
        return self.run.source.way.task is hls.COOKIES_URL

    def heading(self) -> str:
        return self.run.source.way.task.title if self._single else "Stream URLs"

    def body(self) -> Iterable[Widget]:
        yield Facts(tuple(self._blocks()), id="urls-said")
        if not self._single:
            table = ResourceTable(empty="No item fits.", id="urls")
            table.set_columns(COLUMNS)
            table.show(Loading(self._now()), "the URLs")
            yield table

    def buttons(self) -> Iterable[Button]:
        yield button("Copy", "copy", off=True)
        yield button("File", "file", off=True)
        yield button("QR code", "qr", off=True)

    def cancel_word(self) -> str:
        return "Close"

    def keys(self) -> str:
        keys = ["y copy", "w file", "z QR", "o open"]
        keys += [] if self._single else ["f form", "a again", "x stop"]
        keys += ["r reveal"] if self.run.source.way.until(self._now()) else []
        keys += ["c curl"] if self._single and self._link else []
        keys += ["s cookies"] if self.run.source.way.task is hls.URL else []
        return " · ".join((*keys, "esc close"))

    def on_mount(self) -> None:
        self.set_interval(DRAWN_EVERY, self._draw_news)
        self.set_interval(1, self._draw_said)
        self._start(check=not self.run.wanted.listed)

    # Asking.

    def _start(self, check: bool) -> None:
        self._trouble = ""
        self.run.running = True
        self._draw_said()
        self._ask(check)

    @work(group="urls", exclusive=True, exit_on_error=False, description="make stream URLs")
    async def _ask(self, check: bool) -> None:
        try:
            await self.run.go_on(check)
        except (DuraStoreError, BadInput) as error:
            self.call_later(self._ended, sentence(error))
        else:
            self.call_later(self._ended)

    def _ended(self, trouble: str = "") -> None:
        """Everything was asked for, or `trouble` says why not."""
        self._trouble = trouble
        self._rest()

    def _rest(self) -> None:
        """Nothing is being asked any more."""
        self.run.running = False
        for table in self.query(ResourceTable):
            if not self.run.rows:
                table.show(Empty() if self.run.ids is None else Ready((), self._now()))
        self._draw_news()
        self._draw_said()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.app.post_message(event)

    def action_ask_again(self) -> None:
        if not self.run.running and (self.run.ids is None or self.run.unmade):
            self._start(check=False)

    def action_stop(self) -> None:
        if self.run.running:
            self.workers.cancel_group(self, "urls")
            self._rest()

    # Drawing.

    def _draw_news(self) -> None:
        """What came since; a thousand rows a second are drawn ten times."""
        news = self.run.news()
        if not news:
            return
        for table in self.query(ResourceTable):
            for row in news:
                if row.content_id in self._drawn:
                    table.set_row(self._row(row))
            table.add_rows([self._row(row) for row in news if row.content_id not in self._drawn])
        self._drawn.update(row.content_id for row in news)
        self._draw_said()

    def _draw_said(self) -> None:
        self.query_one("#urls-said", Facts).show(tuple(self._blocks()))
        self.call_after_refresh(self._fit_table)
        for name in OUT:
            self.query_one(f"#{name}", Button).disabled = not self.run.made

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._fit_table)

    def _fit_table(self) -> None:
        """The list takes the lines that the words above it leave: two that scroll in each other confuse."""
        for table in self.query(ResourceTable):
            room = self.rows - FRAME - self.query_one("#urls-said").size.height
            table.styles.max_height = max(LEAST_TABLE, room)

    def _blocks(self) -> Iterator[Block]:
        yield from self.run.wanted.blocks()
        if self._single:
            yield from self._about_one()
        else:
            asked = None if self.run.ids is None else len(self.run.ids)
            yield many(self.run.made, self.run.failed, asked, self.run.read, self.run.running)
        if self._trouble:
            yield Words(badge("failed", self._trouble), "bad")
        if until := self.run.until:
            yield from promised(self.run.source.way, until, self._now())
        if self._single and self._link and self.run.made:
            yield Gap()
            yield Fact("try it", self._shown(self._curl()), exact=True)
        if not self._single:
            yield Words(f"copied and written as {self._form}", "dim")

    def _about_one(self) -> Iterator[Block]:
        rows = tuple(self.run.rows.values())
        if not rows:
            yield from () if self._trouble else asking()
            return
        yield Gap()
        yield from one_url(rows[0], self.run.source.way, self._shown)

    def _row(self, row: UrlRow) -> Row:
        said = Cell(badge("failed", row.error), "bad") if row.error else Cell(self._shown(row.encoded or ""))
        return Row(row.content_id, (Cell(row.content_id), said))

    def _shown(self, text: str) -> str:
        return redact(text) if self._masked else text

    def _curl(self) -> str:
        return curl_head(self.run.usable[0].encoded or "", self._ca_file)

    # Ways out.

    @on(Button.Pressed)
    def _button(self, event: Button.Pressed) -> None:
        ways = {"copy": self.action_copy_urls, "file": self.action_ask_file, "qr": self.action_show_qr}
        if way := ways.get(event.button.id or ""):
            way()

    def _listed(self) -> str:
        # A playlist or a list of URLs has no place for a failure; CSV has.
        return as_list(self._form, self.run.rows.values() if self._form is Form.CSV else self.run.usable)

    def action_copy_urls(self) -> None:
        if count := self.run.made:
            what = "the URL" if count == 1 else f"{count:,} URLs as {self._form}"
            self.copy(self._listed().rstrip("\n"), what, "\n")

    def action_copy_curl(self) -> None:
        if self.run.made:
            self.copy(self._curl(), "the curl line")

    def action_next_form(self) -> None:
        forms = list(type(self._form))
        self._form = forms[(forms.index(self._form) + 1) % len(forms)]
        self._draw_said()

    def action_reveal(self) -> None:
        self._masked = not self._masked
        for table in self.query(ResourceTable):
            for one in self._drawn:
                table.set_row(self._row(self.run.rows[one]))
        self._draw_said()

    def action_want_link(self) -> None:
        if self.run.source.way.task is hls.URL:
            self.dismiss(True)

    def action_ask_file(self) -> None:
        if self.run.made:
            part = "" if self.run.whole else ".partial"
            name = f"{self.run.wanted.space}-urls{part}{SUFFIXES[self._form]}"
            ask_where(self, name, "a new file that only you can read", self._listed, self._written)

    def _written(self, path: Path) -> str:
        urls = "1 URL" if self.run.made == 1 else f"{self.run.made:,} URLs"
        return f"{urls} written to {path}, for nobody but you to read."

    def action_show_qr(self) -> None:
        row = self._under_cursor()
        if row and row.encoded:
            self.app.push_screen(QrScreen(row.encoded))

    def action_open_url(self) -> None:
        row = self._under_cursor()
        if row is None or row.encoded is None:
            return
        if why := why_none():
            self.post_message(Told(f"{why} y copies the URL.", "warning"))
        else:
            self._open(row.encoded)

    @work(group="browser", exit_on_error=False, description="open a URL in a browser")
    async def _open(self, url: str) -> None:
        question = Question("Open a URL with a token", redact(url), SEEN_BY_OTHERS, "Open")
        if redact(url) != url and not await self.app.push_screen_wait(AskSheet(question)):
            return
        try:
            await open_url(url)
        except BadInput as wrong:
            self.post_message(Told(f"{wrong.sentence} y copies the URL.", "warning"))
        else:
            self.post_message(Told("Handed to a browser; whether it plays is seen there."))

    def _under_cursor(self) -> UrlRow | None:
        if self._single:
            return next(iter(self.run.rows.values()), None)
        key = self.query_one(ResourceTable).cursor_key
        return None if key is None else self.run.rows.get(key)
