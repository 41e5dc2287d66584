"""The few shades that every widget paints with; theme.tcss says what they look like."""

from collections.abc import Iterable, Sequence
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.core.text import middle, safe

Ground = Literal["", "header", "cursor", "blurred", "old"]
Span = tuple[str, Shade]
Line = tuple[Span, ...]

LOOKS = frozenset(
    {f"look--{shade}" for shade in ("dim", "strong", "accent", "good", "warn", "bad", "badge", "danger")}
    | {f"look--{ground}" for ground in ("header", "cursor", "blurred", "old")}
)


def style(widget: Widget, shade: Shade, ground: Ground = "") -> Style:
    """The colours of a shade on a ground; on `header` and `old` the ground speaks alone, and so it does under the
    cursor in sixteen colours, where few pairs can be read."""
    return _shaded(widget, _below(widget, ground), shade, ground)


def _below(widget: Widget, ground: Ground) -> Style:
    return widget.rich_style + _look(widget, ground) if ground else widget.rich_style


def _shaded(widget: Widget, below: Style, shade: Shade, ground: Ground) -> Style:
    alone = ground in ("header", "old") or (ground == "cursor" and widget.app.native_ansi_color)
    if not shade or alone:
        return below
    return below + _look(widget, shade)


def _look(widget: Widget, name: str) -> Style:
    """The screen holds them for all its widgets: the style sheet goes through each holder's at every change."""
    return widget.screen.get_component_rich_style(f"look--{name}", partial=True)


def visible(text: str) -> str:
    """Safe text whose width no terminal doubts: they disagree on what a zero-width joiner joins, so it is shown."""
    return safe(text).replace("\u200d", "⟨200D⟩")


def fit(text: str, width: int, *, right: bool = False, is_id: bool = False) -> str:
    """Text made safe and exactly `width` cells wide: ids lose their middle, other text its end."""
    shown = visible(text)
    taken = cell_len(shown)
    if taken > width:
        shown = _shorter(shown, width, is_id)
        taken = cell_len(shown)
    blank = " " * (width - taken)
    return blank + shown if right else shown + blank


def _shorter(text: str, width: int, is_id: bool) -> str:
    shown = middle(text, width) if is_id else set_cell_size(text, max(0, width - 1)).rstrip() + "…"
    if cell_len(shown) > width:
        shown = set_cell_size(shown, width)
    return shown if sign("more") == "…" else shown.replace("…", sign("more"))


def strip_of(widget: Widget, spans: Iterable[Span], width: int, ground: Ground = "") -> Strip:
    """Spans, made safe, as one line of `width` cells; what does not fit is cut at the end."""
    below = _below(widget, ground)
    segments = [Segment(visible(text), _shaded(widget, below, shade, ground)) for text, shade in spans if text]
    return Strip(segments).adjust_cell_length(width, below)


def wrap(text: str, width: int, *, exact: bool = False) -> list[str]:
    """Safe text in lines of at most `width` cells: between words; `exact` loses nothing."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = visible(paragraph)
        while cell_len(rest) > width > 0:
            cut = _cut(rest, width)
            space = rest.rfind(" ", cut // 2 if exact else 0, cut if exact else cut + 1)
            cut = space + 1 if space > 0 else cut
            lines.append(rest[:cut] if exact else rest[:cut].rstrip())
            rest = rest[cut:] if exact else rest[cut:].lstrip()
        lines.append(rest)
    return lines


def _cut(text: str, width: int) -> int:
    """How many characters fill `width` cells, at least one, and never apart from what combines with the last."""
    cut = min(width, len(text)) if text.isascii() else 1
    while cut < len(text) and not text.isascii() and cell_len(text[: cut + 1]) <= width:
        cut += 1
    return cut


def width_of(spans: Sequence[Span]) -> int:
    """Cells that a line takes."""
    return sum(cell_len(visible(text)) for text, _ in spans)
