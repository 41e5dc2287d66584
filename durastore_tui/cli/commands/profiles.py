"""`profiles`: the servers that a person works with, by name."""

from __future__ import annotations

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import profile_names
from durastore_tui.cli.output import TABLE
from durastore_tui.cli.verbs import noun
from durastore_tui.config import profile_file, provenance
from durastore_tui.config.password_command import split
from durastore_tui.config.profile import Profile, of_file, resolve
from durastore_tui.config.profile_file import COLOURS, ENVIRONMENTS, Value
from durastore_tui.core.clock import in_words
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret

PROFILES = noun("profiles", "Servers by name, in a file of your own; passwords stay outside of it.")
FIELDS = ("name", "url", "user", "environment", "readOnly", "default")


@PROFILES.command("list")
@click.pass_obj
def list_profiles(call: Call) -> None:
    """What the file holds; nobody is asked."""
    printer = call.printer()
    held = profile_file.read()
    with printer.rows(FIELDS) as show:
        for name, written in held.profiles.items():
            try:
                found = of_file(name, {}, held)
            except BadInput as wrong:
                call.note(f"{name} cannot be used. {wrong.sentence}")
                said = {key: written.values.get(key) for key in ("url", "user", "environment")}
                said["readOnly"] = None
            else:
                said = {"url": found.url, "user": found.user, "environment": found.environment.value}
                said["readOnly"] = bool(found.read_only)
            show({"name": name, **said, "default": name == held.default})


@PROFILES.command("add")
@click.argument("name", metavar="NAME")
@click.option("--environment", type=click.Choice(ENVIRONMENTS), help="How careful to be; default by the address.")
@click.option("--colour", type=click.Choice(COLOURS), help="Of its name on the screen.")
@click.option("--password-command", metavar="COMMAND", help="Prints the password, as `pass show duracloud` does.")
@click.option("--keyring", is_flag=True, help="Ask for the password and keep it in the keyring.")
@click.pass_obj
def add_profile(
    call: Call, name: str, environment: str | None, colour: str | None, password_command: str | None, keyring: bool
) -> None:
    """Writes a profile of --url, --user and what else was given; a password is no part of it."""
    from durastore_tui.config import profile_writer

    options = call.options
    profile = _checked(call)
    if password_command:
        split(password_command, name)
    given: dict[str, Value | None] = {
        "url": options.url,
        "user": options.user,
        "environment": environment,
        "colour": colour,
        "read_only": options.read_only or None,
        "ca_file": str(options.ca_file.absolute()) if options.ca_file else None,
        "allow_http": options.allow_http or None,
        "timeout": options.timeout,
        "password_command": password_command,
    }
    if keyring and not profile.user:
        raise BadInput("user", "A password in the keyring belongs to a user: say --user.")
    password = call.typed_password(profile) if keyring else None
    path = profile_writer.add(name, {key: value for key, value in given.items() if value is not None})
    call.note(f"The profile {name} is in {path}.")
    if password:
        from durastore_tui.services import secrets

        secrets.keep(profile, password)


@PROFILES.command("test")
@click.argument("name", metavar="NAME", shell_complete=profile_names)
@click.pass_obj
async def test_profile(call: Call, name: str) -> None:
    """Where each value comes from, and whether the server lets this login in; `stores` is null when it does not."""
    call = call.with_profile(name)
    printer = call.printer()
    profile = call.profile()
    password, origin = await call.password(profile)
    stores: list[str] | None = None
    clock: str | None = None
    try:
        stores, clock = await _stores_and_clock(call, profile, password)
    finally:  # who is not let in wants to know where the login came from
        values = provenance.values_of(profile, call.environ)
        printer.one(
            {
                "name": profile.name,
                "stores": stores,
                "password": origin,
                "clock": clock,
                "values": [f"{each.key} = {each.text} ({each.origin})" for each in values]
                if printer.form == TABLE
                else [each._asdict() for each in values],
            }
        )


async def _stores_and_clock(call: Call, profile: Profile, password: Secret) -> tuple[list[str], str | None]:
    """The stores, and how far the server's clock is from ours where that matters."""
    session = await call.opened(profile, password)
    try:
        return [f"{store.id} {store.type}" for store in session.stores], in_words(session.ahead) or None
    finally:
        await session.close()


@PROFILES.command("remove")
@click.argument("name", metavar="NAME", shell_complete=profile_names)
@click.pass_obj
def remove_profile(call: Call, name: str) -> None:
    """Takes it out of the file, and its password out of the keyring; jobs stay in the journal."""
    from durastore_tui.config import profile_writer
    from durastore_tui.services import secrets

    held = profile_file.read()
    profile_writer.remove(name)
    call.note(f"The profile {name} is removed.")
    try:
        profile = of_file(name, {}, held)
    except BadInput as wrong:
        call.note(f"Its password stays in the keyring, if there is one. {wrong.sentence}")
    else:
        secrets.forget(profile)


def _checked(call: Call) -> Profile:
    """What was given as a profile, so that nothing is written that could not be used; raises BadInput."""
    profile = resolve(call.options, {})
    if profile is None:
        raise BadInput("url", "A profile needs a server: say --url.")
    return profile
