"""What a panel says of one content item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.core.resource import Ready, Resource, Stale
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Hint, Words
from durastore_tui.tui.wording import size, standing

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties


def item_blocks(item: Resource[ItemProperties], hints: Sequence[Hint], now: datetime) -> tuple[Block, ...]:
    """Size, type and checksum first, then the item's own properties."""
    following: tuple[Block, ...] = (Heading("NEXT"), *hints)
    match item:
        case Ready(value, _) | Stale(value, _):
            own: list[Block] = [Fact(name, text, exact=True) for name, text in value.raw.items()]
            return (
                Heading("ITEM"),
                Fact("size", "not said" if value.size is None else size(value.size)),
                Fact("type", value.mimetype or "not said"),
                Fact("md5", value.checksum or "not said"),
                Fact("modified", value.modified or "not said"),
                Fact("data", *standing(item, now)),
                *([Heading("PROPERTIES"), *own] if own else []),
                *following,
            )
    return (Words(*standing(item, now)), *following)
