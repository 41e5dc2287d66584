"""What a row and a page say of one request: redacted as it was kept."""

import re
from collections.abc import Iterator

from durastore_tui.api.request_log import Request
from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words
from durastore_tui.tui.wording import on_clock, size

STORE = re.compile(r"[?&]storeID=[^&]*$|(?<=[?&])storeID=[^&]*&")
COLUMNS = (
    Column("time", "TIME", 8, 8),
    Column("method", "METHOD", 6, 6),
    Column("path", "PATH", 20, is_id=True),
    Column("status", "STATUS", 11, 11),
    Column("ms", "MS", 6, 7, right=True),
    Column("bytes", "BYTES", 7, 9, right=True, drop=1),
)


def row(key: str, request: Request) -> Row:
    """One line of the list; `key` is the request's number."""
    state, word = ended(request)
    return Row(
        key,
        (
            Cell(f"{request.at.astimezone():%H:%M:%S}", "dim", request.at),
            Cell(request.method),
            Cell(_without_store(request.path)),
            Cell(badge(state, word), MARKS[state].shade, request.status or 0),
            Cell(f"{request.ms:,.0f}", "", request.ms),
            Cell(f"{request.bytes:,}", "dim", request.bytes),
        ),
        "\n".join((request.path, request.body, request.words, request.answer)),
    )


def _without_store(path: str) -> str:
    """In a list the name of what was asked for needs the room; the page of a request has it whole."""
    return STORE.sub("", path)


def title(request: Request) -> str:
    """Method and path, as it was asked."""
    return f"{request.method} {request.path}"


def blocks(request: Request) -> Iterator[Block]:
    """Everything that was kept of it."""
    state, word = ended(request)
    yield Fact("asked", on_clock(request.at))
    yield Fact("ended", badge(state, word), MARKS[state].shade)
    yield Fact("took", f"{request.ms:,.1f} ms")
    yield Fact("answer", size(request.bytes))
    if request.words:
        yield Heading("What went wrong")
        yield Words(request.words, "bad", exact=True)
    yield Heading("Request")
    yield Words(title(request), exact=True)
    if request.body:
        yield Words(request.body, "dim", exact=True)
    yield Heading("Answer")
    for line in request.answer.splitlines() or ["nothing"]:
        yield Words(line, "dim", exact=True)


def as_text(request: Request) -> str:
    """The same for a mail or an issue."""
    status = "no answer" if request.status is None else str(request.status)
    ended = f"{status}, {request.ms:.1f} ms, {request.bytes} bytes"
    parts = (f"{request.at:%Y-%m-%d %H:%M:%S} UTC {title(request)}", request.body, ended, request.words, request.answer)
    return "\n".join(filter(None, parts))


def ended(request: Request) -> tuple[str, str]:
    """The state whose glyph says how it ended, and the word beside it."""
    if request.given_up:
        return "off", "given up"
    if request.status is None:
        return "unknown", "no answer"
    return ("confirmed" if request.status < 400 and not request.words else "failed"), str(request.status)
