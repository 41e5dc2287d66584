"""`tour`: the walkthrough."""

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.verbs import Verb


@click.command(cls=Verb)
@click.option("--auto", "by_itself", is_flag=True, help="Play by itself, instead of step by step with space.")
@click.option(
    "--pace",
    type=click.FloatRange(0.1, 20),
    default=1.0,
    show_default=True,
    help="How fast it is: 2 leaves half the time to read.",
)
@click.pass_obj
def tour(_: Call, by_itself: bool, pace: float) -> int:
    """Shows in nine scenes what can be done: the real UI, its keys played, on a stand-in of its own. It needs a
    terminal of 80 x 24."""
    from durastore_tui.cli import touring

    return touring.tour(by_itself=by_itself, pace=pace)
