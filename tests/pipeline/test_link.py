"""New texts → copies, lineage and stories, in a real PostgreSQL."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.documents import invented_documents
from tests.support.shelf import Put, Shelf, at
from wirewatch.alert.mailbox import list_messages
from wirewatch.dedup.stories import StoryPair
from wirewatch.model import Mention, Precision
from wirewatch.pipeline import link as linking
from wirewatch.pipeline.deliver import deliver
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.pipeline.match import match
from wirewatch.pipeline.story_evidence import copies_alone
from wirewatch.warehouse import stories
from wirewatch.warehouse.connection import Connection

TEXTS = invented_documents(60, words=150, seed=31).texts
DAY = at(24).date()


@pytest.fixture
def shelf(make_desk: Callable[..., Desk], tmp_path: Path) -> Shelf:
    """Six papers and a wire, on one day."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "ferry.yml").write_text(
        "name: ferry\ntitle: Ferries\nwhen: {any: [csto]}\nto: [desk@example.org]\nmax_age_days: 60\nagain: []\n",
        encoding="utf-8",
    )
    made = Shelf(make_desk(rules=rules, now=at(24, "20:00")))
    made.source("veda", name="Агентство Веда", kind="wire")
    for slug in ("p1", "p2", "p3", "p4", "p5", "p6"):
        made.source(slug)
    made.open_day(DAY)
    return made


def numbers_in_common(shelf: Shelf) -> Callable[[Connection, Sequence[int]], Iterable[StoryPair]]:
    """A second look that is easy to follow: articles that have two numbers in common tell of one event."""

    def numbers(body: str) -> set[str]:
        return set(re.findall(r"\d{3,}", body))

    def pairs(connection: Connection, article_ids: Sequence[int]) -> Iterator[StoryPair]:
        with connection.cursor() as cursor:
            cursor.execute("select article_id, body from article_current")
            found = {row["article_id"]: numbers(row["body"]) for row in map(dict, cursor.fetchall())}
        for one in article_ids:
            for two in found:
                if one != two and len(found[one] & found[two]) >= 2:
                    yield StoryPair(min(one, two), max(one, two), 0.8)

    return pairs


def edited(text: str, *, seed: int, share: float = 0.05) -> str:
    chance, words = random.Random(seed), text.split()
    for place in chance.sample(range(len(words)), round(len(words) * share)):
        words[place] = f"{words[place]}ка"
    return " ".join(words)


def test_copies_of_every_kind_lead_to_their_origin(shelf: Shelf) -> None:
    """Exact, credited, cut, edited and lengthened copies: one story, the wire's piece its origin, one source."""
    text = ". ".join(TEXTS[0][start : start + 90].strip().capitalize() for start in range(0, 900, 90))
    shelf.put(
        Put("p1", "a", text, at(24, "12:30")),
        Put("p2", "a", f"{text}. Об этом сообщает Агентство Веда.", at(24, "11:59")),
        Put("veda", "a", text, at(24, "12:00")),
        Put("p3", "a", text.partition(". " + text.split(". ")[6])[0], at(24, "13:00")),
        Put("p4", "a", edited(text, seed=4), at(24, "14:00")),
        Put("p5", "a", f"{text}\n{TEXTS[1][:400]}", at(24, "15:00")),
        Put("p6", "a", TEXTS[2], at(24, "12:00")),
        seen=at(24, "18:00"),
    )
    assert link(shelf.desk, evidence=copies_alone) == {"linked": 7, "stories": 2, "copies": 5}
    assert shelf.copies() == {
        "p1/a": ("veda/a", "exact"),
        "p2/a": ("veda/a", "reprint"),
        "p3/a": ("veda/a", "reprint"),
        "p4/a": ("veda/a", "edited-reprint"),
        "p5/a": ("veda/a", "edited-reprint"),
    }
    assert shelf.stories() == {
        (frozenset({"veda/a", "p1/a", "p2/a", "p3/a", "p4/a", "p5/a"}), "veda/a", 6, 1),
        (frozenset({"p6/a"}), "p6/a", 1, 1),
    }
    assert link(shelf.desk, evidence=copies_alone) == {"linked": 0, "stories": 0, "copies": 0}


def test_nine_reprints_in_three_languages_are_one_story_of_one_source(shelf: Shelf) -> None:
    """Editions of an agency and their nine reprints; then somebody's own report of the event makes it two sources."""
    for slug in ("veda-be", "veda-en"):
        shelf.source(slug, name="Агентство Веда", kind="wire", home=f"https://{slug[5:]}.veda.example/")
    for slug in ("q1", "q2", "q3", "witness"):
        shelf.source(slug)
    shelf.open_day(at(25).date())
    editions = {
        name: f"{TEXTS[place]} 1234 и 567" for place, name in enumerate(("veda", "veda-be", "veda-en"), start=3)
    }
    papers = (("p1", "p2", "p3"), ("p4", "p5", "p6"), ("q1", "q2", "q3"))
    reprints = [
        Put(paper, "r", edited(text, seed=number), at(25, f"1{3 + number}:00"))
        for group, text in zip(papers, editions.values(), strict=True)
        for number, paper in enumerate(group)
    ]
    originals = [Put(name, "o", text, at(25, f"12:0{place}")) for place, (name, text) in enumerate(editions.items())]
    shelf.put(*reprints, *originals, seen=at(25, "20:00"))
    link(shelf.desk, evidence=numbers_in_common(shelf))
    names = frozenset({*(f"{put.source}/r" for put in reprints), *(f"{put.source}/o" for put in originals)})
    assert shelf.stories() == {(names, "veda/o", 12, 1)}
    before = shelf.story_of("veda/o")

    shelf.put(Put("witness", "w", f"{TEXTS[9]} 1234 и 567", at(25, "16:00")), seen=at(25, "21:00"))
    link(shelf.desk, evidence=numbers_in_common(shelf))
    assert shelf.stories() == {(names | {"witness/w"}, "veda/o", 13, 2)}
    assert shelf.story_of("witness/w") == before


def test_an_article_whose_two_versions_were_copied_is_joined_once(shelf: Shelf) -> None:
    """Both copies come in one run: they are copies of that article, and one story with it."""
    first, second = TEXTS[10], TEXTS[11]
    shelf.put(Put("veda", "a", first, at(24, "09:00")), seen=at(24, "10:00"))
    shelf.put(Put("veda", "a", second, at(24, "09:00")), seen=at(24, "11:00"))
    shelf.put(Put("p1", "a", first, at(24, "12:00")), Put("p2", "a", second, at(24, "12:00")), seen=at(24, "13:00"))
    link(shelf.desk, evidence=copies_alone)
    assert shelf.stories() == {(frozenset({"veda/a", "p1/a", "p2/a"}), "veda/a", 3, 1)}
    assert shelf.copies() == {"p1/a": ("veda/a", "exact"), "p2/a": ("veda/a", "exact")}


def test_a_text_we_misread_makes_no_copies_once_it_is_read_anew(shelf: Shelf) -> None:
    """What replay put right parts again; the part that leaves is recorded, and the story keeps its id."""
    furniture = TEXTS[12]
    shelf.put(
        Put("p1", "a", furniture, at(24, "09:00")), Put("p2", "a", furniture, at(24, "10:00")), seen=at(24, "11:00")
    )
    link(shelf.desk, evidence=copies_alone)
    old = shelf.story_of("p1/a")
    assert shelf.story_of("p2/a") == old
    shelf.put(Put("p2", "a", TEXTS[13], at(24, "10:00")), seen=at(24, "11:00"), reread=True)
    link(shelf.desk, evidence=copies_alone)
    new = shelf.story_of("p2/a")
    assert (shelf.story_of("p1/a"), new != old, shelf.copies()) == (old, True, {})
    changes = shelf.rows("select change, old_id, new_id from story_change")
    assert changes == [{"change": "split", "old_id": old, "new_id": new}]


def bridged() -> tuple[Put, Put, Put]:
    """Two texts that have little in common, and a third that is a copy of both."""
    words = TEXTS[34].split() + TEXTS[35].split()[:60]

    def put(source: str, part: list[str], clock: str) -> Put:
        mention = Mention("csto", "body", 0, 4, "CSTO")
        return Put(source, "a", " ".join(part), at(24, clock), mentions=(mention,))

    return put("p1", words[:120], "09:00"), put("p2", words[50:170], "10:00"), put("p3", words[25:150], "11:00")


def test_stories_that_become_one_resolve_by_either_id_and_are_told_once(
    shelf: Shelf, mailbox: tuple[Path, int]
) -> None:
    """Both told already: nothing more is sent, the older id stays, and links to the other still lead there."""
    first, second, bridge = bridged()
    shelf.put(first, second, seen=at(24, "12:00"))
    link(shelf.desk, evidence=copies_alone)
    assert shelf.run is not None
    assert match(shelf.desk, shelf.run) == {"articles": 2, "changes": 0, "alerts": 2}
    deliver(shelf.desk)
    older, newer = sorted((shelf.story_of("p1/a"), shelf.story_of("p2/a")))
    assert older != newer
    shelf.put(bridge, seen=at(24, "13:00"))
    link(shelf.desk, evidence=copies_alone)
    assert {shelf.story_of(f"{paper}/a") for paper in ("p1", "p2", "p3")} == {older}
    assert match(shelf.desk, shelf.run) == {"articles": 1, "changes": 0, "alerts": 0}
    deliver(shelf.desk)
    assert len(list_messages(mailbox[0])) == 2
    with shelf.desk.warehouse() as connection, connection:
        found = [stories.find_story(connection, story) for story in (older, newer, 999_999)]
    assert [story and story["story_id"] for story in found] == [older, older, None]
    assert found[0] is not None
    changes = [(change["change"], change["old_id"], change["new_id"]) for change in found[0]["changes"]]
    assert changes == [("merge", newer, older)]


def test_a_mail_that_waits_is_not_sent_for_a_story_already_told(shelf: Shelf, mailbox: tuple[Path, int]) -> None:
    """Two alerts wait while the mail server is away, their stories become one: one mail goes out."""
    first, second, bridge = bridged()
    shelf.put(first, second, seen=at(24, "12:00"))
    link(shelf.desk, evidence=copies_alone)
    assert shelf.run is not None
    match(shelf.desk, shelf.run)
    shelf.put(bridge, seen=at(24, "13:00"))
    link(shelf.desk, evidence=copies_alone)
    match(shelf.desk, shelf.run)
    assert deliver(shelf.desk)["sent"] == 1


def test_an_alert_goes_with_its_article_into_the_story_it_joins(shelf: Shelf) -> None:
    """Only the younger story had told of the rule: the joined one, which keeps the older id, tells nothing again."""
    first, second, bridge = bridged()
    for put in (replace(first, mentions=()), second):
        shelf.put(put, seen=at(24, "12:00"))
        link(shelf.desk, evidence=copies_alone)
    assert shelf.run is not None
    assert match(shelf.desk, shelf.run)["alerts"] == 1
    older = shelf.story_of("p1/a")
    shelf.put(bridge, seen=at(24, "13:00"))
    link(shelf.desk, evidence=copies_alone)
    assert match(shelf.desk, shelf.run) == {"articles": 1, "changes": 0, "alerts": 0}
    assert shelf.rows("select rule, story_id from alert") == [{"rule": "ferry", "story_id": older}]


def test_the_changed_sentences_of_a_copy_can_be_shown(shelf: Shelf) -> None:
    """The copy's text and all texts of what it copies are at hand."""
    original, copy = TEXTS[16], f"{TEXTS[16]}\nЕщё одно предложение."
    shelf.put(Put("veda", "a", original, at(24, "09:00")), Put("p1", "a", copy, at(24, "10:00")), seen=at(24, "11:00"))
    link(shelf.desk, evidence=copies_alone)
    ids = {row["source"]: row["article_id"] for row in shelf.rows("select source, article_id from article")}
    with shelf.desk.warehouse() as connection, connection:
        assert stories.copied_texts(connection, ids["p1"]) == (copy, [original])
        assert stories.copied_texts(connection, ids["veda"]) is None


def test_signatures_of_another_method_are_made_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update that signs otherwise, old texts are found by new ones again."""
    shelf.put(Put("veda", "a", TEXTS[17], at(24, "09:00")), seen=at(24, "10:00"))
    with monkeypatch.context() as before:
        before.setattr(linking, "METHOD", linking.METHOD - 1)
        before.setattr(linking, "signatures", lambda texts: [(1, 2, 3) for _ in texts])
        link(shelf.desk, evidence=copies_alone)
    shelf.put(Put("p1", "a", edited(TEXTS[17], seed=1), at(24, "10:00")), seen=at(24, "11:00"))
    link(shelf.desk, evidence=copies_alone)
    assert shelf.copies() == {"p1/a": ("veda/a", "edited-reprint")}


# Ten days


def ten_days(seed: int) -> list[list[Put]]:
    """For each day what the sources have new: reports, copies of anything of the last days, edits, undated ones."""
    chance = random.Random(seed)
    papers = ("veda", "p1", "p2", "p3", "p4", "p5", "p6")
    texts = iter(invented_documents(250, words=90, seed=seed).texts)
    days: list[list[Put]] = []
    recent: list[Put] = []
    for day in range(1, 11):
        made: dict[tuple[str, str], Put] = {}
        for number in range(12):
            source = chance.choice(papers)
            text = next(texts) if not recent or chance.random() < 0.4 else copied(chance, recent, next(texts))
            published, precision = stated(chance, day)
            put = Put(source, f"{day}-{number}", text, published, precision)
            made[put.source, put.name] = put
            recent.append(put)
        for old in chance.sample(recent[:-12], k=min(2, len(recent) - 12)):
            changed = replace(old, body=copied(chance, recent, next(texts)))
            made.setdefault((old.source, old.name), changed)
        days.append(list(made.values()))
        recent = recent[-30:]
    return days


def copied(chance: random.Random, recent: Sequence[Put], fresh: str) -> str:
    source = chance.choice(recent)
    share = chance.choice((0.0, 0.03, 0.08))
    body = edited(source.body, seed=chance.randrange(10**6), share=share)
    if chance.random() < 0.3:
        body = f"{body} 4321 и {chance.choice((765, 876))}"
    return body + chance.choice(("", " Сообщает Агентство Веда.", f"\n{fresh[:150]}"))


def stated(chance: random.Random, day: int) -> tuple[Any, Precision]:
    if chance.random() < 0.2:
        return None, Precision.NONE
    if chance.random() < 0.2:
        return at(day, "00:00"), Precision.DAY
    return at(day, f"{chance.randrange(6, 12):02}:{chance.randrange(60):02}"), Precision.MINUTE


Outcome = tuple[set[tuple[frozenset[str], str, int, int]], dict[str, tuple[str, str]]]


def lived(
    shelf: Shelf, days: Sequence[Sequence[Put]], *, order: int | None, killed: bool, patch: pytest.MonkeyPatch
) -> Outcome:
    """The ten days as they were lived through: sources in some order, and some links broken off somewhere."""
    chance = random.Random(order)
    evidence = numbers_in_common(shelf)
    for number, puts in enumerate(days, start=1):
        shelf.desk = replace(shelf.desk, now=lambda day=number: at(day, "20:00"))
        shelf.open_day(at(number).date())
        sources = sorted({put.source for put in puts})
        if order is not None:
            chance.shuffle(sources)
        for minute, source in enumerate(sources):
            shelf.put(*(put for put in puts if put.source == source), seen=at(number, f"18:{minute:02}"))
        if killed:
            break_off(shelf, chance, evidence, patch)
        link(shelf.desk, evidence=evidence)
    return shelf.stories(), shelf.copies()


def break_off(shelf: Shelf, chance: random.Random, evidence: Any, patch: pytest.MonkeyPatch) -> None:
    """A link that dies at one of its steps, in the second of several batches or before."""
    step = chance.choice(("store_signatures", "store_copy_pairs", "add_story_pairs", "join_stories", "settle_links"))
    whole, calls = getattr(stories, step), iter((False, True))

    def dying(*arguments: Any, **named: Any) -> Any:
        if next(calls, True):
            raise ZeroDivisionError(step)
        return whole(*arguments, **named)

    with patch.context() as broken:
        broken.setattr(stories, step, dying)
        broken.setattr(linking, "SIGNED_AT_ONCE", 5)
        broken.setattr(linking, "COMPARED_AT_ONCE", 3)
        broken.setattr(linking, "PLACED_AT_ONCE", 4)
        with pytest.raises(ZeroDivisionError):
            link(shelf.desk, evidence=evidence)


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_days_depend_on_no_order_and_no_kill(shelf: Shelf, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories, origins, figures and lineage are the same however sources were ordered and wherever links broke off."""
    days = ten_days(seed)
    told: list[Outcome] = []
    for order, killed in ((None, False), (1, True), (2, True)):
        told.append(lived(shelf, days, order=order, killed=killed, patch=monkeypatch))
        with shelf.desk.warehouse() as connection, connection, connection.cursor() as cursor:
            cursor.execute('truncate story, article, address, "fetch", run cascade; truncate text_signature, copy_pair')
    assert told == [told[0]] * 3
    stories_told, copies_told = told[0]
    assert max(len(members) for members, *_ in stories_told) >= 4
    assert len(copies_told) > 30
