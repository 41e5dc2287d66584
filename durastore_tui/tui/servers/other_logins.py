"""Jobs of servers that nobody visited in this run: followed with the logins that are at hand, behind the screen."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.config import profile_file
from durastore_tui.config.profile import Environment
from durastore_tui.core.errors import BadInput
from durastore_tui.tui.background import in_background
from durastore_tui.tui.messages import UNAUTHORIZED, LoginRefused

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request
    from durastore_tui.services.jobs.logins import Logins
    from durastore_tui.tui.context import AppContext


def follow_others(app: AppContext, logins: Logins) -> None:
    """Begins to follow the open jobs of the other profiles of the file; whoever plays with the demo means none."""
    if app.profile and app.profile.environment is Environment.DEMO:
        return
    in_background(app, partial(_follow, app, logins), "other logins", "follow all jobs")


async def _follow(app: AppContext, logins: Logins) -> None:
    from durastore_tui.tui.services import follow_others

    wanted = {job.profile for job in app.jobs if job.open and not logins.known(job.profile)} - app.sought_logins
    if not wanted:
        return
    app.sought_logins |= wanted

    def asked(profile: str, request: Request) -> None:
        if request.status == UNAUTHORIZED:
            app.post_message(LoginRefused(profile))

    try:
        held = await asyncio.to_thread(profile_file.read)
        trouble = await follow_others(logins, held, os.environ, wanted, asked)
    except BadInput as wrong:
        trouble = [wrong.sentence]
    if trouble:
        app.add_note(f"Jobs of some servers are not followed from here. {' '.join(trouble)}", "warning")
