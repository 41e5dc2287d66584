"""`/report/…` (protocol §10.1), and `/aux/cookies`, which hands out the cookies of a token (protocol §9.3)."""

import json
from collections.abc import Callable, Iterable

from durastore_tui.sandbox import cookies, reports
from durastore_tui.sandbox.reports import DAY, GROUPINGS, Sample
from durastore_tui.sandbox.resources.ask import Ask, Refused
from durastore_tui.sandbox.spaces import Measured
from durastore_tui.sandbox.wire.coercions import java_long
from durastore_tui.sandbox.wire.messages import Response, text
from durastore_tui.sandbox.wire.pages import page

JSON = "application/json"


Rows = list[dict[str, object]]


def _answering(build: Callable[..., Rows]) -> Callable[..., Response]:
    def resource(ask: Ask, **path: str) -> Response:
        if not ask.request.accepts(JSON):
            return page(406)
        try:
            rows = build(ask, **path)
        except Refused as refused:
            return text(refused.status, refused.message, JSON)
        return text(200, json.dumps(rows, ensure_ascii=False, separators=(",", ":")), JSON)

    return resource


def _space(ask: Ask, space: str) -> Rows:
    begin, end = _span(ask)
    _check_store(ask)
    found = [one for one in _measured(ask) if one.id == space]
    if not found:
        raise Refused(404, f"The space was not found: {space}")
    return _series(ask, _within(found, ask, begin, end), space)


def _store(ask: Ask) -> Rows:
    begin, end = _span(ask)
    _check_store(ask)
    return _series(ask, _within(_measured(ask), ask, begin, end))


def _store_on_day(ask: Ask, moment: str) -> Rows:
    day = int(_milliseconds(moment) // 1000 // DAY)
    _check_store(ask)
    found = reports.of_day(_measured(ask), day, ask.world.clock.now())
    return [_row(ask, day * DAY, sample, space) for space, sample in found]


space_report = _answering(_space)
store_report = _answering(_store)
store_on_day_report = _answering(_store_on_day)


def _span(ask: Ask) -> tuple[float, float]:
    """First and last moment asked for, in epoch seconds."""
    begin, end = ask.request.parameter("start"), ask.request.parameter("end")
    return (
        0.0 if begin is None else _milliseconds(begin) / 1000,
        ask.world.clock.now() if end is None else _milliseconds(end) / 1000,
    )


def _grouping(ask: Ask) -> str:
    given = ask.request.parameter("groupBy")
    if given is None:
        return "day"
    if given.lower() not in GROUPINGS:
        raise Refused(
            400,
            f"{given} is not a valid value for the groupBy parameter. You must specify one of the following values:"
            f" {','.join(GROUPINGS)}",
        )
    return given.lower()


def _milliseconds(given: str) -> int:
    moment = java_long(given)
    if moment is None:
        raise Refused(400, f"Unable to parse date: {given}. Input value must be in epoch milliseconds.")
    return moment


def _check_store(ask: Ask) -> None:
    if ask.world.store(ask.store_id) is None:
        raise Refused(404, f"Store id ({ask.store_id}) is not associated with this account.")


def _measured(ask: Ask) -> list[Measured]:
    """From the database of the statistics, which is there while S3 is not."""
    return ask.world.spaces(ask.store.id).measured()


def _within(spaces: Iterable[Measured], ask: Ask, begin: float, end: float) -> Iterable[Sample]:
    return (sample for sample in reports.samples(spaces, ask.world.clock.now()) if begin <= sample.taken <= end)


def _series(ask: Ask, found: Iterable[Sample], space: str | None = None) -> Rows:
    """Each bucket stands at the last second of the day of its first sample."""
    return [_row(ask, (one.day + 1) * DAY - 1, one, space) for one in reports.grouped(found, _grouping(ask))]


def _row(ask: Ask, moment: int, sample: Sample, space: str | None) -> dict[str, object]:
    row: dict[str, object] = {
        "timestamp": moment * 1000,
        "accountId": ask.world.profile.account,
        "storeId": ask.store.id,
        "byteCount": sample.bytes,
        "objectCount": sample.objects,
    }
    return row if space is None else row | {"spaceId": space}


def get_cookies(ask: Ask) -> Response:
    token = ask.request.parameter("token")
    if not token and cookies.were_stored(ask.world):
        what = "null" if token is None else "empty"
        return ask.answer(500, f"java.lang.IllegalArgumentException: Key cannot be {what}")
    grant = cookies.redeem(ask.world, token or "")
    if grant is None:
        return ask.answer(404, "Token not found")
    page = f"<html><head><meta http-equiv='refresh' content='0;URL=\"{grant.redirect}\"' /></head></html>"
    crossing = (
        ("Access-Control-Allow-Origin", ask.request.header("origin") or "*"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Vary", "Origin"),
    )
    given = (
        (
            "Set-Cookie",
            f'{name}={value};Version=1;Comment="Supports HLS";Domain={grant.host};Path=/;SameSite=None;Secure',
        )
        for name, value in grant.cookies.items()
    )
    since_7 = crossing if ask.world.profile.release >= (7, 0, 0) else ()
    return text(200, page, "text/html").with_headers(*since_7, *given)
