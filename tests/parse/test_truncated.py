"""Teasers in place of the body."""

from __future__ import annotations

import pytest

from wirewatch.parse.truncated import looks_truncated

LONG = "The column crossed the river at dawn and went on towards the training ground without a halt. " * 8


@pytest.mark.parametrize(
    "body",
    [
        "The ministry announced a new exercise near the border, which will begin…",
        "The ministry announced a new exercise near the border, which will begin [...]",
        "Учения начнутся в понедельник на полигоне под Лесной. Читать далее",
        "Учения начнутся в понедельник на полигоне под Лесной, сообщили в...\nПодробнее →",
        "Навчання почнуться в понеділок на полігоні.\nЧитати далі",
        "Вучэнні пачнуцца ў панядзелак на палігоне.\nЧытаць цалкам",
        "Ćwiczenia zaczną się w poniedziałek na poligonie pod Leśną.\nCzytaj więcej",
        "Pratybos prasidės pirmadienį.\nSkaityti daugiau",
        "Mācības sāksies pirmdien.\nLasīt vairāk",
        "Õppus algab esmaspäeval.\nLoe edasi",
        "The exercise begins on Monday at the range near Lesnaya. " * 5 + "\nRead the full text in our app",
        "Учения начнутся в понедельник. " * 8 + "\nПолный текст доступен в приложении",
    ],
)
def test_teaser_is_told(body: str) -> None:
    """A body that breaks off or sends the reader on is a teaser, in every language of the sources."""
    assert looks_truncated(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "The exercise was called off.",
        "Учения отменены, сообщили в министерстве.",
        LONG + "And then…",
        LONG + "\nRead more",
        "Officers will say more on Monday: the details follow in the evening briefing at the press centre.",
        "Министр обещал рассказать подробнее на брифинге во вторник.",
    ],
    ids=["empty", "brief", "brief ru", "long with ellipsis", "long with link", "says more", "tells more"],
)
def test_whole_text_is_left_alone(body: str) -> None:
    """A brief that ends in a sentence is whole, and a long text is one whatever stands at its end."""
    assert not looks_truncated(body)
