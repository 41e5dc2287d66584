"""The two ways to stream: which tasks they have, and where the space shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.tasks.model import Task


@dataclass(frozen=True, slots=True)
class Family:
    """`shown` reads host and type out of a space's properties, None when they are not there; `answers` says whether
    its hosts can be asked from outside."""

    enable: Task
    disable: Task
    delete: Task
    shown: Callable[[SpaceProperties], tuple[str | None, str | None]]
    answers: bool


FAMILIES: Mapping[str, Family] = {
    "HLS": Family(hls.ENABLE, hls.DISABLE, hls.DELETE, lambda space: (space.hls_host, space.hls_type), True),
    "RTMP": Family(rtmp.ENABLE, rtmp.DISABLE, rtmp.DELETE, lambda space: (space.rtmp_host, space.rtmp_type), False),
}
