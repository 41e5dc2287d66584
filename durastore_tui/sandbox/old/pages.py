"""The pages of releases before 7.0: Tomcat 8.5, with the security layer's own sentences (protocol §18)."""

import re
from dataclasses import replace
from urllib.parse import quote, unquote

from durastore_tui.sandbox.wire.messages import Request, Response

CONTAINER = "Apache Tomcat/8.5.100"

_MESSAGE = re.compile(r"(?<=<p><b>Message</b> ).*?(?=</p>)")
_CONTAINER = re.compile(r"Apache Tomcat/[\d.]+")


def in_old_container(request: Request, response: Response) -> Response:
    """A page as an old release writes it; other answers stay as they are."""
    if not isinstance(response.body, bytes) or not response.body.startswith(b"<!doctype html>"):
        return response
    page = _CONTAINER.sub(CONTAINER, response.body.decode())
    if response.status in (401, 403):
        page = _MESSAGE.sub(_sentence(request, response.status), page, count=1)
    return replace(response, body=page.encode())


def _sentence(request: Request, status: int) -> str:
    if status == 403:
        return "Access is denied"
    is_known = request.header("authorization") is None
    return "Full authentication is required to access this resource" if is_known else "Bad credentials"


_TASK = re.compile(r"/task/([^/]+)/?")


def judged_path(path: str) -> str:
    """The path whose rule holds: a task's name counts in any case, with blanks around it and with a slash behind it."""
    found = _TASK.fullmatch(path)
    return f"/task/{quote(unquote(found[1]).strip().lower())}" if found else path
