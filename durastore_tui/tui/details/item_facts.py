"""What a panel says of one content item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Ready, Resource, Stale
from durastore_tui.core.storage import class_words
from durastore_tui.tui import wording
from durastore_tui.tui.details.property_facts import properties_and_headers
from durastore_tui.tui.details.thaw_facts import thaw_blocks
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Hint, Words
from durastore_tui.tui.wording import size, standing

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties

FIRST = ("content-size", "content-mimetype", "content-checksum", "content-modified")


def item_blocks(
    item: Resource[ItemProperties], hints: Sequence[Hint], now: datetime, thaw: Job | None = None, *, whole: bool
) -> tuple[Block, ...]:
    """Size, type and checksum first, then its retrieval and its own properties. S3's headers are listed when `whole`,
    else counted."""
    thawing = tuple(thaw_blocks(thaw, now)) if thaw else ()
    following: tuple[Block, ...] = (Heading("NEXT"), *hints)
    match item:
        case Ready(value, _) | Stale(value, _):
            said = "" if value.size is None else str(value.size)
            first = _first(said, value.mimetype, value.checksum, value.modified)
            storage = (Fact("storage", class_words(value.storage_class)),) if value.storage_class else ()
            own = properties_and_headers(value.raw, following, whole=whole)
            return (*first, *storage, Fact("data", *standing(item, now)), *thawing, *own)
    return (Words(*standing(item, now)), *thawing, *following)


def copied_item_blocks(
    properties: Mapping[str, str] | None, hints: Sequence[Hint], *, whole: bool
) -> tuple[Block, ...]:
    """The same of an item in a snapshot, whose properties the bridge has, or none of them (protocol §7.13)."""
    following: tuple[Block, ...] = (Heading("NEXT"), *hints)
    if properties is None:
        return (Words("The bridge holds no properties of this item.", "dim"), *following)
    first = (properties.get(name) for name in FIRST)
    own = {name: text for name, text in properties.items() if name not in FIRST}
    return (*_first(*first), *properties_and_headers(own, following, whole=whole))


def short_size(said: str | None) -> str:
    """What was said of a size, for a list."""
    return wording.short_size(int(said)) if said and said.isascii() and said.isdigit() else said or ""


def _first(said: str | None, mimetype: str | None, checksum: str | None, modified: str | None) -> tuple[Block, ...]:
    whole = bool(said) and said is not None and said.isascii() and said.isdigit()
    return (
        Heading("ITEM"),
        Fact("size", size(int(said)) if whole and said else said or "not said", exact=not whole),
        Fact("type", mimetype or "not said"),
        Fact("md5", checksum or "not said"),
        Fact("modified", modified or "not said"),
    )
