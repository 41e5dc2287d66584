"""The plain start takes the global options and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.cli.options import GLOBAL_OPTIONS, GlobalOptions, plain_start


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], GlobalOptions()),
        (["--demo", "--fresh"], GlobalOptions(demo=True, fresh=True)),
        (["--url", "https://a.example/durastore"], GlobalOptions(url="https://a.example/durastore")),
        (["--url=https://a.example/durastore"], GlobalOptions(url="https://a.example/durastore")),
        (["--ca-file", "ca.pem", "--timeout", "2.5"], GlobalOptions(ca_file=Path("ca.pem"), timeout=2.5)),
        (["--read-only", "--store", "51"], GlobalOptions(read_only=True, store="51")),
    ],
)
def test_options_alone_start_the_ui(words: list[str], options: GlobalOptions) -> None:
    assert plain_start(words) == options


@pytest.mark.parametrize(
    "words",
    [
        ["spaces", "list"],
        ["--demo", "spaces", "list"],
        ["--help"],
        ["--json"],
        ["--demo=yes"],
        ["--url"],
        ["--url="],
        ["--timeout", "soon"],
        ["--nonsense"],
    ],
)
def test_a_command_a_question_or_a_mistake_goes_to_click(words: list[str]) -> None:
    assert plain_start(words) is None


@pytest.mark.parametrize(
    ("options", "world"),
    [
        (GlobalOptions(), None),
        (GlobalOptions(url="https://a.example/durastore"), None),
        (GlobalOptions(demo=True), "lakeshore"),
        (GlobalOptions(fresh=True), "lakeshore"),
        (GlobalOptions(world="cedarfork"), "cedarfork"),
    ],
)
def test_naming_a_world_or_a_fresh_one_asks_for_the_demo(options: GlobalOptions, world: str | None) -> None:
    assert options.demo_world == world


def test_no_flag_is_taken_twice() -> None:
    flags = [flag for option in GLOBAL_OPTIONS for flag in option.flags]
    assert len(flags) == len(set(flags))


@given(st.lists(st.text()))
def test_whatever_the_words_it_answers(words: list[str]) -> None:
    options = plain_start(words)
    assert options is None or isinstance(options, GlobalOptions)
