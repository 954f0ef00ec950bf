"""Feeds of alerts, read back by the parsers that people's readers use."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from wirewatch.alert.facts import AlertFacts, ChangeFact
from wirewatch.alert.feeds import FORMATS, Feed, FeedAlert, atom, json_feed, rss
from wirewatch.model import ArticleChange, ChangeKind
from wirewatch.plaintext import one_line

AT = datetime(2031, 9, 2, 5, 30, 7, 250_000, tzinfo=timezone(timedelta(hours=3)))
UTC = "2031-09-02T02:30:07Z"
SUITES = Path(__file__).resolve().parents[2] / ".." / "shared" / "suites"
HOSTILE = (
    "<script>alert(1)</script>",
    "]]></title><entry><title>x",
    "a & b &lt;b&gt; &#60;img src=x onerror=alert(1)&#62;",
    "\x00\x1b[31m\ufffe\uffff\ud800 end",
    "\u202eesrever\u200b\u2066",
    '"><img src=https://evil.example/pixel.gif>',
    "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "   \r\n\t ",
    "𝕏" * 3000,
)


def feed(*facts: AlertFacts) -> Feed:
    alerts = [FeedAlert(it, story_key=f"story {place}", fact_key="", at=AT) for place, it in enumerate(facts)]
    return Feed("zapad-and-union", "Zapad & <Union>", "http://127.0.0.1:8080", "news.example", "UTC", AT, alerts)


def read(content: bytes) -> Any:
    """As a feed reader has it; anything that is not well-formed fails."""
    etree.fromstring(content)
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize(("write", "version"), [(atom, "atom10"), (rss, "rss20")])
def test_round_trip(facts: AlertFacts, write: Any, version: str) -> None:
    """A feed reader gets back what the alert says, with its own moment."""
    found = read(write(feed(facts)))
    [entry] = found.entries
    assert found.version == version
    assert found.feed.link == "http://127.0.0.1:8080"
    assert (entry.title, entry.link, entry.author) == (f"[high] {facts.title}", facts.url, "БелТА")
    assert entry.id.startswith("tag:news.example,2026:")
    assert tuple(entry.published_parsed[:6]) == AT.utctimetuple()[:6]
    assert [tag.term for tag in entry.tags] == ["zapad-and-union", "Zapad exercise"]
    content = entry.content[0].value if "content" in entry else entry.summary
    assert "учение «Запад-2031» начнётся" in html.fromstring(content).text_content()


def test_json_feed(facts: AlertFacts) -> None:
    """A JSON Feed has what version 1.1 asks for."""
    found = json.loads(json_feed(feed(facts)))
    [item] = found.pop("items")
    content = item.pop("content_html")
    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Zapad & <Union>",
        "home_page_url": "http://127.0.0.1:8080",
        "description": "Zapad & <Union>",
    }
    assert item.pop("id").startswith("tag:news.example,2026:")
    assert item == {
        "title": f"[high] {facts.title}",
        "date_published": UTC,
        "authors": [{"name": "БелТА"}],
        "tags": ["zapad-and-union", "Zapad exercise"],
        "url": facts.url,
        "summary": "Штаб сообщил: учение «Запад-2031» начнётся в сентябре.",
        "language": "ru",
    }
    assert "<mark>Запад-2031</mark>" in content


def test_atom_dates(facts: AlertFacts) -> None:
    """Moments are written in UTC as RFC 3339 asks, whatever zone they came in."""
    root = etree.fromstring(atom(feed(facts)))
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert root.xpath("//a:updated/text() | //a:published/text()", namespaces=names) == [UTC] * 3


def test_identity(facts: AlertFacts) -> None:
    """An entry's id is the same in each format and each time; another story, rule or fact has another."""
    one = feed(facts)
    ids = {read(write(one)).entries[0].id for write in (atom, rss)} | {json.loads(json_feed(one))["items"][0]["id"]}
    assert len(ids) == 1
    alert = one.alerts[0]
    others = [
        replace(alert, story_key="another"),
        replace(alert, fact_key="f" * 64),
        replace(alert, facts=replace(facts, rule="another")),
        replace(alert, at=AT + timedelta(days=1), facts=replace(facts, title="Edited")),
    ]
    found = [entry.id for entry in read(atom(replace(one, alerts=others))).entries]
    assert [found[3]] == list(ids)
    assert len({*ids, *found}) == 4


def test_what_changed_comes_first(facts: AlertFacts) -> None:
    """An alert about a change says so in its title, and shows both sides."""
    change = ArticleChange(
        ChangeKind.EDITED, before="<i>old</i>", after="new & true", paragraph=2, passage="new & true"
    )
    fact = ChangeFact(change, None, "БелТА", facts.url, "Another title", AT, listing=False)
    item = json.loads(json_feed(feed(replace(facts, changes=(fact,)))))["items"][0]
    assert item["title"].startswith("[high] ")
    assert item["title"].endswith(": Another title")
    assert "<del>&lt;i&gt;old&lt;/i&gt;</del><br><ins>new &amp; true</ins>" in item["content_html"]


def test_empty(facts: AlertFacts) -> None:
    """A rule that has told nothing has a feed all the same: one can subscribe to it."""
    assert [read(write(feed())).entries for write in (atom, rss)] == [[], []]
    assert json.loads(json_feed(feed()))["items"] == []


def check_harmless(facts: AlertFacts, texts: list[str]) -> None:
    """Each of the texts everywhere in an alert: the feeds are well-formed, and show text and our own few elements."""
    poisoned = [
        replace(facts, title=text, source_name=text, rule_title=text, country=text, url=f"https://x.example/{text}")
        for text in texts
    ]
    for write in (atom, rss):
        found = read(write(feed(*poisoned)))
        assert len(found.entries) == len(texts)
        root = etree.fromstring(write(feed(*poisoned)))
        assert {etree.QName(it).localname for it in root.iter()} <= ELEMENTS
        for markup in root.xpath("//*[local-name()='content' or local-name()='description']/text()"):
            _check_markup(markup)
    items = json.loads(json_feed(feed(*poisoned)))["items"]
    assert [item["title"] for item in items] == [f"[high] {one_line(text, limit=500)}".strip() for text in texts]
    for item in items:
        _check_markup(item["content_html"])


ELEMENTS = {
    *("feed", "entry", "id", "title", "updated", "published", "author", "name", "link", "category", "content"),
    *("generator", "rss", "channel", "item", "guid", "pubDate", "lastBuildDate", "creator", "description"),
}


def _check_markup(markup: str) -> None:
    for element in html.fragment_fromstring(markup, create_parent=True).iter():
        assert element.tag in {"div", "p", "b", "br", "mark", "del", "ins"}
        assert set(element.attrib) <= {"lang"}


def test_hostile_texts(facts: AlertFacts) -> None:
    """No text of a publisher becomes markup, or breaks a feed."""
    check_harmless(facts, list(HOSTILE))


def test_known_attacks(facts: AlertFacts) -> None:
    """Nor does any of the published lists of naughty strings and script injections."""
    files = [*SUITES.glob("xss-payloadbox/**/*.txt"), *SUITES.glob("blns/**/blns.txt")]
    if not files:
        pytest.skip("../shared/suites is not there")
    lines = [path.read_text("utf-8", "surrogateescape").splitlines() for path in files]
    texts = [line for some in lines for line in some[:: 1 if len(some) < 1000 else 10] if line.strip()]
    assert len(texts) > 400
    check_harmless(facts, texts)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://[", "ftp://a.example/", "https://a.example/" + "x" * 3000]
)
@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_no_link(facts: AlertFacts, url: str, ending: str) -> None:
    """An address that must not be clicked is no link."""
    content = FORMATS[ending](feed(replace(facts, url=url)))
    assert url.encode() not in content
