"""A new file that nobody but its owner reads."""

import os
from pathlib import Path

from durastore_tui.core.errors import BadInput


def write(path: Path, text: str) -> None:
    """Makes it with the rights 0600; raises BadInput when it is there already, or cannot be made."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise BadInput("file", f"{path} is there already; nothing was written.") from None
    except (OSError, ValueError) as error:
        raise BadInput("file", f"{path} was not written: {getattr(error, 'strerror', None) or error}.") from None
