"""The words of a password command. It runs without a shell, so what only a shell knows is pointed out."""

import re
import shlex

from durastore_tui.core.errors import BadInput

OPERATOR = re.compile(r"\|\|?|&&?|;|\d?(>>?|<<?<?)(?!\().*|.+[;|]")
SUBSTITUTION = re.compile(r"\$\(|`|[<>]\(")
LEFT_ALONE = re.compile(r"~(/.*)?|.*\$\{?[A-Za-z_]\w*.*")
"""A shell would replace these, and they may be meant as they are."""
WAY_OUT = "It runs without a shell: wrap it in sh -c '…', or put it into a script."


def split(command: str, name: str) -> list[str]:
    """The program and its arguments, for the profile of that name. Raises BadInput, which never repeats an argument."""
    its = f"The password command of {name}"
    try:
        words, as_written = shlex.split(command), shlex.split(command, posix=False)
    except ValueError:
        raise BadInput("password_command", f"{its} did not start: a quote is not closed.") from None
    if not words:
        raise BadInput("password_command", f"{its} did not start: it is empty.")
    for word in as_written:
        if OPERATOR.fullmatch(word):
            sign = re.sub(r"[^|&;<>]", "", word)[:2]
            raise BadInput("password_command", f"{its} contains {sign}, which only a shell understands. {WAY_OUT}")
        if "'" not in word and SUBSTITUTION.search(word):
            raise BadInput("password_command", f"{its} contains a command substitution. {WAY_OUT}")
    return words


def hint(command: str) -> str:
    """Why a command that failed may have failed, or nothing."""
    found = any("'" not in word and LEFT_ALONE.fullmatch(word) for word in shlex.split(command, posix=False))
    return " It runs without a shell, so ~ and $NAME are not expanded." if found else ""
