"""Reads JSON token by token as the server's library (Jackson 2.17) does: as lenient, in its words, with its columns.

A value is begun together with its field name, and a string is read only when someone asks for it, so that what is
wrong with it is found where the server finds it (protocol §6.2).
"""

from typing import NoReturn

from durastore_tui.sandbox.wire.cursor import (
    END,
    EXPECTED,
    Cursor,
    Place,
    check_length,
    describe,
    from_java_units,
    is_identifier_start,
)


class JsonReader(Cursor):
    """Tokens of one text. `kind` is START_OBJECT, START_ARRAY, STRING, NUMBER_INT, NUMBER_FLOAT, TRUE, FALSE, NULL."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._scopes: list[tuple[str, Place]] = []
        self._first_in_scope = True
        self._unread_string = False
        self._after_first_field = False
        self._number_mark = 0
        self.kind = END
        self.value_place = Place(1, 0)
        self.number = ""

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
        if is_identifier_start(char):
            self._fail_unrecognized(char)
        self._fail_at_last(
            char,
            "expected a value" if char == "}" and not self._after_first_field else f"expected a valid value {EXPECTED}",
        )

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
        check_length(sum("0" <= character <= "9" for character in self.number))

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

    def _fail_in_number(self, char: str, comment: str) -> NoReturn:
        self._at = self._number_mark or self._at
        self._fail_last(f"Unexpected character ({describe(char)}) in numeric value: {comment}")

    def _fail_mismatched(self, char: str) -> NoReturn:
        scope, place = self._scopes[-1] if self._scopes else ("root", Place(1, 0))
        expected = "}" if char == "]" else "]"
        self._fail_last(f"Unexpected close marker '{char}': expected '{expected}' (for {scope} starting at {place})")
