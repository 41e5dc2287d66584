"""Every kind of write, as a command."""

from dataclasses import dataclass

EMAIL = ("--email", "ana.ruiz@lakeshore.example")
POLICY = ("--class", "STANDARD_IA", "--days", "30")


@dataclass(frozen=True)
class Write:
    """A command whose ID stands for the snapshot of `space`, and the task that it runs.

    `kind` is that of its job. `is_known` says whether this program knows the answers of the task.
    """

    name: str
    task: str
    kind: str
    space: str
    words: tuple[str, ...]
    confirm: str = ""
    world: str = "lakeshore"
    is_known: bool = True

    @property
    def command(self) -> tuple[str, ...]:
        subject = self.confirm or ("ID" if "ID" in self.words else self.space)
        return (*self.words, "--confirm", subject)


WRITES = (
    Write("enable", "enable-hls", "enable", "dance-archive", ("streaming", "enable", "dance-archive")),
    Write("disable", "disable-hls", "disable", "campus-events", ("streaming", "disable", "campus-events")),
    Write("delete", "delete-hls", "delete", "campus-events", ("streaming", "delete", "campus-events")),
    Write(
        "switch", "delete-hls", "switch", "campus-events", ("streaming", "switch", "campus-events", "--to", "SECURE")
    ),
    Write(
        "enable rtmp",
        "enable-streaming",
        "enable",
        "yearbooks",
        ("streaming", "enable", "yearbooks", "--rtmp"),
        world="cedarfork",
    ),
    Write("policy", "set-storage-policy", "policy", "dance-archive", ("policies", "set", "dance-archive", *POLICY)),
    Write(
        "retrieval",
        "restore-content",
        "retrieval",
        "masters-audio",
        ("glacier", "restore", "masters-audio", "preservation/OH-0100_pm.wav"),
    ),
    Write(
        "create",
        "create-snapshot",
        "snapshot",
        "oh-batch-2026-11",
        ("snapshots", "create", "oh-batch-2026-11", "--description", "Lot 11", *EMAIL),
    ),
    Write("restart", "restart-snapshot", "snapshot", "film-reel-9", ("snapshots", "restart", "ID")),
    Write("cleanup", "cleanup-snapshot", "task", "maps-batch-7", ("snapshots", "cleanup", "maps-batch-7")),
    Write(
        "complete", "complete-snapshot", "task", "maps-batch-7", ("snapshots", "complete", "maps-batch-7", "--force")
    ),
    Write(
        "complete-cancel",
        "complete-cancel-snapshot",
        "task",
        "film-reel-9",
        ("snapshots", "complete-cancel", "film-reel-9", "--force"),
    ),
    Write("request", "request-restore-snapshot", "task", "newspapers-1918", ("restores", "request", "ID", *EMAIL)),
    Write("restore", "restore-snapshot", "restore", "newspapers-1918", ("restores", "start", "ID", *EMAIL)),
    Write(
        "complete restore",
        "complete-restore",
        "task",
        "staging-empty",
        ("restores", "complete", "staging-empty", "--days", "3", "--force"),
    ),
    Write(
        "known task",
        "disable-hls",
        "disable",
        "campus-events",
        ("tasks", "run", "disable-hls", "-p", "spaceId=campus-events"),
    ),
    Write(
        "unknown task",
        "defrag-space",
        "task",
        "dance-archive",
        ("tasks", "run", "defrag-space", '{"spaceId": "dance-archive"}'),
        confirm="defrag-space",
        is_known=False,
    ),
)
