"""Changes that say nothing: page furniture, also where it leaks into the text, typography, other paragraphs' breaks."""

from __future__ import annotations

from tests.newsroom.edits import DAY, HOUR, MORNING, WEEK, Scripted, beside, paragraphs, retitled, rewritten, words

_ALSO = '<aside class="inline"><h4>Читайте також</h4><ul>'
_PROMISE = 'Подрядчик обещает: "Достроим к весне" - и показывает чертежи 3 этажей.'
_CHAIR = "Prezes powiedział: „Zaczynamy w maju” – i zamknął posiedzenie."
_BEACH = "«Пляж відкриємо в червні», — сказав голова й показав мапу."

SCRIPT = (
    Scripted(
        name="left alone to the last byte, ru",
        site="zastava",
        language="ru",
        title="Часовщик из Ясенца пустил башенные часы",
        still=True,
    ),
    Scripted(
        name="adverts, counters and teasers around it, ru",
        site="zastava",
        language="ru",
        title="Библиотекарь из Верасовой собрал тысячу книг",
    ),
    Scripted(
        name="adverts, classes and menu around it, uk",
        site="nadbuzhzhia",
        language="uk",
        title="Бджоляр із Соснівки здобув приз",
    ),
    Scripted(
        name="adverts, latest news and newsletter around it, en",
        site="amber-courier",
        language="en",
        title="The joiner of Alderford retires",
    ),
    Scripted(
        name="a views counter in the text's column, ru",
        site="zastava",
        language="ru",
        title="Садовник из Грибова вырастил тыкву",
        acts={
            0: (beside((5, "<p>Просмотров: 12</p>")),),
            HOUR: (beside((5, "<p>Просмотров: 340</p>")),),
            DAY: (beside((5, "<p>Просмотров: 1 204</p>")),),
        },
    ),
    Scripted(
        name="other read-also lines in the text's column, ru",
        site="zastava",
        language="ru",
        title="Столяр из Соснового сделал лодку",
        acts={
            0: (beside((2, '<p>Читайте также: <a href="/ru/armiya/1.html">Паром вернулся в Ольховку</a></p>')),),
            HOUR: (beside((2, '<p>Читайте также: <a href="/ru/armiya/2.html">В Грибове закрыли баню</a></p>')),),
        },
    ),
    Scripted(
        name="an updated stamp in the text's column, uk",
        site="nadbuzhzhia",
        language="uk",
        title="Тесляр із Ясенця збудував вежу",
        acts={
            0: (beside((0, "<p>Оновлено: 23.11.2026, 12:05</p>")),),
            HOUR: (beside((0, "<p>Оновлено: 23.11.2026, 13:01</p>")),),
            WEEK: (beside((0, "<p>Оновлено: 30.11.2026, 09:40</p>")),),
        },
    ),
    Scripted(
        name="related teasers in the text's column, uk",
        site="nadbuzhzhia",
        language="uk",
        title="Диригент хору з Вільшанки пише гімн",
        acts={
            0: (
                beside(
                    (
                        2,
                        _ALSO + '<li><a href="/uk/kordon/">Млин продали</a></li>',
                    ),
                    (2, '<li><a href="/uk/kordon/">Лавку знайшли</a></li></ul></aside>'),
                ),
            ),
            HOUR: (
                beside(
                    (2, _ALSO + '<li><a href="/uk/kordon/">Сад цвіте</a></li>'),
                    (2, '<li><a href="/uk/kordon/">Паром стоїть</a></li></ul></aside>'),
                ),
            ),
        },
    ),
    Scripted(
        name="a count of comments under the text, pl",
        site="nadbuzhzhia",
        language="pl",
        title="Zegarmistrz z Grzybowa naprawił ratusz",
        acts={
            0: (beside((5, "<p>Komentarze: 3</p>")),),
            HOUR: (beside((5, "<p>Komentarze: 17</p>")),),
            MORNING: (beside((5, "<p>Komentarze: 58</p>")),),
        },
    ),
    Scripted(
        name="a subscription plea put into the text, en",
        site="amber-courier",
        language="en",
        title="The miller of Millbank grinds by moonlight",
        acts={HOUR: (beside((3, "<p>Subscribe to our newsletter to get the latest news every morning.</p>")),)},
    ),
    Scripted(
        name="a cookie banner before the text, en",
        site="amber-courier",
        language="en",
        title="The drawing teacher paints the town hall",
        acts={
            HOUR: (
                beside(
                    (0, '<div class="consent" role="dialog"><span>We use cookies to improve your visit.</span>'),
                    (0, "<button>Accept all</button> <button>Reject all</button></div>"),
                ),
            ),
        },
    ),
    Scripted(
        name="an advert put into the text, lt",
        site="amber-courier",
        language="lt",
        title="Bitininkas iš Pušyno kopinėja medų",
        acts={
            HOUR: (beside((2, '<p class="ad">Reklama</p>')),),
            DAY: (beside((2, '<p class="ad">Reklama</p>'), (4, '<p class="ad">Reklama</p>')),),
        },
    ),
    Scripted(
        name="quotes, dashes and hard spaces, ru",
        site="zastava",
        language="ru",
        title='Подрядчик из Грибова: "Достроим к весне"',
        own={2: _PROMISE},
        acts={
            HOUR: (
                rewritten(2, "Подрядчик обещает: «Достроим к весне» — и показывает чертежи 3\u00a0этажей."),
                retitled("Подрядчик из Грибова: «Достроим к весне»"),
            ),
        },
    ),
    Scripted(
        name="quotes and dashes, pl",
        site="nadbuzhzhia",
        language="pl",
        title="Prezes z Olchówki zapowiada budowę",
        own={3: _CHAIR},
        acts={HOUR: (rewritten(3, 'Prezes powiedział: "Zaczynamy w maju" - i zamknął posiedzenie.'),)},
    ),
    Scripted(
        name="capitals in the headline, en",
        site="amber-courier",
        language="en",
        title="The choirmaster's 'silent concert' fills the square",
        acts={HOUR: (retitled("The Choirmaster’s ‘Silent Concert’ Fills the Square"),)},
    ),
    Scripted(
        name="a soft hyphen and another apostrophe, uk",
        site="nadbuzhzhia",
        language="uk",
        title="Пляж у Бурштинному відкриють у червні",
        own={2: _BEACH, 3: "П'ятеро рятувальників склали іспит і отримали човни."},
        acts={
            HOUR: (
                words(2, "відкриємо", "відкри\u00adємо"),
                words(3, "П'ятеро", "П’ятеро"),
            ),
        },
    ),
    Scripted(
        name="a paragraph cut in two, uk",
        site="nadbuzhzhia",
        language="uk",
        title="Садівник із Ясенця посадив алею",
        own={2: "Алею посадили за один день. Саджанці привезли з розсадника за річкою."},
        acts={
            HOUR: (
                paragraphs(
                    lambda texts: (
                        texts[0],
                        "Алею посадили за один день.",
                        "Саджанці привезли з розсадника за річкою.",
                        *texts[2:],
                    )
                ),
            ),
        },
    ),
    Scripted(
        name="two paragraphs joined, ru",
        site="zastava",
        language="ru",
        title="Учитель рисования из Ольховки едет к морю",
        acts={HOUR: (paragraphs(lambda texts: (texts[0], f"{texts[1]} {texts[2]}", *texts[3:])),)},
    ),
    Scripted(
        name="paragraphs in another order, en",
        site="amber-courier",
        language="en",
        title="The gardener of Mushroom Hill and his roses",
        acts={DAY: (paragraphs(lambda texts: (texts[0], texts[3], texts[1], texts[2], *texts[4:])),)},
    ),
)
