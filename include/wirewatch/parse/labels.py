"""Class names, buttons, title and words of a page → what they say of its kind.

Class names are English on sites of every language; buttons, titles and words are not, so they are looked for in the
languages of the sources as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirewatch.parse.survey import Survey

_CARDS = ("card", "teaser", "tile", "promo", "list-item", "listitem", "product-item", "grid-item", "result")
_SHOPS = ("cart", "price", "product", "buy-now", "sku", "basket", "pdp", "plp")
_FORUMS = ("thread", "forum", "post-body", "post-content-author", "topic-", "reply", "replies", "answer")
_PAGERS = ("pagin", "pager", "page-numbers", "load-more", "loadmore", "infinite")
_FILTERS = ("filter", "sort-by", "sortby", "facet")
_BYLINES = ("byline", "author", "published", "post-date", "postdate", "entry-date", "article-date", "posted-on")
_READING_TIME = ("read-time", "readtime", "reading-time", "meta-date")
_COMMENTS = ("comment", "respond")
_FEW = 6  # bylines; more are those of teasers
_SINGLE = re.compile(r"single-post|\bsingle\b|post-template|postid-")
_ARCHIVE = re.compile(
    r"(?:^|\s)(?:archive|category|tax-[\w-]+|blog|home|search-results|post-type-archive\S*|tag)(?:\s|$)"
)
_MORE = re.compile(
    r"(?:read (?:more|article|story|post)|continue reading|more|view (?:all|details|more|product)|see (?:all|more)|"
    r"learn more|show more|load more|next|older posts?|explore|details|shop .{2,20}|select options|quick view|"
    r"читать|подробнее|далее|ещ[её]|докладніше|детальніше|читати|далі|падрабязней|чытаць|далей|czytaj|więcej|"
    r"zobacz|skaityti|daugiau|plačiau|lasīt|vairāk|loe|rohkem|mehr|weiterlesen|lire|leer|ver más).{0,12}",
    re.I,
)
_ASKING = re.compile(
    r"(?:how|what|why|when|where|who|which|is|are|can|should|\d+|top \d|the \d+|best|guide|understanding|everything|"
    r"things|как|что|почему|зачем|когда|где|кто|як|що|чому|коли|де|хто|што|чаму|калі|дзе|jak|co|dlaczego|czy|kiedy|"
    r"gdzie|kto|kaip|kodėl|kas|kā|kāpēc|kuidas|miks|wie|warum|was|comment|pourquoi|cómo|por qué)\b"
    r"|.*(?:\bguide\b|\btips\b|\bvs\b|\?|: )",
    re.I,
)
_PRICE = re.compile(r"[$€£₽]\s?\d|\d\s?(?:€|₽|руб|грн|zł)")
_CURRENCIES = ("$", "€", "£", "₽", "руб", "грн", "zł")
_ADDRESSING = frozenset(("you", "your", "our", "we", "sie", "ihr", "ihre", "wir", "unser", "vous", "votre", "nous"))
_ADDRESSING |= {"вы", "вас", "вам", "ваш", "ваши", "вашего", "мы", "наш", "наши", "нашей", "вашы", "нашы"}
_ADDRESSING |= {"ви", "ми", "наші", "нашої", "ty", "twój", "twoje", "państwo", "my", "nasz", "nasze", "naszej"}
_ADDRESSING |= {"jūs", "jūsų", "mes", "mūsų", "tu", "teie", "teil", "meie", "notre"}
_SAMPLE = 4000  # words that are looked at


@dataclass(frozen=True)
class Labels:
    """Signs in words; counts are of elements, links or matches."""

    title_words: int
    title_tells: bool
    card_share: float
    single_body: bool
    archive_body: bool
    pager: bool
    thread: int
    shop: int
    byline: bool
    comments: bool
    more: int
    prices: int
    address_rate: float


def read_labels(counts: Survey, *, title: str, body_class: str) -> Labels:
    """What the words of a page say. ``body_class``: the classes of its <body>."""
    names = _Names(counts.names)
    text = "\n".join(counts.words)
    words = text[: _SAMPLE * 8].lower().split(None, _SAMPLE)[:_SAMPLE]
    own_class = body_class.lower()
    return Labels(
        title_words=min(12, len(title.split())),
        title_tells=_ASKING.match(title) is not None,
        card_share=min(1.0, names.hits(_CARDS) / max(1, len(counts.names))),
        single_body=_SINGLE.search(own_class) is not None,
        archive_body=_ARCHIVE.search(own_class) is not None,
        pager=names.has(_PAGERS + _FILTERS),
        thread=names.hits(_FORUMS),
        shop=names.hits(_SHOPS),
        byline=0 < names.hits(_BYLINES + _READING_TIME) <= _FEW,
        comments=names.has(_COMMENTS),
        more=sum(_MORE.fullmatch(label) is not None for label in counts.labels),
        prices=len(_PRICE.findall(text)) if any(sign in text for sign in _CURRENCIES) else 0,
        address_rate=min(5.0, 100 * sum(map(_ADDRESSING.__contains__, words)) / max(20, len(words))),
    )


class _Names:
    """Class names of a page; nearly all stand there many times, so words are looked for in each once first."""

    def __init__(self, names: list[str]) -> None:
        self._all = "\n".join(names).lower()
        self._each = "\n".join(set(names)).lower()

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether any of the words is part of a name."""
        return any(word in self._each for word in words)

    def hits(self, words: tuple[str, ...]) -> int:
        """How often the words stand in all names."""
        return sum(self._all.count(word) for word in words if word in self._each)
