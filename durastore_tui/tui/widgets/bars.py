"""The four fixed lines: where we are, what we look at, what is under way, which keys there are."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from textual import on
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from durastore_tui.core.expiry import countdown, expiring
from durastore_tui.core.glyphs import MARKS, Shade, badge, sign
from durastore_tui.core.job_summary import TROUBLE, format_elapsed, progress_bar, subject
from durastore_tui.core.jobs import Job
from durastore_tui.core.text import middle, safe
from durastore_tui.tui.actions import key
from durastore_tui.tui.messages import message
from durastore_tui.tui.widgets.facts import Hint
from durastore_tui.tui.widgets.looks import Line, Span, strip_of, width_of

COLOURS: Mapping[str, Shade] = {"red": "bad", "amber": "warn", "green": "good", "blue": "accent", "grey": "dim"}
BAR, SHORT_BAR, WIDE = 14, 8, 100


class Status(NamedTuple):
    """Line 1. `environment` is PROD, TEST or DEMO; `lock` is READ-ONLY or the write countdown; "" leaves out.
    `age` says how old what is shown is and when it is asked for again, `age_short` where there is little room."""

    environment: str
    profile: str
    store: str = ""
    login: str = ""
    lock: str = ""
    connection: str = ""
    connection_shade: Shade = ""
    age: str = ""
    colour: str | None = None
    age_short: str = ""
    age_shade: Shade = "dim"


class Crumbs(NamedTuple):
    """Line 2. `hidden` of the marked rows are out of view by the filter. `jobs` is a short form of line 3 for terminals
    that have no room for it (`brief_of_jobs`)."""

    path: tuple[str, ...]
    filter: str = ""
    coverage: str = ""
    sort: str = ""
    marked: int = 0
    jobs: str = ""
    hidden: int = 0


class Part(NamedTuple):
    """A piece of a line. Of `drop`, the highest goes first when the width falls; 0 stays. `does` is the action of who
    clicks on it."""

    spans: Line
    drop: int = 0
    does: str = ""

    @property
    def width(self) -> int:
        return width_of(self.spans)


class LineBar(Widget):
    """One line: parts from the left, parts from the right."""

    ALLOW_SELECT = False
    GAP: ClassVar[Span] = ("  ", "")
    _painted: Strip | None = None

    @message
    class Chosen(Message):
        """Somebody clicked on a part that does something."""

        action: str

    @abstractmethod
    def parts(self, width: int) -> tuple[Sequence[Part], Sequence[Part]]:
        """What stands left and what stands right."""

    def repaint(self) -> None:
        """When it reads otherwise now: a line that is painted is a line that is sent."""
        if self._painted is None or self._painted != self._line():
            self.refresh()

    def render_line(self, y: int) -> Strip:
        self._painted = self._line()
        return self._painted

    @on(Click)
    def _clicked(self, event: Click) -> None:
        left, right = self._fitting(self.size.width - 2)
        at = event.x - 1
        if at >= _width(left, self.GAP):
            left, at = right, at - (self.size.width - 2 - _width(right, self.GAP))
        for part in left:
            if 0 <= at < part.width:
                if part.does:
                    self.post_message(self.Chosen(part.does))
                return
            at -= part.width + width_of((self.GAP,))

    def _fitting(self, width: int) -> tuple[list[Part], list[Part]]:
        left, right = (list(parts) for parts in self.parts(width))
        while _width(left, self.GAP) + _width(right, self.GAP) + 2 > width:
            droppable = [part for part in (*left, *right) if part.drop]
            if not droppable:
                break
            worst = max(droppable, key=lambda part: part.drop)
            (left if worst in left else right).remove(worst)
        return left, right

    def _line(self) -> Strip:
        width = self.size.width - 2
        left, right = self._fitting(width)
        blank = width - _width(left, self.GAP) - _width(right, self.GAP)
        spans = ((" ", ""), *_joined(left, self.GAP), (" " * max(0, blank), ""), *_joined(right, self.GAP), (" ", ""))
        return strip_of(self, spans, self.size.width)


def _joined(parts: Sequence[Part], gap: Span) -> Line:
    spans: list[Span] = []
    for part in parts:
        spans += ([gap] if spans else []) + list(part.spans)
    return tuple(spans)


def _width(parts: Sequence[Part], gap: Span) -> int:
    return width_of(_joined(parts, gap))


class StatusBar(LineBar):
    """Line 1; the least needed parts go first when the width falls, environment and lock never."""

    _status = Status("", "")

    def show(self, status: Status) -> None:
        """Replaces the line."""
        if status != self._status:
            self._status = status
            self.refresh()

    def parts(self, width: int) -> tuple[Sequence[Part], Sequence[Part]]:
        status = self._status
        word = Part(((f" {status.environment} ", "danger" if status.environment == "PROD" else "badge"),))
        name = middle(safe(status.profile), max(8, width // 3))
        profile = Part(((name, COLOURS.get(status.colour or "", "strong")),))
        left = [word, profile, *_part(status.store, "", 2), *_part(status.login, "dim", 4)]
        connection = _part(status.connection, status.connection_shade, 1 if status.connection_shade else 3)
        age = status.age if width >= WIDE else status.age_short or status.age
        right = [*_part(status.lock, "strong", 0), *connection, *_part(age, status.age_shade, 1)]
        return [part for part in left if part.width > 2 or part is profile], right


def _part(text: str, shade: Shade, drop: int) -> list[Part]:
    return [Part(((text, shade),), drop)] if text else []


class CrumbBar(LineBar):
    """Line 2; the first crumbs are cut before the last."""

    crumbs = Crumbs(())

    def show(self, crumbs: Crumbs) -> None:
        """Replaces the line."""
        if crumbs != self.crumbs:
            self.crumbs = crumbs
            self.refresh()

    def parts(self, width: int) -> tuple[Sequence[Part], Sequence[Part]]:
        crumbs = self.crumbs
        right = [
            *_part(f"{crumbs.marked:,} marked" if crumbs.marked else "", "accent", 0),
            *_part(f"{crumbs.hidden:,} hidden" if crumbs.hidden else "", "warn", 0),
            *_part(crumbs.coverage, "", 1),
            *_part(f"by {crumbs.sort}" if crumbs.sort else "", "dim", 2),
            *_part(crumbs.jobs, "accent", 0),
        ]
        found = _part(f"/ {middle(crumbs.filter, max(12, width // 3))}" if crumbs.filter else "", "accent", 0)
        room = width - _width([*found, *(part for part in right if part.drop < 2)], self.GAP) - 4
        return [Part(self._path(max(12, room)), does="back" if len(crumbs.path) > 1 else ""), *found], right

    def _path(self, room: int) -> Line:
        apart = f" {sign('apart')} "
        path = [safe(crumb) for crumb in self.crumbs.path]
        if not path:
            return ()
        cut = 0
        while cut < len(path) - 1 and width_of(((apart.join(path[cut:]), ""),)) + 2 * bool(cut) > room:
            cut += 1
        before = apart.join([sign("more")] * bool(cut) + path[cut:-1])
        last = middle(path[-1], max(8, room - width_of(((before + apart, ""),)) * bool(before)))
        return ((before + apart if before else "", "dim"), (last, "strong"))


class JobsStrip(LineBar):
    """Line 3; OVERDUE and UNKNOWN are counted, the newest open job shows its elapsed time against the usual one."""

    _jobs: tuple[Job, ...] = ()
    _now: datetime | None = None
    _ahead = timedelta()

    def show(self, jobs: Sequence[Job], now: datetime, ahead: timedelta) -> None:
        """Replaces the line. Expiries are counted by the server's clock, which is `ahead` of `now`."""
        self._jobs, self._now, self._ahead = tuple(jobs), now, ahead
        self.repaint()

    def parts(self, width: int) -> tuple[Sequence[Part], Sequence[Part]]:
        keys = Part(((key("jobs"), "accent"), (" jobs", "dim")), 4, "jobs")
        newest = max((job for job in self._jobs if job.open), key=_urgency, default=None)
        ending = _ending(self._jobs, self._now + self._ahead) if self._now else []
        if newest is None or self._now is None:
            return ending or [Part((("no jobs under way", "dim"),))], [keys]
        others = Counter(job.state for job in self._jobs if job.open and job is not newest)
        running = sum(count for state, count in others.items() if state not in TROUBLE)
        counts = [Part(((f"+{running} running", "accent"),))] if running else []
        counts += [Part(((f"{state.word.upper()} {others[state]}", "warn"),)) for state in TROUBLE if others[state]]
        return _job_parts(newest, self._now, BAR if width >= WIDE else SHORT_BAR), [*ending, *counts, keys]


def _ending(jobs: Sequence[Job], now: datetime) -> list[Part]:
    """The restored items that are deleted within a day: the first to go, and how many more."""
    ending = expiring(jobs, now)
    if not ending or ending[0].until is None:
        return []
    more = f" +{len(ending) - 1}" if ending[1:] else ""
    return [Part(((f"{middle(safe(ending[0].space), 20)} {countdown(ending[0].until, now)}{more}", "bad"),), 2)]


def _urgency(job: Job) -> tuple[bool, datetime]:
    """Running jobs before those in trouble, which are counted anyway; then the newest."""
    return job.state not in TROUBLE, job.since


def _job_parts(job: Job, now: datetime, bar_width: int) -> list[Part]:
    word = job.state.word.upper() if job.state in TROUBLE else job.state.word
    shade = MARKS[job.state.value].shade
    elapsed = max(0.0, (now - job.since).total_seconds())
    parts = [
        Part(((badge(job.state.value, word), shade),)),
        Part(((middle(safe(job.space if job.target and job.space else subject(job)), 28), "strong"),)),
        Part(((" ".join(filter(None, (job.action, job.streaming_type))), ""),), 2),
    ]
    if job.usual and job.state not in TROUBLE:
        drawn = progress_bar(elapsed / job.usual, bar_width)
        parts.append(
            Part(((f"{format_elapsed(elapsed)} ", ""), *drawn, (f" usual {format_elapsed(job.usual)}", "dim")), 1)
        )
        if job.most:
            parts.append(Part(((f"most {format_elapsed(job.most)}", "dim"),), 3))
        return parts
    return [*parts, Part(((format_elapsed(elapsed), ""),), 1)]


class KeyBar(LineBar):
    """Line 4; keys that do not fit are left out from the right, `?` (the last one) never."""

    _hints: tuple[Hint, ...] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Replaces the line."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def parts(self, width: int) -> tuple[Sequence[Part], Sequence[Part]]:
        parts = [_hint_part(hint, number) for number, hint in enumerate(self._hints)]
        return parts[:-1], [part._replace(drop=0) for part in parts[-1:]]


def _hint_part(hint: Hint, number: int) -> Part:
    if not hint.on:
        return Part(((hint.key, "dim"), (f" {hint.label}", "dim")), number + 1, hint.does)
    return Part(((hint.key, "accent"), (f" {hint.label}", "")), number + 1, hint.does)
