"""Reads JSON token by token as the server's library (Jackson 2.17) does: as lenient, in its words, with its columns.

A value is begun together with its field name, and a string is read only when someone asks for it, so that what is
wrong with it is found where the server finds it (protocol §6.2).
"""

import struct
from dataclasses import dataclass
from typing import NoReturn

SOURCE = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); "
EXPECTED = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
END = ""
LONGEST_TOKEN_SHOWN = 256


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

    def __init__(self, message: str, place: Place) -> None:
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
        return f"{self._message}\n at {self._place}{chain}"


def java_units(text: str) -> str:
    """The text as Java counts it: one character for each UTF-16 unit."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def from_java_units(text: str) -> str:
    """Joins surrogate pairs again; a lone surrogate stays."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _is_identifier_start(char: str) -> bool:
    return char.isalpha() or char in "_$" or (char > "\x7f" and char.isidentifier())


def _is_identifier_part(char: str) -> bool:
    return (
        char.isalnum()
        or char in "_$"
        or char <= "\x08"
        or "\x0e" <= char <= "\x1b"
        or "\x7f" <= char <= "\x9f"
        or (char > "\x7f" and ("a" + char).isidentifier())
    )


def _describe(char: str) -> str:
    code = ord(char)
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"(CTRL-CHAR, code {code})"
    return f"'{char}' (code {code} / 0x{code:x})" if code > 0xFF else f"'{char}' (code {code})"


class JsonReader:
    """Tokens of one text. `kind` is START_OBJECT, START_ARRAY, STRING, NUMBER_INT, NUMBER_FLOAT, TRUE, FALSE, NULL."""

    def __init__(self, text: str) -> None:
        self._text = java_units(text)
        self._at = 0
        self._line = 1
        self._line_start = 0
        self._scopes: list[tuple[str, Place]] = []
        self._first_in_scope = True
        self._unread_string = False
        self._after_first_field = False
        self._number_mark = 0
        self.kind = END
        self.value_place = Place(1, 0)
        self.number = ""

    @property
    def place(self) -> Place:
        """Where the next character would be read."""
        return Place(self._line, self._at - self._line_start + 1)

    def start(self) -> bool:
        """Reads the first value's beginning; False when there is nothing but white space."""
        char = self._next_character()
        if char == END:
            return False
        if char in "}]":
            self._fail_mismatched(char)
        self._begin_value(char)
        return True

    def next_field(self) -> str | None:
        """The next field's name, its value begun; None at the object's end."""
        self._finish_value()
        char = self._next_character()
        if char in ("}", "]"):
            self._close(char)
            return None
        self._after_first_field = not self._first_in_scope
        char = self._after_comma(char)
        if char != '"':
            self._fail_at_last(char, "was expecting double-quote to start field name")
        name = self._quoted("name", " in field name")
        self._colon()
        self._begin_value(self._within_entries())
        return from_java_units(name)

    def next_element(self) -> bool:
        """Begins the array's next element; False at its end."""
        self._finish_value()
        char = self._next_character()
        if char in ("}", "]"):
            self._close(char)
            return False
        self._begin_value(self._after_comma(char))
        return True

    def open(self) -> None:
        """Steps into the object or array that was begun."""
        self._after_first_field = False
        self._scopes.append(("Object" if self.kind == "START_OBJECT" else "Array", self.value_place))
        self._first_in_scope = True

    def string(self) -> str:
        """The begun string's text."""
        self._unread_string = False
        return from_java_units(self._quoted("string value", ": was expecting closing quote for a string value"))

    def _finish_value(self) -> None:
        if self._unread_string:
            self.string()

    def _after_comma(self, char: str) -> str:
        if self._first_in_scope:
            self._first_in_scope = False
            return char
        if char != ",":
            self._fail_at_last(char, f"was expecting comma to separate {self._scopes[-1][0]} entries")
        return self._within_entries()

    def _close(self, char: str) -> None:
        kind, _ = self._scopes[-1]
        if char != ("}" if kind == "Object" else "]"):
            self._fail_mismatched(char)
        self._scopes.pop()
        self._first_in_scope = False

    def _colon(self) -> None:
        char = self._within_entries()
        if char != ":":
            self._fail_at_last(char, "was expecting a colon to separate field name and value")

    def _within_entries(self) -> str:
        char = self._visible_character()
        if char == END:
            self._fail(f"Unexpected end-of-input within/between {self._scopes[-1][0]} entries")
        return char

    def _next_character(self) -> str:
        char = self._visible_character()
        if char == END and self._scopes:
            kind, place = self._scopes[-1]
            self._fail(f"Unexpected end-of-input: expected close marker for {kind} (start marker at {place})")
        return char

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
                    f"Illegal character ({_describe(char)}): only regular white space (\\r, \\n, \\t) is allowed"
                    " between tokens"
                )
        return END

    def _new_line(self, char: str) -> None:
        if char == "\r" and self._peek() == "\n":
            self._at += 1
        self._line += 1
        self._line_start = self._at

    def _begin_value(self, char: str) -> None:
        self.value_place = Place(self._line, self._at - self._line_start)
        self._number_mark = 0
        if char == '"':
            self.kind, self._unread_string = "STRING", True
        elif char in "{[":
            self.kind = "START_OBJECT" if char == "{" else "START_ARRAY"
        elif char == "-" or "0" <= char <= "9":
            self._number(char)
        elif char in "tfn":
            word = {"t": "true", "f": "false", "n": "null"}[char]
            self._word(word, 1)
            self.kind = word.upper()
        else:
            self._odd_value(char)

    def _odd_value(self, char: str) -> NoReturn:
        if char == "N":
            self._word("NaN", 1)
            self._fail_non_standard("NaN")
        if char == "I":
            self._word("Infinity", 1)
            self._fail_non_standard("Infinity")
        if char == "+":
            self._odd_number(self._take() or self._fail("Unexpected end-of-input in a Number value"), "+")
        if _is_identifier_start(char):
            self._fail_unrecognized(char)
        self._fail_at_last(
            char,
            "expected a value" if char == "}" and not self._after_first_field else f"expected a valid value {EXPECTED}",
        )

    def _word(self, word: str, matched: int) -> None:
        for expected in word[matched:]:
            if self._peek() != expected:
                self._fail_unrecognized(word[:matched])
            self._at += 1
            matched += 1
        after = self._peek()
        if after >= "0" and after not in "]}" and _is_identifier_part(after):
            self._fail_unrecognized(word)

    def _number(self, char: str) -> None:
        start = self._at - 1
        if char == "-":
            char = self._take() or self._fail("Unexpected end-of-inputNo digit following sign")
            if not "0" <= char <= "9":
                self._odd_number(char, "-")
        if char == "0" and "0" <= self._peek() <= "9":
            self._fail("Invalid numeric value: Leading zeroes not allowed")
        self._digits()
        # The server reads 12.5 in one go and then points at the point; 0.5 it reads with care.
        self._number_mark = 0 if char == "0" else self._at + 1
        fraction = self._peek() == "."
        if fraction:
            self._at += 1
            if not self._digits():
                # at the very end the server repeats the point itself
                self._fail_in_number(self._take() or ".", "Decimal point not followed by a digit")
        exponent = self._peek() in ("e", "E")
        if exponent:
            self._exponent()
        self.kind = "NUMBER_FLOAT" if fraction or exponent else "NUMBER_INT"
        self.number = self._text[start : self._at]
        if not self._scopes:
            self._space_after_root()

    def _exponent(self) -> None:
        ended = "Unexpected end-of-inputexpected a digit for number exponent"
        self._at += 1
        char = self._take() or self._fail(ended)
        if char in "+-":
            char = self._take() or self._fail(ended)
        if not "0" <= char <= "9":
            self._fail_in_number(char, "Exponent indicator not followed by a digit")
        self._digits()

    def _digits(self) -> int:
        start = self._at
        while "0" <= self._peek() <= "9":
            self._at += 1
        return self._at - start

    def _space_after_root(self) -> None:
        char = self._peek()
        if char not in (END, " ", "\t", "\r", "\n"):
            self._at += 1
            self._fail_at_last(char, "Expected space separating root-level values")

    def _odd_number(self, char: str, sign: str) -> NoReturn:
        if char == "I":
            char = self._take() or self._fail("Unexpected end-of-input in a Number value")
            if char in "Nn":
                word = f"{sign}INF" if char == "N" else f"{sign}Infinity"
                self._word(word, 3)
                self._fail_non_standard(word)
        if sign == "-" and char == ".":
            self._fail_at_last(char, f"expected a valid value {EXPECTED}")
        if sign == "+":
            self._fail_in_number(
                "+",
                "JSON spec does not allow numbers to have plus signs: enable"
                " `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow",
            )
        self._fail_in_number(char, "expected digit (0-9) to follow minus sign, for valid numeric value")

    def _quoted(self, what: str, ended: str) -> str:
        parts: list[str] = []
        while (char := self._take()) != '"':
            if char == END:
                self._fail(f"Unexpected end-of-input{ended}")
            if char < " ":
                self._fail_last(
                    f"Illegal unquoted character ({_describe(char)}): has to be escaped using backslash"
                    f" to be included in {what}"
                )
            parts.append(self._escaped() if char == "\\" else char)
        return "".join(parts)

    def _escaped(self) -> str:
        ended = "Unexpected end-of-input in character escape sequence"
        char = self._take() or self._fail(ended)
        if char != "u":
            plain = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "/": "/", "\\": "\\"}.get(char)
            return plain or self._fail_last(f"Unrecognized character escape {_describe(char)}")
        digits = ""
        for _ in range(4):
            digit = self._take() or self._fail(ended)
            if digit not in "0123456789abcdefABCDEF":
                self._fail_at_last(digit, "expected a hex-digit for character escape sequence")
            digits += digit
        return chr(int(digits, 16))

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
        self._fail_last(f"Unexpected character ({_describe(char)}): {comment}")

    def _fail_in_number(self, char: str, comment: str) -> NoReturn:
        self._at = self._number_mark or self._at
        self._fail_last(f"Unexpected character ({_describe(char)}) in numeric value: {comment}")

    def _fail_non_standard(self, word: str) -> NoReturn:
        self._fail(f"Non-standard token '{word}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow")

    def _fail_unrecognized(self, matched: str) -> NoReturn:
        token = matched
        while _is_identifier_part(self._peek() or " "):
            token += self._take()
            if len(token) >= LONGEST_TOKEN_SHOWN:
                token += "..."
                break
        self._fail(f"Unrecognized token '{token}': was expecting {EXPECTED}")

    def _fail_mismatched(self, char: str) -> NoReturn:
        scope, place = self._scopes[-1] if self._scopes else ("root", Place(1, 0))
        expected = "}" if char == "]" else "]"
        self._fail_last(f"Unexpected close marker '{char}': expected '{expected}' (for {scope} starting at {place})")
