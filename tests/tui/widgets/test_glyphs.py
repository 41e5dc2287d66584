import pytest

from durastore_tui.core import glyphs
from durastore_tui.core.glyphs import MARKS, ascii_only, badge, glyph, sign
from durastore_tui.core.jobs import JobState

pytestmark = pytest.mark.usefixtures("another_terminal")


@pytest.mark.parametrize("state", JobState)
def test_each_state_of_a_job_has_a_glyph_and_keeps_its_word(state: JobState) -> None:
    assert badge(state.value) == f"{MARKS[state.value].glyph} {state.word}"


def test_a_terminal_that_asks_for_ascii_gets_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DURASTORE_ASCII", "1")
    ascii_only.cache_clear()
    for state in MARKS:
        assert badge(state).isascii()
    for name in glyphs.SIGNS:
        assert sign(name).isascii()


@pytest.mark.parametrize(
    ("environ", "encoding", "expected"),
    [
        ({"TERM": "linux"}, "UTF-8", True),
        ({"TERM": "xterm-256color"}, "ANSI_X3.4-1968", True),
        ({"TERM": "xterm-256color"}, "UTF-8", False),
        ({"TERM": "linux", "DURASTORE_ASCII": "0"}, "UTF-8", False),
        ({"TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.UTF-8"}, "UTF-8", True),
        ({"TERM": "xterm", "LANG": "en_US.UTF-8", "LC_CTYPE": "C.UTF-8"}, "UTF-8", False),
    ],
)
def test_console_and_locale_decide_unless_a_person_did(
    environ: dict[str, str], encoding: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DURASTORE_ASCII", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getencoding", lambda: encoding)
    assert ascii_only() is expected
    assert glyph("overdue") == ("!" if expected else "▲")


def test_no_two_states_that_can_stand_in_one_column_share_an_ascii_glyph() -> None:
    column = (
        "confirmed",
        "shown",
        "in_progress",
        "accepted",
        "off",
        "overdue",
        "unknown",
        "failed",
        "forbidden",
        "asked",
    )
    assert len({MARKS[state].ascii for state in column}) == len(column)
    assert len({MARKS[state].glyph for state in column}) == len(column)
