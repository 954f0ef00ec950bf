"""Lines that publishers put among the paragraphs and that are no part of the article, by how they begin."""

from __future__ import annotations

import re

# "Read also: …" in the languages of the sources and their neighbours.
READ_ALSO = re.compile(
    r"\W*(?:zobacz (?:te[żz]|także|również|więcej)|czyta[jć] (?:te[żz]|także|również|więcej|dalej)|przeczytaj|"
    r"dowiedz się więcej|więcej (?:informacji|na ten temat)|polecamy|sprawdź|"
    r"read (?:also|more|next)|see also|also read|more(?: on this| from)|related|recommended|"
    r"you (?:may|might) also|more (?:great )?\w+ stories|sign up|subscribe|follow us|click here|"
    r"lesen sie auch|mehr zum thema|lire aussi|à lire|lee también|leia (?:também|mais)|"
    r"читайте (?:также|ещ[её])|читать (?:также|дал)|смотрите также|подписывайтесь|по теме|материалы по теме|"
    r"читайте (?:також|ще)|дивіться також|чытайце (?:таксама|яшчэ)|"
    r"taip pat skaitykite|skaitykite|lasi(?:et)? (?:arī|vairāk)|loe (?:ka|lisaks|edasi)|"
    r"les også|läs (?:också|mer|även)|læs også|čtěte také)\b",
    re.I,
)
# Whose picture it is.
PICTURE = re.compile(
    r"\W*(?:fot(?:o|ó|os)?|photo(?:graph)?s?|фото(?:графия)?|bild(?:er)?|image|picture|źródło|źr|quelle|source|credit|"
    r"©|\(c\)|copyright|fotograf(?:ie|ija)?|nuotr|foto no)\b[ .:/–-]",
    re.I,
)
ADVERTISEMENT = re.compile(
    r"\W*(?:adverts?|advertisements?|advertising|sponsored|реклама|рэклама|reklama?|reklaam|anzeige|werbung|"
    r"publicit[éeà]|publicidad|publicidade|pubblicità|annons|annonce|mainos)\W*$",
    re.I,
)
# The desk's signature under a wire's report.
DESK = re.compile(r"\W*(?:additional |with )?(?:reporting|writing|edit(?:ing|ed)|report(?:ed)?) by\b", re.I)
# An invitation to follow, in a paragraph that has a link.
INVITATION = re.compile(
    r"subscri|newsletter|sign up|subskry|prenumer|подпис|підпис|падпіс|abonn|assine|suscr|"
    r"follow (?:us|him|her|me|\w+ on)|twitter|facebook|telegram",
    re.I,
)
# Data left in the text, and "found an error? press Ctrl+Enter".
SERVICE = re.compile(r"[\[{]\W*[\"']\w+[\"']\s*:|.{0,120}ctrl\s*\+\s*enter", re.I)
# "[read more]" at the end of a paragraph.
MORE = re.compile(
    r"\s*[\[(](?:czytaj )?(?:więcej|dalej|read more|more|mehr|подробнее|далее|докладніше)[.…]*[\])]$", re.I
)
# A time of day or a year: a short line with one before the text is a dateline.
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b")
# The heading over readers' comments.
COMMENTS = re.compile(
    r"\W*(?:\d+\s+)?(?:(?:reader |user )?comments?|leave a (?:comment|reply)|комментари[ийев]+|отзывы|коментар[ії]?в?|"
    r"каментар[ыі]?[ія]?ў?|komentarze|kommentare?|commentaires|comentarios|comentários|komentarai|komentāri|"
    r"kommentaarid|komentáře|yorumlar)\W*(?:\d+)?\W*$",
    re.I,
)
