"""What the command line says about values that were typed: under the name of the option, each once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.core.checks import content_id, space_id
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import TASKS
from durastore_tui.core.tasks.model import Task, Value

OPTIONS = {
    "allowedOrigins": "--origin",
    "contentId": "ID",
    "daysToExpire": "--days",
    "daysToTransition": "--days",
    "description": "--description",
    "ipAddress": "--ip",
    "minutesToExpire": "--minutes",
    "pageNumber": "--page",
    "pageSize": "--size",
    "prefix": "--prefix",
    "redirectUrl": "--redirect",
    "resourcePrefix": "--resource-prefix",
    "snapshotId": "ID",
    "spaceId": "SPACE",
    "storageClass": "--class",
    "userEmail": "--email",
}
"""How the commands name the parameters of tasks."""
PARAMETERS = frozenset(param.name for task in TASKS.values() for param in task.params)


def under_its_name(wrong: BadInput, name: str | None = None) -> str:
    """The sentence, with the option in place of the parameter's name, or in front."""
    if wrong.field not in PARAMETERS:
        return wrong.sentence
    named = name or OPTIONS.get(wrong.field, wrong.field)
    if wrong.sentence.startswith(f"{wrong.field} "):
        return named + wrong.sentence.removeprefix(wrong.field)
    return f"{named}: {wrong.sentence}"


@contextmanager
def typed_as_pairs() -> Iterator[None]:
    """For values that were typed with -p, under the names of the task."""
    try:
        yield
    except BadInput as wrong:
        if wrong.field not in PARAMETERS:
            raise
        raise BadInput("-p", under_its_name(wrong, f"-p {wrong.field}")) from None


def note_values(call: Call, task: Task, values: Mapping[str, Value | None]) -> None:
    """Tells how a value is sent where that is not as it was typed, and what to know about it."""
    for param in task.params:
        if (value := values.get(param.name)) in (None, "", ()):
            continue
        sent = param.normalised(value)
        typed, meant = (each if isinstance(each, tuple) else (each,) for each in (value, sent))
        for one, other in zip(typed, meant, strict=True):
            if one != other:
                call.note(f"{one} is sent as {other}")
        if warning := param.warning(sent):
            call.note(warning)


Convert = Callable[[click.Context, click.Parameter, Any], Any]


def checked(check: Callable[[Value], str | None]) -> Convert:
    """For an argument's callback: the check's own sentence refuses it, also one of many, `-` for stdin apart."""

    def convert(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
        for text in given if isinstance(given, tuple) else (given,):
            if text not in (None, "-") and (wrong := check(text)):
                raise click.BadParameter(wrong, context, parameter)
        return given

    return convert


SPACE = checked(space_id)
ITEM = checked(content_id)
