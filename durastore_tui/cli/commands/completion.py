"""`completion`: the script that makes a shell complete our words."""

from collections.abc import Sequence
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete, add_completion_class

from durastore_tui.cli.call import Call
from durastore_tui.cli.options import COMPLETION_VARIABLE
from durastore_tui.cli.verbs import Verb

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@add_completion_class
class BashWords(BashComplete):
    """bash makes three words of `--world=cedar`."""

    name = "bash"

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        before, begun = super().get_completion_args()
        return [word for word in before if word != "="], "" if begun == "=" else begun


@click.command(cls=Verb)
@click.argument("shell", metavar="SHELL", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Prints the script that completes our words, for bash, zsh or fish."""
    call: Call = context.obj
    root = context.find_root()
    call.out.write(SHELLS[shell](root.command, {}, str(root.info_name), COMPLETION_VARIABLE).source())


def _next_words(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem[Any]]:
    at = _command(context.find_root(), context.params.get("words") or ())
    return at.command.shell_complete(at, begun) if at else []


@click.command("help", cls=Verb)
@click.argument("words", metavar="[COMMAND...]", nargs=-1, shell_complete=_next_words)
@click.pass_context
def show_help(context: click.Context, words: tuple[str, ...]) -> None:
    """Prints the page of a command, or of the program."""
    call: Call = context.obj
    root = context.find_root()
    at = _command(root, words)
    if at is None:
        raise click.UsageError(f"There is no command {' '.join(words)}.", root)
    call.out.write(at.get_help() + "\n")


def _command(at: click.Context, words: Sequence[str]) -> click.Context | None:
    """The command of these words, or None."""
    for word in words:
        found = at.command.get_command(at, word) if isinstance(at.command, click.Group) else None
        if found is None:
            return None
        at = click.Context(found, at, word)
    return at
