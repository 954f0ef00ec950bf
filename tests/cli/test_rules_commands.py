"""`wirewatch rules` and `wirewatch mute`: trying a rule on the past, explaining an alert, and keeping quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from tests.support.commands import wirewatch
from tests.support.shelf import Put, Shelf
from wirewatch.model import Mention
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.story_evidence import copies_alone

NOW = datetime.now(timezone.utc).replace(microsecond=0)
BODY = "The CSTO will meet in Minsk in May. Ministers are to sign a plan of joint exercises for the year after. " * 3
RULE = "name: {name}\ntitle: The CSTO\nwhen: {{any: [csto]}}\nto: [ann@desk.example]\n"


@pytest.fixture
def shelf(make_desk: Callable[..., Desk], tmp_path: Path) -> Shelf:
    """One report and its reprint in one match, a second reprint in a later one; one rule is live."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "live.yml").write_text(RULE.format(name="live"), encoding="utf-8")
    made = Shelf(make_desk(rules=rules, now=NOW))
    for slug in ("p1", "p2", "p3"):
        made.source(slug)
    made.open_day(NOW.date())
    put(made, "p1", "p2")
    put(made, "p3")
    return made


def put(shelf: Shelf, *sources: str) -> None:
    csto = Mention("csto", "body", 4, 8, "CSTO")
    shelf.put(
        *(Put(source, "a", BODY, NOW, title="A meeting\x1b[31m", mentions=(csto,)) for source in sources), seen=NOW
    )
    link(shelf.desk, evidence=copies_alone)
    assert shelf.run is not None
    match(shelf.desk, shelf.run)


def test_a_draft_is_tried_on_the_past(shelf: Shelf, tmp_path: Path) -> None:
    """A file outside the rules' folder is tried on what runs looked at: the alert, its passage, its mail as a file."""
    draft, mails = tmp_path / "draft.yml", tmp_path / "mails"
    draft.write_text(RULE.format(name="draft"), encoding="utf-8")
    done = wirewatch(shelf.desk, "rules", "test", str(draft), "--since", "2d", "--mails", str(mails))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.strip() for line in lines[1:]] == [
        "The CSTO will meet in Minsk in May.",
        "to ann@desk.example, at once",
        "1 alerts about 1 stories, 0 of them told again, in 1 mails, from 2 runs",
        f"1 mails written to {mails}",
    ]
    assert "\x1b" not in done.stdout
    (mail,) = mails.iterdir()
    message = BytesParser(policy=policy.default).parsebytes(mail.read_bytes())
    assert (message["To"], message["List-Unsubscribe"].strip()[:8]) == ("ann@desk.example", "<mailto:")


def test_trying_as_json(shelf: Shelf, tmp_path: Path) -> None:
    """One object an alert, then the summary; nothing was stored by it."""
    draft = tmp_path / "draft.yml"
    draft.write_text(RULE.format(name="draft"), encoding="utf-8")
    done = wirewatch(shelf.desk, "rules", "test", str(draft), "--json")
    alert, summary = map(json.loads, done.stdout.splitlines())
    assert (alert["passage"], alert["again"], [mail["to"] for mail in alert["mails"]]) == (
        "The CSTO will meet in Minsk in May.",
        False,
        ["ann@desk.example"],
    )
    assert summary == {"summary": {"runs": 2, "articles": 1, "stories": 1, "alerts": 1, "told_again": 0, "mails": 1}}
    assert shelf.rows("select count(*)::integer as alerts from alert") == [{"alerts": 1}]


def test_a_wrong_draft_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    """The message names file, line and key, and what was meant."""
    draft = tmp_path / "draft.yml"
    draft.write_text("name: draft\ntitle: T\nwhen:\n  any: [cstoo]\n", encoding="utf-8")
    done = wirewatch(shelf.desk, "rules", "test", str(draft))
    message = "draft.yml:4: when.any.0: 'cstoo' is not a concept; did you mean 'csto'?"
    assert (done.returncode, message in done.stderr) == (2, True)


def test_nothing_to_try_on_is_said(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """Without runs the command says why it has nothing to show."""
    draft = tmp_path / "draft.yml"
    draft.write_text(RULE.format(name="draft"), encoding="utf-8")
    done = wirewatch(make_desk(), "rules", "test", str(draft), "--since", "3d")
    assert (done.returncode, done.stdout) == (
        0,
        "Nothing was kept to try a rule on since 3d; runs keep it from this version on.\n",
    )


def test_an_alert_is_explained(shelf: Shelf) -> None:
    """What matched, by which version of the rule, to whom it went, and which later copy was kept quiet."""
    (alert,) = shelf.rows("select alert_id, rule_hash from alert")
    done = wirewatch(shelf.desk, "rules", "explain", str(alert["alert_id"]))
    told = done.stdout.splitlines()
    assert done.returncode == 0
    assert f"  the rule's file was {shelf.desk.rules['live'].version} then" in told
    assert "  in “The CSTO will meet in Minsk in May.” by “CSTO”" in told
    assert "  ann@desk.example  pending" in told
    assert told[-3] == "Kept quiet, because this story was told:"
    assert [line.partition("  p")[2] for line in told[-2:]] == ["2: A meeting\ufffd[31m", "3: A meeting\ufffd[31m"]
    assert wirewatch(shelf.desk, "rules", "explain", "999").returncode == 1


def test_lists(shelf: Shelf) -> None:
    """Rules with what they ask for, alerts with their mails."""
    assert wirewatch(shelf.desk, "rules", "list").stdout.split()[:4] == ["live", "normal", "any", "of"]
    assert wirewatch(shelf.desk, "rules", "alerts").stdout.split()[3:7] == ["live", "0", "of", "1"]


def test_a_mute_keeps_alerts_and_sends_none(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """While a rule is muted its alerts are kept, marked, and not sent; after `unmute` the next one is."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "live.yml").write_text(RULE.format(name="live"), encoding="utf-8")
    made = Shelf(make_desk(rules=rules, now=NOW))
    made.source("p1")
    made.open_day(NOW.date())
    done = wirewatch(made.desk, "mute", "live", "--until", "3d", "--reason", "exercise week")
    assert (done.returncode, done.stdout.startswith("live is muted until ")) == (0, True)
    put(made, "p1")
    (mail,) = made.rows("select state, last_error from outbox")
    assert (mail["state"], mail["last_error"].endswith("UTC: exercise week")) == ("muted", True)
    assert "live for all readers: until" in wirewatch(made.desk, "mute").stdout
    assert [wirewatch(made.desk, "unmute", "live").returncode for _ in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("mute", "live"), "--until: a mute has an end"),
        (("mute", "nosuch", "--until", "3d"), "there is no rule 'nosuch'"),
        (("mute", "all", "--until", "2020-01-01"), "is past"),
        (("mute", "all", "--until", "soon"), "'soon' is neither 3d, 12h nor a time"),
        (("unmute",), "which?"),
    ],
)
def test_a_wrong_mute_is_refused(shelf: Shelf, arguments: tuple[str, ...], message: str) -> None:
    """The message says what to write instead."""
    done = wirewatch(shelf.desk, *arguments)
    assert (done.returncode, message in done.stderr) == (2, True)
