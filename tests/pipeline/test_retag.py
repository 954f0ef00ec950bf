"""History tagged again, in a real PostgreSQL: the rows are those that loading with today's files would have made."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from tests.conftest import NOW, TODAY
from tests.newsroom.server import Newsroom
from tests.support.one_source import query
from wirewatch.errors import InputError, WirewatchError
from wirewatch.pipeline.daily import run_day
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.plan import find_run, open_run
from wirewatch.pipeline.retag import Scope, Tally, retag
from wirewatch.settings import ROOT
from wirewatch.tag.fingerprint import fingerprints
from wirewatch.warehouse import retag as store
from wirewatch.warehouse.connection import connected

YESTERDAY = TODAY - timedelta(days=1)
MENTIONS = (
    "select article_id, version, concept, field, start_at, end_at, surface, name, attributes from mention"
    " order by article_id, version, concept, field, start_at"
)
ALL_ELSE = (
    "select a.*, (select json_agg(l order by l.alert_id) from alert l) as alerts,"
    " (select json_agg(o.state order by o.outbox_id) from outbox o) as mails from article a order by article_id"
)
DIVISION: dict[str, object] = {
    "id": "division",
    "label": "Division",
    "definition": "invented",
    "names": {"ru": ["дивизион*"], "uk": ["бригад*"], "en": ["ferry"]},
    "implies": ["military-exercise"],
    "attributes": {"year": "year"},
    "examples": {"yes": ["дивизион"]},
}


@pytest.fixture
def desk(newsroom_desk: Desk, tmp_path: Path) -> Desk:
    """The newsroom, and concept files that a test may edit."""
    shutil.copytree(newsroom_desk.settings.concepts, tmp_path / "concepts")
    return replace(newsroom_desk, settings=replace(newsroom_desk.settings, concepts=tmp_path / "concepts"))


@pytest.fixture
def day_one(desk: Desk) -> Desk:
    """A warehouse that holds the newsroom's first day."""
    run_day(replace(desk, now=lambda: NOW - timedelta(days=1)), day=YESTERDAY)
    return desk


def with_concept(desk: Desk, spec: dict[str, object]) -> Desk:
    """The desk after a concept file was written."""
    path = desk.settings.concepts / f"{spec['id']}.yml"
    path.write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")
    return replace(desk)


def without_name(desk: Desk, concept: str, language: str) -> Desk:
    """The desk after the names of a language were taken out of a file."""
    spec = yaml.safe_load((desk.settings.concepts / f"{concept}.yml").read_text(encoding="utf-8"))
    del spec["names"][language]
    return with_concept(desk, spec)


def expected(desk: Desk) -> list[dict[str, object]]:
    """The rows of MENTIONS, as today's files make them of each current version."""
    texts = query(
        desk,
        "select a.article_id, a.version, v.title, v.body, a.language, s.country from article a"
        " join article_version v using (article_id, version) join source s on s.slug = a.source order by 1",
    )
    made = {}
    for text in texts:
        article = {name: text[name] for name in ("title", "body", "language", "country")}
        for found in sorted(desk.tag(**article)):
            key = (text["article_id"], text["version"], found.concept, found.field, found.start)
            attributes = [vars(each) for each in found.attributes]
            made[key] = (found.end, found.surface, found.name, attributes or None)
    columns = ("article_id", "version", "concept", "field", "start_at", "end_at", "surface", "name", "attributes")
    return [dict(zip(columns, (*key, *rest), strict=True)) for key, rest in sorted(made.items())]


def test_a_new_concept_is_found_in_history_and_nobody_is_alerted(day_one: Desk) -> None:
    """The mentions are those that loading would make; no article, alert or mail changes, and no rule fires later."""
    before = query(day_one, ALL_ELSE)
    changed = with_concept(day_one, DIVISION)
    tally = retag(changed, Scope(("division",)))
    assert query(changed, MENTIONS) == expected(changed)
    assert (tally.concepts, tally.articles, tally.removed) == (("division", "military-exercise"), len(before), 0)
    assert tally.by_concept["division"]["added"] > 0
    link(changed)
    match(changed, find_run(changed, 1))
    assert query(changed, ALL_ELSE) == before


def test_a_name_kept_to_sources_of_a_country_is_found_in_those_alone(day_one: Desk) -> None:
    """The country is that of the article's source, in loading and in tagging again alike."""
    names = {"ru": [{"name": "учени*", "home": ["BY"]}], "uk": [{"name": "навчан*", "home": ["BY"]}]}
    changed = with_concept(day_one, {**DIVISION, "names": names})
    for path in changed.settings.sources.glob("*.yml"):
        country = "BY" if path.stem == "zastava" else "UA"
        spec = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump({**spec, "country": country}, allow_unicode=True), encoding="utf-8")
    changed = replace(changed)
    open_run(changed, "countries", TODAY)
    retag(changed, Scope(("division",)))
    stored = query(
        changed, "select distinct source from mention join article using (article_id) where concept = 'division'"
    )
    assert stored == [{"source": "zastava"}]
    assert query(changed, MENTIONS) == expected(changed)


def test_what_a_file_no_longer_finds_goes(day_one: Desk) -> None:
    """Names taken out of a file take their mentions with them, those of other concepts stay."""
    had = query(day_one, MENTIONS)
    changed = without_name(day_one, "military-exercise", "ru")
    tally = retag(changed, Scope(("military-exercise",)))
    assert query(changed, MENTIONS) == expected(changed)
    assert tally.removed > 0
    assert tally.removed == len(had) - len(expected(changed)) + tally.added
    others = [row for row in had if row["concept"] != "military-exercise"]
    assert [row for row in query(changed, MENTIONS) if row["concept"] != "military-exercise"] == others


def test_a_second_time_changes_nothing(day_one: Desk) -> None:
    """After a retag of all, neither it nor another finds anything to do."""
    changed = with_concept(day_one, DIVISION)
    retag(changed, Scope())
    once = query(changed, MENTIONS)
    again = retag(changed, Scope())
    assert (again.added, again.removed, again.altered, again.resumed_at) == (0, 0, 0, 0)
    assert query(changed, MENTIONS) == once


def test_files_that_did_not_change_leave_the_rows_of_loading(day_one: Desk) -> None:
    """Loading and tagging again agree to the last name and attribute."""
    tally = retag(day_one, Scope())
    assert (tally.added, tally.removed, tally.altered) == (0, 0, 0)


def test_a_dry_run_counts_and_stores_nothing(day_one: Desk) -> None:
    """The figures are those of the real one, the rows and the place reached are as they were."""
    changed = with_concept(day_one, DIVISION)
    before = query(changed, MENTIONS)
    dry = retag(changed, Scope(("division",)), dry_run=True)
    assert query(changed, MENTIONS) == before
    assert query(changed, "select * from retag") == []
    wet = retag(changed, Scope(("division",)))
    assert (dry.articles, dry.added, dry.by_concept) == (wet.articles, wet.added, wet.by_concept)


def test_killed_in_the_middle_and_run_again_the_rows_are_the_same(day_one: Desk) -> None:
    """A process killed after three batches leaves three done; the next goes on behind them and counts them in."""
    changed = with_concept(day_one, DIVISION)
    script = (
        "import os, signal\n"
        "from wirewatch.pipeline.desk import desk\n"
        "from wirewatch.pipeline.retag import Scope, retag\n"
        "def die(tally):\n"
        "    if tally.articles == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "retag(desk(), Scope(('division',)), batch=1, progress=die)\n"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WIREWATCH_")}
    environment = {**plain, **changed.settings.to_environment()}
    killed = subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, timeout=120, check=False)
    assert killed.returncode == -signal.SIGKILL
    (state,) = query(changed, "select articles::int, finished_at from retag")
    assert state == {"articles": 3, "finished_at": None}
    tally = retag(changed, Scope(("division",)))
    assert query(changed, MENTIONS) == expected(changed)
    assert (tally.resumed_at, tally.articles) == (3, tally.total)
    assert tally.added == sum(row["concept"] == "division" for row in expected(changed)) + sum(
        counts["added"] for name, counts in tally.by_concept.items() if name != "division"
    )


def test_an_edited_file_begins_anew(day_one: Desk) -> None:
    """What was broken off is gone on with only by the very same files."""

    def stop(tally: Tally) -> None:
        raise KeyboardInterrupt

    changed = with_concept(day_one, DIVISION)
    with pytest.raises(KeyboardInterrupt):
        retag(changed, Scope(("division",)), batch=2, progress=stop)
    edited = with_concept(changed, {**DIVISION, "names": {"en": ["ferry"]}})
    assert retag(edited, Scope(("division",))).resumed_at == 0
    assert query(edited, MENTIONS) == expected(edited)


def test_only_current_versions_are_tagged_again(day_one: Desk, newsroom: Newsroom) -> None:
    """An article that its publisher edited keeps the mentions of its older version as they were."""
    newsroom.set_day(2)
    run_day(day_one, day=TODAY)
    old = (
        "select m.* from mention m join article a using (article_id) where m.version < a.version order by 1, 2, 3, 4, 5"
    )
    before = query(day_one, old)
    assert before
    changed = with_concept(day_one, DIVISION)
    retag(changed, Scope())
    assert query(changed, old) == before
    current = query(changed, MENTIONS.replace("from mention", "from mention_current"))
    assert current == expected(changed)


def test_days_narrow_it(day_one: Desk) -> None:
    """Articles published before the first day are left alone, and history does not count as tagged."""
    changed = with_concept(day_one, DIVISION)
    tally = retag(changed, Scope(("division",), since=datetime(2026, 11, 25, tzinfo=timezone.utc)))
    assert (tally.articles, tally.added) == (0, 0)
    with connected(changed.database_url) as connection:
        assert "division" not in store.histories(connection)


def test_it_waits_for_no_article_that_a_run_holds(day_one: Desk) -> None:
    """While another process holds every article, history is tagged all the same."""
    changed = with_concept(day_one, DIVISION)
    with connected(changed.database_url) as other, other.cursor() as cursor:
        cursor.execute("select article_id from article for update")
        tally = retag(changed, Scope(("division",)))
        other.rollback()
    assert tally.added > 0
    assert query(changed, MENTIONS) == expected(changed)


def test_one_at_a_time(day_one: Desk) -> None:
    """A second retag is refused while one is at work; a dry run is not."""
    with connected(day_one.database_url) as other, other:
        assert store.lock(other)
        with pytest.raises(WirewatchError, match="another retag is at work"):
            retag(day_one, Scope())
        assert retag(day_one, Scope(), dry_run=True).added == 0


def test_a_concept_that_is_nowhere_is_refused(day_one: Desk) -> None:
    """A wrong id is wrong input."""
    with pytest.raises(InputError, match="there is no concept 'zapat'"):
        retag(day_one, Scope(("zapat",)))


def test_a_concept_whose_pack_is_off_keeps_its_mentions(day_one: Desk) -> None:
    """What is not watched for now is not lost: naming it is refused, and tagging all leaves it alone."""
    changed = with_concept(day_one, {**DIVISION, "group": "formations"})
    on = replace(changed, settings=replace(changed.settings, packs=("core", "formations")))
    count = "select count(*)::int as n from mention where concept = 'division'"
    assert retag(on, Scope(("division",))).by_concept["division"]["added"] > 0
    found = query(on, count)
    off = replace(changed, settings=replace(changed.settings, packs=("core",)))
    with pytest.raises(InputError, match="'division' is of the pack 'formations', which is off"):
        retag(off, Scope(("division",)))
    retag(off, Scope())
    assert query(off, count) == found


def test_a_concept_whose_file_is_gone_loses_its_mentions_when_named(day_one: Desk) -> None:
    """Named it is emptied; among all that have a file it is not."""
    count = "select count(*)::int as n from mention where concept = 'division'"
    retag(with_concept(day_one, DIVISION), Scope(("division",)))
    (found,) = query(day_one, count)
    (day_one.settings.concepts / "division.yml").unlink()
    gone = replace(day_one)
    assert "division" not in retag(gone, Scope()).by_concept
    assert query(gone, count) == [found]
    assert retag(gone, Scope(("division",))).by_concept["division"]["removed"] == found["n"] > 0
    assert query(gone, count) == [{"n": 0}]


def history(desk: Desk, concept: str) -> bool | None:
    """Whether all history is tagged by the concept's file of today; None: the warehouse does not know the concept."""
    with connected(desk.database_url) as connection:
        found = store.histories(connection).get(concept)
    return None if found is None else found.history_hash == fingerprints(desk.concepts)[concept]


def test_the_warehouse_knows_by_which_file_its_history_is_tagged(day_one: Desk, newsroom: Newsroom) -> None:
    """True from the first run on, false once the file differs, and true again after a retag of all articles."""
    assert history(day_one, "csto") is True
    changed = without_name(day_one, "csto", "en")
    assert history(changed, "csto") is False
    assert history(changed, "cis") is True
    newsroom.set_day(2)
    run_day(changed, day=TODAY)
    assert history(changed, "csto") is False
    assert history(day_one, "csto") is False
    retag(changed, Scope(("csto",)))
    assert history(changed, "csto") is True
    run_day(changed, day=TODAY)
    assert history(changed, "csto") is True


def test_history_is_not_settled_while_a_run_with_another_file_is_under_way(day_one: Desk) -> None:
    """Such a run may still store articles tagged by the older file; afterwards it is settled."""
    run, _ = open_run(day_one, "under way", TODAY)
    changed = without_name(day_one, "csto", "en")
    assert retag(changed, Scope(("csto", "cis"))).unsettled == ("csto",)
    assert (history(changed, "csto"), history(changed, "cis")) == (False, True)
    query(changed, f"update run set finished_at = now() where run_id = {run.run_id} returning run_id")
    assert retag(changed, Scope(("csto",))).unsettled == ()
    assert history(changed, "csto") is True
