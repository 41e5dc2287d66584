"""The start of the UI: paints first; the server is looked for behind the first paint."""

import os
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from durastore_tui.cli.demo import Demo
from durastore_tui.cli.options import DEFAULT_WORLD, GlobalOptions
from durastore_tui.cli.process import Outcome
from durastore_tui.config import places, profile_file
from durastore_tui.config.profile import Environment, Profile, password_of, resolve
from durastore_tui.core.errors import BadInput
from durastore_tui.core.text import safe
from durastore_tui.tui import garbage

if TYPE_CHECKING:
    from durastore_tui.tui.start import Found, Services, Start

WRONG_USE = 2
HEADLESS = "the headless commands work anywhere: try `durastore-tui spaces list` or `durastore-tui --help`"


def start(options: GlobalOptions) -> Outcome:
    """Runs the UI until it ends; returns its exit code, 2 when it cannot start here."""
    garbage.not_yet()
    try:
        if sentence := no_screen(os.environ):
            raise BadInput("terminal", sentence)
        use_real_size(os.environ)
        code = _on_the_demo(options, options.demo_world) if options.demo_world else _on_a_server(options)
    except BadInput as wrong:
        return Outcome(WRONG_USE, safe(wrong.sentence))
    return Outcome(code)


def no_screen(environ: Mapping[str, str]) -> str | None:
    """Why the UI cannot be drawn here, and what to use instead; None when it can."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):  # Textual draws on stderr
        return f"the UI needs a terminal; {HEADLESS}"
    if environ.get("TERM", "dumb") == "dumb":
        return f"the UI needs a terminal that can place a cursor, and TERM says dumb; {HEADLESS}"
    return None


def use_real_size(environ: MutableMapping[str, str]) -> None:
    """Takes COLUMNS and LINES out: a shell that exports them keeps the size of another moment, or another terminal."""
    for name in ("COLUMNS", "LINES"):
        environ.pop(name, None)


def _on_a_server(options: GlobalOptions) -> int:
    from durastore_tui.tui.start import Start

    def login(url: str, user: str) -> Profile | None:
        meant = resolve(replace(options, url=url, user=user, profile=None), os.environ, profile_file.read())
        return meant.on_screen().as_typed("url", "user") if meant else None

    profile = resolve(options, os.environ, profile_file.read())
    password = password_of(os.environ) if profile is None or profile.from_around else None
    begun = Start(profile.on_screen() if profile else None, password, options.store, login=login)
    with ExitStack() as at_the_end:

        @cache
        def demo() -> Demo:
            made = Demo(DEFAULT_WORLD, None, fresh=False, read_only=options.read_only)
            at_the_end.callback(made.close)
            return made

        return _run(begun._replace(demo=lambda: _found(demo()), read_only=options.read_only))


async def _found(demo: Demo) -> "Found":
    from durastore_tui.tui.start import Found

    server = await demo.server()
    return Found(server.profile, server.password, server.notice)


def _on_the_demo(options: GlobalOptions, world: str) -> int:
    demo = Demo(world, options.user, fresh=options.fresh, read_only=options.read_only)
    try:
        demo.launch()
        from durastore_tui.tui.start import Start

        expected = Profile(world, "", demo.user, Environment.DEMO, options.read_only)
        return _run(Start(expected, store=options.store, find=lambda: _found(demo), fresh=options.fresh))
    finally:
        demo.close()


def _run(begun: "Start") -> int:
    from durastore_tui.tui.app import DurastoreApp
    from durastore_tui.tui.connector import connector
    from durastore_tui.tui.terminal.lifecycle import run
    from durastore_tui.tui.visits import Visits

    opened = begun.connect or connector()

    async def connect(*login: Any) -> "Services":
        garbage.seldom()
        return await opened(*login)

    app = DurastoreApp(begun._replace(connect=connect, visits=Visits(places.visits)))
    run(app)
    return app.return_code or 0
