import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from durastore_tui.core.glyphs import Shade
from durastore_tui.tui.themes import ANSI, DARK, LIGHT
from durastore_tui.tui.widgets.bars import StatusBar
from durastore_tui.tui.widgets.facts import Facts
from durastore_tui.tui.widgets.looks import Ground, style

from .stage import Stage

SHADES: tuple[Shade, ...] = ("", "dim", "strong", "accent", "good", "warn", "bad", "badge", "danger")
GROUNDS: tuple[Ground, ...] = ("", "header", "cursor", "blurred")
READABLE = 4.5


def contrast(painted: Style) -> float:
    """The ratio of WCAG 2."""
    assert painted.color and painted.bgcolor
    darker, lighter = sorted(luminance(Color.from_rich_color(color)) for color in (painted.color, painted.bgcolor))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_every_shade_can_be_read_on_every_ground(theme: Theme) -> None:
    lightest, darkest = Facts(), StatusBar()
    app = Stage(lightest, darkest)
    async with app.run_test() as pilot:
        app.theme = theme.name
        await pilot.pause(0)
        ratios = {
            (type(widget).__name__, shade, ground): round(contrast(style(widget, shade, ground)), 1)
            for widget in (lightest, darkest)
            for shade in SHADES
            for ground in GROUNDS
        }
    poor = {where: ratio for where, ratio in ratios.items() if ratio < READABLE}
    assert not poor


async def test_the_terminals_own_colours_are_all_that_the_ansi_theme_uses() -> None:
    facts = Facts()
    app = Stage(facts)
    async with app.run_test() as pilot:
        app.theme = ANSI.name
        await pilot.pause(0)
        for shade in SHADES:
            for ground in GROUNDS:
                painted = style(facts, shade, ground)
                assert painted.color is None or not painted.color.triplet
                assert painted.bgcolor is None or not painted.bgcolor.triplet
