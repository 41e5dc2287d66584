"""A server that says what it is told to, hostile things included; it is neither the stand-in nor a real DuraStore."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORES = """<?xml version="1.0" encoding="UTF-8"?>
<storageProviderAccounts><storageAcct ownerId="0" isPrimary="1"><id>51</id>\
<storageProviderType>AMAZON_S3</storageProviderType></storageAcct></storageProviderAccounts>"""


@dataclass(frozen=True)
class Answer:
    """One answer; GET and HEAD get the same, a POST what the path is given, or 500."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def spaces(*ids: str) -> Answer:
    """The list of spaces."""
    held = "".join(f'<space id="{name}" />' for name in ids)
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?><spaces>{held}</spaces>')


FORTY = spaces(*(f"archive-{number:02}" for number in range(40)))


EMPTY = Answer(
    '<?xml version="1.0"?><space id="any"></space>',
    headers={"x-dura-meta-space-count": "0", "x-dura-meta-space-created": "2024-03-01T09:30:00"},
)


def task(name: str, **said: object) -> dict[str, Answer]:
    """What a task answers, by its path."""
    return {f"/task/{name}": Answer(json.dumps(said))}


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[str]:
    """Serves the answers by path on loopback, an empty space for any other path; yields the URL to connect to."""
    known = {"/stores": Answer(STORES), "/task": Answer('["noop","enable-hls"]'), **answers}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(known.get(self.asked, EMPTY))

        do_HEAD = do_GET

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.say(known.get(self.asked, Answer("", 500)))

        @property
        def asked(self) -> str:
            return self.path.split("?")[0].removeprefix("/durastore")

        def say(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            body = answer.body.encode()
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/durastore"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
