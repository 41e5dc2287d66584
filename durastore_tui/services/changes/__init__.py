"""The one way to change the server, for the UI and the command line (design §2).

A `Change` is what was asked for. `flow.confirmed_order` checks the guard, reads the state (`Preflight`), shows a `Plan`
through a `ConfirmationPrompt`, and reads the state again. `flow.send` journals the order, sends it once, and returns
the job.
"""
