"""Paths and addresses, percent-encoded once. Ids come in exact and go out encoded (protocol §4, §9.4)."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import quote, urlsplit

from durastore_tui.core.endpoint import is_loopback
from durastore_tui.core.text import HIDDEN, sendable

_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")


def _segment(text: str) -> str:
    encoded = quote(text, safe="", errors="surrogatepass")
    return encoded.replace(".", "%2E") if encoded.strip(".") == "" else encoded


def encode_path(content_id: str) -> str:
    """A content id as a path: `/` stays, segments of dots alone become `%2E` so that nobody folds them."""
    return "/".join(map(_segment, content_id.split("/")))


def space_path(space: str) -> str:
    """Path of a space, under the server's address."""
    return f"/{_segment(space)}"


def item_path(space: str, content_id: str) -> str:
    """Path of a content item, under the server's address."""
    return f"/{_segment(space)}/{encode_path(content_id)}"


def task_path(name: str) -> str:
    """Path of a task, under the server's address; never with a slash at the end (protocol §1.4)."""
    return f"/task/{_segment(name)}"


def address(base: str, path: str, query: Mapping[str, str | int | None] | None = None) -> str:
    """The whole address; values of the query that are None are left out, blanks become `%20`."""
    pairs = [
        f"{quote(name, safe='')}={_query_value(value)}" for name, value in (query or {}).items() if value is not None
    ]
    return base.rstrip("/") + path + ("?" + "&".join(pairs) if pairs else "")


def _query_value(value: str | int) -> str:
    return quote(str(value), safe="", errors="surrogatepass")


def unreachable(content_id: str) -> str | None:
    """Why the server cannot be asked for this id by path, or None when it can (protocol §1.2, §4)."""
    if content_id.startswith("/") or "//" in content_id:
        return "its id has an empty path segment, and the server refuses such addresses"
    if content_id == "":
        return "its id is empty"
    if "\\" in content_id or "?" in content_id:
        return "its id holds a backslash or a question mark, and the server refuses such ids"
    if {".", ".."} & set(content_id.split("/")):
        return "its id has a path segment of dots alone, and the server refuses such addresses"
    if re.search(r"[\x00-\x1f\x7f]", content_id):
        return "its id holds a control character, and the server refuses such addresses"
    if not sendable(content_id):
        return "its id holds half a character, which has no form in an address"
    return None


def stream_url(host: str, content_id: str) -> str:
    """The HLS address of an item, encoded."""
    return f"https://{host}/{encode_path(content_id)}"


def encode_stream_url(raw: str, content_id: str) -> str:
    """The server's streaming address of this id, encoded; the server joins host and id as they are (protocol §9.4)."""
    before, separator, host_and_path = raw.partition("://")
    host, slash, path = host_and_path.partition("/")
    question = query = ""
    if not (content_id and path.endswith(content_id)):
        path, question, query = path.partition("?")
    encoded = encode_path(content_id)
    if path.endswith(content_id) and not path.endswith(encoded):
        path = path.removesuffix(content_id) + encoded
    return before + separator + host + slash + path + question + query


def doubt(url: str, host: str | None, schemes: Collection[str] = ("https",)) -> str | None:
    """Why an address that a server gave must not be used, or None when it may.

    `host` is the one that the space's properties name, with its port if they name one. Plain http is good for loopback.
    """
    if HIDDEN.search(url) or " " in url:
        return "it contains blanks or control characters"
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
    except ValueError:
        return "it is not a web address"
    if parts.scheme not in schemes and not plain:
        return f"it starts with {parts.scheme or 'no scheme'}, not with {' or '.join(schemes)}"
    if not host or not _HOST.fullmatch(host):
        return "the properties of the space name no valid streaming host"
    if parts.netloc.lower() != host.lower():
        return f"its host is {parts.netloc or 'missing'}, and the properties of the space name {host}"
    return None
