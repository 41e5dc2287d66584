"""What a list says in place of rows: asked, nothing there, failed, forbidden; and under rows that are old."""

from collections.abc import Sequence
from datetime import datetime

from durastore_tui.core.errors import DuraStoreError, Forbidden, ReadCancelled
from durastore_tui.core.glyphs import badge, glyph
from durastore_tui.core.text import safe
from durastore_tui.tui.actions import keyed
from durastore_tui.tui.widgets.facts import Block, Fact, Gap, Words
from durastore_tui.tui.widgets.looks import Line

READ_AGAIN = "{refresh} reads again."
TRY_AGAIN = "{refresh} tries again."
WAYS_ON, COPY = "{refresh} try again   {copy} copy this text", "{copy} copy this text"


def loading(place: str) -> Sequence[Block]:
    """Asked for, and nothing held yet."""
    return (Words(f"{glyph('sent')} Asking for {place or 'it'}.", "accent"),)


def nothing(words: str) -> Sequence[Block]:
    """The server answered, and there is nothing."""
    return (Words(f"{glyph('off')} {words}", "dim"),)


def failed(error: DuraStoreError, place: str) -> Sequence[Block]:
    """Where, why, and what to do."""
    if isinstance(error, ReadCancelled):
        return (Words(badge("off", f"cancelled: {place}"), "dim"), Gap(), Words(keyed(READ_AGAIN), "accent"))
    return (
        Words(badge("failed", f"failed: {place or error.asked}"), "bad"),
        Gap(),
        *_cause(error),
        Words(keyed(WAYS_ON), "accent"),
    )


def forbidden(error: Forbidden, place: str) -> Sequence[Block]:
    """The server knows us, and says no."""
    what = Words(badge("forbidden", f"forbidden: {place or error.asked}"), "bad")
    return (what, Gap(), *_cause(error), Words(keyed(COPY), "accent"))


def old(error: DuraStoreError, at: datetime) -> Line:
    """Under rows that could not be read again; `at` is when they were read (UTC), shown as local time."""
    read = at.astimezone().strftime("%H:%M:%S")
    return (
        (f" {badge('overdue', 'old')}", "warn"),
        (f"  read {read}. {error.reason} {keyed(TRY_AGAIN)}", "dim"),
    )


def error_text(error: DuraStoreError, place: str) -> str:
    """The whole of it as text for the clipboard."""
    return "\n".join([place or safe(error.asked), safe(str(error)), error.reason, error.next_step])


def _cause(error: DuraStoreError) -> Sequence[Block]:
    status = "no answer" if error.status is None else f"status {error.status}"
    facts = [Fact("asked", error.asked, exact=True), Fact("answer", status), Fact("why", error.reason)]
    if error.words:
        facts.append(Fact("its words", error.words, "dim"))
    return (*facts, Fact("next", error.next_step), Gap())
