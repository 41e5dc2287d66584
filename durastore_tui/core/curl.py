"""A request as a line for a shell; the password is never in it.

The line is right in dash, bash, ksh and zsh, in any locale, and holds no character that a terminal obeys or hides.
"""

import json
import re
from pathlib import Path

from durastore_tui.core.text import HIDDEN, json_with_escapes

_BARE = re.compile(r"[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*")
_HIDDEN_RUN = re.compile(f"((?:{HIDDEN.pattern})+.?)")
_FROM_STANDARD_INPUT = ("--data-binary", "@-")


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
    source: list[str] = []
    if body is not None:
        # Without a type curl claims a form, which the server is not known to read (protocol §1.1).
        words += ["-H", "'Content-Type: text/plain'"]
        text = _visible_body(body)
        if text is None:
            source = ["printf", _printf_format(body), "|"]
            words += _FROM_STANDARD_INPUT
        else:
            words += ["--data-raw", _quoted(text)]
    return " ".join([*source, *words, _quoted(_visible_url(url))])


def curl_head(url: str, ca_file: Path | None = None) -> str:
    """The line that looks at a link's headers without following it; a link needs no login."""
    authority = ("--cacert", _quoted(str(ca_file))) if ca_file else ()
    return " ".join(["curl", "-sI", *authority, _quoted(_visible_url(url))])


def _visible_url(url: str) -> str:
    """The same URL with every hidden character percent-encoded."""
    return HIDDEN.sub(lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found[0])), url)


def _visible_body(body: bytes) -> str | None:
    """The same body without hidden characters; None when it has no such form, because it is neither text nor JSON."""
    try:
        text = body.decode()
        if HIDDEN.search(text):
            json.loads(text)
    except ValueError:
        return None
    return re.sub(r"[\t\r\n]", " ", json_with_escapes(text))


def _quoted(text: str) -> str:
    """Quoted in a way that every shell knows: single quotes, and printf for the bytes of hidden characters.

    A substitution loses newlines at its end, so one more character goes into it. Newlines at the end of the text stay
    as they are, between quotes.
    """
    if _BARE.fullmatch(text):
        return text
    body = text.rstrip("\n")
    pieces = _HIDDEN_RUN.split(body)
    pieces[::2] = map(_in_quotes, pieces[::2])
    pieces[1::2] = (f"\"$(printf '{_octal(piece)}')\"" for piece in pieces[1::2])
    return "".join(pieces) + _in_quotes(text[len(body) :]) or "''"


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'" if text else ""


def _printf_format(body: bytes) -> str:
    """A format for printf that prints exactly these bytes; what is plain text in them stays readable."""
    text = body.decode("ascii", errors="surrogateescape")
    # A minus at the start would be an option.
    return "'" + re.sub(r"^-|[^ -~]|['\\%]", lambda found: "%%" if found[0] == "%" else _octal(found[0]), text) + "'"


def _octal(text: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in _bytes(text))


def _bytes(text: str) -> bytes:
    """Encode as UTF-8. A surrogate escape becomes its byte again; any other surrogate becomes a question mark."""
    return b"".join(
        one.encode("utf-8", "surrogateescape" if "\udc80" <= one <= "\udcff" else "replace") for one in text
    )
