"""What goes on behind the scenes of the tour: the stand-in's own controls, and commands as a child runs them."""

import asyncio
import json
import os
import shlex
import sys
from collections.abc import Sequence
from urllib.request import ProxyHandler, Request, build_opener

from durastore_tui.config.profile import Profile
from durastore_tui.sandbox.roles import USERS
from durastore_tui.tui.tour.player import Ran

CUT = "cut-before"
MOST_LINES = 12


class StandInStage:
    """A stand-in's world, as somebody whose password is no secret; it is met when it answers."""

    def __init__(self) -> None:
        self._origin = ""
        self._login: dict[str, str] = {}

    def meet(self, profile: Profile) -> None:
        """Where it is, and as whom commands are run."""
        self._origin = profile.url.removesuffix("/durastore")
        self._login = {
            "DURASTORE_URL": profile.url,
            "DURASTORE_USER": profile.user,
            "DURASTORE_PASSWORD": USERS[profile.user][0],
            "DURASTORE_CA_FILE": str(profile.ca_file),
        }

    async def unplug(self, unplugged: bool) -> None:
        """By a fault of the stand-in's, which no other server has."""
        await asyncio.to_thread(self._fault, CUT, unplugged)

    async def command(self, words: Sequence[str]) -> Ran:
        """Its output, cut after a few lines as `head` does."""
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "durastore_tui", *words),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, **self._login},
        )
        said, _ = await child.communicate()
        lines = said.decode(errors="replace").splitlines()
        more = [f"… {len(lines) - MOST_LINES:,} more lines"] if len(lines) > MOST_LINES else []
        return Ran(shlex.join(("durastore-tui", *words)), (*lines[:MOST_LINES], *more), child.returncode or 0)

    def _fault(self, name: str, on: bool) -> None:
        body = json.dumps({"name": name, "on": on}).encode()
        as_json = {"Content-Type": "application/json"}
        request = Request(f"{self._origin}/sandbox/faults", body, as_json)  # noqa: S310  # loopback
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            answer.read()
