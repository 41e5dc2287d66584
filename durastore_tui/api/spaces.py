"""Spaces: names, properties, contents by marker, access lists (protocol §3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.api.reply import Reply
from durastore_tui.api.transport import Query, Transport
from durastore_tui.api.xml import parsed
from durastore_tui.core.urls import space_path

META = "x-dura-meta-"
ACL = f"{META}acl-"
MOST_ITEMS = 1000
"""No listing is longer, whatever is asked for (protocol §3.2)."""


@dataclass(frozen=True, slots=True)
class SpaceProperties:
    """What the server says of a space: names without the prefix, values as text (protocol §3.3)."""

    raw: Mapping[str, str]

    @property
    def count(self) -> str | None:
        """`0` to `999`, or `1000+`."""
        return self.raw.get("space-count")

    @property
    def created(self) -> str | None:
        """Date and time in the server's own zone, normally UTC."""
        return self.raw.get("space-created")

    @property
    def hls_host(self) -> str | None:
        return self.raw.get("hls-streaming-host")

    @property
    def hls_type(self) -> str | None:
        return self.raw.get("hls-streaming-type")

    @property
    def rtmp_host(self) -> str | None:
        return self.raw.get("streaming-host")

    @property
    def rtmp_type(self) -> str | None:
        return self.raw.get("streaming-type")

    @property
    def snapshot_id(self) -> str | None:
        return self.raw.get("snapshot-id")

    @property
    def restore_id(self) -> str | None:
        return self.raw.get("restore-id")

    @property
    def deleting(self) -> bool:
        """Whether the space's own deletion is under way."""
        return self.raw.get("is-delete") == "true"


@dataclass(frozen=True, slots=True)
class Listing:
    """Ids in byte order, and the space's properties that came along. Only an empty listing is surely the last."""

    ids: tuple[str, ...]
    properties: SpaceProperties


async def names(transport: Transport, store: str) -> tuple[str, ...]:
    """Ids of the spaces this login may see, sorted; raises DuraStoreError."""
    reply = await transport.read("GET", "/spaces", {"storeID": store})
    found = await parsed(reply, "spaces")
    return tuple(space.get("id", "") for space in found.iter("space"))


async def properties(transport: Transport, store: str, space: str) -> SpaceProperties:
    """Properties of one space; raises DuraStoreError, Malformed for an answer without any (protocol §3.3)."""
    reply = await transport.read("HEAD", space_path(space), {"storeID": store})
    found = _properties(reply)
    if not found.raw:
        raise reply.malformed("no properties of a space")
    return found


async def listing(
    transport: Transport, store: str, space: str, prefix: str = "", marker: str = "", limit: int = MOST_ITEMS
) -> Listing:
    """At most `limit` ids that begin with `prefix` and come after `marker`.

    Raises DuraStoreError; Malformed when the page does not lead past the marker, because reading on would never end.
    """
    query: Query = {"storeID": store, "maxResults": limit, "prefix": prefix or None, "marker": marker or None}
    reply = await transport.read("GET", space_path(space), query)
    found = await parsed(reply, "space")
    ids = tuple(item.text or "" for item in found.iter("item"))
    # IDs come in code-point order (protocol §3.2), so the marker of each page is beyond that of the page before.
    if ids and marker and (ids[-1] <= marker or marker in ids):
        raise reply.malformed(f"the listing does not advance: the page after {marker!r} ends with {ids[-1]!r}")
    return Listing(ids, _properties(reply))


async def acl(transport: Transport, store: str, space: str) -> Mapping[str, str]:
    """READ or WRITE by user, or by group as `group-name`; raises DuraStoreError (protocol §3.6).

    The list can be empty, so only a web page without any entry is Malformed.
    """
    reply = await transport.read("HEAD", "/acl" + space_path(space), {"storeID": store})
    rights = without_prefix(reply.headers, ACL)
    if not rights and reply.headers.get("content-type", "").startswith("text/html"):
        raise reply.malformed("a web page instead of an access list")
    return rights


def without_prefix(headers: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The headers that begin with `prefix`, named without it."""
    return {name.removeprefix(prefix): value for name, value in headers.items() if name.startswith(prefix)}


def _properties(reply: Reply) -> SpaceProperties:
    return SpaceProperties(without_prefix(reply.headers, META))
