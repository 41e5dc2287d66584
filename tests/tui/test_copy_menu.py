"""What `y` offers, what it does at once, and that marks out of view are counted wherever they are acted on."""

import json
from collections.abc import Sequence

import pytest
from textual.widgets import Input

from durastore_tui.core.curl import curl
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.changes import policy_changes
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.dialogs.copy_sheet import CopySheet
from durastore_tui.tui.places import Place
from tests.tui.fakes import OFF, OPEN, Scene, a_job
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW])
OFFERED = ("noop", "get-url-hls", "restore-content", "set-storage-policy")


@BOTH
async def test_y_twice_copies_the_id_and_its_menu_has_row_properties_and_curl(
    size: tuple[int, int], copied: list[str]
) -> None:
    scene = Scene({"maps": OPEN})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await pilot.press("y", "y")
        await until(pilot, lambda: copied == ["maps"])
        await pilot.press("y")
        await sees(pilot, "the space id", "the row, tab-separated", "the properties as JSON", "as curl")
        await pilot.press("r")
        await until(pilot, lambda: len(copied) == 2)
        await pilot.press("y", "d")
        await until(pilot, lambda: len(copied) == 3)
        await pilot.press("y", "c")
        await until(pilot, lambda: len(copied) == 4)
    assert copied[1].split("\t")[0] == "maps"
    assert json.loads(copied[2])["hls-streaming-type"] == "OPEN"
    assert copied[3].startswith(curl("GET", "http://127.0.0.1:9/durastore/spaces")[:20])


async def test_a_letter_that_stands_for_nothing_copies_nothing(copied: list[str]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("y", "z")
        assert isinstance(scene.app.screen, CopySheet)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(scene.app.screen, CopySheet))
    assert copied == []


async def in_contents(pilot, scene: Scene, count: str) -> None:  # type: ignore[no-untyped-def]
    scene.app.places.go(Place("contents", "maps"))
    await sees(pilot, "CONTENT ID", count)


@BOTH
async def test_an_items_stream_url_is_there_to_copy(size: tuple[int, int], copied: list[str]) -> None:
    scene = Scene({"maps": OPEN}, contents=["a b.m3u8"])
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await in_contents(pilot, scene, "1 item")
        await pilot.press("y", "u")
        await until(pilot, lambda: copied)
    assert copied == ["https://d1.cloudfront.localhost/a%20b.m3u8"]


@BOTH
async def test_marks_that_the_filter_hides_are_counted_by_the_list_the_menu_and_the_url_sheet(
    size: tuple[int, int], copied: list[str]
) -> None:
    scene = Scene({"maps": OPEN}, contents=["a.m3u8", "b.m3u8", "c.m3u8"], offered=OFFERED)
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await in_contents(pilot, scene, "3 items")
        await pilot.press("space", "space", "slash")
        await until(pilot, lambda: isinstance(scene.app.focused, Input))
        type_in(scene.app, "b.")
        await pilot.press("enter")
        await sees(pilot, "2 marked", "1 hidden")
        await pilot.press("y")
        await sees(pilot, "2 marked content ids, 1 of them hidden by the filter")
        await pilot.press("y")
        await until(pilot, lambda: copied == ["a.m3u8\nb.m3u8"])
        await pilot.press("u")
        await sees(pilot, "Stream URLs", "2 marked, 1 of them hidden by the filter")


async def test_one_mark_out_of_view_is_told_apart_from_the_row_under_the_cursor() -> None:
    scene = Scene({"maps": OPEN}, contents=["a.m3u8", "b.m3u8"], offered=OFFERED)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await in_contents(pilot, scene, "2 items")
        await pilot.press("space", "slash")
        await until(pilot, lambda: isinstance(scene.app.focused, Input))
        type_in(scene.app, "b.")
        await pilot.press("enter", "H")
        await sees(pilot, "a.m3u8", "1 marked, hidden by the filter")


@BOTH
async def test_a_policy_run_says_how_many_of_its_spaces_are_out_of_view(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read_spaces(session: object, spaces: Sequence[str]) -> policy_changes.Read:
        return policy_changes.Read((), (), ())

    monkeypatch.setattr(policy_changes, "read_spaces", read_spaces)
    scene = Scene({"alpha": OFF, "beta": OFF, "gamma": OFF}, offered=OFFERED)
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "3 spaces")
        await pilot.press("space", "space", "space", "slash")
        await until(pilot, lambda: isinstance(scene.app.focused, Input))
        type_in(scene.app, "gam")
        await pilot.press("enter", "P")
        await sees(pilot, "Days at standard storage")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: "3 marked, 2 of them hidden by the filter" in shown(scene.app).replace("\n", " "))


async def test_a_jobs_request_is_copied_as_it_was_sent(copied: list[str]) -> None:
    job = a_job(kind=JobKind.DISABLE, state=JobState.ACCEPTED)
    scene = Scene({"dance-archive": OPEN}, jobs=[job])
    scene.jobs.asked_for[job.id] = Order(JobKind.DISABLE, "lakeshore", "51", "dance-archive", "HLS")
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("5")
        await sees(pilot, "dance-archive")
        await pilot.press("c")
        await until(pilot, lambda: copied)
    assert "/task/disable-hls?storeID=51" in copied[0]
    assert '{"spaceId":"dance-archive"}' in copied[0].replace(" ", "").replace("\\", "")
