"""What a panel says of one snapshot, and of its last restore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from durastore_tui.core.expiry import countdown, soon
from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.core.resource import Empty, Loading, Ready, Resource, Stale, value_of
from durastore_tui.core.tasks.model import as_time
from durastore_tui.core.tasks.restores import RESTORED
from durastore_tui.core.transfer import Transfer
from durastore_tui.services.changes.snapshot_changes import WHAT_NOW
from durastore_tui.tui.details.snapshot_words import restore_looks, snapshot_looks
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Hint, Words
from durastore_tui.tui.wording import ago, on_clock, size, standing

if TYPE_CHECKING:
    from durastore_tui.core.tasks.restores import Restore
    from durastore_tui.core.tasks.snapshots import Snapshot
    from durastore_tui.services.restore_space import RestoreSpace

T = TypeVar("T")
BAR = 20
METADATA = "x-snapshot-metadata"


class SnapshotView(NamedTuple):
    """All that is known here of a snapshot. `listed` is the status of the list, which may be newer or older."""

    snapshot: str
    listed: str | None
    taken: datetime | None
    detail: Resource[Snapshot]
    transfer: Transfer | None = None
    stuck: str | None = None
    restore: Resource[Restore | None] = Empty()
    space: Resource[RestoreSpace | None] = Empty()
    ahead: timedelta = timedelta()
    """How far the server's clock is ahead of ours."""


def snapshot_blocks(view: SnapshotView, hints: Sequence[Hint], now: datetime) -> tuple[Block, ...]:
    """All that the server says of it, in the order in which people ask."""
    return (
        *_stands(view, now),
        *_holds(view, now),
        *_preserved(view),
        *_restored_briefly(view, now),
        Heading("NEXT"),
        *hints,
    )


def _stands(view: SnapshotView, now: datetime) -> Iterator[Block]:
    detail = value_of(view.detail)
    status = detail.status if detail else view.listed
    looks = snapshot_looks(status, stuck=view.stuck is not None)
    yield Heading("SNAPSHOT")
    yield Fact("status", looks.text, looks.shade)
    if status and looks.word.casefold() != status.casefold():
        yield Fact("", status, "dim")
    if view.stuck:
        yield Words(view.stuck, "warn")
    elif meaning := _meaning(status):
        yield Words(meaning, "dim")
    if view.transfer:
        yield from _progress(view.transfer)
    taken = as_time(detail.snapshot_date) if detail else view.taken
    if taken:
        yield Fact("taken", f"{on_clock(taken)}, {ago(taken, now + view.ahead)}")


def _meaning(status: str | None) -> str | None:
    return WHAT_NOW.get(status or "")


def _progress(transfer: Transfer) -> Iterator[Block]:
    if transfer.share is not None:
        full = min(int(transfer.share * BAR), BAR)
        drawn = sign("full") * full + sign("rest") * (BAR - full)
        yield Fact("transfer", f"{drawn} {int(transfer.share * 100)}%", "accent")
    yield Fact("", transfer.words)


def _holds(view: SnapshotView, now: datetime) -> Iterator[Block]:
    detail = value_of(view.detail)
    if detail:
        yield Fact("items", _count(detail.content_item_count))
        yield Fact(
            "size", size(detail.total_size_in_bytes) if detail.total_size_in_bytes else "not known before staging"
        )
        yield Fact("description", detail.description or "none", "" if detail.description else "dim", exact=True)
    words, shade = standing(view.detail, now)
    yield Fact("data", words, shade)
    if detail:
        yield Heading("SOURCE")
        yield Fact("space", detail.source_space_id or "not said", exact=True)
        yield Fact("store", detail.source_store_id or "not said")
        yield Fact("host", detail.source_host or "not said")


def _preserved(view: SnapshotView) -> Iterator[Block]:
    detail = value_of(view.detail)
    if detail is None:
        return
    yield Heading("PRESERVATION")
    yield Fact("member", detail.member_id or "not said")
    for number, alternate in enumerate(detail.alternate_ids):
        yield Fact("" if number else "also known", alternate, exact=True)
    if not detail.alternate_ids:
        yield Fact("also known", "by no other id", "dim")
    if detail.status in ("CLEANING_UP", "SNAPSHOT_COMPLETE"):
        yield Fact("metadata", f"{METADATA}/{view.snapshot}.zip", exact=True)


def _restored_briefly(view: SnapshotView, now: datetime) -> Iterator[Block]:
    if isinstance(view.restore, Empty):
        return
    yield Heading("LAST RESTORE")
    yield from _standing_of_restore(view, now)


def _standing_of_restore(view: SnapshotView, now: datetime) -> Iterator[Block]:
    there = now + view.ahead
    match view.restore:
        case Ready(restore, _) | Stale(restore, _):
            if restore is None:
                yield Words("No restore yet.", "dim")
                return
            looks = restore_looks(restore.status)
            yield Fact("status", looks.text, looks.shade)
            if until := as_time(restore.expiration_date):
                shade: Shade = "bad" if soon(until, there) else "dim" if until < there else ""
                yield Fact("expiry", f"{countdown(until, there)}: {on_clock(until)}", shade)
        case _:
            yield Words(*standing(view.restore, now))


def restore_blocks(view: SnapshotView, hints: Sequence[Hint], now: datetime) -> tuple[Block, ...]:
    """The snapshot's last restore, field by field, and the space that a restore makes."""
    return (
        Heading("LAST RESTORE"),
        *_standing_of_restore(view, now),
        *_fields(view.restore),
        *_restore_space(view, now),
        Heading("NEXT"),
        *hints,
    )


def _fields(held: Resource[Restore | None]) -> Iterator[Block]:
    restore = value_of(held)
    if restore is None:
        return
    yield Fact("server says", restore.status or "no status", "dim")
    yield Fact("its text", restore.status_text or "none", exact=True)
    yield Fact("restore", restore.restore_id or "not said", exact=True)
    for label, at in (("started", restore.start_date), ("ended", restore.end_date)):
        moment = as_time(at)
        yield Fact(label, on_clock(moment) if moment else "not yet", "" if moment else "dim")
    yield Fact("space", restore.destination_space_id or "not said", exact=True)
    yield Fact("store", restore.destination_store_id or "not said")
    port = f":{restore.destination_port}" if restore.destination_port is not None else ""
    yield Fact("host", f"{restore.destination_host or 'not said'}{port}")


def _restore_space(view: SnapshotView, now: datetime) -> Iterator[Block]:
    yield Heading("RESTORED SPACE")
    space = value_of(view.space)
    if space is None:
        if isinstance(view.space, Ready | Stale):
            yield Words("The server can't take this id apart, so no restore can name a space for it.", "warn")
        elif isinstance(view.space, Loading):
            yield Words("looking whether it is there…", "dim")
        else:
            yield Words(*standing(view.space, now))
        return
    yield Fact("name", space.id, exact=True)
    if space.cut:
        yield Fact("", f"cut to 42 characters from {space.uncut}", "dim", exact=True)
    yield from _is_there(space, value_of(view.restore), now + view.ahead)


def _is_there(space: RestoreSpace, restore: Restore | None, now: datetime) -> Iterator[Block]:
    ours = restore is not None and restore.destination_space_id == space.id
    complete = ours and restore is not None and restore.status == RESTORED
    until = as_time(restore.expiration_date) if restore else None
    if space.properties is None and complete and (until is None or until > now):
        yield Words("It is gone before its time: somebody deleted it.", "warn")
    elif space.properties is None:
        yield Fact("there", "no", "dim")
    elif space.orphan and not ours:
        yield Words(
            "It is there, and belongs to no restore: one that was refused leaves its empty space behind, which blocks "
            "the next one until an administrator deletes it.",
            "warn",
        )
    else:
        yield Fact("there", f"yes, {space.properties.count or 'no number of'} items")


def _count(count: int | None) -> str:
    return "not said" if count is None else f"{count:,}"
