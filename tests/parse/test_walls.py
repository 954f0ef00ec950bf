"""Walls, error pages and empty shells, told by their words in every language of the sources."""

from __future__ import annotations

import pytest

from wirewatch.parse.walls import missing_note, wall_note

STORY = "The patrols met nobody on the road that night, and the outpost reported nothing unusual at dawn. "

WALLS = [
    ("Just a moment...", "Checking your browser before accessing harbour.example. Please wait."),
    ("Attention Required! | Cloudflare", "Sorry, you have been blocked. You are unable to access harbour.example"),
    ("Access Denied", "You don't have permission to access this resource on this server. Reference #18.2f"),
    ("harbour.example", "Request unsuccessful. Incapsula incident ID: 1-2"),
    ("DDoS-Guard", "Checking your browser before accessing"),
    ("Robot check", "Making sure you're not a bot! Loading... Protected by Anubis"),
    ("403", "Доступ к сайту временно ограничен. Обратитесь к администратору."),
    ("Проверка", "Подтвердите, что вы не робот. Введите символы с картинки."),
    ("Перевірка", "Підтвердьте, що ви не робот, і перевірка браузера завершиться."),
    ("Доступ", "Доступ до ресурсу обмежено власником сайту."),
    ("Праверка", "Доступ да сайта абмежаваны. Праверка браўзера."),
    ("Weryfikacja", "Potwierdź, że nie jesteś robotem, aby przejść dalej."),
    ("Błąd 403", "Odmowa dostępu. Skontaktuj się z administratorem."),
    ("Patikra", "Patvirtinkite, kad esate žmogus. Saugumo patikra."),
    ("Pārbaude", "Apstipriniet, ka neesat robots. Drošības pārbaude."),
    ("Kontroll", "Kinnitage, et te ei ole robot. Turvakontroll."),
    ("Zugriff verweigert", "Ihre Anfrage wurde blockiert."),
    ("Přístup odepřen", "Ověřte, že nejste robot."),
]

CONSENTS = [
    "Before you continue. We value your privacy. We and our 120 partners store and access cookies and personal data to "
    "personalise advertising. You can accept all, reject all or manage your preferences and consent settings.",
    "Мы используем файлы cookie и обрабатываем персональные данные вместе с партнёрами для рекламы. Нажимая «Принять», "
    "вы даёте согласие на обработку данных. Настройки cookie можно изменить, согласие отозвать.",
    "Ми використовуємо файли cookie та обробляємо персональні дані разом із партнерами для реклами. Натисніть "
    "«Приймаю», "
    "щоб дати згоду на обробку даних, або відхилити їх у налаштуваннях.",
    "Сайт выкарыстоўвае файлы cookie і апрацоўвае персанальныя звесткі разам з партнёрамі. Націсніце «Прыняць», "
    "каб даць "
    "згоду на апрацоўку дадзеных, або адхіліць файлы ў наладах.",
    "Cenimy Twoją prywatność. Używamy plików cookies i przetwarzamy dane razem z zaufanymi partnerami w celach "
    "reklamowych. "
    "Kliknij Akceptuję, aby wyrazić zgodę, albo zmień ustawienia prywatności.",
    "Naudojame slapukus ir tvarkome asmens duomenis kartu su partneriais. Sutikimą galite atšaukti. Slapukų "
    "nustatymai.",
    "Mēs izmantojam sīkdatnes un apstrādājam personas datus kopā ar partneriem. Piekrītu visam. Sīkdatņu iestatījumi.",
    "Kasutame küpsiseid ja töötleme isikuandmeid koos partneritega. Nõustun kõigiga. Küpsiste seaded.",
    "Wir und unsere 90 Partner verwenden Cookies und verarbeiten personenbezogene Daten für Werbung. "
    "Akzeptieren Sie alle "
    "Cookies oder ändern Sie Ihre Einstellungen zum Datenschutz. Ihre Einwilligung können Sie ablehnen.",
]

MISSING = [
    ("404", ""),
    ("404 Not Found", "nginx"),
    ("Page not found | Harbour Wire", "The page you are looking for was not found."),
    ("Ошибка 404", "Вернитесь на главную."),
    ("Страница не найдена — Гавань", ""),
    ("Сторінку не знайдено", ""),
    ("Старонка не знойдзена", ""),
    ("Nie znaleziono strony", ""),
    ("Strona nie istnieje - Port", ""),
    ("Puslapis nerastas", ""),
    ("Lapa nav atrasta", ""),
    ("Lehte ei leitud", ""),
    ("Seite nicht gefunden", ""),
    ("Вход в систему", "Логин Пароль"),
    ("Log in", "Name Password"),
    ("Zaloguj się", ""),
    ("502 Bad Gateway", "nginx"),
    ("Технические работы", "Скоро вернёмся"),
    ("Prace techniczne", ""),
    ("Index of /", "Parent Directory"),
]


@pytest.mark.parametrize(("title", "text"), WALLS, ids=[title for title, _ in WALLS])
def test_refusals_and_checks(title: str, text: str) -> None:
    """A short page that refuses or suspects the reader is a wall, and the note quotes it."""
    note = wall_note(title=title, text=text, markup="")
    assert note is not None
    assert note.startswith('a short page that says "')


@pytest.mark.parametrize("text", CONSENTS, ids=["en", "ru", "uk", "be", "pl", "lt", "lv", "et", "de"])
def test_consent_pages(text: str) -> None:
    """A page that asks for nothing but consent is a wall in every language, at 200 and with any title."""
    note = wall_note(title="Harbour Wire", text=text, markup="")
    assert note is not None
    assert note.startswith("a page that only asks for consent: ")


@pytest.mark.parametrize("text", CONSENTS, ids=["en", "ru", "uk", "be", "pl", "lt", "lv", "et", "de"])
def test_brief_with_a_consent_banner_is_none(text: str) -> None:
    """A brief item under a banner is no wall: most of its words speak of other things."""
    assert wall_note(title="A quiet day", text=f"{STORY * 8} {text}", markup="") is None


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='g-recaptcha'></div>",
        "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
        "<script src='/_Incapsula_Resource?x=1'></script>",
        "<script src='https://geo.captcha-delivery.com/captcha.js'></script>",
        "<script>window.__qrator = {}</script>",
        "<link href='/.within.website/x/xess.css'>",
        "<iframe src='https://smartcaptcha.yandexcloud.net/'></iframe>",
    ],
)
def test_challenge_without_words(markup: str) -> None:
    """A nearly empty page with a challenge's script is a wall; a page with a text and the same script is none."""
    assert (wall_note(title="x", text="", markup=markup) or "").startswith("a short page with a challenge (")
    assert wall_note(title="x", text=STORY * 10, markup=markup) is None


@pytest.mark.parametrize(("title", "text"), WALLS, ids=[title for title, _ in WALLS])
def test_long_page_about_walls_is_none(title: str, text: str) -> None:
    """An article about captchas and refusals is long."""
    assert wall_note(title=f"{title}: how sites turn readers away", text=text + STORY * 40, markup="") is None


def test_marked_article_about_a_refusal_is_none() -> None:
    """A brief that its markup calls an article may speak of blocked sites."""
    text = "Доступ к сайту ограничен по решению суда, сообщили в ведомстве. " * 8
    assert wall_note(title="Доступ к сайту ограничен", text=text, markup="", marked=True) is None
    assert wall_note(title="Доступ к сайту ограничен", text=text, markup="") is not None


def test_paywall_with_a_text_is_none() -> None:
    """A subscription offer below the beginning of a text does not make it a wall."""
    text = STORY * 3 + "Subscribe to read on. Already a subscriber? Log in."
    assert wall_note(title="A quiet day on the border", text=text, markup="") is None


@pytest.mark.parametrize(("title", "text"), MISSING, ids=[title for title, _ in MISSING])
def test_missing_faulty_and_closed_pages(title: str, text: str) -> None:
    """Soft 404s, faults, maintenance and login forms are told by their titles."""
    assert missing_note(title=title, text=text) == f'a short page titled "{title}"'


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("К сожалению, такой страницы не существует.", 'a short page that says "такой страницы не существует"'),
        ("We are currently under maintenance, come back later.", "a short page that says"),
        ("You need to enable JavaScript to run this app.", "a page without text of its own that says"),
        ("Для работы сайта включите JavaScript", "a page without text of its own that says"),
    ],
)
def test_pages_told_by_their_text(text: str, note: str) -> None:
    """A soft 404 or an empty shell under the site's own title is told by its text."""
    assert (missing_note(title="Гавань", text=text) or "").startswith(note)


@pytest.mark.parametrize(
    "title",
    [
        "Ошибка 404: как устроены пропавшие страницы",
        "Вход в порт закрыт до утра",
        "Page not found: the archive that a ministry lost",
        "404 soldiers took part in the exercise",
        "Technical works close the bridge over the Lesna",
        "Zaloguj się do wojska: nowy program",
    ],
)
def test_articles_about_such_things_are_none(title: str) -> None:
    """A headline that only speaks of missing pages, doors and works is no error page."""
    assert missing_note(title=title, text=STORY * 30) is None
    assert missing_note(title=title, text=STORY * 5, marked=True) is None


@pytest.mark.parametrize("title", ["x " * 2_000_000, "| " * 500_000, "x404 " * 500_000])
def test_hostile_titles_end(title: str) -> None:
    """Megabytes of title are cut, not searched."""
    assert missing_note(title=title, text="") is None
    assert wall_note(title=title, text="", markup="") is None
