"""`completion`: the script that makes a shell complete our words."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete, add_completion_class

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
