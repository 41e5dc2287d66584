"""How a list that grows on top while it is read page by page is put together."""

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


def added_on_top(before: Sequence[T], after: Sequence[T]) -> int | None:
    """How many rows came in front between two looks at the first page; None when nothing of it is left."""
    for added in range(len(after)):
        kept = min(len(before), len(after) - added)
        if kept and before[:kept] == after[added : added + kept]:
            return added
    return None if before else len(after)


def overlaps(held: Sequence[T], page: Sequence[T], least: int, most: int) -> tuple[int, ...]:
    """By how many rows, from `least` to `most`, the page can repeat the end of `held`: more than one answer when rows
    are alike."""
    return tuple(
        known
        for known in range(max(least, 0), min(most, len(held), len(page)) + 1)
        if tuple(held[len(held) - known :]) == tuple(page[:known])
    )


class Growing(Generic[T]):
    """A list read page by page, from 0, while rows come in on top: each row once, those that came meanwhile too.

    Rows are told apart by their place in the sequence, never by likeness: two equal rows stay two. How many came
    meanwhile is told by the first page, which is looked at again after each further one; when it says that some came
    in just then, the page is laid where it fits, and is asked for again where it would fit in two places.
    """

    def __init__(self, size: int, first: Sequence[T]) -> None:
        """`first` is page 0; a page that holds fewer than `size` rows is the last one."""
        self._size = size
        self._top = first
        self._added = 0
        self._above: list[T] = []
        self._held = list(first)
        self.complete = len(first) < size

    @property
    def wanted(self) -> int:
        """The page to read next, and page 0 after it."""
        return (len(self._held) + self._added) // self._size

    @property
    def rows(self) -> tuple[T, ...]:
        """What is held, the newest first."""
        return (*self._above, *self._held)

    def take(self, page: Sequence[T], top: Sequence[T]) -> bool:
        """The page that was wanted, and the first one as it was thereafter; False when it must be asked for again.

        Raises ValueError when nothing is left of the first page as it was before.
        """
        begins = self.wanted * self._size - self._added
        came = added_on_top(self._top, top)
        if came is None:
            raise ValueError("a whole page of rows came in at once")
        self._above[:0] = top[:came]
        self._top = top
        self._added += came
        least = len(self._held) - begins
        fits = (least,) if came == 0 else overlaps(self._held, page, least, least + came)
        if len(fits) != 1:
            return False
        self._held += page[fits[0] :]
        self.complete = len(page) < self._size
        return True
