"""What a server answered, whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.core.errors import Malformed


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
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self.malformed(f"not UTF-8 at byte {error.start}") from None

    def malformed(self, words: str) -> Malformed:
        """The error that says what is wrong with this answer."""
        return Malformed(self.asked, self.status, words)
