"""How the security layer of releases before 7.0 takes a path (protocol §18, row 11)."""

import re
from urllib.parse import quote, unquote

_TASK = re.compile(r"/task/([^/]+)/?")


def judged_path(path: str) -> str:
    """The path whose rule holds: a task's name counts in any case, with blanks around it and with a slash behind it."""
    found = _TASK.fullmatch(path)
    return f"/task/{quote(unquote(found[1]).strip().lower())}" if found else path
