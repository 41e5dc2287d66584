"""Toward less exposure: disable and delete are never locked out by an enable, or a switch to OPEN (design §5)."""

import asyncio

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import NoReply
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs.order import Excluded
from tests.services.jobs.conftest import Start
from tests.services.jobs.test_dying import Stuck, killed_while_sending
from tests.services.jobs.world import HOST, Process, Server, enabled, order

MINUTE = 60
LESS = pytest.mark.parametrize("kind", [JobKind.DISABLE, JobKind.DELETE])
FAMILIES = pytest.mark.parametrize("family", ["HLS", "RTMP"])


@pytest.fixture
def server() -> Stuck:
    stuck = Stuck()
    stuck.let.set()
    return stuck


@LESS
@FAMILIES
async def test_disable_and_delete_supersede_an_unfinished_enable(
    jobs: Process, server: Server, kind: JobKind, family: str
) -> None:
    server.answers = [enabled(), TaskReply("done")]
    enable = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN", family=family))
    job = await jobs.submit(order(kind, host=HOST, was="OPEN", family=family))
    assert job.state is JobState.ACCEPTED
    ended = jobs.job(enable)
    assert (ended.state, ended.excludes) == (JobState.SUPERSEDED, False)
    assert ended.words == f"Superseded by {kind} of dance-archive (job {job.id})."
    with pytest.raises(Excluded):
        await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN", family=family))


@LESS
async def test_a_superseded_switch_never_sends_its_enable(jobs: Process, server: Server, kind: JobKind) -> None:
    switch = await jobs.submit(order(JobKind.SWITCH, streaming_type="OPEN", host=HOST, was="SECURE"))
    await jobs.submit(order(kind))
    await jobs.follow(60 * MINUTE)
    assert jobs.job(switch).state is JobState.SUPERSEDED
    assert "The enable of the switch is not sent." in jobs.job(switch).words
    assert "enable-hls" not in [name for name, _ in server.writes]


@LESS
async def test_a_switch_to_secure_is_not_superseded_and_the_refusal_names_the_way_out(
    jobs: Process, kind: JobKind
) -> None:
    switch = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    with pytest.raises(Excluded, match=f"jobs forget {switch.id}"):
        await jobs.submit(order(kind, host=HOST, was="OPEN"))


async def test_the_enable_of_a_switch_to_secure_is_superseded_once_it_was_accepted(
    jobs: Process, server: Server
) -> None:
    server.answers = [TaskReply("deleted"), enabled(), TaskReply("done")]
    switch = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    await jobs.follow(10)
    await jobs.submit(order(JobKind.DISABLE, host=HOST, was="SECURE"))
    assert jobs.job(switch).state is JobState.SUPERSEDED


async def test_an_enable_without_a_reply_is_superseded_too(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", None, "cut"), TaskReply("done")]
    enable = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    assert jobs.job(enable).state is JobState.SUPERSEDED


async def test_an_enable_whose_sender_died_is_superseded_at_once(start: Start, server: Stuck) -> None:
    server.let.clear()
    enable = await killed_while_sending(start(), server, order(JobKind.ENABLE, streaming_type="OPEN"))
    server.let.set()
    heir = start()
    job = await heir.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    assert heir.job(enable).state is JobState.SUPERSEDED
    assert job.state is JobState.ACCEPTED


@pytest.mark.parametrize("same", [True, False], ids=["this process", "another process"])
async def test_while_a_living_process_waits_for_the_answer_to_the_enable_the_delete_waits_for_it_first(
    start: Start, server: Stuck, same: bool
) -> None:
    server.let.clear()
    server.answers = [enabled(), TaskReply("done")]
    first = start()
    second = first if same else start()
    enabling = asyncio.ensure_future(first.submit(order(JobKind.ENABLE, streaming_type="OPEN")))
    await server.taken.wait()
    deleting = asyncio.ensure_future(second.submit(order(JobKind.DELETE, host=HOST, was="OPEN")))
    for _ in range(50):
        await asyncio.wait({deleting}, timeout=0)
    assert [name for name, _ in server.writes] == ["enable-hls"]
    assert not deleting.done()
    server.let.set()
    enable, delete = await asyncio.gather(enabling, deleting)
    assert (enable.state, delete.state) == (JobState.ACCEPTED, JobState.ACCEPTED)
    assert second.job(enable).state is JobState.SUPERSEDED
    assert [name for name, _ in server.writes] == ["enable-hls", "delete-hls"]


async def test_nothing_but_disable_and_delete_supersedes(jobs: Process, server: Server) -> None:
    server.answers = [enabled()]
    enable = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    for kind, to in ((JobKind.ENABLE, "OPEN"), (JobKind.SWITCH, "SECURE")):
        with pytest.raises(Excluded, match=enable.id):
            await jobs.submit(order(kind, streaming_type=to, host=HOST, was="OPEN"))
    assert len(server.writes) == 1
