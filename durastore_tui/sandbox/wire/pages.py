"""The servlet container's own error pages: what the security layer and the router answer with (protocol §1.2, §17)."""

import re
from http import HTTPStatus

from durastore_tui.sandbox.wire.messages import Response

_STYLE = (
    "body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;}"
    " h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;}"
    " .line {height:1px;background-color:#525D76;border:none;}"
)

_DESCRIPTIONS = {
    400: "The server cannot or will not process the request due to something that is perceived to be a client error"
    " (e.g., malformed request syntax, invalid request message framing, or deceptive request routing).",
    401: "The request has not been applied to the target resource because it lacks valid authentication credentials"
    " for that resource.",
    403: "The server understood the request but refuses to authorize it.",
    404: "The origin server did not find a current representation for the target resource or is not willing to"
    " disclose that one exists.",
    405: "The method received in the request-line is known by the origin server but not supported by the target"
    " resource.",
    406: "The target resource does not have a current representation that would be acceptable to the user agent,"
    " according to the proactive negotiation header fields received in the request, and the server is unwilling to"
    " supply a default representation.",
    500: "The server encountered an unexpected condition that prevented it from fulfilling the request.",
}
"""Tomcat's own sentences."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "/": "&#47;"}


def page(status: int, message: str | None = None, *headers: tuple[str, str]) -> Response:
    """An HTML page as Tomcat writes it."""
    return _page(status, "Status Report", message or HTTPStatus(status).phrase, "", headers)


def exception_page(exception: str, message: str, *frames: str) -> Response:
    """A 500 of a Java exception that no resource caught. `frames` are the lines of its stack trace."""
    trace = "".join(f"\n\t{frame}" for frame in frames)
    details = (
        f"<p><b>Exception</b></p><pre>{_escaped(f'{exception}: {message}')}{trace}\n</pre><p><b>Note</b> The full stack"
        " trace of the root cause is available in the server logs.</p>"
    )
    return _page(500, "Exception Report", message, details, ())


def unauthorized() -> Response:
    return page(401, None, ("WWW-Authenticate", 'Basic realm="DuraCloud:DuraStore"'))


def forbidden() -> Response:
    return page(403)


def _page(status: int, kind: str, message: str, details: str, headers: tuple[tuple[str, str], ...]) -> Response:
    title = f"HTTP Status {status} – {HTTPStatus(status).phrase}"
    body = (
        f'<!doctype html><html lang="en"><head><title>{title}</title><style type="text/css">{_STYLE}</style></head>'
        f'<body><h1>{title}</h1><hr class="line" /><p><b>Type</b> {kind}</p>'
        f"<p><b>Message</b> {_escaped(message)}</p><p><b>Description</b> {_DESCRIPTIONS[status]}</p>{details}"
        '<hr class="line" /><h3>Apache Tomcat/9.0.89</h3></body></html>'
    )
    shown = (("Content-Type", "text/html;charset=utf-8"), ("Content-Language", "en"))
    return Response(status, (*headers, *shown), body.encode("utf-8", "replace"))


def _escaped(text: str) -> str:
    return re.sub("[&<>\"'/]", lambda found: _ENTITIES[found[0]], text)
