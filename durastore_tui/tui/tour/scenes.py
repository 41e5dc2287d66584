"""The nine scenes of the walkthrough; each can be played alone after those that it names."""

from durastore_tui.core.tasks import hls, policy
from durastore_tui.tui.tour.steps import Cue, Scene, Step

ORIGIN = "https://library.lakeshore.example"


def _only(space: str) -> tuple[Step, ...]:
    """The list of spaces with that one alone."""
    return (
        Step(keys=("1",), sees=("Spaces", "20 spaces")),
        Step(keys=("/",), sees=("keeps the rows",)),
        Step(keys=("ctrl+u", space, "enter"), sees=(f"/ {space}", f"▌  {space}")),
    )


HOME = Scene(
    "home",
    "Home",
    (
        Step(
            "Home: first what needs somebody, then how everything stands. It is made of what was read before, each "
            "with its age.",
            ("0",),
            ("RESTORES THAT EXPIRE", "expires in", "STUCK SNAPSHOTS", "wlsu-reels-1971"),
            wide=("TB", "complete"),
            picture="home",
        ),
        Step(
            "Each line is a link: to the list that it counts, or to the thing that it names.",
            ("down", "enter"),
            ("wlsu-reels",),
        ),
        Step("0 leads back home, from anywhere.", ("0",), ("STUCK SNAPSHOTS",)),
    ),
)

SPACES = Scene(
    "spaces",
    "Spaces",
    (
        Step(
            "All spaces of the store. The names are there at once; what each one holds is read for the rows that you "
            "see first.",
            ("1",),
            ("20 spaces", "6.1 TB", "◎ SECURE"),
            picture="spaces",
        ),
        Step("/ keeps the rows with a text in them. Nothing is asked of the server for that.", ("/",), ("keeps",)),
        Step(keys=("ctrl+u", "archive", "enter"), sees=("/ archive", "web-archives")),
        Step(keys=("/",), sees=("keeps",)),
        Step(keys=("ctrl+u", "enter"), sees=("20 spaces", "maps-and-plans")),
        Step(
            "Now the line to the server is cut, and ctrl+r asks again. What was read before stays, dimmed, with its "
            "age.",
            ("ctrl+r",),
            ("no answer", "dance-archive"),
            cue=Cue.UNPLUG,
        ),
        Step(
            "The line is back. Asking again is enough; cursor, filter and marks are where they were.",
            ("ctrl+r",),
            ("dance-archive",),
            wide=("connected",),
            cue=Cue.PLUG_IN,
        ),
    ),
)

ENABLE = Scene(
    "enable",
    "Enable streaming",
    (
        Step("dance-archive does not stream yet. E would enable it.", (), ()),
        *_only("dance-archive"),
        Step(
            "This server is read-only, as every PROD server is to begin with. Capitals change the server: E is dimmed, "
            "and says why.",
            ("E",),
            ("read-only",),
        ),
        Step("Nothing was asked of the server. esc puts the answer away.", ("escape",)),
        Step(":rw opens it for a time that line 1 counts down. On PROD you would have to type its name.", (":",)),
        Step(keys=("rw 8h", "enter"), sees=("Open for changes",)),
        Step("It asks, as everything does that changes what can happen. y is yes.", ("y",), ("WRITE",)),
        Step("Now E asks who may stream: anybody, or only who has signed cookies.", ("E",), ("Who may stream",)),
        Step(keys=("down", "tab", ORIGIN), sees=(ORIGIN,)),
        Step(
            "What happens now, what comes later, what undoes it, and the request to the letter. Nothing was sent yet.",
            ("enter",),
            (f"POST /task/{hls.ENABLE.name}",),
            picture="confirm",
        ),
        Step("c copies it as a curl line, without the password.", ("c",), ("curl",)),
        Step("y sends it. Once: a change is never sent again by itself.", ("y",), ("~ enabling",), picture="accepted"),
        Step(
            "The server said yes within a second; the stream comes up in about 15 minutes, here in 20 seconds. "
            "Line 3 counts; you can go on.",
        ),
    ),
)

SNAPSHOT = Scene(
    "snapshot",
    "A large snapshot",
    (
        Step(
            "Snapshots, wherever they are kept: status, age, items, size; what seems stuck says so.",
            ("4",),
            ("60 snapshots",),
        ),
        Step(keys=("/",), sees=("keeps",)),
        Step(keys=("ctrl+u", "newspapers", "enter"), sees=("/ newspapers", "1 of 60")),
        Step(keys=("enter",), sees=("enter contents",)),
        Step("Its 184,233 items open on the first page.", ("enter",), ("184,233 items",)),
        Step("g goes to a row by its number: only the page around it is asked for.", ("g",), ("row",)),
        Step(keys=("73996", "enter"), sees=("73,996",)),
        Step(
            "g with the beginning of a name halves over the pages until it is found: a few reads instead of 185.",
            ("g",),
            ("row",),
        ),
        Step(keys=("lakeshore-herald/issue-005000", "enter"), sees=("80,002",), picture="snapshot-contents"),
        Step("v shows the requests that it took, and how long each one was.", ("v",), ("t-contents",)),
        Step("v puts them away again, and esc goes back to the snapshot.", ("v", "escape"), ("enter contents",)),
        Step("t is its history, as far back as the bridge tells.", ("t",), ("SNAPSHOT_",), picture="history"),
    ),
)

URL = Scene(
    "url",
    "A stream URL",
    (
        Step("The stream that you enabled before. It is confirmed only when its host has answered."),
        *_only("dance-archive"),
        Step(sees=("● SECURE",)),
        Step("u makes the URL of one item, of marked ones, or of all that fit a pattern.", ("u",), ("items",)),
        Step(keys=("ctrl+u", "*playlist.m3u8", "enter"), sees=("Only for viewers from",)),
        Step("A SECURE stream wants cookies. This link sets them and leads on: for 8 hours, from your addresses only."),
        Step(keys=("tab", "tab", "192.0.2.0/24", "enter"), sees=("token=•••",)),
        Step("y copies them, also over SSH: it goes to the clipboard of your own terminal.", ("y",), ("sent to",)),
        Step("z shows it as a QR code, for a phone.", ("z",), ("esc closes",)),
        Step("esc closes the code, and again the list of URLs.", ("escape", "escape"), ("● SECURE",)),
    ),
    after=("enable",),
)

POLICY = Scene(
    "policy",
    "A storage policy",
    (
        Step(
            "No server tells which storage policy is in force: this shows what was last set from here.",
            ("3",),
            ("LAST SET FROM HERE",),
        ),
        Step(keys=("/",), sees=("keeps",)),
        Step(keys=("ctrl+u", "campus-events", "enter"), sees=("/ campus-events", "▌  campus-events")),
        Step(
            "P sets one. A frozen class would warn here, for this space streams.", ("P",), ("Set the storage policy",)
        ),
        Step(keys=("tab", "ctrl+u", "45", "enter"), sees=(f"/task/{policy.SET.name}",)),
        Step(
            "A new policy removes every other rule of the space, and nothing reads one back: its name is to be typed.",
            ("tab", "campus-events"),
            ("campus-events",),
        ),
        Step(keys=("enter", "enter"), sees=("◎ STANDARD_IA 45",), picture="policies"),
    ),
    after=("enable",),
)

DELETE = Scene(
    "delete",
    "Delete a distribution",
    (
        Step("campus-events streams. X deletes its distribution for good, and every link that was handed out dies."),
        *_only("campus-events"),
        Step(
            "The sheet wants the name typed. What is not the name leaves the button off.",
            ("X",),
            (f"POST /task/{hls.DELETE.name}",),
        ),
        Step(keys=("tab", "campus-evnets", "enter"), sees=("campus-evnets",), picture="delete"),
        Step("So it must be right.", ("ctrl+u", "campus-events", "enter", "enter"), ("~ deleting",)),
        Step(
            "A delete takes a while. Meanwhile E is refused here, before the server would refuse it; l opens the job.",
            ("E",),
            ("delete of campus-events",),
        ),
    ),
    after=("enable",),
)

HEADLESS = Scene(
    "headless",
    "Without the screen",
    (
        Step(
            "Whatever the screen does can be had in a script. Take the snapshot of before, and the items of one page.",
            ("4",),
            ("60 snapshots",),
        ),
        Step(keys=("/",), sees=("keeps",)),
        Step(keys=("ctrl+u", "newspapers", "enter"), sees=("/ newspapers", "1 of 60")),
        Step(keys=("enter",), sees=("enter contents",)),
        Step(
            "Data goes to stdout, a row a line, with the server's own names.",
            sees=("exit code",),
            cue=Cue.COMMAND,
            command=(
                "snapshots",
                "contents",
                "{snapshot}",
                "--prefix",
                "lakeshore-herald/issue-005000/page-01",
                "-o",
                "jsonl",
            ),
        ),
        Step("Exit code 0: done. esc goes back.", ("escape",), ("enter contents",)),
        Step(
            "Everything else goes to stderr in a line, and the exit code says what kind of end it was.",
            sees=("exit code",),
            cue=Cue.COMMAND,
            command=("snapshots", "show", "lakeshore_53_no-such-one"),
        ),
        Step("Exit code 5: not found. esc goes back.", ("escape",), ("enter contents",)),
    ),
)

QUIT = Scene(
    "quit",
    "Leave and come back",
    (
        Step("You are somewhere, with a filter, and jobs are under way.", ("1",), ("20 spaces",)),
        Step(keys=("/",), sees=("keeps",)),
        Step(keys=("ctrl+u", "archive", "enter"), sees=("/ archive",)),
        Step("q leaves. Jobs are in the journal; whoever starts next goes on with them.", ("q",), leaves=True),
        Step("Started again: the same place, the same filter, and the jobs.", sees=("/ archive",)),
    ),
    after=("enable",),
)

SCENES = (HOME, SPACES, ENABLE, SNAPSHOT, URL, POLICY, DELETE, HEADLESS, QUIT)
