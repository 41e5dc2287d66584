"""What is done before each picture: the scenes of the tour, and what the tour has no time for."""

from typing import NamedTuple

from durastore_tui.tui.tour.scenes import SCENES
from durastore_tui.tui.tour.steps import Step

SPACES = Step(keys=("1",), sees=("20 spaces",))


class Picture(NamedTuple):
    """`kept` is the stand-in's server as the tour has it: read-only until it is opened."""

    steps: tuple[Step, ...]
    read_only: bool = False
    connected: bool = True


def of_the_tour() -> dict[str, Picture]:
    """Of each step that names one: all that comes before it in its scene, and the scenes that this needs."""
    by_name = {scene.name: scene for scene in SCENES}
    return {
        step.picture: Picture((*before, *scene.steps[: at + 1]), read_only=True)
        for scene in SCENES
        for before in [[step for name in scene.after for step in by_name[name].steps]]
        for at, step in enumerate(scene.steps)
        if step.picture
    }


def _space(name: str, *then: Step) -> Picture:
    """With the cursor on a space."""
    return Picture((SPACES, Step(keys=("/", name, "enter"), sees=(f"/ {name}", f"▌  {name}")), *then))


def _snapshot(name: str, *then: Step) -> Picture:
    """With the cursor on a snapshot of that space, among all of them."""
    return Picture(
        (
            SPACES,
            Step(keys=("4",), sees=("60 snapshots", "512.0 GB")),
            Step(keys=("/", name, "enter"), sees=(f"/ {name}", "1 of 60")),
            Step(keys=("/", "ctrl+u", "enter"), sees=("TB in",)),
            *then,
        )
    )


def _form(origin: str, *sees: str) -> tuple[Step, ...]:
    return (
        Step(keys=("E",), sees=("Who may stream",)),
        Step(keys=("down", "tab", origin, "enter"), sees=sees),
    )


CONTENTS = (
    Step(keys=("enter",), sees=("created",), only="narrow"),
    Step(keys=("enter",), sees=("CONTENT ID", "interview-edith-jones")),
)
SWITCH = (
    Step(keys=("W",), sees=("viewers need signed cookies",)),
    Step(keys=("enter",), sees=("The host changes",)),
)
ANSWERED = "http: answered"
OF_THE_TOUR = of_the_tour()
PICTURES: dict[str, Picture] = {
    **OF_THE_TOUR,
    "home": OF_THE_TOUR["home"]._replace(
        steps=(*OF_THE_TOUR["home"].steps, Step(sees=("RESTORES THAT EXPIRE   read just now",)))
    ),
    "space": _space("oral-histories-hls", Step(keys=("i",), sees=("created",))),
    "contents": _space("oral-histories-hls", *CONTENTS),
    "item": _space("oral-histories-hls", *CONTENTS, Step(keys=("i",), sees=("md5", "rights"))),
    "urls": _space("oral-histories-hls", *CONTENTS, Step(keys=("u",), sees=("https://",))),
    "many-urls": _space(
        "oral-histories-hls",
        Step(keys=("u",), sees=("items",)),
        Step(keys=("ctrl+u", "oh/1962/*playlist.m3u8", "enter"), sees=(" made.",)),
    ),
    "link": _space(
        "lectures-secure",
        Step(keys=("u",), sees=("items",)),
        Step(keys=("ctrl+u", "lectures/2000-fall/BIO-210_lecture-07-playlist.m3u8", "enter"), sees=("Leads on to",)),
        Step(keys=("tab", "tab", "enter"), sees=("token=•••",)),
    ),
    "enable": _space("dance-archive", *_form("library.lakeshore.example", "has no scheme")),
    "switch": _space("campus-events", *SWITCH),
    "jobs": _space(
        "campus-events",
        *SWITCH,
        Step(keys=("tab", "campus-events", "enter", "enter"), sees=("◌ accepted",)),
        Step(keys=("5",), sees=("1 running",)),
        Step(keys=("enter",), only="narrow"),
        Step(sees=("delete sent",)),
    ),
    "streaming": Picture(
        (
            SPACES,
            Step(keys=("2",), sees=("5 of 20 spaces", ANSWERED)),
            Step(keys=("end",), narrow=(ANSWERED, ANSWERED), wide=(ANSWERED, ANSWERED, ANSWERED)),
        )
    ),
    "snapshots": _snapshot("wwii-oh", Step(wide=("of 11,902 items",))),
    "snapshot": _snapshot("oh-batch-2026-04", Step(keys=("i",), sees=("enter contents",))),
    "create": _snapshot(
        "oh-batch-2026-10",
        Step(keys=("N",), sees=("to take a new snapshot of",)),
        Step(keys=("backspace", "1", "enter"), sees=("of 512 characters",)),
        Step(keys=("Oral histories, November",)),
    ),
    "restore": _snapshot("tdh-1-2025", Step(keys=("r",), sees=("RESTORED SPACE", "1000+ items"))),
    "tasks": Picture((SPACES, Step(keys=("6",), sees=("enable-hls",)))),
    "requests": Picture((SPACES, Step(sees=("733,120",)), Step(keys=("7",), sees=("requests", "HEAD")))),
    "command-line": Picture((SPACES, Step(keys=(":",)), Step(keys=("sp",), sees=("spaces",)))),
    "jobs-drawer": _space(
        "dance-archive",
        *_form("https://library.lakeshore.example", "POST /task/enable-hls"),
        Step(keys=("y",), sees=("~ enabling",)),
        Step(keys=("b",), sees=("accepted",)),
    ),
    "requests-drawer": Picture((SPACES, Step(sees=("733,120",)), Step(keys=("v",), sees=("HEAD",)))),
    "copy": _space("oral-histories-hls", Step(keys=("y",), sees=("Copy",))),
    "stores": Picture((SPACES, Step(keys=("#",), sees=("AMAZON_GLACIER", "CHRONOPOLIS")))),
    "connect": Picture((Step(sees=("Password",)),), connected=False),
    "help": Picture((SPACES, Step(sees=("733,120",)), Step(keys=("?",), sees=("Keys in",)))),
}
IN_ANSI = ("home", "spaces", "confirm", "streaming", "snapshots", "jobs")
WITHOUT_COLOUR = ("home", "spaces")
