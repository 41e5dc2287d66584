"""`changes`: the audit log of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.following import journal
from durastore_tui.cli.rows import moment
from durastore_tui.cli.verbs import noun

if TYPE_CHECKING:
    from durastore_tui.services.jobs.audit_log import Change

FIELDS = ("at", "profile", "user", "task", "spaceId", "target", "body", "state", "answer")
CHANGES = noun("changes", "The audit log of changes that were sent from this machine.")


@CHANGES.command("list")
@click.pass_obj
def list_changes(call: Call) -> None:
    """Lists every change ever sent from this machine, oldest first."""
    printer = call.printer()
    with journal(call) as jobs, printer.rows(FIELDS) as show:
        for change in jobs.changes():
            show(_row(change))


def _row(change: Change) -> dict[str, Any]:
    return {
        "at": moment(change.at),
        "profile": change.profile,
        "user": change.user or None,
        "task": change.task,
        "spaceId": change.space,
        "target": change.target,
        "body": change.body,
        "state": change.state,
        "answer": change.answer,
    }
