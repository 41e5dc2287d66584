"""Copying to a clipboard that may be far away."""

import base64
from pathlib import Path

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.services import clipboard


async def test_outside_tmux_the_terminal_gets_the_text_as_osc_52() -> None:
    written: list[str] = []
    words = await clipboard.copy("https://d1.example/a b é", written.append, environ={})
    assert words == "sent to the terminal"
    (sequence,) = written
    assert sequence.startswith("\x1b]52;c;") and sequence.endswith("\a")
    assert base64.b64decode(sequence[7:-1]).decode() == "https://d1.example/a b é"


async def test_inside_screen_the_sequence_is_wrapped_in_pieces_that_screen_passes_on() -> None:
    written: list[str] = []
    await clipboard.copy("x" * 2000, written.append, environ={"STY": "1.pts-0"})
    pieces = written[0].split("\x1b\\")[:-1]
    assert len(pieces) > 1
    assert all(piece.startswith("\x1bP") and len(piece) <= 2 + clipboard.SCREEN_PIECE for piece in pieces)
    inner = "".join(piece.removeprefix("\x1bP") for piece in pieces)
    assert base64.b64decode(inner[7:-1]) == b"x" * 2000


async def test_inside_tmux_its_buffer_gets_the_text_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fake_tmux(tmp_path, f'echo "$@" > {tmp_path}/argv; cat > {tmp_path}/stdin')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    written: list[str] = []
    assert await clipboard.copy("a" * 100_000, written.append, environ={"TMUX": "/tmp/tmux,1,0"}) == "sent to tmux"
    assert (tmp_path / "stdin").read_text() == "a" * 100_000
    assert (tmp_path / "argv").read_text() == "load-buffer -w -\n"
    assert written == []


async def test_when_tmux_refuses_the_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_tmux(tmp_path, "cat > /dev/null; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    written: list[str] = []
    words = await clipboard.copy("x", written.append, environ={"TMUX": "/tmp/tmux,1,0"})
    assert (words, len(written)) == ("sent to the terminal", 1)


@pytest.mark.parametrize("text", ["x" * (clipboard.MOST_BYTES + 1), "half \ud83d"])
async def test_what_no_terminal_takes_is_refused_and_nothing_is_written(text: str) -> None:
    written: list[str] = []
    with pytest.raises(BadInput):
        await clipboard.copy(text, written.append, environ={})
    assert written == []


def _fake_tmux(folder: Path, script: str) -> None:
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("text", "keep", "sent"),
    [
        ("plain é 日本 👩\u200d🎓 \xa0", "", "plain é 日本 👩\u200d🎓 \xa0"),
        ("a\x1b[201~\nrm -rf\n", "", "a␛[201~␊rm -rf␊"),
        ("a\tb\r\n", "\n", "a␉b␍\n"),
        ("a\tb", "\t", "a\tb"),
        ("c1\x9b31m bidi\u202e half\ud83d", "", "c1⟨009B⟩31m bidi⟨202E⟩ half⟨D83D⟩"),
    ],
)
def test_what_is_copied_holds_no_control_character_but_those_it_was_made_with(text: str, keep: str, sent: str) -> None:
    assert clipboard.copyable(text, keep) == (sent, sent != text)


def test_a_list_has_a_line_for_each_of_its_texts_whatever_they_hold() -> None:
    assert clipboard.copyable(("a\nb", "c")) == ("a␊b\nc", True)
    assert clipboard.copyable(("a", "b")) == ("a\nb", False)
