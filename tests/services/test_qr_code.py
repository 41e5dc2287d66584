"""QR codes: what is drawn is the code, and one that does not fit whole is none."""

import segno

from durastore_tui.services.qr_code import BLOCKS, fitting

URL = "https://d111111abcdef8.cloudfront.net/cookies?token=abcDEF0123456789abcd"
MODULES = {block: pair for pair, block in BLOCKS.items()}


def drawn(lines: tuple[str, ...]) -> list[list[bool]]:
    """Blocks back as rows of modules."""
    rows: list[list[bool]] = []
    for line in lines:
        pairs = [MODULES[block] for block in line]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    return rows


def test_the_blocks_are_the_code_with_the_blank_that_cameras_want() -> None:
    lines = fitting(URL, 120, 36)
    assert lines
    code = segno.make(URL, error="l", micro=False, boost_error=False)
    expected = [[bool(module) for module in row] for row in code.matrix_iter(border=4)]
    assert drawn(lines)[: len(expected)] == expected


def test_a_link_fits_into_the_smallest_usual_terminal() -> None:
    lines = fitting(URL, 80, 23)
    assert lines
    assert len(lines) <= 23


def test_what_does_not_fit_whole_is_not_drawn() -> None:
    assert fitting(URL, 40, 12) is None
    assert fitting("x" * 3000, 500, 500) is None
