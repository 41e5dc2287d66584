"""Arguments that are checked before anything is sent, by the rules of the registry."""

from collections.abc import Callable
from typing import Any

import click

from durastore_tui.core.checks import content_id, space_id
from durastore_tui.core.tasks.model import Value

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
