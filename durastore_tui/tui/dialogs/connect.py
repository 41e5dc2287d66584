"""The form for a server and a login: when none was given, and when one was not accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import BadInput, DuraStoreError, Malformed, Missing, Unauthorized, Unreachable
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks.model import Param
from durastore_tui.services import secrets
from durastore_tui.services.trial import try_login
from durastore_tui.tui.context import AppContext
from durastore_tui.tui.dialogs.keep_sheet import KeepSheet
from durastore_tui.tui.dialogs.trial_words import blocks_of, words_of
from durastore_tui.tui.messages import LoginWanted, Told
from durastore_tui.tui.widgets.facts import Block, Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, SheetBody, button

if TYPE_CHECKING:
    from durastore_tui.services.kept_profiles import Kept
    from durastore_tui.services.trial import Trial
    from durastore_tui.tui.places import Lens, Place
    from durastore_tui.tui.start import Found, Start

FIELDS = (
    Param(
        "url", "The address of its REST API; the path is usually /durastore.", "https://acme.duracloud.org/durastore"
    ),
    Param("user", "A login of this DuraCloud.", "jo"),
    Param("password", "Held while this runs, and written nowhere.", ""),
)
LABELS = {"url": "Server", "user": "User", "password": "Password"}
NO_SERVER = "No server at hand? Try the demo: one of our own on this machine, to play with; nothing else is touched."
AT_WORK = ("connect", "test", "keep", "demo")


def field_of(error: DuraStoreError | BadInput | None) -> str:
    """The field beside which an error belongs, "" for none; a login that ended has no error of its own."""
    match error:
        case BadInput():
            return error.field
        case None | Unauthorized():
            return "password"
        case Unreachable() | Missing() | Malformed():
            return "url"
    return ""


class ConnectScreen(Sheet[None]):
    """Keeps what was typed until a server accepts it. `login` makes the profile of an address and a user; `words` say
    what was wrong with the login before. Enter goes to the next field, and at the last one connects."""

    AUTO_FOCUS: ClassVar[str] = ""
    app = getters.app(AppContext)

    def __init__(
        self,
        profile: Profile | None,
        login: Callable[[str, str], Profile | None],
        words: str = "",
        then: tuple[Place, Lens | None] | None = None,
    ) -> None:
        super().__init__()
        self._then = then
        self._profile = profile
        self._login = login
        self._words = words

    @property
    def _start(self) -> Start:
        return self.app.start

    def heading(self) -> str:
        return "Connect to a DuraStore"

    def body(self) -> Iterable[Widget]:
        profile = self._profile
        for param, text in zip(FIELDS, (profile.url, profile.user, "") if profile else ("", "", ""), strict=True):
            yield Field(param, LABELS[param.name], text, secret=param.name == "password")
        hint = NO_SERVER if profile is None and self._start.demo else ""
        yield Facts((Words(hint, "dim"),) if hint else (), id="answer")

    def buttons(self) -> Iterable[Button]:
        yield button("Connect", "connect")
        yield button("Test", "test")
        yield button("Keep", "keep")
        if self._start.demo:
            yield button("Try the demo", "demo")

    def cancel_word(self) -> str:
        return "Close"

    def keys(self) -> str:
        return "enter next · tab to the buttons · pgdn scrolls · esc closes · ctrl+q quits"

    def on_mount(self) -> None:
        if self._words:
            self._login_failed()
        else:
            next((field for field in self._fields() if not field.text), self._field("url")).focus_input()
            self._foresee()

    def refused(self, words: str) -> None:
        """Says why the app's last connection failed; everything typed is still there."""
        self._words = words
        if self.is_mounted:  # of many refusals at once the second comes while the form opens
            self._login_failed()

    def _login_failed(self) -> None:
        self._failed(self._words, field_of(self.app.failure))

    def _failed(self, words: str, at: str) -> None:
        self._free()
        if field := self._named(at):
            self._answer()
            field.says(words)
            field.focus_input()
        else:
            self._answer(Words(words, "bad"))
            self.query_one("#connect", Button).focus()

    # What was typed

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.parent is self._field("password"):
            self._connect()
        else:
            self.focus_next()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        field = event.input.parent
        if isinstance(field, Field) and field.wrong:
            field.hint(field.param.help)

    @on(Input.Blurred)
    def _foresee(self) -> None:
        """What this server will count as, as soon as its address is whole."""
        url = self._field("url")
        if url.text.strip() and not any(field.wrong for field in self._fields()):
            try:
                profile = self._meant()
            except BadInput as wrong:
                (self._named(wrong.field) or url).says(wrong.sentence)
            else:
                url.hint(consequence(profile) if profile else FIELDS[0].help)

    def _read(self, *needed: str) -> Profile | None:
        """The profile that is meant, once the needed fields are filled; says what is wrong, and goes there."""
        wrong: dict[str, str] = {}
        for field in self._fields():
            if field.wrong:
                field.hint(field.param.help)
            if field.param.name in needed and not field.text.strip():
                wrong[field.param.name] = f"The {LABELS[field.param.name].lower()} is missing."
        try:
            profile = None if "url" in wrong else self._meant()
        except BadInput as bad:
            profile = None
            wrong[bad.field if self._named(bad.field) else "url"] = bad.sentence
        for name, words in wrong.items():
            self._field(name).says(words)
        if wrong:
            self._field(next(iter(wrong))).focus_input()
            return None
        if profile:
            self._field("url").hint(consequence(profile))
        return profile

    def _meant(self) -> Profile | None:
        """The profile that was tried, perhaps as somebody else, or a new one for another server; raises BadInput."""
        known, url, user = self._profile, self._field("url").text.strip(), self._field("user").text
        if not known or url != known.url:
            meant = self._login(url, user)
        else:
            meant = known if user == known.user else replace(known, user=user).as_typed("user")
        return self._start.sealed(meant) if meant else None

    # What is done with it

    @on(Button.Pressed, "#connect")
    def _connect(self) -> None:
        if profile := self._read("url", "user", "password"):
            self._begin("connecting…")
            then = self._then if self._profile and profile.name == self._profile.name else None
            self.post_message(LoginWanted(profile, self._password(), then))

    @on(Button.Pressed, "#test")
    def _test(self) -> None:
        if profile := self._read("url", "user", "password"):
            self._begin("asking for the stores and their tasks; nothing is changed, nothing is kept…")
            self._try(profile, self._password())

    @work(group="connect-form", exclusive=True, exit_on_error=False, description="test a login")
    async def _try(self, profile: Profile, password: Secret) -> None:
        try:
            self.call_later(self._tried, await try_login(profile, password, self._start.clock))
        except (DuraStoreError, BadInput) as error:
            self.call_later(self._failed, words_of(error), field_of(error))

    def _tried(self, trial: Trial) -> None:
        self._free()
        self._answer(*blocks_of(trial, self._field("user").text, self._field("url").text))
        self.query_one("#connect", Button).focus()

    @on(Button.Pressed, "#demo")
    def _demo(self) -> None:
        self._begin("starting the demo: a server of our own, on this machine…")
        self._start_demo()

    @work(group="connect-form", exclusive=True, exit_on_error=False, description="start the demo")
    async def _start_demo(self) -> None:
        assert self._start.demo  # noqa: S101  # else there is no button
        try:
            found: Found = await self._start.demo()
        except (DuraStoreError, BadInput) as error:
            self.call_later(self._failed, words_of(error), "")
        else:
            self.post_message(LoginWanted(found.profile, found.password))
            if found.notice:
                self.post_message(Told(found.notice))

    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        if profile := self._read("url", "user"):
            self._look_for_keyring(profile, self._password())

    @work(group="connect-form", exclusive=True, exit_on_error=False, description="look for a keyring")
    async def _look_for_keyring(self, profile: Profile, password: Secret) -> None:
        self.call_later(self._keep_as, profile, password, await secrets.can_keep())

    def _keep_as(self, profile: Profile, password: Secret, keyring: bool) -> None:
        self.app.push_screen(KeepSheet(profile, password, keyring=keyring), self._kept)

    def _kept(self, kept: Kept | None) -> None:
        if kept:
            self._profile = kept.profile
            self._field("url").text = self._profile.url
            self._field("url").hint(consequence(self._start.sealed(kept.profile)))
            self._answer(Words(kept.words, "good"))
            self.query_one("#connect", Button).focus()

    # How it looks

    def _begin(self, words: str) -> None:
        self._answer(Words(words, "dim"))
        for name in AT_WORK:
            self.query(f"#{name}").set(disabled=True)

    def _free(self) -> None:
        for name in AT_WORK:
            self.query(f"#{name}").set(disabled=False)

    def _answer(self, *blocks: Block) -> None:
        self.query_one("#answer", Facts).show((Gap(), *blocks) if blocks else ())
        self.call_after_refresh(self.query_one(SheetBody).scroll_end, animate=False)

    def _password(self) -> Secret:
        return Secret(self._field("password").text)

    def _fields(self) -> Iterable[Field]:
        return self.query(Field)

    def _named(self, name: str) -> Field | None:
        return next((field for field in self._fields() if field.param.name == name), None)

    def _field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)


def consequence(profile: Profile) -> str:
    """What it means that a server counts as what it counts, in one sentence."""
    whose = f"Profile {profile.name}, " if profile.kept else ""
    return f"{whose}{profile.environment}: {_how_open(profile)}."


def _how_open(profile: Profile) -> str:
    if profile.sealed:
        return "read-only, as this run is"
    if profile.environment is Environment.PROD:
        return (
            "read-only by default; :rw 15m opens it for a while"
            if profile.read_only
            else "open to changes, as its profile says"
        )
    return "read-only" if profile.read_only else "changes go out as soon as you confirm them"
