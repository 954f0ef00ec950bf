"""What an HTTP answer means: status and headers → outcome. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from wirewatch.fetch.transport import Answer
from wirewatch.model import Outcome

MAX_RETRY_AFTER = 86_400.0
"""Seconds: a site that asks for more is asked again tomorrow all the same."""

DEFAULT_REST = 60.0
"""Seconds that a host is left alone after a 429 that does not say for how long."""

# Refusals of this client rather than of this page: login, payment, refusal, a firewall's "not acceptable" and "teapot",
# and legal reasons.
_BLOCKED = frozenset({401, 402, 403, 406, 418, 451})
_MAX_VALIDATOR = 1024  # characters


@dataclass(frozen=True)
class Judgement:
    """How one answer is stored."""

    outcome: Outcome
    note: str | None = None
    retry_after: float | None = None  # seconds


def judge(
    answer: Answer, *, conditional: bool, known_sha256: str | None, empty_is_fine: bool, now: datetime
) -> Judgement:
    """Answer → outcome. ``conditional``: validators were sent, so 304 makes sense."""
    status = answer.status
    if 200 <= status < 300:
        return _judge_success(answer, known_sha256, empty_is_fine)
    if status == 304 and conditional:
        return Judgement(Outcome.UNCHANGED)
    if status in (404, 410):
        return Judgement(Outcome.GONE, f"The site answered {status}: the page is not there.")
    if status in _BLOCKED:
        return Judgement(Outcome.BLOCKED, f"The site answered {status}: it refuses us.")
    if is_limit(answer):
        wait = parse_retry_after(_header(answer, "retry-after"), now)
        when = f" for {wait:g} seconds" if wait is not None else ""
        return Judgement(Outcome.LIMITED, f"The site answered {status}: it asks us to wait{when}.", wait)
    return Judgement(Outcome.BROKEN, f"The site answered {status}, which is of no use.")


def _judge_success(answer: Answer, known_sha256: str | None, empty_is_fine: bool) -> Judgement:
    if answer.status == 206:
        return Judgement(Outcome.BROKEN, "The site answered 206: a part, although the whole was asked for.")
    if not answer.body and not empty_is_fine:
        return Judgement(Outcome.BROKEN, f"The site answered {answer.status} with an empty body.")
    if known_sha256 and hashlib.sha256(answer.body).hexdigest() == known_sha256.lower():
        return Judgement(Outcome.UNCHANGED)
    return Judgement(Outcome.NEW)


def is_limit(answer: Answer) -> bool:
    """True when the site says "not so fast": 429 (RFC 6585 4), or 503 with Retry-After (RFC 9110 15.6.4)."""
    return answer.status == 429 or (answer.status == 503 and _header(answer, "retry-after") is not None)


def rest_wanted(answer: Answer, now: datetime) -> float:
    """Seconds for which no worker should ask this host again; 0 when it did not ask for a rest."""
    if not is_limit(answer):
        return 0.0
    stated = parse_retry_after(_header(answer, "retry-after"), now)
    return DEFAULT_REST if stated is None else stated


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Retry-After (RFC 9110 10.2.3: seconds or a date) → seconds from ``now``, 0 to one day; None if unreadable."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):  # TypeError: Python 3.10 on a text that is no date
        return None
    if moment.tzinfo is None:  # "-0000": UTC of unknown origin
        moment = moment.replace(tzinfo=timezone.utc)
    return min(max((moment - now).total_seconds(), 0.0), MAX_RETRY_AFTER)


def validators(answer: Answer) -> tuple[str | None, str | None]:
    """(ETag, Last-Modified) of an answer that can be asked about again; others would poison the next request."""
    if not (200 <= answer.status < 300 or answer.status == 304):
        return None, None
    etag, last_modified = _header(answer, "etag"), _header(answer, "last-modified")
    return (etag if is_validator(etag) else None), (last_modified if is_validator(last_modified) else None)


def is_validator(value: str | None) -> bool:
    """True for a text that can stand in a header line: printable ASCII of a sensible length."""
    return value is not None and 0 < len(value) <= _MAX_VALIDATOR and value.isascii() and value.isprintable()


def _header(answer: Answer, name: str) -> str | None:
    return next((value for key, value in answer.headers if key.lower() == name), None)
