"""A text as a QR code for a terminal: two modules a character cell, one above the other."""

from collections.abc import Sequence

BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
QUIET = (4, 2)
"""Modules of blank around the code: what the standard wants, and what cameras still take."""


def fitting(text: str, width: int, height: int) -> tuple[str, ...] | None:
    """Lines of blocks, to be painted dark on light; None when `width` columns and `height` lines can't hold them."""
    import segno  # 70 ms that only those wait for who want a code

    try:
        code = segno.make(text, error="l", micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None
    for border in QUIET:
        columns, rows = code.symbol_size(border=border)
        if columns <= width and (rows + 1) // 2 <= height:
            return _half_blocks([[bool(module) for module in row] for row in code.matrix_iter(border=border)])
    return None


def _half_blocks(modules: Sequence[Sequence[bool]]) -> tuple[str, ...]:
    blank = [False] * len(modules[0])
    below = [*modules[1::2], blank] if len(modules) % 2 else modules[1::2]
    return tuple(
        "".join(BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(modules[::2], below, strict=True)
    )
