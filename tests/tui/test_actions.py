"""The registry of actions is the truth: keys, help and screens follow it."""

from collections import Counter

import pytest

from durastore_tui.core.tasks.model import Tier
from durastore_tui.tui.actions import ACTIONS, Action, Scope, of
from durastore_tui.tui.keys.key_names import TAKEN
from durastore_tui.tui.keys.scope_words import WORDS
from durastore_tui.tui.places import PLACES
from durastore_tui.tui.routes import screen_class
from durastore_tui.tui.screens.help import HelpScreen
from durastore_tui.tui.screens.list_place import ListPlace
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.widgets.facts import Fact

SHELLS = [screen for name in PLACES if issubclass(screen := screen_class(name), Shell)]


def test_every_place_has_a_screen_and_says_whether_it_is_a_list() -> None:
    assert len(SHELLS) == len(PLACES)
    assert {kind.name for kind in PLACES.values() if kind.is_list} == {
        name for name in PLACES if issubclass(screen_class(name), ListPlace)
    }


def named(action: Action) -> str:
    return action.id


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_capitals_change_the_server_and_nothing_else_does(action: Action) -> None:
    assert action.changes == (len(action.key) == 1 and action.key.isupper())
    assert action.changes == (action.task is not None and action.task.changes)


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_what_changes_the_server_asks_for_consent(action: Action) -> None:
    assert action.changes == (action.tier is not Tier.LOOK)


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_no_key_is_one_that_terminals_give_another_meaning(action: Action) -> None:
    assert action.key not in TAKEN


@pytest.mark.parametrize("scope", Scope)
def test_no_place_has_a_key_twice(scope: Scope) -> None:
    keys = Counter(action.key for action in ACTIONS if action.scopes & {scope, Scope.ANYWHERE})
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.__name__)
def test_every_action_of_a_screen_is_something_it_can_do(shell: type[Shell]) -> None:
    missing = [action.id for action in of(shell.scope) if not (action.screen or hasattr(shell, f"do_{action.id}"))]
    assert missing == []


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.__name__)
def test_every_action_of_a_screen_has_its_key_there(shell: type[Shell]) -> None:
    bound = {
        binding.id for kind in shell.__mro__ for binding in getattr(kind, "BINDINGS", ()) if hasattr(binding, "id")
    }
    assert {action.id for action in of(shell.scope)} <= bound


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.ANYWHERE])
def test_the_help_of_a_place_lists_every_key_of_it(scope: Scope) -> None:
    said = {block.label for block in HelpScreen(scope).blocks if isinstance(block, Fact)}
    assert {action.key_text for action in of(scope)} <= said


@pytest.mark.parametrize("scope", Scope)
def test_the_help_says_what_a_place_is_for(scope: Scope) -> None:
    assert WORDS[scope].endswith(".")


def test_the_list_of_keys_that_no_action_may_have_is_the_terminals_own() -> None:
    assert {f"ctrl+{letter}" for letter in "hijmsqzba"} | {"ctrl+left_square_bracket"} <= set(TAKEN)


def test_every_screen_belongs_to_a_scope_of_its_own() -> None:
    assert {shell.scope for shell in SHELLS} == set(Scope) - {Scope.ANYWHERE}
