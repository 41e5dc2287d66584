"""Three looks: dark, light, and one in the terminal's own sixteen colours."""

from textual.theme import Theme

DARK = Theme(name="durastore-dark", primary="#5FB3C4")
LIGHT = Theme(name="durastore-light", primary="#1F6F82", dark=False)
ANSI = Theme(name="durastore-ansi", primary="ansi_cyan", ansi=True)
THEMES = (DARK, LIGHT, ANSI)
