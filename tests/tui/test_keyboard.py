"""Bytes from a keyboard: typed keys come through, pastes come whole, and nothing ends the app."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.tui.terminal.keyboard import LONGEST_PASTE, KeyText

PASTED = "\x1b[200~", "\x1b[201~"


def heard(*reads: bytes) -> list[tuple[str, bool]]:
    keys = KeyText()
    return [piece for read in (*reads, b"") for piece in keys.pieces(read)]


def test_a_byte_that_is_no_text_is_not_heard() -> None:
    assert heard(b"a\xffb") == [("ab", False)]


def test_a_letter_may_come_in_two_reads() -> None:
    assert heard("é".encode()[:1], "é".encode()[1:]) == [("é", False)]


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_paste_comes_whole_wherever_the_reads_are_cut(cut: int) -> None:
    data = f"j{PASTED[0]}some text\nmore{PASTED[1]}k".encode()
    pieces = heard(data[:cut], data[cut:])
    assert [piece for piece in pieces if piece[1]] == [("some text\nmore", True)]
    assert "".join(text for text, pasted in pieces if not pasted) == "jk"


def test_an_escape_in_a_paste_is_no_key() -> None:
    assert heard(f"{PASTED[0]}oral\x1bE\x1b[Ay\x00{PASTED[1]}".encode()) == [("oralE[Ay", True)]


def test_what_only_looked_like_a_paste_is_typed_after_a_moment() -> None:
    for typed in ("\x1b", "\x1b[2"):
        keys = KeyText()
        assert keys.pieces(typed.encode()) == []
        assert keys.pieces(b"") == [(typed, False)]


def test_a_paste_without_an_end_gives_the_keyboard_back() -> None:
    pieces = heard(PASTED[0].encode() + b"x" * (LONGEST_PASTE + 1), b"q")
    assert [len(text) for text, _ in pieces] == [LONGEST_PASTE + 1, 1]
    assert pieces[-1] == ("q", False)


@given(st.lists(st.binary(max_size=12), max_size=8))
def test_whatever_comes_nothing_is_raised(reads: list[bytes]) -> None:
    heard(*reads)
