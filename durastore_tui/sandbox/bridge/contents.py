"""What a snapshot holds, by index: a generated listing with stored items over it, never unrolled (protocol §7.13)."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from hashlib import md5

from durastore_tui.sandbox.bridge.course import DAY
from durastore_tui.sandbox.bridge.records import Snapshot
from durastore_tui.sandbox.clock import Clock, iso
from durastore_tui.sandbox.contents import Contents
from durastore_tui.sandbox.items import MIME_TYPES
from durastore_tui.sandbox.listing import Listing, span
from durastore_tui.sandbox.nasty import NASTY_NAMES
from durastore_tui.sandbox.patterns import pattern_listing
from durastore_tui.sandbox.state import Database
from durastore_tui.sandbox.wire.coercions import hashed
from durastore_tui.sandbox.wire.replies import Json, Written, element_template, escaped

PROPERTIES_FILE = ".collection-snapshot.properties"

_TYPES = {suffix.removeprefix("."): mimetype for suffix, mimetype in MIME_TYPES.items()} | {
    "properties": "text/x-java-properties"
}

NASTY_COPIES = "nasty-copies"
"""A pattern of its own: letters, and among them every nasty name, also those that only JSON can carry."""

FOLDED_UP_TO = 20_000

ONLY_IN_JSON = ("bell\x07.ts", "esc\x1b[31mred.ts", "osc\x1b]52;c;eA==\x07.ts")


def added_names(pattern: str) -> int:
    """How many items a snapshot holds besides the generated ones of its pattern."""
    return 1 + (len(NASTY_NAMES) + len(ONLY_IN_JSON) if pattern == NASTY_COPIES else 0)


def generated_contents(snapshot: Snapshot) -> tuple[str, int]:
    """Pattern and number of the generated items, as a space that is filled from it would have them."""
    return ("nasty", len(NASTY_NAMES)) if snapshot.pattern == NASTY_COPIES else (snapshot.pattern, snapshot.generated)


@dataclass(frozen=True)
class Patched:
    """`base` with `added` ids (sorted, none of them in it) and without the ids at the `removed` indices (sorted)."""

    base: Listing
    added: tuple[str, ...]
    removed: tuple[int, ...] = ()

    @cached_property
    def _places(self) -> list[int]:
        """Where the added ids end up."""
        found = (bisect_left(self.base, one) for one in self.added)
        return [place - bisect_left(self.removed, place) + nth for nth, place in enumerate(found)]

    @cached_property
    def _kept_before(self) -> list[int]:
        return [place - nth for nth, place in enumerate(self.removed)]

    def __len__(self) -> int:
        return len(self.base) + len(self.added) - len(self.removed)

    def __getitem__(self, index: int, /) -> str:
        nth = bisect_left(self._places, index)
        if nth < len(self._places) and self._places[nth] == index:
            return self.added[nth]
        kept = index - nth
        return self.base[kept + bisect_right(self._kept_before, kept)]


@dataclass(frozen=True)
class Page:
    """`number` from 0; of a snapshot under way only the first `transferred` items are there."""

    number: int
    size: int
    transferred: int
    prefix: str | None = None


class SnapshotContents:
    """The items of one snapshot, sorted by id. What was stored over the generated ones lies under the snapshot's id."""

    def __init__(self, db: Database, clock: Clock, world: str, store: str, snapshot: Snapshot) -> None:
        copied = snapshot.pattern == NASTY_COPIES
        pattern = "letters" if copied else snapshot.pattern
        base = pattern_listing(pattern, snapshot.generated)
        self._stored = Contents(db, clock, (world, store, snapshot.id), pattern, snapshot.generated, snapshot.date)
        rows = db.rows(
            "SELECT id, covers, deleted FROM content WHERE (world, store, space) = (?, ?, ?)", world, store, snapshot.id
        )
        self._own = {row["id"] for row in rows if not row["deleted"]}
        added = {row["id"] for row in rows if not row["covers"]} - {PROPERTIES_FILE}
        if snapshot.is_staged:
            added.add(PROPERTIES_FILE)
        if copied:
            added.update(NASTY_NAMES, ONLY_IN_JSON)
        removed = sorted(bisect_left(base, row["id"]) for row in rows if row["deleted"])
        self.listing = Patched(base, tuple(sorted(added)), tuple(removed))
        self._folded: tuple[str, ...] | None = None
        self._modified, self._made = iso(snapshot.date - DAY), iso(snapshot.date - 30 * DAY)

    def ids(self, page: Page) -> list[str]:
        """The ids of one page."""
        wanted = slice(page.number * page.size, (page.number + 1) * page.size)
        if self._folded is not None:
            return [one for one in self._folded if one.startswith(page.prefix or "")][wanted]
        found = span(self.listing, page.prefix)
        return [self.listing[index] for index in range(found.start, min(found.stop, page.transferred))[wanted]]

    def page(self, page: Page) -> list[Json]:
        """The same with properties, as the bridge writes it: a template, filled, for what is generated."""
        template = element_template(self._generated("%s", "%s", "%s", "%s"))
        return [
            self.item(content_id) if content_id in self._own else Written(self._filled(template, content_id))
            for content_id in self.ids(page)
        ]

    def fold(self) -> None:
        """Orders the items as a database would that compares without case; not in snapshots too large to sort."""
        if len(self.listing) <= FOLDED_UP_TO:
            every = [self.listing[index] for index in range(len(self.listing))]
            self._folded = tuple(sorted(every, key=str.casefold))

    def item(self, content_id: str) -> Json:
        """As an entry of a page."""
        if content_id not in self._own:
            return self._generated(content_id, *_invented(content_id))
        item = self._stored.item(content_id)
        described = {
            "content-checksum": item.checksum,
            "content-mimetype": item.mimetype,
            "content-modified": iso(item.modified),
            "content-size": str(item.size),
            "content-type": item.mimetype,
            **item.properties,
        }
        return {"contentId": content_id, "contentProperties": hashed(described)}

    def _filled(self, template: str, content_id: str) -> str:
        name = escaped(content_id)
        return template % (name, *_invented(content_id), name)

    def _generated(self, content_id: str, checksum: str, mimetype: str, size: str) -> Json:
        return {
            "contentId": content_id,
            "contentProperties": {
                "content-checksum": checksum,
                "content-mimetype": mimetype,
                "content-modified": self._modified,
                "content-size": size,
                "content-file-created": self._made,
                "content-file-modified": self._made,
                "content-file-last-accessed": self._modified,
                "content-file-path": "/mnt/accessions/" + content_id,
                "creator": "ana.ruiz",
            },
        }


def _invented(content_id: str) -> tuple[str, str, str]:
    """Checksum, type and size, made from the name: a page must not cost hashing gigabytes."""
    digest = md5(content_id.encode(), usedforsecurity=False).hexdigest()
    mimetype = _TYPES.get(content_id.rpartition(".")[2], "application/octet-stream")
    return digest, mimetype, str(int(digest[:6], 16))
