"""Sources side by side in one process."""

from __future__ import annotations

import threading

import pytest

from tests.conftest import TODAY
from wirewatch.pipeline import daily
from wirewatch.pipeline.collect import collect
from wirewatch.pipeline.daily import fetch_and_read
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.plan import open_run
from wirewatch.warehouse import runs
from wirewatch.warehouse.runs import Run


def _states(desk: Desk, run: Run) -> dict[str, str]:
    with desk.warehouse() as connection, connection:
        return {found["source"]: found["state"] for found in runs.run_sources(connection, run.run_id)}


def test_a_source_that_breaks_stops_no_other(newsroom_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are fetched and read to the end; then the error comes out."""

    def breaking(desk: Desk, run: Run, slug: str) -> dict[str, int]:
        if slug == "zastava":
            raise ZeroDivisionError(slug)
        return collect(desk, run, slug)

    monkeypatch.setattr(daily, "collect", breaking)
    run, slugs = open_run(newsroom_desk, "test", TODAY)
    lines: list[str] = []

    with pytest.raises(ZeroDivisionError, match="zastava"):
        fetch_and_read(newsroom_desk, run, slugs, progress=lines.append)

    assert _states(newsroom_desk, run) == {slug: "waiting" if slug == "zastava" else "done" for slug in slugs}
    assert sorted(line.partition(":")[0] for line in lines) == sorted(set(slugs) - {"zastava"})


def test_pages_are_read_while_others_are_fetched(newsroom_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a source has brought in is in its rows before that source is done."""
    reached, read_before_end = threading.Event(), []

    def lingering(desk: Desk, run: Run, slug: str) -> dict[str, int]:
        asked = collect(desk, run, slug)
        with desk.warehouse() as connection:
            for _ in range(300):
                with connection, connection.cursor() as cursor:
                    cursor.execute("select count(*) as loaded from article where source = %s", (slug,))
                    loaded = int(dict(cursor.fetchall()[0])["loaded"])
                if loaded:
                    break
                reached.wait(0.1)
        read_before_end.append(loaded > 0)
        return asked

    monkeypatch.setattr(daily, "collect", lingering)
    run, slugs = open_run(newsroom_desk, "test", TODAY)
    fetch_and_read(newsroom_desk, run, slugs)

    assert read_before_end == [True] * len(slugs)
