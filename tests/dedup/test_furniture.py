"""Lines of a page → furniture or text."""

from __future__ import annotations

import pytest

from wirewatch.dedup.furniture import fold_paragraph, furniture_of, is_furniture

FURNITURE = (
    "Просмотров: 123", "👁 1 234", "1 234 views", "Обновлено 14:05", "Updated: 24 November 2026, 14:05",
    "Paskutinį kartą atnaujinta: 2026-11-24 14:05", "Читайте также: Рота вернулась на базу",
    "Читайте также Рота вернулась на базу", "Подписывайтесь на наш Telegram-канал", "Поделиться",
    "Facebook Twitter Telegram", "© 2026 Застава", "Фото: пресс-служба", "3 часа назад", "prieš 3 val.",
    "Loe ka: sild on avatud", "24 ноября 2026, 14:05", "Опубликовано 24 ноября в 14:05", "2 минуты чтения",
    "Обновлено: сегодня, 14:05", "Ostatnia aktualizacja: 24 listopada 2026 r., godz. 14:05",
    "Viimati uuendatud 24.11.2026", "Atjaunots pirms 3 stundām", "Fot. MON", "Nuotr. aut. J. Pavyzdys", "Foto: LETA",
    "Skatījumi: 45", "Комментарии (3)", "Перегляди: 12 450", "Оновлено о 14:05", "Праглядаў: 77",
    "Абноўлена 24 лістапада 2026", "Підписуйтесь на наш канал у Telegram", "Subscribe to our newsletter",
    "Поделиться в Telegram", "Нашли ошибку? Выделите её и нажмите Ctrl+Enter", "All rights reserved.", "Share",
    "Wyświetleń: 123", "Peržiūrų: 12", "5 min read", "Last updated 3 hours ago", "Вчера, 14:05", "Мы в соцсетях",
    "Taip pat skaitykite: tiltas atidarytas", "Чытайце таксама: рота вярнулася", "Lasi arī: tilts atvērts",
    "Kommentaarid: 4", "Jaga", "Dalintis", "Wszelkie prawa zastrzeżone", "Падпісвайцеся на наш Telegram",
)  # fmt: skip
TEXT = (
    "Число просмотров выросло до 12 тысяч, сообщили в штабе.", "Обновлено 12 танков и 3 моста.", "Погибли 12 человек",
    "12 человек", "Фото моста показали всем.", "Видео боя опубликовало министерство.", "Read the statement in full.",
    "Подписка о невыезде отменена судом", "В ходе боя уничтожено 3 танка.", "Изменено 2 закона",
    "Published by the ministry on Monday, the report lists 12 ships.", "Мы победили в бою",
    "Join the army, minister says", "Share the burden, allies told", "Dołącz do armii, apeluje minister",
    "24 ноября погибли 12 человек", "Погибли 12 человек, ранен 1 200.", "Ранены 12 человек 24 ноября",
    "Поддержите армию", "Голосов: за 12, против 3", "Рейтинг президента вырос до 12 %", "Добавлено 12 кораблей",
    "Дата выборов — 24 ноября 2026 года", "Просмотрено 12 дел", "Follow the money",
    "Источник в штабе сообщил о 12 погибших.", "Liitusid kolm riiki.", "Sekė 12 laivų.", "Ocena sytuacji: 12 ofiar",
    "Комментарии министра обороны опубликованы", "Через 3 часа назад дороги не было",
    "Обновлено 24 ноября: погибли 12 человек",
)  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_what_pages_say_around_articles_is_furniture(line: str) -> None:
    """Counters, stamps, read-also lines, pleas, labels, rights, credits and ages, in eight languages."""
    assert is_furniture(line)


@pytest.mark.parametrize("line", TEXT)
def test_what_tells_something_is_text(line: str) -> None:
    """A sentence that begins like furniture, or holds its words and a number, stays."""
    assert not is_furniture(line)


def test_headlines_under_read_also_go_with_it() -> None:
    """Until a sentence that ends as one."""
    lines = [
        "Рота вышла.",
        "Читайте также:",
        "Погибли 2 человека",
        "Мост открыт",
        "Рота вернулась на базу.",
        "Конец дня",
    ]
    assert furniture_of(lines) == [False, True, True, True, False, False]


def test_what_other_articles_have_too_is_furniture() -> None:
    """By its words, whatever the quotes and the case; another number is another paragraph."""
    template = {fold_paragraph("Газета «Застава» выходит с 1990 года по средам.")}
    assert is_furniture('газета "Застава" выходит с 1990 года — по средам', template=template)
    assert not is_furniture("Газета «Застава» выходит с 1991 года по средам.", template=template)
