from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from durastore_tui.core.job_summary import brief_of_jobs, format_elapsed, progress_bar
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.tui.widgets.bars import CrumbBar, Crumbs, JobsStrip, KeyBar, LineBar, Status, StatusBar
from durastore_tui.tui.widgets.facts import Hint

from .stage import NOW, Stage, shown

HELP = Hint("?", "help", does="help")
STATUS = Status("PROD", "dspace-prod", "store 1 AMAZON_S3", "jdoe", "READ-ONLY", "ok 84 ms", "good", "read 12 s ago")
ACCEPTED = Job(
    id="1",
    profile="demo",
    store="51",
    kind=JobKind.ENABLE,
    family="hls",
    space="dance-archive",
    target=None,
    state=JobState.ACCEPTED,
    since=NOW - timedelta(minutes=4, seconds=12),
    updated=NOW,
    words="",
    streaming_type="SECURE",
    usual=480.0,
    most=900.0,
)


async def line(widget: Widget, width: int) -> str:
    """The whole line, which must be as wide as the screen."""
    async with Stage(widget).run_test(size=(width, 4)) as pilot:
        await pilot.pause(0)
        text = widget.render_line(0).text
    assert cell_len(text) == width
    return text.strip()


def status_bar(status: Status = STATUS) -> StatusBar:
    widget = StatusBar()
    widget.show(status)
    return widget


def strip(*jobs: Job) -> JobsStrip:
    widget = JobsStrip()
    widget.show(jobs, NOW, timedelta())
    return widget


@pytest.mark.parametrize("width", [30, 40, 60, 80])
@pytest.mark.parametrize("text", ["page-0", "a text that is a good deal longer than half of a narrow window"])
async def test_a_filter_is_never_out_of_sight_while_it_hides_rows(width: int, text: str) -> None:
    crumbs = CrumbBar()
    crumbs.show(Crumbs(("Snapshots", "one", "contents"), text, "69/185 pages, m pauses · 9 in 69,000 held, of 184,233"))
    said = await line(crumbs, width)
    assert f"  / {text[:4]}" in said
    assert "contents" in said


async def test_line_one_says_where_we_are_and_how_old_it_is() -> None:
    said = await line(status_bar(), 120)
    assert said.startswith("PROD   dspace-prod  store 1 AMAZON_S3  jdoe ")
    assert said.endswith(" READ-ONLY  ok 84 ms  read 12 s ago")


@pytest.mark.parametrize("width", [30, 40, 60, 80])
async def test_environment_and_lock_are_the_last_to_go(width: int) -> None:
    said = await line(status_bar(), width)
    assert said.startswith("PROD")
    assert said.split().count("READ-ONLY") == 1


async def test_a_hostile_profile_name_stays_in_its_place() -> None:
    said = await line(status_bar(STATUS._replace(profile="\x1b]0;evil\x07" + "日本" * 40)), 80)
    assert "\x1b" not in said and "\x07" not in said
    assert "READ-ONLY" in said


async def test_the_place_one_is_in_outlives_the_places_before_it() -> None:
    crumbs = CrumbBar()
    crumbs.show(Crumbs(("Spaces", "a-space-with-a-rather-long-name", "Contents"), "1987", "12 of 812", "name", 2))
    wide = "Spaces › a-space-with-a-rather-long-name › Contents"
    assert (await line(crumbs, 120)).startswith(wide)
    narrow = CrumbBar()
    narrow.show(crumbs.crumbs)
    said = await line(narrow, 60)
    assert said.startswith("… › Contents  / 1987")
    assert said.endswith("2 marked  12 of 812  by name")


async def test_a_waiting_job_shows_its_time_against_the_usual_one_and_the_word_accepted() -> None:
    said = await line(strip(ACCEPTED), 120)
    assert said.startswith("◌ accepted  dance-archive  enable SECURE  04:12 ━━━━━━━─────── usual 08:00  most 15:00")


async def test_a_run_is_named_by_how_many_spaces_it_is_about() -> None:
    parts = (Part("dance-archive", JobState.ACCEPTED), Part("campus-events"))
    run = replace(ACCEPTED, kind=JobKind.POLICY, state=JobState.SENT, streaming_type=None, parts=parts)
    assert (await line(strip(run), 120)).startswith("◌ sent  2 spaces  policy")


async def test_late_and_unknown_jobs_are_counted_in_capitals_beside_the_running_one() -> None:
    late = replace(ACCEPTED, id="2", state=JobState.OVERDUE)
    lost = replace(ACCEPTED, id="3", state=JobState.UNKNOWN)
    running = replace(ACCEPTED, id="4", state=JobState.IN_PROGRESS, since=NOW - timedelta(hours=1))
    said = await line(strip(ACCEPTED, late, lost, running), 120)
    assert said.startswith("◌ accepted")
    assert "+1 running  OVERDUE 1  UNKNOWN 1" in said
    assert brief_of_jobs((ACCEPTED, late, lost, running)) == "2 running · OVERDUE 1 · UNKNOWN 1"


async def test_a_late_job_alone_is_not_drawn_against_the_usual_time() -> None:
    late = replace(ACCEPTED, state=JobState.OVERDUE, since=NOW - timedelta(minutes=17))
    said = await line(strip(late), 100)
    assert said.startswith("▲ OVERDUE  dance-archive  enable SECURE  17:00")
    assert "usual" not in said


def restored(hours: float) -> Job:
    """A restore that is complete and whose items stay so long."""
    until = NOW + timedelta(hours=hours)
    return replace(ACCEPTED, id=f"r{hours}", kind=JobKind.RESTORE, state=JobState.CONFIRMED, space="maps", until=until)


async def test_restored_items_that_go_within_a_day_are_warned_of_with_and_without_other_jobs() -> None:
    alone = await line(strip(restored(5.5)), 80)
    assert "maps expires in 5 hours" in alone
    beside = await line(strip(ACCEPTED, restored(20), restored(5.5)), 120)
    assert "maps expires in 5 hours +1" in beside
    assert "dance-archive" in beside
    assert "expires" not in await line(strip(ACCEPTED, restored(30), restored(-1)), 120)


async def test_jobs_that_ended_are_no_longer_under_way() -> None:
    assert (await line(strip(replace(ACCEPTED, state=JobState.CONFIRMED)), 100)).startswith("no jobs under way")


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0, 40.0])
def test_the_bar_is_never_full_for_only_evidence_ends_a_wait(share: float) -> None:
    drawn = "".join(text for text, _ in progress_bar(share, 10))
    assert len(drawn) == 10
    assert drawn.endswith("─")


def test_durations_read_like_a_clock() -> None:
    assert [format_elapsed(seconds) for seconds in (5, 252, 3729, 273_840)] == [
        "00:05",
        "04:12",
        "1:02:09",
        "3 d 04:04",
    ]


async def test_help_is_the_last_key_to_go() -> None:
    keys = KeyBar()
    keys.show([Hint(letter, "something to do") for letter in "abcdefgh"] + [Hint("?", "help")])
    said = await line(keys, 60)
    assert said.startswith("a something to do  b something to do")
    assert said.endswith("? help")
    assert "h something" not in said


async def test_a_click_chooses_the_part_it_hits_and_none_between_them() -> None:
    chosen: list[str] = []

    class Clicked(Stage):
        def on_line_bar_chosen(self, event: LineBar.Chosen) -> None:
            chosen.append(event.action)

    keys = KeyBar()
    async with Clicked(keys).run_test(size=(40, 3)) as pilot:
        keys.show([Hint("E", "enable", does="enable"), Hint("D", "disable", on=False, does="disable"), HELP])
        await pilot.pause()
        (line,) = shown(keys)[:1]
        for words in ("E enable", "D disable", "? help"):
            for x in (line.index(words), line.index(words) + len(words) - 1):
                await pilot.click(KeyBar, offset=(x, 0))
        for x in (0, line.index("D disable") - 1, line.index("? help") - 1, 39):
            await pilot.click(KeyBar, offset=(x, 0))
    assert chosen == ["enable", "enable", "disable", "disable", "help", "help"]
