"""How ages, times and standings are worded, the same on every screen."""

from datetime import datetime, timedelta
from typing import Any, assert_never

from durastore_tui.core.errors import BadInput, DuraStoreError, ReadCancelled
from durastore_tui.core.far import far
from durastore_tui.core.glyphs import Shade
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale
from durastore_tui.tui.actions import key


def age(at: datetime, now: datetime) -> str:
    """Time that went by, in its largest unit: "now", "4 min", "3 h", "2 d". It changes seldom, for each change is
    sent to the terminal: from five minutes on it steps by five, and over SSH the first day has the time of day
    instead, which stays true as it stands."""
    seconds = max(0, int((now - at).total_seconds()))
    if seconds < 86400 and far():
        return f"{at.astimezone():%H:%M}"
    if seconds < 60:
        return "now"
    if seconds < 3600:
        minutes = seconds // 60
        return f"{minutes if minutes < 5 else minutes // 5 * 5} min"
    return f"{seconds // 3600} h" if seconds < 86400 else f"{seconds // 86400} d"


def fresh(at: datetime, now: datetime) -> str:
    """The same in steps of five seconds for the first minute: for one line that is always in view."""
    seconds = int((now - at).total_seconds())
    return f"{seconds // 5 * 5} s" if 5 <= seconds < 60 and not far() else age(at, now)


def span(length: timedelta) -> str:
    """A length of time in whole units: "30 s", "2 min", "1 h 30 min"."""
    seconds = int(length.total_seconds())
    counts = (seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s")
    return " ".join(f"{count} {unit}" for count, unit in counts if count) or "0 s"


def ago(at: datetime, now: datetime) -> str:
    """The same as a phrase: "just now", "4 min ago", "at 12:31"."""
    return phrase(age(at, now))


def phrase(age: str) -> str:
    """An age that is worded already."""
    if ":" in age:
        return f"at {age}"
    return "just now" if age == "now" else f"{age} ago"


def on_clock(at: datetime) -> str:
    """Local time with UTC beside it."""
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M} ({at:%H:%M} UTC)"


def size(count: int) -> str:
    """Bytes with a decimal unit, as the web UI counts, and exactly beside it."""
    return short_size(count) if count < 1000 else f"{short_size(count)} ({count:,} bytes)"


def short_size(count: int) -> str:
    """Bytes with a decimal unit, for a list: "98.4 GB"."""
    if count < 1000:
        return f"{count} B"
    power = min(4, (len(str(count)) - 1) // 3)
    return f"{count / 1000**power:.1f} {('kB', 'MB', 'GB', 'TB')[power - 1]}"


def standing(resource: Resource[Any], now: datetime) -> tuple[str, Shade]:
    """How we stand with a value, for where the value itself would be."""
    match resource:
        case Empty():
            return "not read yet", "dim"
        case Loading():
            return "reading…", "dim"
        case Ready(_, at):
            return f"read {ago(at, now)}", "dim"
        case Stale(_, at, None):
            return f"read {ago(at, now)}; reading again…", "dim"
        case Stale(_, at, error):
            return f"read {ago(at, now)}; reading again failed: {sentence(error)}", "warn"
        case Failed(ReadCancelled(), _):
            return f"cancelled, {key('refresh')} reads again", "dim"
        case Failed(error, _):
            return sentence(error), "bad"
        case NotAllowed(error, _):
            return sentence(error), "bad"
    assert_never(resource)


def sentence(error: DuraStoreError | BadInput | None) -> str:
    """Cause, the server's own words, and what to do next; not yet safe for the screen."""
    if error is None:
        return ""
    if isinstance(error, BadInput):
        return error.sentence
    status = "no answer" if error.status is None else f"status {error.status}"
    words = f" “{error.words.strip()}”" if error.words.strip() else ""
    return f"{error.reason} ({error.asked}: {status}){words} {error.next_step}"
