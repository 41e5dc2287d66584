"""The fault matrix: each write and each way in which it can fail to be answered well, and what is then claimed."""

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import (
    Conflict,
    DuraStoreError,
    Forbidden,
    Malformed,
    NoReply,
    Rejected,
    Unauthorized,
    Unreachable,
)
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.policies import failures
from tests.services.jobs.world import HOST, SNAPSHOT, Edge, Process, Server, enabled, order

MINUTE = 60
ORDERS = {
    "enable": order(JobKind.ENABLE, streaming_type="SECURE"),
    "disable": order(JobKind.DISABLE, host=HOST, was="OPEN"),
    "delete": order(JobKind.DELETE, host=HOST, was="OPEN"),
    "switch": order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"),
    "policy": order(JobKind.POLICY),
    "thaw": order(JobKind.RETRIEVAL),
    "rtmp": order(JobKind.DISABLE, family="RTMP", host=HOST, was="OPEN"),
    "create": order(JobKind.SNAPSHOT),
    "restart": order(JobKind.SNAPSHOT, target=SNAPSHOT, was="FAILED_TO_TRANSFER_FROM_DURACLOUD"),
    "restore": order(JobKind.RESTORE),
}
WRITES = pytest.mark.parametrize("write", ORDERS.values(), ids=ORDERS)
SAID = "the server's own words"


@WRITES
@pytest.mark.parametrize(("error", "status"), [(Rejected, 400), (Rejected, 500), (Forbidden, 403), (Unauthorized, 401)])
async def test_a_refused_write_is_over_with_the_servers_words_and_never_sent_again(
    jobs: Process, server: Server, write: Order, error: type[DuraStoreError], status: int
) -> None:
    server.answers = [error("POST", status, SAID)]
    job = await jobs.submit(write)
    assert (job.state, job.refusal, job.status) == (JobState.REJECTED, error.__name__, status)
    assert SAID in job.words
    await jobs.follow(2 * MINUTE)
    assert len(server.writes) == 1


@WRITES
async def test_a_write_that_never_went_out_says_so(jobs: Process, server: Server, write: Order) -> None:
    server.answers = [Unreachable("POST", None, "connection refused")]
    job = await jobs.submit(write)
    assert job.state is JobState.REJECTED
    assert job.words.endswith("connection refused")
    await jobs.follow(2 * MINUTE)
    assert len(server.writes) == 1


UNANSWERED = pytest.mark.parametrize(
    "error",
    [
        NoReply("POST", None, "the line was cut"),
        Malformed("POST", 200, "not JSON"),
        NoReply("POST", 502, "Bad Gateway"),
        NoReply("POST", 500, "HTTP Status 500 (a web page)"),
    ],
    ids=["cut or timed out", "malformed", "502 of a gateway", "500 of a container"],
)


@WRITES
@UNANSWERED
async def test_a_write_without_a_good_answer_is_lost_and_never_sent_again(
    jobs: Process, server: Server, write: Order, error: DuraStoreError
) -> None:
    server.streams("OPEN")
    server.shown |= {"streaming-host": HOST, "streaming-type": "OPEN"}
    server.answers = [error]
    job = await jobs.submit(write)
    assert job.state is JobState.NO_REPLY
    assert "No reply" in job.words
    await jobs.follow(10 * MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    assert len(server.writes) == 1


@UNANSWERED
async def test_a_lost_enable_that_the_space_shows_was_accepted(
    jobs: Process, server: Server, edge: Edge, error: DuraStoreError
) -> None:
    server.answers = [error]
    server.before_answer = lambda: server.streams("SECURE")
    job = await jobs.submit(ORDERS["enable"])
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.ACCEPTED
    edge.answers = True
    await jobs.follow(10)
    assert (jobs.job(job).state, jobs.job(job).host) == (JobState.CONFIRMED, HOST)
    assert len(server.writes) == 1


async def test_a_lost_enable_of_a_space_that_streamed_before_is_not_taken_for_accepted(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.streams("SECURE")
    edge.answers = True
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="SECURE", host=HOST, was="SECURE"))
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    assert "nothing can be told" in jobs.job(job).words


@pytest.mark.parametrize(("name", "then"), [("disable", JobState.CONFIRMED), ("delete", JobState.IN_PROGRESS)])
async def test_a_lost_disable_or_delete_shows_in_the_properties_that_are_gone(
    jobs: Process, server: Server, name: str, then: JobState
) -> None:
    server.streams("OPEN")
    server.before_answer = lambda: server.streams(None)
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(ORDERS[name])
    await jobs.follow(10)
    assert jobs.job(job).state is then
    assert len(server.writes) == 1


async def test_a_lost_delete_of_a_space_that_showed_nothing_before_is_unknown_in_the_end(
    jobs: Process, server: Server
) -> None:
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(order(JobKind.DELETE))
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    await jobs.follow(30 * MINUTE)
    assert jobs.job(job).state is JobState.UNKNOWN
    assert len(server.writes) == 1


async def test_a_lost_delete_of_a_switch_goes_on_once_the_properties_are_gone(jobs: Process, server: Server) -> None:
    server.streams("OPEN")
    server.answers = [NoReply("POST", None, ""), enabled()]
    job = await jobs.submit(ORDERS["switch"])
    await jobs.follow(MINUTE)
    assert [name for name, _ in server.writes] == ["delete-hls"]
    server.streams(None)
    await jobs.follow(MINUTE)
    assert [name for name, _ in server.writes] == ["delete-hls", "enable-hls"]
    assert jobs.job(job).host == HOST


async def test_a_lost_try_of_a_switch_that_the_space_shows_is_not_tried_again(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.answers = [TaskReply("deleted"), NoReply("POST", None, "")]
    job = await jobs.submit(ORDERS["switch"])
    server.before_answer = lambda: server.streams("SECURE")
    await jobs.follow(5 * MINUTE)
    assert len(server.writes) == 2
    edge.answers = True
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.CONFIRMED


async def test_a_lost_try_that_did_not_happen_is_followed_by_the_next_once_the_server_must_be_done_with_it(
    jobs: Process, server: Server
) -> None:
    server.answers = [TaskReply("deleted"), NoReply("POST", None, ""), enabled()]
    await jobs.submit(ORDERS["switch"])
    await jobs.follow(5 + 119)
    assert len(server.writes) == 2
    await jobs.follow(MINUTE)
    assert len(server.writes) == 3


async def test_a_switch_stops_with_the_servers_words_when_its_second_half_is_refused(
    jobs: Process, server: Server
) -> None:
    server.answers = [TaskReply("deleted"), Forbidden("POST", 403, SAID)]
    job = await jobs.submit(ORDERS["switch"])
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.REJECTED
    assert SAID in jobs.job(job).words
    assert len(server.writes) == 2


async def test_a_try_that_never_went_out_is_made_again_later(jobs: Process, server: Server) -> None:
    server.answers = [TaskReply("deleted"), Unreachable("POST", None, "connection refused"), enabled()]
    job = await jobs.submit(ORDERS["switch"])
    await jobs.follow(20)
    assert jobs.job(job).host == HOST


async def test_a_conflict_ends_a_write_that_waits_for_nothing(jobs: Process, server: Server) -> None:
    server.answers = [Conflict("POST", 400, SAID)]
    job = await jobs.submit(ORDERS["enable"])
    assert (job.state, job.refusal) == (JobState.REJECTED, "Conflict")


async def test_a_lost_policy_says_what_may_be_in_force(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", None, "timed out after 150 s")]
    job = await jobs.submit(ORDERS["policy"])
    assert "the new one, the old one, or gone" in job.words
    assert job.parts[0].words == "timed out after 150 s"
    assert (await jobs.submit(ORDERS["policy"])).state is JobState.NO_REPLY


@pytest.mark.parametrize(
    "error", [Unauthorized("POST", 401, SAID), Unreachable("POST", None, SAID)], ids=["401", "unreachable"]
)
async def test_a_run_stops_when_nothing_more_can_be_sent(jobs: Process, server: Server, error: DuraStoreError) -> None:
    server.answers = [TaskReply("set"), error]
    job = await jobs.submit(order(JobKind.POLICY, spaces=("aaa", "bbb", "ccc", "ddd")))
    assert [part.state for part in job.parts] == [JobState.UNVERIFIED, JobState.REJECTED, *2 * [JobState.PAUSED]]
    assert "1 set, 1 rejected, 2 not sent, of 4" in job.words
    assert (job.state, job.unsent) == (JobState.PAUSED, 2)
    assert len(server.writes) == 2


async def test_a_run_stops_at_a_403_of_the_role_which_every_further_space_would_get(
    jobs: Process, server: Server
) -> None:
    server.answers = [TaskReply("set"), Forbidden("POST", 403, "HTTP Status 403 – Forbidden (a web page)")]
    job = await jobs.submit(order(JobKind.POLICY, spaces=("aaa", "bbb", "ccc", "ddd")))
    assert [part.state for part in job.parts] == [JobState.UNVERIFIED, JobState.REJECTED, *2 * [JobState.PAUSED]]
    assert len(server.writes) == 2
    assert "1 set, 1 rejected, 2 not sent, of 4." in job.words
    assert "The role of this login does not allow this change, so the rest was not sent." in job.words
    await jobs.follow(10 * MINUTE)
    assert len(server.writes) == 2


async def test_a_403_about_one_space_stops_no_other(jobs: Process, server: Server) -> None:
    refused = Forbidden("POST", 403, "You are not authorized to access space bbb.")
    server.answers = [TaskReply("set"), refused, TaskReply("set")]
    job = await jobs.submit(order(JobKind.POLICY, spaces=("aaa", "bbb", "ccc")))
    assert [part.state for part in job.parts] == [JobState.UNVERIFIED, JobState.REJECTED, JobState.UNVERIFIED]
    assert failures(job) == ("bbb",)


async def test_our_own_failure_in_the_middle_of_a_write_is_not_taken_for_a_refusal(
    jobs: Process, server: Server
) -> None:
    def fail() -> None:
        raise RuntimeError("a bug of ours")

    server.before_answer = fail
    job = await jobs.submit(ORDERS["delete"])
    assert job.state is JobState.NO_REPLY


async def test_a_401_stops_every_look_until_there_is_another_login(jobs: Process, server: Server, edge: Edge) -> None:
    job = await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    server.fails = Unauthorized("HEAD", 401, SAID)
    await jobs.follow(5 * MINUTE)
    assert server.looks == 1
    server.fails = None
    jobs.login("a-new-password")
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.CONFIRMED


async def test_a_401_to_a_write_stops_the_checks_of_every_job_of_that_login(jobs: Process, server: Server) -> None:
    older = await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    server.answers = [Unauthorized("POST", 401, SAID)]
    assert (await jobs.submit(order(JobKind.POLICY))).state is JobState.REJECTED
    await jobs.follow(5 * MINUTE)
    assert server.looks == 0
    jobs.login("a-new-password")
    await jobs.follow(MINUTE)
    assert jobs.job(older).state is JobState.CONFIRMED


async def test_a_look_that_fails_is_told_and_made_again(jobs: Process, server: Server) -> None:
    job = await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    server.fails = Rejected("HEAD /dance-archive", 500, SAID)
    await jobs.round()
    assert SAID in jobs.job(job).words
    assert jobs.job(job).evidence[-1].step == "look"
    server.fails = None
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.CONFIRMED
