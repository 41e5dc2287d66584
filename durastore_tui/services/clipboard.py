"""One way to a clipboard that may be far away: tmux's own buffer, else the terminal's OSC 52."""

import asyncio
import os
from base64 import b64encode
from collections.abc import Callable, Mapping

from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import for_children
from durastore_tui.core.text import without_controls

TMUX = ("tmux", "load-buffer", "-w", "-")
TMUX_WITHIN = 3.0
MOST_BYTES = 74_000  # terminals drop a longer OSC 52 whole, and say nothing
SCREEN_PIECE = 512  # screen cuts longer device control strings


def copyable(text: str | tuple[str, ...], keep: str = "") -> tuple[str, bool]:
    """Text that does no harm where it is pasted, and whether it had to be changed for that.

    Control characters and newlines become visible. A tuple is a list, a line each. `keep` holds the characters that
    the text was made with: newlines of a document, tabs between the cells of a row.
    """
    lines = (text,) if isinstance(text, str) else text
    safe_lines = tuple(without_controls(line, keep) for line in lines)
    return "\n".join(safe_lines), safe_lines != lines


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
