"""The mail: what it says, and what no publisher can make it say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.alert.address import Address
from wirewatch.alert.facts import AlertFacts, ChangeFact, Origin
from wirewatch.alert.mail import compose, compose_notice, mail_domain, message_id
from wirewatch.alert.passages import Hit, Passage
from wirewatch.errors import DeliveryError, SettingError
from wirewatch.model import Absence, ArticleChange, ChangeKind, Precision
from wirewatch.plaintext import one_line

SUITES = Path(__file__).resolve().parents[2] / ".." / "shared" / "suites"
DATE = datetime(2031, 9, 2, 5, 10, tzinfo=timezone.utc)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "List-Id",
    "Importance",
    "MIME-Version",
    "Content-Type",
]
TEXT = """\
Названы сроки учения «Запад-2031»
БелТА (BY) · 01 Sep 2031, 21:30 UTC (02 Sep, 00:30 Europe/Minsk)

Штаб сообщил: учение «**Запад-2031**» начнётся в сентябре.

https://news.example/zapad?id=1&lang=ru

Why you get this: rule zapad-and-union, Zapad exercise (high)
- asks for any of Zapad exercise, Union Shield
- found Zapad exercise (3)
Also mentioned: NATO (2), CSTO (1)
Story: 4 articles from 3 sources, 1 independent
First seen: 02 Sep 2031, 05:00 UTC (08:00 Europe/Minsk)

--\x20
Wirewatch
"""


def composed(
    facts: AlertFacts, recipient: str = "ann@desk.example", sender: str = "Wirewatch <w@news.example>"
) -> bytes:
    identity = message_id(facts.rule, 70, recipient, domain=mail_domain(sender))
    message = compose(
        facts, recipient=recipient, sender=sender, message_id=identity, timezone="Europe/Minsk", date=DATE
    )
    return message.as_bytes()


def parsed(content: bytes) -> EmailMessage:
    """As a mail program reads it: the policy keeps raw headers, so that an encoded word is decoded once, by us."""
    return BytesParser(policy=policy.compat32).parsebytes(content)  # type: ignore[return-value]


def header(content: bytes, name: str) -> str:
    return str(make_header(decode_header(parsed(content)[name])))


def part(content: bytes, kind: str) -> str:
    message = BytesParser(policy=policy.default).parsebytes(content)
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_text_part(facts: AlertFacts) -> None:
    """The text part says what, who, when, where and why, with the hit marked."""
    assert part(composed(facts), "plain") == TEXT


def changed(facts: AlertFacts, *changes: ArticleChange) -> AlertFacts:
    """The alert of these changes of its article."""
    seen = datetime(2031, 9, 2, 6, 0, tzinfo=timezone.utc)
    told = tuple(
        ChangeFact(
            change=change,
            concept="CSTO" if change.concept else None,
            source_name=facts.source_name,
            url=facts.url,
            title=facts.title,
            seen_at=seen,
            listing=False,
        )
        for change in changes
    )
    return replace(facts, changes=told, thread="70")


def test_a_change_is_told_first(facts: AlertFacts) -> None:
    """The mail of a change says what changed before all else, in words, and shows both sides of an edit."""
    told = changed(
        facts,
        ArticleChange(ChangeKind.CONCEPT_REMOVED, concept="csto", paragraph=3, passage="ОДКБ примет участие."),
        ArticleChange(ChangeKind.NUMBER, before="12", after="2", paragraph=1, passage="Прибыли 2 эшелона."),
        ArticleChange(ChangeKind.EDITED, before="Было так.", after="Стало так.", paragraph=2, passage="Стало так."),
        ArticleChange(ChangeKind.WITHDRAWN, absence=Absence.HOME),
    )
    lines = part(composed(told), "plain").splitlines()
    assert [line for line in lines if line.startswith(("CHANGED", "- was", "- now"))] == [
        "CHANGED: CSTO removed from paragraph 3",
        "CHANGED: Number changed from 12 to 2 in paragraph 1",
        "CHANGED: Paragraph 2 rewritten",
        "- was: Было так.",
        "- now: Стало так.",
        "CHANGED: Withdrawn: its address leads to the site's front page",
    ]
    page = BeautifulSoup(part(composed(told), "html"), "lxml")
    assert [item.strong.string for item in page.select(".change")] == [line[9:] for line in lines if "CHANGED" in line]
    assert (page.find("del").string, page.find("ins").string) == ("Было так.", "Стало так.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ArticleChange(ChangeKind.WITHDRAWN, absence=Absence.GONE), "withdrawn"),
        (ArticleChange(ChangeKind.RESTORED), "there again"),
        (ArticleChange(ChangeKind.HEADLINE, before="Was", after="Is"), "new headline"),
        (ArticleChange(ChangeKind.NUMBER, before="12", after="2", paragraph=1), "12 → 2"),
        (ArticleChange(ChangeKind.CONCEPT_ADDED, concept="csto", paragraph=1), "CSTO added"),
        (ArticleChange(ChangeKind.EDITED, before="Was", after="Is", paragraph=1), "edited"),
    ],
)
def test_subject_of_a_change(facts: AlertFacts, change: ArticleChange, words: str) -> None:
    """What changed stands before the title, where a phone's list shows it."""
    subject = header(composed(changed(facts, change)), "Subject")
    assert subject == f"[high] Zapad exercise · БелТА: {words}: Названы сроки учения «Запад-2031»"


def test_a_change_answers_the_first_mail(facts: AlertFacts) -> None:
    """Mail programs show the mail of a change under that of the story."""
    first = parsed(composed(facts))
    later = parsed(composed(changed(facts, ArticleChange(ChangeKind.RESTORED))))
    assert (first["References"], first["In-Reply-To"]) == (None, None)
    assert later["References"] == later["In-Reply-To"] == first["Message-ID"]


def test_who_said_it_first(facts: AlertFacts) -> None:
    """A mail about a reprint names the report that was there first, when, and where it is."""
    origin = Origin(
        "РИА", "https://ria.example/1", datetime(2031, 9, 1, 20, tzinfo=timezone.utc), Precision.MINUTE, DATE
    )
    content = composed(replace(facts, origin=origin, story_id=12))
    text = part(content, "plain")
    assert "Said first: РИА, 01 Sep 2031, 20:00 UTC (23:00 Europe/Minsk)\n  https://ria.example/1\n" in text
    assert "wirewatch story 12\n" in text
    page = BeautifulSoup(part(content, "html"), "lxml")
    assert [link["href"] for link in page.select("dd a")] == ["https://ria.example/1"]


def test_headers(facts: AlertFacts) -> None:
    """The message has exactly the headers it should have, all of them ASCII, in lines that no server folds."""
    content = composed(facts)
    message = parsed(content)
    assert message.keys() == HEADERS
    assert {name: message[name] for name in HEADERS if name not in ("Subject", "Content-Type")} == {
        "From": "Wirewatch <w@news.example>",
        "To": "ann@desk.example",
        "Date": "Tue, 02 Sep 2031 05:10:00 +0000",
        "Message-ID": message_id("zapad-and-union", 70, "ann@desk.example", domain="news.example"),
        "Auto-Submitted": "auto-generated",
        "List-Id": "<zapad-and-union.wirewatch.news.example>",
        "Importance": "high",
        "MIME-Version": "1.0",
    }
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_subject(facts: AlertFacts) -> None:
    """The subject opens with urgency, topic and source, and comes back from its encoding in Cyrillic."""
    assert header(composed(facts), "Subject") == "[high] Zapad exercise · БелТА: Названы сроки учения «Запад-2031»"
    plain = replace(facts, severity="normal", source_name="BelTA", title="Dates named")
    assert header(composed(plain), "Subject") == "Zapad exercise · BelTA: Dates named"


def test_long_subject(facts: AlertFacts) -> None:
    """A title of five million characters becomes a subject of 200, cut at a word, and a mail under 100 KB."""
    content = composed(replace(facts, title="слово " * 800_000))
    subject = header(content, "Subject")
    assert len(subject) <= 200
    assert subject.endswith("слово…")
    assert len(content) < 100_000


def test_html_part(facts: AlertFacts) -> None:
    """The HTML part marks the hit, names the passage's language, links to the article and loads nothing."""
    page = BeautifulSoup(part(composed(facts), "html"), "lxml")
    quote = page.select_one("blockquote")
    assert (quote["lang"], quote.mark.string) == ("ru", "Запад-2031")
    assert quote.get_text() == facts.passage.text
    assert {link["href"] for link in page.select("a")} == {facts.url}
    assert not page.select("[src], link, script, iframe, object, form, base")
    assert "prefers-color-scheme: dark" in page.style.string
    assert "url(" not in page.style.string


def test_same_to_the_byte(facts: AlertFacts) -> None:
    """Made twice, a mail is the same to the byte; its id depends on rule, story and recipient, and nothing else."""
    assert composed(facts) == composed(facts)
    ids = {
        message_id(*key, domain="d.example")
        for key in (("a", 1, "x@y"), ("b", 1, "x@y"), ("a", 2, "x@y"), ("a", 1, "z@y"))
    }
    assert len(ids) == 4
    assert message_id("a", 1, "x@y", domain="d.example") == "<a3c80b0f454866898182f8f374324c8392a3c581@d.example>"


@pytest.mark.parametrize(
    "title",
    [
        "=?utf-8?q?a=0AReply-To=3A_evil?=",
        "=?utf-8?b?aGl0DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
        "=?utf-8?q?hit?= =?utf-8?q?=0D=0ABcc=3A_x=40y?=",
        "Hit\r\nBcc: evil@evil.example\r\n\r\nBody",
        "Hit\nReply-To: evil@evil.example",
        "Hit\x85Bcc: a@b\u2028Bcc: c@d\x0bBcc: e@f\x0cBcc: g@h\x1eBcc: i@j",
        "NUL \x00 and a lone surrogate \ud800 and \udcff",
        "a" * 3000,
        "=?" * 200,
        "",
        "   ",
    ],
)
def test_no_header_from_a_title(facts: AlertFacts, title: str) -> None:
    """Whatever the title and the source are called, the headers are the same and the subject shows the literal text."""
    content = composed(replace(facts, title=title, source_name=title, rule_title=title, country=title))
    assert parsed(content).keys() == HEADERS
    short = composed(replace(facts, title=title, source_name="S", rule_title="T"))
    shown = one_line(title, limit=186)
    assert header(short, "Subject") == f"[high] T · S: {shown}"


def test_hidden_characters(facts: AlertFacts) -> None:
    """Characters that turn text round or hide in it are gone from every part; the words stay."""
    hidden = "\u202e\u2066\u200b\u200d\ufeff\u00ad\U000e0041\u061c"
    passage = Passage("body", f"а{hidden}б Запад{hidden}", (Hit(len(hidden) + 3, len(hidden) + 8, "zapad-exercise"),))
    dirty = replace(facts, title=f"Тит{hidden}ул", source_name=f"Бел{hidden}ТА", passage=passage)
    content = composed(dirty)
    assert header(content, "Subject") == "[high] Zapad exercise · БелТА: Титул"
    for kind in ("plain", "html"):
        assert not set(hidden).intersection(part(content, kind))
    assert "аб **Запад**\n" in part(content, "plain")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,<script>1</script>", "http://[", "//evil.example/", "", "https:///x"],
)
def test_link_that_leads_nowhere(facts: AlertFacts, url: str) -> None:
    """An address that is not http(s) is shown and is no link."""
    content = composed(replace(facts, url=url))
    assert BeautifulSoup(part(content, "html"), "lxml").select("a") == []
    assert url in part(content, "plain")


def test_address_with_controls(facts: AlertFacts) -> None:
    """Line breaks and hidden characters in an address are percent-encoded."""
    url = 'https://news.example/a\r\nb\u202e"><script>'
    content = composed(replace(facts, url=url))
    shown = 'https://news.example/a%0D%0Ab%E2%80%AE"><script>'
    assert f"\n{shown}\n" in part(content, "plain")
    page = BeautifulSoup(part(content, "html"), "lxml")
    assert {link["href"] for link in page.select("a")} == {shown}
    assert page.select("script") == []


@pytest.mark.parametrize(
    ("at", "precision", "shown"),
    [
        (datetime(2031, 9, 1, 21, 0, tzinfo=timezone.utc), Precision.DAY, "02 Sep 2031 (no time stated)"),
        (
            datetime(2031, 9, 1, 12, 0, tzinfo=timezone.utc),
            Precision.SECOND,
            "01 Sep 2031, 12:00 UTC (15:00 Europe/Minsk)",
        ),
        (datetime(9999, 12, 31, 23, 0, tzinfo=timezone.utc), Precision.SECOND, "9999-12-31T23:00:00+00:00"),
        (None, Precision.NONE, "no time stated"),
    ],
)
def test_times(facts: AlertFacts, at: datetime | None, precision: Precision, shown: str) -> None:
    """A day without a time is the publisher's day (midnight in Minsk is 21:00 UTC the day before); none is not now."""
    text = part(composed(replace(facts, published_at=at, published_precision=precision)), "plain")
    assert text.splitlines()[1] == f"БелТА (BY) · {shown}"


def test_zone_of_the_rule(facts: AlertFacts) -> None:
    """A rule's own zone replaces the reader's; UTC is shown once."""
    lines = part(composed(replace(facts, timezone="UTC")), "plain").splitlines()
    assert lines[1] == "БелТА (BY) · 01 Sep 2031, 21:30 UTC"


def test_hit_in_the_title(facts: AlertFacts) -> None:
    """When only the title was hit, it is marked there and no passage repeats it."""
    titled = replace(facts, title="О «Западе»", passage=Passage("title", "О «Западе»", (Hit(3, 9, "zapad-exercise"),)))
    text = part(composed(titled), "plain")
    assert text.startswith("О «**Западе**»\nБелТА (BY)")
    page = BeautifulSoup(part(composed(titled), "html"), "lxml")
    assert (page.h1.mark.string, page.blockquote) == ("Западе", None)


def test_international_recipient(facts: AlertFacts) -> None:
    """A local part beyond ASCII is written in UTF-8, a domain in its IDNA form."""
    message = BytesParser(policy=policy.SMTPUTF8).parsebytes(composed(facts, recipient="анна@почта.example"))
    assert str(message["To"]) == "анна@xn--80a1acny.example"
    assert composed(facts, recipient="anna@почта.example").isascii()


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@", "a b@c.example", "a@b\r\nBcc: c@d", "=?utf-8?q?a?=@b.example", "a@b, c@d"]
)
def test_wrong_addresses(facts: AlertFacts, address: str) -> None:
    """A recipient that is no address is refused for good, a sender that is none is a wrong setting."""
    with pytest.raises(DeliveryError) as caught:
        composed(facts, recipient=address)
    assert caught.value.permanent
    with pytest.raises(SettingError, match="WIREWATCH_MAIL_FROM"):
        composed(facts, sender=address)


@pytest.mark.parametrize(
    ("sender", "written"),
    [
        ("Wirewatch <w@d.example>", "Wirewatch <w@d.example>"),
        ('"Watch, Wire" <w@d.example>', '"Watch, Wire" <w@d.example>'),
        ("Стража <w@d.example>", "=?utf-8?b?0KHRgtGA0LDQttCw?= <w@d.example>"),
        ("=?utf-8?q?x=0ABcc=3Ay?= <w@d.example>", "=?utf-8?b?PT91dGYtOD9xP3g9MEFCY2M9M0F5Pz0=?= <w@d.example>"),
        (
            "Служба оповещения аналитиков <w@d.example>",
            "=?utf-8?b?0KHQu9GD0LbQsdCwINC+0L/QvtCy0LXRidC10L3QuNGPINCw0L0=?="
            " =?utf-8?b?0LDQu9C40YLQuNC60L7Qsg==?= <w@d.example>",
        ),
        ("w@d.example", "w@d.example"),
    ],
)
def test_sender(facts: AlertFacts, sender: str, written: str) -> None:
    """A display name is written as a phrase that every mail program reads as that name, folded where it is long."""
    assert Address.parse(sender).header == written
    assert composed(facts, sender=sender).startswith(f"From: {written}\r\nTo:".replace("?= =?", "?=\r\n =?").encode())


def test_notice() -> None:
    """The operator's notice has the lines given and nothing hidden in them."""
    content = compose_notice(
        subject="Source belta-ru failed\r\nBcc: x@y",
        lines=["First: \x1b[31mred", "Second"],
        recipient="op@desk.example",
        sender="Wirewatch <w@news.example>",
        date=DATE,
    ).as_bytes()
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert header(content, "Subject") == "Source belta-ru failed Bcc: x@y"
    assert (
        message.get_content().replace("\r\n", "\n")
        == "First: \ufffd[31mred\nSecond\n\n-- \nWirewatch, to its operator\n"
    )
    assert message.keys() == [*HEADERS[:6], "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_title(title: str) -> None:
    """Any text at all, surrogates and all, goes through a subject as its harmless form and adds no header."""
    content = compose_notice(
        subject=title, lines=[title], recipient="a@b.example", sender="c@d.example", date=DATE
    ).as_bytes()
    assert header(content, "Subject") == one_line(title, limit=200)
    assert len(parsed(content).keys()) == 9


def test_hostile_suites(facts: AlertFacts) -> None:
    """Collected naughty and cross-site strings, as title, source and passage, add no header and no element."""
    if not SUITES.is_dir():
        pytest.skip("the collections of hostile strings are not beside this checkout")
    strings = set(json.loads((SUITES / "blns" / "blns.json").read_text(encoding="utf-8")))
    for file in sorted((SUITES / "xss-payloadbox").rglob("*.txt")):
        strings.update(file.read_text(encoding="utf-8", errors="replace").splitlines()[:400])
    clean = BeautifulSoup(part(composed(facts), "html"), "lxml")
    elements = [(tag.name, sorted(tag.attrs)) for tag in clean.find_all(True)]
    for string in sorted(strings):
        body = Passage("body", f"{string} Запад", (Hit(len(string) + 1, len(string) + 6, "zapad-exercise"),))
        content = composed(replace(facts, title=string, source_name=string, passage=body, country="BY"))
        assert parsed(content).keys() == HEADERS
        page = BeautifulSoup(part(content, "html"), "lxml")
        assert [(tag.name, sorted(tag.attrs)) for tag in page.find_all(True)] == elements


def test_day_of_sending_is_given(facts: AlertFacts) -> None:
    """The Date header is the time given, in UTC, whatever its own offset."""
    message = compose(
        facts,
        recipient="a@b.example",
        sender="c@d.example",
        message_id="<1@d>",
        timezone="UTC",
        date=DATE.astimezone(timezone(timedelta(hours=3))),
    )
    assert str(message["Date"]) == "Tue, 02 Sep 2031 05:10:00 +0000"
