"""A long file that grows piece by piece: called partial until it is whole, and gone on with after any end."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from durastore_tui.config.files import not_written, open_private, replace_file
from durastore_tui.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Mark:
    """How far it is: pages and rows written, their size in bytes, the last id."""

    pages: int = 0
    rows: int = 0
    bytes: int = 0
    after: str = ""


class PartialFile:
    """`NAME.partial` with `NAME.partial.json` beside it, which says what it is of and how far it is whole.

    Nobody but its owner reads it. A kill at any moment leaves at most one piece to be written again.
    """

    def __init__(self, path: Path, of: Mapping[str, str | int | None]) -> None:
        """Opens it, or goes on with one of the same `of`; raises BadInput."""
        self.path = path
        self.partial = path.with_name(f"{path.name}.partial")
        self._note = path.with_name(f"{path.name}.partial.json")
        self._of = dict(of)
        try:
            self._refuse_whole()
            self.mark = self._read_mark()
            self._write_note(self.mark)
            self._file: BinaryIO = os.fdopen(open_private(self.partial, os.O_WRONLY), "wb")
            self._file.truncate(self.mark.bytes)
            self._file.seek(self.mark.bytes)
        except (OSError, ValueError) as error:
            raise not_written(path, error) from None

    def add(self, piece: bytes, mark: Mark) -> None:
        """Writes a piece, then how far it is now; raises BadInput when the disk is full or gone."""
        try:
            self._file.write(piece)
            self._file.flush()
            self._write_note(mark)
        except OSError as error:
            raise not_written(self.path, error) from None
        self.mark = mark

    def finish(self, piece: bytes) -> None:
        """Writes the end and gives it its own name; raises BadInput."""
        try:
            self._file.write(piece)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._refuse_whole()
            self.partial.rename(self.path)
            self._note.unlink()
        except OSError as error:
            raise not_written(self.path, error) from None

    def close(self) -> None:
        """Leaves it as it is."""
        with suppress(OSError):
            self._file.close()

    def _refuse_whole(self) -> None:
        if self.path.exists():
            raise BadInput("file", f"{self.path} is there already; nothing was written.")

    def _read_mark(self) -> Mark:
        if not self.partial.exists():
            return Mark()
        with suppress(OSError, ValueError, TypeError, KeyError):
            note = json.loads(self._note.read_bytes())
            if note["of"] == self._of and note["bytes"] <= self.partial.stat().st_size:
                return Mark(**{name: note[name] for name in asdict(Mark())})
        raise BadInput("file", f"{self.partial} is a part of something else; move it away, or take another name.")

    def _write_note(self, mark: Mark) -> None:
        replace_file(self._note, json.dumps({"of": self._of, **asdict(mark)}).encode())
