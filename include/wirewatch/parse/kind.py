"""Signs of a page → article, listing, blocked or other.

Walls and error pages are told by their words, on pages too short to be anything else. The rest is told by adding up
evidence: each sign has a weight in log-odds, fitted by logistic regression over public collections of typed pages
(newspapers, blogs, shops, forums) and rounded; no weight speaks of one site. Above 0 the balance says yes.
"""

from __future__ import annotations

import math
import re

from wirewatch.model import Kind
from wirewatch.parse.signs import Signs

_SHORT_PAGE = 1500  # characters of text in all; walls and error pages are shorter
_BARE_PAGE = 600  # with a challenge's script in the markup
_ARTICLE_TYPES = frozenset({"article", "news", "newsarticle", "blog.post", "post"})
_FROM_A_SOURCE = 1.5  # log-odds: what a source's own entries lead to is an article far more often than any page

_WALL = re.compile(
    r"access (?:to this page )?(?:is |has been |was )?denied|attention required!|just a moment\.\.\.|"
    r"checking (?:if the site connection is secure|your browser)|verif(?:y|ying) (?:that )?you are (?:a )?human|"
    r"are you a (?:human|robot)|not a robot|unusual traffic|enable (?:javascript|js) and cookies|"
    r"(?:complete|solve) the captcha|ddos-guard|request (?:was )?(?:blocked|rejected)|you (?:have been|are) blocked|"
    r"pardon our interruption|security check|before you continue|we value your privacy|"
    r"доступ (?:к (?:сайту|ресурсу|странице) )?(?:ограничен|запрещ[её]н|заблокирован)|вы не робот|проверка браузера|"
    r"доступ (?:до (?:сайту|ресурсу) )?(?:обмежено|заборонено)|ви не робот|"
    r"доступ (?:да сайта )?(?:абмежаваны|забаронены)|"
    r"odmowa dostępu|dostęp (?:został )?zablokowany|nie jesteś robotem|zugriff verweigert|prieiga uždrausta|"
    r"piekļuve (?:ir )?liegta|juurdepääs (?:on )?keelatud",
    re.I,
)
_CHALLENGE = re.compile(
    r"cf-challenge|challenge-platform|g-recaptcha|h-captcha|smartcaptcha|_incapsula_|px-captcha", re.I
)
_MISSING = re.compile(
    r"\b404\b|page not found|not found$|страница не найдена|не найдена?$|сторінк[ау] не знайден[ао]|"
    r"старонк[ау] не знойдзен[ао]|nie znaleziono|strona nie istnieje|nicht gefunden|puslapis nerastas|"
    r"lapa nav atrasta|lehte ei leitud|^(?:log ?in|sign ?in|вход|увійти|zaloguj się|anmelden)\b",
    re.I,
)


def wall_note(*, title: str, text: str, markup: str) -> str | None:
    """One sentence when the page is a wall (captcha, consent, refusal), else None. ``text`` is all text of the page."""
    if len(text) > _SHORT_PAGE:
        return None
    words = _WALL.search(f"{title}\n{text}")
    if words:
        return f'a short page that says "{words.group(0)}"'
    if len(text) <= _BARE_PAGE and (challenge := _CHALLENGE.search(markup)):
        return f"a short page with a challenge ({challenge.group(0).lower()})"
    return None


def missing_note(*, title: str, text: str) -> str | None:
    """One sentence when the page says that there is no such page, or asks to log in."""
    words = _MISSING.search(title)
    return f'a short page titled "{title[:80]}"' if words and len(text) <= 2 * _SHORT_PAGE else None


def judge(signs: Signs, *, of_source: bool) -> Kind:
    """ARTICLE, LISTING or OTHER by the balance of the signs. ``of_source``: an entry of a known source led here."""
    if article_balance(signs) + (_FROM_A_SOURCE if of_source else 0.0) > 0:
        return Kind.ARTICLE
    return Kind.LISTING if listing_balance(signs) > 0 else Kind.OTHER


def marked_as_article(signs: Signs) -> bool:
    """Whether the page's own markup calls it an article."""
    return signs.article_markup or signs.social_type in _ARTICLE_TYPES


def article_balance(signs: Signs) -> float:
    """Log-odds that the page is an article."""
    return sum(
        (
            -3.5,
            1.2 * signs.article_markup,
            1.15 * (signs.social_type in _ARTICLE_TYPES),
            -1.5 * ("product" in signs.social_type),
            -0.9 * signs.list_markup,
            -1.85 * signs.forum_markup,
            -1.7 * signs.goods_markup,
            0.9 * signs.dated,
            0.9 * signs.signed,
            0.12 * _damped(signs.told, 3),
            0.43 * _damped(signs.long_paragraphs, 3),
            1.25 * signs.body_share,
            -3.2 * signs.body_links,
            -0.55 * _damped(signs.largest_group, 4),
            -0.2 * _damped(signs.times, 3),
            -1.55 * (signs.path_depth == 0),
            0.32 * min(signs.path_depth, 4),
            0.3 * min(signs.slug_words, 6),
            -0.85 * signs.pager,
            -1.0 * (signs.thread >= 5),
            -0.95 * (signs.shop >= 10),
        )
    )


def listing_balance(signs: Signs) -> float:
    """Log-odds that a page which is no article is a listing rather than something else."""
    return sum(
        (
            -1.25,
            2.65 * signs.link_share,
            1.95 * signs.body_share,
            0.7 * _damped(signs.largest_group, 4),
            1.6 * signs.list_markup,
            -1.6 * signs.goods_markup,
            -1.1 * signs.forum_markup,
            -0.6 * ("product" in signs.social_type),
            -1.85 * (signs.thread >= 5),
            0.8 * (signs.shop >= 10),
            0.4 * signs.pager,
            -0.3 * min(signs.slug_words, 6),
            -0.3 * _damped(signs.told, 3),
            -0.2 * _damped(signs.times, 3),
            -0.5 * (signs.path_depth == 0),
        )
    )


def _damped(count: int, ceiling: float) -> float:
    """Natural logarithm of 1 + count, capped: the tenth teaser says less than the second."""
    return min(math.log1p(count), ceiling)
