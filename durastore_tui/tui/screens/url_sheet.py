"""Stream URLs: raw and percent-encoded where they differ, copied from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from durastore_tui.services.urls import UrlRow


class UrlSheet(Sheet[None]):
    """Opens at once and fills by `add`; `y` copies the encoded URLs, `c` the rows as CSV."""

    def __init__(self, space: str, asked: int) -> None:
        super().__init__()
        self.space = space
        self.asked = asked

    def add(self, row: UrlRow) -> None:
        """Takes one result in; a failure stays in its row."""
        raise NotImplementedError
