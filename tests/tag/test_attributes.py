"""What texts state beside a mention, in the languages of the region; every value leads back to its text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from wirewatch.errors import SpecError
from wirewatch.model import Attribute, Mention
from wirewatch.tag.attributes import Attributes
from wirewatch.tag.concepts import ConceptSpec, load_concepts
from wirewatch.tag.matcher import Matcher
from wirewatch.tag.places import load_places

FOLDER = Path(__file__).resolve().parents[2] / "include" / "concepts" / "places"
ALL = {"year": "year", "dates": "dates", "unit": "unit", "place": "place", "strength": "strength"}


def attributes(text: str, surface: str, *, wanted: dict[str, str] = ALL, title: str = "") -> tuple[Attribute, ...]:
    """Those of the first mention of that surface."""
    field = "title" if surface in title else "body"
    start = (title if field == "title" else text).index(surface)
    mention = Mention("drill", field, start, start + len(surface), surface)
    (found,) = _reader(tuple(wanted.items())).add([mention], title=title, body=text)
    return found.attributes


@cache
def _reader(wanted: tuple[tuple[str, str], ...]) -> Attributes:
    """Made once: it compiles the names of all places."""
    return Attributes({"drill": dict(wanted)}, FOLDER)


def values(text: str, surface: str = "Z", *, only: str) -> list[tuple[str, str]]:
    """(value, the text that it was read from) of one reader."""
    return [(each.value, text[each.start : each.end]) for each in attributes(text, surface, wanted={only: only})]


@pytest.mark.parametrize(
    ("text", "surface", "year"),
    [
        ("Манёвры «Восход-2021» завершились", "Восход-2021", ("2021", "2021")),
        ("Voskhod'25 is over", "Voskhod'25", ("2025", "25")),
        ("«Усход – 2025» скончыўся", "Усход – 2025", ("2025", "2025")),
        ("учения «Восход-81» прошли давно", "Восход-81", ("1981", "81")),
        ("манёвры «Восход» 2017 года", "Восход", ("2017", "2017")),
        ("the Voskhod drill in 2017 was large", "Voskhod drill", ("2017", "2017")),
        ("манёвры «Восход» собрали 2017 человек", "Восход", None),
        ("манёвры «Восход» обсуждали. 2017 год был трудным", "Восход", None),
    ],
)
def test_the_year_of_a_name(text: str, surface: str, year: tuple[str, str] | None) -> None:
    """A year counts in the mention or right behind it; two figures are of the century that they can be of."""
    assert values(text, surface, only="year") == ([year] if year else [])


@pytest.mark.parametrize(
    ("text", "value", "stated"),
    [
        ("Z пройдёт с 12 по 16 сентября 2025 года", "2025-09-12/2025-09-16", "12 по 16 сентября 2025"),
        ("Z пройдёт 12–16 сентября", "--09-12/--09-16", "12–16 сентября"),
        ("Z идёт с 28 сентября по 3 октября.", "--09-28/--10-03", "28 сентября по 3 октября"),
        ("Z трывае з 12 па 16 верасня", "--09-12/--09-16", "12 па 16 верасня"),
        ("Z триває від 12 до 16 вересня 2025 року", "2025-09-12/2025-09-16", "12 до 16 вересня 2025"),
        ("Z odbędzie się od 12 do 16 września", "--09-12/--09-16", "12 do 16 września"),
        ("Z vyks rugsėjo 12–16 d.", "--09-12/--09-16", "rugsėjo 12–16"),
        ("Z vyks 2025 m. rugsėjo 12–16 d.", "2025-09-12/2025-09-16", "2025 m. rugsėjo 12–16"),
        ("Z runs September 12-16, 2025", "2025-09-12/2025-09-16", "September 12-16, 2025"),
        ("Z (12–16 September 2025) is over", "2025-09-12/2025-09-16", "12–16 September 2025"),
        ("Z ran from Sept. 28 to Oct. 3", "--09-28/--10-03", "Sept. 28 to Oct. 3"),
        ("Z: 28 December 2025 – 3 January 2026", "2025-12-28/2026-01-03", "28 December 2025 – 3 January 2026"),
        ("Z, с 28 декабря по 3 января", "--12-28/--01-03", "28 декабря по 3 января"),
        ("Z 12.09–16.09.2025", "2025-09-12/2025-09-16", "12.09–16.09.2025"),
        ("Z 12-16.09.2025", "2025-09-12/2025-09-16", "12-16.09.2025"),
    ],
)
def test_a_span_of_days(text: str, value: str, stated: str) -> None:
    """The days are read in each language, and a year only where one is stated."""
    assert values(text, only="dates") == [(value, stated)]


@pytest.mark.parametrize(
    "text",
    [
        "Z начнётся 12 сентября",
        "Z собрал 12-16 тысяч",
        "Z, рост 5.4-5.5 процента",
        "Z с 30 по 31 сентября",
        "Z с 16 по 12 сентября",
        "Z окончен. Выборы пройдут с 12 по 16 сентября",
        "Z окончен\nВыборы пройдут с 12 по 16 сентября",
    ],
)
def test_what_is_no_span_of_its_days(text: str) -> None:
    """One day, numbers, days that no calendar has, and days of another sentence or line are none."""
    assert values(text, only="dates") == []


def test_of_two_spans_each_mention_has_that_of_its_clause() -> None:
    """Two exercises in one sentence keep their own days; where it can't be told whose days they are, there are none."""
    text = "Y пройдёт с 12 по 16 сентября, Z с 20 по 22 сентября"
    found = [[value for value, _ in values(text, surface, only="dates")] for surface in "YZ"]
    assert found == [["--09-12/--09-16"], ["--09-20/--09-22"]]
    assert values("Y с 1 по 3 мая, X с 4 по 6 мая, о чём сообщил Z", only="dates") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Z провела 1004-я бригада", [("1004 brigade", "1004-я бригада")]),
        ("Z: 19 гв. мехбригада и 6-я гв. отдельная механизированная бригада",
         [("19 brigade", "19 гв. мехбригада"), ("6 brigade", "6-я гв. отдельная механизированная бригада")]),
        ("у Z ўдзельнічала 120-я асобная механізаваная брыгада", []),
        ("Z за участю 19-ї окремої механізованої бригади", [("19 brigade", "19-ї окремої механізованої бригади")]),
        ("w Z bierze udział 12 Brygada Zmechanizowana", [("12 brigade", "12 Brygada")]),
        ("Z dalyvauja 7-oji brigada", [("7 brigade", "7-oji brigada")]),
        ("Z of the 4th Guards Tank Division", [("4 division", "4th Guards Tank Division")]),
        ("Z: 76-я десантно-штурмовая дивизия", [("76 division", "76-я десантно-штурмовая дивизия")]),
        ("Z в в/ч 12345 и войсковой части № 54321",
         [("military unit 12345", "в/ч 12345"), ("military unit 54321", "войсковой части № 54321")]),
        ("Z у військовій частині А1234", [("military unit A1234", "військовій частині А1234")]),
        ("Z: 3 бригады, 12 бригад и 40 солдат полка", []),
        ("Z of 12 brigades", []),
        ("Z окончен. Приехала 1004-я бригада", []),
    ],
)  # fmt: skip
def test_units_by_their_numbers(text: str, found: list[tuple[str, str]]) -> None:
    """A number names a unit; a count of units names none."""
    assert values(text, only="unit") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("в Z участвуют 13 тысяч военнослужащих", [("13000", "13 тысяч военнослужащих")]),
        ("в Z участвуют 12,5 тыс. российских солдат", [("12500", "12,5 тыс. российских солдат")]),
        ("Z with 13,000 troops", [("13000", "13,000 troops")]),
        ("w Z bierze udział 90 tysięcy żołnierzy", [("90000", "90 tysięcy żołnierzy")]),
        ("Z dalyvauja 2 000 karių", [("2000", "2 000 karių")]),
        ("Z видели 13 тысяч зрителей", []),
        ("Z: 11 военных машин", []),
    ],
)
def test_strengths(text: str, found: list[tuple[str, str]]) -> None:
    """Numbers of troops are figures, whatever stands for the thousands; other numbers are none."""
    assert values(text, only="strength") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Z на полигоне Обуз-Лесновский", [("obuz-lesnovsky", "Обуз-Лесновский")]),
        ("Z пад Барысавам і ў Гродне", [("barysau", "Барысавам"), ("grodno", "Гродне")]),
        ("Z pod Brześciem", [("brest-belarus", "Brześciem")]),
        ("Z Rukloje", [("rukla", "Rukloje")]),
        ("Z near Ba\u00adrysau", [("barysau", "Ba\u00adrysau")]),
        ("БОРИСОВ, 12 сентября — Z завершён", []),
        ("Минск ответил на Z", []),
        ("Z в Минске", [("minsk", "Минске")]),
        ("Z и лидер партии", []),
    ],
)
def test_places(text: str, found: list[tuple[str, str]]) -> None:
    """Places of the files, in case forms; a dateline is where a text was written, and a capital can be a government."""
    assert values(text, only="place") == found


def test_what_follows_a_contrast_is_said_of_something_else() -> None:
    """«…, а …» parts what is beside a mention from what is beside the other; «а также» does not."""
    text = "Учение Y прошло под Борисовом, а учение Z в Гродно с участием 120-й бригады"
    assert [values(text, name, only="place") for name in "YZ"] == [[("barysau", "Борисовом")], [("grodno", "Гродно")]]
    assert values("Z под Борисовом, а также в Гродно", only="place") == [("barysau", "Борисовом"), ("grodno", "Гродно")]


def test_offsets_count_code_points_of_the_field_as_given() -> None:
    """Soft hyphens, entities and letters outside the BMP before a value do not shift it; the title has its own."""
    text = "😀 Уче\u00adния &laquo;Восход&raquo; прой\u00addут 12\u201316 сен\u00adтября под Бори\u00adсовом. " * 2
    found = attributes(text, "Восход")
    assert [(each.name, text[each.start : each.end]) for each in found] == [
        ("dates", "12\u201316 сен\u00adтября"),
        ("place", "Бори\u00adсовом"),
    ]
    assert attributes("Минск, Z", "Восход", title="«Восход» под Борисовом") == (Attribute("place", "barysau", 13, 22),)


def test_a_very_long_sentence_is_looked_at_near_the_mention_alone() -> None:
    """What stands hundreds of characters away is not beside it, and a number is never cut."""
    assert values("Z " + "и так далее " * 40 + "12-я бригада", only="unit") == []
    assert values("1234567890" * 40 + "12-я бригада, Z", only="unit") == []


def test_concepts_that_ask_for_nothing_get_nothing() -> None:
    """Their mentions come back as they were, in the same order."""
    mentions = [Mention("b", "body", 0, 1, "Z"), Mention("a", "body", 0, 1, "Z")]
    assert Attributes({"drill": ALL}, FOLDER).add(mentions, title="", body="Z-2025") == tuple(mentions)


def test_a_list_of_a_hundred_units_is_cut() -> None:
    """No more than eight values of one reader are kept."""
    text = "Z: " + ", ".join(f"{number}-я бригада" for number in range(10, 30))
    assert [value for value, _ in values(text, only="unit")] == [f"{number} brigade" for number in range(10, 18)]


def test_attributes_are_planned_with_the_concept(tmp_path: Path) -> None:
    """A file asks for them by name and reader; a reader that there is not is refused with file, line and key."""
    spec = {
        "id": "drill", "label": "Drill", "definition": "invented", "names": {"ru": ["Восход {year}"]},
        "attributes": {"held": "year"}, "examples": {"yes": ["Восход-2025"]},
    }  # fmt: skip
    matcher = Matcher.compile([ConceptSpec.model_validate(spec)])
    assert [concept.attributes for concept in matcher.plan.concepts] == [(("held", "year"),)]
    text = (
        "id: drill\nlabel: Drill\ndefinition: invented\nnames: {ru: [Восход]}\n"
        "attributes:\n  held: month\nexamples: {yes: [Восход]}\n"
    )
    (tmp_path / "drill.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError, match=r"drill\.yml:6: attributes\.held"):
        load_concepts(tmp_path)


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.yml")))
def test_every_name_of_a_place_is_found_as_that_place_alone(file: str, tmp_path: Path) -> None:
    """Each form that a file lists leads to its place, and to no other."""
    (tmp_path / file).write_bytes((FOLDER / file).read_bytes())
    for name, place in load_places(tmp_path).places.items():
        for form in (form for forms in place.names.values() for form in forms):
            text = f"Z in {form.replace('*', '')}"
            assert [value for value, _ in values(text, only="place")] == [name], form


def test_a_place_stands_in_one_file(tmp_path: Path) -> None:
    """An id that two files have is refused."""
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text("places:\n  x: {label: X, country: BY, names: {en: [Xtown]}}\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"b\.yml.*'x' stands in another file too"):
        load_places(tmp_path)
    assert load_places(tmp_path / "none").places == {}
