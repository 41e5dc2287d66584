"""What Home says, section by section, and where each of its lines leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from durastore_tui.core.errors import ReadCancelled
from durastore_tui.core.expiry import countdown, soon
from durastore_tui.core.glyphs import MARKS, Shade, badge, glyph
from durastore_tui.core.job_summary import describe_change, format_elapsed, subject
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale, value_of
from durastore_tui.services import overview
from durastore_tui.services.overview_reading import restored_of, spaces_of
from durastore_tui.tui.actions import key, keyed
from durastore_tui.tui.details.request_facts import ended
from durastore_tui.tui.details.snapshot_words import STUCK, snapshot_looks
from durastore_tui.tui.places import Lens, Place, crumb
from durastore_tui.tui.widgets.chart import Chart, Point
from durastore_tui.tui.widgets.facts import Block, Fact, Words
from durastore_tui.tui.widgets.links import Detail, Entry, Item, Section, Split
from durastore_tui.tui.widgets.shares import Share
from durastore_tui.tui.wording import ago, sentence, short_size, standing

if TYPE_CHECKING:
    from durastore_tui.api.reports import Night, Sample
    from durastore_tui.api.stores import Store
    from durastore_tui.services.account_overview import Figures
    from durastore_tui.services.overview import Failure
    from durastore_tui.services.snapshot_list import Preservation, Snapshots
    from durastore_tui.services.spaces import Spaces
    from durastore_tui.tui.places import Visit
    from durastore_tui.tui.start import Services

SNAPSHOTS = Place("snapshots")
DAY = "day"
"""The key of the line that reads a day off the chart."""
FEW = 5
LAST = 4
MOST_JOBS = 10
KIND_MARKS = {"off": "off", "RTMP": "off", "unread": "sent", "forbidden": "forbidden", "failed": "failed"}
KIND_WORDS = {"RTMP": "RTMP, ended", "unread": "not read yet"}
NOT_STREAMS = frozenset({"off", "unread", "forbidden", "failed"})


class Goal(NamedTuple):
    """Where a line leads: a place, how it is looked at, and in which store or profile where it is another one."""

    place: Place
    lens: Lens | None = None
    store: str | None = None
    profile: str | None = None


class Goals:
    """Hands out keys for the lines that are drawn, and knows where they lead."""

    def __init__(self) -> None:
        self._goals: dict[str, Goal] = {}

    def __getitem__(self, key: str) -> Goal:
        return self._goals[key]

    def __contains__(self, key: str) -> bool:
        return key in self._goals

    def add(self, key: str, goal: Goal) -> str:
        """The key, for an entry."""
        self._goals[key] = goal
        return key


def jobs(unresolved: Sequence[Job], goals: Goals, now: datetime) -> Section:
    """Late, unknown and lost before running, with a count-down by what is usual."""
    if not unresolved:
        return Section("jobs", "none under way")
    items: list[Item] = [
        Entry(
            goals.add(f"job {job.id}", Goal(Place("job", parent=Place("jobs"), job=job.id))),
            subject(job),
            badge(job.state),
            MARKS[job.state].shade,
            note=_note(job, now),
            is_id=True,
        )
        for job in unresolved[:MOST_JOBS]
    ]
    if more := len(unresolved) - len(items):
        items.append(Words(f"And {more:,} more: {key('go_jobs')} lists all.", "dim"))
    return Section("jobs", "unresolved", items=tuple(items))


def _note(job: Job, now: datetime) -> str:
    """What the job is, and the next step or the time left."""
    if job.state is JobState.PAUSED:
        return f"{keyed('Continue ({continue_run})')}, {describe_change(job)}"
    return f"{describe_change(job)}, {_left(job, now)}"


def _left(job: Job, now: datetime) -> str:
    elapsed = (now - job.since).total_seconds()
    if job.usual is None:
        return f"sent {ago(job.since, now)}"
    if elapsed < job.usual:
        return f"{format_elapsed(job.usual - elapsed)} left of the usual {format_elapsed(job.usual)}"
    return f"{format_elapsed(elapsed)}, usual {format_elapsed(job.usual)}"


# Snapshots and their restores


def preserved(
    preservation: Preservation, spaces: Spaces, own: Sequence[Job], goals: Goals, now: datetime
) -> Iterator[Section]:
    """What expires and what is stuck, where there are snapshots."""
    held = preservation.found
    if held and value_of(held.listed) != ():
        yield expiring(held, spaces, own, goals, now)
        yield stuck(held, own, goals, now)


def snapshots(preservation: Preservation, choice: tuple[Store, ...] | None, goals: Goals, now: datetime) -> Section:
    """How many there are in each status, or in which store they could be."""
    held = preservation.found
    if held:
        return by_status(held, goals, now)
    if choice is None:
        return Section("snapshots", "looking for their store…", aside=True)
    if choice:
        several = Entry(goals.add("snapshots", Goal(SNAPSHOTS)), "choose one")
        return Section("snapshots", f"{len(choice)} stores keep them", items=(several,), aside=True)
    return Section("snapshots", "no store of this account keeps any", aside=True)


def expiring(held: Snapshots, spaces: Spaces, own: Sequence[Job], goals: Goals, now: datetime) -> Section:
    """What is deleted within a week, of the snapshots whose restored space is there."""
    title = "restores that expire"
    if value_of(held.listed) is None:
        return Section(title, *_brief(held.listed, now))
    names = restored_of(held, spaces, own)
    restores = [held.held_restore(name) for name in names]
    found = overview.expiring(names, held, now)
    items: list[Item] = []
    for one in found:
        place = SNAPSHOTS.child("snapshot", snapshot=one.snapshot).child("restores")
        there = now + held.session.ahead
        shade: Shade = "bad" if soon(one.until, there) else ""
        link = goals.add(f"restore {one.snapshot}", Goal(place))
        items.append(Entry(link, one.space, note=countdown(one.until, there), note_shade=shade, is_id=True))
    items += _troubles(restores)
    words, shade = _standing_of_all((spaces_of(held, spaces).held_names, *restores), now)
    if not found and words.startswith("read"):
        words = f"none within a week, {words}"
    return Section(title, words, shade, tuple(items))


def stuck(held: Snapshots, own: Sequence[Job], goals: Goals, now: datetime) -> Section:
    """Those that need somebody, each with the reason."""
    rows = value_of(held.listed) or ()
    found = overview.stuck_among(rows, held, own, now)
    words, shade = _brief(held.listed, now)
    items: list[Item] = []
    for one in found[:FEW]:
        looks = snapshot_looks(one.status, stuck=True)
        goal = Goal(SNAPSHOTS.child("snapshot", snapshot=one.snapshot))
        link = goals.add(f"stuck {one.snapshot}", goal)
        items += [Entry(link, one.space, looks.text, looks.shade, is_id=True), Detail(one.reason)]
    if found:
        every = goals.add("stuck", Goal(SNAPSHOTS, Lens(only=STUCK)))
        items.append(Entry(every, f"all {len(found):,} that are stuck" if found[1:] else "in the list of snapshots"))
        return Section("stuck snapshots", words, shade, tuple(items))
    return Section("stuck snapshots", f"none, {words}" if words.startswith("read") else words, shade)


def by_status(held: Snapshots, goals: Goals, now: datetime) -> Section:
    """Every snapshot of the account, by the server's own words."""
    rows = value_of(held.listed)
    words, shade = _brief(held.listed, now)
    if rows is None:
        return Section("snapshots", words, shade, _trouble(held.listed), aside=True)
    counted = Counter(overview.statuses(rows, held).values()).most_common()
    if not rows:
        return Section("snapshots", f"none for this login, {words}", shade, aside=True)
    looks = [(status, snapshot_looks(status), number) for status, number in counted]
    items: list[Item] = [Split(tuple(Share(one.word, one.shade, number) for _, one, number in looks))]
    for status, one, number in looks:
        link = goals.add(f"status {status}", Goal(SNAPSHOTS, Lens(only=status)))
        items.append(Entry(link, one.word, one.glyph, one.shade, f"{number:,}"))
    every = goals.add("snapshots", Goal(SNAPSHOTS, Lens()))
    items.append(Entry(every, "all", figure=f"{len(rows):,}"))
    return Section("snapshots", words, shade, (*items, *_trouble(held.listed)), aside=True)


# Spaces


def streaming(spaces: Spaces, goals: Goals, now: datetime) -> Section:
    """How many spaces stream in each way, as far as they were read."""
    names = value_of(spaces.held_names)
    if names is None:
        words, shade = _brief(spaces.held_names, now)
        return Section("streaming", words, shade, _trouble(spaces.held_names), aside=True)
    counted = overview.streams(names, spaces.held)
    words, shade = _standing_of_all([spaces.held_names, *map(spaces.held, names)], now)
    if counted.read < counted.spaces:
        words = f"{counted.read:,} of {counted.spaces:,} spaces read"
    order = sorted(counted.kinds, key=lambda kind: (kind in NOT_STREAMS, kind == "RTMP", kind))
    items: list[Item] = []
    for kind in order:
        screen = "spaces" if kind in NOT_STREAMS else "streaming"
        link = goals.add(f"kind {kind}", Goal(Place(screen), Lens(only=kind)))
        mark = KIND_MARKS.get(kind, "shown")
        items.append(
            Entry(link, KIND_WORDS.get(kind, kind), glyph(mark), MARKS[mark].shade, f"{counted.kinds[kind]:,}")
        )
    every = goals.add("spaces", Goal(Place("spaces"), Lens()))
    items.append(Entry(every, "all spaces", figure=f"{len(names):,}"))
    return Section("streaming", words, shade, (*items, *_trouble(spaces.held_names)), aside=True)


def storage(history: Resource[tuple[Sample, ...]], day: date | None, now: datetime) -> Section:
    """How much the store held over two years; a day of it is read below."""
    samples = value_of(history)
    words, shade = _brief(history, now)
    if not samples:
        if isinstance(history, Ready):
            words = "no night was counted"
        return Section("storage", words, shade, _trouble(history), aside=True)
    read = sample_of(samples, day)
    top = short_size(max(sample.bytes for sample in samples))
    chart = Chart(tuple(Point(sample.day, sample.bytes) for sample in samples), read.day, top)
    reading = Entry(DAY, f"{read.day}", figure=short_size(read.bytes), note=f"{read.items:,} items")
    days = f"{key('day_before')}, {key('day_after')} a day; {key('month_before')}, {key('month_after')} a month"
    hint = Words(f"{days}; {key('go_to_day')} a date", "dim")
    return Section("storage", words, shade, (chart, reading, hint, *_trouble(history)), aside=True)


def samples_of(services: Services | None) -> tuple[Sample, ...]:
    """The days that are held of the store, oldest first."""
    return (value_of(services.reports.history) or ()) if services else ()


def sample_of(samples: Sequence[Sample], day: date | None) -> Sample:
    """The one of that day, or the newest one before; the newest of all without a day."""
    if day is None:
        return samples[-1]
    return next((sample for sample in reversed(samples) if sample.day <= day), samples[0])


def day_blocks(night: Resource[Night], now: datetime) -> tuple[Block, ...]:
    """What each space held on a day, the largest first."""
    found = value_of(night)
    if found is None:
        return (Words(*standing(night, now)),)
    if not found.spaces:
        return (Words("No space was counted on that day."),)
    spaces = sorted(found.spaces.items(), key=lambda pair: pair[1].bytes, reverse=True)
    words = "What is deleted by now counts in the sum of the store, and is not listed."
    return (
        *(Fact(name, f"{short_size(one.bytes):>9}  {one.items:>12,} items") for name, one in spaces),
        Words(f"{len(spaces):,} spaces. {words}", "dim"),
    )


# What happened here


def failures(found: Sequence[Failure], goals: Goals, now: datetime) -> Section | None:
    """The last ones; nothing when nothing failed."""
    items = tuple(_failure(one, goals, now) for one in found[:LAST])
    return Section("last failures", items=items) if items else None


def _failure(one: Failure, goals: Goals, now: datetime) -> Entry:
    if one.job:
        link = goals.add(f"refused {one.job.id}", Goal(Place("job", parent=Place("jobs"), job=one.job.id)))
        return Entry(link, subject(one.job), badge("rejected"), "bad", note=_when(one, one.job.words, now), is_id=True)
    assert one.request  # noqa: S101 (one of the two is there)
    link = goals.add(f"request {one.number}", Goal(Place("requests"), Lens(cursor=str(one.number))))
    state, word = ended(one.request)
    mark, shade = badge(state, word), MARKS[state].shade
    label = f"{one.request.method} {one.request.path.partition('?')[0]}"
    return Entry(link, label, mark, shade, note=_when(one, one.request.words, now), is_id=True)


def _when(one: Failure, words: str, now: datetime) -> str:
    return f"{ago(one.at, now)}: {words}" if words else ago(one.at, now)


def recent(visits: Iterable[Visit], store: str | None, here: Place, goals: Goals, now: datetime) -> Section | None:
    """Where one was, the newest first."""
    items: list[Item] = []
    for visit in visits:
        if visit.place == here or len(items) == FEW:
            continue
        elsewhere = visit.store if visit.store != store else None
        words = " › ".join(crumb(place) for place in visit.place.trail()) + _looked_at(visit)
        where = f"store {elsewhere}, " if elsewhere else ""
        link = goals.add(f"visit {len(items)}", Goal(visit.place, visit.lens, elsewhere))
        items.append(Entry(link, words, note=f"{where}{ago(visit.at, now)}", is_id=True))
    return Section("recent places", items=tuple(items)) if items else None


def _looked_at(visit: Visit) -> str:
    """The filter that comes back with the place, as its second line says it."""
    status = visit.lens.only or ""
    word = snapshot_looks(status).word if status and visit.place.screen == "snapshots" else status
    kept = " ".join(filter(None, (word, visit.lens.filter)))
    return f"  / {kept}" if kept else ""


# Other accounts


class AccountView(NamedTuple):
    """Another login: what is known of it, and its unresolved jobs, which lie on this machine."""

    name: str
    environment: str
    figures: Resource[Figures]
    unresolved: int


def accounts(views: Sequence[AccountView], without_password: int, goals: Goals, now: datetime) -> Section | None:
    """A line each; it leads to that account's Home, which has what it counts."""
    items: list[Item] = []
    for view in views:
        link = goals.add(f"account {view.name}", Goal(Place("home"), profile=view.name))
        words, shade = _account_words(view, now)
        items.append(Entry(link, view.name, view.environment, "strong", note=words, note_shade=shade, is_id=True))
    if without_password:
        many = f"{without_password:,} more profiles have" if without_password > 1 else "1 more profile has"
        items.append(Words(f"{many} no password at hand: {key('profiles')} asks for it.", "dim"))
    return Section("other accounts", items=tuple(items)) if items else None


def _account_words(view: AccountView, now: datetime) -> tuple[str, Shade]:
    counts = [f"{view.unresolved:,} unresolved jobs" if view.unresolved != 1 else "1 unresolved job"]
    counts = counts if view.unresolved else []
    match view.figures:
        case Failed(error, _) | NotAllowed(error, _) | Stale(_, _, error) if error:
            return ", ".join((*counts, f"{badge('failed', error.reason)}")), "bad"
        case Ready(figures, at) | Stale(figures, at, _):
            if figures.stuck:
                counts.append(f"{figures.stuck:,} stuck")
            if figures.expiring:
                counts.append(f"{figures.expiring:,} expiring")
            shade: Shade = "warn" if counts else "dim"
            nothing = "no snapshots there" if figures.stuck is None else "nothing waits"
            return f"{', '.join(counts) or nothing}, read {ago(at, now)}", shade
    return ", ".join((*counts, standing(view.figures, now)[0])), "dim"


# How we stand


def _standing_of_all(held: Iterable[Resource[Any]], now: datetime) -> tuple[str, Shade]:
    """How old the oldest of them is, and what is still missing."""
    each = tuple(held)
    if any(isinstance(one, Empty | Loading) for one in each):
        known = sum(not isinstance(one, Empty | Loading) for one in each)
        return (f"reading… {known:,} of {len(each):,}" if known else "not read yet"), "dim"
    times = [one.at for one in each if isinstance(one, Ready | Stale)]
    return (f"read {ago(min(times), now)}" if times else ""), "dim"


def _brief(held: Resource[Any], now: datetime) -> tuple[str, Shade]:
    """A word beside the title; the sentence stands below."""
    match held:
        case Failed(ReadCancelled()):
            return standing(held, now)
        case NotAllowed():
            return badge("forbidden", "needs admin"), "bad"
        case Failed():
            return badge("failed"), "bad"
        case Stale(_, at, error) if error:
            return f"{badge('overdue', 'old')}, read {ago(at, now)}", "warn"
    return standing(held, now)


def _trouble(held: Resource[Any]) -> tuple[Words, ...]:
    """Cause and next step of what went wrong."""
    match held:
        case Failed(ReadCancelled()):
            return ()
        case NotAllowed(error, _) | Failed(error, _):
            return (Words(sentence(error), "dim"),)
        case Stale(_, _, error) if error:
            return (Words(sentence(error), "dim"),)
    return ()


def _troubles(held: Sequence[Resource[Any]]) -> Iterator[Words]:
    """How many could not be read, and why the first one could not."""
    failed = [one for one in held if isinstance(one, NotAllowed | Failed)]
    wrong = [one for one in failed if not isinstance(one.error, ReadCancelled)]
    if wrong:
        yield Words(f"{len(wrong):,} of {len(held):,} could not be read: {sentence(wrong[0].error)}", "bad")
