"""Text from the server on its way to a screen."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from durastore_tui.core.text import HIDDEN, cells, middle, safe

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("esc\x1b[31mred.ts", "esc␛[31mred.ts"),
        ("bell\x07.ts", "bell␇.ts"),
        ("tab\there", "tab␉here"),
        ("line\r\nbreak", "line␍␊break"),
        ("\x7f", "␡"),
        ("csi\x9b31mred.ts", "csi⟨009B⟩31mred.ts"),
        ("abc\u202egpj.exe", "abc⟨202E⟩gpj.exe"),
        ("zero\u200bwidth", "zero⟨200B⟩width"),
        ("heart\u2764\ufe0f", "heart\u2764⟨FE0F⟩"),
        ("hand\u270b\U0001f3fd", "hand\u270b⟨1F3FD⟩"),
        ("half\udcff", "half⟨DCFF⟩"),
        ("[/] [red]日本語 العربية e\u0301 👩\u200d🎓", "[/] [red]日本語 العربية e\u0301 👩\u200d🎓"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_becomes_visible(raw: str, shown: str) -> None:
    assert safe(raw) == shown


@given(ANY_TEXT)
def test_nothing_that_a_terminal_obeys_or_reorders_gets_through(raw: str) -> None:
    shown = safe(raw)
    assert not any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in shown)
    assert not any(
        unicodedata.bidirectional(one) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for one in shown
    )
    assert safe(shown) == shown
    shown.encode()


@given(st.text())
def test_different_texts_without_brackets_stay_different(raw: str) -> None:
    twin = raw + "\u200b"
    assert safe(raw) != safe(twin)


@pytest.mark.parametrize(
    "text",
    ["plain.m3u8", "日本語/講義07.m3u8", "한글", "e\u0301te\u0301", "emoji-🎬-👩\u200d🎓.mp4", "עברית.ts", "ｱ", "🇩🇪"],
)
def test_widths_are_those_of_the_terminal_library(text: str) -> None:
    assert cells(text) == cell_len(text)


@given(st.text(st.sampled_from("ab/日본é\u0301🎬.-")), st.integers(-1, 30))
def test_a_long_name_loses_its_middle_and_fits(text: str, width: int) -> None:
    short = middle(text, width)
    assert cells(short) <= max(width, 0)
    if short != text and width > 0:
        head, tail = re.fullmatch("(.*?)…(.*)", short).groups()  # type: ignore[union-attr]
        assert text.startswith(head) and text.endswith(tail)


def test_the_end_of_a_name_stays() -> None:
    assert middle("oh/1974/OH-0412/interview-hazel-whitcomb-playlist.m3u8", 24) == "oh/1974/OH-…laylist.m3u8"


def test_a_name_that_fits_is_left_alone() -> None:
    assert middle("日本", 4) == "日本"


@pytest.mark.parametrize("letter", ["x", "界", "e\u0301"])
def test_a_text_of_any_length_is_cut_in_one_pass(letter: str) -> None:
    """Once per row of a table: a pass for each cell would take minutes here."""
    cut = middle("é" + letter * 300_000, 11)
    assert cells(cut) in (10, 11)
    assert cut.endswith(letter)


def test_a_letter_under_many_marks_does_not_cover_the_lines_around_it() -> None:
    assert safe("e" + "\u0301" * 8) == "e" + "\u0301" * 8
    assert safe("e" + "\u0301" * 10 + "x") == "e" + "\u0301" * 8 + "⟨0301⟩⟨0301⟩x"
    assert not HIDDEN.search(safe("e" + "\u0301" * 100))
