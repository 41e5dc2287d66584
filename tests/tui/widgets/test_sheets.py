from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Input

from durastore_tui.core.tasks.model import Tier
from durastore_tui.services.changes.plan import Plan, PlannedRequest
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.enable_sheet import EnableChoice, EnableSheet
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.widgets.facts import Facts
from durastore_tui.tui.widgets.sheet import Sheet, SheetBody
from tests.tui.looking import shown as painted

from .stage import Stage, shown, until

ENABLE = Plan(
    title="Enable HLS streaming, SECURE",
    verb="Enable",
    subject="dance-archive",
    names=("dance-archive",),
    environment="DEMO",
    profile="demo",
    now="dance-archive gets a streaming host.",
    later="The edge answers after some minutes, up to 15.",
    undo="Disable stops it and keeps the host.",
    requests=(
        PlannedRequest("POST", "/durastore/task/enable-hls?storeID=51", '{"spaceId": "dance-archive", "secure": true}'),
    ),
    curl="curl -X POST …",
    tier=Tier.CHANGE,
)
DELETE = replace(ENABLE, title="Delete", verb="Delete", tier=Tier.DANGER)
NEVER = 3600.0
AT_ONCE = 0.0
NOTHING = object()


class Opened:
    """A sheet on a stage, and what it was dismissed with."""

    def __init__(self, app: Stage, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.answer: Any = NOTHING

    @property
    def sheet(self) -> Screen[Any]:
        return self.app.screen

    async def text(self) -> str:
        await self.pilot.pause(0)
        return "\n".join(line for facts in self.sheet.query(Facts) for line in shown(facts))


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    return lambda seconds: monkeypatch.setattr(Sheet, "GUARD", seconds)


@asynccontextmanager
async def opened(sheet: Screen[Any], size: tuple[int, int] = (120, 36)) -> AsyncIterator[Opened]:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        stage = Opened(app, pilot)
        app.push_screen(sheet, lambda answer: setattr(stage, "answer", answer))
        await until(pilot, lambda: app.screen is sheet and (not isinstance(sheet, Sheet) or sheet.painted_at))
        yield stage


async def test_the_sheet_says_what_happens_now_later_and_what_undoes_it_and_shows_the_exact_request() -> None:
    async with opened(ConfirmSheet(ENABLE)) as stage:
        text = await stage.text()
    for part in (
        ENABLE.title,
        ENABLE.subject,
        ENABLE.now,
        ENABLE.later,
        ENABLE.undo,
        ENABLE.requests[0].path,
        ENABLE.requests[0].body,
    ):
        assert part in text


async def test_keys_typed_ahead_never_consent(guard: Callable[[float], None]) -> None:
    guard(NEVER)
    async with opened(ConfirmSheet(ENABLE)) as stage:
        await stage.pilot.press("y", "y", "y", "tab", "enter", "y")
        assert isinstance(stage.app.screen, ConfirmSheet)
        assert stage.answer is NOTHING


async def test_enter_in_a_burst_meets_cancel(guard: Callable[[float], None]) -> None:
    guard(NEVER)
    async with opened(ConfirmSheet(ENABLE)) as stage:
        await stage.pilot.press("enter")
        await until(stage.pilot, lambda: stage.answer is None)


async def test_a_key_made_before_the_sheet_was_painted_does_not_consent_however_late_it_is_handled(
    guard: Callable[[float], None],
) -> None:
    guard(AT_ONCE)
    async with opened(sheet := ConfirmSheet(ENABLE)) as stage:
        sheet.painted_at = monotonic() + NEVER
        await stage.pilot.press("y")
        assert stage.answer is NOTHING


@pytest.mark.parametrize(("then", "answer"), [(0.4, NOTHING), (2.0, True)])
async def test_a_key_held_down_since_before_the_sheet_opened_does_not_consent(
    then: float, answer: object, guard: Callable[[float], None]
) -> None:
    """The guard is over when it repeats; only letting go of it and pressing it again is an answer."""
    guard(AT_ONCE)
    async with opened(sheet := ConfirmSheet(ENABLE)) as stage:
        assert sheet.painted_at
        for seconds in (-0.1, 0.4, 0.43, 0.46, 0.46 + then):
            key = Key("y", "y")
            key.time = sheet.painted_at + seconds
            stage.app.post_message(key)
        await stage.pilot.press("c")
        await until(stage.pilot, lambda: stage.app.of(Sheet.Copy) or stage.answer is True)
        assert stage.answer is answer


@pytest.mark.parametrize("keys", [("y",), ("tab", "enter")])
async def test_after_the_guard_y_or_the_button_consents(keys: tuple[str, ...], guard: Callable[[float], None]) -> None:
    guard(AT_ONCE)
    async with opened(ConfirmSheet(ENABLE)) as stage:
        await stage.pilot.press(*keys)
        await until(stage.pilot, lambda: stage.answer is True)


@pytest.mark.parametrize("key", ["escape", "q", "enter"])
async def test_there_are_three_ways_out_that_change_nothing(key: str, guard: Callable[[float], None]) -> None:
    guard(AT_ONCE)
    async with opened(ConfirmSheet(ENABLE)) as stage:
        await stage.pilot.press(key)
        await until(stage.pilot, lambda: stage.answer is None)


async def test_a_dangerous_change_wants_the_whole_id_typed(guard: Callable[[float], None]) -> None:
    guard(AT_ONCE)
    async with opened(ConfirmSheet(DELETE)) as stage:
        await stage.pilot.press("y", "tab", *"dance-archiv", "enter")
        assert stage.sheet.query_one("#yes", Button).disabled
        await stage.pilot.press("e")
        assert not stage.sheet.query_one("#yes", Button).disabled
        await stage.pilot.press("enter")
        assert stage.answer is NOTHING
        await stage.pilot.press("enter")
        await until(stage.pilot, lambda: stage.answer is True)


async def test_enter_goes_on_from_a_choice_and_only_to_the_question() -> None:
    async with opened(EnableSheet("dance-archive")) as stage:
        await stage.pilot.press("space", "enter")
        await until(stage.pilot, lambda: stage.answer == EnableChoice("SECURE", ()))


async def test_the_request_is_copied_as_curl_before_it_is_sent() -> None:
    async with opened(ConfirmSheet(ENABLE)) as stage:
        await stage.pilot.press("c")
        await until(stage.pilot, lambda: stage.app.of(Sheet.Copy))
        assert stage.app.of(Sheet.Copy)[0].text == ENABLE.curl
        assert stage.answer is NOTHING


async def test_on_a_small_screen_the_buttons_stay_and_the_text_scrolls() -> None:
    plan = replace(DELETE, later="What happens is told at length. " * 20)
    async with opened(ConfirmSheet(plan), (80, 24)) as stage:
        cancel = stage.sheet.query_one("#cancel", Button)
        assert cancel.region.bottom <= 24
        assert cancel.has_focus
        body = stage.sheet.query_one(SheetBody)
        assert body.max_scroll_y > 0
        await stage.pilot.press("pagedown")
        await until(stage.pilot, lambda: body.scroll_offset.y > 0)


async def test_an_origin_is_shown_and_given_as_it_is_sent() -> None:
    async with opened(EnableSheet("dance-archive")) as stage:
        stage.sheet.query_one(Input).value = " HTTPS://Library.Example:443/ "
        await until(stage.pilot, lambda: "Sent as https://library.example" in painted(stage.pilot.app))
        stage.sheet.query_one(Input).value = "https://library.example"
        await until(stage.pilot, lambda: "Sent as" not in painted(stage.pilot.app))
        stage.sheet.query_one(Input).value = "https://Library.example/"
        stage.sheet.query_one(Input).focus()
        await stage.pilot.press("enter")
        await until(stage.pilot, lambda: stage.answer == EnableChoice("OPEN", ("https://library.example",)))


async def test_an_origin_without_a_scheme_is_refused_on_its_field_before_anything_is_sent() -> None:
    async with opened(EnableSheet("dance-archive")) as stage:
        await stage.pilot.press("down", "tab", *"library.lakeshore.example", "enter")
        assert "library.lakeshore.example has no scheme" in await stage.text()
        assert stage.answer is NOTHING
        stage.sheet.query_one(Input).value = "https://library.lakeshore.example https://b.example"
        await stage.pilot.press("enter")
        await until(
            stage.pilot,
            lambda: stage.answer == EnableChoice("SECURE", ("https://library.lakeshore.example", "https://b.example")),
        )


async def test_the_form_starts_open_with_the_servers_own_default() -> None:
    async with opened(EnableSheet("dance-archive")) as stage:
        stage.sheet.query_one("#go-on", Button).press()
        await until(stage.pilot, lambda: stage.answer == EnableChoice("OPEN", ()))


async def test_a_filter_is_told_at_each_key_and_left_alone_on_escape() -> None:
    told: list[str] = []
    async with opened(Prompt("/", changed=told.append), (80, 24)) as stage:
        await stage.pilot.press("h", "i")
        await stage.pilot.press("escape")
        await until(stage.pilot, lambda: stage.answer is None)
    assert told == ["h", "hi"]


async def test_a_prompt_gives_what_was_typed() -> None:
    async with opened(Prompt("p", "hist")) as stage:
        await stage.pilot.press("enter")
        await until(stage.pilot, lambda: stage.answer == "hist")


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_a_prompt_leaves_room_to_type_and_says_all_of_its_hint(columns: int) -> None:
    hint = "a row number, or the beginning of an id; nothing: the top"
    async with opened(Prompt("go to", hint=hint), size=(columns, 16)) as stage:
        await until(stage.pilot, lambda: hint in painted(stage.app))
        assert stage.sheet.query_one(Input).size.width > 40


async def test_what_a_choice_means_is_cut_with_a_sign_where_there_is_no_room() -> None:
    async with opened(EnableSheet("dance-archive"), size=(40, 16)) as stage:
        await until(stage.pilot, lambda: "○ SECURE   viewers need sign" in painted(stage.app))
        assert all(line.rstrip().endswith("…") for line in painted(stage.app).splitlines() if "SECURE" in line)
