"""Addresses, texts, stories: what is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.dedup.canonical import trusted_canonical, url_key
from wirewatch.dedup.contract import compare_row
from wirewatch.dedup.identity import KnownArticle, choose_key, content_hash, judge, text_hash
from wirewatch.model import Verdict

PLAIN = "https://news.example/2026/a-b"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2026/a-b",
        "http://news.example/2026/a-b/",
        "https://www.news.example/2026/a-b?utm_source=rss&utm_medium=feed",
        "https://NEWS.example:443/2026/a-b#comments",
        "https://m.news.example/2026/a-b?fbclid=x",
        "https://news.example/2026/a-b/amp/",
        "https://news.example/amp/2026/a-b",
        "https://news.example/2026/a-b?amp=1",
        "https://news.example/2026/%61-b",
        " https://news.example/2026/a-b ",
    ],
)
def test_variants_of_an_address_have_one_key(url: str) -> None:
    """Tracking parameters, mobile and AMP variants, escapes and fragments do not make another page."""
    assert url_key(url) == PLAIN


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example:8080/a", "https://news.example/a"),
        ("https://ru.news.example/a", "https://be.news.example/a"),
        ("https://news.example/lamp", "https://news.example/l"),
        ("https://m.by/a", "https://by/a"),
    ],
)
def test_other_pages_keep_keys_of_their_own(left: str, right: str) -> None:
    """What may be another page is never folded."""
    assert url_key(left) != url_key(right)


def test_international_names_are_written_one_way() -> None:
    """A name in Cyrillic and its ASCII form are one host; escapes of a path too."""
    assert url_key("https://новости.рф/статья") == url_key(
        "https://xn--b1amnebsh.xn--p1ai/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F"
    )


@given(
    st.from_regex(
        r"https?://[a-z]{1,9}\.(example|test)(/[A-Za-z0-9%~_.-]{0,8}){0,4}(\?[a-z_]{1,12}=[a-z0-9]{0,3})?",
        fullmatch=True,
    )
)
def test_a_key_is_its_own_key(url: str) -> None:
    """Making the key of a key changes nothing."""
    assert url_key(url_key(url)) == url_key(url)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (None, PLAIN),
        ("https://news.example/moved", "https://news.example/moved"),
        ("https://www.news.example/moved?utm_source=x", "https://news.example/moved"),
        ("https://news.example/", PLAIN),
        ("https://other.example/moved", PLAIN),
        ("https://news.example:99999/x", PLAIN),
    ],
)
def test_canonical_is_trusted_on_the_same_site_only(stated: str | None, expected: str) -> None:
    """The front page, another site and nonsense are no canonical addresses."""
    assert trusted_canonical(PLAIN, stated) == expected


LONG = "Учения прошли в срок и без происшествий, сообщили в штабе. " * 5


def test_pages_that_share_a_canonical_address_by_mistake_stay_apart() -> None:
    """Another text under a stated canonical address gets its own key; nearly the same text does not."""
    known = {"c": KnownArticle(1, 10, 1, "h", LONG)}
    assert choose_key("c", "own", address_id=11, body="Совсем другой текст о другом. " * 9, known=known) == "own"
    assert choose_key("c", "own", address_id=11, body=LONG + "И ещё.", known=known) == "c"
    assert choose_key("c", "own", address_id=10, body="Правка.", known=known) == "c"


def test_a_moved_page_is_the_same_article() -> None:
    """What an address gave before keeps its key, whatever the page states now."""
    known = {"old": KnownArticle(1, 10, 1, "h", LONG)}
    assert choose_key("new", "old", address_id=10, body=LONG, known=known) == "old"


def test_only_its_own_address_changes_an_article() -> None:
    """An AMP page with another wording is no edit of the article."""
    known = KnownArticle(1, 10, 1, "h1", LONG)
    verdicts = [judge("h1", address_id=10, known=known), judge("h2", address_id=10, known=known)]
    assert verdicts == [Verdict.SAME, Verdict.CHANGED]
    assert judge("h2", address_id=11, known=known) is Verdict.SAME
    assert judge("h2", address_id=11, known=None) is Verdict.NEW


def test_white_space_is_no_change_and_a_word_is() -> None:
    """Hashes see words and paragraphs, not spaces and Unicode forms."""
    assert content_hash("A  b", "c\n d ") == content_hash("A b", "c\nd")
    assert content_hash("й", "x") == content_hash("и\u0306", "x")
    assert content_hash("A", "12 танков") != content_hash("A", "2 танков")
    assert text_hash(LONG, otherwise="1") == text_hash(LONG.upper(), otherwise="2")
    assert text_hash("Фото.", otherwise="1") != text_hash("Фото.", otherwise="2")


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ({"text": LONG}, {"text": LONG}, "same"),
        ({"text": LONG, "url": PLAIN}, {"text": LONG + "Ещё.", "url": PLAIN + "?utm_source=a"}, "revision"),
        ({"text": LONG * 3 + "Раз."}, {"text": LONG * 3 + "Два."}, "copy"),
        ({"text": "Погода в горах ясная"}, {"text": "Ćwiczenia wojskowe na północy"}, "unrelated"),
    ],
)
def test_compare_names_the_relation(left: dict[str, str], right: dict[str, str], relation: str) -> None:
    """The contract's relations; any value but the text may be missing."""
    answer = compare_row({"id": "1", "left": left, "right": {"title": None, **right}})
    assert (answer["id"], answer["relation"]) == ("1", relation)
    assert 0 <= answer["score"] <= 1
