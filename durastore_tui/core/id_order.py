"""Where an id must stand in a long sorted listing, told by the first and last ids of the pages that were read."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise


class Order(StrEnum):
    """How ids may be sorted; a database may compare without case."""

    CODE_POINTS = "code-point order"
    FOLDED = "order without case"


_KEYS: dict[Order, Callable[[str], str]] = {Order.CODE_POINTS: str, Order.FOLDED: str.casefold}


class Bounds:
    """Learns from each page read, 0-based, in any sequence; halving over the others follows from it."""

    def __init__(self) -> None:
        self._ends: dict[int, tuple[str, str]] = {}
        self.orders = tuple(Order)
        """Those that every page read agrees with, the likelier first."""

    def add(self, number: int, ids: Sequence[str]) -> None:
        """Takes a page in; an order that it contradicts is given up for good."""
        if ids:
            self._ends[number] = ids[0], ids[-1]
            self.orders = tuple(order for order in self.orders if _sorted(order, ids) and self._fits(order, number))

    def page_for(self, wanted: str, order: Order, pages: int) -> tuple[int, bool]:
        """The page of `pages` to read next for the first id not before `wanted`, and whether it is surely that one.

        About log2(pages) questions lead to it; `pages` itself means that all ids are before `wanted`.
        """
        key = _KEYS[order]
        target = key(wanted)
        least = 1 + max((page for page, (_, last) in self._ends.items() if key(last) < target), default=-1)
        most = min((page for page, (_, last) in self._ends.items() if key(last) >= target), default=pages - 1)
        if least >= most:
            return least, True
        if most in self._ends and key(self._ends[most][0]) <= target:
            return most, True
        return (least + most) // 2, False

    def _fits(self, order: Order, number: int) -> bool:
        """Whether a page stands between the nearest ones known."""
        key, (first, last) = _KEYS[order], self._ends[number]
        before = max((page for page in self._ends if page < number), default=None)
        after = min((page for page in self._ends if page > number), default=None)
        fits_before = before is None or key(self._ends[before][1]) <= key(first)
        return fits_before and (after is None or key(last) <= key(self._ends[after][0]))


def place_in(ids: Sequence[str], wanted: str, order: Order) -> int:
    """Of the first id not before `wanted`, but of `wanted` itself where it is there; `len(ids)` past the end."""
    if wanted in ids:
        return ids.index(wanted)
    return bisect_left(ids, _KEYS[order](wanted), key=_KEYS[order])


def begins(one: str, wanted: str, order: Order) -> bool:
    """Whether an id is what was wanted, or begins so."""
    return _KEYS[order](one).startswith(_KEYS[order](wanted))


def _sorted(order: Order, ids: Sequence[str]) -> bool:
    key = _KEYS[order]
    return all(key(before) <= key(after) for before, after in pairwise(ids))
