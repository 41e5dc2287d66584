"""What comes from the keyboard is untrusted too: bad bytes, odd reports and pasted escapes must not end the app."""

import asyncio
import codecs
import os
import selectors
import signal

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste, Resize
from textual.geometry import Size

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE = 1_000_000
POLL, MOMENT = 0.1, 0.02
KEEP_TITLE, GIVE_TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"


def has_title() -> bool:
    """Whether the terminal has one: the Linux console shows what would set it."""
    return os.environ.get("TERM") != "linux"


class KeyText:
    """Decodes bytes from a terminal into pieces: typed text, or the whole of a paste."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="ignore").decode
        self._pasted: str | None = None
        self.held = ""

    def pieces(self, data: bytes) -> list[tuple[str, bool]]:
        """Pairs of text and whether it was pasted; pasted text has lost its control characters but line ends.

        No data means that nothing followed for a while: what looked like the start of a paste was typed."""
        text = self.held + self._decode(data)
        self.held = ""
        found: list[tuple[str, bool]] = []
        while text:
            if self._pasted is None:
                typed, start, text = text.partition(PASTE_START)
                if not start and data:
                    typed = self._hold_back(typed)
                if typed:
                    found.append((typed, False))
                self._pasted = "" if start else None
                continue
            pasted, end, text = (self._pasted + text).partition(PASTE_END)
            if end or len(pasted) > LONGEST_PASTE:
                found.append((_plain(pasted), True))
                self._pasted = None
            else:
                self._pasted = pasted
        return found

    def _hold_back(self, typed: str) -> str:
        """A read may end within the mark of a paste."""
        for length in range(len(PASTE_START) - 1, 0, -1):
            if typed.endswith(PASTE_START[:length]):
                self.held = typed[-length:]
                return typed[:-length]
        return typed


def _plain(text: str) -> str:
    return "".join(character for character in text if character in "\n\r\t" or character.isprintable())


class Keyboard(LinuxDriver):
    """Textual's driver with an input thread that survives what it is fed, and sizes that come in order."""

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._say(KEEP_TITLE)
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGWINCH, lambda *_: loop.call_soon_threadsafe(self._tell_size))

    def stop_application_mode(self) -> None:
        self._say(GIVE_TITLE_BACK)
        super().stop_application_mode()

    def _say(self, sequence: str) -> None:
        if self._writer_thread and has_title():
            self.write(sequence)

    def _tell_size(self) -> None:
        """Measured in the loop: while a window is drawn larger the signals interrupt each other, and what the first
        of them measured would be told last."""
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(Resize(size, size))

    def run_input_thread(self) -> None:
        keys, parser = KeyText(), XTermParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(MOMENT if keys.held else POLL)
                data = self._read() if ready else None
                if data == b"":
                    return
                for text, pasted in keys.pieces(data or b""):
                    if pasted:
                        self.process_message(Paste(text))
                    else:
                        parser = self._feed(parser, text)
                for event in parser.tick():
                    self.process_message(event)

    def _read(self) -> bytes:
        """What was typed; nothing means that the terminal is gone, and the app ends as on a hang-up."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            data = b""
        if not data:
            self._app.call_later(self._app.exit, return_code=129)
        return data

    def _feed(self, parser: XTermParser, text: str) -> XTermParser:
        """Textual's parser raises on reports that it half knows, and is no good afterwards: a fresh one goes on."""
        for character in text:
            try:
                for event in parser.feed(character):
                    if not (isinstance(event, Key) and _is_half(event.character or "")):
                        self.process_message(event)
            except (ValueError, OverflowError, IndexError, StopIteration, RuntimeError):
                parser = XTermParser(self._debug)
        return parser


def _is_half(text: str) -> bool:
    """A report may name half a character, which nothing can encode."""
    return any("\ud800" <= character <= "\udfff" for character in text)
