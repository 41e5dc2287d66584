"""The servlet container's own error pages: what the security layer and the router answer with (protocol §1.2)."""

from http import HTTPStatus

from durastore_tui.sandbox.wire.messages import Response

_STYLE = (
    "body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;}"
    " h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;}"
    " .line {height:1px;background-color:#525D76;border:none;}"
)


def page(status: int, message: str | None = None, *headers: tuple[str, str]) -> Response:
    """An HTML page as Tomcat writes it."""
    known = HTTPStatus(status)
    title = f"HTTP Status {status} – {known.phrase}"
    body = (
        f'<!doctype html><html lang="en"><head><title>{title}</title><style type="text/css">{_STYLE}</style></head>'
        f'<body><h1>{title}</h1><hr class="line" /><p><b>Type</b> Status Report</p>'
        f"<p><b>Message</b> {message or known.phrase}</p><p><b>Description</b> {known.description or known.phrase}.</p>"
        f'<hr class="line" /><h3>Apache Tomcat/9.0.89</h3></body></html>'
    )
    shown = (("Content-Type", "text/html;charset=utf-8"), ("Content-Language", "en"))
    return Response(status, (*headers, *shown), body.encode())


def unauthorized(message: str) -> Response:
    return page(401, message, ("WWW-Authenticate", 'Basic realm="DuraCloud:DuraStore"'))


def forbidden() -> Response:
    return page(403, "Access is denied")
