"""What can be copied of a place: each with a letter of the copy menu."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from durastore_tui.core.curl import curl
from durastore_tui.core.text import json_with_escapes
from durastore_tui.core.urls import address, doubt, stream_url
from durastore_tui.tui.columns import Row

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.session import Session

Properties = Mapping[str, object]


class Copyable(NamedTuple):
    """`what` names it in the menu and the toast. A tuple is a list, a line each; `keep` holds the control characters
    that `text` was made with."""

    letter: str
    what: str
    text: str | tuple[str, ...]
    keep: str = ""
    at_once: bool = False
    """Whether it is copied without the menu if nothing else is there but the request."""

    @property
    def in_short(self) -> str:
        """The text on one line."""
        return " ".join((self.text if isinstance(self.text, str) else " ".join(self.text)).split())


CURL = Copyable("c", "the request behind this place as curl", "")


def curl_copy(
    session: Session | None,
    method: str,
    path: str,
    query: Mapping[str, str | int | None],
    what: str,
    body: bytes | None = None,
) -> Copyable | str:
    """A request of the session's store as a curl line; "" without a session."""
    if session is None:
        return ""
    url = address(session.endpoint.url, path, {"storeID": session.store.id, **query})
    line = curl(method, url, user=session.endpoint.user, body=body, ca_file=session.endpoint.ca_file)
    return Copyable(CURL.letter, f"{what} as curl", line)


def row_copies(row: Row | None) -> Iterator[Copyable]:
    """A row as a spreadsheet takes it, its exact id before what the list shows."""
    if row:
        cells = (row.key, *(cell.text for cell in row.cells if cell.text != row.key))
        yield Copyable("r", "the row, tab-separated", "\t".join(" ".join(cell.split()) for cell in cells), "\t")


def url_copies(properties: SpaceProperties | None, item: str) -> Iterator[Copyable]:
    """The stream URL of an item, as far as the host is known; DuraCloud is not asked for it."""
    if properties and properties.hls_host:
        url = stream_url(properties.hls_host, item)
        if doubt(url, properties.hls_host) is None:
            yield Copyable("u", "its stream URL, joined here from host and id", url)


def property_copies(properties: Properties | None) -> Iterator[Copyable]:
    """What the server said of a thing, for people and for programs."""
    if properties:
        known = {name: value for name, value in properties.items() if value is not None}
        yield Copyable("p", "the properties as text", tuple(f"{name}: {value}" for name, value in known.items()))
        text = json.dumps(known, ensure_ascii=False, indent=2, default=str)
        yield Copyable("d", "the properties as JSON", json_with_escapes(text), "\n")
