"""The headless commands: words in, an exit code out, and never a traceback."""

import sys
from collections.abc import Sequence

import click

from durastore_tui import __version__
from durastore_tui.cli import verbs
from durastore_tui.cli.commands import snapshot_changes, stream_looks, stream_urls, usage  # noqa: F401  # they add verbs
from durastore_tui.cli.commands.changes import CHANGES
from durastore_tui.cli.commands.completion import completion, show_help
from durastore_tui.cli.commands.glacier import GLACIER
from durastore_tui.cli.commands.jobs import JOBS
from durastore_tui.cli.commands.policies import POLICIES
from durastore_tui.cli.commands.profiles import PROFILES
from durastore_tui.cli.commands.requests import REQUESTS
from durastore_tui.cli.commands.restores import RESTORES
from durastore_tui.cli.commands.sandbox import sandbox, tour
from durastore_tui.cli.commands.snapshots import SNAPSHOTS
from durastore_tui.cli.commands.spaces import SPACES
from durastore_tui.cli.commands.streaming import STREAMING
from durastore_tui.cli.commands.tasks import TASKS_NOUN
from durastore_tui.cli.commands.usage import STORES
from durastore_tui.cli.exits import Exit, explain, of_error
from durastore_tui.cli.process import NAME, Outcome, with_streams
from durastore_tui.core.text import safe


@click.group(cls=verbs.Root, name=NAME)
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
def root() -> None:
    """A terminal dashboard for DuraCloud's DuraStore; with a command it prints and exits."""


COMMANDS = (
    STORES,
    TASKS_NOUN,
    SPACES,
    STREAMING,
    POLICIES,
    SNAPSHOTS,
    RESTORES,
    GLACIER,
    JOBS,
    CHANGES,
    REQUESTS,
    PROFILES,
    tour,
    completion,
    sandbox,
    show_help,
)
for command in COMMANDS:
    root.add_command(command)


def run(words: Sequence[str]) -> int:
    """Runs one command; data on stdout, at most one line of error on stderr; exit codes of cli.md."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # real files
    return with_streams(lambda: _outcome(words))


def _outcome(words: Sequence[str]) -> Outcome:
    try:
        code = root.main(list(words), prog_name=NAME, standalone_mode=False)
    except SystemExit as ended:  # click ends so after completing a word
        code = ended.code
    except (KeyboardInterrupt, click.Abort):
        return Outcome(Exit.INTERRUPTED)
    except click.ClickException as wrong:
        return Outcome(Exit.WRONG_USE, safe(_wrong_use(wrong)))
    except Exception as error:
        return Outcome(of_error(error), safe(explain(error)))
    return Outcome(int(code or Exit.DONE))


def _wrong_use(wrong: click.ClickException) -> str:
    """What click says, and where to read on."""
    said = wrong.format_message()
    where = wrong.ctx.command_path if isinstance(wrong, click.UsageError) and wrong.ctx else NAME
    return f"{said if said.endswith(('.', '?')) else f'{said}.'} Try {where} --help."
