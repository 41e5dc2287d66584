"""Paths that never reach a resource: Tomcat refuses some, and then Spring's firewall others (protocol §1.2, §17)."""

import re

from durastore_tui.sandbox.wire.messages import Request, Response, decoded, without_parameters
from durastore_tui.sandbox.wire.pages import exception_page, page

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.~-]*)(:[0-9]*)?", re.ASCII)
_ESCAPE = re.compile(r"%(..?)?", re.DOTALL)
_HEX = re.compile("[0-9A-Fa-f]{2}")
_ABOVE_ROOT = re.compile(r"^/\.\.(/|$)")

_FORBIDDEN = ("//", "\x00", "%00", "\n", "\r", "%5c", "%5C", "%0a", "%0A", "%2e", "%2E", "%0d", "%0D", "\\")
"""In the order in which a Java hash set of them is walked."""

_FORBIDDEN_DECODED = ("\u2028", "\u2029")
_NOT_NORMALIZED = re.compile(r"/\.\.?(/|$)")

_REJECTED = "org.springframework.security.web.firewall.RequestRejectedException"
_FIREWALL = "org.springframework.security.web.firewall.StrictHttpFirewall."
_AFTER_FIREWALL = (
    "org.springframework.security.web.FilterChainProxy.doFilterInternal(FilterChainProxy.java:210)",
    "org.springframework.security.web.FilterChainProxy.doFilter(FilterChainProxy.java:190)",
    "org.springframework.web.filter.DelegatingFilterProxy.invokeDelegate(DelegatingFilterProxy.java:354)",
    "org.springframework.web.filter.DelegatingFilterProxy.doFilter(DelegatingFilterProxy.java:267)",
    "org.duracloud.common.rest.DuraCloudRequestContextFilter.doFilter(DuraCloudRequestContextFilter.java:64)",
    "org.springframework.web.filter.RequestContextFilter.doFilterInternal(RequestContextFilter.java:100)",
    "org.springframework.web.filter.OncePerRequestFilter.doFilter(OncePerRequestFilter.java:117)",
)


def refusal(request: Request) -> Response | None:
    """The page for a path that is refused whoever asks; None when it may go on."""
    if not _HOST.fullmatch(request.header("host") or ""):
        return page(400)
    return _by_container(without_parameters(request.path)) or _by_firewall(request.path)


def _by_container(path: str) -> Response | None:
    """Tomcat's own checks of the path without its matrix parameters, while and after it decodes it."""
    for found in _ESCAPE.finditer(path):
        problem = _bad_escape(found[0])
        if problem is not None:
            return page(400, f"Invalid URI: [{problem}]")
    plain = decoded(path)
    if "\\" in plain or "\x00" in plain or _ABOVE_ROOT.match(plain):
        return page(400, "Invalid URI")
    return None


def _bad_escape(escape: str) -> str | None:
    if len(escape) < 3:
        return "End of file (EOF)"
    if not _HEX.match(escape, 1):
        return "The hexadecimal encoding is invalid"
    return "The encoded slash character is not allowed" if escape.upper() == "%2F" else None


def _by_firewall(path: str) -> Response | None:
    plain = decoded(path)
    found = next((text for text in _FORBIDDEN if text in path), None)
    found = found or next((text for text in _FORBIDDEN_DECODED if text in plain), None)
    if found is not None:
        return _rejected(
            f'The request was rejected because the URL contained a potentially malicious String "{found}"',
            "rejectedBlocklistedUrls(StrictHttpFirewall.java:535)",
            "getFirewalledRequest(StrictHttpFirewall.java:505)",
        )
    if _NOT_NORMALIZED.search(path):
        return _rejected(
            "The request was rejected because the URL was not normalized.",
            "getFirewalledRequest(StrictHttpFirewall.java:508)",
        )
    return None


def _rejected(message: str, *frames: str) -> Response:
    return exception_page(_REJECTED, message, *(_FIREWALL + frame for frame in frames), *_AFTER_FIREWALL)
