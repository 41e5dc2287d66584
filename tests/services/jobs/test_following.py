"""What each kind of job waits for, what it takes as evidence, and what it says when none comes."""

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import BadInput, Conflict, Missing, Rejected, Unreachable
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs.order import Excluded
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import HOST, ITEM, SPACE, Edge, Process, Server, enabled, order

MINUTE = 60
NEW_HOST = "d2.cloudfront.localhost:1"
OTHER_TYPE = Conflict("POST /task/enable-hls", 400, "is already configured to stream as OPEN and cannot be updated")


async def test_an_enable_is_accepted_then_settles_then_is_seen_when_the_edge_answers(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.answers = [enabled()]
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert (job.state, job.host) == (JobState.ACCEPTED, HOST)
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    edge.answers = True
    await jobs.follow(5)
    seen = jobs.job(job)
    assert seen.state is JobState.CONFIRMED
    assert seen.evidence[-1].result == "answered 403"
    assert len(server.writes) == 1


async def test_an_enable_is_late_after_15_minutes_unknown_after_30_and_still_seen_later(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.answers = [enabled()]
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await jobs.follow(14 * MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE
    await jobs.follow(15 * MINUTE)
    assert jobs.job(job).state is JobState.UNKNOWN
    edge.answers = True
    await jobs.follow(6 * MINUTE)
    assert jobs.job(job).state is JobState.CONFIRMED


async def test_polling_is_every_5_s_for_a_minute_15_s_to_five_then_30_s(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.answers = [enabled()]
    await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    asked = []
    for minutes in (1, 4, 10):
        await jobs.follow(minutes * MINUTE)
        asked.append(len(edge.asked))
    assert asked == [12, 12 + 16, 12 + 16 + 20]


async def test_an_rtmp_host_is_never_asked_for_none_answers_any_more(jobs: Process, server: Server, edge: Edge) -> None:
    server.answers = [enabled()]
    server.before_answer = lambda: server.shown.update({"streaming-host": HOST, "streaming-type": "OPEN"})
    job = await jobs.submit(order(JobKind.ENABLE, family="RTMP", streaming_type="OPEN"))
    await jobs.round()
    assert jobs.job(job).state is JobState.CONFIRMED
    assert jobs.job(job).evidence[-1].step == "space"
    assert "AWS ended RTMP" in jobs.job(job).words
    deleted = await jobs.submit(order(JobKind.DELETE, family="RTMP", host=HOST, was="OPEN"))
    await jobs.follow(16 * MINUTE)
    assert jobs.job(deleted).state is JobState.OVERDUE
    assert not edge.asked


async def test_a_disable_is_seen_by_what_the_space_shows(jobs: Process, server: Server, edge: Edge) -> None:
    server.streams("OPEN")
    job = await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    await jobs.round()
    assert jobs.job(job).state is JobState.IN_PROGRESS
    server.streams(None)
    await jobs.follow(5)
    seen = jobs.job(job)
    assert (seen.state, seen.evidence[-1].step) == (JobState.CONFIRMED, "space")
    assert not edge.asked


async def test_a_delete_is_seen_when_a_host_that_answered_falls_silent_twice(jobs: Process, edge: Edge) -> None:
    edge.answers = True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.answers = False
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.CONFIRMED


@pytest.mark.parametrize("blocked", [False, True])
async def test_a_check_that_could_not_judge_is_no_first_silence(jobs: Process, edge: Edge, blocked: bool) -> None:
    edge.answers = True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.answers, edge.blocked = None, blocked
    await jobs.follow(5)
    edge.answers, edge.blocked = False, False
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.CONFIRMED


async def test_one_silence_looked_at_twice_is_still_one(jobs: Process, edge: Edge) -> None:
    edge.answers = True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.answers = False
    await jobs.follow(5)
    await jobs.runner.look(job.id)
    assert jobs.job(job).state is JobState.IN_PROGRESS


async def test_a_silence_while_the_server_is_away_too_is_no_evidence_of_a_deletion(
    jobs: Process, server: Server, edge: Edge
) -> None:
    edge.answers = True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.answers = False
    server.fails = Unreachable("HEAD /dance-archive", None, "network is down")
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    assert "network is down" in jobs.job(job).words


async def test_a_host_that_never_answered_proves_nothing_by_being_silent(jobs: Process, edge: Edge) -> None:
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.follow(16 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE
    await jobs.follow(15 * MINUTE)
    assert jobs.job(job).state is JobState.UNKNOWN
    assert "does not report whether" in jobs.job(job).words


async def test_a_certificate_that_is_not_trusted_is_not_taken_for_silence(jobs: Process, edge: Edge) -> None:
    edge.answers = True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.answers = None
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS


async def test_a_switch_deletes_once_and_tries_the_other_type_until_it_is_taken(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.streams("OPEN")
    server.before_answer = lambda: server.streams(None)
    server.answers = [TaskReply("deleted"), OTHER_TYPE, OTHER_TYPE, OTHER_TYPE, OTHER_TYPE, enabled(NEW_HOST)]
    job = await jobs.submit(
        order(JobKind.SWITCH, streaming_type="SECURE", origins=("https://a.example",), host=HOST, was="OPEN")
    )
    tries = []
    for second in range(1, 2 * MINUTE):
        before = len(server.writes)
        await jobs.follow(1)
        tries += [second] * (len(server.writes) - before)
    assert tries == [5, 15, 35, 65, 95]
    assert [name for name, _ in server.writes].count("delete-hls") == 1
    assert server.writes[-1][1] == {"spaceId": SPACE, "secure": True, "allowedOrigins": ("https://a.example",)}
    assert (jobs.job(job).host, jobs.job(job).attempts) == (NEW_HOST, 5)
    assert jobs.job(job).words.startswith("Accepted. CloudFront is still deploying")
    edge.answers = True
    await jobs.follow(10)
    assert jobs.job(job).state is JobState.CONFIRMED
    assert set(edge.asked) == {NEW_HOST}


async def test_looking_on_demand_sends_no_try_of_a_switch_before_its_time(jobs: Process, server: Server) -> None:
    job = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    await jobs.runner.look(job.id)
    assert len(server.writes) == 1


async def test_a_switch_says_how_often_it_tried_and_what_the_server_said(jobs: Process, server: Server) -> None:
    server.answers = [TaskReply("deleted"), OTHER_TYPE]
    job = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    await jobs.follow(15)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    assert "Try 2: is already configured to stream as OPEN" in jobs.job(job).words


async def test_a_switch_that_is_never_accepted_is_overdue_then_paused_until_it_is_continued(
    jobs: Process, server: Server
) -> None:
    server.answers = [TaskReply("deleted"), OTHER_TYPE]
    job = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    await jobs.follow(16 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE
    await jobs.follow(30 * MINUTE)
    assert jobs.job(job).state is JobState.PAUSED
    assert jobs.job(job).unsent == 1
    sent = len(server.writes)
    await jobs.follow(10 * MINUTE)
    assert len(server.writes) == sent
    server.answers = [enabled()]
    assert (await jobs.runner.continue_run(job.id)).host == HOST


async def test_a_switch_of_a_space_without_a_distribution_goes_on_to_enable(jobs: Process, server: Server) -> None:
    server.answers = [
        Missing("POST /task/delete-hls", 500, "No streaming distribution exists for space dance-archive"),
        enabled(NEW_HOST),
    ]
    job = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE"))
    assert job.state is JobState.IN_PROGRESS
    await jobs.follow(5)
    assert jobs.job(job).host == NEW_HOST


def test_a_switch_to_the_same_type_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(BadInput, match="already"):
        order(JobKind.SWITCH, streaming_type="OPEN", was="OPEN")


async def test_a_thaw_is_seen_when_one_byte_can_be_read_and_says_until_when(jobs: Process, server: Server) -> None:
    job = await jobs.submit(order(JobKind.RETRIEVAL))
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    server.frozen = False
    await jobs.follow(5 * MINUTE)
    seen = jobs.job(job)
    assert seen.state is JobState.CONFIRMED
    assert seen.until and (seen.until - seen.updated).days == 14


async def test_a_thaw_of_an_item_that_is_not_there_is_refused_though_the_server_would_say_success(
    jobs: Process, server: Server
) -> None:
    with pytest.raises(Missing):
        await jobs.submit(order(JobKind.RETRIEVAL, target="no/such.wav"))
    assert not server.writes
    assert not jobs.board.entries()


async def test_a_thaw_can_be_sent_without_looking_first(jobs: Process, server: Server) -> None:
    job = await jobs.submit(order(JobKind.RETRIEVAL, target="no/such.wav", unchecked=True))
    assert job.state is JobState.ACCEPTED


async def test_a_409_means_that_it_was_thawing_already_and_is_followed(jobs: Process, server: Server) -> None:
    server.answers = [Conflict("POST /task/restore-content", 409, f"Restore is already in progress for s/{ITEM}")]
    job = await jobs.submit(order(JobKind.RETRIEVAL))
    assert job.state is JobState.IN_PROGRESS
    assert "already" in job.words


async def test_an_item_that_was_never_frozen_is_not_said_to_expire(jobs: Process, server: Server) -> None:
    server.frozen = False
    job = await jobs.submit(order(JobKind.RETRIEVAL))
    await jobs.follow(5)
    assert jobs.job(job).state is JobState.CONFIRMED
    assert jobs.job(job).until is None


async def test_a_policy_run_keeps_each_result_and_ends_refused_when_one_was(jobs: Process, server: Server) -> None:
    server.answers = [
        TaskReply("set"),
        Rejected("POST", 500, "Lifecycle policy for bucket b could not be applied."),
        TaskReply("set"),
    ]
    job = await jobs.submit(order(JobKind.POLICY, spaces=("aaa", "bbb", "aaa", "ccc")))
    assert [(part.target, part.state) for part in job.parts] == [
        ("aaa", JobState.UNVERIFIED),
        ("bbb", JobState.REJECTED),
        ("ccc", JobState.UNVERIFIED),
    ]
    assert job.parts[1].words == "Lifecycle policy for bucket b could not be applied."
    assert job.state is JobState.REJECTED
    assert "2 set, 1 rejected, of 3" in job.words
    assert "the old one is already gone" in job.words


async def test_a_policy_ends_unverified_because_nothing_can_read_it_back(jobs: Process, server: Server) -> None:
    job = await jobs.submit(order(JobKind.POLICY))
    assert (job.state, job.open) == (JobState.UNVERIFIED, False)
    await jobs.follow(10 * MINUTE)
    assert jobs.job(job).state is JobState.UNVERIFIED
    assert job.evidence[-1].step == "answer"
    assert not server.looks


async def test_a_second_change_of_the_same_distribution_is_refused_with_the_first_one(
    jobs: Process, server: Server
) -> None:
    first = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    with pytest.raises(Excluded) as refused:
        await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert refused.value.job.id == first.id
    assert len(server.writes) == 1


async def test_nothing_else_is_refused(jobs: Process, server: Server) -> None:
    await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.submit(order(JobKind.DELETE, space="other"))
    await jobs.submit(order(JobKind.DELETE, store="52"))
    await jobs.submit(order(JobKind.DELETE, profile="vallon"))
    await jobs.submit(order(JobKind.DELETE, family="RTMP"))
    await jobs.submit(order(JobKind.POLICY))
    await jobs.submit(order(JobKind.RETRIEVAL))
    assert len(server.writes) == 7


async def test_the_next_change_is_free_once_the_first_is_seen(jobs: Process, server: Server, edge: Edge) -> None:
    server.answers = [enabled()]
    edge.answers = True
    await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await jobs.follow(5)
    await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    assert len(server.writes) == 2


async def test_an_order_that_could_not_be_sent_leaves_no_trace(jobs: Process, server: Server) -> None:
    with pytest.raises(BadInput):
        await jobs.submit(order(JobKind.ENABLE, space="Not A Space", streaming_type="OPEN"))
    with pytest.raises(BadInput):
        await jobs.submit(order(JobKind.POLICY, values=(("storageClass", "STANDARD_IA"), ("daysToTransition", 1))))
    jobs.endpoint = None
    with pytest.raises(BadInput, match="login"):
        await jobs.submit(order(JobKind.DELETE))
    assert not server.writes
    assert not jobs.board.entries()


async def test_usual_is_this_accounts_own_median_once_there_is_one(start: Start, server: Server, edge: Edge) -> None:
    jobs = start()
    server.answers = [enabled()]
    first = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert first.usual == 8 * MINUTE
    await jobs.follow(9)
    edge.answers = True
    await jobs.follow(1)
    second = await jobs.submit(order(JobKind.ENABLE, space="other", streaming_type="OPEN"))
    assert second.usual == 10
    elsewhere = await jobs.submit(order(JobKind.ENABLE, profile="vallon", streaming_type="OPEN"))
    assert elsewhere.usual == 8 * MINUTE
