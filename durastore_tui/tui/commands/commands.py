"""What can be typed behind `:`: places, what takes an argument, and every action of the registry by its id or label.

Nothing is done before all of it is understood, and nothing here consents: a change asks with its own sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from durastore_tui.core.errors import BadInput
from durastore_tui.core.write_window import duration
from durastore_tui.tui import actions
from durastore_tui.tui.actions import Action
from durastore_tui.tui.commands import known_names
from durastore_tui.tui.commands.command_words import Words, begun, meant, quoted, taken_apart
from durastore_tui.tui.dialogs import key_table
from durastore_tui.tui.dialogs.help import KeysScreen
from durastore_tui.tui.handlers.write_window import open_window, shut_window
from durastore_tui.tui.places import PLACES, Lens, Place
from durastore_tui.tui.screens.contents_goto import ContentsGoto
from durastore_tui.tui.screens.frame_lines import why_refused
from durastore_tui.tui.screens.place_screen import PlaceScreen

Run = Callable[[], object]
Offers = Callable[[PlaceScreen], Iterable[str]]
SPACES, SNAPSHOTS = Place("spaces"), Place("snapshots")
UNCALLED = ("command", "back")
"""Actions that make no sense as words."""


class Command(NamedTuple):
    """`takes` says what its argument is, "" that it has none; `run` raises BadInput before anything is done."""

    name: str
    takes: str
    help: str
    run: Callable[[PlaceScreen, Words], Run]
    offers: Offers = lambda shell: ()
    most: int = 1
    goes: bool = False
    """Whether it leads to a place, which may be one of another server, and looked at with a filter."""

    @property
    def usage(self) -> str:
        return " ".join(filter(None, (self.name, self.takes, "/filter @profile" if self.goes else "")))


def understood(shell: PlaceScreen, text: str) -> Run:
    """What the text asks for, to be run afterwards; raises BadInput with the sentence why not."""
    words = taken_apart(text)
    if words.profile:
        _check_profile(shell, words.profile)
    command = COMMANDS.get(words.name.lower())
    if command:
        _check(command, words)
        return command.run(shell, words)
    if words.name:
        return _action(shell, words)
    if words.profile:
        return _going(shell, None, words)
    return _filtered(shell, words.filter or "")


def completions(shell: PlaceScreen, text: str) -> tuple[str, ...]:
    """Whole lines that begin like this one, the likeliest first."""
    before, sign, beginning = begun(text)
    try:
        known = _offered(shell, taken_apart(before), sign)
    except BadInput:
        return ()
    return tuple(f"{before}{sign}{word}" for word in known if word.startswith(beginning) and word != beginning)


def _offered(shell: PlaceScreen, before: Words, sign: str) -> Iterable[str]:
    """What may stand behind these words; raises BadInput where the file of profiles is wrong."""
    if sign == "@":
        return known_names.profiles(shell)
    if sign == "/":
        return ()
    if not before.name:
        return _names(shell)
    command = COMMANDS.get(before.name.lower())
    return map(quoted, command.offers(shell)) if command and not before.arguments else ()


def help_of(shell: PlaceScreen, text: str) -> str:
    """What the command that is being typed does, and how it is written on; "" while it is none."""
    try:
        name = taken_apart(text).name.lower()
    except BadInput:
        return ""
    if command := COMMANDS.get(name):
        return f"{command.usage}: {command.help}"
    action = next((action for action in actions.of(shell.scope) if name in _called(action)), None)
    return (why_refused(shell, action) or action.help) if action else ""


# What each name does


def _place(place: Place, shell: PlaceScreen, words: Words) -> Run:
    return _going(shell, place, words)


def _space(shell: PlaceScreen, words: Words) -> Run:
    return _going(shell, Place("space", space=words.arguments[0], parent=SPACES), words)


def _contents(shell: PlaceScreen, words: Words) -> Run:
    space, *prefix = words.arguments
    place = Place("contents", space=space, parent=Place("space", space=space, parent=SPACES))
    return _going(shell, place.child("contents", prefix=prefix[0]) if prefix else place, words)


def _snapshot(shell: PlaceScreen, words: Words) -> Run:
    return _going(shell, Place("snapshot", snapshot=words.arguments[0], parent=SNAPSHOTS), words)


def _job(shell: PlaceScreen, words: Words) -> Run:
    if words.arguments[0] not in known_names.jobs(shell):
        raise BadInput(
            "command", f"There is no job {words.arguments[0]} in the journal{_near(words, known_names.jobs(shell))}"
        )
    return _going(shell, Place("job", job=words.arguments[0], parent=Place("jobs")), words)


def _task(shell: PlaceScreen, words: Words) -> Run:
    known = known_names.tasks(shell)
    if not any(words.arguments[0] in name for name in known):
        raise BadInput("command", f"There is no task {words.arguments[0]}{_near(words, known)}")
    return _going(shell, Place("tasks"), words._replace(filter=words.arguments[0]))


def _store(shell: PlaceScreen, words: Words) -> Run:
    known = known_names.stores(shell)
    if words.arguments[0] not in known:
        raise BadInput("command", f"There is no store {words.arguments[0]}{_near(words, known)}")
    return partial(shell.durastore.connections.use_store, words.arguments[0])


def _go(shell: PlaceScreen, words: Words) -> Run:
    return partial(_long_list(shell, "goes to a row or an id").go_to, words.arguments[0])


def _prefix(shell: PlaceScreen, words: Words) -> Run:
    return partial(_long_list(shell, "asks for a prefix").ask_prefix, words.arguments[0])


def _long_list(shell: PlaceScreen, does: str) -> ContentsGoto:
    if not isinstance(shell, ContentsGoto):
        raise BadInput("command", f"This {does} in contents, of a space or a snapshot.")
    return shell


def _filter(shell: PlaceScreen, words: Words) -> Run:
    return _filtered(shell, words.arguments[0])


def _sort(shell: PlaceScreen, words: Words) -> Run:
    wanted = words.arguments[0].lower()
    sorted_by = shell.listing.sort_columns if shell.listing else ()
    columns = {column.title.lower(): column.key for column in sorted_by}
    columns |= {key: key for key in columns.values()}
    if wanted not in columns:
        near = f"There is no column {wanted}{meant(wanted, columns)}" if columns else "Nothing is sorted here."
        raise BadInput("command", near)
    return _look(shell, lambda lens: lens._replace(sort=columns[wanted]))


def _theme(shell: PlaceScreen, words: Words) -> Run:
    if words.arguments[0] not in (known := known_names.themes(shell)):
        raise BadInput("command", f"There is no theme {words.arguments[0]}{_near(words, known)}")
    return partial(setattr, shell.app, "theme", known_names.theme_of(words.arguments[0]))


def _rw(shell: PlaceScreen, words: Words) -> Run:
    duration(words.arguments[0])
    return partial(open_window, shell.durastore, words.arguments[0])


def _ro(shell: PlaceScreen, words: Words) -> Run:
    return partial(shut_window, shell.durastore)


def _keys(shell: PlaceScreen, words: Words) -> Run:
    return lambda: shell.app.push_screen(KeysScreen())


def _acts(action_id: str, shell: PlaceScreen, words: Words) -> Run:
    return partial(shell.action_act, action_id)


# The table


ROOTS = tuple(
    Command(root.screen, "", root.help, partial(_place, Place(root.screen)), goes=True) for root in actions.ROOTS
)
OTHERS = (
    Command("space", "ID", "The space's page.", _space, known_names.spaces, goes=True),
    Command("contents", "SPACE [PREFIX]", "The space's items.", _contents, known_names.spaces, most=2, goes=True),
    Command("snapshot", "ID", "The snapshot's page.", _snapshot, known_names.snapshots, goes=True),
    Command("job", "ID", "A job of the journal.", _job, known_names.jobs, goes=True),
    Command("task", "NAME", "The task in the list of all; enter opens its form.", _task, known_names.tasks),
    Command("store", "ID", "Make another store the current one.", _store, known_names.stores),
    Command("go", "ROW or ID", "To a row by its number, or to an id by how it begins.", _go),
    Command("prefix", "TEXT", "Ask the server for the ids that begin with this.", _prefix),
    Command("filter", "TEXT", "Keep the rows that contain this; asks nothing of the server.", _filter),
    Command("sort", "COLUMN", "Sort by a column.", _sort, known_names.columns),
    Command("rw", "TIME", "Open a read-only server for changes: 15m, 90s, 1h.", _rw, lambda shell: ("15m", "1h")),
    Command("ro", "", "Read-only from now on.", _ro),
    Command("theme", "NAME", "Change the look.", _theme, known_names.themes),
    Command("keys", "", "Every key of every place, to be copied or saved.", _keys),
    Command("help", "", "All keys of this place.", partial(_acts, "help")),
    Command("q", "", "Leave; jobs stay in the journal.", partial(_acts, "quit")),
)
COMMANDS = {command.name: command for command in (*ROOTS, *OTHERS)}


# Checks


def _names(shell: PlaceScreen) -> Iterator[str]:
    yield from COMMANDS
    left_out = (*UNCALLED, *COMMANDS)
    yield from (action.id for action in actions.of(shell.scope) if not action.screen and action.id not in left_out)


def _check(command: Command, words: Words) -> None:
    given = len(words.arguments)
    optional = command.takes.count("[")
    if not command.takes and given:
        raise BadInput("command", f"{command.name} stands alone, or with a filter: {command.name} /text.")
    if command.takes and not command.most - optional <= given <= command.most:
        raise BadInput("command", f"This is written: {command.usage}.")
    if not command.goes and (words.filter is not None or words.profile):
        raise BadInput("command", f"{command.name} goes nowhere: it takes no /filter and no @profile.")


def _check_profile(shell: PlaceScreen, name: str) -> None:
    if name not in (known := known_names.profiles(shell)):
        raise BadInput("profile", f"There is no profile {name}{meant(name, known)}")


def _near(words: Words, known: Iterable[str]) -> str:
    return meant(words.arguments[0], known)


# What is done


def _going(shell: PlaceScreen, place: Place | None, words: Words) -> Run:
    """To a place of this server or of another one; without a place to where one was there."""
    if words.filter is not None and place and not PLACES[place.screen].is_list:
        raise BadInput("command", f"{PLACES[place.screen].title} is no list: there is nothing to filter.")
    here = shell.server.profile
    lens = Lens(words.filter) if words.filter is not None else None
    if words.profile and (here is None or here.name != words.profile):
        return partial(shell.durastore.connections.use_profile, words.profile, (place, lens) if place else None)
    if words.filter is not None and place in (shell.place, None):
        return _filtered(shell, words.filter)
    return partial(shell.server.places.go, place, lens) if place else lambda: None


def _look(shell: PlaceScreen, change: Callable[[Lens], Lens]) -> Run:
    if shell.listing is None:
        raise BadInput("command", "This place is no list: there is nothing to filter or sort.")
    return lambda: shell.look(change(shell.lens))


def _filtered(shell: PlaceScreen, text: str) -> Run:
    return _look(shell, lambda lens: lens._replace(filter=text))


def _called(action: Action) -> tuple[str, ...]:
    return action.id, action.id.replace("_", "-"), action.label


def _action(shell: PlaceScreen, words: Words) -> Run:
    """By id or label, where it may run here; raises BadInput with the reason where not."""
    if words.filter is not None or words.profile:
        raise BadInput("command", f"Only places take a /filter or a @profile{_meant(shell, words.name)}")
    named = [action for action in actions.ACTIONS if words.whole.lower() in _called(action)]
    here = next((action for action in named if action in actions.of(shell.scope)), None)
    if here and (why := why_refused(shell, here)):
        raise BadInput("command", why)
    if here:
        return partial(shell.action_act, here.id)
    if named:
        raise BadInput("command", f"{words.whole} is for {key_table.places(*named)}, and this is {shell.scope}.")
    raise BadInput("command", f"There is no command {words.name}{_meant(shell, words.name)}")


def _meant(shell: PlaceScreen, name: str) -> str:
    return meant(name, _names(shell))
