"""Which of our errors an answer is (protocol §1.7, §6.1)."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from durastore_tui.api.words import words
from durastore_tui.core.errors import (
    Conflict,
    DuraStoreError,
    Forbidden,
    Missing,
    NoAccess,
    Redirected,
    Rejected,
    Unauthorized,
    Unavailable,
    is_about_one,
)
from durastore_tui.core.redact import redact

_BY_STATUS: dict[int, type[DuraStoreError]] = {
    HTTPStatus.UNAUTHORIZED: Unauthorized,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: Missing,
    HTTPStatus.CONFLICT: Conflict,
    HTTPStatus.REQUEST_TIMEOUT: Unavailable,
    HTTPStatus.TOO_MANY_REQUESTS: Unavailable,
    499: Unavailable,  # a proxy's word for a client that went away
}
_MEANS_MISSING = re.compile(r"No S3 bucket found matching spaceID|Error reported: Unexpected response code: 404")
_MEANS_CONFLICT = re.compile(r"is already configured to stream as \w+ and cannot be updated")


def refusal(asked: str, status: int, headers: Mapping[str, str], body: bytes) -> DuraStoreError:
    """The error of a status that is not 2xx, with the server's words."""
    if 300 <= status < 400:
        to = redact(headers.get("location", "an unnamed address"))
        return Redirected(asked, status, f"the server redirects to {to}; redirects are not followed")
    said = words(status, headers.get("content-type", ""), body)
    kind = _BY_STATUS.get(status, Unavailable if status > HTTPStatus.NOT_IMPLEMENTED else Rejected)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR and _MEANS_MISSING.search(said):
        kind = Missing
    elif status == HTTPStatus.BAD_REQUEST and _MEANS_CONFLICT.search(said):
        kind = Conflict
    elif kind is Forbidden and is_about_one(said):
        kind = NoAccess
    return kind(asked, status, said)
