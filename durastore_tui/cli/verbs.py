"""Nouns and verbs for click: global options are taken anywhere, and a verb may be a coroutine."""

import asyncio
import inspect
import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import a_file, one_of, profile_names
from durastore_tui.cli.manual.help import Manual, ManualOfNoun
from durastore_tui.cli.manual.pages import find_table
from durastore_tui.cli.options import GLOBAL_OPTIONS, WORLDS, GlobalOptions, Option

GIVEN = "durastore_tui.given"


class Verb(Manual):
    """A command; its callback gets the Call first and returns the exit code, None for 0."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.params.extend(_parameters(hidden=True))

    def invoke(self, ctx: click.Context) -> Any:
        call = ctx.obj = Call(GlobalOptions(**ctx.meta.get(GIVEN, {})), os.environ)
        result = super().invoke(ctx)
        code = asyncio.run(result) if inspect.iscoroutine(result) else result
        call.note_trouble()
        return code


class Noun(ManualOfNoun):
    """A group of verbs."""

    command_class = Verb
    hides_global_options = True

    def __init__(self, *words: Any, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.no_args_is_help = False
        self.params.extend(_parameters(hidden=self.hides_global_options))


class Root(Noun):
    """The program itself, whose help tells the global options."""

    hides_global_options = False
    sections: ClassVar[Mapping[str, Sequence[str]]] = {
        "Look and change": ("stores", "spaces", "streaming", "policies", "snapshots", "restores", "glacier", "tasks"),
        "This machine": ("jobs", "changes", "requests", "profiles"),
        "Learn and try": ("tour", "sandbox", "completion", "help"),
    }

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What holds for all commands."""
        for heading in ("Environment", "Files", "Exit codes"):
            with formatter.section(heading):
                formatter.write_dl(list(find_table(heading.lower().replace(" ", "_")).items()))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The page, and what holds for all commands."""
        super().format_help(ctx, formatter)
        self.format_epilog(ctx, formatter)


Noun.group_class = Noun


class Anywhere(click.Option):
    """A global option after a command: taken and completed, and told in the help of the program alone."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Nothing."""
        return None


COMPLETE = {"profile": profile_names, "world": one_of(WORLDS), "ca_file": a_file}


def noun(name: str, sentence: str) -> Noun:
    """A noun of the command line, without verbs yet."""
    return Noun(name, help=sentence)


@cache
def _parameters(*, hidden: bool) -> tuple[click.Parameter, ...]:
    """The same objects for every command: to make them anew for each takes a fifth of a start."""
    return tuple(_parameter(f"given_{number}", option, hidden) for number, option in enumerate(GLOBAL_OPTIONS))


def _parameter(name: str, option: Option, hidden: bool) -> click.Option:
    def keep(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value is not None and value is not False:
            context.meta.setdefault(GIVEN, {})[option.field] = option.sets if option.metavar is None else value

    kind: Any = click.Choice(option.choices) if option.choices else option.read
    return (Anywhere if hidden else click.Option)(
        [*option.flags, name],
        help=option.help,
        metavar=option.metavar,
        is_flag=option.metavar is None,
        type=kind if option.metavar else None,
        expose_value=False,
        callback=keep,
        shell_complete=COMPLETE.get(option.field),
    )
