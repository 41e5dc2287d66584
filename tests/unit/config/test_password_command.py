"""What a password command may hold."""

import pytest

from durastore_tui.config.password_command import hint, split
from durastore_tui.core.errors import BadInput


@pytest.mark.parametrize(
    "command",
    [
        "pass show duracloud",
        "printf 'a|b'",
        "grep '|' file",
        'grep "|" file',
        "op read op://vault/item?x=1&y=2",
        "sh -c 'pass show x | head -1'",
        "echo 'a; b' 'c > d' '$(e)'",
        "cat ~/password",
        "printf 'x\\n'",
    ],
)
def test_what_needs_no_shell_runs(command: str) -> None:
    assert split(command, "acme")


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        ("pass show x | head -1", "contains |,"),
        ("pass show x || echo none", "contains ||,"),
        ("cd /x && cat y", "contains &&,"),
        ("cd /x; cat y", "contains ;,"),
        ("pass show x ; true", "contains ;,"),
        ("pass show x 2>/dev/null", "contains >,"),
        ("pass show x > file", "contains >,"),
        ("head -1 < file", "contains <,"),
        ("cat $(hush)", "a command substitution"),
        ("cat `hush`", "a command substitution"),
        ('echo "$(hush)"', "a command substitution"),
        ("diff <(hush) x", "a command substitution"),
        ("echo 'open", "a quote is not closed"),
        ("  ", "it is empty"),
    ],
)
def test_what_only_a_shell_knows_is_pointed_out_and_no_argument_repeated(command: str, sign: str) -> None:
    with pytest.raises(BadInput) as wrong:
        split(command, "acme")
    assert sign in wrong.value.sentence
    assert "hush" not in wrong.value.sentence


@pytest.mark.parametrize(
    ("command", "hinted"),
    [("cat ~/pw", True), ("cat $HOME/pw", True), ("cat '~/pw'", False), ("cat /pw", False), ("cat a~", False)],
)
def test_what_a_shell_would_replace_is_named_when_the_command_fails(command: str, hinted: bool) -> None:
    assert bool(hint(command)) is hinted
