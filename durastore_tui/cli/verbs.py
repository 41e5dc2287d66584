"""Nouns and verbs for click: global options are taken anywhere, and a verb may be a coroutine."""

import asyncio
import inspect
import os
from typing import Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.options import GLOBAL_OPTIONS, GlobalOptions, Option

GIVEN = "durastore_tui.given"


class ReaderGone(Exception):
    """Whoever read our standard output stopped reading."""


class Verb(click.Command):
    """A command; its callback gets the Call first and returns the exit code, None for 0."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.params.extend(_parameters(hidden=True))

    def invoke(self, ctx: click.Context) -> Any:
        ctx.obj = Call(GlobalOptions(**ctx.meta.get(GIVEN, {})), os.environ)
        try:
            result = super().invoke(ctx)
            return asyncio.run(result) if inspect.iscoroutine(result) else result
        except BrokenPipeError as error:
            raise ReaderGone from error
        except BaseExceptionGroup as errors:  # rows printed as they come, out of several reads at once
            if errors.subgroup(BrokenPipeError):
                raise ReaderGone from errors
            raise


class Noun(click.Group):
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


Noun.group_class = Noun


def noun(name: str, sentence: str) -> Noun:
    """A noun of the command line, without verbs yet."""
    return Noun(name, help=sentence)


def _parameters(*, hidden: bool) -> list[click.Parameter]:
    return [_parameter(f"given_{number}", option, hidden) for number, option in enumerate(GLOBAL_OPTIONS)]


def _parameter(name: str, option: Option, hidden: bool) -> click.Option:
    def keep(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value is not None and value is not False:
            context.meta.setdefault(GIVEN, {})[option.field] = option.sets if option.metavar is None else value

    kind: Any = click.Choice(option.choices) if option.choices else option.read
    return click.Option(
        [*option.flags, name],
        help=option.help,
        metavar=option.metavar,
        is_flag=option.metavar is None,
        type=kind if option.metavar else None,
        hidden=hidden,
        expose_value=False,
        callback=keep,
    )
