"""One way to a clipboard that may be far away: tmux's own buffer, else the terminal's OSC 52."""

from collections.abc import Callable


async def copy(text: str, write: Callable[[str], None]) -> str:
    """Sends the text off and says where to ("sent to the terminal"); `write` puts bytes on the terminal as they are.

    Raises BadInput when it is too long for a terminal to take."""
    raise NotImplementedError
