"""Checks of distributions: what was asked, and what its answer is evidence of."""

from durastore_tui.core.jobs import Evidence, JobState, answered
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.server import Line
from durastore_tui.services.prober import CANNOT_CHECK, Probe

NOTHING_ANSWERS = "AWS ended RTMP on 2020-12-31. RTMP hosts do not answer, so a host check shows nothing."
SILENT = "silent"
"""Result of the step `host`: the host does not answer any more. A check that cannot tell has no such step."""
EDGE_STEPS = ("name", "tcp", "tls", "http")


async def check_enable(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Asks the streaming host; of an enable without a reply, the space."""
    if entry.job.state is JobState.NO_REPLY:
        return await _was_it_enabled(entry, line, moment)
    return await _does_the_edge_answer(entry, line, moment)


async def _was_it_enabled(entry: Entry, line: Line, moment: Moment) -> Finding:
    """An enable without an answer shows in the space's properties, unless these were the same before."""
    host, kind, evidence = await _shown(entry, line, moment)
    before = entry.order.host if entry.phase is Phase.EFFECT else None
    if host and host == before:
        return Finding(evidence, detail="The space streams as it did before, from which nothing can be told.")
    if host and kind == entry.order.streaming_type:
        return Finding(evidence, JobState.ACCEPTED, "No reply came, but the space shows it.", host, phase=Phase.EFFECT)
    if entry.phase is Phase.TRY and not host and _over(entry, FAMILIES[str(entry.order.family)].enable, moment):
        return Finding(evidence, JobState.IN_PROGRESS, "The last request had no effect.", phase=Phase.DELETION)
    return Finding(evidence, detail=_no_sign(evidence))


async def _does_the_edge_answer(entry: Entry, line: Line, moment: Moment) -> Finding:
    if not FAMILIES[str(entry.order.family)].answers:
        host, _, evidence = await _shown(entry, line, moment)
        return Finding(evidence, JobState.CONFIRMED if host else None, NOTHING_ANSWERS, host)
    if not entry.job.host:
        host, _, evidence = await _shown(entry, line, moment)
        fresh = host if host != entry.order.host else None
        return Finding(evidence, detail="The server named no streaming host.", host=fresh)
    probe = await line.edge.probe(entry.job.host)
    if probe.answered:
        return Finding(probe.evidence, JobState.CONFIRMED, _said(probe))
    return Finding(probe.evidence, detail=_said(probe), blind=probe.blocked and not _was_reached(entry.job.evidence))


async def check_disable(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Asks the space for its streaming host."""
    host, _, evidence = await _shown(entry, line, moment)
    if host:
        return Finding(evidence, detail=_no_sign(evidence))
    if entry.job.state is JobState.NO_REPLY and not entry.order.host:
        return Finding(evidence, detail="The space showed no host before either, from which nothing can be told.")
    return Finding(evidence, JobState.CONFIRMED)


async def check_delete(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Asks the old streaming host; of a delete without a reply, the space."""
    if entry.job.state is JobState.NO_REPLY:
        return await _was_it_deleted(entry, line, moment)
    host = entry.job.host
    if not FAMILIES[str(entry.order.family)].answers:
        return Finding((), detail=NOTHING_ANSWERS)
    if not host:
        return Finding((), detail="The old host is not known, so the edge can't be asked.")
    probe = await line.edge.probe(host)
    if not probe.silent or not answered(entry.job.evidence):
        return Finding(probe.evidence, detail=_said(probe))
    # A network that is down looks the same: the server must answer, and the host be silent in two checks.
    _, _, evidence = await _shown(entry, line, moment)
    evidence = (*probe.evidence, *evidence, Evidence(probe.at, "host", SILENT))
    if not _was_silent(entry.job.evidence, probe):
        return Finding(evidence, detail="The old host is silent. One more check follows.")
    return Finding(evidence, JobState.CONFIRMED, _said(probe))


async def _was_it_deleted(entry: Entry, line: Line, moment: Moment) -> Finding:
    """A delete without an answer has dropped the properties, unless there were none before."""
    host, _, evidence = await _shown(entry, line, moment)
    if host:
        return Finding(evidence, detail=_no_sign(evidence))
    if entry.order.host:
        return Finding(evidence, JobState.ACCEPTED, "No answer came, but the space shows no streaming host any more.")
    if entry.phase is Phase.DELETION and _over(entry, FAMILIES[str(entry.order.family)].delete, moment):
        return Finding(evidence, JobState.IN_PROGRESS, "The space shows no streaming host.")
    return Finding(evidence, detail="The space showed no host before either, from which nothing can be told.")


async def check_switch(entry: Entry, line: Line, moment: Moment) -> Finding:
    """As the delete until the enable was sent, and as the enable after that."""
    if entry.phase is Phase.DELETION:
        return await _was_it_deleted(entry, line, moment)
    return await check_enable(entry, line, moment)


async def _shown(entry: Entry, line: Line, moment: Moment) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    properties = await line.server.space(entry.job.store, entry.job.space)
    host, kind = FAMILIES[str(entry.order.family)].shown(properties)
    result = f"shows {kind or 'a type that is not told'} at {host}" if host else "shows no streaming host"
    return host, kind, (Evidence(moment.now, "space", result),)


def _over(entry: Entry, task: Task, moment: Moment) -> bool:
    """Whether the server can't be at work any more on a write that was never answered."""
    return moment.since(entry.sent_at) >= task.answers_within


def _was_reached(evidence: tuple[Evidence, ...]) -> bool:
    """Whether this machine ever came through to the streaming host, deployed or not."""
    return any(each.step in ("tls", "http") and not each.result.startswith(CANNOT_CHECK) for each in evidence)


def _was_silent(evidence: tuple[Evidence, ...], probe: Probe) -> bool:
    """Whether the host check before this one found the host silent. One that could not judge proves nothing."""
    checks = [each for each in evidence if each.step in (*EDGE_STEPS, "host") and each.at != probe.at]
    return bool(checks) and checks[-1].result == SILENT


def _said(probe: Probe) -> str:
    last = probe.evidence[-1]
    return f"{last.step.upper() if last.step != 'name' else 'Name'}: {last.result}."


def _no_sign(evidence: tuple[Evidence, ...]) -> str:
    return f"The space {evidence[-1].result}: no sign of it so far."
