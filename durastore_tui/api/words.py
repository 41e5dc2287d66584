"""The server's own words, out of whatever it sent with an error (protocol §1.5)."""

from html.parser import HTMLParser
from http import HTTPStatus

from durastore_tui.core.redact import redact
from durastore_tui.core.text import is_html as is_page

_MOST = 2000


class _Headline(HTMLParser):
    """Text of the title, else of the first heading, of an error page."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: str | None = None
        self._found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("title", "h1", "h2") and tag not in self._found:
            self._inside = tag
            self._found[tag] = []

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._found[self._inside].append(data)

    @property
    def text(self) -> str:
        for tag in ("title", "h1", "h2"):
            if words := " ".join("".join(self._found.get(tag, ())).split()):
                return words
        return ""


def is_html(content_type: str, body: bytes) -> bool:
    """Whether a web page came where words or data were expected."""
    return "text/html" in content_type.lower() or is_page(body[:1024].decode(errors="replace"))


def words(status: int, content_type: str, body: bytes) -> str:
    """The message of an error: the text as it came, the headline of a page, else what the status means."""
    text = body[: 4 * _MOST].decode(errors="replace").strip()
    if is_html(content_type, body):
        page = _Headline()
        page.feed(text)
        if page.text or is_page(text):
            text = page.text and f"{page.text} (a web page)"
    return redact(text[:_MOST]) or _phrase(status)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "the server sent no message"
