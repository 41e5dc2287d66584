"""Processes that die at the worst moment, and those that come after: nothing is lost, nothing is sent twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.order import Excluded, Order
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import HOST, Edge, Process, Server, enabled, order

MINUTE = 60
HOUR = 60 * MINUTE


class Stuck(Server):
    """Takes writes, and answers them when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()
        self.taken = asyncio.Event()

    async def write(self, *asked: object) -> TaskReply:
        reply = await super().write(*asked)  # type: ignore[arg-type]
        self.taken.set()
        await self.let.wait()
        return reply


@pytest.fixture
def server() -> Stuck:
    return Stuck()


async def killed_while_sending(jobs: Process, server: Stuck, asked: Order) -> Job:
    """The journal row, after its process died with the request on its way."""
    sending = asyncio.ensure_future(jobs.submit(asked))
    await server.taken.wait()
    job = jobs.board.entries()[0].job
    jobs.die()
    sending.cancel()
    return job


async def test_the_row_is_in_the_journal_before_the_request_goes_out(start: Start, server: Stuck) -> None:
    seen: list[JobState] = []
    other = start()
    server.before_answer = lambda: seen.extend(entry.job.state for entry in other.journal.all())
    server.let.set()
    await start().submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    assert seen == [JobState.SENT]


async def test_a_write_of_a_living_process_is_left_alone(start: Start, server: Stuck) -> None:
    first, second = start(), start()
    sending = asyncio.ensure_future(first.submit(order(JobKind.ENABLE, streaming_type="OPEN")))
    await server.taken.wait()
    await second.follow(MINUTE)
    assert second.board.entries()[0].job.state is JobState.SENT
    server.answers = [enabled()]
    server.let.set()
    assert (await sending).state is JobState.ACCEPTED
    await second.round()
    assert second.board.entries()[0].job.state is not JobState.SENT


async def test_an_enable_of_a_dead_process_is_settled_by_looking(start: Start, server: Stuck, edge: Edge) -> None:
    server.before_answer = lambda: server.streams("OPEN")
    job = await killed_while_sending(start(), server, order(JobKind.ENABLE, streaming_type="OPEN"))
    heir = start()
    await heir.round()
    assert heir.job(job).state is JobState.NO_REPLY
    edge.answers = True
    await heir.follow(MINUTE)
    assert heir.job(job).state is JobState.CONFIRMED
    assert len(server.writes) == 1


async def test_a_delete_of_a_dead_process_still_excludes_an_enable(start: Start, server: Stuck) -> None:
    await killed_while_sending(start(), server, order(JobKind.DELETE, host=HOST, was="OPEN"))
    with pytest.raises(Excluded):
        await start().submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert len(server.writes) == 1


async def test_a_try_of_a_dead_switch_is_checked_before_the_next_one(start: Start, server: Stuck, edge: Edge) -> None:
    jobs = start()
    server.let.set()
    job = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    server.let.clear()
    server.taken.clear()
    server.before_answer = lambda: server.streams("SECURE")
    jobs.clock.advance(5)
    jobs.runner.round()
    await server.taken.wait()
    jobs.die()
    heir = start()
    edge.answers = True
    await heir.follow(MINUTE)
    assert heir.job(job).state is JobState.CONFIRMED
    assert [name for name, _ in server.writes] == ["delete-hls", "enable-hls"]


async def test_nothing_goes_on_with_the_run_of_a_dead_process_until_the_person_continues_it(
    start: Start, server: Stuck
) -> None:
    asked = order(JobKind.POLICY, spaces=("aaa", "bbb", "ccc"))
    job = await killed_while_sending(start(), server, asked)
    server.let.set()
    heir = start()
    await heir.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await heir.follow(HOUR)
    left = heir.job(job)
    assert [part.state for part in left.parts] == [JobState.NO_REPLY, JobState.PAUSED, JobState.PAUSED]
    assert (left.state, left.unsent) == (JobState.PAUSED, 2)
    assert [name for name, _ in server.writes].count("set-storage-policy") == 1
    done = await heir.runner.continue_run(job.id)
    assert [part.state for part in done.parts] == [JobState.NO_REPLY, JobState.UNVERIFIED, JobState.UNVERIFIED]
    assert (done.state, done.open) == (JobState.NO_REPLY, True)
    assert [values["spaceId"] for name, values in server.writes if name == "set-storage-policy"] == [
        "aaa",
        "bbb",
        "ccc",
    ]


async def test_only_the_login_that_sent_a_run_continues_it(start: Start, server: Stuck) -> None:
    job = await killed_while_sending(start(), server, order(JobKind.POLICY, spaces=("aaa", "bbb")))
    server.let.set()
    other = start(user="admin")
    await other.round()
    with pytest.raises(BadInput, match="sent by root"):
        await other.runner.continue_run(job.id)
    reader = start()
    reader.read_only = True
    with pytest.raises(BadInput, match="read-only"):
        await reader.runner.continue_run(job.id)
    assert reader.runner.why_not_continue(reader.board.entry(job.id)) == "lakeshore is read-only here."
    nobody = start()
    nobody.endpoint = None
    with pytest.raises(BadInput, match="login"):
        await nobody.runner.continue_run(job.id)
    assert len(server.writes) == 1


async def test_a_run_of_an_earlier_version_has_no_user_and_is_not_continued(start: Start, server: Stuck) -> None:
    job = await killed_while_sending(start(), server, order(JobKind.POLICY, spaces=("aaa", "bbb")))
    heir = start()
    await heir.round()
    entry = heir.board.entry(job.id)
    heir.board.move(entry, replace(entry, user=""))
    with pytest.raises(BadInput, match="earlier version"):
        await heir.runner.continue_run(job.id)
    assert len(server.writes) == 1


async def test_a_run_that_is_continued_twice_is_sent_once(start: Start, server: Stuck) -> None:
    job = await killed_while_sending(start(), server, order(JobKind.POLICY, spaces=("aaa", "bbb")))
    server.let.set()
    first, second = start(), start()
    await first.round()
    ends = await asyncio.gather(*(each.runner.continue_run(job.id) for each in (first, second)), return_exceptions=True)
    assert sum(isinstance(end, BadInput) for end in ends) == 1
    assert [values["spaceId"] for _, values in server.writes] == ["aaa", "bbb"]


async def test_a_continued_run_takes_its_spaces_again_and_gives_way_to_a_run_that_has_one(
    start: Start, server: Stuck
) -> None:
    job = await killed_while_sending(start(), server, order(JobKind.POLICY, spaces=("aaa", "bbb")))
    heir = start()
    await heir.round()
    server.taken.clear()
    sending = asyncio.ensure_future(start().submit(order(JobKind.POLICY, space="bbb", spaces=("bbb",))))
    await server.taken.wait()
    with pytest.raises(Excluded):
        await heir.runner.continue_run(job.id)
    server.let.set()
    await sending
    assert (await heir.runner.continue_run(job.id)).unsent == 0


async def test_a_switch_is_continued_by_the_next_program_of_its_login_that_may(start: Start, server: Stuck) -> None:
    server.let.set()
    first = start()
    job = await first.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    first.die()
    server.answers = [enabled()]
    command, other = start(continues=False), start(user="admin")
    for each in (command, other):
        await each.follow(MINUTE)
    assert len(server.writes) == 1
    heir = start()
    await heir.follow(MINUTE)
    assert [name for name, _ in server.writes] == ["delete-hls", "enable-hls"]
    assert [look.result for look in heir.job(job).evidence if look.step == "continued"]


async def test_a_switch_is_paused_once_its_maximum_time_since_the_confirmation_is_over(
    start: Start, server: Stuck
) -> None:
    server.let.set()
    first = start()
    job = await first.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    first.die()
    heir = start(user="admin")
    heir.clock.advance(46 * MINUTE)
    await heir.round()
    assert heir.job(job).state is JobState.PAUSED
    same = start()
    await same.follow(MINUTE)
    assert len(server.writes) == 1
    server.answers = [enabled()]
    assert (await same.runner.continue_run(job.id)).state is JobState.ACCEPTED


async def test_a_caller_that_is_cancelled_cancels_nothing(start: Start, server: Stuck) -> None:
    jobs = start()
    sending = asyncio.ensure_future(jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN")))
    await server.taken.wait()
    sending.cancel()
    await asyncio.wait([sending])
    server.let.set()
    await jobs.runner.idle()
    assert jobs.board.entries()[0].job.state is JobState.ACCEPTED


async def test_one_process_follows_and_the_next_takes_over_when_it_dies(
    start: Start, server: Stuck, edge: Edge
) -> None:
    server.answers = [enabled()]
    server.let.set()
    first, second = start(), start()
    await first.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    first.clock.advance(5)
    await first.round()
    await second.round()
    assert len(edge.asked) == 1
    first.die()
    await second.follow(1)
    assert len(edge.asked) == 2


async def test_a_process_that_cannot_ask_the_server_leaves_the_following_to_one_that_can(
    start: Start, server: Stuck, edge: Edge
) -> None:
    server.answers = [enabled()]
    server.let.set()
    first, second = start(), start()
    await first.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await first.round()
    first.endpoint = None
    first.clock.advance(5)
    await first.round()
    await second.round()
    assert len(edge.asked) == 1


async def test_every_process_sees_what_the_others_do(start: Start, server: Stuck) -> None:
    server.let.set()
    first, second = start(), start()
    told: list[Job] = []
    second.board.subscribe(told.append)
    job = await first.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await second.round()
    assert told[0].state is JobState.ACCEPTED
    assert told[0].id == job.id


async def test_two_processes_that_ask_for_the_same_at_once_send_one_request(start: Start, server: Stuck) -> None:
    first, second = start(), start()
    asked = order(JobKind.DELETE, host=HOST, was="OPEN")
    sending = asyncio.ensure_future(first.submit(asked))
    await server.taken.wait()
    with pytest.raises(Excluded):
        await second.submit(asked)
    server.let.set()
    await sending
    assert len(server.writes) == 1


async def test_the_sentence_about_a_run_in_the_way_names_the_space_that_both_want(start: Start, server: Stuck) -> None:
    sending = asyncio.ensure_future(start().submit(order(JobKind.POLICY, spaces=("aaa", "bbb"))))
    await server.taken.wait()
    with pytest.raises(Excluded, match="policy of bbb is unfinished") as refused:
        await start().submit(order(JobKind.POLICY, space="bbb", spaces=("bbb", "ccc")))
    assert refused.value.job.target == "bbb"
    server.let.set()
    await sending


async def test_stopping_lets_what_was_sent_be_answered(start: Start, server: Stuck) -> None:
    jobs = start()
    sending = asyncio.ensure_future(jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN")))
    await server.taken.wait()
    stopping = asyncio.ensure_future(jobs.runner.stop())
    server.let.set()
    await stopping
    assert (await sending).state is JobState.ACCEPTED


async def test_stopping_in_the_middle_of_a_run_pauses_the_rest(start: Start, server: Stuck) -> None:
    jobs = start()
    sending = asyncio.ensure_future(jobs.submit(order(JobKind.POLICY, spaces=("aaa", "bbb", "ccc"))))
    await server.taken.wait()
    stopping = asyncio.ensure_future(jobs.runner.stop())
    server.let.set()
    await stopping
    job = await sending
    assert [part.state for part in job.parts] == [JobState.UNVERIFIED, JobState.PAUSED, JobState.PAUSED]
    heir = start()
    await heir.follow(MINUTE)
    assert heir.job(job).state is JobState.PAUSED
    assert [values["spaceId"] for _, values in server.writes] == ["aaa"]


async def test_a_run_that_is_halted_is_paused(start: Start, server: Stuck) -> None:
    jobs = start()
    sending = asyncio.ensure_future(jobs.submit(order(JobKind.POLICY, spaces=("aaa", "bbb", "ccc"))))
    await server.taken.wait()
    jobs.runner.halt(jobs.board.entries()[0].job.id)
    server.let.set()
    job = await sending
    assert [part.state for part in job.parts] == [JobState.UNVERIFIED, JobState.PAUSED, JobState.PAUSED]
    assert job.state is JobState.PAUSED
    assert "1 set, 2 not sent, of 3" in job.words
    jobs.die()
    await start().follow(MINUTE)
    assert len(server.writes) == 1


async def test_who_may_only_look_sends_nothing_and_stands_in_nobodys_way(start: Start, server: Stuck) -> None:
    run = await killed_while_sending(start(), server, order(JobKind.POLICY, spaces=("aaa", "bbb")))
    server.let.set()
    reader = start()
    switch = await reader.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    reader.read_only = True
    sent = len(server.writes)
    await reader.follow(MINUTE)
    with pytest.raises(BadInput, match="read-only"):
        await reader.submit(order(JobKind.RETRIEVAL))
    assert len(server.writes) == sent
    assert reader.job(run).state is JobState.PAUSED
    writer = start()
    await writer.follow(MINUTE)
    assert writer.job(switch).attempts


async def test_a_job_that_is_forgotten_while_it_is_looked_at_stays_forgotten(start: Start, server: Stuck) -> None:
    server.let.set()
    first, second = start(), start()
    job = await first.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    before = first.board.entry(job.id)
    second.board.forget(job.id, lambda _: None)
    first.runner._move(before, replace(before, phase_at=before.phase_at + timedelta(seconds=1)))
    assert not first.board.entries()
    await first.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))


async def test_a_journal_of_a_newer_release_is_refused_and_left_alone(start: Start) -> None:
    jobs = start()
    jobs.rows.execute("PRAGMA user_version = 99")
    later = start()
    with pytest.raises(BadInput, match="newer version"):
        await later.submit(order(JobKind.DELETE))
    assert jobs.rows.execute("PRAGMA user_version").fetchone() == (99,)
