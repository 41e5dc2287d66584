"""When garbage is looked for: never before the first paint, and not in the middle of a long list."""

import gc

BETWEEN = 20_000
"""New objects between two looks: the stock 700 would stop ten thousand rows a dozen times on their way."""


def not_yet() -> None:
    """Before the first paint."""
    gc.disable()


def seldom() -> None:
    """From now on; what the first paint needed stays, and is not looked at again."""
    gc.freeze()
    gc.set_threshold(BETWEEN, 10, 10)
    gc.enable()
