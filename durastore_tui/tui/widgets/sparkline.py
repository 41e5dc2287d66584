"""A row of little bars: how something went over time, for people who would rather look than read."""

from collections.abc import Sequence

from durastore_tui.core.glyphs import ascii_only

BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = "_.-=+*%#"


def sparkline(values: Sequence[int], width: int) -> str:
    """At most `width` bars from nothing to the highest value; more values share a bar, of which the last is drawn."""
    if not values or width < 1:
        return ""
    bars = ASCII_BARS if ascii_only() else BARS
    taken = min(width, len(values))
    shown = [values[(number + 1) * len(values) // taken - 1] for number in range(taken)]
    top = max(*shown, 1)
    return "".join(bars[min(len(bars) - 1, value * len(bars) // (top + 1))] for value in shown)
