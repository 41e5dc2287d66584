"""Blobs on disk, so that memory stays flat; gone when nobody holds it."""

import tempfile
from collections.abc import Sequence
from weakref import finalize


class PageFile:
    """Lists of blobs by number, in a file without a name that nobody else can open; raises OSError."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        finalize(self, self._file.close)
        self._places: dict[int, tuple[int, tuple[int, ...]]] = {}

    def put(self, number: int, blobs: Sequence[bytes]) -> None:
        """Keeps them, in place of what was there."""
        at = self._file.seek(0, 2)
        self._file.write(b"".join(blobs))
        self._places[number] = at, tuple(map(len, blobs))

    def get(self, number: int, nth: int) -> bytes:
        """One blob of a list; raises KeyError."""
        at, sizes = self._places[number]
        self._file.seek(at + sum(sizes[:nth]))
        return self._file.read(sizes[nth])

    def drop(self, number: int) -> None:
        """Forgets a list; its bytes stay until the file is gone."""
        self._places.pop(number, None)
