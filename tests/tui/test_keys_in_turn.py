"""Keys that come in a burst: each goes to what the one before it opened, in order, and none is lost."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from durastore_tui.tui.terminal.keys_in_turn import KeysInTurn
from tests.tui.looking import until


class Page(Screen[None]):
    """Has a field of its own, and says when it was left."""

    def compose(self) -> ComposeResult:
        yield Input()


class Vanishing(Static, can_focus=True):
    """Is gone with the first key."""

    def on_key(self) -> None:
        self.remove()


class Form(Page):
    """Its key needs its field, which comes late."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("k", "read", "read")]

    async def on_compose(self) -> None:
        for _ in range(100):
            await asyncio.sleep(0)

    def action_read(self) -> None:
        self.query_one(Input).value = "read"


class Opening(Static, can_focus=True):
    """A form opens while a key is on its way from here to the app."""

    def on_key(self) -> None:
        self.app.push_screen(Form())


class Desk(KeysInTurn):
    """`p` opens a page with a field, `x` is heard."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "page", "page"), Binding("x", "hear", "hear")]

    def __init__(self, first: type[Static] = Static) -> None:
        super().__init__()
        self.first = first
        self.heard = 0

    def compose(self) -> ComposeResult:
        yield self.first("here")

    def action_page(self) -> None:
        self.push_screen(Page())

    def action_hear(self) -> None:
        self.heard += 1


def burst(pilot: Pilot[None], keys: str) -> None:
    """All at once, as a terminal gives what was typed while nobody read."""
    for key in keys:
        pilot.app.post_message(Key(key, key))


async def test_what_is_typed_ahead_goes_into_the_field_that_the_first_key_opens() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        burst(pilot, "pexact")
        app.post_message(Paste(" and pasted"))
        await until(pilot, lambda: isinstance(app.screen, Page) and app.screen.query_one(Input).value)
        await until(pilot, lambda: app.screen.query_one(Input).value == "exact and pasted")
        assert app.heard == 0


async def test_every_key_of_a_burst_is_heard() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        burst(pilot, "x" * 200)
        await until(pilot, lambda: app.heard == 200)


async def test_a_key_whose_widget_goes_away_with_it_holds_up_no_other() -> None:
    app = Desk(Vanishing)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.focused)
        burst(pilot, "axx")
        await until(pilot, lambda: app.heard == 2)
        await until(pilot, lambda: not app.query(Vanishing))
        burst(pilot, "x")
        await until(pilot, lambda: app.heard == 3)


async def test_a_form_that_opens_while_a_key_is_on_its_way_takes_it_once_it_is_composed() -> None:
    app = Desk(Opening)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.focused)
        burst(pilot, "k")
        await until(pilot, lambda: app.screen.query_one(Input).value == "read")
