"""One way to a clipboard that may be far away: tmux's own buffer, else the terminal's OSC 52."""

import asyncio
import os
from base64 import b64encode
from collections.abc import Callable, Mapping

from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import for_children

TMUX = ("tmux", "load-buffer", "-w", "-")
TMUX_WITHIN = 3.0
MOST_BYTES = 74_000  # terminals drop a longer OSC 52 whole, and say nothing
SCREEN_PIECE = 512  # screen cuts longer device control strings


async def copy(text: str, write: Callable[[str], None], environ: Mapping[str, str] = os.environ) -> str:
    """Sends the text off and says where to; `write` puts its argument on the terminal as it is.

    Raises BadInput for what no terminal takes: more than 74,000 bytes, or half a character.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise BadInput("text", "This text holds half a character, which no terminal takes.") from None
    if environ.get("TMUX") and await _to_tmux(content):
        return "sent to tmux"
    if len(content) > MOST_BYTES:
        raise BadInput("text", f"{len(content):,} bytes are more than a terminal takes ({MOST_BYTES:,}).")
    write(_osc52(content, through_screen="STY" in environ))
    return "sent to the terminal"


async def _to_tmux(content: bytes) -> bool:
    try:
        process = await asyncio.create_subprocess_exec(
            *TMUX,
            env=for_children(os.environ),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(content), TMUX_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()
    return process.returncode == 0


def _osc52(content: bytes, *, through_screen: bool) -> str:
    sequence = f"\x1b]52;c;{b64encode(content).decode()}\a"
    if not through_screen:
        return sequence
    pieces = (sequence[start : start + SCREEN_PIECE] for start in range(0, len(sequence), SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
