"""The form before a URL that needs to be told something: until when, for whom, where to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.tasks.model import Param, Task, Value
from durastore_tui.core.url_ways import MINUTES, REDIRECT, Way, asked_of_a_person
from durastore_tui.core.urls import stream_url
from durastore_tui.services.streaming import LEGACY
from durastore_tui.tui.details.url_facts import Wanted
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Block, Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.minutes import Minutes
from durastore_tui.tui.widgets.sheet import Sheet, button

MEANINGS = {
    hls.COOKIES_URL.name: ("cookies", "a link that sets the viewer's cookies, then leads on"),
    hls.URL.name: ("plain", "the item's own HLS address, without cookies"),
    rtmp.URL.name: ("RTMP", "the item's address for old players"),
    rtmp.SIGNED_URL.name: ("RTMP", "a signed address for old players"),
}
LABELS = {
    MINUTES: "Good for",
    "ipAddress": "Only for viewers from",
    REDIRECT: "Leads on to",
    "resourcePrefix": "Prefix of the id",
}
NOT_SECURE = "This space does not stream SECURE. A signed-cookies URL does not work."
"""One line: with it the whole form still fits 24 lines."""


class UrlForm(Sheet[Way]):
    """Fields come from the task's declaration; a wrong value is said on its field and nothing is sent."""

    AUTO_FOCUS = "Choice, Input"

    def __init__(
        self,
        wanted: Wanted,
        tasks: Sequence[Task],
        host: str,
        *,
        secure: bool,
        now: Callable[[], datetime],
        curl: Callable[[Way], str],
        withheld: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`withheld` names the parameters that this login may not give, and says why."""
        super().__init__()
        self.withheld = withheld
        self.wanted, self.tasks, self.host, self.secure = wanted, tuple(tasks), host, secure
        self._now, self._curl = now, curl

    def heading(self) -> str:
        return self.tasks[0].title if len(self.tasks) == 1 else "Make stream URLs"

    def body(self) -> Iterable[Widget]:
        yield Facts(tuple(self.wanted.blocks()))
        if len(self.tasks) > 1:
            yield Choice([MEANINGS[task.name] for task in self.tasks], id="how")
        yield Facts(id="url-warning")
        params = {param.name: param for task in self.tasks for param in asked_of_a_person(task)}
        for param in params.values():
            if why := self.withheld.get(param.name):
                yield Facts((Words(LABELS[param.name], "strong"), Words(why, "dim"), Gap()))
            elif param.name == MINUTES:
                yield Minutes(param, self._now)
            else:
                yield self._field(param)

    def _field(self, param: Param) -> Field:
        label = LABELS[param.name]
        if param.name != REDIRECT:
            return Field(param, label, hint=f"{param.help}; nothing means {param.default}" if param.default else "")
        if self.wanted.one is None:
            each = replace(param, required=False)
            return Field(each, label, hint="nothing typed: each link leads on to its own item")
        return Field(param, label, stream_url(self.host, self.wanted.one) if self.wanted.one else "")

    def buttons(self) -> Iterable[Button]:
        yield button("Make it", "go-on")
        yield button("Copy as curl", "curl")

    def keys(self) -> str:
        return "tab next · space chooses · enter in a field makes it · esc cancels"

    def on_mount(self) -> None:
        self._show_fields()

    @property
    def way_task(self) -> Task:
        """The one that is chosen."""
        chosen = self.query("#how").results(Choice)
        return self.tasks[next((choice.chosen for choice in chosen), 0)]

    @on(Choice.Changed, "#how")
    def _show_fields(self) -> None:
        taken = {param.name for param in self.way_task.params}
        for field in self._fields():
            field.display = field.param.name in taken
        self.query_one("#url-warning", Facts).show(tuple(self._warnings()))
        self.query_one("#go-on", Button).label = "Make it anyway" if self._leads_nowhere else "Make it"

    @property
    def _leads_nowhere(self) -> bool:
        return self.way_task is hls.COOKIES_URL and not self.secure

    def _warnings(self) -> Iterable[Block]:
        if self._leads_nowhere:
            yield Words(NOT_SECURE, "bad")
        if self.way_task in rtmp.TASKS:
            yield Words(LEGACY)
            yield Gap()

    def _fields(self) -> Iterable[Field | Minutes]:
        yield from self.query(Minutes)
        yield from (field for field in self.query(Field) if not isinstance(field.parent, Minutes))

    @on(Input.Submitted)
    def _go_on_where_it_works(self) -> None:
        """A URL that does not work is made by the button alone, which says so."""
        if self._leads_nowhere:
            self.query_one("#go-on", Button).focus()
        else:
            self.go_on()

    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        if way := self._filled():
            self.dismiss(way)

    @on(Button.Pressed, "#curl")
    def copy_curl(self) -> None:
        """Before it is sent, or instead."""
        if way := self._filled():
            self.copy(self._curl(way), "the request as curl", "\n")

    def _filled(self) -> Way | None:
        """None where a field is wrong, which then says so."""
        values: dict[str, Value] = {}
        for field in self._fields():
            if not field.display:
                continue
            try:
                value = field.read()
            except BadInput:
                field.focus_input()
                return None
            if value is not None:
                values[field.param.name] = value
        return Way(self.way_task, values, self.host)
