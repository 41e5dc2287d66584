"""What a person would see on the terminal, by an emulator."""

from collections.abc import Mapping, Sequence

import pyte

from tests.terminal.tty import Tty

# the emulator takes these for something else: kitty's keyboard requests for "restore cursor"
UNKNOWN = (b"\x1b[>1u", b"\x1b[<u")


class Screen(Tty):
    """A program on a terminal whose screen can be read."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str], *, columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        super().__init__(words, env, columns=columns, rows=rows)

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, words: str) -> None:
        """Reads until the words are on the screen."""
        self.wait_until(lambda: words in self.text, words)

    def to_spaces(self, words: str) -> None:
        """From Home, which opens first, to the list of spaces."""
        self.wait_for("JOBS")
        self.press("1")
        self.wait_for(words)

    def wipe(self) -> None:
        """As the shell may have done meanwhile."""
        self._screen.reset()

    def received(self, some: bytes) -> None:
        super().received(some)
        for sequence in UNKNOWN:
            some = some.replace(sequence, b"")
        self._stream.feed(some)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        super().resize(columns, rows)
