"""When what was fetched is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from wirewatch.fetch.archive import Archive
from wirewatch.model import Fetched, Outcome, Page, Purpose
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.ledger import LONGEST_WAIT, MOST_WAITING, Ledger
from wirewatch.pipeline.plan import open_run
from wirewatch.warehouse.connection import Connection


def _fetched(number: int) -> Fetched:
    url = f"https://press.example/{number}"
    page = Page(url, url, 200, (), b"<p>The ferry is late.</p>", NOW)
    return Fetched(url, Purpose.ARTICLE, Outcome.NEW, NOW, 0.1, status=200, page=page)


def _recorded(connection: Connection) -> int:
    with connection, connection.cursor() as cursor:
        cursor.execute('select count(archive_path) as kept from "fetch"')
        return int(dict(cursor.fetchall()[0])["kept"])


@pytest.mark.parametrize(
    ("pauses", "recorded"),
    [
        ([0.0] * (MOST_WAITING - 1), [0] * (MOST_WAITING - 1)),
        ([0.0] * (MOST_WAITING + 1), [0] * (MOST_WAITING - 1) + [MOST_WAITING] * 2),
        ([LONGEST_WAIT] * 3, [1, 2, 3]),
        ([0.4, 0.4, 0.4, 0.4], [0, 0, 3, 3]),
    ],
)
def test_rows_follow_the_archive_by_number_or_by_time(
    newsroom_desk: Desk, tmp_path: Path, pauses: list[float], recorded: list[int]
) -> None:
    """A slow site's pages are recorded one by one, a fast one's in batches of a second or 25; flush takes the rest."""
    run, slugs = open_run(newsroom_desk, "test", TODAY)
    now, seen = [0.0], []
    archive = Archive(str(tmp_path / "warc"))
    with newsroom_desk.warehouse() as rows, newsroom_desk.warehouse() as other, archive.writer("a/b") as writer:
        ledger = Ledger(run, slugs[0], connection=rows, writer=writer, clock=lambda: now[0])
        for number, pause in enumerate(pauses):
            now[0] += pause
            ledger.keep(_fetched(number))
            ledger.flush_when_due()
            seen.append(_recorded(other))
        ledger.flush()

        assert seen == recorded
        assert _recorded(other) == len(pauses)
