"""Faults of the line and of the answer, in the outermost layer: what a bad network or proxy does (demo-world §6.7)."""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from durastore_tui.sandbox.wire.messages import META, Response, text
from durastore_tui.sandbox.wire.pages import forbidden, page, unauthorized
from durastore_tui.sandbox.wire.replies import pretty


def _balancer(status: int, phrase: str) -> Response:
    title = f"{status} {phrase}"
    lines = (
        "<html>",
        f"<head><title>{title}</title></head>",
        "<body>",
        f"<center><h1>{title}</h1></center>",
        "<hr><center>nginx</center>",
        "</body>",
        "</html>",
        "",
    )
    return Response(status, (("Content-Type", "text/html"),), "\r\n".join(lines).encode())


INSTEAD: dict[str, Callable[[], Response]] = {
    "html-502": lambda: _balancer(502, "Bad Gateway"),
    "html-503": lambda: _balancer(503, "Service Temporarily Unavailable"),
    "html-504": lambda: _balancer(504, "Gateway Time-out"),
    "redirect": lambda: Response(302, (("Location", "https://elsewhere.example/durastore"),)),
    "unauthorized": unauthorized,
    "forbidden": forbidden,
    "not-found": lambda: page(404),
    "null-500": lambda: text(500, "null"),
    "snapshots-disabled": lambda: text(410, "Snapshots are disabled"),
}
"""Answers that come before anything is acted on."""

WAITS: dict[str, Callable[[], float]] = {
    "latency": lambda: random.uniform(0.1, 0.5),  # noqa: S311 - jitter
    "slow": lambda: 30.0,
}
"""Real seconds before the request is acted on."""


def start_of(response: Response) -> bytes:
    """The body, or the first megabytes of a film: nobody wants the rest spoilt too."""
    return response.body if isinstance(response.body, bytes) else b"".join(islice(response.body, 64))


def _without_length(response: Response) -> Response:
    kept = tuple((name, value) for name, value in response.headers if name.lower() != "content-length")
    return replace(response, headers=kept)


def _rewritten(response: Response, body: bytes) -> Response:
    return replace(_without_length(response), body=body)


_FREE_PROPERTY = re.compile(rf"{META}(?!acl-|space-|is-delete|.*-(host|type|id)$)")


def _in_texts(response: Response, change: Callable[[str], str]) -> Response:
    """Every property of an item, every text of a JSON reply that is no id, host, date or status; of other texts all."""
    told = tuple((name, change(value) if _FREE_PROPERTY.match(name) else value) for name, value in response.headers)
    response = replace(response, headers=told)
    if dict(response.headers).get("Content-Type") not in ("text/plain", "application/json"):
        return response
    body = start_of(response).decode("utf-8", "replace")
    try:
        changed = pretty(_changed(json.loads(body), change))
    except ValueError:
        changed = change(body)
    return _rewritten(response, changed.encode())


def _changed(value: object, change: Callable[[str], str], key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _changed(inner, change, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_changed(inner, change, key) for inner in value]
    exact = key.endswith(("Id", "Host", "Url")) or key == "status"
    return change(value) if isinstance(value, str) and not exact else value


def _endless(response: Response) -> Response:
    piece = start_of(response) or b" "

    def repeat() -> Iterator[bytes]:
        while True:
            yield piece

    return replace(_without_length(response), body=repeat())


def _drip(response: Response) -> Response:
    body = start_of(response)
    return replace(response, body=(body[i : i + 1] for i in range(len(body))), pace=0.5)


def _halved(response: Response) -> Response:
    body = start_of(response)
    return _rewritten(response, body[: len(body) // 2])


def _broken_utf8(response: Response) -> Response:
    body = start_of(response)
    middle = len(body) // 2
    return _rewritten(response, body[:middle] + b"\xff\xfe\xc3(" + body[middle:])


REWRITES: dict[str, Callable[[Response], Response]] = {
    "empty-200": lambda response: replace(_rewritten(response, b""), status=200),
    "invalid-json": _halved,
    "byte-order-mark": lambda response: _rewritten(response, b"\xef\xbb\xbf" + start_of(response)),
    "invalid-utf8": _broken_utf8,
    "bad-gzip": lambda response: _rewritten(response, b"\x1f\x8b\x08 not gzip").with_headers(
        ("Content-Encoding", "gzip")
    ),
    "escapes": lambda response: _in_texts(response, lambda s: f"\x1b[31m{s}\x1b]52;c;eA==\x07\x9b2J"),
    "markup": lambda response: _in_texts(response, lambda s: f"[red]{s}[/red][/]<b>{s}</b>"),
    "drip": _drip,
    "endless": _endless,
}
"""What happens to an answer after the request was acted on."""

CUTS = ("cut-before", "cut-after", "cut-body", "wrong-length", "hang")
"""What happens to the line: before acting, after it, inside the body, a length that is not true, no answer at all."""
