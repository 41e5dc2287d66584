"""Write files that only their owner can read (mode 0600)."""

import os
from pathlib import Path

from durastore_tui.core.errors import BadInput


def open_private(path: Path, flags: int) -> int:
    """Open a file to write, and make it with mode 0600 if it is missing; the caller closes it. Raises OSError."""
    return os.open(path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file as a whole: after any end it holds the old data or the new. Raises OSError."""
    new = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    _write_new(new, data)
    try:
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def append_to_file(path: Path, data: bytes) -> os.stat_result:
    """Add to the end of a file in one write, and return what the file is then. Raises OSError."""
    descriptor = open_private(path, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(descriptor, data)
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes) -> None:
    """Make a file; none is left where that fails. Raises FileExistsError, and OSError."""
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_EXCL), "wb") as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def create_file(path: Path, text: str) -> None:
    """Write a new file; raises BadInput when it is there already, or cannot be written."""
    try:
        _write_new(path, text.encode())
    except (OSError, ValueError) as error:
        raise not_written(path, error) from None


def not_written(path: Path, error: Exception) -> BadInput:
    """Why a file was not written, as a sentence."""
    if isinstance(error, BadInput):
        return error
    if isinstance(error, FileExistsError):
        return BadInput("file", f"{path} is there already; nothing was written.")
    return BadInput("file", f"{path} was not written: {getattr(error, 'strerror', None) or error}.")
