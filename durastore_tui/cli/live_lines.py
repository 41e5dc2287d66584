"""Jobs at a terminal, a line each, drawn over in place with old escape sequences alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from shutil import get_terminal_size
from typing import NamedTuple, TextIO

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.job_summary import TROUBLE, describe_change, format_elapsed, progress_bar, subject
from durastore_tui.core.jobs import Job
from durastore_tui.core.text import cells, middle, safe

BAR, SHORT_BAR, WIDE = 20, 8, 90
SUBJECT = 34
ALIGNED = 3
COLOURS: Mapping[str, str] = {"good": "32", "accent": "36", "warn": "33", "bad": "31", "dim": "2", "strong": "1"}
GAP = "  "


class Piece(NamedTuple):
    """A part of a line. The highest `drop` goes first when there is no room; 0 stays."""

    spans: tuple[tuple[str, str], ...]
    drop: int = 0

    @property
    def width(self) -> int:
        return sum(cells(text) for text, _ in self.spans)


class LiveLines:
    """Writes only when something is different, and never more lines than the terminal has."""

    def __init__(self, screen: TextIO, *, coloured: bool) -> None:
        self._screen = screen
        self._coloured = coloured
        self._drawn: list[str] = []

    def draw(self, jobs: Sequence[Job], now: datetime) -> None:
        """Draws over what was drawn before."""
        size = get_terminal_size()
        fitting = jobs if len(jobs) < size.lines else jobs[: max(1, size.lines - 2)]
        rows = _aligned([list(_pieces(job, now, size.columns)) for job in fitting])
        lines = [self._painted(_fitted(row, size.columns - 1)) for row in rows]
        if more := len(jobs) - len(fitting):
            lines.append(f"and {more} more"[: size.columns - 1])
        if lines != self._drawn:
            back = f"\x1b[{len(self._drawn)}A\r" if self._drawn else ""
            self._screen.write(back + "".join(f"{line}\x1b[K\n" for line in lines) + "\x1b[J")
            self._screen.flush()
            self._drawn = lines

    def end(self) -> None:
        """Leaves the lines as they are, and the next one free of what was typed."""
        if self._drawn:
            self._screen.write("\r\x1b[K")
            self._screen.flush()

    def _painted(self, pieces: Sequence[Piece]) -> str:
        return GAP.join("".join(self._paint(*span) for span in piece.spans) for piece in pieces)

    def _paint(self, text: str, shade: str) -> str:
        colour = COLOURS.get(shade) if self._coloured else None
        return f"\x1b[{colour}m{text}\x1b[0m" if colour else text


def _pieces(job: Job, now: datetime, columns: int) -> Iterator[Piece]:
    """State, subject, kind, how many parts, and the time against the usual one; a bar ends by evidence alone."""
    trouble = job.state in TROUBLE
    word = job.state.word.upper() if trouble else job.state.word
    yield Piece(((badge(job.state.value, word), MARKS[job.state.value].shade),))
    yield Piece(((middle(safe(subject(job)), max(8, min(SUBJECT, columns // 3))), "strong"),))
    yield Piece(((describe_change(job), ""),), 4)
    if job.parts:
        answered = sum(part.state is not None for part in job.parts)
        yield Piece(((f"{answered} of {len(job.parts)}", ""),), 1)
    over = job.updated if not job.open else now
    elapsed = max(0.0, (over - job.since).total_seconds())
    yield Piece(((format_elapsed(elapsed), ""),), 2)
    if job.usual and job.open and not trouble:
        yield Piece(progress_bar(elapsed / job.usual, BAR if columns >= WIDE else SHORT_BAR), 5)
    if job.usual and job.open:
        yield Piece(((f"usual {format_elapsed(job.usual)}", "dim"),), 3)
    yield Piece(((job.id, "dim"),), 6)


def _aligned(rows: list[list[Piece]]) -> list[list[Piece]]:
    """State, subject and kind stand below each other."""
    for column in range(ALIGNED):
        width = max((row[column].width for row in rows), default=0)
        for row in rows:
            piece = row[column]
            row[column] = piece._replace(spans=(*piece.spans, (" " * (width - piece.width), "")))
    return rows


def _fitted(pieces: list[Piece], width: int) -> list[Piece]:
    """Without what has no room; a line is never broken, for it could not be drawn over then."""
    while sum(piece.width for piece in pieces) + len(GAP) * (len(pieces) - 1) > width:
        droppable = [piece for piece in pieces if piece.drop]
        if not droppable:
            text = GAP.join(text for piece in pieces for text, _ in piece.spans)
            return [Piece(((middle(text, max(1, width)), ""),))]
        pieces.remove(max(droppable, key=lambda piece: piece.drop))
    return pieces
