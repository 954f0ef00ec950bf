"""The rules of a robots.txt, as RFC 9309 reads them."""

from __future__ import annotations

import pytest

from wirewatch.fetch.robots_rules import Rule, Rules, text_to_rules

HOST = "https://press.example"


def _allowed(text: str, *paths: str) -> list[bool]:
    rules = text_to_rules(text, "wirewatch")
    return [rules.allows(HOST + path) for path in paths]


@pytest.mark.parametrize(
    ("lines", "open_paths", "closed_paths"),
    [
        ("Disallow: /fish", ["/", "/Fish", "/a/fish"], ["/fish", "/fish.html", "/fishing/1"]),
        ("Disallow: /fish/", ["/fish"], ["/fish/", "/fish/salmon"]),
        ("Disallow: /*.php", ["/", "/a.PHP"], ["/a.php", "/a/b.php?x=1", "/a.php5"]),
        ("Disallow: /*.php$", ["/a.php?x", "/a.php5"], ["/a.php", "/b/a.php"]),
        ("Disallow: /a*b*c$", ["/abcd", "/acb"], ["/abc", "/a1b2c", "/abcc"]),
        ("Disallow: /a*", ["/b"], ["/a", "/ab"]),
        ("Disallow: /a**b", ["/a"], ["/ab", "/axb"]),
        ("Disallow: /ab*ab$", ["/ab"], ["/abab", "/abxab"]),
        ("Disallow: *", [], ["/", "/a"]),
        ("Disallow: /$", ["/a"], ["/"]),
        ("Disallow:", ["/", "/a"], []),
        ("Disallow: /\nAllow: /news", ["/news/1"], ["/", "/new"]),
        ("Allow: /page\nDisallow: /*.htm", ["/page"], ["/page.htm"]),
        ("Disallow: /same\nAllow: /same", ["/same"], []),
        ("Disallow: private", ["/"], ["/private/1"]),
        ("Disallow /two-words", ["/"], ["/two-words"]),
        ("Dissallow: /typo", ["/"], ["/typo"]),
        ("Disallow: /a # said so", ["/b"], ["/a", "/a b"]),
        ("Disallow: /?s=", ["/", "/?t="], ["/?s=1"]),
        ("Disallow: /вёска", ["/"], ["/вёска/1", "/%D0%B2%D1%91%D1%81%D0%BA%D0%B0", "/%d0%b2%d1%91%d1%81%d0%ba%d0%b0"]),
        ("Disallow: /%7ejo", ["/jo"], ["/~jo", "/%7Ejo"]),
        ("Disallow: /a%2fb", ["/a/b"], ["/a%2Fb"]),
        ("Disallow: /a%2A", ["/ab"], ["/a*"]),
        ("Disallow: /a%24", ["/a"], ["/a$"]),
    ],
)  # fmt: skip
def test_patterns(lines: str, open_paths: list[str], closed_paths: list[str]) -> None:
    """The longest match wins, of equal ones the one that allows; escapes are compared in one way of writing."""
    text = f"User-agent: *\n{lines}\n"

    assert _allowed(text, *open_paths) == [True] * len(open_paths)
    assert _allowed(text, *closed_paths) == [False] * len(closed_paths)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: wirewatch\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", [False, True]),
        ("User-agent: WIREWATCH/2.0 (news)\nDisallow: /a", [False, True]),
        ("User-agent: wirewatch-images\nDisallow: /", [True, True]),
        ("User-agent: other\nUser-agent: *\nDisallow: /a", [False, True]),
        ("User-agent: other\nSitemap: /s.xml\nUser-agent: *\nDisallow: /a", [False, True]),
        ("User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow: /b", [False, True]),
        ("User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: *\nDisallow: /b", [False, False]),
        ("User-agent: wirewatch\n\nUser-agent: *\nDisallow: /\nUser-agent: wirewatch\nAllow: /", [True, True]),
        ("Disallow: /", [True, True]),
        ("\ufeffUser-agent: *\r\nDisallow: /a\rDisallow: /b", [False, False]),
        ("User-agent: *\n" + "Disallow: /" + "x" * 20_000 + "\nDisallow: /a", [False, True]),
        ("<!DOCTYPE html><p>User-agent: * is not said here", [True, True]),
        ("", [True, True]),
    ],
)
def test_groups(text: str, allowed: list[bool]) -> None:
    """Our own groups count, merged, else those of everyone; only a user-agent line after a rule starts a new group."""
    assert _allowed(text, "/a", "/b") == allowed


def test_robots_txt_itself_may_always_be_asked() -> None:
    """RFC 9309 2.2.2."""
    assert _allowed("User-agent: *\nDisallow: /", "/robots.txt", "/robots.txt.bak") == [True, False]


def test_a_rule_is_kept_in_pieces() -> None:
    """What stands between asterisks, the anchor, and the length that decides."""
    assert text_to_rules("User-agent: *\nDisallow: /a/*/b$\nCrawl-delay: 2.5\nCrawl-delay: 4", "wirewatch") == Rules(
        (Rule(False, ("/a/", "/b"), True, 7),), 4.0
    )


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 3", 3),
        ("User-agent: other\nCrawl-delay: 9\nUser-agent: *\nCrawl-delay: 3\nDisallow: /a", 3),
        ("User-agent: wirewatch\nDisallow: /a\nUser-agent: *\nCrawl-delay: 3", None),
        ("User-agent: *\nCrawl-delay: inf", None),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("Crawl-delay: 3", None),
    ],
)
def test_crawl_delay_belongs_to_the_agents_named_before_it(text: str, delay: float | None) -> None:
    """It goes to the group as it stands and ends none; what is no positive number is none."""
    assert text_to_rules(text, "wirewatch").crawl_delay == delay


def test_a_pattern_of_many_asterisks_takes_no_time_to_speak_of() -> None:
    """Where a backtracking matcher would try for ever, the pieces are looked for once, one after the other."""
    rules = text_to_rules("User-agent: *\nDisallow: /" + "*a" * 4000 + "*b\n", "wirewatch")

    assert rules.allows(HOST + "/" + "a" * 30_000)


def test_an_address_longer_than_can_be_compared_is_allowed_only_without_rules() -> None:
    """Half a megabyte of address is compared with nothing."""
    url = HOST + "/" + "a" * 500_000

    assert [text_to_rules(text, "wirewatch").allows(url) for text in ("", "User-agent: *\nDisallow: /b")] == [
        True,
        False,
    ]
