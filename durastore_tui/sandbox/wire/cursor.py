"""A place in a text that is read as Java reads it, and what the server's JSON library says of a character there."""

import struct
from dataclasses import dataclass
from typing import NoReturn
from unicodedata import category

SOURCE = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); "
EXPECTED = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
END = ""
LONGEST_TOKEN_SHOWN = 256
LONGEST_NUMBER = 1_000


@dataclass(frozen=True)
class Place:
    """Line and column, both from 1; column 0 is not known."""

    line: int
    column: int

    def __str__(self) -> str:
        column = f", column: {self.column}" if self.column > 0 else ""
        return f"{SOURCE}line: {self.line}{column}]"


class Malformed(Exception):
    """What the parser says of a text, and where; whoever knows the field adds it with `within`."""

    def __init__(self, message: str, place: Place | None) -> None:
        super().__init__(message)
        self._message = message
        self._place = place
        self._steps: list[str] = []

    def within(self, step: str) -> "Malformed":
        """The same, found while reading this field or element."""
        self._steps.insert(0, step)
        return self

    def __str__(self) -> str:
        chain = f" (through reference chain: {'->'.join(self._steps)})" if self._steps else ""
        place = f"\n at {self._place}" if self._place else ""
        return f"{self._message}{place}{chain}"


def check_length(digits: int) -> None:
    """Numbers may be long, but not endless."""
    if digits > LONGEST_NUMBER:
        raise Malformed(
            f"Number value length ({digits}) exceeds the maximum allowed ({LONGEST_NUMBER}, from"
            " `StreamReadConstraints.getMaxNumberLength()`)",
            None,
        )


def java_units(text: str) -> str:
    """The text as Java counts it: one character for each UTF-16 unit."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def from_java_units(text: str) -> str:
    """Joins surrogate pairs again; a lone surrogate stays."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def is_identifier_start(char: str) -> bool:
    """As `Character.isJavaIdentifierStart`."""
    return category(char) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Sc", "Pc")


def is_identifier_part(char: str) -> bool:
    """As `Character.isJavaIdentifierPart`, with the control characters that it ignores."""
    ignorable = char <= "\x08" or "\x0e" <= char <= "\x1b" or "\x7f" <= char <= "\x9f"
    return is_identifier_start(char) or ignorable or category(char) in ("Nd", "Mc", "Mn", "Cf")


def describe(char: str) -> str:
    code = ord(char)
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"(CTRL-CHAR, code {code})"
    return f"'{char}' (code {code} / 0x{code:x})" if code > 0xFF else f"'{char}' (code {code})"


class Cursor:
    """Counts lines and columns in UTF-16 units. Every `_fail` raises Malformed."""

    def __init__(self, text: str) -> None:
        self._text = java_units(text)
        self._at = 0
        self._line = 1
        self._line_start = 0

    @property
    def place(self) -> Place:
        """Where the next character would be read."""
        return Place(self._line, self._at - self._line_start + 1)

    def _visible_character(self) -> str:
        while (char := self._take()) != END:
            if char == "/":
                self._fail_at_last(
                    char,
                    "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS'"
                    " not enabled for parser)",
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
        if char == "\r" and self._peek() == "\n":
            self._at += 1
        self._line += 1
        self._line_start = self._at

    def _quoted(self, what: str, ended: str) -> str:
        parts: list[str] = []
        while (char := self._take()) != '"':
            if char == END:
                self._fail(f"Unexpected end-of-input{ended}")
            if char < " ":
                self._fail_last(
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
            return plain or self._fail_last(f"Unrecognized character escape {describe(char)}")
        digits = ""
        for _ in range(4):
            digit = self._take() or self._fail(ended)
            if digit not in "0123456789abcdefABCDEF":
                self._fail_at_last(digit, "expected a hex-digit for character escape sequence")
            digits += digit
        return chr(int(digits, 16))

    def _word(self, word: str, matched: int) -> None:
        for expected in word[matched:]:
            if self._peek() != expected:
                self._fail_unrecognized(word[:matched])
            self._at += 1
            matched += 1
        after = self._peek()
        if after >= "0" and after not in "]}" and is_identifier_part(after):
            self._fail_unrecognized(word)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        self._at += len(char)
        return char

    def _fail(self, message: str) -> NoReturn:
        raise Malformed(message, self.place)

    def _fail_last(self, message: str) -> NoReturn:
        raise Malformed(message, Place(self._line, self._at - self._line_start))

    def _fail_at_last(self, char: str, comment: str) -> NoReturn:
        self._fail_last(f"Unexpected character ({describe(char)}): {comment}")

    def _fail_non_standard(self, word: str) -> NoReturn:
        self._fail(f"Non-standard token '{word}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow")

    def _fail_unrecognized(self, matched: str) -> NoReturn:
        token = matched
        while is_identifier_part(self._peek() or " "):
            token += self._take()
            if len(token) >= LONGEST_TOKEN_SHOWN:
                token += "..."
                break
        self._fail(f"Unrecognized token '{token}': was expecting {EXPECTED}")
