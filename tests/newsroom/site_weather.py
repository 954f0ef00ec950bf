"""What a site answers to whatever it is asked while something befalls it, and how it says that a page is not there."""

from __future__ import annotations

import socket
import threading

from tests.newsroom.script_of_sites import Weather
from tests.support.sites import Raw, Reply, Route

HTML = (("Content-Type", "text/html; charset=utf-8"),)

_NOT_FOUND = {
    "ru": "Страница не найдена",
    "uk": "Сторінку не знайдено",
    "pl": "Nie znaleziono strony",
    "lt": "Puslapis nerastas",
    "en": "Page not found",
}
_CAPTCHA = (
    "<form action='/check'><h1>Підтвердьте, що ви не робот</h1><p>Checking your browser before accessing the site."
    " Please complete the captcha.</p><div class='g-recaptcha' data-sitekey='x'></div></form>"
)
_CONSENT = (
    "<div id='consent'><h1>Before you continue</h1><p>We and our partners use cookies to store and access information"
    " on your device. Choose what you consent to before you continue to the site.</p>"
    "<button>Accept all</button><button>Reject all</button><button>Manage options</button></div>"
)


def not_found(language: str) -> str:
    """The headline of a page that says so."""
    return _NOT_FOUND[language]


def answer_of(weather: Weather) -> Route:
    """The one answer to everything."""
    match weather:
        case "500":
            return _page(500, "<h1>500 Internal Server Error</h1>")
        case "429":
            return _page(429, "<h1>429 Too Many Requests</h1>")
        case "403":
            return _page(403, "<h1>403 Forbidden</h1>")
        case "maintenance":
            return _page(503, "<h1>Технические работы</h1><p>Сайт скоро откроется.</p>")
        case "captcha":
            return _page(200, _CAPTCHA)
        case "consent":
            return _page(200, _CONSENT)
        case "silent":
            return Raw(_wait)
        case _:
            raise ValueError(f"{weather} is no answer")


def _wait(connection: socket.socket, stopping: threading.Event) -> None:
    stopping.wait(10)


def _page(status: int, body: str) -> Reply:
    text = f"<!doctype html><html><head><title>{status}</title></head><body>{body}</body></html>"
    return Reply(status, HTML, text.encode())
