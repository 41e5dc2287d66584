"""A snapshot of 1,000,000 items into a JSONL file: our export against a bare httpx loop over the same pages.

.venv/bin/python -m tests.benchmarks.export [PAGES]
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import httpx

from durastore_tui.config.profile import Profile
from durastore_tui.services.contents import Page, SnapshotContents
from durastore_tui.services.export import Form, Progress, export
from durastore_tui.services.session import Session
from tests.benchmarks.million import PASSWORD, ROWS, STORE, logged_in, world

BAR = 1.3


class First(SnapshotContents):
    """As if the snapshot had only so many pages."""

    def __init__(self, session: Session, snapshot: str, pages: int) -> None:
        super().__init__(session, snapshot)
        self._pages = pages

    async def page(self, number: int) -> Page:
        page = await super().page(number)
        return Page(page.items, min(self._pages * 1000, ROWS), number + 1 >= self._pages)


async def bare(profile: Profile, snapshot: str, path: Path, pages: int) -> float:
    """Seconds of what a person would write in ten minutes."""
    begun = time.perf_counter()
    async with httpx.AsyncClient(auth=(profile.user, PASSWORD.reveal()), trust_env=False) as client:
        with path.open("w") as file:
            for number in range(pages):
                body = {"snapshotId": snapshot, "pageNumber": number, "pageSize": 1000}
                url = f"{profile.url}/task/get-snapshot-contents?storeID={STORE}"
                reply = await client.post(url, content=json.dumps(body), timeout=60)
                for item in reply.raise_for_status().json()["contentItems"]:
                    file.write(json.dumps(item, ensure_ascii=False) + "\n")
    return time.perf_counter() - begun


async def ours(session: Session, snapshot: str, path: Path, pages: int) -> float:
    """Seconds of the export, with its progress told."""
    begun = time.perf_counter()
    told: list[Progress] = []
    await export(First(session, snapshot, pages), {"snapshot": snapshot}, path, Form.JSONL, told.append)
    assert len(told) == pages
    return time.perf_counter() - begun


async def main() -> int:
    """1 when ours takes longer than the bar allows, or the files differ."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS // 1000
    with tempfile.TemporaryDirectory() as folder, world() as profile:
        async with logged_in(profile) as (session, snapshot):
            files = Path(folder, "ours.jsonl"), Path(folder, "bare.jsonl")
            first = await bare(profile, snapshot, Path(folder, "warm.jsonl"), max(1, pages // 20))
            exported = await ours(session, snapshot, files[0], pages)
            looped = await bare(profile, snapshot, files[1], pages)
        same = files[0].read_bytes() == files[1].read_bytes()
    print(f"warm-up {first:.1f} s; {pages * 1000:,} items: ours {exported:.1f} s, bare {looped:.1f} s")
    print(f"ratio {exported / looped:.2f} (bar {BAR}); the files are {'the same' if same else 'DIFFERENT'}")
    return int(exported > BAR * looped or not same)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
