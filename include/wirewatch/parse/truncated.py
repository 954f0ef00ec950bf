"""Body → whether it is a teaser put in place of the text: short, cut off, or sending the reader elsewhere."""

from __future__ import annotations

import re

_SHORT = 200  # characters of a cut-off body
_SENT_ON = 600  # … of one that says where the rest is
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;)\])[\s»”\"')\]]*$")
_MORE = re.compile(
    r"(?:read (?:more|on|the (?:full|whole|rest)[\w ]*)|continue reading|full (?:text|story|article)|"
    r"читать? (?:далее|дальше|полностью|полный текст)|читайте (?:далее|полностью|полный текст)|подробнее|далее|"
    r"полный текст(?: (?:доступен|читайте))?|читати (?:далі|більше|повністю)|читайте (?:далі|повністю)|докладніше|"
    r"детальніше|повний текст|чытаць (?:далей|цалкам)|чытайце (?:далей|цалкам)|падрабязней|поўны тэкст|"
    r"czytaj (?:więcej|dalej|całość)|(?:przeczytaj|zobacz) (?:więcej|całość)|cały (?:tekst|artykuł)|"
    r"skaityti (?:daugiau|toliau)|skaitykite (?:daugiau|toliau)|plačiau|visas tekstas|lasīt (?:vairāk|tālāk)|"
    r"lasiet (?:vairāk|tālāk)|pilns teksts|loe (?:edasi|lähemalt|rohkem)|täistekst|weiterlesen|mehr lesen|"
    r"lire la suite|leer más|seguir leyendo|číst (?:dále|více))",
    re.I,
)
_ELSEWHERE = re.compile(
    r"\b(?:in (?:our|the) app|for subscribers|subscribers only|subscribe to|log in to|в (?:нашем )?приложении|"
    r"для подписчиков|(?:по|о)форми(?:те|ть) подписку|у (?:нашому )?застосунку|для передплатників|для падпісчыкаў|"
    r"w (?:naszej )?aplikacji|dla (?:abonentów|subskrybentów|prenumeratorów)|prenumeratoriams|"
    r"abonentiem|tellijatele)\b",
    re.I,
)


def looks_truncated(body: str) -> bool:
    """Whether a body is only the beginning of a text.

    True for a body under 200 characters that breaks off (an ellipsis, a "read more" at the end), and for one under 600
    characters whose last line or two send the reader on: to the full text, an app, a subscription. A short item that
    ends in a sentence is whole, and so is an empty body: that is another finding.
    """
    text = body.strip()
    if not text or len(text) > _SENT_ON:
        return False
    lines = text.splitlines()
    last = lines[-1].strip(" .…→»>›")
    sends_on = _MORE.fullmatch(last) is not None or (
        len(last) <= 120 and _MORE.search(last) is not None and _ELSEWHERE.search(last) is not None
    )
    if sends_on:
        return True
    return len(text) < _SHORT and (_CUT.search(text) is not None or _ends_in_more(text))


def _ends_in_more(text: str) -> bool:
    """Whether the text itself closes with "read more" after an ellipsis or a full stop."""
    found = max(_MORE.finditer(text), key=re.Match.start, default=None)
    return (
        found is not None and not text[found.end() :].strip(" .…→»>›") and text[: found.start()].rstrip()[-1:] in ".…!?"
    )
