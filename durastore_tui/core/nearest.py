"""What somebody may have meant by a word that is not known."""

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The end of a sentence that names the nearest one, "; did you mean spaces?", or nothing where none is near:
    `likeness` is between 0, anything, and 1, the word itself."""
    near = difflib.get_close_matches(word, list(known), 1, likeness)
    return f"; did you mean {near[0]}?" if near else ""
