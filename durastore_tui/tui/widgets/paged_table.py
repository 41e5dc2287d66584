"""The list for what comes in pages: painted by row number from the pages held, which it asks for by message."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.tui.widgets.columns import Column, Row
from durastore_tui.tui.widgets.line_list import LineList


class PagedTable(LineList):
    """Pages are 0-based. Without a total (marker paging) pages come one after the other, and more may be below."""

    @dataclass
    class PagesWanted(Message):
        """Answer each with `put_page` or `page_failed`; the first is wanted most. Each is asked for once."""

        table: "PagedTable"
        pages: tuple[int, ...]

        @property
        def control(self) -> "PagedTable":
            return self.table

    def __init__(
        self,
        *,
        empty: str,
        page_size: int = 1000,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.empty_words = empty
        self.page_size = page_size

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Replaces the columns."""
        raise NotImplementedError

    def open(self, total: int | None, place: str = "") -> None:
        """Starts anew: rows known beforehand, or None for marker paging; asks for page 0."""
        raise NotImplementedError

    def put_page(self, number: int, rows: Sequence[Row], last: bool = False) -> None:
        """Takes a page in; `last` says that nothing is below it (marker paging)."""
        raise NotImplementedError

    def page_failed(self, number: int, error: DuraStoreError) -> None:
        """Says so in place of the page's rows; it is asked for again by `retry` only."""
        raise NotImplementedError

    def retry(self) -> None:
        """Asks again for the failed pages on screen."""
        raise NotImplementedError

    def filter(self, text: str) -> None:
        """Keeps held rows whose id contains `text`, case-blind; `coverage` says of how many."""
        raise NotImplementedError

    def go_to(self, row: int) -> None:
        """Puts the cursor on a row number, 0-based, held or not."""
        raise NotImplementedError

    @property
    def cursor_key(self) -> str | None:
        """The id under the cursor, None while its page is not held."""
        raise NotImplementedError

    @property
    def marked(self) -> tuple[str, ...]:
        """Marked keys in the order they were marked."""
        raise NotImplementedError

    def toggle_mark(self) -> None:
        """Marks or unmarks the row under the cursor and steps down."""
        raise NotImplementedError

    @property
    def coverage(self) -> str:
        """ "1,000 read, more below", "12 in 6,000 held, of 104,211", "812"."""
        raise NotImplementedError

    @property
    def error_text(self) -> str | None:
        """Place, cause and next step of the failure on show, for the copy key."""
        raise NotImplementedError
