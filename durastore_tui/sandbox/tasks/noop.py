"""`noop` (protocol §7.1), and a task that no client knows."""

from durastore_tui.sandbox.tasks.call import Call


def noop(_: Call) -> str:
    return "Success"


def defrag_space(call: Call) -> str:
    """Not DuraStore's: stands for whatever a server offers that nobody has heard of. Changes nothing."""
    return f"Defragmentation of {call.body.decode('utf-8', 'replace') or 'all spaces'} has been queued."
