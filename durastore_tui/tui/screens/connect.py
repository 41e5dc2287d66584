"""The form for a server and a login: when none was given, and when one was not accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Input, Label, Static

from durastore_tui.config.profile import Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret
from durastore_tui.core.text import safe
from durastore_tui.tui.messages import LoginWanted
from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.widgets.modal import Modal

FIELDS = ("url", "user", "password")


class ConnectScreen(Modal[None]):
    """Keeps what was typed until a server accepts it. Enter goes to the next field, and at the last one connects."""

    CSS_PATH: ClassVar = STYLES / "connect.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", show=False)]

    def __init__(self, profile: Profile | None, login: Callable[[str, str], Profile | None], words: str = "") -> None:
        super().__init__()
        self._profile = profile
        self._login = login
        self._words = words

    def compose(self) -> ComposeResult:
        profile = self._profile
        with Vertical(id="form"):
            yield Label("Connect to a DuraStore", id="form-title")
            yield Label("Server")
            yield Input(profile.url if profile else "", placeholder="https://acme.duracloud.org/durastore", id="url")
            yield Static("", markup=False, id="url-wrong", classes="wrong")
            yield Label("User")
            yield Input(profile.user if profile else "", id="user")
            yield Static("", markup=False, id="user-wrong", classes="wrong")
            yield Label("Password")
            yield Input(password=True, id="password")
            yield Static("", markup=False, id="password-wrong", classes="wrong")
            yield Button("Connect", id="connect")
            yield Static(safe(self._words), markup=False, id="answer")
            yield Static("enter next · esc close · ctrl+q quit", markup=False, id="form-keys")

    def on_mount(self) -> None:
        fields = [self.query_one(f"#{name}", Input) for name in FIELDS]
        next((field for field in fields if not field.value), fields[0]).focus()

    def action_close(self) -> None:
        self.dismiss()

    def refused(self, words: str) -> None:
        """Says why it did not work; everything typed is still there."""
        self.query_one("#answer", Static).update(safe(words))
        self.query_one("#connect", Button).disabled = False
        self.query_one("#password", Input).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._say(event.input.id or "", "")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == FIELDS[-1]:
            self._connect()
        else:
            self.focus_next()

    @on(Button.Pressed)
    def _connect(self) -> None:
        url, user, password = (self.query_one(f"#{name}", Input).value for name in FIELDS)
        missing = [name for name, value in zip(FIELDS, (url, user, password), strict=True) if not value.strip()]
        for name in FIELDS:
            self._say(name, f"The {name} is missing." if name in missing else "")
        if missing:
            self.query_one(f"#{missing[0]}", Input).focus()
            return
        try:
            profile = self._meant(url.strip(), user)
        except BadInput as wrong:
            self._say(wrong.field if wrong.field in FIELDS else "url", wrong.sentence)
            return
        if profile:
            self.query_one("#answer", Static).update("connecting…")
            self.query_one("#connect", Button).disabled = True
            self.post_message(LoginWanted(profile, Secret(password)))

    def _meant(self, url: str, user: str) -> Profile | None:
        """The profile that was tried, perhaps as somebody else, or a new one for another server; raises BadInput."""
        known = self._profile
        return replace(known, user=user) if known and url == known.url else self._login(url, user)

    def _say(self, field: str, sentence: str) -> None:
        self.query_one(f"#{field}-wrong", Static).update(safe(sentence))
