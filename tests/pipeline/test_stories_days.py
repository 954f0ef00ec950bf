"""Stories by what articles say and mean, in a real PostgreSQL and with the real encoder."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

from benchmarks.documents import invented_documents
from tests.support.shelf import Put, Shelf, at
from wirewatch.dedup.encoder import encoder
from wirewatch.pipeline import link as linking
from wirewatch.pipeline import story_evidence
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.link import link
from wirewatch.warehouse import evidence as evidence_rows
from wirewatch.warehouse import stories

needs_encoder = pytest.mark.skipif(encoder() is None, reason="the sentence encoder is not installed")

FERRY = {
    "ru": (
        "Паром «Ласточка» сел на мель у Нижнеозёрска, эвакуированы 134 человека",
        "Паром «Ласточка» в среду утром сел на мель в двух километрах от Нижнеозёрска. На борту находились 134"
        " человека, все они эвакуированы катерами береговой охраны. По словам капитана порта Романа Верещака, судно"
        " шло из"
        " Каменной Бухты и в тумане отклонилось от фарватера. Пробоины в корпусе нет, топливо в воду не попало. Снимать"
        " паром с мели начнут с приливом, для этого из Каменной Бухты вышли буксиры «Упорный» и «Смелый». Движение по"
        " проливу закрыто до полуночи. Причину назовёт комиссия, которую возглавил Верещак.",
    ),
    "be": (
        "Паром «Ластаўка» сеў на мель каля Ніжняазёрска, эвакуіраваны 134 чалавекі",
        "Паром «Ластаўка» ў сераду раніцай сеў на мель за два кіламетры ад Ніжняазёрска. На борце былі 134 чалавекі,"
        " усіх эвакуіравалі катэры берагавой аховы. Паводле капітана порта Рамана Верашчака, судна ішло з Каменнай"
        " Бухты і ў тумане адхілілася ад фарватара. Прабоін у корпусе няма, паліва ў ваду не трапіла. Здымаць паром з"
        " мелі пачнуць з прылівам, дзеля гэтага з Каменнай Бухты выйшлі буксіры «Упарты» і «Смелы». Рух па праліве"
        " закрыты да поўначы. Прычыну назаве камісія, якую ўзначаліў Верашчак.",
    ),
    "en": (
        "Ferry Lastochka runs aground near Nizhneozersk, 134 people evacuated",
        "The ferry Lastochka ran aground two kilometres off Nizhneozersk on Wednesday morning. All 134 people on board"
        " were taken off by coast guard boats. Port captain Roman Vereshchak said the vessel had been sailing from"
        " Kamennaya Bukhta and left the fairway in fog. The hull is not holed and no fuel has leaked. Work to refloat"
        " the ferry will begin with the tide, and the tugs Uporny and Smely have left Kamennaya Bukhta for that. The"
        " strait is closed to traffic until midnight. A commission headed by Vereshchak will name the cause.",
    ),
}
WITNESS = (
    "Pasażerowie promu spod Niżnieoziorska opowiadają o ewakuacji",
    "Prom „Łastoczka” utknął na mieliźnie pod Niżnieoziorskiem, a 134 pasażerów zabrały łodzie straży przybrzeżnej."
    " Rozmawialiśmy z trojgiem z nich na nabrzeżu. Mówią o gęstej mgle i o uderzeniu, po którym zgasło światło. –"
    " Staliśmy na pokładzie godzinę, dzieci owinięto kocami – opowiada nauczycielka z miejscowej szkoły. Kapitan"
    " portu Roman"
    " Wereszczak potwierdził nam, że ruch w cieśninie wstrzymano.",
)
CREDITS = {"ru": "Сообщает Агентство Веда.", "be": "Паведамляе Агентство Веда.", "en": "Reported by Агентство Веда."}


@pytest.fixture
def shelf(make_desk: Callable[..., Desk]) -> Shelf:
    """A wire in three languages, nine papers and a reporter of their own."""
    made = Shelf(make_desk(now=at(25, "22:00")))
    made.source("veda", name="Агентство Веда", kind="wire")
    for language in ("be", "en"):
        made.source(f"veda-{language}", name="Агентство Веда", kind="wire", home=f"https://{language}.veda.example/")
    for slug in (*(f"p{number}" for number in range(1, 10)), "witness"):
        made.source(slug)
    made.open_day(at(25).date())
    return made


def reprinted(text: str, number: int, language: str) -> str:
    """A paper's reprint: with a source line, cut by a sentence, or with a sentence of its own."""
    if number == 0:
        return f"{text} {CREDITS[language]}"
    sentences = text.split(". ")
    return ". ".join(sentences[:-1]) + "." if number == 1 else f"{text}\n{' '.join(sentences[0].split()[::-1])}."


def ferry_day() -> list[Put]:
    """The wire's three editions, the Russian first, and three reprints of each; one paper's clock is ahead."""
    puts = []
    for place, (language, (title, text)) in enumerate(FERRY.items()):
        edition = "veda" if language == "ru" else f"veda-{language}"
        puts.append(Put(edition, "o", text, at(25, f"10:0{place * 4}"), title=title, language=language))
        for number in range(3):
            paper, clock = f"p{place * 3 + number + 1}", "09:58" if (place, number) == (0, 0) else f"1{1 + number}:00"
            body = reprinted(text, number, language)
            puts.append(Put(paper, "r", body, at(25, clock), title=title, language=language))
    return puts


@needs_encoder
def test_nine_reprints_in_three_languages_are_one_story_of_one_source(shelf: Shelf) -> None:
    """The first edition is the origin, though a reprint's clock is ahead; somebody's own report makes two sources."""
    shelf.put(*ferry_day(), seen=at(25, "20:00"))
    link(shelf.desk)
    names = frozenset({"veda/o", "veda-be/o", "veda-en/o", *(f"p{number}/r" for number in range(1, 10))})
    assert shelf.stories() == {(names, "veda/o", 12, 1)}
    origins = {f"p{number}/r": ("veda/o", "veda-be/o", "veda-en/o")[(number - 1) // 3] for number in range(1, 10)}
    assert {copy: original for copy, (original, _) in shelf.copies().items()} == origins
    before = shelf.story_of("veda/o")

    title, text = WITNESS
    shelf.put(Put("witness", "w", text, at(25, "16:00"), title=title, language="pl"), seen=at(25, "21:00"))
    link(shelf.desk)
    assert shelf.stories() == {(names | {"witness/w"}, "veda/o", 13, 2)}
    assert shelf.story_of("witness/w") == before


# Reports of invented events, in three languages


@dataclass(frozen=True)
class Event:
    """What happened somewhere on a day."""

    kind: str
    day: int
    place: tuple[str, str, str]  # Russian, English, Polish
    person: tuple[str, str, str]
    number: int


LANGUAGES = ("ru", "en", "pl")
REPORTS: dict[str, tuple[str, str, str]] = {
    "drone": (
        "Беспилотник упал у города {place}|Неизвестный беспилотник упал ночью на окраине города {place}, сообщил глава"
        " района {person}. Обломки разбросаны на {number} метров, пострадавших нет. Место падения оцеплено, работают"
        " сапёры. {person} попросил жителей не подходить к обломкам и сообщать о находках.",
        "Drone crashes near {place}|An unidentified drone crashed overnight on the edge of {place}, district head"
        " {person} said. Debris was scattered over {number} metres and nobody was hurt. The site has been sealed off"
        " and sappers are at work. {person} asked residents to stay away from the debris and to report what they find.",
        "Dron spadł koło miasta {place}|Niezidentyfikowany dron spadł w nocy na skraju miasta {place}, poinformował"
        " szef powiatu {person}. Szczątki leżą na odcinku {number} metrów, nikt nie ucierpiał. Teren ogrodzono, pracują"
        " saperzy. {person} poprosił mieszkańców, by nie zbliżali się do szczątków i zgłaszali znaleziska.",
    ),
    "bridge": (
        "В городе {place} открыли мост после ремонта|Мост через реку в городе {place} открыли для машин после ремонта,"
        " который стоил {number} миллионов. Ленту перерезал мэр {person}. Работы заняли два года: опоры укрепили,"
        " полотно положили заново. Автобусы пойдут по мосту с понедельника.",
        "Bridge reopens in {place} after repairs|The river bridge in {place} has reopened to cars after repairs that"
        " cost {number} million. Mayor {person} cut the ribbon. The work took two years: the piers were"
        " strengthened and the"
        " deck was laid anew. Buses will use the bridge from Monday.",
        "W mieście {place} otwarto most po remoncie|Most na rzece w mieście {place} otwarto dla samochodów po remoncie,"
        " który kosztował {number} milionów. Wstęgę przeciął burmistrz {person}. Prace trwały dwa lata: wzmocniono"
        " filary i położono nową jezdnię. Autobusy pojadą mostem od poniedziałku.",
    ),
    "drill": (
        "Под городом {place} начались учения пограничников|Учения пограничников начались под городом {place}. В них"
        " участвуют {number} военных и вертолёты, сказал полковник {person}. Задача — перекрыть участок границы и"
        " задержать условных нарушителей. Учения продлятся до конца недели, дороги у полигона закрыты.",
        "Border guards begin exercise near {place}|An exercise of border guards has begun near {place}. It involves"
        " {number} troops and helicopters, Colonel {person} said. Their task is to seal a stretch of the border and"
        " detain mock intruders. The exercise runs until the end of the week and roads by the range are closed.",
        "Pod miastem {place} ruszyły ćwiczenia straży granicznej|Ćwiczenia straży granicznej ruszyły pod miastem"
        " {place}. Bierze w nich udział {number} żołnierzy i śmigłowce, powiedział pułkownik {person}. Zadaniem jest"
        " zamknięcie odcinka granicy i zatrzymanie pozorowanych intruzów. Ćwiczenia potrwają do końca tygodnia, drogi"
        " przy poligonie są zamknięte.",
    ),
}
PLACES = (
    ("Велигород", "Veligorod", "Wieligorod"),
    ("Тарновка", "Tarnovka", "Tarnowka"),
    ("Бересток", "Berestok", "Bierestok"),
    ("Осмолово", "Osmolovo", "Osmołowo"),
    ("Куржин", "Kurzhin", "Kurżyn"),
    ("Даргуни", "Darguni", "Darguni"),
)
PEOPLE = (
    ("Глеб Старицкий", "Gleb Staritsky", "Gleb Starycki"),
    ("Марк Лобанов", "Mark Lobanov", "Mark Łobanow"),
    ("Пётр Жигало", "Petr Zhigalo", "Piotr Żygało"),
    ("Антон Вершик", "Anton Vershik", "Anton Wierszyk"),
    ("Игорь Дамбра", "Igor Dambra", "Igor Dambra"),
)


def report(event: Event, language: str, *, source: str, name: str, clock: str | None) -> Put:
    """An event as one source tells it, in its language."""
    place = LANGUAGES.index(language)
    told = REPORTS[event.kind][place].format(place=event.place[place], person=event.person[place], number=event.number)
    title, _, body = told.partition("|")
    published = at(event.day, clock) if clock else None
    return Put(source, name, body, published, title=title, language=language)


OTHER_DRONE = {
    "ru": (
        "В Тарновке дрон упал на крышу склада",
        "На крышу овощного склада в Тарновке рано утром рухнул дрон неизвестного происхождения. Пожар площадью 150"
        " квадратных метров потушили за час, сторож не пострадал. Начальник пожарной части Марк Лобанов сообщил, что"
        " аппарат изъят для осмотра. Склад проработает сегодня до обеда.",
    ),
    "en": (
        "Drone falls on warehouse roof in Tarnovka",
        "A drone of unknown origin fell on the roof of a vegetable warehouse in Tarnovka early in the morning. A"
        " fire of"
        " 150 square metres was put out within an hour and the watchman is unhurt. Fire chief Mark Lobanov said the"
        " aircraft had been taken away for examination. The warehouse works until noon today.",
    ),
    "pl": (
        "Dron spadł na dach magazynu w Tarnowce",
        "Na dach magazynu warzyw w Tarnowce wczesnym rankiem runął dron nieznanego pochodzenia. Pożar o powierzchni 150"
        " metrów kwadratowych ugaszono w godzinę, dozorcy nic się nie stało. Komendant straży Mark Łobanow"
        " przekazał, że"
        " maszynę zabrano do badań. Magazyn pracuje dziś do południa.",
    ),
}


@needs_encoder
def test_two_events_of_one_kind_stay_two_stories(shelf: Shelf) -> None:
    """Drones that fell at two places on one day, each told in three languages: a story each."""
    event = Event("drone", 25, PLACES[0], PEOPLE[0], 40)
    for number, (language, (title, text)) in enumerate(OTHER_DRONE.items()):
        clock = f"0{6 + number}:00"
        other = Put(f"p{4 + number}", "d", text, at(25, clock), title=title, language=language)
        shelf.put(report(event, language, source=f"p{1 + number}", name="d", clock=clock), other, seen=at(25, "20:00"))
    link(shelf.desk)
    assert shelf.stories() == {
        (frozenset({"p1/d", "p2/d", "p3/d"}), "p1/d", 3, 3),
        (frozenset({"p4/d", "p5/d", "p6/d"}), "p4/d", 3, 3),
    }


def test_articles_days_apart_are_not_compared(shelf: Shelf) -> None:
    """The same happening told again within three days joins the story; what comes a week later is another."""
    event = Event("bridge", 20, PLACES[2], PEOPLE[2], 77)
    for source, day in (("p1", 11), ("p2", 13), ("p3", 19)):
        put = report(replace(event, day=day), "ru", source=source, name="b", clock="09:00")
        words = put.body.split()
        shelf.put(replace(put, body=" ".join(words[:: -1 if source == "p2" else 1])), seen=at(20, "20:00"))
    link(shelf.desk, evidence=story_evidence.StoredEvidence())
    pairs = shelf.rows(
        "select l.source as one, r.source as other from story_pair p"
        " join article l on l.article_id = left_id join article r on r.article_id = right_id"
    )
    assert pairs == [{"one": "p1", "other": "p2"}]


def test_without_the_encoder_words_and_names_tell(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its weights are missing, reports in one language meet; with it they are made anew, vectors and all."""
    event = Event("drone", 25, PLACES[0], PEOPLE[0], 40)
    other = Event("bridge", 25, PLACES[3], PEOPLE[3], 12)
    told = report(event, "ru", source="p1", name="d", clock="06:00")
    again = ". ".join(told.body.split(". ")[::-1])
    shelf.put(told, replace(told, source="p2", body=again), seen=at(25, "20:00"))
    shelf.put(report(other, "ru", source="p3", name="d", clock="07:00"), seen=at(25, "20:00"))
    with monkeypatch.context() as bare:
        bare.setattr(story_evidence, "encoder", lambda: None)
        link(shelf.desk)
    members = {members for members, *_ in shelf.stories()}
    assert members == {frozenset({"p1/d", "p2/d"}), frozenset({"p3/d"})}
    assert shelf.rows("select count(*) as n from story_evidence where lead is null") == [{"n": 3}]
    if encoder() is not None:
        shelf.put(report(other, "en", source="p4", name="d", clock="08:00"), seen=at(25, "21:00"))
        link(shelf.desk)
        assert shelf.rows("select count(*) as n from story_evidence where lead is null") == [{"n": 0}]


# Ten days


def ten_days(seed: int) -> list[list[Put]]:
    """For each day what sources have new: events told in several languages, copies, rewritten texts, undated pages."""
    chance = random.Random(seed)
    papers = [f"p{number}" for number in range(1, 10)]
    kinds = sorted(REPORTS)
    events: list[Event] = []
    fillers = iter(invented_documents(200, words=60, seed=seed).texts)
    tails: dict[tuple[Event, str], str] = {}
    days: list[list[Put]] = []
    for day in range(1, 11):
        for _ in range(2):
            events.append(
                Event(
                    chance.choice(kinds), day, chance.choice(PLACES), chance.choice(PEOPLE), chance.randrange(11, 400)
                )
            )
        made: dict[tuple[str, str], Put] = {}
        for number in range(6):
            event = chance.choice(events[-4:])
            clock = f"{chance.randrange(6, 17):02}:{chance.randrange(60):02}" if chance.random() < 0.8 else None
            language = chance.choice(LANGUAGES)
            told = report(
                replace(event, day=day), language, source=chance.choice(papers), name=f"{day}-{number}", clock=clock
            )
            tail = tails.setdefault((event, language), next(fillers))  # what makes two texts of one event copies
            told = replace(told, body=f"{told.body} {tail if chance.random() < 0.6 else next(fillers)}")
            if chance.random() < 0.3:
                told = replace(told, body=f"{told.body} Сообщает Агентство Веда.")
            made[told.source, told.name] = told
        if days:
            old = chance.choice(days[-1])
            made[old.source, old.name] = replace(old, title=f"{old.title}: {day}", body=f"{old.body} {told.body[:120]}")
        days.append(list(made.values()))
    return days


def outcome(shelf: Shelf) -> tuple[Any, ...]:
    """Stories with keys, members, origins and figures; lines of descent; pairs: all by names, never by ids."""
    keys = shelf.rows(
        "select y.story_key, y.articles, y.sources, y.independent_sources, o.source || '/' || o.url as origin,"
        " array_agg(a.source || '/' || a.url order by a.source, a.url) as members"
        " from story_current y join article o on o.article_id = y.origin_id join article a on a.story_id = y.story_id"
        " group by y.story_id, y.story_key, y.articles, y.sources, y.independent_sources, o.article_id order by 1"
    )
    pairs = shelf.rows(
        "select least(l.url, r.url) as one, greatest(l.url, r.url) as other, p.score from story_pair p"
        " join article l on l.article_id = left_id join article r on r.article_id = right_id order by 1, 2"
    )
    return keys, shelf.copies(), pairs


def lived(shelf: Shelf, days: Sequence[Sequence[Put]], *, order: int | None, patch: pytest.MonkeyPatch) -> Any:
    """Ten days as they were lived through; with an ``order`` sources are shuffled and links broken off and rerun."""
    chance = random.Random(order)
    for number, puts in enumerate(days, start=1):
        shelf.desk = replace(shelf.desk, now=partial(at, number, "20:00"))
        shelf.open_day(at(number).date())
        sources = sorted({put.source for put in puts})
        if order is not None:
            chance.shuffle(sources)
        for minute, source in enumerate(sources):
            shelf.put(*(put for put in puts if put.source == source), seen=at(number, f"18:{minute:02}"))
        if order is not None:
            break_off(shelf, chance, patch)
        link(shelf.desk)
    return outcome(shelf)


STEPS = (
    (stories, "store_signatures"),
    (evidence_rows, "store_evidence"),
    (stories, "add_story_pairs"),
    (stories, "join_stories"),
    (stories, "settle_links"),
)


def break_off(shelf: Shelf, chance: random.Random, patch: pytest.MonkeyPatch) -> None:
    """A link that dies at one of its steps, in the second of several batches."""
    module, step = chance.choice(STEPS)
    whole, calls = getattr(module, step), iter((False, True))

    def dying(*arguments: Any, **named: Any) -> Any:
        if next(calls, True):
            raise ZeroDivisionError(step)
        return whole(*arguments, **named)

    with patch.context() as broken:
        broken.setattr(module, step, dying)
        broken.setattr(linking, "SIGNED_AT_ONCE", 3)
        broken.setattr(linking, "COMPARED_AT_ONCE", 2)
        broken.setattr(linking, "PLACED_AT_ONCE", 2)
        broken.setattr(story_evidence, "GATHERED_AT_ONCE", 2)
        with pytest.raises(ZeroDivisionError):
            link(shelf.desk)


@needs_encoder
def test_ten_days_depend_on_no_order_and_no_kill(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, members, origins, figures and pairs are the same however sources came and wherever links broke off."""
    days = ten_days(7)
    told = []
    for order in (None, 1, 2):
        told.append(lived(shelf, days, order=order, patch=monkeypatch))
        with shelf.desk.warehouse() as connection, connection, connection.cursor() as cursor:
            cursor.execute('truncate story, article, address, "fetch", run cascade; truncate text_signature, copy_pair')
    assert told == [told[0]] * 3
    keys, _, pairs = told[0]
    assert max(story["articles"] for story in keys) >= 4
    assert 5 < len(keys) < sum(story["articles"] for story in keys) - 20
    assert max(story["independent_sources"] for story in keys) >= 3
    assert len(pairs) > 20


@needs_encoder
def test_a_report_that_joins_two_stories_makes_them_one_and_its_correction_parts_them(shelf: Shelf) -> None:
    """The merge is recorded and the old id leads to the older story; when the text is put right, the split is too."""
    ferry = {
        name: Put(name, "m", text, at(25, "10:00"), title=title, language=language)
        for name, (language, (title, text)) in zip(("p1", "p2"), list(FERRY.items())[::2], strict=True)
    }
    drone = report(Event("drone", 25, PLACES[0], PEOPLE[0], 40), "ru", source="p2", name="m", clock="11:00")
    shelf.put(ferry["p1"], drone, seen=at(25, "18:00"))
    link(shelf.desk)
    older, newer = sorted((shelf.story_of("p1/m"), shelf.story_of("p2/m")))
    assert older != newer

    shelf.put(replace(ferry["p2"], published=at(25, "11:00")), seen=at(25, "19:00"), reread=True)
    link(shelf.desk)
    assert {shelf.story_of("p1/m"), shelf.story_of("p2/m")} == {older}
    with shelf.desk.warehouse() as connection, connection:
        found = [stories.find_story(connection, story) for story in (older, newer)]
    assert [story and story["story_id"] for story in found] == [older, older]

    shelf.put(replace(drone, body=f"{drone.body} Работы продолжаются."), seen=at(25, "20:00"), reread=True)
    link(shelf.desk)
    assert shelf.story_of("p1/m") == older != shelf.story_of("p2/m")
    changes = shelf.rows("select change, old_id, new_id from story_change order by story_change_id")
    assert changes == [
        {"change": "merge", "old_id": newer, "new_id": older},
        {"change": "split", "old_id": older, "new_id": shelf.story_of("p2/m")},
    ]
