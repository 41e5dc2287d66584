"""Items frozen in Glacier (protocol §7.8)."""

from durastore_tui.core.checks import content_id, space_id
from durastore_tui.core.tasks.model import Body, Param, Role, Settling, StoreType, Task, Tier

THAW = Task(
    name="restore-content",
    title="Thaw an item",
    help="Asks for a readable copy of one frozen item. The server says success even for an item that is not there.",
    section="§7.8",
    stores=frozenset({StoreType.GLACIER}),
    role=Role.ROOT,
    body=Body.PATH,
    params=(
        Param("spaceId", "the space", "masters-audio", check=space_id),
        Param("contentId", "the frozen item", "preservation/OH-0001_pm.wav", check=content_id),
    ),
    success=("{contentId}", "{spaceId}"),
    rejections=(
        r"A path including a space ID and an content ID",
        r"begin 0, end -1, length \d+$",
        r"String index out of range: -1$",
    ),
    tier=Tier.CHANGE,
    answers_within=120,
    settling=Settling(usual=4 * 3600, most=5 * 3600),
    now="{contentId} in {spaceId} is asked for; asking twice is answered by a conflict.",
    later="A copy can be read in 3 to 5 hours and stays for 14 days.",
    undo="Nothing; the copy goes away by itself.",
)

TASKS = (THAW,)
