"""Arithmetic of pages: which ones a window needs, and how a history that grows on top is put together."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def pages(first: int, last: int, size: int, total: int | None = None) -> range:
    """Page numbers, from 0, that hold the rows `first` to `last`, both included and cut to what there is."""
    start, end = max(first, 0), last if total is None else min(last, total - 1)
    return range(start // size, end // size + 1) if start <= end else range(0)


def added_on_top(before: Sequence[T], after: Sequence[T]) -> int | None:
    """How many rows came in front between two looks at the first page; None when nothing of it is left."""
    for added in range(len(after)):
        kept = min(len(before), len(after) - added)
        if kept and before[:kept] == after[added : added + kept]:
            return added
    return None if before else len(after)


def continued(held: Sequence[T], page: Sequence[T], number: int, size: int, added: int) -> list[T]:
    """`held` with what page `number` adds, when `added` rows came in front since `held` was begun.

    Alignment is by position, never by likeness: two equal rows stay two, and a page that overlaps
    (pages past the end repeat the last rows, protocol §7.14) adds only what is new. Raises ValueError for a gap.
    """
    known = len(held) - (number * size - added)
    if known < 0:
        raise ValueError(f"rows are missing before page {number}")
    return [*held, *page[known:]]
