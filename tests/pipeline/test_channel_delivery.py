"""Alerts to a channel: the same outbox, states and tries as mails have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from benchmarks.invented_alerts import NOW, Ground, ground, outbox, run_of
from tests.support.folders import passable_folder
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.match import match

CHANNEL = "channel:desk-hook"


@pytest.fixture
def here() -> Iterator[Ground]:
    with passable_folder() as folder, ground(folder / "ground", articles=3, readers=[CHANNEL]) as made:
        yield made


def test_channel(here: Ground) -> None:
    """One alert is taken, one waits for another try, one is refused for good; the outbox shows no secret."""
    got: list[dict[str, Any]] = []
    answers = [200, 503, 400]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers[len(got) - 1])
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        desk = Desk(here.copied("channel"), now=lambda: NOW)
        with desk.warehouse() as connection:
            run = run_of(connection)
        match(desk, run)
        counts = deliver(desk, channels={"desk-hook": f"json://127.0.0.1:{server.server_port}/s3cr3t"}.get)
    finally:
        server.shutdown()
        server.server_close()
    assert counts == {"sent": 1, "waiting": 1, "quarantined": 1}
    rows = outbox(desk.settings)
    assert {row["recipient"] for row in rows} == {CHANNEL}
    assert sorted(str(row["state"]) for row in rows) == ["pending", "quarantined", "sent"]
    assert "s3cr3t" not in str(rows)
    assert [one["title"].startswith("Invented · Invented: Report ") for one in got] == [True] * 3
