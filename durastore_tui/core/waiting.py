"""How a long wait for an answer is shown, on the command line and in the UI."""

from datetime import datetime

SHOWN_AFTER = 5
"""Seconds; most answers come within one."""


def waiting_words(since: datetime | None, now: datetime) -> str:
    """The words for a wait that began at `since`, as in `waiting for DuraCloud, 34 s`; empty for a short one."""
    seconds = int((now - since).total_seconds()) if since else 0
    return f"waiting for DuraCloud, {seconds} s" if seconds >= SHOWN_AFTER else ""
