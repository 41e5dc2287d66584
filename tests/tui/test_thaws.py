"""Thaws by keys on the stand-in: to the Glacier store, an item, marked items, a pasted list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from durastore_tui.config import profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.jobs import JobState
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.list_sheet import ListSheet
from durastore_tui.tui.dialogs.thaw_sheet import ThawSheet
from durastore_tui.tui.screens.item import ItemScreen
from durastore_tui.tui.start import SPACES, Found, Start
from durastore_tui.tui.widgets.facts import Fact, Facts, Heading
from tests.archive import put_item
from tests.sandbox_server import SandboxServer
from tests.tui.looking import agree, sees, shown, type_in, until

THAWING, FROZEN, NONE = "preservation/OH-0001_pm.wav", "preservation/OH-0200_pm.wav", "no/such.wav"
SIZES = pytest.mark.parametrize(
    "size", [(120, 36), pytest.param((80, 24), marks=pytest.mark.slow)], ids=["120x36", "80x24"]
)


@pytest.fixture(autouse=True)
def alone(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    yield


def app_of(server: SandboxServer, user: str = "root") -> DurastoreApp:
    async def find() -> Found:
        where = profile.demo("lakeshore", server.worlds["lakeshore"], user, server.ca_file)
        return Found(where, Secret(server.users[user]))

    expected = profile.Profile("lakeshore", "", user, profile.Environment.DEMO)
    return DurastoreApp(Start(expected, find=find, clock=WallClock(), root=SPACES))


def labelled(app: DurastoreApp, label: str) -> str | None:
    """What the details in view say beside that label."""
    facts = (block for block in app.screen.query_one(Facts)._blocks if isinstance(block, Fact))
    return next((fact.value for fact in facts if fact.label == label), None)


async def to_masters(pilot: Pilot[None]) -> None:
    """Line 1 says how to get to another store."""
    await sees(pilot, "store 51 AMAZON_S3 (#: 2 more)", "20 spaces")
    await pilot.press("number_sign")
    await sees(pilot, "store 52 AMAZON_GLACIER", "Make this store the current one.")
    type_in(pilot.app, "52")
    await until(pilot, lambda: "store 53" not in shown(pilot.app))
    await pilot.press("enter")
    await sees(pilot, "4 spaces", "masters-film")
    assert "STREAMING" not in shown(pilot.app)
    await pilot.press("j")
    await sees(pilot, "▌  masters-audio")


async def to_contents(pilot: Pilot[None]) -> None:
    """Of the space under the cursor; where there is no room beside the list, its page comes first."""
    await pilot.press("enter")
    if pilot.app.size.width < 100:
        await sees(pilot, "ACCESS")
        await pilot.press("enter")
    await sees(pilot, "CONTENT ID")


async def consent(pilot: Pilot[None], typed: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmSheet))
    await pilot.press("tab")
    type_in(pilot.app, typed)
    await pilot.press("enter", "enter")


async def paste(pilot: Pilot[None], *lines: str) -> None:
    await pilot.press("H")
    await until(pilot, lambda: isinstance(pilot.app.screen, ListSheet))
    pilot.app.post_message(Paste("\r\n".join(lines)))
    await sees(pilot, *(line[-20:] for line in lines))
    await pilot.press("enter")


@SIZES
async def test_a_pasted_list_is_one_result_an_item_and_a_name_that_is_not_there_is_not_sent(
    sandbox: SandboxServer, size: tuple[int, int]
) -> None:
    app = app_of(sandbox)
    async with app.run_test(size=size, notifications=True) as pilot:
        await to_masters(pilot)
        await paste(pilot, FROZEN, THAWING, NONE)
        await sees(pilot, "These 3 requests would go out", "restore-content?storeID=52")
        await consent(pilot, "3")
        await until(pilot, lambda: isinstance(app.screen, ThawSheet))
        await sees(pilot, "2 of 3 under way, 1 not", "◌ ready about ", "◐ already thawing, by ", "✕ not sent")
        (job,) = app.jobs
        assert [part.target for part in job.parts] == [FROZEN, THAWING, NONE]


@SIZES
async def test_marked_items_are_asked_for_together_and_their_marks_go_with_it(
    sandbox: SandboxServer, size: tuple[int, int]
) -> None:
    app = app_of(sandbox)
    async with app.run_test(size=size, notifications=True) as pilot:
        await to_masters(pilot)
        await to_contents(pilot)
        await sees(pilot, THAWING)
        await pilot.press("space", "space", "space")
        await sees(pilot, "3 marked")
        await pilot.press("H")
        await consent(pilot, "3")
        await until(pilot, lambda: isinstance(app.screen, ThawSheet))
        await sees(pilot, "3 of 3 under way")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ThawSheet))
        assert "marked" not in shown(app)


@SIZES
async def test_one_item_is_a_y_and_its_page_says_when_it_can_be_read(
    sandbox: SandboxServer, size: tuple[int, int]
) -> None:
    app = app_of(sandbox)
    async with app.run_test(size=size, notifications=True) as pilot:
        await to_masters(pilot)
        await to_contents(pilot)
        await pilot.press("p")
        type_in(app, FROZEN)
        await pilot.press("enter")
        await sees(pilot, "2 items", f"{FROZEN}")
        await pilot.press("enter")
        await sees(pilot, "ITEM", "md5")
        await pilot.press("H")
        await sees(pilot, "Thaw an item")
        await agree(pilot, f"masters-audio/{FROZEN}")
        await until(pilot, lambda: app.jobs and app.jobs[0].state in (JobState.ACCEPTED, JobState.IN_PROGRESS))
        await sees(pilot, "THAW", "copy       ready about ")


async def test_a_login_below_root_learns_it_from_the_403_and_the_key_is_dimmed(sandbox: SandboxServer) -> None:
    app = app_of(sandbox, "admin")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await to_masters(pilot)
        await paste(pilot, FROZEN)
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await agree(pilot, FROZEN[-20:])
        await until(pilot, lambda: app.jobs and app.jobs[0].state is JobState.REJECTED)
        await until(pilot, lambda: not isinstance(app.screen, ConfirmSheet))
        await pilot.press("H")
        await sees(pilot, "needs the role ROOT")
        assert not isinstance(app.screen, ListSheet)


@SIZES
async def test_an_item_says_that_it_is_archived_and_its_page_shows_the_storage_headers(
    sandbox: SandboxServer, size: tuple[int, int]
) -> None:
    put_item(sandbox, "preservation/A.wav", "GLACIER")
    app = app_of(sandbox)
    async with app.run_test(size=size, notifications=True) as pilot:
        await to_masters(pilot)
        await to_contents(pilot)
        await sees(pilot, "preservation/A.wav")
        if size[0] >= 100:
            await until(pilot, lambda: labelled(app, "storage") == "archived (GLACIER)")
            assert labelled(app, "creator") == "ana"
            await sees(pilot, "4 storage headers (i shows them)")
            assert labelled(app, "x-amzn-requestid") is None
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, ItemScreen) and labelled(app, "storage"))
        assert labelled(app, "storage") == "archived (GLACIER)"
        assert labelled(app, "x-amzn-requestid") == "4hZ4"
        headings = [block.text for block in app.screen.query_one(Facts)._blocks if isinstance(block, Heading)]
        assert headings[-1] == "4 storage headers"


@SIZES
async def test_the_confirmation_says_which_items_are_archived_and_points_out_those_that_are_not(
    sandbox: SandboxServer, size: tuple[int, int]
) -> None:
    put_item(sandbox, "new.wav")
    put_item(sandbox, "rare.wav", "STANDARD_IA")
    app = app_of(sandbox)
    async with app.run_test(size=size, notifications=True) as pilot:
        await to_masters(pilot)
        await paste(pilot, FROZEN, "new.wav", "rare.wav")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        assert isinstance(app.screen, ConfirmSheet)
        assert app.screen.plan.notes == (f"{FROZEN}: archived (GLACIER).",)
        assert app.screen.plan.warnings == (
            "new.wav: not marked as archived; DuraCloud names no storage class for it.",
            "rare.wav: not archived (STANDARD_IA); it can be read now.",
        )
        assert f"{FROZEN}: archived (GLACIER)." in " ".join(shown(app).split()) or size[0] < 100
