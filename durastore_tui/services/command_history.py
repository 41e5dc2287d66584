"""What was typed behind `:`, kept over restarts for the person alone."""

from contextlib import suppress
from pathlib import Path

from durastore_tui.config.files import replace_file
from durastore_tui.config.places import make_folder_of
from durastore_tui.core.redact import redact

MOST = 200


class CommandHistory:
    """One line each, oldest first, none twice; a disk that is full or gone only forgets."""

    def __init__(self, file: Path, most: int = MOST) -> None:
        self._file, self._most = file, most

    def lines(self) -> tuple[str, ...]:
        """What is kept now, also by other windows."""
        try:
            return tuple(self._file.read_text(encoding="utf-8", errors="replace").splitlines())
        except OSError:
            return ()

    def add(self, line: str) -> None:
        """Keeps a line as the newest; never one that looks as if a secret was in it."""
        if redact(line) != line or not line.isprintable():
            return
        lines = [*(old for old in self.lines() if old != line), line][-self._most :]
        with suppress(OSError):
            make_folder_of(self._file)
            replace_file(self._file, "".join(f"{each}\n" for each in lines).encode())
