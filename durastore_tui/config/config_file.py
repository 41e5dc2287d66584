"""Reads configuration files. An error names the path and a fix."""

import os
import shlex
import stat
from pathlib import Path

from durastore_tui.core.errors import BadInput

ROOT = 0
MOST_BYTES = 1024 * 1024
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def read_text(path: Path, field: str) -> str | None:
    """The text, without a byte-order mark; None when there is no file. Raises BadInput about `field`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "not a regular file"
            raise BadInput(field, f"{path} is {what}. Move it away, or put the file in its place.")
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except PermissionError:
        raise BadInput(field, f"No permission to read {path}. Run: chmod u+r {shlex.quote(str(path))}") from None
    except OSError as error:
        raise BadInput(field, f"{path} cannot be read: {error.strerror}. Correct its path or move it away.") from None
    if len(data) > MOST_BYTES:
        raise BadInput(field, f"{path} is larger than 1 MiB. Move it away, or shorten it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(field, f"{path}, line {line}: the text is not UTF-8. Save it as UTF-8.") from None


def check_owner(path: Path, field: str, why: str) -> None:
    """Raises BadInput when other users can change the file, also by its folder or the target of a link. `why` says
    what they could do, and the sentence what to run."""
    target = path.resolve()
    for place in dict.fromkeys((path.parent, target.parent, target)):
        found = place.stat()
        quoted = shlex.quote(str(place))
        if found.st_uid not in (ROOT, os.geteuid()):
            owner = f"{place} belongs to another user (uid {found.st_uid})"
            raise BadInput(field, f"{owner}, and {why}. Run: sudo chown {os.geteuid()} {quoted}")
        # In a sticky folder, as /tmp is one, nobody can replace the file of another user.
        if found.st_mode & OTHERS_MAY_WRITE and not found.st_mode & stat.S_ISVTX:
            raise BadInput(field, f"Other users can change {place}, and {why}. Run: chmod go-w {quoted}")
