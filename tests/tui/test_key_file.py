"""keys.toml: what is taken of it, and what is said of what is not."""

from pathlib import Path

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.tui.actions import ACTIONS, Scope
from durastore_tui.tui.commands.key_file import BOUND, Chosen, chosen, read
from durastore_tui.tui.keys import key_names

PLAIN_KEYS = [key for bound in BOUND.values() for key in bound.keys]


def problem(text: str) -> str:
    """The one that there is, where nothing was taken."""
    found = chosen(text)
    assert not found.keymap
    (said,) = found.problems
    return said


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("?", "question_mark", "?"),
        ("/", "slash", "/"),
        ("-", "minus", "-"),
        ("ö", "ö", "ö"),
        ("E", "E", "E"),
        ("esc", "escape", "esc"),
        ("PgDn", "pagedown", "pgdn"),
        ("F5", "f5", "f5"),
        ("^r", "ctrl+r", "^r"),
        ("ctrl+R", "ctrl+r", "^r"),
        ("C-r", "ctrl+r", "^r"),
        ("space", "space", "space"),
        ("slash", "slash", "/"),
        ("ctrl+up", "ctrl+up", "ctrl+up"),
    ],
)
def test_a_key_is_written_as_people_write_it(written: str, name: str, shown: str) -> None:
    assert key_names.name_of(written) == name
    assert key_names.text_of(name) == shown


@pytest.mark.parametrize(
    "written", ["shift+enter", "ctrl+1", "alt+x", "super+k", "ctrl+shift+r", "shift+E", "ctrl+enter"]
)
def test_a_key_that_needs_more_than_a_plain_terminal_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="no key that a plain terminal sends"):
        key_names.name_of(written)


@pytest.mark.parametrize("key", PLAIN_KEYS)
def test_every_key_of_ours_is_sent_by_a_plain_xterm_and_means_nothing_else_there(key: str) -> None:
    assert key_names.name_of(key) == key
    assert key not in key_names.TAKEN


@pytest.mark.parametrize("scope", Scope)
def test_a_key_means_one_thing_in_a_place_also_beside_those_that_move_in_a_list(scope: Scope) -> None:
    here = [action for action in ACTIONS if action.scopes & {scope, Scope.ANYWHERE} and action.key != "enter"]
    moving = [key for bound in BOUND.values() if bound.id.startswith("list.") for key in bound.keys]
    keys = [*(action.key for action in here), *moving]
    assert sorted(keys) == sorted(set(keys))


def test_keys_are_bound_by_id_one_or_several() -> None:
    found = chosen('filter = "f5"\nhelp = ["?", "F1"]\n"list.down" = "n"\nmessages = "f2"\nlist.up = "f3"\n')
    assert found == Chosen(
        {"filter": "f5", "help": "question_mark,f1", "list.down": "n", "messages": "f2", "list.up": "f3"},
        {"filter": "f5", "help": "? f1", "list.down": "n", "messages": "f2", "list.up": "f3"},
        (),
    )


def test_two_keys_change_places() -> None:
    found = chosen('enable = "D"\ndisable = "E"\n')
    assert found.keymap == {"enable": "D", "disable": "E"}
    assert found.problems == ()


def test_open_and_the_lists_own_enter_may_be_one_key() -> None:
    assert chosen('"list.open" = "enter"').problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('filtr = "f5"', "keys.toml, line 1: there is no action filtr; did you mean filter?"),
        ('\n# mine\nfilter = "b"', "keys.toml, line 3: filter stays on /: b is jobs in the same place."),
        ('filter = "j"', "keys.toml, line 1: filter stays on /: j is list.down in the same place."),
        ('filter = "ctrl+i"', "keys.toml, line 1: filter stays on /: ^i is tab to a terminal."),
        ('filter = "ctrl+b"', "keys.toml, line 1: filter stays on /: ^b belongs to tmux."),
        ('filter = "^["', "keys.toml, line 1: filter stays on /: ^[ is escape to a terminal."),
        ('filter = "f55"', "keys.toml, line 1: filter stays on /: there is no key f55; did you mean f5?"),
        (
            'filter = "shift+f5"',
            "keys.toml, line 1: filter stays on /: shift+f5 is no key that a plain terminal sends.",
        ),
        (
            "filter = 5",
            'keys.toml, line 1: filter stays on /: filter is a key in quotes, or a list of them, as in filter = "f5".',
        ),
        ("filter = f5", "keys.toml, line 1: this is no TOML: a text stands in quotes."),
    ],
)
def test_what_is_not_taken_is_said_with_its_line_and_our_key_stays(text: str, said: str) -> None:
    assert problem(text) == said


def test_of_two_lines_that_want_one_key_the_first_has_it() -> None:
    found = chosen('filter = "f5"\njobs = "f5"\n')
    assert found.keymap == {"filter": "f5"}
    assert found.problems == ("keys.toml, line 2: jobs stays on b: f5 is filter in the same place.",)


def test_a_key_that_stays_after_all_takes_it_from_the_line_that_counted_on_it() -> None:
    found = chosen('filter = "b"\njobs = "ctrl+i"\n')
    assert found.keymap == {}
    assert found.problems == (
        "keys.toml, line 1: filter stays on /: b is jobs in the same place.",
        "keys.toml, line 2: jobs stays on b: ^i is tab to a terminal.",
    )


def test_a_key_of_places_that_never_meet_is_no_clash() -> None:
    assert chosen('halt = "p"').problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('enable = "f5"', "enable changes the server, and only capitals should; taken all the same."),
        ('filter = "F"', "filter changes nothing, and capitals should change the server; taken all the same."),
    ],
)
def test_capitals_that_say_something_else_are_taken_and_warned_of(text: str, said: str) -> None:
    found = chosen(text)
    assert len(found.keymap) == 1
    assert found.problems == (f"keys.toml, line 1: {said}",)


def test_a_file_that_cannot_be_read_is_a_problem_like_any_other(tmp_path: Path) -> None:
    assert read(tmp_path).problems == (f"{tmp_path} is a folder. Move it away, or put the file in its place.",)
