"""What the keys of Home do: choose a day of the storage chart."""

from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.messages import Told

DAY, MONTH = timedelta(days=1), timedelta(days=30)


@runtime_checkable
class Days(Protocol):
    """A place with a chart of the storage by day."""

    def shift_day(self, by: timedelta) -> None:
        """Show the day that lies so much later; the first or last one where there is none."""

    def show_day(self, day: date) -> None:
        """Show the latest report of that day or of an earlier one."""


def day_before(context: AppContext, target: Target) -> None:
    """Show what the store held a day earlier."""
    _shift(target, -DAY)


def day_after(context: AppContext, target: Target) -> None:
    """Show what the store held a day later."""
    _shift(target, DAY)


def month_before(context: AppContext, target: Target) -> None:
    """Show what the store held a month earlier."""
    _shift(target, -MONTH)


def month_after(context: AppContext, target: Target) -> None:
    """Show what the store held a month later."""
    _shift(target, MONTH)


def _shift(target: Target, by: timedelta) -> None:
    if isinstance(target.view, Days):
        target.view.shift_day(by)


def ask_day(context: AppContext, target: Target) -> None:
    """Ask for a day, and show what the store held then."""
    view = target.view

    def typed(text: str | None) -> None:
        if text and isinstance(view, Days):
            try:
                view.show_day(date.fromisoformat(text.strip()))
            except ValueError:
                view.post_message(Told("Write the day like this: 2026-03-31.", "warning"))

    context.push_screen(Prompt("day", "", "for example 2026-03-31; shows the storage on that day"), typed)
