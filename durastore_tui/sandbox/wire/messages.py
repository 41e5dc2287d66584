"""A request and a response as the stand-in's resources see them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import HTTP
from email.utils import formatdate
from urllib.parse import parse_qsl, unquote

from durastore_tui.sandbox.wire.coercions import encoded

META = "x-dura-meta-"


@dataclass(frozen=True)
class Request:
    """`path` is percent-encoded as it came; header names keep their case."""

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    client: str = "127.0.0.1"

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def meta(self) -> dict[str, str]:
        """The `x-dura-meta-` headers without that prefix; Tomcat makes all names lower case (protocol §17)."""
        lowered = ((key.lower(), value) for key, value in self.headers)
        return {key[len(META) :]: value for key, value in lowered if key.startswith(META)}

    def parameter(self, name: str) -> str | None:
        """A query parameter; names are case-sensitive."""
        return next((value for key, value in parse_qsl(self.query, keep_blank_values=True) if key == name), None)

    @property
    def url(self) -> str:
        query = f"?{self.query}" if self.query else ""
        return f"http://{self.header('host') or 'localhost'}{self.path}{query}"

    @property
    def preferred_type(self) -> str | None:
        """How a text without a declared type is labelled; None when nothing that is accepted can be (protocol §1.5)."""
        labels = (_label(found) for found, quality in self._accepted if quality > 0)
        return next((label for label in labels if label is not None), None)

    def accepts(self, media_type: str) -> bool:
        """Whether an answer of a declared type may be given."""
        covering = ("*/*", media_type, media_type.split("/")[0] + "/*")
        return any(quality > 0 and found.lower() in covering for found, quality in self._accepted)

    @property
    def _accepted(self) -> list[tuple[str, float]]:
        """Media ranges with their quality: the best first, of equal ones the more specific."""
        given = ",".join(value for key, value in self.headers if key.lower() == "accept") or "*/*"
        ranges = [_media_range(part) for part in given.split(",") if part.strip()]
        return sorted(ranges, key=lambda one: (-one[1], one[0].count("*")))

    def below(self, context: str) -> "Request":
        """The same request with its path cut to what follows the context."""
        return replace(self, path=self.path.removeprefix(context))

    @property
    def has_bad_type(self) -> bool:
        """Whether its Content-Type is none that can be read: the container answers with a page (protocol §17)."""
        declared = self.header("content-type")
        return declared is not None and not is_media_type(declared.strip())

    def payload(self) -> bytes:
        """The body; of a `multipart/form-data` one its first file part. Raises `NoFilePart`, or ValueError."""
        content_type = self.header("content-type") or ""
        if not content_type.lower().startswith("multipart/form-data"):
            return self.body
        document = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + self.body, policy=HTTP)
        if document.get_boundary() is None:
            raise ValueError("the request was rejected because no multipart boundary was found")
        for part in document.iter_parts() if document.is_multipart() else ():
            if part.get_filename() is not None:
                content = part.get_payload(decode=True)
                return content if isinstance(content, bytes) else b""
        raise NoFilePart("Content could not be retrieved from the request.")


class NoFilePart(ValueError):
    """A multipart body without a file."""


_TOKEN = r"[\w!#$%&'*+.^`|~-]+"  # noqa: S105 - of HTTP
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}\s*(;.*)?", re.ASCII)


def is_media_type(text: str) -> bool:
    """Whether a text names a media type."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def _media_range(part: str) -> tuple[str, float]:
    """Type and quality of one element of Accept; a type without a slash stands for all below it."""
    name, *parameters = (piece.strip() for piece in part.split(";"))
    given = [text.partition("=")[2] for text in parameters if text.lower().startswith("q=")]
    whole = name if "/" in name else f"{name}/*"
    try:
        return whole, float(given[0]) if given else 1.0
    except ValueError:
        return whole, 1.0


def _label(found: str) -> str | None:
    """The type that a text gets for one media range."""
    if "*" not in found:
        return found
    return {"*/*": "text/plain", "text/*": "text/plain", "application/*": "application/octet-stream"}.get(found)


@dataclass(frozen=True)
class Response:
    """`delay` is in unscaled seconds of the server's own time; `pace` in real ones, between pieces."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | Iterator[bytes] = b""
    delay: float = 0.0
    pace: float = 0.0

    def with_headers(self, *more: tuple[str, str]) -> "Response":
        return replace(self, headers=(*self.headers, *more))


def dated(response: Response, now: float) -> Response:
    """With the server's own idea of the time, in epoch seconds."""
    return response.with_headers(("Date", formatdate(now, usegmt=True)))


def text(status: int, body: str, content_type: str = "text/plain", delay: float = 0.0) -> Response:
    """A body without a charset parameter, in UTF-8 (protocol §1.5)."""
    return Response(status, (("Content-Type", content_type),), encoded(body), delay)


def empty(status: int, *headers: tuple[str, str], delay: float = 0.0) -> Response:
    return Response(status, headers, b"", delay)


def redirect(location: str) -> Response:
    return empty(302, ("Location", location))


_MATRIX_PARAMETERS = re.compile(r";[^/]*")


def without_parameters(path: str) -> str:
    """A path, still percent-encoded, without its matrix parameters."""
    return _MATRIX_PARAMETERS.sub("", path)


def decoded(path: str) -> str:
    """A path segment, or several, as the server understands it: no matrix parameters, UTF-8."""
    return unquote(without_parameters(path), errors="replace")
