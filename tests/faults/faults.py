"""The faults of the matrix, and what each of them proves about a write."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tests.faults.fault_proxy import Fault, Spoil

SIGN_IN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Password</form></body></html>"
HTML, TEXT, JSON = "text/html", "text/plain", "application/json"
BOMB = gzip.compress(gzip.compress(b"\0" * 64 * 1024 * 1024))
FOREIGN_STATUSES = (500, 502, 503, 504, 408, 499, 520, 521, 522, 523, 524)
"""These prove nothing when they come from a gateway, or with words that are not DuraStore's."""


def whole(status: str, body: bytes = b"", kind: str = TEXT, *more: str, length: int | None = None) -> Spoil:
    """An answer instead of the server's; `length` is promised in place of the body's own."""
    promised = len(body) if length is None else length
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {promised}", *more, "Connection: close")
    return lambda _: "\r\n".join((*lines, "", "")).encode() + body


def in_the_body(answer: bytes) -> bytes:
    """The answer up to the half of its body; one without a body loses the end of its head."""
    head, mark, body = answer.partition(b"\r\n\r\n")
    return head + mark + body[: len(body) // 2] if len(body) > 1 else head


def in_the_head(answer: bytes) -> bytes:
    """The first line of the answer and a part of the next."""
    return answer[: answer.find(b"\r\n") + 6]


AMBIGUOUS = (
    Fault("cut", lambda _: b""),
    Fault("cut in the head", lambda _: b"HTTP/1.1 200 OK\r\nConte"),
    *(Fault(str(status), whole(f"{status} Any", SIGN_IN, HTML)) for status in FOREIGN_STATUSES),
    Fault("500 of somebody else", whole("500 Internal Server Error", b"upstream connect error")),
    Fault("500 without words", whole("500 Internal Server Error")),
    Fault("302", whole("302 Found", b"", TEXT, "Location: https://login.example/")),
    Fault("empty 200", whole("200 OK")),
    Fault("204", whole("204 No Content")),
    Fault("a page", whole("200 OK", SIGN_IN, HTML)),
    Fault("a page as text", whole("200 OK", SIGN_IN, TEXT)),
    Fault("a foreign text", whole("200 OK", b"It works!")),
    Fault("a foreign object", whole("200 OK", b'{"status":"ok"}', JSON)),
    Fault("null", whole("200 OK", b"null", JSON)),
    Fault("garbled", lambda _: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    Fault("no UTF-8", whole("200 OK", b"\xff\xfe\xfa")),
    Fault("too short", whole("200 OK", b"Succ", length=100)),
    Fault("a bomb", whole("200 OK", BOMB, TEXT, "Content-Encoding: gzip, gzip")),
    Fault("no gzip", whole("200 OK", b"Success", TEXT, "Content-Encoding: gzip")),
    Fault("silence", held=True),
)
"""The server does not get the request, or it gets it and its answer is replaced: nobody can tell which."""

EXECUTED = (
    *(replace(each, name=f"executed, then {each.name}", forwards=True) for each in AMBIGUOUS),
    Fault("executed, then cut in its head", in_the_head, forwards=True),
    Fault("executed, then cut in its body", in_the_body, forwards=True),
)


@dataclass(frozen=True)
class Rejection:
    """An answer that proves that nothing was changed, and the exit code of a write that gets it."""

    fault: Fault
    code: int


REJECTIONS: Mapping[str, Rejection] = MappingProxyType(
    {
        each.fault.name: each
        for each in (
            Rejection(Fault("400", whole("400 Bad Request", b"the task is wrong")), 1),
            Rejection(Fault("401", whole("401 Unauthorized", SIGN_IN, HTML)), 3),
            Rejection(Fault("403", whole("403 Forbidden", SIGN_IN, HTML)), 4),
            Rejection(Fault("404", whole("404 Not Found", SIGN_IN, HTML)), 5),
            Rejection(Fault("409", whole("409 Conflict", b"something is in the way")), 6),
            Rejection(Fault("410", whole("410 Gone", b"Snapshots are disabled")), 1),
            Rejection(Fault("429", whole("429 Too Many Requests", SIGN_IN, HTML)), 1),
            Rejection(Fault("500 before", whole("500 Error", b"Task parameter values may not be empty")), 1),
        )
    }
)
