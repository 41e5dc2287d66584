"""What a server answered, whole."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.core.errors import Malformed
from durastore_tui.core.redact import redact

MOST_MEMORY = 100 * 1024 * 1024
VALUE_COST = 300
"""Bytes that one value of a document takes while it is read: the most that was measured for JSON and XML."""
MARKS = b",:[{"
"""One of these stands before each value of a JSON document."""
_WIDE = ((4, re.compile(rb"[\xf0-\xf4]")), (2, re.compile(rb"[\xc4-\xef]")))


@dataclass(frozen=True, slots=True)
class Reply:
    """A 2xx answer. Header names are lower-case; `asked` is method and path."""

    asked: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8, whatever the content type says, without a byte-order mark; raises Malformed."""
        self.check_cost(b"")
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self.malformed(f"not UTF-8 at byte {error.start}") from None

    def check_cost(self, marks: bytes) -> None:
        """Raises Malformed for a document that would take too much memory: its text twice, and every value in it.

        `marks` are the bytes that come with each value, such as the commas of JSON.
        """
        # One wide character makes every character of a Python text as wide.
        width = next((width for width, found in _WIDE if found.search(self.body)), 1)
        values = sum(self.body.count(mark) for mark in marks)
        if 2 * width * len(self.body) + VALUE_COST * values > MOST_MEMORY:
            raise self.malformed(f"the document is too large to read: {len(self.body):,} bytes, {values:,} values")

    def malformed(self, words: str) -> Malformed:
        """The error that says what is wrong with this answer."""
        return Malformed(self.asked, self.status, words)


def document(reply: Reply) -> object:
    """The first JSON value of the body, None for an empty one; raises Malformed."""
    reply.check_cost(MARKS)
    text = reply.text.strip()
    if not text:
        return None
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        raise reply.malformed(f"not JSON: {redact(text[:200])}") from None
