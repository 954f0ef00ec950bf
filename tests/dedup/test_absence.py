"""Answers to a question after a known article → the form in which it is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wirewatch.dedup.absence import Answer, absence, says_nothing
from wirewatch.model import Absence, Kind, Outcome

TITLE = "Переправа через Лесную наведена"
BODY = "Инженерная рота навела переправу за сорок минут, сообщили в штабе сборов.\n" * 5
URL = "https://zastava.example/news/army/2026/pereprava.html"

THERE = Answer(Outcome.NEW, 200, URL, URL, "https://zastava.example/", Kind.ARTICLE, TITLE, BODY, None)
UNREAD = replace(THERE, kind=None, title=None, body=None)
OTHER = replace(THERE, kind=Kind.OTHER, title="Застава", body=None)
LIST = replace(THERE, kind=Kind.LISTING, title="Новости", body=None)


def form(answer: Answer) -> Absence | None:
    return absence(answer, known_title=TITLE, known_body=BODY)


def titled(title: str) -> Answer:
    return replace(OTHER, title=title, note=f'a short page titled "{title}"')


ABSENT = {
    "404": (replace(UNREAD, outcome=Outcome.GONE, status=404), Absence.GONE),
    "410 with a page": (replace(OTHER, outcome=Outcome.GONE, status=410), Absence.GONE),
    "403, nothing read": (replace(UNREAD, outcome=Outcome.BLOCKED, status=403), Absence.DENIED),
    "451": (replace(UNREAD, outcome=Outcome.BLOCKED, status=451), Absence.DENIED),
    "a refusal that says so": (
        replace(THERE, outcome=Outcome.BLOCKED, status=403, kind=None, title="403 Forbidden", body="Access denied."),
        Absence.DENIED,
    ),
    "home": (replace(LIST, final_url="https://zastava.example/"), Absence.HOME),
    "home, not read": (replace(UNREAD, final_url="https://www.zastava.example"), Absence.HOME),
    "home of a language": (replace(LIST, final_url="https://zastava.example/ru/"), Absence.HOME),
    "index.php": (replace(LIST, final_url="https://zastava.example/index.php"), Absence.HOME),
    "section": (replace(LIST, final_url="https://zastava.example/news/army/"), Absence.HOME),
    "the note says it": (replace(OTHER, note='a short page that says "не найдена"'), Absence.SOFT_404),
    "a list in its place": (replace(LIST, title="Главное к этому часу"), Absence.SOFT_404),
    "a notice under another title": (
        replace(THERE, title="Сообщение", body="Эта статья была удалена по просьбе автора."),
        Absence.SOFT_404,
    ),
    "no text": (replace(OTHER, title=TITLE, note="no text of its own"), Absence.EMPTIED),
    "a line of text": (replace(THERE, title=f"{TITLE} | Застава", body="Коротко."), Absence.EMPTIED),
    "a notice": (replace(THERE, body="Материал удалён по решению редакции."), Absence.EMPTIED),
}


@pytest.mark.parametrize("name", ABSENT)
def test_an_article_that_is_not_there(name: str) -> None:
    """Each form is told, and such an answer says something."""
    answer, expected = ABSENT[name]
    assert (form(answer), says_nothing(answer)) == (expected, False)


@pytest.mark.parametrize(
    "title",
    [
        "Страница не найдена", "404", "404 — Застава", "Ошибка 404", "Page not found", "Сторінку не знайдено",
        "Старонка не знойдзена", "Nie znaleziono strony", "Puslapis nerastas", "Lapa nav atrasta", "Lehte ei leitud",
        "Материал снят с публикации", "Материал удалён", "Публікацію знято", "Матэрыял выдалены",
        "Straipsnis pašalintas", "Artykuł został usunięty", "Raksts ir dzēsts", "Artikkel on eemaldatud",
        "This article has been removed", "This statement was withdrawn",
    ],
)  # fmt: skip
def test_not_found_and_removed_in_eight_languages(title: str) -> None:
    """A page at 200 that says so under another title than the article's is a soft 404."""
    assert form(titled(title)) is Absence.SOFT_404


SILENT = {
    "rate limit": replace(UNREAD, outcome=Outcome.LIMITED, status=429),
    "outage": replace(UNREAD, outcome=Outcome.BROKEN, status=500),
    "no answer": replace(UNREAD, outcome=Outcome.UNREACHABLE, status=None, final_url=None),
    "timeout": replace(UNREAD, outcome=Outcome.TOO_SLOW, status=None),
    "robots": replace(UNREAD, outcome=Outcome.ROBOTS, status=None),
    "captcha at 200": replace(OTHER, kind=Kind.BLOCKED, title="Вы не робот?"),
    "captcha at 403": replace(OTHER, outcome=Outcome.BLOCKED, status=403, kind=Kind.BLOCKED),
    "check at 403, kind unknown": replace(
        THERE, outcome=Outcome.BLOCKED, status=403, kind=None, title="Just a moment...", body=None
    ),
    "captcha by its note": replace(
        UNREAD, outcome=Outcome.BLOCKED, status=403, note='a short page that says "вы не робот"'
    ),
    "consent page elsewhere": replace(OTHER, kind=Kind.BLOCKED, final_url="https://zastava.example/"),
    "works": replace(OTHER, note='a short page that says "технические работы"'),
    "fault at 200": titled("503 Service Unavailable"),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_says_nothing(name: str) -> None:
    """Walls, outages and limits are neither there nor gone, wherever they are met."""
    assert (form(SILENT[name]), says_nothing(SILENT[name])) == (None, True)


THERE_STILL = {
    "as it was": THERE,
    "cut by half": replace(THERE, body=BODY[: len(BODY) // 2]),
    "moved": replace(THERE, final_url="https://zastava.example/archive/pereprava.html"),
    "other words": replace(THERE, title="Мост открыт", body="Совсем другой текст стоит тут теперь. " * 20),
    "about a missing man": replace(THERE, title="Поиск", body="Боец не найден. " + "Его ищут вторые сутки. " * 30),
    "behind payment": replace(THERE, body="Текст доступен по подписке."),
    "unread, unchanged": replace(UNREAD, outcome=Outcome.UNCHANGED),
    "too little to tell": replace(OTHER, title=None, note="too few signs of an article"),
}


@pytest.mark.parametrize("name", THERE_STILL)
def test_what_is_no_absence(name: str) -> None:
    """An edit, a move, a paywall and a page that cannot be told are none."""
    assert form(THERE_STILL[name]) is None
