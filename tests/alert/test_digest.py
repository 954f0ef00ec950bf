"""Several alerts in one mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from bs4 import BeautifulSoup

from wirewatch.alert.digest import compose_digest
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.passages import Passage

DATE = datetime(2031, 9, 2, 7, 0, tzinfo=timezone.utc)


def composed(alerts: Sequence[AlertFacts], kind: str = "daily") -> bytes:
    return compose_digest(
        alerts,
        kind=kind,
        cap=20,
        recipient="ann@desk.example",
        sender="Wirewatch <w@news.example>",
        message_id="<1@news.example>",
        timezone="Europe/Minsk",
        date=DATE,
    ).as_bytes()


def parsed(content: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(content)  # type: ignore[return-value]


def text_of(content: bytes, kind: str) -> str:
    part = parsed(content).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def subject(content: bytes) -> str:
    return str(make_header(decode_header(BytesParser(policy=policy.compat32).parsebytes(content)["Subject"])))


def test_all_alerts_stand_in_it_the_most_urgent_first(facts: AlertFacts) -> None:
    """Text and HTML part show each alert whole; urgent ones lead, others keep their order."""
    low = replace(facts, severity="low", title="Low one", rule_title="Quiet topic", passage=None)
    normal = replace(facts, severity="normal", title="Normal one", passage=None)
    urgent = replace(facts, title="Urgent one", passage=None)
    content = composed([low, normal, urgent])
    page = BeautifulSoup(text_of(content, "html"), "lxml")
    assert [heading.get_text() for heading in page.select("article h2")] == ["Urgent one", "Normal one", "Low one"]
    lines = text_of(content, "plain").splitlines()
    assert [line for line in lines if line.endswith(" one")] == ["Urgent one", "Normal one", "Low one"]
    assert subject(content) == "[high] 3 alerts: Zapad exercise (2), Quiet topic (1)"


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("hourly", "All that came within an hour, in one mail, as you wished."),
        ("daily", "All that came within a day, in one mail, as you wished."),
        ("quiet", "All that came in your quiet hours, in one mail."),
        ("cap", "More than 20 alerts came within an hour; from there on they are in this one mail."),
    ],
)
def test_it_says_why_it_is_one(facts: AlertFacts, kind: str, why: str) -> None:
    """The first line says why several alerts are in one mail."""
    content = composed([facts], kind)
    assert text_of(content, "plain").splitlines()[0] == why
    assert why in text_of(content, "html")


def test_a_flood_stays_under_what_mail_programs_cut(facts: AlertFacts) -> None:
    """A thousand alerts are a mail under 100 KB: some whole, some by title, and the number of the rest."""
    long = Passage("body", "слово " * 66, ())
    content = composed([replace(facts, title=f"Заголовок {number}", passage=long) for number in range(1000)])
    text = text_of(content, "plain")
    whole = text.count("Why you get this")
    assert (len(content) < 100_000, 1 <= whole < 30, f"And {1000 - whole} more:" in text) == (True, True, True)


def test_hostile_titles_stay_text(facts: AlertFacts) -> None:
    """Markup, line breaks and encoded words of a title neither add a header nor run."""
    evil = replace(
        facts,
        title="=?utf-8?q?a=0AReply-To=3A_evil?=\r\nBcc: x@evil.example <script>alert(1)</script>",
        rule_title="T\r\nBcc: y@evil.example",
        source_name="<img src=x onerror=alert(1)>",
    )
    content = composed([evil])
    message = parsed(content)
    assert (message["Bcc"], message["Reply-To"]) == (None, None)
    page = BeautifulSoup(text_of(content, "html"), "lxml")
    assert page.find_all(["script", "img"]) == []


def test_the_same_whenever_it_is_made(facts: AlertFacts) -> None:
    """A digest that is sent again after a lost answer is the same to the byte."""
    assert composed([facts, facts]) == composed([facts, facts])
