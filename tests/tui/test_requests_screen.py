"""Requests: what went over the wire, newest first; one on a page of its own, as curl, as text."""

from datetime import timedelta

import pytest
from textual.widgets import Input

from durastore_tui.api.request_log import GIVEN_UP, Request
from durastore_tui.core.redact import MASK
from tests.tui.fakes import OFF, Scene
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


def asked(
    scene: Scene, path: str, status: int | None = 200, method: str = "GET", body: str = "", words: str = ""
) -> None:
    """One more request in the log, a second after the one before."""
    scene.clock.advance(1)
    scene.session.log.add(Request(scene.clock.now(), method, path, status, 12.4, 1500, None, body, words, "the answer"))


def paths(scene: Scene) -> list[str]:
    found = (word for line in shown(scene.app).splitlines() for word in line.split() if word.startswith("/"))
    return list(dict.fromkeys(found))


@BOTH
async def test_the_newest_request_is_on_top_with_how_it_ended(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/first")
        asked(scene, "/second", 500, words="the bridge is down")
        asked(scene, "/third", None, words="connection reset")
        asked(scene, "/fourth", None, words=GIVEN_UP)
        await pilot.press("7")
        await sees(pilot, "4 requests", "● 200", "✕ 500", "? no answer", "○ given up", "12")
        assert paths(scene)[:4] == ["/fourth", "/third", "/second", "/first"]


async def test_what_is_asked_meanwhile_comes_in_and_the_cursor_stays_on_its_request() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/first")
        await pilot.press("7")
        await sees(pilot, "1 request", "GET /first")
        asked(scene, "/second")
        await sees(pilot, "2 requests", "/second", "GET /first")


@BOTH
async def test_a_page_has_request_answer_and_the_whole_error(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF})
    words = "No bridge. " + "It was asked and did not answer. " * 4 + "That is the end."
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/task/x", 500, "POST", '{"spaceId": "maps"}', words)
        await pilot.press("7")
        await sees(pilot, "1 request")
        await pilot.press("enter")
        await sees(pilot, "POST /task/x", '{"spaceId": "maps"}', "WHAT WENT WRONG", "end.", "the answer")
        await pilot.press("escape")
        await sees(pilot, "1 request")


async def test_the_search_goes_by_path_and_by_status() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=NARROW) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/maps")
        asked(scene, "/theses", 404)
        await pilot.press("7", "slash")
        await until(pilot, lambda: isinstance(scene.app.focused, Input))
        type_in(scene.app, "404")
        await sees(pilot, "1 of 2 requests")
        assert "/theses" in paths(scene)
        assert "/maps" not in paths(scene)


async def test_a_narrow_list_tells_tasks_apart_and_finds_the_store_all_the_same() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=NARROW) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/task/get-snapshot?storeID=53", method="POST")
        asked(scene, "/task/get-snapshots?storeID=54", method="POST")
        asked(scene, "/maps?storeID=53&prefix=a")
        await pilot.press("7")
        await sees(pilot, " /task/get-snapshot ", " /task/get-snapshots ", " /maps?prefix=a")
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(scene.app.focused, Input))
        type_in(scene.app, "storeid=54")
        await sees(pilot, "1 of 3 requests", " /task/get-snapshots ")


async def test_a_request_is_copied_as_curl_and_says_when_it_is_not_all_there(copied: list[str]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/maps?storeID=51")
        asked(scene, f"/x?token={MASK}")
        await pilot.press("7")
        await sees(pilot, "2 requests")
        await pilot.press("c")
        await sees(pilot, "masked or cut as shown")
        await pilot.press("j", "c")
        await until(pilot, lambda: len(copied) == 2)
    assert "'http://127.0.0.1:9/durastore/maps?storeID=51'" in copied[1]
    assert '-u root:"$DURASTORE_PASSWORD"' in copied[1]
    assert "--data-raw" not in copied[1]


async def test_a_request_is_copied_whole_for_a_mail(copied: list[str]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        scene.clock.advance(timedelta(hours=8).total_seconds())
        asked(scene, "/task/x", 500, "POST", '{"a": 1}', "no bridge")
        await pilot.press("7")
        await sees(pilot, "1 request")
        await pilot.press("y")
        await until(pilot, lambda: copied)
    assert copied == ['2026-01-01 08:00:01 UTC POST /task/x\n{"a": 1}\n500, 12.4 ms, 1500 bytes\nno bridge\nthe answer']


async def test_before_anything_was_asked_it_says_so() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=NARROW) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("7")
        await sees(pilot, "Nothing was asked yet.")


@BOTH
async def test_the_filter_finds_path_status_body_error_and_answer_and_says_of_how_many(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        asked(scene, "/task/disable-hls", 500, "POST", '{"spaceId": "yearbooks"}', words="the bridge is down")
        asked(scene, "/spaces")
        await pilot.press("7")
        await sees(pilot, "2 requests")
        for typed, found in (("disable", 1), ("✕ 500", 1), ("YEARBOOKS", 1), ("bridge is", 1), ("the answer", 2)):
            await pilot.press("slash")
            await sees(pilot, "in path, status, body, answer as far as kept")
            field = pilot.app.screen.query_one(Input)
            field.value = typed
            await pilot.press("enter")
            await sees(pilot, f"{found} of 2 requests")
