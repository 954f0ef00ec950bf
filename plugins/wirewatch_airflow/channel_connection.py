"""Addresses of channels from Airflow's connections, so that their secrets stay in Airflow's store."""

from __future__ import annotations

import os
from collections.abc import Mapping

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

PREFIX = "wirewatch_channel_"


def channel_urls(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """Name of a channel → its Apprise URL, None: there is none.

    The password of the connection ``wirewatch_channel_desk_slack`` for ``desk-slack``, because that field is encrypted
    and masked in logs; without such a connection, the variable ``WIREWATCH_CHANNEL_DESK_SLACK``.
    """
    from wirewatch.alert.channels import urls_in

    try:
        connection = Connection.get(PREFIX + name.replace("-", "_"))
    except AirflowNotFoundException:
        return urls_in(os.environ if environment is None else environment)(name)
    return connection.password or None
