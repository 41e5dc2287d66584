"""`u` at both sizes: the space's type picks the form, tokens stay masked, failures stay in place, and all ways out."""

import asyncio
import stat
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import Forbidden, Unreachable
from durastore_tui.core.tasks import hls, noop, rtmp
from durastore_tui.core.url_ways import Way
from durastore_tui.core.urls import encode_path
from durastore_tui.services.urls import UrlRow, UrlSource
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.qr_screen import QrScreen
from durastore_tui.tui.dialogs.url_form import UrlForm
from durastore_tui.tui.dialogs.url_sheet import UrlSheet
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.qr_code import QrCode
from durastore_tui.tui.widgets.resource_table import ResourceTable
from tests.tui.fakes import OFF, OFFERED, OPEN, Scene
from tests.tui.looking import sees, shown, type_in, until

SPACE = "oral-histories-hls"
SECURE = SpaceProperties({**OPEN.raw, "hls-streaming-type": "SECURE"})
RTMP = SpaceProperties({**OFF.raw, "streaming-host": "s1.cloudfront.localhost", "streaming-type": "SECURE"})
MAKERS = (*OFFERED, hls.COOKIES_URL.name, rtmp.URL.name, rtmp.SIGNED_URL.name)
HOST = "https://d1.cloudfront.localhost"
TOKEN = "abcDEF0123456789abcd"
pytestmark = pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])


class Server:
    """Makes URLs of the ids it is asked for; those in `missing` only when nobody looks for them, none of `broken`.
    `gate` holds back all but the first."""

    def __init__(self) -> None:
        self.asked: list[tuple[Way, tuple[str, ...], bool]] = []
        self.missing: set[str] = set()
        self.broken: set[str] = set()
        self.trouble: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def made(self, source: UrlSource, ids: Iterable[str], check: bool) -> AsyncIterator[UrlRow]:
        self.asked.append((source.way, tuple(ids), check))
        for number, one in enumerate(ids):
            if number:
                await self.gate.wait()
            if one in self.broken or (check and one in self.missing):
                yield UrlRow(source.space, one, error="not found: no such item")
            elif source.way.task is hls.COOKIES_URL:
                url = f"{HOST}/cookies?token={TOKEN}"
                yield UrlRow(source.space, one, url, url, until=source.way.until(source.session.clock.now()))
            else:
                yield UrlRow(source.space, one, f"{HOST}/{one}", f"{HOST}/{encode_path(one)}")

    async def found(self, source: UrlSource, glob: str, read: Callable[[int], None]) -> AsyncIterator[str]:
        read(12_000)
        if self.trouble:
            raise self.trouble
        for one in ("a.m3u8", "b.m3u8"):
            yield one


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(UrlSource, "made", lambda source, ids, check: server.made(source, ids, check))
    monkeypatch.setattr(UrlSource, "found", lambda source, glob, read: server.found(source, glob, read))
    return server


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was meant for the clipboard."""
    texts: list[str] = []
    monkeypatch.setattr(DurastoreApp, "_copy", lambda _, text, what: texts.append(text))
    return texts


def scene_of(properties: SpaceProperties, *items: str) -> Scene:
    return Scene({SPACE: properties}, contents=items or ("tape 014#.m3u8",), offered=MAKERS)


async def contents(pilot: Pilot[None], scene: Scene) -> None:
    """Opens the contents of the only space."""
    await sees(pilot, "1 space", "12")
    await pilot.press("enter")
    if pilot.app.size.width < 100:
        await pilot.press("enter")
    await until(pilot, lambda: scene.spaces.markers)
    await sees(pilot, "CONTENT ID", scene._contents[0][:4])


async def made(pilot: Pilot[None]) -> UrlSheet:
    """The sheet of results, with everything in it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, UrlSheet) and pilot.app.screen.run.whole)
    sheet = pilot.app.screen
    assert isinstance(sheet, UrlSheet)
    await until(pilot, lambda: not sheet.run.running and not sheet.query_one("#copy", Button).disabled)
    return sheet


async def form(pilot: Pilot[None]) -> UrlForm:
    await until(pilot, lambda: isinstance(pilot.app.screen, UrlForm))
    assert isinstance(pilot.app.screen, UrlForm)
    return pilot.app.screen


def unbroken(pilot: Pilot[None]) -> str:
    """The screen without the line breaks of long texts."""
    return "".join(line.strip(" ▌") for line in shown(pilot.app).split("\n"))


async def test_both_forms_of_a_url_are_shown_where_they_differ_and_the_encoded_one_is_copied(
    server: Server, copied: list[str], size: tuple[int, int]
) -> None:
    scene = scene_of(OPEN)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        await made(pilot)
        await sees(pilot, f"{HOST}/tape 014#.m3u8", f"{HOST}/tape%20014%23.m3u8", "y copy")
        await pilot.press("y")
        await until(pilot, lambda: copied == [f"{HOST}/tape%20014%23.m3u8"])
        ((way, ids, check),) = server.asked
        assert (way.task, ids, check) == (hls.URL, ("tape 014#.m3u8",), False)


async def test_a_secure_space_has_a_form_that_refuses_what_the_server_would_not(
    server: Server, size: tuple[int, int]
) -> None:
    scene = scene_of(SECURE)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        sheet = await form(pilot)
        where, redirect = sheet.query_one("#field-ipAddress Input", Input), sheet.query_one("#field-redirectUrl Input")
        assert isinstance(redirect, Input)
        assert redirect.value == f"{HOST}/tape%20014%23.m3u8"
        where.value, redirect.value = "10.0.0.0/40", ""
        sheet.go_on()
        await until(pilot, lambda: where.has_focus and "valid CIDR range" in shown(pilot.app))
        where.value = "203.0.113.0/24"
        sheet.go_on()
        await until(pilot, lambda: redirect.has_focus and "this is needed" in shown(pilot.app))
        assert server.asked == []
        redirect.value = "https://player.example/x"
        await pilot.press("enter")
        await made(pilot)
        assert server.asked[0][0].values == {
            "minutesToExpire": 480,
            "ipAddress": "203.0.113.0/24",
            "redirectUrl": "https://player.example/x",
        }


@pytest.mark.parametrize("properties", [SECURE, OPEN], ids=["SECURE", "OPEN"])
async def test_the_whole_form_of_a_link_is_in_view(
    server: Server, size: tuple[int, int], properties: SpaceProperties
) -> None:
    """Down to the note under its last field, with the warning of an OPEN space."""
    scene = scene_of(properties)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        if properties is OPEN:
            await made(pilot)
            await pilot.press("s")
        sheet = await form(pilot)
        await sees(
            pilot, "Make", "space ", "item ", sheet.query_one("#field-redirectUrl", Field).param.help, "esc cancels"
        )


async def test_a_token_is_masked_until_it_is_revealed_and_its_end_is_counted_down(
    server: Server, copied: list[str], size: tuple[int, int]
) -> None:
    scene = scene_of(SECURE)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        (await form(pilot)).go_on()
        await made(pilot)
        await sees(pilot, "token=•••", "good until", "(08:00 UTC), in 8:00:00", "curl -sI")
        assert TOKEN not in unbroken(pilot)
        scene.clock.advance(3600)
        await sees(pilot, "in 7:00:00")
        scene.clock.advance(8 * 3600)
        await sees(pilot, "expired")
        await pilot.press("r")
        await until(pilot, lambda: TOKEN in unbroken(pilot))
        await pilot.press("r", "y", "c")
        await until(pilot, lambda: len(copied) == 2)
        assert TOKEN not in unbroken(pilot)
        assert copied == [f"{HOST}/cookies?token={TOKEN}", f"curl -sI '{HOST}/cookies?token={TOKEN}'"]


async def test_a_number_of_minutes_is_asked_for_only_when_no_usual_time_is_meant(
    server: Server, size: tuple[int, int]
) -> None:
    scene = scene_of(SECURE)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        sheet = await form(pilot)
        number = sheet.query_one("#field-minutesToExpire Input", Input)
        assert not number.region
        sheet.query_one("#minutes").focus()
        await pilot.press("down", "down")
        await until(pilot, lambda: number.has_focus)
        await pilot.press("0", "enter")
        await sees(pilot, "is 1 or more")
        await pilot.press("backspace", "9", "enter")
        await made(pilot)
        assert server.asked[0][0].values["minutesToExpire"] == 9


async def test_plain_urls_of_a_secure_space_need_no_form_fields(server: Server, size: tuple[int, int]) -> None:
    scene = scene_of(SECURE)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        await form(pilot)
        await pilot.press("down")
        await until(pilot, lambda: "Leads on to" not in shown(pilot.app))
        pilot.app.screen.query_one("#go-on", Button).press()
        await made(pilot)
        assert server.asked[0][0].task is hls.URL


async def test_on_an_open_space_a_link_is_warned_of_in_red_before_it_is_asked_for(
    server: Server, size: tuple[int, int]
) -> None:
    scene = scene_of(OPEN)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        await made(pilot)
        await pilot.press("s")
        await form(pilot)
        await sees(pilot, "does not stream SECURE", "does not")
        assert [way.task for way, _, _ in server.asked] == [hls.URL]


async def test_an_rtmp_space_has_prefix_and_signature_and_is_said_to_be_of_the_past(
    server: Server, size: tuple[int, int]
) -> None:
    scene = scene_of(RTMP)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        sheet = await form(pilot)
        await sees(pilot, "2020-12-31", "Good for", "Only for viewers from", "Prefix of the id")
        sheet.query_one("#field-resourcePrefix Input", Input).value = "mp4:"
        sheet.go_on()
        await made(pilot)
        way = server.asked[0][0]
        assert (way.task, way.values) == (rtmp.SIGNED_URL, {"minutesToExpire": 480, "resourcePrefix": "mp4:"})


async def test_what_a_login_may_not_say_on_an_old_server_has_its_reason_in_place_of_the_field(
    server: Server, size: tuple[int, int]
) -> None:
    scene = Scene({SPACE: RTMP}, contents=("tape 014#.m3u8",), offered=(*MAKERS, noop.NOOP.name))
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        scene.session.capabilities.failed(noop.NOOP, Forbidden("POST /task/noop", 403, "Access is denied"))
        await pilot.press("u")
        sheet = await form(pilot)
        await sees(pilot, "Good for", "minutesToExpire from ADMIN", "Only for viewers from", "ipAddress from ADMIN")
        assert not sheet.query("#field-minutesToExpire")
        assert not sheet.query("#field-ipAddress")
        sheet.go_on()
        await made(pilot)
        assert server.asked[0][0] == Way(rtmp.SIGNED_URL, {})


async def test_of_many_a_failure_keeps_its_row_and_is_asked_for_again_alone(
    server: Server, copied: list[str], size: tuple[int, int]
) -> None:
    scene = scene_of(OPEN, "a.ts", "b.ts", "c.ts")
    server.broken = {"b.ts"}
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("space", "space", "space", "u")
        sheet = await made(pilot)
        await sees(pilot, "2 of 3 made, 1 failed", "✕ not found")
        table = sheet.query_one(ResourceTable)
        lines = [table.render_line(y).text for y in (1, 2, 3)]
        assert ["✕" in line for line in lines] == [False, True, False]
        await pilot.press("y", "f", "y", "f", "y")
        await until(pilot, lambda: len(copied) == 3)
        assert copied[0] == f"{HOST}/a.ts\n{HOST}/c.ts"
        assert copied[1].splitlines()[2] == f"{SPACE},b.ts,,not found: no such item"
        assert copied[2].startswith("#EXTM3U\n#EXTINF:-1,a.ts\n")
        server.broken = set()
        await pilot.press("a")
        await sees(pilot, "3 of 3 made")
        assert server.asked[-1][1] == ("b.ts",)


async def test_a_run_is_stopped_and_goes_on_with_what_is_left(server: Server, size: tuple[int, int]) -> None:
    scene = scene_of(OPEN, "a.ts", "b.ts", "c.ts")
    server.gate.clear()
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("space", "space", "space", "u")
        await sees(pilot, "1 of 3 made")
        await pilot.press("x")
        await sees(pilot, "stopped: 1 of 3 made. Press a to continue.")
        server.gate.set()
        await pilot.press("a")
        await sees(pilot, "3 of 3 made")
        assert server.asked[-1][1] == ("b.ts", "c.ts")


async def test_a_pattern_over_the_whole_space_is_asked_for_from_the_list_of_spaces(
    server: Server, size: tuple[int, int]
) -> None:
    scene = scene_of(OPEN)
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "12")
        await pilot.press("u")
        await sees(pilot, "items *.m3u8")
        await pilot.press("enter")
        await sees(pilot, "all that fit *.m3u8", "2 of 2 made", "localhost/b.m3u8")
        assert server.asked[0][1:] == (("a.m3u8", "b.m3u8"), False)


async def test_under_a_prefix_the_pattern_begins_with_it(server: Server, size: tuple[int, int]) -> None:
    scene = scene_of(OPEN, "tapes/1.ts", "tapes/2.ts")
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("p", *"tapes/", "enter")
        await sees(pilot, "tapes/…")
        await pilot.press("a")
        await sees(pilot, "items tapes/*")


async def test_a_listing_that_fails_is_said_in_its_place_and_begun_again(server: Server, size: tuple[int, int]) -> None:
    scene = scene_of(OPEN)
    server.trouble = Unreachable(f"GET /{SPACE}", None, "no route")
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "12")
        await pilot.press("u", "enter")
        await sees(pilot, "stopped", "12,000 ids read", "no answer")
        server.trouble = None
        await pilot.press("a")
        await sees(pilot, "2 of 2 made")


async def test_an_id_typed_by_hand_is_looked_for_and_its_url_made_all_the_same_when_wanted(
    server: Server, size: tuple[int, int]
) -> None:
    scene = scene_of(OPEN)
    server.missing = {"gone.ts"}
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "12")
        await pilot.press("u", "ctrl+u")
        type_in(scene.app, "gone.ts")
        await pilot.press("enter")
        await sees(pilot, "✕ not found", "a asks again, without looking")
        await pilot.press("a")
        await sees(pilot, f"{HOST}/gone.ts")
        assert [check for _, _, check in server.asked] == [True, False]


async def test_a_link_for_a_whole_space_leads_to_a_page_that_is_typed(server: Server, size: tuple[int, int]) -> None:
    scene = scene_of(SECURE)
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "12")
        await pilot.press("u", "ctrl+u", "enter")
        sheet = await form(pilot)
        redirect = sheet.query_one("#field-redirectUrl Input", Input)
        assert redirect.value == ""
        redirect.value = "https://player.example/x"
        sheet.go_on()
        await made(pilot)
        await sees(pilot, "token=•••", "https://player.example/x")


async def test_a_file_is_written_for_its_owner_alone(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    scene = scene_of(OPEN, "a.ts", "b.ts")
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("space", "space", "u")
        await made(pilot)
        await pilot.press("f", "w")
        await sees(pilot, f"write to {SPACE}-urls.csv")
        await pilot.press("enter")
        await until(pilot, lambda: any("2 URLs written to" in note.text for note in scene.app.notes))
        file = tmp_path / f"{SPACE}-urls.csv"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(file.read_text().splitlines()) == 3
        await pilot.press("w", "enter")
        await until(pilot, lambda: any("is there already" in note.text for note in scene.app.notes))


async def test_a_qr_code_is_shown_whole_and_put_away(server: Server, size: tuple[int, int]) -> None:
    scene = scene_of(OPEN)
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene)
        await pilot.press("u")
        await made(pilot)
        await pilot.press("z")
        await until(pilot, lambda: isinstance(scene.app.screen, QrScreen))
        code = scene.app.screen.query_one(QrCode)
        await until(pilot, lambda: code.region.height == len(code.lines))
        assert scene.app.screen.region.contains_region(code.region)
        await pilot.press("z")
        await until(pilot, lambda: isinstance(scene.app.screen, UrlSheet))


async def test_names_that_a_terminal_would_obey_are_shown_and_their_urls_are_exact(
    server: Server, copied: list[str], size: tuple[int, int]
) -> None:
    hostile = ["\x1b]52;c;aGk=\x07", "[/] [b]", "‮gpj.exe"]
    scene = scene_of(OPEN, *hostile)
    server.broken = {"[/] [b]"}
    async with scene.app.run_test(size=size, notifications=True) as pilot:
        await sees(pilot, "1 space", "12")
        await pilot.press("enter")
        if size[0] < 100:
            await pilot.press("enter")
        await sees(pilot, "[/] [b]")
        await pilot.press("space", "space", "space", "u")
        await made(pilot)
        await sees(pilot, "2 of 3 made", "[/] [b]")
        assert not {"\x1b", "\x07", "\u202e"} & set(shown(scene.app))
        await pilot.press("y")
        await until(pilot, lambda: copied)
        assert sorted(copied[0].split("\n")) == sorted(f"{HOST}/{encode_path(one)}" for one in (hostile[0], hostile[2]))
