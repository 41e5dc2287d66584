"""What the keys do with a list of any length: go to a row, read a part or the rest of it, export it."""

from typing import Protocol, runtime_checkable

from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.prompt import Prompt


@runtime_checkable
class LongList(Protocol):
    """A place whose rows are read page by page."""

    def go_to(self, text: str | None) -> None:
        """Go to a row by its number, or to an ID by how it begins."""

    def ask_prefix(self, text: str | None) -> None:
        """Go to the IDs that begin with the text."""

    def switch_loading(self) -> None:
        """Read the rest in the background, or pause that."""


@runtime_checkable
class Exports(Protocol):
    """A place whose list can be written into a file."""

    def switch_export(self) -> None:
        """Ask for the file, or stop an export that runs."""


def ask_row(context: AppContext, target: Target) -> None:
    """Ask for a row number or the beginning of an ID, and go there."""
    if isinstance(target.view, LongList):
        hint = "a row number, or the beginning of an id; nothing: the top"
        context.push_screen(Prompt("go to", "", hint), target.view.go_to)


def ask_prefix(context: AppContext, target: Target) -> None:
    """Ask for a prefix, and read the IDs that begin with it."""
    if isinstance(target.view, LongList):
        hint = "asks the server; ids are compared exactly"
        context.push_screen(Prompt("prefix", target.view.place.prefix, hint), target.view.ask_prefix)


def switch_loading(context: AppContext, target: Target) -> None:
    """Read the rest of the list in the background, or pause that."""
    if isinstance(target.view, LongList):
        target.view.switch_loading()


def switch_export(context: AppContext, target: Target) -> None:
    """Ask for a file and write the list into it, or stop that."""
    if isinstance(target.view, Exports):
        target.view.switch_export()
