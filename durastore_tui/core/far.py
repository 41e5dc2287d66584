"""Whether the person sits at another machine: every byte to their screen then crosses a line."""

import os
from collections.abc import Mapping


def far(environ: Mapping[str, str] = os.environ) -> bool:
    """True over SSH, which names the line that it came by."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
