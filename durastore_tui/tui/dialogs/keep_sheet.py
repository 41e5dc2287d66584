"""The form that makes a profile of a server that was typed: its name, how careful to be, where its password is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from textual import on, work
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks.model import Param
from durastore_tui.services.kept_profiles import Kept, keep
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

NAME = Param("profile", "Letters, digits, - and _; it is what @ and --profile call it.", "acme")
ENVIRONMENTS = (
    (Environment.PROD, "production: every change wants a name typed"),
    (Environment.TEST, "for trying things"),
)
READ_ONLY = (
    ("read-only", "until :rw 15m opens it for a while"),
    ("open", "changes go out as soon as you confirm them"),
)
WAYS = (("ask me", "at each start"), ("keyring", "this machine keeps it, and gives it to you alone"))
NEVER = (
    "It is never written into the file, but asked for at each start. To spare that: DURASTORE_PASSWORD in the "
    "environment, password_command in the file"
)
NO_KEYRING = f"{NEVER}, or a keyring, of which there is none here (durastore-tui[keyring])."
NOTHING_TYPED = f"{NEVER}, or the keyring: for that type the password into the form before."


class KeepSheet(Sheet[Kept]):
    """Writes nothing until Keep is pressed; what the file refuses is said at its field."""

    AUTO_FOCUS: ClassVar[str] = "Input"

    def __init__(self, profile: Profile, password: Secret, *, keyring: bool) -> None:
        super().__init__()
        self._profile = profile
        self._password = password
        self._offers_keyring = keyring and bool(password)
        self._says = NOTHING_TYPED if keyring else NO_KEYRING

    def heading(self) -> str:
        return "Keep as a profile"

    def body(self) -> Iterable[Widget]:
        profile = self._profile
        yield Facts((Words(f"{profile.user} at {profile.url}", "accent", exact=True), Gap()))
        yield Field(NAME, "Name", _proposed(profile))
        yield Facts((Words("Environment", "strong"),))
        prod = profile.environment is Environment.PROD
        yield Choice([(word.value, meaning) for word, meaning in ENVIRONMENTS], 0 if prod else 1, id="environment")
        yield Facts((Words("At the start it is", "strong"),))
        yield Choice(READ_ONLY, 0 if prod else 1, id="read-only")
        yield Facts((Words("Password", "strong"),))
        if self._offers_keyring:
            yield Choice(WAYS, id="way")
        else:
            yield Facts((Words(self._says, "dim"),))

    def buttons(self) -> Iterable[Button]:
        yield button("Keep", "go-on")

    def keys(self) -> str:
        return "tab next · space chooses · enter in the name keeps it · esc cancels"

    @on(Choice.Changed, "#environment")
    def _as_usual(self) -> None:
        """PROD is read-only by default, and TEST is not; it can still be chosen otherwise."""
        self.query_one("#read-only", Choice).choose(0 if self._environment() is Environment.PROD else 1)

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        field = self.query_one(Field)
        try:
            name = str(field.read())
        except BadInput:
            field.focus_input()
            return
        read_only = self.query_one("#read-only", Choice).chosen == 0
        self._write(name, replace(self._profile, environment=self._environment(), read_only=read_only))

    @work(group="keep", exclusive=True, exit_on_error=False, description="keep a profile")
    async def _write(self, name: str, profile: Profile) -> None:
        password = self._password if self._offers_keyring and self.query_one("#way", Choice).chosen else None
        try:
            self.call_later(self._kept, await keep(name, profile, password))
        except BadInput as wrong:
            self.call_later(self._refused, wrong)

    def _kept(self, kept: Kept) -> None:
        self.dismiss(kept)

    def _refused(self, wrong: BadInput) -> None:
        self.query_one(Field).says(wrong.sentence)
        self.query_one(Field).focus_input()

    def _environment(self) -> Environment:
        return ENVIRONMENTS[self.query_one("#environment", Choice).chosen][0]


def _proposed(profile: Profile) -> str:
    """The first part of the host's name, as in acme of acme.duracloud.org; nothing for an address in numbers."""
    first = (urlsplit(profile.url).hostname or "").partition(".")[0]
    return first if first and not first[0].isdigit() and first.replace("-", "").isalnum() and first.isascii() else ""
