"""Whoever can't use a screen can do everything all the same: each action of the UI has its command, or a reason."""

import click
import pytest

from durastore_tui.tui.actions import ACTIONS, Action
from tests.cli.program import commands

SCREEN = "about the screen alone"
OUTPUT = "what a command prints is text already: a pipe takes it"

COMMANDS: dict[str, tuple[str, ...]] = {
    "open": ("spaces show", "spaces item", "snapshots show", "jobs show", "requests list", "tasks list"),
    "contents": ("snapshots contents --all",),
    "go_to_space": ("restores show", "spaces show"),
    "filter": ("spaces list -o", "snapshots list -o"),
    "ask_prefix": ("spaces contents --prefix", "snapshots contents --prefix"),
    "go_to": ("snapshots contents --page", "spaces contents --prefix"),
    "export": ("spaces contents -o", "snapshots contents --all", "snapshots history --all"),
    "mirror": ("spaces contents", "snapshots contents --all"),
    "urls": ("streaming urls", "streaming cookies-url", "streaming urls --rtmp"),
    "urls_by_pattern": ("streaming urls --match",),
    "enable": ("streaming enable",),
    "disable": ("streaming disable",),
    "delete": ("streaming delete",),
    "switch": ("streaming switch",),
    "policy": ("policies set",),
    "policy_again": ("policies list", "policies set"),
    "thaw": ("glacier restore",),
    "snapshot_history": ("snapshots history",),
    "restores": ("restores show",),
    "by_status": ("snapshots list", "snapshots totals --status"),
    "follow": ("snapshots follow",),
    "create_snapshot": ("snapshots create",),
    "restart": ("snapshots restart",),
    "restore": ("restores request", "restores start"),
    "operate": ("snapshots cleanup", "snapshots complete", "snapshots complete-cancel", "restores complete"),
    "mark": ("policies set", "glacier restore", "streaming urls"),
    "sort": ("spaces list -o",),
    "forget": ("jobs forget", "jobs clear"),
    "continue_run": ("jobs continue",),
    "abandon": ("jobs abandon",),
    "dead_links": ("jobs dead-links",),
    "copy_curl": ("tasks run --curl", "streaming enable --curl"),
    "run_again": ("tasks run",),
    "properties": ("spaces show", "spaces acl", "spaces item", "snapshots contents"),
    "refresh": ("spaces list", "jobs list"),
    "jobs": ("jobs list", "jobs watch"),
    "job": ("jobs show",),
    "messages": ("jobs list", "requests list"),
    "stores": ("stores list --store",),
    "profiles": ("profiles list --profile",),
    "help": ("help",),
    "go_spaces": ("spaces list",),
    "go_streaming": ("streaming list",),
    "go_policies": ("policies list",),
    "go_snapshots": ("snapshots list",),
    "go_jobs": ("jobs list",),
    "go_tasks": ("tasks list",),
    "go_requests": ("requests list",),
    "day_before": ("stores usage --day",),
    "day_after": ("stores usage --day",),
    "month_before": ("stores usage --day",),
    "month_after": ("stores usage --day",),
    "go_to_day": ("stores usage --day",),
    "calls": ("requests list", "requests list --verbose"),
    "about": ("profiles test",),
    "go_home": ("jobs list", "streaming list", "snapshots list", "requests list"),
}
REASONS: dict[str, str] = {
    "halt": "ctrl+c in the command that sends leaves the rest unsent",
    "copy": OUTPUT,
    "copy_whole": OUTPUT,
    "copy_reply": OUTPUT,
    "freeze": "a command asks once, and nothing changes by itself",
    "back": SCREEN,
    "earlier": SCREEN,
    "later": SCREEN,
    "toggle": SCREEN,
    "palette": SCREEN,
    "command": SCREEN,
    "quit": SCREEN,
}


VERBS = dict(commands())


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_of_the_ui_has_its_command_or_a_reason_why_none(action: Action) -> None:
    assert (action.id in COMMANDS) != (action.id in REASONS), "say in this table what does it without a screen"
    if action.changes:
        assert action.id in COMMANDS


@pytest.mark.parametrize("line", sorted({line for lines in COMMANDS.values() for line in lines}))
def test_every_such_command_is_there(line: str) -> None:
    words, dash, option = line.partition(" -")
    command = VERBS[words]
    assert not isinstance(command, click.Group)
    flags = {flag for param in command.params for flag in param.opts}
    assert not dash or f"-{option}" in flags


def test_no_row_of_the_table_is_about_an_action_that_went_away() -> None:
    assert (COMMANDS.keys() | REASONS.keys()) - {action.id for action in ACTIONS} == set()
