"""The registry of actions is the truth: keys, help and screens follow it."""

import inspect
from collections import Counter

import pytest

from durastore_tui.core.tasks.model import Tier
from durastore_tui.tui.actions import ACTIONS, Action, Scope, find, of
from durastore_tui.tui.context import CopiesAnswer, CopiesRequest, Opens
from durastore_tui.tui.dialogs.help import HelpScreen
from durastore_tui.tui.handlers.contents import Exports, LongList
from durastore_tui.tui.handlers.home import Days
from durastore_tui.tui.handlers.table import HANDLERS
from durastore_tui.tui.handlers.tasks import TaskPlace
from durastore_tui.tui.keys.key_names import TAKEN
from durastore_tui.tui.places import PLACES
from durastore_tui.tui.routes import screen_class
from durastore_tui.tui.screens.contents_list import ContentsList
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.table_screen import TableScreen
from durastore_tui.tui.widgets.facts import Fact

SHELLS = [screen for name in PLACES if issubclass(screen := screen_class(name), PlaceScreen)]
KEYS = {
    "anywhere": "0:go_home 1:go_spaces 2:go_streaming 3:go_policies 4:go_snapshots 5:go_jobs 6:go_tasks 7:go_requests "
    "at:profiles b:jobs colon:command ctrl+p:palette ctrl+r:refresh equals_sign:about escape:back "
    "f:freeze l:job left_square_bracket:earlier minus:toggle n:messages number_sign:stores q:quit "
    "question_mark:help right_square_bracket:later v:calls",
    "home": "C:continue_run enter:open g:go_to_day greater_than_sign:month_after left:day_before "
    "less_than_sign:month_before right:day_after",
    "spaces": "D:disable E:enable H:thaw N:create_snapshot O:operate P:policy W:switch X:delete a:by_status "
    "c:copy_curl enter:open i:properties s:sort slash:filter space:mark u:urls y:copy",
    "space": "D:disable E:enable H:thaw N:create_snapshot O:operate P:policy W:switch X:delete c:copy_curl "
    "enter:open u:urls y:copy",
    "contents": "H:thaw a:urls_by_pattern c:copy_curl e:export enter:open g:go_to i:properties m:mirror p:ask_prefix "
    "s:sort slash:filter space:mark u:urls y:copy",
    "item": "H:thaw c:copy_curl u:urls y:copy",
    "streaming": "D:disable E:enable W:switch X:delete a:by_status c:copy_curl enter:open i:properties s:sort "
    "slash:filter u:urls y:copy",
    "policies": "P:policy T:policy_again c:copy_curl enter:open i:properties s:sort slash:filter space:mark y:copy",
    "jobs": "C:continue_run a:abandon c:copy_curl enter:open h:halt s:sort slash:filter u:dead_links x:forget y:copy",
    "job": "C:continue_run a:abandon c:copy_curl enter:open h:halt u:dead_links x:forget y:copy",
    "snapshots": "N:create_snapshot O:operate R:restore T:restart a:by_status c:copy_curl enter:open i:properties "
    "r:restores s:sort slash:filter t:snapshot_history w:follow y:copy",
    "snapshot": "O:operate R:restore T:restart c:copy_curl enter:contents r:restores t:snapshot_history w:follow "
    "y:copy",
    "snapshot contents": "c:copy_curl e:export enter:open g:go_to i:properties m:mirror p:ask_prefix s:sort "
    "slash:filter space:mark y:copy",
    "snapshot history": "c:copy_curl e:export enter:open r:restores s:sort slash:filter y:copy",
    "restores": "O:operate R:restore c:copy_curl enter:go_to_space t:snapshot_history w:follow y:copy",
    "requests": "c:copy_curl enter:open s:sort slash:filter y:copy_whole",
    "tasks": "c:copy_curl enter:open i:properties r:run_again s:sort slash:filter y:copy_reply",
}
"""Which keys a place has, and the action of each by the id that keys.toml names."""


def test_every_place_has_a_screen_and_says_whether_it_is_a_list() -> None:
    assert len(SHELLS) == len(PLACES)
    assert {kind.name for kind in PLACES.values() if kind.is_list} == {
        name for name in PLACES if issubclass(screen_class(name), (TableScreen, ContentsList))
    }


def test_every_action_that_shows_no_place_has_a_handler_and_every_handler_an_action() -> None:
    assert set(HANDLERS) == {action.id for action in ACTIONS if not action.screen}


def test_every_function_of_a_family_is_in_the_table() -> None:
    families = {inspect.getmodule(handler.run) for handler in HANDLERS.values()}
    functions = {
        function
        for family in families
        for name, function in inspect.getmembers(family, inspect.isfunction)
        if function.__module__ == getattr(family, "__name__", "") and not name.startswith("_")
    }
    assert functions == {function for handler in HANDLERS.values() for function in handler if function}


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


@pytest.mark.parametrize("scope", Scope)
def test_a_place_has_these_keys_and_no_others(scope: Scope) -> None:
    keys = {f"{action.key}:{action.id}" for action in ACTIONS if scope in action.scopes}
    assert keys == set(KEYS[scope].split())


@pytest.mark.parametrize(
    ("action", "can"),
    [
        *[(long, LongList) for long in ("go_to", "ask_prefix", "mirror")],
        *[("open", Opens), ("properties", Opens), ("copy_curl", CopiesRequest)],
        *[("copy_whole", CopiesAnswer), ("copy_reply", CopiesAnswer)],
        *[("export", Exports), ("day_before", Days), ("go_to_day", Days), ("run_again", TaskPlace)],
    ],
)
def test_every_place_of_an_action_can_do_it(action: str, can: type) -> None:
    places = [shell for shell in SHELLS if shell.scope in find(action).scopes]
    assert places
    assert [shell for shell in places if not issubclass(shell, can)] == []


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.__name__)
def test_every_action_of_a_screen_has_its_key_there(shell: type[PlaceScreen]) -> None:
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
    assert scope.purpose.endswith(".")


def test_the_list_of_keys_that_no_action_may_have_is_the_terminals_own() -> None:
    assert {f"ctrl+{letter}" for letter in "hijmsqzba"} | {"ctrl+left_square_bracket"} <= set(TAKEN)


def test_every_screen_belongs_to_a_scope_of_its_own() -> None:
    assert {shell.scope for shell in SHELLS} == set(Scope) - {Scope.ANYWHERE}
