"""The four fixed lines: where we are, what we look at, what is under way, which keys there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.widget import Widget

from durastore_tui.core.jobs import Job
from durastore_tui.tui.widgets.columns import Shade
from durastore_tui.tui.widgets.facts import Hint


@dataclass(frozen=True, slots=True)
class Status:
    """Line 1. `environment` is PROD, TEST or DEMO; `lock` is READ-ONLY or the write countdown; "" leaves out."""

    environment: str
    profile: str
    store: str = ""
    login: str = ""
    lock: str = ""
    connection: str = ""
    connection_shade: Shade = ""
    age: str = ""


@dataclass(frozen=True, slots=True)
class Crumbs:
    """Line 2. `jobs` is a short form of line 3 for terminals that have no room for it (`jobs_brief`)."""

    path: tuple[str, ...]
    filter: str = ""
    coverage: str = ""
    sort: str = ""
    marked: int = 0
    jobs: str = ""


class StatusBar(Widget):
    """Line 1; the least needed parts go first when the width falls, environment and lock never."""

    def show(self, status: Status) -> None:
        raise NotImplementedError


class CrumbBar(Widget):
    """Line 2; the first crumbs are cut before the last."""

    def show(self, crumbs: Crumbs) -> None:
        raise NotImplementedError


class JobsStrip(Widget):
    """Line 3; LATE and UNKNOWN are counted, the newest open job shows its elapsed time against the usual one."""

    def show(self, jobs: Sequence[Job], now: datetime) -> None:
        raise NotImplementedError


class KeyBar(Widget):
    """Line 4; keys that do not fit are left out from the right, `?` (the last one) never."""

    def show(self, hints: Sequence[Hint]) -> None:
        raise NotImplementedError


def jobs_brief(jobs: Sequence[Job]) -> str:
    """ "2 running · LATE 1", "" without any."""
    raise NotImplementedError
