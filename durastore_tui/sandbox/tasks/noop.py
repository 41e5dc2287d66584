"""`noop` (protocol §7.1)."""

from durastore_tui.sandbox.tasks.call import Call


def noop(_: Call) -> str:
    return "Success"
