"""The list for what comes in pages: painted by row number from the pages held, which it asks for by message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from textual.message import Message
from textual.timer import Timer

from durastore_tui.core.errors import DuraStoreError, Forbidden, ReadCancelled
from durastore_tui.core.glyphs import badge, sign
from durastore_tui.tui.actions import keyed
from durastore_tui.tui.columns import Row
from durastore_tui.tui.widgets.facts import Block, Words
from durastore_tui.tui.widgets.held_rows import HeldRows
from durastore_tui.tui.widgets.looks import Line
from durastore_tui.tui.widgets.notices import READ_AGAIN, TRY_AGAIN, error_text, failed, forbidden, loading, nothing
from durastore_tui.tui.widgets.page_cache import Detail

MORE = "read, more below"


class PagedTable(HeldRows):
    """Pages are 0-based. Without a total (marker paging) pages come one after the other, and more may be below."""

    REST: ClassVar[float] = 0.08
    """Seconds that the window must rest before pages are asked for."""

    @dataclass
    class PagesWanted(Message):
        """Answer each with `put_page` or `page_failed`; the first is wanted most. A page that was dropped from the
        cache is asked for again, so a marker-paged source keeps the marker of each page."""

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
        self._rest: Timer | None = None
        self._start(None, "", MORE)
        self._more = False

    def _start(self, total: int | None, place: str, more_words: str) -> None:
        self._total, self._place, self._more_words = total, place, more_words
        self.start_rows()
        self._asked: set[int] = set()
        self._errors: dict[int, DuraStoreError] = {}
        self._known, self._more = 0, True
        self._rested_at = 0
        self._jumped = True

    def open(self, total: int | None, place: str = "", more_words: str = MORE) -> None:
        """Starts anew: rows known beforehand, or None for marker paging, and as long as nobody says how many there
        are; asks for page 0. `more_words` follow the number read while there may be more."""
        self._start(total, place, more_words)
        self._cursor = 0
        self.scroll_to(y=0, animate=False, force=True)
        self.rows_changed()
        self._ask((0,))

    # Pages.

    def put_page(
        self,
        number: int,
        rows: Sequence[Row],
        last: bool = False,
        total: int | None = None,
        details: Sequence[Detail] = (),
    ) -> None:
        """Takes a page in; `last` says that nothing is below it (marker paging), `total` how many rows there are."""
        under_cursor = self.cursor_key
        self._total = self._total if total is None else total
        self._asked.discard(number)
        self._errors.pop(number, None)
        self.pages.put(number, rows, details)
        end = number * self.page_size + len(rows)
        if self._total is None and (last or end >= self._known):
            self._known, self._more = end, not last
        self.unsort()
        self._filter.page_changed(number)
        self._work()
        self.rows_changed()
        if self.cursor_key != under_cursor:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def page_failed(self, number: int, error: DuraStoreError) -> None:
        """Says so in place of the page's rows; it is asked for again by `retry` only."""
        self._asked.discard(number)
        self._errors[number] = error
        self.rows_changed()

    def give_up(self, error: DuraStoreError) -> None:
        """Nobody reads the pages that were asked for: says so in place of the rows that are not held."""
        self._errors |= {page: error for page in self._asked if page not in self.pages}
        self._asked.clear()
        self.rows_changed()

    def ask_again(self) -> None:
        """Nobody reads the pages that were asked for: asks anew for what is on screen."""
        self._asked.clear()
        self._ask(tuple(page for page in self._window_pages() or (0,) if page not in self.pages))

    def retry(self) -> None:
        """Asks again for what failed."""
        again = tuple(sorted(self._errors))
        self._errors.clear()
        self._ask(again)
        self.refresh()

    def reread(self) -> None:
        """Asks again for the pages on screen and forgets the others; what is shown stays until the answer."""
        pages = self._window_pages()
        self.pages.keep_only(pages)
        self._errors.clear()
        self.unsort()
        self._filter.look_for(self._filter.needle)
        self._work()
        self._ask(tuple(pages) or (0,))
        self.rows_changed()

    def view_changed(self) -> None:
        super().view_changed()
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(self.REST, self._rested)

    @property
    def resting(self) -> bool:
        """Whether the window moved so lately that its pages are not asked for yet."""
        return self._rest is not None

    def _rested(self) -> None:
        """What is on screen first, then the next page in the direction of travel: not after a jump, nor by markers,
        where the screen below counts as on screen instead."""
        self._rest = None
        if self._matches is not None:
            return
        pages = self._window_pages()
        travel = self.window[0] - self._rested_at
        self._rested_at = self.window[0]
        travelling = 0 < abs(travel) < self.page_size and not self._jumped
        if pages and travelling and self._total is not None:
            pages.append(pages[-1] + 1 if travel > 0 else pages[0] - 1)
        self._jumped = False
        self._ask(tuple(page for page in pages if page not in self.pages and page not in self._errors))

    def _window_pages(self) -> list[int]:
        first, last = self.window
        if self._total is None:
            last = min(last + self.body_height, self._known - (0 if self._more else 1))
        return list(range(first // self.page_size, last // self.page_size + 1)) if last >= first else []

    def _ask(self, pages: Sequence[int]) -> None:
        end = self._known // self.page_size if self._total is None else (self._total - 1) // self.page_size
        beyond = self._total is None and not self._more
        wanted = [page for page in pages if 0 <= page <= end and page not in self._asked]
        if beyond:
            wanted = [page for page in wanted if page * self.page_size < self._known]
        if wanted:
            self._asked.update(wanted)
            self.post_message(self.PagesWanted(self, tuple(wanted)))

    # What is held, and the cursor.

    @property
    def missing_pages(self) -> Iterator[int]:
        """Numbers of the pages that are not held; without a total it has no end."""
        every = count() if self._total is None else range(-(-self._total // self.page_size))
        return (page for page in every if page not in self.pages)

    @property
    def total(self) -> int | None:
        """Rows of the whole list; None while nobody says it."""
        return self._total

    @property
    def pages_known(self) -> int:
        """Pages whose beginning is known; without a total the ones read so far."""
        return -(-(self._known if self._total is None else self._total) // self.page_size)

    @property
    def whole(self) -> bool:
        """Whether every row is held."""
        known = self._known if self._total is None else self._total
        return not (self._total is None and self._more) and self.pages.rows_held == known

    @property
    def cursor_detail(self) -> Detail:
        """What is known of the row under the cursor beyond its cells."""
        if self.cursor_key is None:
            return None
        return self.pages.detail(*divmod(self._index(self._cursor), self.page_size))

    def go_to(self, row: int) -> None:
        """Puts the cursor on a row number, 0-based, held or not; far away the window keeps to that row's page."""
        self._jumped = True
        first, last = self.window
        self.place_cursor(row)
        if self._matches is None and not first <= self._cursor <= last:
            top, start = self.scroll_offset.y, self._cursor // self.page_size * self.page_size
            kept = max(start, min(top, start + self.page_size - self.body_height))
            self.scroll_to(y=kept, animate=False, force=True)

    def action_move_to_top(self) -> None:
        self.go_to(0)

    def action_move_to_bottom(self) -> None:
        """The last row; with marker paging the last one read."""
        tail = self._matches is None and self._total is None and self._more
        self.go_to(self.row_count - 1 - tail)

    @property
    def coverage(self) -> str:
        """ "1,000 read, more below", "12 in 6,000 held, of 104,211", "812"."""
        more = self._total is None and self._more
        if self._filter.needle and self._matches is not None:
            whole = "more below" if more else f"of {self._total if self._total is not None else self._known:,}"
            return f"{len(self._matches):,} in {self.pages.rows_held:,} held, {whole}"
        if self._total is not None:
            return f"{self._total:,}"
        if more:
            return f"{self._known:,} {self._more_words}" if self._known else ""
        return f"{self._known:,}"

    @property
    def error_text(self) -> str | None:
        """Place, cause and next step of the failure on show, for the copy key."""
        error = next(iter(self._errors.values()), None)
        return error_text(error, self._place) if error else None

    # What the painter asks.

    @property
    def row_count(self) -> int:
        if self._matches is not None:
            return len(self._matches)
        if self._total is not None:
            return self._total
        return self._known + (1 if self._more and self._known else 0)

    def row_at(self, index: int) -> Row | None:
        page, place = divmod(self._index(index), self.page_size)
        rows = self.pages.get(page)
        return rows[place] if rows and place < len(rows) else None

    def missing_row(self, index: int) -> Line:
        page = index // self.page_size
        error = self._errors.get(page)
        if isinstance(error, ReadCancelled):
            return ((badge("off", f"page {page + 1} cancelled"), "dim"), (f"  {keyed(READ_AGAIN)}", "dim"))
        if error:
            return (
                (badge("failed", f"page {page + 1} failed"), "bad"),
                (f"  {error.reason} {keyed(TRY_AGAIN)}", "dim"),
            )
        if self._total is None and index >= self._known:
            return ((f"{self._known:,} {self._more_words}", "dim"),)
        return ((f"{index + 1:>10,}  {' '.join([sign('dot')] * 3)} page {page + 1:,}", "dim"),)

    def foot(self) -> Line:
        """Rows that could not be read again stay, and are said to be old."""
        error = next((error for page, error in self._errors.items() if page in self.pages), None)
        if error is None:
            return ()
        return ((f" {badge('overdue', 'old')}", "warn"), (f"  {error.reason} {keyed(TRY_AGAIN)}", "dim"))

    def notice(self) -> Sequence[Block]:
        match self._errors.get(0):
            case Forbidden() as error:
                return forbidden(error, self._place)
            case DuraStoreError() as error:
                return failed(error, self._place)
        if self._filter.needle:
            return (Words(f"None of the {self.pages.rows_held:,} held contains “{self._filter.needle}”.", "dim"),)
        return nothing(self.empty_words) if 0 in self.pages or self._total == 0 else loading(self._place)
