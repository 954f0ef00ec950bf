"""Mail through Airflow's connection ``smtp_default``, so that its secrets stay in Airflow's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk import Connection

if TYPE_CHECKING:
    from wirewatch.alert.transport import SmtpTransport

CONNECTION = "smtp_default"


def smtp_transport() -> SmtpTransport:
    """Transport to the server of the connection.

    Of its extras, as Airflow's SMTP provider names them: ``disable_ssl`` (default false: TLS from the first byte),
    ``disable_tls`` (default false: STARTTLS when the former is true), ``timeout`` in seconds.
    """
    from wirewatch.alert.transport import SmtpTransport

    connection = Connection.get(CONNECTION)
    extra = connection.extra_dejson
    implicit = not _true(extra.get("disable_ssl", False))
    return SmtpTransport(
        host=connection.host or "127.0.0.1",
        port=connection.port or (465 if implicit else 587),
        user=connection.login or "",
        password=connection.password or "",
        security="tls" if implicit else "none" if _true(extra.get("disable_tls", False)) else "starttls",
        timeout=float(extra.get("timeout", 30)),
    )


def _true(value: object) -> bool:
    return str(value).lower() in ("1", "true", "yes")
