"""What the keys of every list do: open a row, filter, mark, sort."""

from durastore_tui.tui.context import AppContext, Opens, OpensProperties, Target
from durastore_tui.tui.dialogs.prompt import Prompt


def open_cursor(context: AppContext, target: Target) -> None:
    """Open what the cursor is on."""
    if isinstance(target.view, Opens):
        target.view.open_cursor()


def open_properties(context: AppContext, target: Target) -> None:
    """Show the properties of what the cursor is on, on a page of their own."""
    if isinstance(target.view, OpensProperties):
        target.view.open_properties()
    else:
        open_cursor(context, target)


def ask_filter(context: AppContext, target: Target) -> None:
    """Ask for a text; the rows that contain it are shown while it is typed."""
    if listing := target.view.listing:
        before = listing.filter_text

        def ended(text: str | None) -> None:
            listing.set_filter(before if text is None else text)

        context.push_screen(Prompt("filter", before, listing.filter_hint, listing.set_filter), ended)


def mark(context: AppContext, target: Target) -> None:
    """Mark the row under the cursor, or take its mark away."""
    if listing := target.view.listing:
        listing.toggle_mark()


def sort(context: AppContext, target: Target) -> None:
    """Sort by the next column."""
    if listing := target.view.listing:
        listing.sort_by_next()


def show_next_status(context: AppContext, target: Target) -> None:
    """Show the rows of one status after the other, then all of them."""
    if listing := target.view.listing:
        listing.show_next_status()
