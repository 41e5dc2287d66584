"""What each place is for, in a sentence or two, for its help."""

from collections.abc import Mapping

from durastore_tui.tui.actions import Scope

WORDS: Mapping[Scope, str] = {
    Scope.ANYWHERE: "What can be done in every place.",
    Scope.HOME: "What needs somebody, and how everything stands; each line leads to the list that it counts.",
    Scope.SPACES: "The spaces of the current store; what is on screen is read first.",
    Scope.SPACE: "One space: its properties, its streaming and how that is known, who may read it.",
    Scope.CONTENTS: "The items of a space, page by page; line 2 says how much of it was read.",
    Scope.ITEM: "One item with its properties, as the server holds it.",
    Scope.STREAMING: "The spaces that stream, and whether their hosts answer.",
    Scope.POLICIES: "The storage policy of each space, as it was last set from here; the server tells none.",
    Scope.JOBS: "What was sent from this machine, and what became of it: late and unknown ones first.",
    Scope.JOB: "One change: its steps, its evidence, its requests, and what to do now.",
    Scope.SNAPSHOTS: "Every snapshot that this login may see, with its standing, and what seems stuck.",
    Scope.SNAPSHOT: "One snapshot: its transfer, its numbers and its last restore.",
    Scope.SNAPSHOT_CONTENTS: "The items that the snapshot holds, page by page.",
    Scope.SNAPSHOT_HISTORY: "What happened to the snapshot, event by event.",
    Scope.RESTORES: "The snapshot's last restore: the space it fills, and when that expires.",
    Scope.REQUESTS: "What went over the wire since the start, newest first; secrets are masked.",
    Scope.TASKS: "Every task of every store: whether this login may run it, and how that is known.",
}
