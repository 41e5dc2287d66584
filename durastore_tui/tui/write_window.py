"""`:rw` and `:ro`: a read-only server opened for a time, and shut again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.tui.actions import key

if TYPE_CHECKING:
    from durastore_tui.core.write_window import WriteWindow
    from durastore_tui.services.session import Session
    from durastore_tui.tui.actions import Action

READ_ONLY = "READ-ONLY"


def lock_words(window: WriteWindow | None, read_only: bool) -> str:
    """For line 1: READ-ONLY, how long it may still be written, or nothing; `read_only` before there is a window."""
    if window and (left := window.left):
        minutes, seconds = divmod(int(left.total_seconds()), 60)
        return (
            f"WRITE {minutes // 60}:{minutes % 60:02}:{seconds:02}"
            if minutes >= 60
            else f"WRITE {minutes}:{seconds:02}"
        )
    return READ_ONLY if (window.shut if window else read_only) else ""


def way_out(session: Session | None, action: Action) -> str:
    """What to add where a change is refused for a server that is read-only; nothing where it stays so."""
    shut = session and action.changes and session.window.shut and not session.profile.sealed
    return f" {key('command')}rw 15m opens it for a time." if shut else ""
