"""A URL opened where the person sits, or the reason why not."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping

from durastore_tui.core.checks import web_url
from durastore_tui.core.errors import BadInput
from durastore_tui.core.far import far
from durastore_tui.core.secret import for_children
from durastore_tui.core.text import HIDDEN

FAR = "This runs on another machine over SSH, whose browser is not before you."
NO_DESKTOP = "There is no desktop here for a browser to open on."
NONE = "No browser was found here that opens a window of its own."


def why_none(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """Why no browser can be opened from here, or None as far as can be told beforehand."""
    if far(environ):
        return FAR
    has_desktop = platform in ("darwin", "win32") or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return None if has_desktop else NO_DESKTOP


async def open_url(url: str, find: Callable[[], object] = webbrowser.get) -> None:
    """Open the URL in a browser; whether the page loads is not known. Raises BadInput, also for an address
    that is not of the web.

    A process of its own, with no hold on our terminal: a browser that writes there would paint over the screen."""
    if wrong := web_url(url) or ("it contains hidden characters" if HIDDEN.search(url) else None):
        raise BadInput("url", f"Only web addresses are opened: {wrong}.")
    if not await asyncio.to_thread(_opens_a_window, find):
        raise BadInput("url", NONE)
    none = asyncio.subprocess.DEVNULL
    words = (sys.executable, "-m", "webbrowser", url)
    await asyncio.create_subprocess_exec(
        *words, stdin=none, stdout=none, stderr=none, env=for_children(os.environ), start_new_session=True
    )


def _opens_a_window(find: Callable[[], object]) -> bool:
    try:
        browser = find()
    except webbrowser.Error:
        return False
    in_terminal = isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    )
    return not in_terminal and bool(getattr(browser, "background", True))
