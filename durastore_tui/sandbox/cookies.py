"""Signed cookies: kept under a token in a hidden space, handed out by `/aux/cookies`, checked by the edge (§9.3)."""

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

from durastore_tui.sandbox.contents import Contents, NoSuchContent
from durastore_tui.sandbox.spaces import HIDDEN_SPACE, NewSpace
from durastore_tui.sandbox.wire.replies import pretty
from durastore_tui.sandbox.world import World

LIFETIME = 86_400.0
"""Seconds until the lifecycle of the hidden space removes a token; real time, whatever the speed."""

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
    kept = pretty({"signedCookies": signed, "streamingHost": bare, "redirectUrl": redirect})
    _hidden_space(world).put(token, kept.encode(), "application/json", {})
    return token


def were_stored(world: World) -> bool:
    """Whether the hidden space was made, which the first token does."""
    return world.spaces(world.primary.id).exists(HIDDEN_SPACE)


def redeem(world: World, token: str) -> Grant | None:
    """As often as wanted, until the token is a day old."""
    if not were_stored(world):
        return None
    try:
        kept = json.loads(_hidden_space(world).item(token).stored or b"")
    except NoSuchContent:
        return None
    return Grant(kept["streamingHost"], kept["redirectUrl"], kept["signedCookies"])


def _hidden_space(world: World) -> Contents:
    spaces = world.spaces(world.primary.id)
    if not spaces.exists(HIDDEN_SPACE):
        spaces.add(NewSpace(HIDDEN_SPACE, world.clock.now(), {}))
        spaces.set_expiry(HIDDEN_SPACE, LIFETIME)
    return spaces.contents(HIDDEN_SPACE)


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
