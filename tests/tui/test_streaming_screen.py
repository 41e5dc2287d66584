"""Streaming: which spaces have a host or a job, how far that is known, and what was seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.jobs import Evidence, JobKind, JobState
from durastore_tui.core.resource import Empty
from durastore_tui.services.kinds_of_reads import SPACE_PROPERTIES
from durastore_tui.tui.details.space_facts import SpaceView
from durastore_tui.tui.screens.streaming import StreamingScreen
from tests.tui.fakes import OFF, OPEN, Scene, a_job
from tests.tui.looking import sees, shown, until

WIDE = (120, 36)


async def test_only_spaces_with_a_host_or_an_open_job_are_listed_of_those_that_were_read() -> None:
    ended = replace(a_job("theses", state=JobState.CONFIRMED), id="j2")
    scene = Scene({"dance": OFF, "maps": OFF, "oral": OPEN, "theses": OFF}, jobs=[a_job("dance"), ended])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "4 spaces")
        await pilot.press("2")
        await sees(pilot, "2 of 4 spaces", "dance", "enabling", "oral", "OPEN")
        assert "maps" not in shown(scene.app)
        assert "theses" not in shown(scene.app)


async def test_what_was_not_read_yet_is_counted_for_it_may_stream() -> None:
    scene = Scene({"dance": OFF, "oral": OPEN})
    async with scene.app.run_test(size=WIDE) as pilot:
        await pilot.press("2")
        await sees(pilot, "1 of 2 spaces")
        del scene.session.cache._values[SPACE_PROPERTIES][("51", "dance")]
        await pilot.press("s")
        await sees(pilot, "1 of 2 spaces, 1 not read yet")


async def test_evidence_is_shown_line_by_line() -> None:
    job = a_job("dance")
    looks = (Evidence(job.since, "name", "dx is 127.0.0.1"), Evidence(job.since, "tls", "handshake refused"))
    scene = Scene({"dance": OFF}, jobs=[replace(job, evidence=looks)])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("2")
        await sees(pilot, "name: dx is 127.0.0.1", "tls: handshake refused", "The server said so.")


async def test_a_space_whose_last_job_ended_and_that_does_not_stream_leaves_the_list() -> None:
    scene = Scene({"dance": OFF}, jobs=[a_job("dance")])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("2")
        await sees(pilot, "1 of 1 spaces")
        scene.jobs.move(a_job("dance", state=JobState.REJECTED))
        await sees(pilot, "0 of 1 spaces")
        await until(pilot, lambda: "enabling" not in shown(scene.app).replace("enable", ""))


async def test_what_the_edge_answers_stands_in_the_row_too() -> None:
    scene = Scene({"oral": OPEN})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("2")
        await until(pilot, lambda: "not asked yet" not in shown(scene.app) and "answered 403" in shown(scene.app))


def test_the_newest_looks_count_be_they_of_a_job_that_ended_or_of_nobody() -> None:
    job = a_job(state=JobState.CONFIRMED)
    of_job = (Evidence(job.since, "http", "answered 403"),)
    later = (Evidence(job.since + timedelta(minutes=3), "name", "it is unknown"),)
    view = SpaceView("dance-archive", Empty(), jobs={"HLS": replace(job, evidence=of_job)})
    assert view.looks("HLS") == of_job
    assert replace(view, edge=later).looks("HLS") == later
    assert replace(view, edge=later).looks("RTMP") == ()


async def test_what_the_server_answered_to_a_write_is_no_look_at_the_edge() -> None:
    job = a_job("dance")
    scene = Scene({"dance": OFF}, jobs=[replace(job, evidence=(Evidence(job.since, "answer", '{"result"'),))])
    async with scene.app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("2")
        await sees(pilot, "dance", "not asked yet")
        assert "answer:" not in shown(scene.app)


async def test_a_host_that_was_asked_before_the_write_is_none_that_nobody_asked() -> None:
    scene = Scene({"oral": OPEN})
    async with scene.app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("2")
        await sees(pilot, "http: answered 403")
        job = a_job("oral", JobKind.DISABLE)
        scene.jobs.move(replace(job, evidence=(Evidence(scene.clock.now(), "answer", "ok"),)))
        await sees(pilot, "disabling", "http: answered 403")


async def test_the_rows_on_screen_are_asked_one_by_one_without_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("durastore_tui.tui.screens.streaming.EDGE_PACE", 3600)  # the test itself says when
    hosts = {space: {**OPEN.raw, "hls-streaming-host": f"{space}.cloudfront.localhost"} for space in ("a", "b", "c")}
    scene = Scene({space: SpaceProperties(raw) for space, raw in hosts.items()})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await pilot.press("2")
        await sees(pilot, "http: answered 403")
        screen = scene.app.screen
        assert isinstance(screen, StreamingScreen)
        await until(pilot, lambda: shown(scene.app).count("not asked yet") == 2)
        screen.look_further()
        await until(pilot, lambda: shown(scene.app).count("not asked yet") == 1)
        screen.look_further()
        await until(pilot, lambda: "not asked yet" not in shown(scene.app))


async def test_a_host_left_from_rtmp_is_no_stream() -> None:
    scene = Scene(
        {"left": SpaceProperties({**OFF.raw, "streaming-host": "s1.cloudfront.net", "streaming-type": "OPEN"})}
    )
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "○ RTMP ended")
        assert "●" not in shown(scene.app)


async def test_a_host_that_nobody_saw_answer_does_not_look_like_one_that_was_seen() -> None:
    job = replace(a_job("seen", state=JobState.CONFIRMED), host=OPEN.hls_host)
    scene = Scene({"oral": OPEN, "seen": OPEN}, jobs=[job])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", "◎ OPEN", "● OPEN")
