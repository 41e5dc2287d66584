"""A request as a line for a shell; the password is never in it."""

import re
import shlex
from pathlib import Path

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def curl(
    method: str, url: str, *, user: str | None = None, body: bytes | None = None, ca_file: Path | None = None
) -> str:
    """The curl line of one request; it reads the password from `$DURASTORE_PASSWORD`."""
    words = ["curl", "-sS", "--path-as-is"]
    if ca_file is not None:
        words += ["--cacert", _quoted(str(ca_file))]
    if user:
        words += ["-u", _quoted(f"{user}:") + '"$DURASTORE_PASSWORD"']
    words += {"GET": [], "HEAD": ["-I"]}.get(method, ["-X", method])
    if body is not None:
        # Without a type curl claims a form, which the server is not known to read (protocol §1.1).
        words += ["-H", "'Content-Type: text/plain'", "--data-raw", _quoted(body.decode(errors="replace"))]
    return " ".join([*words, _quoted(url)])


def curl_head(url: str, ca_file: Path | None = None) -> str:
    """The line that looks at a link's headers without following it; a link needs no login."""
    words = ["curl", "-sI", *(("--cacert", _quoted(str(ca_file))) if ca_file else ()), _quoted(url)]
    return " ".join(words)


def _quoted(text: str) -> str:
    """Quoted for bash, ksh and zsh; control characters as escapes, so that pasting the line runs none of them."""
    if not _CONTROL.search(text):
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + "'"
