"""`:rw` and `:ro`: a read-only server opened for a time, and shut again."""

from durastore_tui.config.profile import Environment
from durastore_tui.core.errors import BadInput
from durastore_tui.core.write_window import duration
from durastore_tui.tui.actions import key
from durastore_tui.tui.context import AppContext
from durastore_tui.tui.dialogs.ask_sheet import AskSheet, Question
from durastore_tui.tui.messages import Told
from durastore_tui.tui.wording import span as words_of


def open_window(app: AppContext, text: str) -> None:
    """Opens it for as long as the text says, after a yes; on PROD the profile's name is typed. Says why not."""
    services = app.services
    if services is None:
        _say(app, "There is no connection to a server yet.")
        return
    profile, window = services.session.profile, services.session.window
    try:
        span = duration(text)
    except BadInput as wrong:
        _say(app, wrong.sentence)
        return
    if profile.sealed:
        _say(app, "This run is --read-only: start again without it to change anything.")
    elif not window.shut and window.left is None:
        _say(app, f"{profile.name} is not read-only: there is nothing to open.")
    else:
        words = words_of(span)

        def answered(yes: bool | None) -> None:
            if yes:
                window.open_for(span)
                _say(app, f"{profile.name} may be changed for {words}; {key('command')}ro shuts it before.")
                app.places.here.lines.draw_lock()

        production = profile.environment is Environment.PROD
        effect = f"Changes can be sent for {words}, each with its own confirmation. Then it is read-only again."
        typed = profile.name if production else None
        app.push_screen(AskSheet(Question("Open for changes", profile.name, effect, "Open", typed)), answered)


def shut_window(app: AppContext) -> None:
    """Read-only from now on: also a job's next write waits for a window."""
    if app.services:
        app.services.session.window.shut_now()
        _say(app, f"Read-only from now on; {key('command')}rw 15m opens it for a time.")
        app.places.here.lines.draw_lock()


def _say(app: AppContext, sentence: str) -> None:
    app.post_message(Told(sentence))
