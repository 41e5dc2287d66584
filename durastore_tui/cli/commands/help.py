"""`help`: the page of a command, for those who type it so."""

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.verbs import Verb


@click.command("help", cls=Verb)
@click.argument("words", metavar="[COMMAND...]", nargs=-1)
@click.pass_context
def show_help(context: click.Context, words: tuple[str, ...]) -> None:
    """Prints the page of a command, or of the program."""
    call: Call = context.obj
    at = context.find_root()
    for word in words:
        found = at.command.get_command(at, word) if isinstance(at.command, click.Group) else None
        if found is None:
            raise click.UsageError(f"There is no command {' '.join(words)}.", at)
        at = click.Context(found, at, word)
    call.out.write(at.get_help() + "\n")
