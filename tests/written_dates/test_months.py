"""Words of dates → months."""

from __future__ import annotations

import pytest

from wirewatch.written_dates.months import month_number

FORMS = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ru of": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru in": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "uk": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "uk of": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "be": "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань",
    "be of": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "pl of": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "lt": "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis",
    "lt of": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "lv": "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    "lv in": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "et of": "jaanuari veebruari märtsi aprilli mai juuni juuli augusti septembri oktoobri novembri detsembri",
    "en": "January February March April May June July August September October November December",
    "en short": "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
}


@pytest.mark.parametrize("form", FORMS)
def test_all_twelve_months_are_known_in_the_forms_that_dates_use(form: str) -> None:
    """Each month's name gives its number, in the nominative and in the case that stands beside a day."""
    assert [month_number(word) for word in FORMS[form].split()] == list(range(1, 13))


@pytest.mark.parametrize("word", ["Marines", "мариновать", "Марина", "Липецк", "Martin", "major", "лютня"])
def test_a_word_that_only_begins_like_a_month_is_none(word: str) -> None:
    """A place, a name or a rank beside a number is no date."""
    assert month_number(word) is None
