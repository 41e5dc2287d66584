"""One content item (protocol §4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.api.reply import Reply
from durastore_tui.api.spaces import META, without_prefix
from durastore_tui.api.transport import Transport
from durastore_tui.core.errors import BadInput
from durastore_tui.core.storage import STORAGE_CLASS
from durastore_tui.core.urls import item_path, unreachable


@dataclass(frozen=True, slots=True)
class ItemProperties:
    """Size in bytes, type, MD5 in hex, time as the server writes it (no zone), and the item's own properties."""

    size: int | None
    mimetype: str | None
    checksum: str | None
    modified: str | None
    raw: Mapping[str, str]
    storage_class: str | None = None
    """S3's class, where the server tells it: S3 names none for STANDARD. It stays after a retrieval."""


async def head(transport: Transport, store: str, space: str, content_id: str) -> ItemProperties:
    """Properties of an item; raises DuraStoreError, and BadInput for an id that no path can name."""
    if why := unreachable(content_id):
        raise BadInput("contentId", f"This item cannot be asked for: {why}.")
    reply = await transport.read("HEAD", item_path(space, content_id), {"storeID": store})
    _check_is_item(reply)
    length = reply.headers.get("content-length", "")
    raw = without_prefix(reply.headers, META)
    return ItemProperties(
        size=int(length) if length.isascii() and length.isdigit() else None,
        mimetype=reply.headers.get("content-type"),
        checksum=reply.headers.get("content-md5") or reply.headers.get("etag"),
        modified=reply.headers.get("last-modified"),
        raw=raw,
        storage_class=raw.get(STORAGE_CLASS) or reply.headers.get(STORAGE_CLASS),
    )


async def read_first_byte(transport: Transport, store: str, space: str, content_id: str) -> None:
    """Reads one byte of an item; raises DuraStoreError, Conflict for an archived one (protocol §7.8)."""
    path = item_path(space, content_id)
    _check_is_item(await transport.read("GET", path, {"storeID": store}, {"Range": "bytes=0-0"}))


def _check_is_item(reply: Reply) -> None:
    """Raises Malformed for what is no item, such as a login page: every item has a checksum or properties."""
    if "content-md5" not in reply.headers and not without_prefix(reply.headers, META):
        raise reply.malformed("no properties of an item")
