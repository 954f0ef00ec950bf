"""Addresses: which of them mean the same page.

``url_key`` makes the key under which an address is remembered; it is for comparing, not for fetching:
its scheme is always https, and mobile and AMP variants fall together with the page they stand for.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gclsrc|dclid|yclid|ymclid|msclkid|igshid|mc_cid|mc_eid|_openstat|_ga|_gl|wt_mc|ito|cmpid|"
    r"ns_mchannel|ns_source|ns_campaign|ocid|smid|sr_share|xtor|at_medium|at_campaign|spm|from_source|rss)$",
    re.IGNORECASE,
)
"""Query parameters that tell where a reader came from, not what is read."""

AMP_PARAMETER = ("amp", "outputtype")
VARIANT_HOST = re.compile(r"^(www|m|mobile|amp)\.(?=[^.]+\.)")
AMP_PATH = re.compile(r"(?:^/amp(?=/.))|(?:/amp/?$)|(?:\.amp(?=\.html?$))", re.IGNORECASE)


def site_host(url: str) -> str:
    """Host without the prefixes of variants (www, m, mobile, amp), in lower-case ASCII."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    with suppress(UnicodeError):  # a host that IDNA cannot write (an underscore, an over-long label) stays as it is
        host = host.encode("idna").decode("ascii")
    return VARIANT_HOST.sub("", host)


def url_key(url: str) -> str:
    """Address → the key of the page it stands for. Idempotent; ValueError for a port that is no number."""
    parts = urlsplit(url.strip())
    host = site_host(url)
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    path = AMP_PATH.sub("", _same_escapes(parts.path)).rstrip("/") or "/"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not TRACKING.match(name)
        and not (name.lower() in AMP_PARAMETER and value.lower() in ("", "1", "true", "amp"))
    ]
    return urlunsplit(("https", host, path, urlencode(query), ""))


def _same_escapes(path: str) -> str:
    """One spelling of percent-escapes (RFC 3986, 6.2.2): %7E and ~ are the same, ж and %D0%B6 too."""
    return quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=-._~", errors="surrogateescape")


def trusted_canonical(url: str, stated: str | None) -> str:
    """Key of an article's page: ``rel=canonical`` where it can be trusted, else the page's own address.

    It is trusted on the same site only, and never when it names the front page: templates that put the home
    page into every article would fold a whole site into one row.
    """
    own = url_key(url)
    if not stated:
        return own
    try:
        key = url_key(stated)
    except ValueError:
        return own
    parts = urlsplit(key)
    same_site = site_host(stated) == site_host(url) and parts.netloc == urlsplit(own).netloc
    if not same_site or (parts.path == "/" and not parts.query):
        return own
    return key
