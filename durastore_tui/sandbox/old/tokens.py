"""The JSON tokens of a request as Jackson 1.9 and 2.7 read them: as lenient, in their words, with their columns."""

from dataclasses import dataclass
from typing import NoReturn

from durastore_tui.sandbox.old.characters import Characters, Jackson, Location
from durastore_tui.sandbox.wire.cursor import END, describe, from_java_units, is_identifier_start

VALUES = "number, String, array, object, 'true', 'false' or 'null'"


@dataclass
class Scope:
    """An object or array that is open, or the ROOT around them. `start` is where errors say that it begins."""

    kind: str
    start: Location
    entries: int = 0
    name: str = ""


class Tokens(Characters):
    """One token at a time; `kind` is Jackson's name of it, END at the end.

    A value is begun together with its field name, and a string is read only when somebody asks for it.
    """

    def __init__(self, text: str, jackson: Jackson) -> None:
        super().__init__(text, jackson)
        self._scopes = [Scope("ROOT", Location(self.source, 1, 0))]
        self._after_name = END
        self._unread_string = False
        self.kind = END
        self.number = ""
        self.token_location = Location(self.source, 1, 1 if jackson is Jackson.V1_9 else 0)

    @property
    def name(self) -> str:
        """The latest field name of the open object."""
        return self._scopes[-1].name

    def text(self) -> str:
        """What the present token says; a string is read now."""
        match self.kind:
            case "VALUE_STRING":
                self._unread_string = False
                self._string = from_java_units(self._quoted("string value", "quote for a string value"))
                return self._string
            case "VALUE_NUMBER_INT" | "VALUE_NUMBER_FLOAT":
                return self.number
            case "FIELD_NAME":
                return self.name
        signs = {"START_OBJECT": "{", "END_OBJECT": "}", "START_ARRAY": "[", "END_ARRAY": "]"}
        return signs.get(self.kind) or self.kind.removeprefix("VALUE_").lower()

    def next(self, *, after_first_field: bool = False) -> str:
        """Reads the next token and gives its kind. 2.7 words a missing value otherwise in all fields but the first."""
        if self.kind == "FIELD_NAME":
            self.kind = self._after_name
            self._open()
            return self.kind
        if self._unread_string:
            self._unread_string = False
            self._quoted("string value", "quote for a string value")
        char = self._visible()
        scope = self._scopes[-1]
        if char == END:
            if scope.kind != "ROOT":
                self._fail(f"Unexpected end-of-input: expected close marker for {scope.kind} (from {scope.start})")
            self.kind = END
            return END
        if char in "]}":
            self._mark()
            return self._close(char)
        if self.jackson is Jackson.V1_9:
            self._mark()
        scope.entries += 1
        if scope.kind != "ROOT" and scope.entries > 1:
            if char != ",":
                self._fail_at(char, f"was expecting comma to separate {scope.kind} entries")
            char = self._within_entries()
        if scope.kind == "OBJECT":
            return self._field(char, closer_is_odd=after_first_field)
        self._mark_value()
        self.kind = self._value(char, closer_is_odd=False)
        self._open()
        return self.kind

    def _field(self, char: str, *, closer_is_odd: bool) -> str:
        """A name, and its value begun."""
        if char != '"':
            self._fail_at(char, "was expecting double-quote to start field name")
        self._scopes[-1].name = from_java_units(self._quoted("name", "'\"' for name"))
        self.kind = "FIELD_NAME"
        char = self._colon()
        self._mark_value()
        self._after_name = self._value(char, closer_is_odd=closer_is_odd)
        return self.kind

    def _mark_value(self) -> None:
        if self.jackson is Jackson.V2_7:
            self._mark()

    def _mark(self) -> None:
        self.token_location = self._locate(self._at - self._line_start)

    def _open(self) -> None:
        if self.kind in ("START_OBJECT", "START_ARRAY"):
            start = self.token_location
            if self.jackson is Jackson.V1_9:
                start = Location(start.source, start.line, start.column - 1)
            self._scopes.append(Scope(self.kind.removeprefix("START_"), start))

    def _close(self, char: str) -> str:
        kind, scope = ("OBJECT" if char == "}" else "ARRAY"), self._scopes[-1]
        if scope.kind != kind:
            expected = "}" if char == "]" else "]"
            self._fail(
                f"Unexpected close marker '{char}': expected '{expected}' (for {scope.kind} starting at {scope.start})"
            )
        self._scopes.pop()
        self.kind = f"END_{kind}"
        return self.kind

    def _within_entries(self) -> str:
        return self._visible() or self._fail(f"Unexpected end-of-input within/between {self._scopes[-1].kind} entries")

    def _colon(self) -> str:
        def visible() -> str:
            if self.jackson is Jackson.V1_9:
                return self._within_entries()
            return self._visible() or self._fail("Unexpected end-of-input in FIELD_NAME")

        char = visible()
        if char != ":":
            self._fail_at(char, "was expecting a colon to separate field name and value")
        return visible()

    def _value(self, char: str, *, closer_is_odd: bool) -> str:
        """The kind of the value that begins here."""
        if char == '"':
            self._unread_string = True
            return "VALUE_STRING"
        if char in "{[":
            return "START_OBJECT" if char == "{" else "START_ARRAY"
        if char in "]}" and not closer_is_odd:
            self._fail_at(char, "expected a value")
        if char in "tfn":
            word = {"t": "true", "f": "false", "n": "null"}[char]
            self._word(word, 1)
            return f"VALUE_{word.upper()}"
        if char == "-" or "0" <= char <= "9":
            return self._number(char)
        return self._odd_value(char)

    def _odd_value(self, char: str) -> NoReturn:
        later = self.jackson is Jackson.V2_7
        if char == "N" or (char == "I" and later):
            word = "NaN" if char == "N" else "Infinity"
            self._word(word, 1)
            self._fail_non_standard(word)
        if char == "+":
            self._odd_number(self._take() or self._fail("Unexpected end-of-input in a value"), "+")
        if later and is_identifier_start(char):
            self._fail_unrecognized(char, "('true', 'false' or 'null')")
        self._fail_at(char, f"expected a valid value ({VALUES})")

    def _number(self, first: str) -> str:
        start = self._at - 1
        end = min(len(self._text), (start // self._buffer + 1) * self._buffer)
        found = self._number_within(first, end)
        if found is None:
            self._at = start + (first == "-")
            found = self._number_to_the_end(first == "-")
        self.number = self._text[start : self._at]
        if self._scopes[-1].kind == "ROOT" and self.jackson is Jackson.V2_7 and self._at < len(self._text):
            self._space_after_root()
        return f"VALUE_NUMBER_{found}"

    def _number_within(self, first: str, end: int) -> str | None:
        """A number that ends before its buffer does: errors in its rear name the place of its front. Else None."""
        at, char = self._at, first
        if first == "-":
            if at >= end:
                return None
            char, at = self._text[at], at + 1
            if not "0" <= char <= "9":
                self._at = at
                self._odd_number(char, "-")
        at = end if char == "0" else self._after_digits(at, end)
        kind, char = "INT", self._text[at : at + 1]
        if at < end and char in ".eE" and self.jackson is Jackson.V2_7:
            self._at = at + 1
        if at < end and char == ".":
            kind, begin = "FLOAT", at + 1
            at = self._after_digits(begin, end)
            char = self._text[at : at + 1]
            if at == begin < end:
                self._fail_in_number(char, "Decimal point not followed by a digit")
        if at < end and char in "eE":
            kind, begin = "FLOAT", at + 1
            begin += begin < end and self._text[begin] in "+-"
            at = self._after_digits(begin, end)
            if at == begin < end:
                self._fail_in_number(self._text[at], "Exponent indicator not followed by a digit")
        if at >= end:
            return None
        self._at = at
        return kind

    def _after_digits(self, at: int, end: int) -> int:
        while at < end and "0" <= self._text[at] <= "9":
            at += 1
        return at

    def _number_to_the_end(self, negative: bool) -> str:
        """A number at the end of a buffer, read character by character."""

        def digits() -> tuple[int, str]:
            begin = self._at
            while (char := self._take()) != END:
                if not "0" <= char <= "9":
                    return self._at - begin - 1, char
            return self._at - begin, END

        char = self._take() or self._fail("Unexpected end-of-inputNo digit following minus sign")
        if char == "0" and self._more() and "0" <= self._peek() <= "9":
            self._fail("Invalid numeric value: Leading zeroes not allowed")
        if not "0" <= char <= "9":
            self._odd_number(char, "-" if negative else "")
        _, char = digits()
        kind = "INT"
        if char == ".":
            kind = "FLOAT"
            found, char = digits()
            if not found:
                self._fail_in_number(char or ".", "Decimal point not followed by a digit")
        if char in ("e", "E"):
            kind = "FLOAT"
            ended = "Unexpected end-of-inputexpected a digit for number exponent"
            char = self._take() or self._fail(ended)
            if char in "+-":
                char = self._take() or self._fail(ended)
            if not "0" <= char <= "9":
                self._fail_in_number(char, "Exponent indicator not followed by a digit")
            _, char = digits()
        self._at -= char != END
        return kind

    def _space_after_root(self) -> None:
        self._at += 1
        char = self._text[self._at - 1]
        if char in "\r\n":
            self._new_line(char)
        elif char not in " \t":
            self._fail_at(char, "Expected space separating root-level values")

    def _odd_number(self, char: str, sign: str) -> NoReturn:
        if char == "I":
            char = self._take() or self._fail("Unexpected end-of-input in a value")
            if char in "Nn":
                word = f"{sign or '+'}INF" if char == "N" else f"{sign or '+'}Infinity"
                self._word(word, 3)
                self._fail_non_standard(word)
        self._fail_in_number(char, "expected digit (0-9) to follow minus sign, for valid numeric value")

    def _fail_non_standard(self, word: str) -> NoReturn:
        self._fail(f"Non-standard token '{word}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow")

    def _fail_in_number(self, char: str, comment: str) -> NoReturn:
        self._fail(f"Unexpected character ({describe(char)}) in numeric value: {comment}")
