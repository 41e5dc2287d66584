"""What every write of the command line has in common: its options and its curl line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.consent import Given
from durastore_tui.config.profile import Profile
from durastore_tui.core.curl import curl
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.urls import address, task_path


@dataclass(frozen=True, slots=True)
class Writing:
    """The options of a write."""

    given: Given
    curl: bool = False
    wait: bool = False


def writes(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of a write to a verb, which gets them as `writing`."""

    @wraps(verb)
    def gathered(*words: Any, yes: bool, confirm: str | None, force: bool, curl: bool, wait: bool, **rest: Any) -> Any:
        return verb(*words, writing=Writing(Given(yes, confirm, force), curl, wait), **rest)

    for option in reversed(OPTIONS):
        gathered = option(gathered)
    return gathered


OPTIONS = (
    click.option("--yes", is_flag=True, help="Confirm a change."),
    click.option("--confirm", metavar="NAME", help="Confirm a destructive change with the ID or number asked for."),
    click.option("--force", is_flag=True, help="Send even if a check predicts a failure."),
    click.option("--curl", is_flag=True, help="Print the request as a curl line, and send nothing."),
    click.option("--wait", is_flag=True, help="Track the job until it ends or is overdue."),
)


async def print_curl(call: Call, requests: Sequence[tuple[str, bytes]], by_task: Task | None = None) -> None:
    """Prints a curl line for each task name and body. Asks the server nothing, but for the store when it goes by the
    task that the store offers."""
    if by_task and not call.options.store:
        async with call.session(by_task) as session:
            lines = _curl_lines(session.profile, session.store.id, requests)
    else:
        async with call.connected() as (profile, _):
            lines = _curl_lines(profile, call.options.store, requests)
    call.printer().lines(lines)


def _curl_lines(profile: Profile, store: str | None, requests: Sequence[tuple[str, bytes]]) -> list[str]:
    """Without a store the server takes the primary one."""
    query = {"storeID": store}
    return [
        curl(
            "POST", address(profile.url, task_path(name), query), user=profile.user, body=body, ca_file=profile.ca_file
        )
        for name, body in requests
    ]


def check_read_only(call: Call, name: str) -> None:
    """Raises BadInput for a write under `--read-only`, before anything is sent."""
    if call.options.read_only:
        raise BadInput("read-only", f"This is --read-only: {name} was not sent.")
