"""The characters of a request as an old Jackson reads them: in buffers, with the positions that its errors name."""

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from durastore_tui.sandbox.wire.cursor import END, describe, is_identifier_part, java_units

READER = "java.io.StringReader@0"
"""How a source that is read in pieces is named. A real server writes another number for each request."""

LONGEST_IN_ONE_PIECE = 0x8000


class Jackson(Enum):
    """The library of a release: 1.9 until 5.0.0, 2.7 in 6.2.1."""

    V1_9 = 2_000
    V2_7 = 4_000

    @property
    def buffer(self) -> int:
        """How many characters are read at once where the text is not read in one piece."""
        return int(self.value)


@dataclass(frozen=True)
class Location:
    """Line and column as an error names them."""

    source: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"[Source: {self.source}; line: {self.line}, column: {self.column}]"


class OldMalformed(Exception):
    """What the library says of a text. `parsed` is False for what it says of a value that it could read."""

    def __init__(self, message: str, location: Location | None, *, parsed: bool = True) -> None:
        super().__init__(message)
        self.message = f"{message}\n at {location}" if location else message
        self.parsed = parsed
        self.steps: list[str] = []

    def __str__(self) -> str:
        chain = f" (through reference chain: {'->'.join(self.steps)})" if self.steps else ""
        return f"{self.message}{chain}"


class Characters:
    """Counts lines and columns in UTF-16 units. Every `_fail` raises OldMalformed."""

    def __init__(self, text: str, jackson: Jackson) -> None:
        self.jackson = jackson
        self._text = java_units(text)
        in_one_piece = jackson is Jackson.V2_7 and len(self._text) <= LONGEST_IN_ONE_PIECE
        self.source = text if in_one_piece else READER
        self._buffer = max(len(self._text), 1) if in_one_piece else jackson.buffer
        self._at = 0
        self._line = 1
        self._line_start = 0

    @property
    def location(self) -> Location:
        """Where the next character would be read."""
        return self._locate(self._at - self._line_start + 1)

    def _locate(self, column: int) -> Location:
        return Location(self.source, self._line, column)

    def _more(self) -> bool:
        """Whether there is another character. Asking at the end moves all later columns by the last buffer."""
        if self._at < len(self._text):
            return True
        last = len(self._text) % self._buffer
        self._line_start -= last or (self._buffer if self._text else 0)
        return False

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        """The next character; END at the end."""
        if not self._more():
            return END
        self._at += 1
        return self._text[self._at - 1]

    def _visible(self) -> str:
        """The next character that is no white space; END at the end."""
        while (char := self._take()) != END:
            if char == "/":
                self._fail_at(
                    char,
                    "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled"
                    " for parser)",
                )
            if char > " ":
                return char
            if char in "\r\n":
                self._new_line(char)
            elif char not in " \t":
                self._fail(
                    f"Illegal character ({describe(char)}): only regular white space (\\r, \\n, \\t) is allowed"
                    " between tokens"
                )
        return END

    def _new_line(self, char: str) -> None:
        if char == "\r" and self._more() and self._peek() == "\n":
            self._at += 1
        self._line += 1
        self._line_start = self._at

    def _quoted(self, what: str, ended: str) -> str:
        parts: list[str] = []
        while (char := self._take()) != '"':
            if char == END:
                self._fail(f"Unexpected end-of-input: was expecting closing {ended}")
            if char < " ":
                self._fail(
                    f"Illegal unquoted character ({describe(char)}): has to be escaped using backslash"
                    f" to be included in {what}"
                )
            parts.append(self._escaped() if char == "\\" else char)
        return "".join(parts)

    def _escaped(self) -> str:
        ended = "Unexpected end-of-input in character escape sequence"
        char = self._take() or self._fail(ended)
        if char != "u":
            plain = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "/": "/", "\\": "\\"}.get(char)
            return plain or self._fail(f"Unrecognized character escape {describe(char)}")
        digits = ""
        for _ in range(4):
            digit = self._take() or self._fail(ended)
            if digit not in "0123456789abcdefABCDEF":
                self._fail_at(digit, "expected a hex-digit for character escape sequence")
            digits += digit
        return chr(int(digits, 16))

    def _word(self, word: str, matched: int) -> None:
        for expected in word[matched:]:
            if not self._more() and self.jackson is Jackson.V1_9:
                self._fail("Unexpected end-of-input in a value")
            if self._peek() != expected:
                self._fail_unrecognized(word[:matched])
            self._at += 1
            matched += 1
        if not self._more():
            return
        after = self._peek()
        if after >= "0" and after not in "]}" and is_identifier_part(after):
            self._fail_unrecognized(word)

    def _fail(self, message: str) -> NoReturn:
        raise OldMalformed(message, self.location)

    def _fail_at(self, char: str, comment: str) -> NoReturn:
        self._fail(f"Unexpected character ({describe(char)}): {comment}")

    def _fail_unrecognized(self, matched: str, wanted: str = "'null', 'true', 'false' or NaN") -> NoReturn:
        token = matched
        while self._more() and is_identifier_part(self._peek()):
            self._at += 1
            token += self._text[self._at - 1]
        # 1.9 forgets to say what it wanted
        self._fail(f"Unrecognized token '{token}': was expecting {wanted if self.jackson is Jackson.V2_7 else ''}")
