"""`completion`: the script that makes a shell complete our words."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from durastore_tui.cli.call import Call
from durastore_tui.cli.options import COMPLETION_VARIABLE
from durastore_tui.cli.verbs import Verb

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command(cls=Verb)
@click.argument("shell", metavar="SHELL", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Prints the script for a shell; for bash: eval "$(durastore-tui completion bash)"."""
    call: Call = context.obj
    root = context.find_root()
    call.out.write(SHELLS[shell](root.command, {}, str(root.info_name), COMPLETION_VARIABLE).source())
