"""A request and a response as the stand-in's resources see them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import HTTP
from email.utils import formatdate
from urllib.parse import parse_qsl, unquote

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
        """The `x-dura-meta-` headers without that prefix, which is case-sensitive (protocol §3.6)."""
        return {key[len(META) :].lower(): value for key, value in self.headers if key.startswith(META)}

    def parameter(self, name: str) -> str | None:
        """A query parameter; names are case-sensitive."""
        return next((value for key, value in parse_qsl(self.query, keep_blank_values=True) if key == name), None)

    @property
    def url(self) -> str:
        query = f"?{self.query}" if self.query else ""
        return f"http://{self.header('host') or 'localhost'}{self.path}{query}"

    @property
    def preferred_type(self) -> str:
        """What an answer without a declared type is labelled as: the first concrete Accept (protocol §1.5)."""
        ranges = [part.split(";")[0].strip() for part in (self.header("accept") or "").split(",")]
        return next((found for found in ranges if found and "*" not in found), "text/plain")

    def accepts(self, media_type: str) -> bool:
        ranges = [part.split(";")[0].strip().lower() for part in (self.header("accept") or "*/*").split(",")]
        return any(found in ("*/*", "", media_type, media_type.split("/")[0] + "/*") for found in ranges)

    def below(self, context: str) -> "Request":
        """The same request with its path cut to what follows the context."""
        return replace(self, path=self.path.removeprefix(context) or "/")

    def payload(self) -> bytes:
        """The body; of a `multipart/form-data` one its first file part. Raises ValueError when there is none."""
        content_type = self.header("content-type") or ""
        if not content_type.lower().startswith("multipart/form-data"):
            return self.body
        document = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + self.body, policy=HTTP)
        for part in document.iter_parts() if document.is_multipart() else ():
            if part.get_filename() is not None:
                content = part.get_payload(decode=True)
                return content if isinstance(content, bytes) else b""
        raise ValueError("Content could not be retrieved from the request.")


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
    return Response(status, (("Content-Type", content_type),), body.encode("utf-8", "replace"), delay)


def empty(status: int, *headers: tuple[str, str], delay: float = 0.0) -> Response:
    return Response(status, headers, b"", delay)


_MATRIX_PARAMETERS = re.compile(r";[^/]*")


def decoded(path: str) -> str:
    """A path segment, or several, as the server understands it: no matrix parameters, UTF-8."""
    return unquote(_MATRIX_PARAMETERS.sub("", path), errors="replace")
