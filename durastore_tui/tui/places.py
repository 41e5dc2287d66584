"""The table of places, where the person is, how they got there, and the way back."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple


class PlaceKind(NamedTuple):
    """One screen: `name` is what a place calls it. A `key` makes it a root; `is_list` is whether it can be filtered.

    `purpose` says in its help what it is for.
    """

    name: str
    title: str
    key: str = ""
    is_list: bool = False
    purpose: str = ""


PLACES = {
    kind.name: kind
    for kind in (
        PlaceKind(
            "home",
            "Home",
            "0",
            purpose="What needs somebody, and how everything stands; each line leads to the list that it counts.",
        ),
        PlaceKind(
            "spaces",
            "Spaces",
            "1",
            is_list=True,
            purpose="The spaces of the current store; what is on screen is read first.",
        ),
        PlaceKind(
            "streaming",
            "Streaming",
            "2",
            is_list=True,
            purpose="The spaces that stream, and whether their hosts answer.",
        ),
        PlaceKind(
            "jobs",
            "Jobs",
            "5",
            is_list=True,
            purpose="What was sent from this machine, and what became of it: late and unknown ones first.",
        ),
        PlaceKind("job", "Job", purpose="One change: its steps, its evidence, its requests, and what to do now."),
        PlaceKind(
            "policies",
            "Policies",
            "3",
            is_list=True,
            purpose="The storage policy of each space, as it was last set from here; the server tells none.",
        ),
        PlaceKind(
            "space", "Space", purpose="One space: its properties, its streaming and how that is known, who may read it."
        ),
        PlaceKind(
            "contents",
            "Contents",
            is_list=True,
            purpose="The items of a space, page by page; line 2 says how much of it was read.",
        ),
        PlaceKind("item", "Item", purpose="One item with its properties, as the server holds it."),
        PlaceKind(
            "snapshots",
            "Snapshots",
            "4",
            is_list=True,
            purpose="Every snapshot that this login may see, with its standing, and what seems stuck.",
        ),
        PlaceKind("snapshot", "Snapshot", purpose="One snapshot: its transfer, its numbers and its last restore."),
        PlaceKind(
            "snapshot_contents", "Contents", is_list=True, purpose="The items that the snapshot holds, page by page."
        ),
        PlaceKind(
            "snapshot_history", "History", is_list=True, purpose="What happened to the snapshot, event by event."
        ),
        PlaceKind(
            "restores", "Restores", purpose="The snapshot's last restore: the space it fills, and when that expires."
        ),
        PlaceKind(
            "tasks",
            "Tasks",
            "6",
            is_list=True,
            purpose="Every task of every store: whether this login may run it, and how that is known.",
        ),
        PlaceKind(
            "requests",
            "Requests",
            "7",
            is_list=True,
            purpose="What went over the wire since the start, newest first; secrets are masked.",
        ),
    )
}


class Place(NamedTuple):
    """A screen with its object. `parent` is the place it was opened from; ids are exact."""

    screen: str
    space: str | None = None
    item: str | None = None
    prefix: str = ""
    snapshot: str | None = None
    parent: "Place | None" = None
    job: str | None = None

    def child(self, screen: str, **objects: str) -> "Place":
        """What opens from here: this place's objects and these."""
        return self._replace(screen=screen, parent=self, **objects)

    def trail(self) -> Iterator["Place"]:
        """From the root to here: the crumbs."""
        if self.parent:
            yield from self.parent.trail()
        yield self


class Lens(NamedTuple):
    """How a list is looked at: what a person finds again who comes back to it.

    `only` is a status to keep; `sort` a column's key; `cursor` and `marks` are exact ids."""

    filter: str = ""
    only: str | None = None
    sort: str | None = None
    cursor: str | None = None
    marks: tuple[str, ...] = ()


MOST_VISITS = 20
MOST_MARKS = 1000


class Visit(NamedTuple):
    """A place as it was left, or is looked at now: in which store, how, and when (UTC)."""

    place: Place
    lens: Lens
    store: str | None
    at: datetime


class History:
    """Places in the order of visiting; going somewhere new forgets what lay ahead, as in a browser."""

    def __init__(self, here: Place, most: int = 50) -> None:
        self.here = here
        self._most = most
        self._visited = [here]
        self._at = 0
        self._before: Place | None = None

    def go(self, place: Place) -> Place:
        """Moves to a place; to here is no move."""
        if place != self.here:
            del self._visited[self._at + 1 :]
            self._visited = [*self._visited, place][-self._most :]
            self._move(len(self._visited) - 1)
        return self.here

    def up(self) -> Place | None:
        """To where this place was opened from, or None at a root."""
        return self.go(self.here.parent) if self.here.parent else None

    def walk(self, steps: int) -> Place | None:
        """Back (-1) or forward (1) among the visited, or None at the end."""
        if not 0 <= self._at + steps < len(self._visited):
            return None
        self._move(self._at + steps)
        return self.here

    def toggle(self) -> Place | None:
        """To the place before this one; again comes back."""
        return self.go(self._before) if self._before else None

    def restart(self, root: Place) -> None:
        """Forgets everything: another server or store has other places."""
        self.here, self._visited, self._at, self._before = root, [root], 0, None

    def _move(self, index: int) -> None:
        self._before, self._at, self.here = self.here, index, self._visited[index]


def crumb(place: Place) -> str:
    """A place in a word: its newest object, else its screen."""
    if place.parent is None:
        return PLACES[place.screen].title
    if place.job:
        return f"job {place.job}"
    if place.prefix and place.prefix != place.parent.prefix:
        return f"{place.prefix}…"
    newest = place.item if place.item != place.parent.item else None
    newest = newest or (place.space if place.space != place.parent.space else None)
    newest = newest or (place.snapshot if place.snapshot != place.parent.snapshot else None)
    return newest or PLACES[place.screen].title.lower()
