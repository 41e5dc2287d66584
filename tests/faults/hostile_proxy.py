"""A proxy that adds hostile text to what the stand-in says, and takes it out of what a program sends back.

So the stand-in knows every id, and a program sees hostile ids and texts in everything that it reads.
"""

import json
import re
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from tests.faults.fault_proxy import FaultProxy, running

MARKUP = " [/][@click=app.bell]x[/] [red]loud[/red]"
"""It begins with a blank, so that ids keep their order."""
C1 = "\x9b7777m\x9d52;c;aGFja2Vk\x9c\x85"
UNICODE = "\u202egnp\u2066\u200f\u2028\u2029\ufeff\u200b" + "e" + "\u0301" * 40
C0 = "\x1b[7777m\x1b[2J\x1b]52;c;aGFja2Vk\x07\x1b]0;hacked\x07\x1b]8;;http://evil.example/\x1b\\\x00\x08\x1bPq\x1b\\\r\n\t\x7f"
IN_A_HEADER = MARKUP + C1 + UNICODE
IN_XML = f"{MARKUP}\x7f\n\t{C1}{UNICODE}"
IN_A_SPACE_ID = " [/]\x9b77m\u202e\u2028[b]x"
"""Short: no more than 42 characters are taken for a space ID."""
IN_AN_ITEM = MARKUP + UNICODE
"""Without control characters, which the server refuses in an address."""
IN_JSON = IN_A_HEADER + C0
IN_A_TEXT = IN_JSON
HALF = "\ud83d"
"""Half a character, which only JSON can name. No command line can hold it, so that ids have none."""
SEQUENCES = ("\x1b[7777m", "\x1b]52;c;aGFja2Vk", "\x1b]0;hacked", "\x1b]8;;http", "\x9b", "\x9d", "\u202e", "\u2028")
"""What no terminal may get; the program itself never sends them."""
ADDED = sorted((IN_JSON + HALF, IN_JSON, IN_XML, IN_A_HEADER, IN_AN_ITEM, IN_A_SPACE_ID), key=len, reverse=True)

CHOSEN = {
    "status", "streamingType", "streamUrl", "signedUrl", "streamingHost", "result", "storageProviderType", "isPrimary",
    "ownerId", "hls-streaming-host", "hls-streaming-type", "streaming-host", "streaming-type", "space-count",
    "space-created", "is-delete", "version",
}  # fmt: skip
"""Fields that decide what a program does next; only a server that is hostile `everywhere` adds to them."""


def plain(value: object) -> object:
    """Text, or rows of text, as the stand-in said it."""
    match value:
        case str():
            for added in ADDED:
                value = value.replace(added, "")
            return value
        case dict():
            return {plain(key): plain(held) for key, held in value.items()}
        case list() | tuple():
            return [plain(held) for held in value]
    return value


def plain_text(text: str) -> str:
    """As `plain`."""
    return str(plain(text))


@dataclass(repr=False)
class HostileProxy(FaultProxy):
    """Adds to names and texts, or `everywhere`."""

    everywhere: bool = False

    @property
    def _spared(self) -> Collection[str]:
        return () if self.everywhere else CHOSEN

    async def _answer(self, head: bytes, body: bytes) -> bytes:
        first, *headers = head.decode("latin-1").split("\r\n")
        method, target, version = first.split(" ")
        target = quote(plain_text(unquote(target, errors="surrogatepass")), safe="/?&=%+:@,;~!$*'()")
        body = _plain_body(body)
        lines = [line for line in headers if not line.lower().startswith("content-length")]
        lines[-2:-2] = [f"Content-Length: {len(body)}"]
        answer = await super()._answer("\r\n".join((f"{method} {target} {version}", *lines)).encode("latin-1"), body)
        return self._hostile(method, target.partition("?")[0], answer)

    def _hostile(self, method: str, path: str, answer: bytes) -> bytes:
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *headers = head.split(b"\r\n")
        lines = [self._header(line) for line in headers]
        if method == "HEAD" or not body:
            return b"\r\n".join((first, *lines)) + b"\r\n\r\n"
        kept = [line for line in lines if not line.lower().startswith((b"content-length", b"transfer-encoding"))]
        kind = next((line for line in headers if line.lower().startswith(b"content-type")), b"")
        if b"chunked" in head.lower():
            body = _unchunked(body)
        body = self._body(path, kind, body, failed=not first.split(b" ")[1].startswith(b"2"))
        kept.append(b"Content-Length: %d" % len(body))
        return b"\r\n".join((first, *kept)) + b"\r\n\r\n" + body

    def _header(self, line: bytes) -> bytes:
        name, mark, value = line.partition(b": ")
        key = name.decode("latin-1").lower()
        if value and key.startswith("x-dura-meta-") and key.removeprefix("x-dura-meta-") not in self._spared:
            return name + mark + value + IN_A_HEADER.encode()
        return line

    def _body(self, path: str, kind: bytes, body: bytes, *, failed: bool) -> bytes:
        if failed:
            return body + IN_A_TEXT.encode()
        if path.endswith("/task"):
            return _with_a_task(body)
        if body.lstrip().startswith(b"<"):
            return self._xml(body)
        try:
            return json.dumps(self._json(json.loads(body))).encode()
        except ValueError:
            return body + IN_A_TEXT.encode() if self.everywhere else body

    def _xml(self, body: bytes) -> bytes:
        root = fromstring(body)  # noqa: S314  # of the stand-in
        for element in root.iter():
            self._element(element)
        return _bytes(root)

    def _element(self, element: Element) -> None:
        if element.text and element.text.strip() and element.tag not in self._spared:
            element.text += IN_XML
        for name, value in element.items():
            if name not in self._spared:
                element.set(name, value + (IN_A_SPACE_ID if element.tag == "space" else IN_XML))

    def _json(self, value: object, key: str = "") -> object:
        match value:
            case str() if value and key.endswith(("spaceId", "SpaceId")):
                return value + IN_A_SPACE_ID
            case str() if value and key not in self._spared:
                return value + IN_JSON + ("" if key.endswith(("Id", "Ids")) and not self.everywhere else HALF)
            case dict():
                return {name: self._json(held, name) for name, held in value.items()}
            case list():
                return [self._json(held, key) for held in value]
        return value


def _plain_body(body: bytes) -> bytes:
    try:
        return json.dumps(plain(json.loads(body))).encode()
    except ValueError:
        return plain_text(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _with_a_task(body: bytes) -> bytes:
    """The list of tasks and one more: each of them has a name that programs know."""
    if body.lstrip().startswith(b"<"):
        root = fromstring(body)  # noqa: S314  # of the stand-in
        SubElement(root, "string").text = f"sweep{IN_XML}"
        return _bytes(root)
    return json.dumps([*json.loads(body), f"sweep{IN_JSON}"]).encode()


def _bytes(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>' + tostring(root, "unicode").encode()


def _unchunked(body: bytes) -> bytes:
    pieces: list[bytes] = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(re.split(rb"[; ]", size)[0], 16)
        pieces.append(rest[:length])
        body = rest[length + 2 :] if length else b""
    return b"".join(pieces)


def hostile_proxy(to_url: str, *, everywhere: bool = False) -> AbstractContextManager[HostileProxy]:
    """The proxy in front of this URL, ended afterwards with every connection."""
    return running(HostileProxy(to_url, everywhere=everywhere))
