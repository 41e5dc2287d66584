"""Items of the sample server's Glacier store: archived ones, and new ones that are not archived."""

import base64
from urllib.request import ProxyHandler, Request, build_opener

from tests.sandbox_server import SandboxServer

STORE, SPACE = "52", "masters-audio"
ARCHIVED = "preservation/OH-0200_pm.wav"
HEADERS = {"x-dura-meta-x-amzn-requestid": "4hZ4", "x-dura-meta-ETag": "0"}
"""As S3 sends them, and the real server passes them on as properties."""


def put_item(server: SandboxServer, item: str, storage_class: str | None = None) -> None:
    """Store a small item, which the sample server archives a day later; `storage_class` is what its HEAD names."""
    login = base64.b64encode(f"root:{server.users['root']}".encode()).decode()
    headers = {"Authorization": f"Basic {login}", "Content-Type": "audio/x-wav", "x-dura-meta-creator": "ana"} | HEADERS
    if storage_class:
        headers["x-dura-meta-x-amz-storage-class"] = storage_class
    url = f"{server.worlds['lakeshore']}/{SPACE}/{item}?storeID={STORE}"
    request = Request(url, b"RIFF", headers, method="PUT")  # noqa: S310  # loopback
    with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
        answer.read()
