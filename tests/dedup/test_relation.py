"""Pairs → one story or not. Texts are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.dedup.contract import compare_row
from wirewatch.dedup.encoder import encoder
from wirewatch.dedup.evidence import gather
from wirewatch.dedup.likeness import Likeness
from wirewatch.dedup.relation import judge_pair, situation, story_score
from wirewatch.errors import InputError

ALIKE = Likeness(0.93, 0.92, 0.5, strange_names=0.0, strange_words=0.1, other_days=False)
UNLIKE = Likeness(0.80, 0.79, 0.03, strange_names=0.9, strange_words=0.9, other_days=False)
BLIND = {"meaning": None, "headline_meaning": None}
TWO_LANGUAGES = {"wording": None, "strange_words": None}

BRIDGE = (
    "Мост через Муховец в Бресте закрыли до весны",
    "Движение по мосту через реку Муховец в Бресте остановлено до 1 марта, сообщил начальник дистанции Пётр Ковалёв. "
    "Опоры подмыло в октябре. Автобусы пустят через Каменец, пешеходов перевезёт катер.",
)
OTHERS_ON_THE_BRIDGE = (
    "В Бресте до марта не будет моста: его опоры размыла вода",
    "Городские власти перекрыли мост на Муховце. По словам Петра Ковалёва, который отвечает за переправу, чинить опоры "
    "будут всю зиму; автобусам придётся делать крюк через Каменец.",
)
ENGLISH_ON_THE_BRIDGE = (
    "Brest bridge over the Mukhavets closed until spring",
    "Traffic on the bridge across the Mukhavets in Brest has been stopped until 1 March, said Pyotr Kovalyov, who runs "
    "the crossing. Its piers were washed out in October; buses will go by way of Kamenets.",
)
ANOTHER_BRIDGE = (
    "Мост через Сож в Гомеле закрыли до лета",
    "Движение по мосту через реку Сож в Гомеле остановлено до 10 июня, сообщила начальница дистанции Анна Рудько. "
    "Настил износился за двадцать лет. Автобусы пустят через Ветку, пешеходов перевезёт паром.",
)
BANK = (
    "Ставка рефинансирования выросла до десяти процентов",
    "Национальный банк в третий раз за год поднял ставку. Кредиты для предприятий подорожают, вклады населения тоже "
    "станут доходнее, считают опрошенные экономисты.",
)


def side(text: tuple[str, str], **more: str) -> dict[str, str]:
    """One side in the contract's form."""
    return {"title": text[0], "text": text[1], "lang": "ru", **more}


def relation(left: dict[str, str], right: dict[str, str]) -> str:
    """As ``wirewatch compare`` answers."""
    answers = [compare_row({"id": 1, "left": one, "right": two}) for one, two in ((left, right), (right, left))]
    assert answers[0] == answers[1]
    return str(answers[0]["relation"])


@pytest.mark.parametrize("missing", [{}, BLIND, BLIND | TWO_LANGUAGES, TWO_LANGUAGES], ids=str)
def test_alike_reports_are_one_story_in_every_situation(missing: dict[str, None]) -> None:
    """With vectors or without, within a language or across."""
    alike, unlike = replace(ALIKE, **missing), replace(UNLIKE, **missing)
    assert story_score(alike) > 0.5 > story_score(unlike)


def test_the_table_is_chosen_by_what_could_be_measured() -> None:
    """Vectors hold across languages; without them words, and without these names."""
    found = [situation(replace(ALIKE, **missing)) for missing in ({}, TWO_LANGUAGES, BLIND, BLIND | TWO_LANGUAGES)]
    assert found == ["by meaning", "by meaning", "by words", "by names"]


@pytest.mark.parametrize("against", [{"strange_names": 0.8}, {"other_days": True}])
def test_strange_names_and_other_days_speak_against_alike_reports(against: dict[str, float]) -> None:
    """And say nothing new of reports that are not alike."""
    assert story_score(replace(ALIKE, **against)) < story_score(ALIKE) - 0.1
    far = replace(UNLIKE, strange_names=0.0)
    assert story_score(far) - story_score(replace(far, **against)) < 0.1


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_score_is_between_zero_and_one(
    meaning: float, headline: float, wording: float, names: float, words: float, days: bool
) -> None:
    """Whatever was measured."""
    assert 0 <= story_score(Likeness(meaning, headline, wording, names, words, days)) <= 1


def test_without_vectors_words_tell_stories_apart() -> None:
    """Where the encoder cannot be installed."""
    bridge, others, bank = (gather(*text, language="ru") for text in (BRIDGE, OTHERS_ON_THE_BRIDGE, BANK))
    assert [judge_pair(bridge, other).one_story for other in (others, bank)] == [True, False]


@pytest.mark.skipif(encoder() is None, reason="the package with the sentence encoder is not installed here")
class TestCompare:
    """``wirewatch compare``."""

    def test_one_event_told_otherwise_is_a_story(self) -> None:
        """In one language or two."""
        others = [side(OTHERS_ON_THE_BRIDGE), side(ENGLISH_ON_THE_BRIDGE, lang="en")]
        assert [relation(side(BRIDGE), other) for other in others] == ["story", "story"]

    def test_an_alike_event_elsewhere_is_another_story(self) -> None:
        """Names and days tell them apart; so does everything else, where nothing is alike."""
        assert [relation(side(BRIDGE), side(other)) for other in (ANOTHER_BRIDGE, BANK)] == ["unrelated", "unrelated"]

    def test_a_copy_is_one_wherever_it_is_printed(self) -> None:
        """A sentence more makes no other text; on the same site under a new address it is a revision."""
        long = (BRIDGE[0], f"{BRIDGE[1]} {OTHERS_ON_THE_BRIDGE[1]}")
        more = (BRIDGE[0], f"{long[1]} Ремонт начнут в понедельник.")
        at = [f"https://{host}.example/{page}" for host, page in (("a", 1), ("b", 1), ("a", 2))]
        found = [relation(side(long, url=at[0]), side(more, url=url)) for url in at]
        assert found == ["revision", "copy", "revision"]

    def test_one_address_is_one_article(self) -> None:
        """Even when hardly a word of it is left."""
        url = "https://a.example/1"
        assert relation(side(BRIDGE, url=url), side(BANK, url=f"{url}?utm_source=x")) == "revision"


def test_equal_texts_are_the_same() -> None:
    """White space and headlines aside; of texts that are empty the headlines are compared."""
    assert relation(side(BRIDGE), side(("Другой заголовок", f"  {BRIDGE[1]}\n"))) == "same"
    assert relation(side(("Мост закрыт", "")), side(("Мост закрыт", " "))) == "same"


@pytest.mark.parametrize("bad", [{"left": "text", "right": {}}, {"left": {"text": 1}, "right": {}}])
def test_what_is_no_pair_is_refused(bad: dict[str, object]) -> None:
    """The message says which value it is."""
    with pytest.raises(InputError, match=r"must be"):
        compare_row({"id": 1, **bad})
