"""Names that DAGs, the UI and `make run` share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset

ALERTS = Asset(name="wirewatch_alerts", uri="wirewatch://warehouse/alerts")
"""Updated by news_collect and news_recheck when rules were tried; news_alert runs on it."""

DEFAULTS: dict[str, Any] = {
    "owner": "wirewatch",
    "retries": 2,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
}
"""Every step is a transaction with natural keys, so a second try adds nothing twice."""
