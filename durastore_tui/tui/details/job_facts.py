"""What lists, the drawer and the page say of a job: the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.core.errors import Conflict, Forbidden, Missing, NoAccess, NoReply, Unauthorized, is_unsent
from durastore_tui.core.glyphs import MARKS, Shade, badge, glyph
from durastore_tui.core.job_summary import describe_change, format_elapsed, subject, word_for_parts
from durastore_tui.core.jobs import ENDED, Evidence, Job, JobState, Part, status_changes
from durastore_tui.core.urls import task_path
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.requests import writes
from durastore_tui.tui.actions import keyed
from durastore_tui.tui.widgets.evidence_list import evidence_blocks
from durastore_tui.tui.widgets.facts import Block, Fact, Gap, Heading, Hint, Words
from durastore_tui.tui.wording import ago, on_clock

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order

RUNNING, OVERDUE, UNKNOWN, PAUSED, DONE = "running", "overdue", "unknown", "paused", "done"
GROUPS = {
    JobState.SENT: RUNNING,
    JobState.ACCEPTED: RUNNING,
    JobState.IN_PROGRESS: RUNNING,
    JobState.OVERDUE: OVERDUE,
    JobState.UNKNOWN: UNKNOWN,
    JobState.NO_REPLY: UNKNOWN,
    JobState.PAUSED: PAUSED,
    **dict.fromkeys(ENDED, DONE),
}
ORDER = (PAUSED, RUNNING, OVERDUE, UNKNOWN, DONE)
NEWS = {*ENDED, JobState.OVERDUE, JobState.UNKNOWN, JobState.NO_REPLY, JobState.PAUSED}
ADVICE = {
    JobState.SENT: "Wait for the reply. The request is never sent twice.",
    JobState.ACCEPTED: "Wait. The job is tracked now, and again at the next start.",
    JobState.IN_PROGRESS: "Wait. The job is tracked now, and again at the next start.",
    JobState.OVERDUE: "It may still succeed. Sending it again does not make it faster.",
    JobState.UNKNOWN: "Check the result yourself. {forget} stops tracking. Then you can send another change.",
    JobState.NO_REPLY: "Wait for the check. If you know the outcome yourself, {forget} stops tracking.",
    JobState.REJECTED: "Read the message. Nothing is in progress, so you can send it again.",
    JobState.PAUSED: "{continue_run} sends the rest, {abandon} drops it. Nothing is sent until you decide.",
    JobState.CONFIRMED: "Nothing to do.",
    JobState.UNVERIFIED: "Nothing to do. No check can show the result.",
    JobState.SUPERSEDED: "Nothing to do. Open the job that superseded it.",
    JobState.ABANDONED: "Nothing to do. You can send the unsent parts as a new change.",
}
NEXT_STEPS = {error.__name__: error.next_step for error in (Unauthorized, Forbidden, NoAccess, Missing, Conflict)}
DEAD_LINKS = "Links to the old host end with it: {dead_links} saves their list."


def group(job: Job) -> str:
    """The group of a job in lists: paused, running, overdue, unknown or done."""
    return GROUPS[job.state]


def in_order(jobs: Iterable[Job]) -> list[Job]:
    """By group, the newest of each first; `jobs` are newest first."""
    return sorted(jobs, key=lambda job: ORDER.index(group(job)))


def alike(job: Job) -> str:
    """The common end of many jobs, which share one notification: "retrievals in masters-audio confirmed"."""
    many = KINDS[job.kind].many
    return f"{many} in {job.space} {job.state.word}" if many else ""


def news_of(before: Job | None, job: Job) -> str | None:
    """What to say at once: how it ended or what is wrong, or that a snapshot or restore went on."""
    if (job.state in NEWS or not job.open) and (before is None or before.state is not job.state):
        return f"{subject(job)}: {job.action} {job.state.word}"
    if before and len(_continuations(job)) > len(_continuations(before)):
        return f"{subject(job)}: this program continues the {job.action} that an ended program began"
    last = status_changes(job)[-1:]
    if before is None or last == status_changes(before)[-1:]:
        return None
    return " ".join(f"{subject(job)}: {old} to {new} at {at.astimezone():%H:%M}" for at, old, new in last) or None


def _continuations(job: Job) -> list[Evidence]:
    return [each for each in job.evidence if each.step == "continued"]


def job_blocks(
    job: Job, order: Order | None, hints: Sequence[Hint], now: datetime, followed: bool
) -> tuple[Block, ...]:
    """Everything of one job; `followed` from here or not."""
    advice = _advice(job, order, followed)
    return (
        Fact("state", badge(job.state), MARKS[job.state].shade),
        Words(job.words),
        *(Fact("what to do" if not number else "", keyed(text)) for number, text in enumerate(advice)),
        Gap(),
        *_facts(job, now),
        *_steps(job, order),
        *_parts(job),
        Heading("EVIDENCE"),
        *evidence_blocks(job.evidence),
        *_requests(order),
        Heading("NEXT"),
        *hints,
    )


def _facts(job: Job, now: datetime) -> Iterator[Block]:
    yield Fact("job", f"{describe_change(job)} ({job.id})")
    if job.target and job.space:
        yield Fact("space", job.space, exact=True)
    yield Fact("server", f"{job.profile}, store {job.store}")
    yield Fact("sent", f"{on_clock(job.since)}, {ago(job.since, now)}")
    yield Fact(
        "last news", f"{on_clock(job.updated)}, after {format_elapsed((job.updated - job.since).total_seconds())}"
    )
    limits = [f"usual {format_elapsed(job.usual)}"] if job.usual else []
    limits += [f"most {format_elapsed(job.most)}"] if job.most else []
    if limits:
        yield Fact("time", ", ".join(limits))
    if job.host:
        yield Fact("host", job.host, exact=True)
    if job.until:
        yield Fact("until", f"about {on_clock(job.until)}")


def _steps(job: Job, order: Order | None) -> Iterator[Block]:
    yield Heading("STEPS")
    steps = _switch_steps(job) if KINDS[job.kind].then else _usual_steps(job, order)
    for state, text in steps:
        shade: Shade = MARKS[state].shade
        yield Words(f"{glyph(state)} {text}", shade)


def _usual_steps(job: Job, order: Order | None) -> Iterator[tuple[str, str]]:
    """Each with the state whose glyph stands before it. Only what DuraCloud accepted is called so."""
    if order and order.watch:
        yield "on", "tracked only: nothing was sent from here"
    elif job.parts:
        yield from _steps_of_run(job)
    else:
        yield from _steps_of_write(job)
    if not job.open:
        yield job.state, job.state.word
    elif job.state in (JobState.SENT, JobState.ACCEPTED, JobState.NO_REPLY):
        yield "off", "not confirmed yet"
    else:
        yield job.state, f"{job.state.word}, not confirmed yet"


def _steps_of_run(job: Job) -> Iterator[tuple[str, str]]:
    sent = [part for part in job.parts if _is_sent(part)]
    accepted = sum(_is_accepted(part) for part in sent)
    yield _ticked(len(sent), job), f"{len(sent):,} of {len(job.parts):,} sent"
    yield _ticked(accepted, job), f"{accepted:,} accepted by DuraCloud"


def _ticked(count: int, job: Job) -> str:
    return "on" if count == len(job.parts) else "off"


def _steps_of_write(job: Job) -> Iterator[tuple[str, str]]:
    if not _is_sent(job):
        yield "rejected", f"{job.action} not sent"
        return
    yield ("sent" if job.state is JobState.SENT else "on"), f"{job.action} sent"
    if job.state is JobState.SENT or _is_accepted(job):
        yield ("off" if job.state is JobState.SENT else "on"), "accepted by DuraCloud"
    elif job.state is JobState.NO_REPLY or job.refusal == NoReply.__name__:
        yield "no_reply", "no reply"
    elif job.state is not JobState.REJECTED:
        yield "unknown", "answered with an error, checked afterwards"


def _is_sent(write: Job | Part) -> bool:
    return write.state not in (None, JobState.PAUSED, JobState.ABANDONED) and not is_unsent(write.refusal)


def _is_accepted(write: Job | Part) -> bool:
    """Whether DuraCloud's answer accepted the write; journals of old releases name no error of a rejection."""
    open_or_failed = (JobState.SENT, JobState.NO_REPLY, JobState.REJECTED)
    return write.refusal is None and write.state not in open_or_failed


def _switch_steps(job: Job) -> Iterator[tuple[str, str]]:
    tried = f", tried {job.attempts} times" if job.attempts > 1 else ", tried once" if job.attempts else ""
    through = job.host is not None
    ended = job.state in (JobState.REJECTED, JobState.NO_REPLY)
    deleting = job.state if job.state is JobState.SENT or (ended and not job.attempts) else "on"
    yield deleting, "delete sent"
    waiting = deleting == "on" and not through
    yield ("on" if through else job.state if waiting else "off"), f"old distribution released{tried}"
    yield ("on" if through else "off"), f"enabled as {job.streaming_type}" + (f" at {job.host}" if through else "")
    yield (job.state if through else "off"), "new host answers"


def _parts(job: Job) -> Iterator[Block]:
    if job.parts:
        yield Heading(word_for_parts(job).upper())
    for part in job.parts:
        if part.state is None:
            yield Fact(part.target, "not sent yet", "dim")
        else:
            yield Fact(part.target, f"{badge(part.state)} {part.words}".rstrip(), MARKS[part.state].shade)


def _requests(order: Order | None) -> Iterator[Block]:
    yield Heading("REQUESTS")
    requests = writes(order) if order else ()
    if not requests:
        yield Words("Nothing is sent: this only watches.", "dim")
    for request in requests:
        body = request.body.decode()
        yield Words(f"POST {task_path(request.task.name)} {body}", "dim", exact=True)


def _advice(job: Job, order: Order | None, followed: bool) -> Iterator[str]:
    if job.open and not followed:
        yield f"This job belongs to {job.profile} and is not tracked now. Connect to that profile to track it."
    if own := KINDS[job.kind].advice.get(job.state):
        yield own
    elif job.state is JobState.REJECTED and job.refusal in NEXT_STEPS:
        yield NEXT_STEPS[job.refusal]
    else:
        yield ADVICE[job.state]
    ended = KINDS[job.kind].breaks_urls and job.state not in (JobState.SENT, JobState.REJECTED)
    if ended and order and order.host:
        yield DEAD_LINKS
