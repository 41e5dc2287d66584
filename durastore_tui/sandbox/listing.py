"""Content ids by index: sorted, generated when asked for, never stored, so that millions cost nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

LAST_CODE_POINT = "\U0010ffff"


class Listing(Protocol):
    """Ids in code-point order, which is the order of their UTF-8 bytes."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> str: ...


@dataclass(frozen=True)
class Collections:
    """Folders of equal contents (`folder(n)` rising, `members` sorted), `most` of them; the rest is in `zz-loose/`."""

    count: int
    folder: Callable[[int], str]
    members: tuple[str, ...]
    most: int = 10_000_000

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int, /) -> str:
        if not 0 <= index < self.count:
            raise IndexError(index)
        number, member = divmod(index, len(self.members))
        folders = min(self.count // len(self.members), self.most)
        if number < folders:
            return self.folder(number) + self.members[member]
        return f"zz-loose/item-{index - folders * len(self.members):07d}.dat"


def span(listing: Listing, prefix: str | None = None, marker: str | None = None) -> range:
    """The indices of the ids that start with `prefix` and come after `marker`."""
    start = bisect_left(listing, prefix) if prefix else 0
    stop = bisect_left(listing, prefix + LAST_CODE_POINT) if prefix else len(listing)
    if marker:
        start = max(start, bisect_right(listing, marker))
    return range(start, stop)


def holds(listing: Listing, content_id: str) -> bool:
    index = bisect_left(listing, content_id)
    return index < len(listing) and listing[index] == content_id


def ids(listing: Listing, prefix: str | None = None, marker: str | None = None) -> Iterator[str]:
    return (listing[index] for index in span(listing, prefix, marker))
