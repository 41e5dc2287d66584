"""What the panels say of a snapshot and its restore, in cases that a server seldom shows."""

from datetime import UTC, datetime, timedelta

import pytest

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.glyphs import Shade
from durastore_tui.core.resource import Ready, Resource
from durastore_tui.core.tasks.model import EpochMs
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.core.transfer import transfer
from durastore_tui.services.restore_space import RestoreSpace
from durastore_tui.tui.details.snapshot_facts import SnapshotView, restore_blocks, snapshot_blocks
from durastore_tui.tui.widgets.facts import Block, Fact, Words, lay_out
from tests.tui.looking import field

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ID = "lakeshore_53_maps_2026-10-01-08-00-00"
SPACE = "maps-2026-10-01-08-00-00"
ITEMS = SpaceProperties({"space-count": "12"})


def ms(at: datetime) -> EpochMs:
    return EpochMs(round(at.timestamp() * 1000))


def view(detail: Snapshot, **more: object) -> SnapshotView:
    return SnapshotView(ID, detail.status, NOW, Ready(detail, NOW))._replace(**more)  # type: ignore[arg-type]


def said(blocks: tuple[Block, ...]) -> str:
    return "\n".join("".join(text for text, _ in line) for line in lay_out(blocks, 100))


def shade_of(blocks: tuple[Block, ...], words: str) -> Shade:
    return next(
        block.shade
        for block in blocks
        if (isinstance(block, Fact) and words in block.value) or (isinstance(block, Words) and words in block.text)
    )


def test_all_eleven_fields_are_there() -> None:
    whole = Snapshot(
        snapshot_id=ID,
        snapshot_date=ms(NOW - timedelta(days=54)),
        status="SNAPSHOT_COMPLETE",
        source_host="lakeshore.example",
        source_space_id="maps",
        source_store_id="53",
        description="Maps [red]of[/red]\nthe shore",
        content_item_count=2004,
        total_size_in_bytes=512_000_000_000,
        member_id="lsu-dc",
        alternate_ids=("urn-1", "urn-2", "urn-3"),
    )
    text = said(snapshot_blocks(view(whole), (), NOW))
    for words in (
        "● complete",
        "SNAPSHOT_COMPLETE",
        "2026-10-01",
        "lakeshore.example",
        "maps",
        "53",
        "[red]of[/red]",
        "2,004",
        "512.0 GB",
        "lsu-dc",
        "urn-1",
        "urn-3",
        f"x-snapshot-metadata/{ID}.zip",
    ):
        assert words in text
    assert [field(text, label, "SOURCE") for label in ("space", "store", "host")] == ["maps", "53", "lakeshore.example"]
    assert (field(text, "items"), field(text, "size")) == ("2,004", "512.0 GB (512,000,000,000 bytes)")
    assert field(text, "member") == "lsu-dc"


def test_what_is_not_said_is_not_made_up() -> None:
    text = said(snapshot_blocks(view(Snapshot(ID)), (), NOW))
    assert "no status" in text
    assert "not known before staging" in text
    assert "x-snapshot-metadata" not in text


@pytest.mark.parametrize(
    ("reported", "shown", "words"),
    [(11_902, None, "4,117 of 11,902 items"), (None, "1000+", "of 1000+ items"), (None, None, "nobody says")],
)
def test_a_transfer_is_a_bar_only_where_the_total_is_known(reported: int | None, shown: str | None, words: str) -> None:
    moving = Snapshot(ID, status="TRANSFERRING_FROM_DURACLOUD", content_item_count=4117)
    progress = transfer(moving, reported=reported, shown=shown)
    text = said(snapshot_blocks(view(moving, transfer=progress), (), NOW))
    assert words in text
    assert ("34%" in text) == (reported is not None)


def restored(status: str, expires: timedelta | None = None, space: RestoreSpace | None = None) -> tuple[Block, ...]:
    until = None if expires is None else ms(NOW + expires)
    restore = Restore(f"{ID}-r", ID, status, expiration_date=until, destination_space_id=SPACE)
    held: Resource[RestoreSpace | None] = Ready(space or RestoreSpace(SPACE, SPACE, ITEMS), NOW)
    return restore_blocks(view(Snapshot(ID), restore=Ready(restore, NOW), space=held), (), NOW)


@pytest.mark.parametrize(
    ("expires", "words", "shade"),
    [
        (timedelta(days=9), "expires in 9 days", ""),
        (timedelta(hours=5), "expires in 5 hours", "bad"),
        (timedelta(days=-12), "expired 12 days ago", "dim"),
    ],
)
def test_a_countdown_says_when_the_items_go_and_the_last_day_is_red(
    expires: timedelta, words: str, shade: Shade
) -> None:
    assert shade_of(restored("RESTORATION_COMPLETE", expires), words) == shade


def test_a_space_that_went_before_its_time_was_deleted_by_somebody() -> None:
    gone = RestoreSpace(SPACE, SPACE, None)
    assert "gone before its time" in said(restored("RESTORATION_COMPLETE", timedelta(days=9), gone))
    assert "gone before its time" not in said(restored("RESTORATION_EXPIRED", timedelta(days=-9), gone))


def test_no_restore_is_no_failure_and_an_orphan_space_is_explained() -> None:
    orphan = RestoreSpace(SPACE, SPACE, SpaceProperties({"space-count": "0"}))
    blocks = restore_blocks(view(Snapshot(ID), restore=Ready(None, NOW), space=Ready(orphan, NOW)), (), NOW)
    assert "No restore yet." in said(blocks)
    assert "blocks the next one" in said(blocks).replace("\n", " ")


def test_each_field_of_a_restore_stands_beside_its_label() -> None:
    restore = Restore(
        restore_id="restore-1",
        snapshot_id=ID,
        status="RESTORATION_COMPLETE",
        start_date=ms(datetime(2026, 10, 2, 9, tzinfo=UTC)),
        end_date=ms(datetime(2026, 10, 4, 17, 30, tzinfo=UTC)),
        expiration_date=ms(datetime(2026, 11, 30, tzinfo=UTC)),
        destination_host="lakeshore.example",
        destination_port=8443,
        destination_store_id="52",
        destination_space_id=SPACE,
        status_text="Completed: 12 items",
    )
    space = RestoreSpace(SPACE, SPACE, ITEMS)
    text = said(restore_blocks(view(Snapshot(ID), restore=Ready(restore, NOW), space=Ready(space, NOW)), (), NOW))
    labels = ("started", "ended", "space", "store", "host", "its text", "restore", "name")
    values = [str(field(text, label)) for label in labels]
    assert [value[-11:] for value in values[:2]] == ["(09:00 UTC)", "(17:30 UTC)"]
    assert values[2:] == [SPACE, "52", "lakeshore.example:8443", "Completed: 12 items", "restore-1", SPACE]
    assert (field(text, "expiry") or "").startswith("expires in 5 days: ")


def test_a_cut_name_is_said_to_be_cut() -> None:
    long = RestoreSpace(SPACE, f"{SPACE}-and-more", ITEMS)
    assert "cut to 42 characters" in said(restored("RESTORATION_COMPLETE", timedelta(days=1), long))


def test_ages_and_expiries_are_counted_by_the_servers_clock() -> None:
    there = NOW + timedelta(days=30)
    taken = Snapshot(snapshot_id=ID, snapshot_date=ms(there - timedelta(days=2)), status="SNAPSHOT_COMPLETE")
    restore = Restore(status="RESTORATION_COMPLETE", expiration_date=ms(there + timedelta(hours=5)))
    seen = view(taken, restore=Ready(restore, NOW), ahead=timedelta(days=30))
    text = said(snapshot_blocks(seen, (), NOW))
    assert "2 d ago" in text
    assert "expires in 5 hours" in text
    assert "expires in 5 hours" in said(restore_blocks(seen, (), NOW))
    assert "read just now" in text
