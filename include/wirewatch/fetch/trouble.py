"""Why a fetch ended without an answer: one exception inside ``fetch``, and what the HTTP libraries' errors mean.

``client.Client.fetch`` turns it into an outcome; it never leaves the package.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3

from wirewatch.errors import WirewatchError
from wirewatch.model import Outcome


class FetchError(WirewatchError):
    """The end of a fetch that has no page. ``note``: a sentence for people; ``status``: that of the last answer.

    ``retry_after``: seconds that the site wants to be left alone.
    """

    def __init__(
        self, outcome: Outcome, note: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        self.outcome = outcome
        self.note = note
        self.status = status
        self.retry_after = retry_after
        super().__init__(note)


class GuardError(FetchError):
    """Our own guard says no."""

    def __init__(self, note: str) -> None:
        super().__init__(Outcome.REFUSED, note)


class HungUpError(FetchError):
    """A connection kept alive was closed by the server just now: a GET may be sent again (RFC 9110 9.2.2)."""

    def __init__(self) -> None:
        super().__init__(Outcome.UNREACHABLE, "The server closed the connection without an answer.")


def to_fetch_error(error: Exception, *, answered: bool) -> FetchError:
    """Error of requests, urllib3 or the socket → FetchError; ``answered``: status and headers had already come.

    A reset before an answer is ``unreachable``; one in the middle of a body is ``broken``, for the site did answer.
    """
    chain = list(_causes(error))
    for cause in chain:
        if isinstance(cause, (ssl.SSLError, ssl.CertificateError)) and not isinstance(cause, TimeoutError):
            return FetchError(Outcome.BROKEN, f"TLS failed: {_reason(cause)}.")
    if any(isinstance(cause, (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError)) for cause in chain):
        return FetchError(Outcome.TOO_SLOW, "The server was silent for longer than the read timeout.")
    if isinstance(error, requests.exceptions.SSLError):
        return FetchError(Outcome.BROKEN, "TLS failed.")
    if answered:
        return FetchError(Outcome.BROKEN, f"The answer broke off or is not HTTP: {_reason(chain[-1])}.")
    if hung_up(error):
        return FetchError(Outcome.UNREACHABLE, "The server closed the connection without an answer.")
    if any(isinstance(cause, (http.client.HTTPException, requests.exceptions.InvalidHeader)) for cause in chain):
        return FetchError(Outcome.BROKEN, f"The answer is not HTTP: {_reason(chain[-1])}.")
    if any(isinstance(cause, OSError) and cause.errno is not None for cause in chain):
        return FetchError(Outcome.UNREACHABLE, f"The connection failed: {_reason(chain[-1])}.")
    return FetchError(Outcome.BROKEN, f"The answer could not be read: {_reason(chain[-1])}.")


def hung_up(error: Exception) -> bool:
    """True when the peer ended the connection before the first byte of an answer."""
    # RemoteDisconnected is a ConnectionResetError too; a wall that resets the handshake gives the plain one.
    return any(isinstance(cause, ConnectionError) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps, outermost first: requests and urllib3 keep causes in args, reason and context."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [getattr(current, "reason", None), *current.args, current.__cause__, current.__context__]
        waiting += [cause for cause in inner if isinstance(cause, BaseException)]


def _reason(error: BaseException) -> str:
    """One line of at most 200 characters, without the addresses of objects."""
    if isinstance(error, ssl.SSLCertVerificationError):
        text = error.verify_message
    elif isinstance(error, OSError) and error.strerror:
        text = error.strerror
    else:
        text = str(error)
    line = " ".join(char for char in text.split() if char.isprintable())
    return (line or type(error).__name__).rstrip(".")[:200]
