"""The one list of what a person can do: keys, help, palette and the key bar are views of it.

Lower case looks, capitals change the server (`G` moves). What a row does stands in `handlers/table.py` under its `id`;
one with a `screen` goes there."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from durastore_tui.core.tasks import glacier, hls, policy, restores, snapshots
from durastore_tui.core.tasks.model import Task, Tier
from durastore_tui.tui.keys import key_names, own_keys
from durastore_tui.tui.places import PLACES

EVERY_PLACE = "What can be done in every place."


class Scope(StrEnum):
    """Where an action works; each screen names its own."""

    ANYWHERE = "anywhere"
    HOME = "home"
    SPACES = "spaces"
    SPACE = "space"
    CONTENTS = "contents"
    ITEM = "item"
    STREAMING = "streaming"
    POLICIES = "policies"
    JOBS = "jobs"
    JOB = "job"
    SNAPSHOTS = "snapshots"
    SNAPSHOT = "snapshot"
    SNAPSHOT_CONTENTS = "snapshot contents"
    SNAPSHOT_HISTORY = "snapshot history"
    RESTORES = "restores"
    REQUESTS = "requests"
    TASKS = "tasks"

    @property
    def purpose(self) -> str:
        """What the place of this name is for."""
        return EVERY_PLACE if self is Scope.ANYWHERE else PLACES[self.replace(" ", "_")].purpose


class Action(NamedTuple):
    """One thing to do. `key` is a Textual key name; `task` is what it sends to the server; `bar` and
    `panel` say whether it stands in the key bar and under NEXT."""

    id: str
    key: str
    label: str
    help: str
    scopes: frozenset[Scope]
    task: Task | None = None
    bar: bool = True
    panel: bool = False
    screen: str = ""

    @property
    def key_text(self) -> str:
        """The key as a person writes it, theirs before ours."""
        return own_keys.text_of(self.id) or key_names.text_of(self.key)

    @property
    def changes(self) -> bool:
        """Whether the server is different afterwards: what a capital says."""
        return self.task is not None and self.key.isupper()

    @property
    def tier(self) -> Tier:
        """How much consent it asks for."""
        return self.task.tier if self.task else Tier.LOOK


def _in(*scopes: Scope) -> frozenset[Scope]:
    return frozenset(scopes)


LONG_LISTS = _in(Scope.CONTENTS, Scope.SNAPSHOT_CONTENTS)
LISTS = _in(Scope.SPACES, Scope.STREAMING, Scope.POLICIES, Scope.SNAPSHOTS) | LONG_LISTS
OF_A_SNAPSHOT = _in(Scope.SNAPSHOTS, Scope.SNAPSHOT, Scope.RESTORES)
PAGES_OF_A_SNAPSHOT = OF_A_SNAPSHOT | {Scope.SNAPSHOT_HISTORY}
OF_A_SPACE = _in(Scope.SPACES, Scope.SPACE, Scope.STREAMING)
OF_A_JOB = _in(Scope.JOBS, Scope.JOB)
EVERYWHERE = _in(Scope.ANYWHERE)
NOT_CONNECTED = "There is no connection to a server yet; {refresh} tries again."
PLACEHOLDER = re.compile(r"\{(\w+)\}")
ROOTS = tuple(
    Action(f"go_{row.name}", row.key, row.title, f"Go to {row.title}.", EVERYWHERE, screen=row.name)
    for row in sorted(PLACES.values(), key=lambda row: row.key)
    if row.key
)

ACTIONS = (
    Action(
        "open",
        "enter",
        "open",
        "Open what the cursor is on.",
        LISTS | OF_A_JOB | {Scope.HOME, Scope.SPACE, Scope.SNAPSHOT_HISTORY, Scope.REQUESTS, Scope.TASKS},
        panel=True,
    ),
    Action("contents", "enter", "contents", "The snapshot's items.", _in(Scope.SNAPSHOT), panel=True),
    Action("go_to_space", "enter", "space", "Go to the restored space.", _in(Scope.RESTORES), panel=True),
    Action(
        "filter",
        "slash",
        "filter",
        "Keep the rows that contain a text; asks nothing of the server.",
        LISTS | {Scope.JOBS, Scope.SNAPSHOT_HISTORY, Scope.REQUESTS, Scope.TASKS},
    ),
    Action("ask_prefix", "p", "prefix", "Ask the server for the ids that begin with a text.", LONG_LISTS),
    Action("go_to", "g", "go to", "To a row by its number, or to an id by how it begins.", LONG_LISTS),
    Action("day_before", "left", "day before", "What the store held a day earlier.", _in(Scope.HOME), bar=False),
    Action("day_after", "right", "day after", "What the store held a day later.", _in(Scope.HOME), bar=False),
    Action(
        "month_before",
        "less_than_sign",
        "month before",
        "What the store held a month earlier.",
        _in(Scope.HOME),
        bar=False,
    ),
    Action(
        "month_after",
        "greater_than_sign",
        "month after",
        "What the store held a month later.",
        _in(Scope.HOME),
        bar=False,
    ),
    Action("go_to_day", "g", "day", "What the store held on a day that is typed.", _in(Scope.HOME)),
    Action(
        "export",
        "e",
        "export",
        "Write everything into a file; again stops it.",
        LONG_LISTS | {Scope.SNAPSHOT_HISTORY},
    ),
    Action("mirror", "m", "read all", "Read the rest in the background; again pauses it.", LONG_LISTS),
    Action(
        "urls",
        "u",
        "url",
        "Make the stream URL of the item, of the marked ones, or of those in the space that fit a pattern.",
        OF_A_SPACE | {Scope.CONTENTS, Scope.ITEM},
        hls.URL,
        panel=True,
    ),
    Action(
        "urls_by_pattern",
        "a",
        "all urls",
        "Make the stream URLs of everything under this prefix that fits a pattern.",
        _in(Scope.CONTENTS),
        hls.URL,
    ),
    Action("enable", "E", "enable", "Enable streaming of the space.", OF_A_SPACE, hls.ENABLE, panel=True),
    Action(
        "disable",
        "D",
        "disable",
        "Stop streaming; host and distribution stay.",
        OF_A_SPACE,
        hls.DISABLE,
        panel=True,
    ),
    Action(
        "delete",
        "X",
        "delete",
        "Delete the streaming distribution for good.",
        OF_A_SPACE,
        hls.DELETE,
        panel=True,
    ),
    Action(
        "switch",
        "W",
        "switch",
        "Between OPEN and SECURE: delete, wait, enable.",
        OF_A_SPACE,
        hls.DELETE,
        panel=True,
    ),
    Action(
        "policy",
        "P",
        "policy",
        "Set the storage policy of the space, or of the marked ones.",
        _in(Scope.SPACES, Scope.SPACE, Scope.POLICIES),
        policy.SET,
        panel=True,
    ),
    Action(
        "policy_again",
        "T",
        "try again",
        "Set the storage policy again where the newest run failed.",
        _in(Scope.POLICIES),
        policy.SET,
        panel=True,
    ),
    Action(
        "thaw",
        "H",
        "thaw",
        "Ask for a readable copy of the frozen item, of the marked ones, or of a pasted list.",
        _in(Scope.SPACES, Scope.SPACE, Scope.CONTENTS, Scope.ITEM),
        glacier.THAW,
        panel=True,
    ),
    Action(
        "snapshot_history",
        "t",
        "history",
        "What happened to the snapshot, event by event.",
        OF_A_SNAPSHOT,
        panel=True,
    ),
    Action(
        "restores",
        "r",
        "restores",
        "The snapshot's last restore, its expiry and its space.",
        _in(Scope.SNAPSHOTS, Scope.SNAPSHOT, Scope.SNAPSHOT_HISTORY),
        panel=True,
    ),
    Action(
        "by_status",
        "a",
        "by status",
        "Only one status, or one way to stream; the next one at each press.",
        _in(Scope.SNAPSHOTS, Scope.SPACES, Scope.STREAMING),
    ),
    Action("follow", "w", "follow", "Follow what is under way as a job; sends nothing.", OF_A_SNAPSHOT, panel=True),
    Action(
        "create_snapshot",
        "N",
        "new",
        "Take a snapshot of a space.",
        _in(Scope.SPACES, Scope.SPACE, Scope.SNAPSHOTS),
        snapshots.CREATE,
    ),
    Action(
        "restart",
        "T",
        "restart",
        "Start a snapshot again that failed to transfer.",
        _in(Scope.SNAPSHOTS, Scope.SNAPSHOT),
        snapshots.RESTART,
        panel=True,
    ),
    Action(
        "restore",
        "R",
        "restore",
        "Ask the operators for a restore, or start it where the role allows.",
        OF_A_SNAPSHOT,
        restores.REQUEST,
        panel=True,
    ),
    Action(
        "operate",
        "O",
        "operator",
        "What operators do when the bridge did not; each destroys something.",
        OF_A_SNAPSHOT | {Scope.SPACES, Scope.SPACE},
        snapshots.CLEAN_UP,
        bar=False,
    ),
    Action(
        "mark",
        "space",
        "mark",
        "Mark the row; marks stay under a filter.",
        _in(Scope.SPACES, Scope.POLICIES) | LONG_LISTS,
        bar=False,
    ),
    Action(
        "sort",
        "s",
        "sort",
        "Sort by the next column.",
        LISTS | {Scope.JOBS, Scope.SNAPSHOT_HISTORY, Scope.REQUESTS, Scope.TASKS},
    ),
    Action(
        "continue_run",
        "C",
        "continue",
        "Send the unsent parts of a paused job.",
        OF_A_JOB | {Scope.HOME},
        policy.SET,
        panel=True,
    ),
    Action("abandon", "a", "abandon", "Drop the unsent parts of a paused job.", OF_A_JOB, panel=True),
    Action("forget", "x", "stop tracking", "Take the job out of the journal; changes nothing.", OF_A_JOB, panel=True),
    Action("halt", "h", "halt", "Stop sending a run. The unsent parts are paused.", OF_A_JOB, panel=True),
    Action("dead_links", "u", "dead links", "Save the URLs that a delete or switch ended.", OF_A_JOB, panel=True),
    Action(
        "copy",
        "y",
        "copy",
        "Choose what to copy; y again takes the id.",
        LISTS | OF_A_JOB | PAGES_OF_A_SNAPSHOT | {Scope.SPACE, Scope.ITEM},
        panel=True,
    ),
    Action(
        "copy_whole", "y", "copy", "Copy the request with its answer, secrets masked.", _in(Scope.REQUESTS), panel=True
    ),
    Action(
        "run_again", "r", "run again", "Send the task's last request from here once more.", _in(Scope.TASKS), panel=True
    ),
    Action("copy_reply", "y", "copy", "Copy the task's last answer whole, or its name.", _in(Scope.TASKS), panel=True),
    Action(
        "copy_curl",
        "c",
        "curl",
        "Copy the request behind this place as a curl line.",
        LISTS | PAGES_OF_A_SNAPSHOT | OF_A_JOB | {Scope.SPACE, Scope.ITEM, Scope.REQUESTS, Scope.TASKS},
    ),
    Action(
        "properties",
        "i",
        "properties",
        "Show the properties on a page of their own.",
        LISTS | {Scope.TASKS},
        bar=False,
    ),
    *ROOTS,
    Action("refresh", "ctrl+r", "refresh", "Ask the server again.", EVERYWHERE),
    Action("freeze", "f", "freeze", "Stop asking again by itself, or go on.", EVERYWHERE, bar=False),
    Action("jobs", "b", "jobs", "Show or hide the jobs: what was sent and what became of it.", EVERYWHERE),
    Action("calls", "v", "requests drawer", "Show or hide the last requests as they go out.", EVERYWHERE, bar=False),
    Action("job", "l", "last job", "Go to the job of the last message, or of what is in view.", EVERYWHERE, bar=False),
    Action("messages", "n", "messages", "List what was said since the start.", EVERYWHERE, bar=False),
    Action(
        "back",
        "escape",
        "back",
        "Cancel a read that takes long, else back to where this was opened from.",
        EVERYWHERE,
        bar=False,
    ),
    Action("earlier", "left_square_bracket", "earlier", "The place visited before.", EVERYWHERE, bar=False),
    Action("later", "right_square_bracket", "later", "The place visited after.", EVERYWHERE, bar=False),
    Action("toggle", "minus", "last two", "Between the last two places.", EVERYWHERE, bar=False),
    Action("stores", "number_sign", "stores", "Make another store the current one.", EVERYWHERE),
    Action("profiles", "at", "servers", "Another profile, each with its own place.", EVERYWHERE, bar=False),
    Action(
        "about",
        "equals_sign",
        "about",
        "Every value of this server's profile, and where it came from.",
        EVERYWHERE,
        bar=False,
    ),
    Action("command", "colon", "command", "Type where to go or what to do, with completion.", EVERYWHERE),
    Action("palette", "ctrl+p", "palette", "Find an action, a space or a store by name.", EVERYWHERE, bar=False),
    Action("quit", "q", "quit", "Leave; jobs stay in the journal.", EVERYWHERE),
    Action("help", "question_mark", "help", "All keys of this place.", EVERYWHERE),
)


def find(action_id: str) -> Action:
    """The action of that id; raises KeyError."""
    return BY_ID[action_id]


def of(scope: Scope) -> Iterator[Action]:
    """The actions of a screen, its own first."""
    yield from (action for action in ACTIONS if scope in action.scopes)
    yield from (action for action in ACTIONS if Scope.ANYWHERE in action.scopes)


def key(action_id: str) -> str:
    """The key of an action as a text names it; raises KeyError."""
    return BY_ID[action_id].key_text


def keyed(text: str) -> str:
    """A text of ours with the keys of the actions that it names: "{forget} stops tracking"; raises KeyError."""
    return PLACEHOLDER.sub(lambda found: key(found[1]), text)


BY_ID = {action.id: action for action in ACTIONS}
