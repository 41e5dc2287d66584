"""The files that a snapshot leaves in spaces: its properties file, and the zip of its metadata (protocol §8.3)."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from durastore_tui.sandbox.bridge.contents import PROPERTIES_FILE, Page, SnapshotContents
from durastore_tui.sandbox.bridge.records import Snapshot
from durastore_tui.sandbox.world import Store, World

METADATA_SPACE = "x-snapshot-metadata"

LISTED_IN_ZIP = 20
"""The stand-in writes no more of the items into its manifests: those of millions would cost memory for nobody."""

_SPECIAL = re.compile(r"[:=#!\\]|^ ")
_CONTROLS = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f"}


def java_date(moment: float) -> str:
    """Epoch seconds as Java's Date prints them, `Thu Jan 02 03:04:05 UTC 2020`."""
    return datetime.fromtimestamp(moment, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")


def verbose_date(moment: float) -> str:
    """As the properties file has it, `Thu, 2 Jan 2020 03:04:05 UTC`."""
    date = datetime.fromtimestamp(moment, UTC)
    return f"{date:%a}, {date.day} {date:%b %Y %H:%M:%S} UTC"


def java_properties(values: Mapping[str, str], moment: float) -> str:
    """A properties file as Java stores it."""
    lines = [f"#{java_date(moment)}", *(f"{name}={_escaped(value)}" for name, value in values.items())]
    return "\n".join(lines) + "\n"


def java_property(text: str, name: str) -> str | None:
    """One value of a properties file."""
    found = re.search(rf"^\s*{re.escape(name)}\s*[=:]\s*(.*)$", text, re.MULTILINE)
    return None if found is None else re.sub(r"\\(.)", r"\1", found[1].rstrip("\r"))


def properties_of(world: World, store: Store, snapshot: Snapshot) -> str:
    """What `create-snapshot` wrote into the space."""
    values = {
        "duracloud-host": world.profile.host,
        "duracloud-space-id": snapshot.space,
        "duracloud-store-id": store.id,
        "snapshot-id": snapshot.id,
        "snapshot-date": verbose_date(snapshot.date),
        "owner-id": world.profile.account,
        "description": snapshot.description or "",
        "user-email": snapshot.email,
        "member-id": snapshot.member or "",
    }
    return java_properties(values, snapshot.date)


def metadata_zip(world: World, store: Store, snapshot: Snapshot) -> bytes:
    """The zip that lands in the metadata space once the snapshot is preserved."""
    contents = SnapshotContents(world.db, world.clock, world.name, store.id, snapshot)
    items: list[Any] = [contents.item(name) for name in contents.ids(Page(0, LISTED_IN_ZIP, snapshot.items))]
    names = {item["contentId"]: item["contentProperties"]["content-checksum"] for item in items}
    described = [{item["contentId"]: item["contentProperties"]} for item in items]
    files = {
        PROPERTIES_FILE: properties_of(world, store, snapshot),
        "content-properties.json": json.dumps(described, ensure_ascii=False),
        "manifest-md5.txt": "".join(f"{digest}  data/{name}\n" for name, digest in names.items()),
        # of the name: there is no body behind most items
        "manifest-sha256.txt": "".join(f"{sha256(name.encode()).hexdigest()}  data/{name}\n" for name in names),
    }
    packed, dated = io.BytesIO(), datetime.fromtimestamp(snapshot.date, UTC).timetuple()[:6]
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, dated), text)
    return packed.getvalue()


def keep_metadata(world: World, store: Store, snapshot: Snapshot) -> None:
    """Puts the zip into the metadata space, which must exist."""
    contents = world.spaces(store.id).contents(METADATA_SPACE)
    contents.put(f"{snapshot.id}.zip", metadata_zip(world, store, snapshot), "application/zip", {})


def _escaped(value: str) -> str:
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], value)
    return "".join(_CONTROLS.get(character, character) for character in escaped)
