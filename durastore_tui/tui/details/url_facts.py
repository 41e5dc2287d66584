"""What a sheet says of stream URLs: both forms of one, how far many are, and until when a link is good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from durastore_tui.core.glyphs import badge, glyph
from durastore_tui.core.job_summary import format_elapsed
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.url_ways import REDIRECT, Way
from durastore_tui.services.streaming import LEGACY
from durastore_tui.tui.widgets.facts import Block, Fact, Gap, Words
from durastore_tui.tui.wording import on_clock

if TYPE_CHECKING:
    from durastore_tui.services.urls import UrlRow

FORGOTTEN_AFTER = timedelta(days=1)
Shown = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What URLs are wanted of: items by their ids, or what a pattern over ids finds; with one empty id the space
    itself. `listed` says that the ids are out of a listing, so that they need not be looked for; `marked` is what is to
    be said of marks that are out of view."""

    space: str
    items: tuple[str, ...] = ()
    pattern: str = ""
    listed: bool = True
    marked: str = ""

    @property
    def one(self) -> str | None:
        """The only item, if it is one."""
        return self.items[0] if len(self.items) == 1 else None

    def blocks(self) -> tuple[Block, ...]:
        """In words, for the head of a form."""
        return (*self._meant(), *([Fact("marks", self.marked, "warn")] if self.marked else []))

    def _meant(self) -> tuple[Block, ...]:
        space = Fact("space", self.space, exact=True)
        if self.pattern:
            return (space, Fact("items", f"all that fit {self.pattern}", exact=True))
        if self.one is None:
            return (space, Fact("items", f"{len(self.items):,}"))
        return (space, Fact("item", self.one, exact=True)) if self.one else (space,)


def one_url(row: UrlRow, way: Way, shown: Shown) -> Iterator[Block]:
    """One result; what the server joined stands beside what is to be used where they differ."""
    if row.error or not row.encoded:
        yield Words(badge("failed", row.error or "the server gave no URL"), "bad")
        yield Words("a asks again, without looking for the item first.", "dim")
        return
    if row.raw != row.encoded:
        yield Fact("as joined", shown(row.raw or ""), "dim", exact=True)
        yield Fact("to use", shown(row.encoded), "strong", exact=True)
        yield Words("The server joins host and item without encoding; what is copied is percent-encoded.", "dim")
    else:
        yield Words(shown(row.encoded), "strong", exact=True)
    if way.task in rtmp.TASKS:
        yield Words(LEGACY)


def promised(way: Way, until: datetime, now: datetime) -> Iterator[Block]:
    """Who may do what until when."""
    left = (until - now).total_seconds()
    word = "cookies" if way.task is hls.COOKIES_URL else "signature"
    if left > 0:
        yield Fact("good until", f"{on_clock(until)}, in {format_elapsed(left)}")
    else:
        yield Fact("expired", on_clock(until), "bad")
    if (minutes := way.values.get("minutesToExpire")) is not None:
        yield Fact("", f"{word} for {minutes:,} minutes, counted here: the server names no time", "dim")
    if target := way.values.get(REDIRECT):
        yield Fact("leads to", str(target), exact=True)
    yield Fact("for", str(way.values.get("ipAddress") or "any address"))
    if way.task is hls.COOKIES_URL:
        yield Words("Whoever has the link can stream the whole space until then.")
        if until - now > FORGOTTEN_AFTER:
            yield Words("The server forgets the link itself after one to two days; cookies that it gave go on.")


def many(made: int, failed: int, asked: int | None, read: int, running: bool) -> Block:
    """How far a run is; `asked` is None while the listing is looked through, of which `read` ids were seen."""
    if asked is None:
        words = f"Looking through the listing: {read:,} ids read"
        whole = False
    else:
        words = f"{made:,} of {asked:,} made" + (f", {failed:,} failed" if failed else "")
        whole = made + failed == asked
    if running:
        return Words(f"{glyph('sent')} {words}.", "accent")
    if not whole:
        return Words(badge("overdue", f"stopped: {words[0].lower()}{words[1:]}. Press a to continue."), "warn")
    return Words(f"{words}. a asks again for what failed." if failed else f"{words}.", "bad" if failed else "dim")


def asking() -> tuple[Block, ...]:
    """Before the only answer."""
    return (Gap(), Words(f"{glyph('sent')} Asking the server.", "accent"))
