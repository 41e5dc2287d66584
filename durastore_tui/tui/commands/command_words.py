"""The words behind `:`, taken apart: a name, its arguments, a `/filter` and a `@profile`."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from durastore_tui.core.errors import BadInput
from durastore_tui.core.nearest import did_you_mean

TOKEN = re.compile(r"""\s*([/@]?)(?:"([^"]*)("?)|'([^']*)('?)|(\S+))""")


class Words(NamedTuple):
    """`whole` is all of it but filter and profile, for names of several words; None where nothing was said."""

    name: str = ""
    arguments: tuple[str, ...] = ()
    filter: str | None = None
    profile: str | None = None

    @property
    def whole(self) -> str:
        return " ".join((self.name, *self.arguments))


def taken_apart(text: str) -> Words:
    """`/filter` and `@profile` may stand anywhere, `/` alone is no filter; quotes hold words together, and what stands
    in them alone is an argument.
    Raises BadInput for an open quote, and for a second filter or profile."""
    named: list[str] = []
    said: dict[str, str] = {}
    for sign, value in tokens(text):
        if not sign:
            named.append(value)
        elif sign == "@" and not value:
            raise BadInput("command", "The name of a profile is missing behind @.")
        elif sign in said:
            raise BadInput("command", f"One {'filter' if sign == '/' else 'profile'} is enough: {sign}{said[sign]}.")
        else:
            said[sign] = value
    return Words(named[0] if named else "", tuple(named[1:]), said.get("/"), said.get("@"))


def tokens(text: str) -> list[tuple[str, str]]:
    """Pairs of "/", "@" or "", and what stands behind it."""
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        assert match  # noqa: S101 (something is left that is no space)
        sign, double, closed, single, also_closed, bare = match.groups()
        if (double is not None and not closed) or (single is not None and not also_closed):
            raise BadInput("command", "A quote was opened and not closed.")
        value = next((part for part in (double, single, bare) if part is not None), "")
        found.append((value, "") if value in ("/", "@") and bare else (sign, value))
        at = match.end()
    return found


def quoted(argument: str) -> str:
    """So that it is read back as this one argument."""
    if argument and not re.search(r"[\s'\"]", argument) and argument[0] not in "/@":
        return argument
    return f"'{argument}'" if '"' in argument else f'"{argument}"'


def begun(text: str) -> tuple[str, str, str]:
    """Where completion stands: what comes before the last word, that word's sign, and how it begins."""
    before, last = re.fullmatch(r"(.*?)(\S*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # matches all
    sign = last[:1] if last[:1] in ("/", "@") else ""
    return before, sign, last[len(sign) :]


def meant(word: str, known: Iterable[str]) -> str:
    """How a sentence about it ends: with the nearest name, or here."""
    return did_you_mean(word.lower(), known, 0.5) or "."
