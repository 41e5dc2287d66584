"""`/aux/cookies`: hands out the cookies of a token (protocol §9.3)."""

from durastore_tui.sandbox import cookies
from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.wire.messages import Response, text


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
