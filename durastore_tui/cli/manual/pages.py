"""The pages of the manual: what is told of each command beside its options. Every example runs on the stand-in."""

from collections.abc import Mapping
from typing import NamedTuple

from durastore_tui.core.tasks import hls
from durastore_tui.core.tasks.noop import NOOP

ENVIRONMENT = (
    ("DURASTORE_URL", "The server, where no --url says so; as in https://host/durastore."),
    ("DURASTORE_USER", "The login."),
    ("DURASTORE_PASSWORD", "Its password; better: password_command in a profile, or the keyring."),
    ("DURASTORE_PROFILE", "The profile, where neither --profile nor a server is named."),
    ("DURASTORE_CA_FILE", "Own authority for TLS."),
    ("DURACLOUD_HOST, _PORT, _USER, _PASSWORD", "The names of other tools; they count after ours."),
    ("DURASTORE_ASCII", "1 draws with ASCII alone."),
    ("NO_COLOR", "No colours."),
)
FILES = (
    ("~/.config/durastore-tui/profiles.toml", "Servers by name; see profiles --help."),
    ("~/.local/state/durastore-tui/", "jobs.sqlite3 (journal), requests.jsonl (redacted), demo data."),
    ("on macOS", "Both in ~/Library/Application Support/durastore-tui/."),
)
ARGUMENTS: Mapping[str, str] = {
    "SPACE": "Id of a space: 3 to 42 of a-z, 0-9, dot and dash.",
    "SPACE...|-": "Ids of spaces; - reads them from standard input, one a line.",
    "ID...|-": "Ids of content items, exactly as listed; - reads them from standard input, one a line.",
    "spaces ID": "Id of a content item, exactly as listed.",
    "snapshots ID": "Id of a snapshot, out of `snapshots list`.",
    "restores ID": "Id of a snapshot, out of `snapshots list`.",
    "jobs ID": "Id of a job, out of `jobs list`.",
    "tasks NAME": "Name of a task, out of `tasks list`; an unknown one is dangerous.",
    "BODY": "What is sent, as it is; - reads it from standard input.",
    "profiles NAME": "Name of the profile: letters, digits, dash and underscore.",
    "SHELL": "bash, zsh or fish.",
    "COMMAND...": "The words of a command.",
}
REEL = "ID=$(durastore-tui snapshots list -o csv | cut -d, -f1 | grep reel-9)\n"
COPIES = "ID=$(durastore-tui snapshots list -o csv | cut -d, -f1 | grep musee)\n"
JOB = "ID=$(durastore-tui jobs list -o csv | sed -n 2s/,.*//p)\n"
RUN = "durastore-tui "
MANY = "Every row is printed, also of what failed; the exit code is 1 when only some failed."
OPERATOR = "For operators. It destroys what the bridge would have destroyed by itself."


class Page(NamedTuple):
    """What the manual says about a command, beyond its first sentence and its options.

    `examples` are shell lines, each with what it does; `see` names related commands; `asks` is whether the command
    asks a server; `waits` is whether it can wait for a job.
    """

    more: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    see: tuple[str, ...] = ()
    asks: bool = True
    waits: bool = False


PAGES: Mapping[str, Page] = {
    "": Page(
        "Without a command the terminal UI opens. Data goes to standard output, everything else to standard error;"
        " -o json keeps the server's own names and values. Global options stand before or after the command. Writes"
        " want --yes, or --confirm NAME where they can do harm, or the same typed at a terminal; --curl shows what"
        " would be sent.",
        (
            (RUN + "spaces list", "All spaces."),
            (RUN + "streaming urls campus-events --match '*.m3u8'", "The stream URLs of all playlists of a space."),
        ),
    ),
    "stores": Page("An account has one or more; ids and types differ from server to server.", see=("stores list",)),
    "stores list": Page(
        "Fields: id, type, primary. --store takes one of these ids.",
        (
            (RUN + "stores list", "Ids, types, and which is the primary one."),
            (RUN + "stores list --json", "The same as an array."),
        ),
        ("spaces list", "tasks list"),
    ),
    "stores usage": Page(
        "Fields: day (UTC), byteCount, objectCount; of one day also spaceId, one row a space. The server counts once a"
        " night, so that today is not there; for administrators.",
        (
            (RUN + "stores usage -o csv > usage.csv", "Two years, for a spreadsheet."),
            ('durastore-tui stores usage --day "$(date -ud yesterday +%F)"', "Each space last night."),
        ),
        ("spaces usage", "stores list"),
    ),
    "spaces": Page("A space holds content items.", see=("streaming", "snapshots create")),
    "spaces list": Page(
        "Fields: spaceId; with --properties also properties (an object) and error.",
        (
            (RUN + "spaces list", "Ids, one a line."),
            (RUN + "spaces list --properties -o jsonl", "With everything that the server says of each."),
            (RUN + "--store 52 spaces list", "Those of another store."),
        ),
        ("spaces show", "stores list"),
    ),
    "spaces show": Page(
        "The names are the server's: space-count stops at 1000+, times have no zone and are UTC.",
        (
            (RUN + "spaces show campus-events", "All properties."),
            (RUN + "spaces show campus-events --json", "As an object."),
        ),
        ("spaces acl", "streaming show"),
    ),
    "spaces acl": Page(
        "Groups begin with group-; administrators may do everything without being named.",
        (
            (RUN + "spaces acl campus-events", "Who may read or write."),
            (RUN + "spaces acl dance-archive --json", "As an object."),
        ),
        ("spaces show",),
    ),
    "spaces item": Page(
        "content-size is in bytes, content-checksum an MD5 in hex, content-modified the server's time.",
        (
            (RUN + "spaces item campus-events \\\n  events/event-001/recording-a160k.m3u8", "Everything of one item."),
            (RUN + "--json spaces item nasty-names '<b>bold</b>.html'", "As an object; an odd name in quotes."),
        ),
        ("spaces contents", "streaming urls"),
    ),
    "spaces usage": Page(
        "Fields: day (the first of the month, UTC), byteCount, objectCount. For administrators.",
        (
            (RUN + "spaces usage campus-events", "How it grew."),
            (RUN + "spaces usage campus-events --json", "As an array."),
        ),
        ("stores usage",),
    ),
    "spaces contents": Page(
        "Field: contentId. Ids come in byte order, page by page, as they are read.",
        (
            (RUN + "spaces contents oral-histories-hls --prefix oh/1974/ --limit 5", "What begins with a text."),
            (RUN + "spaces contents campus-events | wc -l", "How many lines (a header, and one an item)."),
            (RUN + "spaces contents campus-events -o jsonl", "Ids exactly, whatever is in them."),
        ),
        ("spaces item",),
    ),
    "streaming": Page(
        "HLS through CloudFront, or RTMP (--rtmp) on old servers. The server says when a change is accepted, and never"
        " when it is done; the streaming host itself is asked, which is the evidence.",
        see=("streaming list", "streaming enable", "jobs watch"),
    ),
    "streaming list": Page(
        "Fields: spaceId, family, type, host, evidence (list of at, step, result), job. Asks for the properties of"
        " every space, and every HLS host.",
        (
            (RUN + "streaming list", "What streams, and what each host answered."),
            (RUN + "streaming list -o csv", "For a spreadsheet."),
        ),
        ("streaming show",),
    ),
    "streaming show": Page(
        "Fields: spaceId, family, type, host, evidence (list of at, step, result), job.",
        (
            (RUN + "streaming show campus-events", "Type, host, and what the edge answers now."),
            (RUN + "streaming show legacy-rtmp-leftover --rtmp --json", "The old family, of which no host is asked."),
        ),
        ("streaming list", "jobs watch"),
    ),
    "streaming enable": Page(
        "The job that it starts is accepted at once, and seen when the streaming host answers: usually after minutes."
        " The type of a space that streams already is changed by `streaming switch`.",
        (
            (RUN + "streaming enable dance-archive --curl", "Look at the request, send nothing."),
            (
                RUN + "streaming enable dance-archive --secure --yes \\\n  --origin https://library.lakeshore.example",
                "Viewers need cookies, and one site may play.",
            ),
            (RUN + "streaming enable maps-and-plans --yes --wait", "Wait until the host answers."),
        ),
        ("streaming show", "streaming urls", "jobs watch"),
    ),
    "streaming disable": Page(
        "Host and distribution stay, so that enabling brings back the same URLs; the edge plays what it has cached for"
        " up to 24 hours.",
        (
            (RUN + "streaming disable campus-events --curl", "Look at the request, send nothing."),
            (RUN + "streaming disable campus-events --yes", "Send it."),
        ),
        ("streaming enable", "streaming delete"),
    ),
    "streaming delete": Page(
        "Every URL that was handed out dies with the host; `jobs dead-links` lists them.",
        (
            (RUN + "streaming delete campus-events --curl", "Look at the request, send nothing."),
            (RUN + "streaming delete campus-events --confirm campus-events", "Send it."),
        ),
        ("streaming switch", "jobs dead-links"),
    ),
    "streaming switch": Page(
        "A distribution's type can't be changed: the old one is deleted, and once the server lets go of it the new one"
        " is made, tried after 5, 10 and 20 s and then every 30 s. The host changes, and every URL with it. The job is"
        " in the journal; after a crash `jobs watch` goes on with it.",
        (
            (RUN + "streaming switch campus-events --to SECURE --curl", "Both requests."),
            (RUN + "streaming switch campus-events --to SECURE \\\n  --confirm campus-events", "Begin."),
        ),
        ("jobs watch", "jobs dead-links"),
    ),
    "streaming urls": Page(
        f"Fields: spaceId, contentId, url, error. Percent-encoded, once. -o m3u is a playlist, -o txt the URLs alone."
        f" Items that are named are looked for first. {MANY}",
        (
            (RUN + "streaming urls oral-histories-hls -o m3u \\\n  --match '*playlist.m3u8'", "All playlists, as one."),
            (RUN + "streaming urls campus-events \\\n  events/event-001/recording-a160k.m3u8", "One."),
            (
                "echo events/event-001/recording-a160k.m3u8 |\n  durastore-tui streaming urls campus-events - -o csv",
                "Those of a list.",
            ),
        ),
        ("streaming cookies-url", "spaces contents"),
    ),
    "streaming cookies-url": Page(
        "For a SECURE space: the link sets the cookies and leads on to the page that plays. Whoever has it can stream"
        " until it expires.",
        (
            (
                RUN
                + "streaming cookies-url lectures-secure \\\n  --redirect https://library.lakeshore.example/lectures",
                "Good for 480 minutes.",
            ),
            (
                RUN + "streaming cookies-url lectures-secure \\\n  --minutes 60 --ip 203.0.113.0/24 \\\n"
                "  --redirect https://library.lakeshore.example/lectures",
                "An hour, and only for the campus.",
            ),
        ),
        ("streaming urls",),
    ),
    "policies": Page(
        "A policy moves items to a cheaper storage class as they age. Nothing reads one back from the server.",
        see=("policies set", "policies list"),
    ),
    "policies set": Page(
        "Fields: spaceId, storageClass, daysToTransition, at (UTC), result, error. Other rules that AWS keeps for the"
        f" space are deleted. Several spaces are confirmed by their number. {MANY}",
        (
            (
                RUN + "policies set campus-events dance-archive \\\n  --class STANDARD_IA --days 45 --dry-run",
                "What would be sent.",
            ),
            (
                RUN + "policies set dance-archive --class STANDARD_IA --days 45 \\\n  --confirm dance-archive",
                "One space.",
            ),
            (
                "printf 'campus-events\\ndance-archive\\n' | durastore-tui policies set - \\\n"
                "  --class GLACIER_IR --days 90 --confirm 2",
                "A list.",
            ),
        ),
        ("policies list", "glacier restore"),
    ),
    "policies list": Page(
        "Fields: spaceId, storageClass, daysToTransition, at (UTC), result, error. Not what is in force: somebody else"
        " may have set another one since.",
        ((RUN + "policies list", "Space by space."), (RUN + "policies list --json", "As an array.")),
        ("policies set",),
        asks=False,
    ),
    "snapshots": Page(
        "A snapshot copies a space to preservation storage, over days or weeks. The commands take the only store that"
        " has snapshots, unless --store names one.",
        see=("snapshots list", "restores", "jobs watch"),
    ),
    "snapshots list": Page(
        "Fields: snapshotId, status, sourceSpaceId, sourceStoreId, description.",
        (
            (RUN + "snapshots list", "All."),
            (RUN + "snapshots list -o jsonl | grep -v SNAPSHOT_COMPLETE", "Those that are not complete."),
        ),
        ("snapshots show", "snapshots totals"),
    ),
    "snapshots totals": Page(
        "totalSize is in bytes.",
        (
            (RUN + "snapshots totals", "Of what is complete."),
            (RUN + "snapshots totals --status ERROR --json", "Of another status."),
        ),
        ("snapshots list",),
    ),
    "snapshots show": Page(
        "Times are milliseconds since 1970, as the server has them.",
        ((REEL + 'durastore-tui snapshots show "$ID"', "One, by its id."),),
        ("snapshots history", "snapshots contents"),
    ),
    "snapshots contents": Page(
        "Fields: contentId, contentProperties. --all reads page after page, a million items too.",
        (
            (COPIES + 'durastore-tui snapshots contents "$ID" --page 0 --size 5', "Five rows."),
            (COPIES + 'durastore-tui snapshots contents "$ID" --all -o csv > items.csv', "Everything, into a file."),
        ),
        ("snapshots show", "snapshots history"),
    ),
    "snapshots history": Page(
        "Fields: historyDate (milliseconds since 1970), history.",
        (
            (REEL + 'durastore-tui snapshots history "$ID"', "What happened to it."),
            (COPIES + 'durastore-tui snapshots history "$ID" --all -o jsonl', "Every event."),
        ),
        ("snapshots show",),
    ),
    "snapshots follow": Page(
        "What somebody else began is taken into the journal of this machine as a job: the snapshot's own transfer, or,"
        " of a complete one, its last restore. Nothing is sent.",
        (
            (
                "ID=$(durastore-tui snapshots list -o csv | cut -d, -f1 | grep wwii)\ndurastore-tui snapshots follow"
                ' "$ID"',
                "Follow it from now on.",
            ),
        ),
        ("jobs watch", "jobs list"),
    ),
    "snapshots create": Page(
        "The space can't be written while its snapshot is taken, and its items are deleted afterwards. What the server"
        " would refuse is looked at first. Confirmed by the id of the space.",
        (
            (
                RUN + "snapshots create oh-batch-2026-11 --curl \\\n"
                "  --description 'Oral histories, batch 11' --email ana@lakeshore.example",
                "Look at the request.",
            ),
            (
                RUN + "snapshots create oh-batch-2026-11 --confirm oh-batch-2026-11 \\\n"
                "  --description 'Oral histories, batch 11' --email ana@lakeshore.example",
                "Take it.",
            ),
        ),
        ("snapshots show", "jobs watch"),
    ),
    "snapshots restart": Page(
        "Only what is FAILED_TO_TRANSFER_FROM_DURACLOUD can be restarted.",
        ((REEL + 'durastore-tui snapshots restart "$ID" --yes', "Begin its transfer again."),),
        ("snapshots show", "jobs watch"),
    ),
    "snapshots cleanup": Page(
        OPERATOR + " The items of the space are deleted.",
        ((RUN + "snapshots cleanup oh-batch-2026-10 --curl", "Look at the request, send nothing."),),
        ("snapshots complete",),
    ),
    "snapshots complete": Page(
        OPERATOR + " The space is let go.",
        ((RUN + "snapshots complete oh-batch-2026-10 --curl", "Look at the request, send nothing."),),
        ("snapshots cleanup",),
    ),
    "snapshots complete-cancel": Page(
        OPERATOR + " The bridge is not asked whether it has cancelled.",
        ((RUN + "snapshots complete-cancel oh-batch-2026-10 --curl", "Look at the request, send nothing."),),
        ("snapshots restart",),
    ),
    "restores": Page(
        "A restore brings a snapshot back into a new space, which expires.", see=("restores show", "snapshots list")
    ),
    "restores show": Page(
        "Takes the ID of a snapshot or of a restore, and says on standard error which one it is. Times are milliseconds"
        " since 1970.",
        (
            (
                "ID=$(durastore-tui snapshots list -o csv | cut -d, -f1 | grep tdh-1-2025)\n"
                'durastore-tui restores show "$ID"',
                "Show the last restore of a snapshot.",
            ),
        ),
        ("snapshots show", "restores start"),
    ),
    "restores request": Page(
        "Nothing is started: a mail goes to the operators, whatever the snapshot's status.",
        ((COPIES + 'durastore-tui restores request "$ID" --email ana@lakeshore.example --yes', "Ask for one."),),
        ("restores show", "restores start"),
    ),
    "restores start": Page(
        "Wants the role ROOT. The name of the new space is told before it is sent. Confirmed by the id of the"
        " snapshot.",
        (
            (COPIES + 'durastore-tui restores start "$ID" --email ana@lakeshore.example --curl', "Look at it first."),
            (
                "ID=$(durastore-tui snapshots list -o csv | cut -d, -f1 | grep theses)\n"
                'durastore-tui restores start "$ID" --email ana@lakeshore.example \\\n  --confirm "$ID"',
                "Start it.",
            ),
        ),
        ("restores show", "jobs watch"),
    ),
    "restores complete": Page(
        OPERATOR + " Every item of the restored space is deleted when the days are over.",
        ((RUN + "restores complete tdh-1-2025-2025-10-20-11-16-12 \\\n  --days 14 --curl", "Look at the request."),),
        ("restores show",),
    ),
    "glacier": Page("Frozen items can't be read before a copy was asked for.", see=("glacier restore", "policies")),
    "glacier restore": Page(
        "Fields: spaceId, contentId, state, result, error. A copy comes after 3 to 5 hours, usually, and stays about 14"
        f" days. Several items are confirmed by their number. {MANY}",
        (
            (RUN + "glacier restore masters-audio --yes \\\n  preservation/OH-0100_pm.wav", "One item."),
            (
                RUN + "--store 52 spaces contents masters-audio \\\n  --prefix preservation/OH-02"
                " --limit 3 -o csv | sed 1d |\n  durastore-tui glacier restore masters-audio - --confirm 3",
                "A list.",
            ),
        ),
        ("jobs watch", "spaces contents"),
    ),
    "tasks": Page("Everything that this program changes is a task of a store.", see=("tasks list", "tasks run")),
    "tasks list": Page(
        "Fields: name, offered, leastRole, risk (look, change, danger, unknown), body, why. The server does not report"
        " a user's role. This program infers it from 403 responses.",
        (
            (RUN + "tasks list", "Offered ones first, then known ones, with the reason."),
            (RUN + "--store 53 tasks list -o csv", "Of another store."),
        ),
        ("tasks run",),
    ),
    "tasks run": Page(
        "-p checks the parameters of known tasks. BODY is sent as it is. The reply is printed as it came. A task that"
        " makes changes becomes a job. Prefer the dedicated command where there is one.",
        (
            (RUN + f"tasks run {NOOP.name}", "Checks that the server answers."),
            (
                RUN + f"tasks run {hls.URL.name} \\\n  -p spaceId=campus-events -p contentId=events/event-001/x.ts",
                "With parameters, checked.",
            ),
            (
                'echo \'{"spaceId": "dance-archive"}\' |\n  durastore-tui tasks run ' + f"{hls.ENABLE.name} - --yes",
                "With a body.",
            ),
        ),
        ("tasks list",),
    ),
    "jobs": Page(
        "Changes that this machine sent, stored in a journal that survives crashes. Unfinished states: sent,"
        " accepted, in progress, overdue, unknown, no reply, paused. Ended states: confirmed, unverified, rejected,"
        " superseded, abandoned. JSON writes in_progress and no_reply.",
        see=("jobs list", "jobs watch"),
    ),
    "jobs list": Page(
        "Fields: id, kind, store, spaceId, target, state, since, updated (UTC), words, progress (done, of, unit),"
        " parts (list of target, state, words), evidence (list of at, step, result), profile. Unfinished jobs are"
        " checked once, for every profile whose password is available. With --profile, --url or --demo, only that"
        " server is checked. --offline only reads the journal. A profile that fails is reported on standard error,"
        " does not affect the others, and makes the exit code 1.",
        (
            (RUN + "jobs list --offline", "As the journal has it."),
            (RUN + "jobs list --json", "After one check of unfinished jobs."),
        ),
        ("jobs watch", "jobs show"),
    ),
    "jobs show": Page(
        "The same fields as of `jobs list`.",
        ((JOB + 'durastore-tui jobs show "$ID"', "The newest one, with its evidence."),),
        ("jobs list",),
        asks=False,
    ),
    "jobs watch": Page(
        "Exit codes: 0 for confirmed or unverified, 8 for no reply, 9 for overdue, unknown or paused, otherwise that"
        " of the error. On a terminal, one line per job is updated in place. In a pipe, with TERM=dumb or with"
        " --plain, each change is a separate line on standard error. Each job is printed when it ends. ctrl+c stops"
        " tracking, and never stops a job.",
        (
            (RUN + "jobs watch", "All unfinished jobs of the server."),
            (JOB + 'durastore-tui jobs watch "$ID" --plain', "One, for a log or a screen reader."),
        ),
        ("jobs list", "jobs forget"),
        waits=True,
    ),
    "jobs forget": Page(
        "Use this for a job in state `no reply` or `unknown` once you have checked the outcome yourself.",
        ((JOB + 'durastore-tui jobs forget "$ID" --yes', "The newest one."),),
        ("jobs list", "jobs clear"),
    ),
    "jobs clear": Page(
        "Jobs that have not ended stay. `changes list` still has every change.",
        ((RUN + "jobs clear", "Removes all jobs that have ended."),),
        ("jobs list", "jobs forget"),
        asks=False,
    ),
    "jobs continue": Page(
        "Only for a job in state `paused`: some of its requests were not sent. `jobs list` shows the state.",
        see=("jobs list", "jobs abandon"),
    ),
    "jobs abandon": Page(
        "Only for a job in state `paused`. Requests that were sent are not undone.",
        see=("jobs continue", "jobs forget"),
        asks=False,
    ),
    "jobs repair": Page(
        "Quit every durastore-tui first. Recovers all jobs and changes that can be read. Recovered unfinished jobs"
        " still block other changes. Fields: journal, damage, movedTo, jobs, unfinished, exclusions, changes, lost"
        " (IDs of jobs that could not be recovered).",
        ((RUN + "jobs repair", "Checks the journal, and replaces it if it is damaged."),),
        ("jobs list", "changes list"),
        asks=False,
    ),
    "jobs dead-links": Page(
        "Fields: contentId, old, new (empty as long as there is no new host).",
        (
            (
                RUN
                + "streaming delete campus-events --confirm campus-events\n"
                + JOB
                + 'durastore-tui jobs dead-links "$ID"'
                " --match '*.m3u8' -o csv",
                "The playlists that a delete ended.",
            ),
        ),
        ("streaming switch", "streaming delete"),
    ),
    "changes": Page(
        "Who changed what, when and where, and how the server answered. Removing a job does not remove its changes.",
        see=("changes list",),
    ),
    "changes list": Page(
        "Fields: at (UTC), profile, user, task, spaceId, target, body, state, answer. Each request is one row: one"
        " for each space of a policy run, and one for each attempt of a switch. Secrets are masked.",
        (
            (RUN + "changes list", "All changes, oldest first."),
            (RUN + "changes list -o csv | tail -5", "The last five, as CSV."),
        ),
        ("jobs list", "requests list"),
        asks=False,
    ),
    "requests": Page("Kept on this machine, for you alone, and without secrets.", see=("requests list",)),
    "requests list": Page(
        "Fields: at (UTC), method, path, status, ms, bytes, task.",
        (
            (RUN + "requests list", "What was asked."),
            (RUN + "requests list -o csv | tail -5", "The last five."),
        ),
        ("jobs list",),
        asks=False,
    ),
    "profiles": Page(
        "The file is yours: its comments stay. A password is never in it, but may come from password_command, the"
        " keyring, DURASTORE_PASSWORD or standard input.",
        see=("profiles add", "profiles test"),
    ),
    "profiles list": Page(
        "Fields: name, url, user, environment, readOnly, default.",
        ((RUN + "profiles list", "What the file holds."), (RUN + "profiles list --json", "As an array.")),
        ("profiles add",),
        asks=False,
    ),
    "profiles add": Page(
        "",
        (
            (
                RUN + "profiles add acme --url https://acme.duracloud.org/durastore \\\n"
                "  --user ana --password-command 'pass show duracloud'",
                "With a command that prints the password.",
            ),
        ),
        ("profiles test",),
        asks=False,
    ),
    "profiles test": Page(
        "",
        (
            (
                RUN + 'profiles add here --url "$DURASTORE_URL"\ndurastore-tui profiles test here',
                "Where each value comes from, and whether the login is let in.",
            ),
        ),
        ("profiles list",),
    ),
    "profiles remove": Page(
        "",
        ((RUN + "profiles add old --url https://old.example/durastore\ndurastore-tui profiles remove old", "Again."),),
        ("profiles list",),
        asks=False,
    ),
    "tour": Page("", see=("sandbox",)),
    "sandbox": Page(
        "The line has url, worlds, edge, ca_file and users with their passwords. Time runs --speed times as fast;"
        " --data keeps the worlds in a file. Faults are for those who test a client.",
        ((RUN + "sandbox --port 8080 --speed 45 --exit-with-stdin < /dev/null", "Until standard input closes."),),
        ("help",),
        asks=False,
    ),
    "completion": Page(
        "bash and zsh: a line in ~/.bashrc or ~/.zshrc, after compinit. fish: a file in ~/.config/fish/completions/."
        " Names of profiles, worlds, tasks and jobs are completed too, without asking a server.",
        (
            ('eval "$(durastore-tui completion bash)"', "For ~/.bashrc."),
            (RUN + "completion zsh", "For zsh; eval it in the same way."),
            (RUN + "completion fish > durastore-tui.fish", "For fish."),
        ),
        ("help",),
        asks=False,
    ),
    "help": Page(
        "",
        ((RUN + "help streaming enable", "The same as streaming enable --help."),),
        asks=False,
    ),
}
