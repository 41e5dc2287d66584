"""Random keys, the same for the same seed, for an app on a terminal that must still be alive afterwards."""

import random
import signal
from collections.abc import Iterator, Mapping

from tests.terminal.tty import PROGRAM, Tty

KEY_SEQUENCES = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pgup": "\x1b[5~", "pgdn": "\x1b[6~", "delete": "\x1b[3~", "back-tab": "\x1b[Z", "f1": "\x1bOP", "esc": "\x1b",
    "ctrl+d": "\x04", "ctrl+l": "\x0c", "ctrl+p": "\x10", "ctrl+r": "\x12", "ctrl+u": "\x15", "backspace": "\x7f",
    "mouse": "\x1b[<0;20;8M\x1b[<0;20;8m", "wheel": "\x1b[<65;20;8M",
}  # fmt: skip
PLACES = "01234567"
WORDS = ("\r", "\t", " ", "/", ":", "#", "@", "?", "-", "[", "]", ",", "*", "!")
PASTES = ("\x1b[200~a\nb\x1b[201~", "\x1b[200~[/]\x1b[31m\x1b[201~")
LETTERS = "abcdefghijklmnoprstuvwxyz"
"""Without q: it quits."""
CHANGES = "EDXWPNRTHOCG"


def bursts(seed: int, count: int) -> Iterator[str]:
    """`count` keys in bursts of one to six, each burst to be written at once. They begin few texts that swallow the
    rest: esc comes often."""
    rng = random.Random(seed)  # noqa: S311  # a walk is to be repeated
    while count > 0:
        size = min(count, rng.choice((1, 1, 2, 3, 6)))
        yield "".join(_key(rng) for _ in range(size))
        count -= size


def _key(rng: random.Random) -> str:
    kinds: tuple[tuple[float, tuple[str, ...]], ...] = (
        (0.30, tuple(KEY_SEQUENCES.values())),
        (0.12, (KEY_SEQUENCES["esc"],)),
        (0.14, tuple(PLACES)),
        (0.16, WORDS),
        (0.20, tuple(LETTERS)),
        (0.07, tuple(CHANGES)),
        (0.01, PASTES),
    )
    _, among = rng.choices(kinds, [weight for weight, _ in kinds])[0]
    return rng.choice(among)


def walk(tty: Tty, seed: int, count: int) -> None:
    """Presses the keys; now and then the terminal gets another size. Fails when the program ends."""
    sizes = random.Random(seed)  # noqa: S311  # as above
    for number, burst in enumerate(bursts(seed, count)):
        tty.press(burst)
        if number % 10 == 9:
            tty.resize(sizes.choice((40, 80, 100, 140)), sizes.choice((12, 24, 36)))
            tty.wait_for_more()  # a new size is painted anew, by a program that still takes keys
    tty.resize(90, 30)
    tty.wait_for_more()


def end(tty: Tty) -> int:
    """Asks the program to end; its own handler does so, where its loop still turns."""
    tty.process.send_signal(signal.SIGTERM)
    return tty.ended()


def app(environ: Mapping[str, str]) -> Tty:
    """The app on a terminal of its own."""
    return Tty(PROGRAM, environ, columns=90, rows=30)
