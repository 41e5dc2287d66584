"""`sandbox` and `tour`: the sample server, and a tour on it."""

from pathlib import Path

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.verbs import Verb
from durastore_tui.core.errors import BadInput

PORT = click.IntRange(0, 65535)


@click.command(cls=Verb)
@click.option("--port", type=PORT, default=0, help="Port of the API; 0 takes any free one.")
@click.option("--edge-port", type=PORT, default=0, help="Port of the streaming edge; 0 takes any free one.")
@click.option("--speed", type=float, default=1.0, help="Makes what takes time go faster by this factor.")
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), help="Keep the worlds in this file.")
@click.option("--fault", "faults", metavar="NAME", multiple=True, help="Switch a fault on from the start.")
@click.option("--exit-with-stdin", is_flag=True, help="End when standard input closes.")
@click.pass_obj
def sandbox(
    call: Call,
    port: int,
    edge_port: int,
    speed: float,
    data: Path | None,
    faults: tuple[str, ...],
    exit_with_stdin: bool,
) -> None:
    """Serves all demo worlds on loopback until SIGTERM or SIGINT; prints one line of JSON when ready."""
    from durastore_tui.sandbox.serve import FAULTS, Options, run

    if not 0 < speed <= 1e6:
        raise BadInput("speed", "The speed is a number above 0 and up to a million.")
    if data is not None and not data.parent.is_dir():
        raise BadInput("data", f"The folder {data.parent} does not exist. Create it, or choose another file.")
    for name in faults:
        if name not in FAULTS:
            raise BadInput("fault", f"There is no fault {name}; there are {', '.join(sorted(FAULTS))}.")
    run(Options(port, edge_port, speed, data, faults, call.options.fresh, exit_with_stdin))


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
