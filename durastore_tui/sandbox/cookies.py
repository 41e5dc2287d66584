"""Signed cookies: made and stored under a token, handed out by `/aux/cookies`, checked by the edge (protocol §9.3)."""

import base64
import hashlib
import hmac
import json
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from durastore_tui.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS token (
    token TEXT PRIMARY KEY, world TEXT, host TEXT, redirect TEXT, cookies TEXT, created REAL);
"""

LIFETIME = 86_400.0
"""Seconds until a token's own lifecycle removes it; real time, whatever the speed."""

POLICY, SIGNATURE, KEY_PAIR = "CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id"

_KEY = b"the key pair of the stand-in's edge, which protects nothing"
_ALPHABET = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Grant:
    """What a token stands for. `host` has no port: a cookie's domain cannot have one."""

    host: str
    redirect: str
    cookies: Mapping[str, str]


def store(world: World, host: str, minutes: int, ip: str | None, redirect: str) -> str:
    """Signs the three cookies for a streaming host (with port), keeps them, and gives their token."""
    condition: dict[str, Any] = {"DateLessThan": {"AWS:EpochTime": int(world.clock.now()) + minutes * 60}}
    if ip is not None:
        condition["IpAddress"] = {"AWS:SourceIp": ip}
    statement = {"Statement": [{"Resource": f"https://{host}/*", "Condition": condition}]}
    policy = _safe(json.dumps(statement, separators=(",", ":")).encode())
    signed = {POLICY: policy, SIGNATURE: _sign(policy), KEY_PAIR: "APKAEXAMPLEOFTHESTANDIN"}
    token = "".join(secrets.choice(_ALPHABET) for _ in range(20))
    bare = host.rpartition(":")[0] or host
    world.db.write(
        "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?)",
        token,
        world.name,
        bare,
        redirect,
        json.dumps(signed),
        world.clock.now(),
    )
    return token


def redeem(world: World, token: str) -> Grant | None:
    """As often as wanted, until the token is a day old."""
    row = world.db.row("SELECT * FROM token WHERE token = ? AND world = ?", token, world.name)
    if row is None or world.clock.now() >= row["created"] + LIFETIME:
        return None
    return Grant(row["host"], row["redirect"], json.loads(row["cookies"]))


def admits(cookies: Mapping[str, str], host: str, client: str, now: float) -> bool:
    """Whether the edge lets these cookies in: signed, for this host, in time, from an allowed address."""
    policy = cookies.get(POLICY, "")
    if KEY_PAIR not in cookies or not hmac.compare_digest(cookies.get(SIGNATURE, ""), _sign(policy)):
        return False
    statement = json.loads(_unsafe(policy))["Statement"][0]
    condition = statement["Condition"]
    allowed = condition.get("IpAddress", {}).get("AWS:SourceIp")
    return (
        statement["Resource"].removeprefix("https://").split(":")[0].split("/")[0] == host
        and now < condition["DateLessThan"]["AWS:EpochTime"]
        and (allowed is None or _covers(allowed, client))
    )


def _covers(network: str, client: str) -> bool:
    try:
        return ip_address(client) in ip_network(network, strict=False)
    except ValueError:
        return False


def _sign(policy: str) -> str:
    return _safe(hmac.digest(_KEY, policy.encode(), hashlib.sha256))


def _safe(data: bytes) -> str:
    return base64.b64encode(data).decode().translate(str.maketrans("+=/", "-_~"))


def _unsafe(text: str) -> bytes:
    return base64.b64decode(text.translate(str.maketrans("-_~", "+=/")))
