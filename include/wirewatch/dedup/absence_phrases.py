"""What a page says when an article is not there, in ru, uk, be, pl, lt, lv, et, en and a few neighbours.

Patterns are matched without case in texts of a few lines. NOTICES say that it was taken away, MISSING that there is no
such page; the others say why nothing is shown now, which tells nothing of the article.
"""

from __future__ import annotations

_RU = r"(?:материал|страница|новость|статья|публикация|запись|документ|текст|информация|пост)"
_UK = r"(?:матеріал|сторінк[ау]|новин[ау]|статт[яю]|публікаці[яю]|запис|документ|текст|інформаці[яю]|допис)"
_BE = r"(?:матэрыял|старонк[ау]|навін[ау]|артыкул|публікацы[яю]|запіс|дакумент|тэкст|інфармацы[яю])"
_PL = r"(?:artykuł|materiał|strona|wiadomość|wpis|tekst|publikacja|treść|informacja|dokument)"
_LT = r"(?:straipsnis|puslapis|naujiena|publikacija|tekstas|įrašas|medžiaga|turinys)"
_LV = r"(?:raksts|lapa|ziņa|publikācija|teksts|ieraksts|materiāls|saturs)"
_ET = r"(?:artikkel|artikli|leht|lehekülg|uudis|postitus|tekst|materjal|sisu)"
_EN = (
    r"(?:article|page|story|post|item|press release|statement|content|document|material|news item|publication|"
    r"report|text)"
)

NOTICES = {
    "ru": rf"{_RU}(?: \w+){{0,2}} (?:был[аои]? )?(?:снят[ао]? с публикации|удален[ао]?|отозван[ао]?|убран[ао]?|"
    rf"скрыт[ао]?|"
    rf"снят[ао]?(?: с сайта)?|аннулирован[ао]?)|(?:снято|удалено) (?:с публикации|редакцией|автором|по)|"
    rf"(?:удален|снят|отозван)(?:а|о)? {_RU}",
    "uk": rf"{_UK}(?: \w+){{0,2}} (?:було |був |була )?(?:знят(?:о|ий|а)|видален(?:о|ий|а)|вилучен(?:о|ий|а)|"
    rf"відкликан(?:о|ий|а)|"
    rf"прибран(?:о|ий|а)|прихован(?:о|ий|а))|(?:знято|видалено|вилучено) (?:з публікації|{_UK})",
    "be": rf"{_BE}(?: \w+){{0,2}} (?:быў |была |было )?(?:знят(?:а|ы)|выдален(?:а|ы)|адклікан(?:а|ы)|прыбран(?:а|"
    rf"ы)|схаван(?:а|ы))|"
    rf"(?:знята|выдалена) (?:з публікацыі|{_BE})",
    "pl": rf"{_PL}(?: \w+){{0,2}} (?:został[aoy]? )?(?:usunięt[aye]|wycofan[aye]|zdjęt[aye]|skasowan[aye]|"
    rf"cofnięt[aye])|"
    rf"(?:usunięto|wycofano|skasowano) (?:\w+ )?{_PL[:-1]}|artykułu|materiału|stronę|treści)",
    "lt": rf"{_LT}(?: \w+){{0,2}} (?:buvo )?(?:pašalint(?:as|a)|išimt(?:as|a)|ištrint(?:as|a)|atšaukt(?:as|a)|"
    rf"panaikint(?:as|a)|"
    rf"nuimt(?:as|a)|atsiimt(?:as|a))",
    "lv": rf"{_LV}(?: \w+){{0,2}} (?:ir |tika |tikusi |ticis )?(?:izņemt[sa]|dzēst[sa]|izdzēst[sa]|noņemt[sa]|"
    rf"atsaukt[sa])",
    "et": rf"{_ET}(?: \w+){{0,2}} (?:on |oli )?(?:eemaldatud|kustutatud|maha võetud|tagasi võetud|tühistatud)",
    "en": rf"{_EN}(?: \w+){{0,3}} (?:has|have|had|was|were|is|been)(?: \w+)?(?: been)? (?:removed|withdrawn|"
    rf"deleted|retracted|taken down|"
    rf"unpublished|pulled)|(?:we have|the \w+ has) (?:removed|withdrawn|retracted|deleted) (?:this|the) {_EN}|"
    rf"(?:removed|deleted) by (?:the )?(?:author|editors?|publisher|moderators?)",
}

MISSING = {
    "ru": rf"{_RU}(?: \w+){{0,2}} не (?:найден[ао]?|существует|доступ(?:ен|на|но))|(?:такой|данной|запрашиваем\w+|"
    rf"запрошенн\w+|этой) "
    rf"(?:страницы|статьи|новости|записи)(?: больше)? (?:не существует|нет)|не найден[ао]?|(?:страница|"
    rf"ссылка) (?:устарела|больше не)|"
    rf"(?:ошибка|код) 4(?:04|10)|ничего не найдено",
    "uk": rf"{_UK}(?: \w+){{0,2}} не (?:знайден[аоу]?|існує|доступн\w)|(?:такої|даної|цієї) (?:сторінки|статті|"
    rf"новини)(?: більше)? (?:не існує|немає)|"
    rf"не знайдено|помилка 4(?:04|10)|нічого не знайдено",
    "be": rf"{_BE}(?: \w+){{0,2}} не (?:знойдзен[ыао]?|існуе|даступн\w)|(?:такой|гэтай) (?:старонкі|"
    rf"навіны)(?: больш)? (?:не існуе|няма)|"
    rf"не знойдзена|памылка 4(?:04|10)",
    "pl": rf"nie (?:znaleziono|odnaleziono)|{_PL}(?: \w+){{0,2}} nie (?:istnieje|został[aoy]? (?:znalezion|"
    rf"odnalezion)\w+)|brak (?:strony|artykułu)|"
    rf"błąd 4(?:04|10)",
    "lt": rf"{_LT}(?: \w+){{0,2}} (?:nerast(?:as|a)|neegzistuoja|neberast\w+|nebeegzistuoja)|nerasta|"
    rf"puslapio nėra|klaida 4(?:04|10)",
    "lv": rf"{_LV}(?: \w+){{0,2}} (?:nav (?:atrast[sa]|pieejam[sa])|neeksistē|vairs nav)|nav atrast[as]|"
    rf"kļūda 4(?:04|10)",
    "et": r"(?:lehte|lehekülge|artiklit|uudist|sisu)(?: \w+)? (?:ei (?:leitud|leia|ole(?: olemas)?|eksisteeri))|"
    r"ei leitud|viga 4(?:04|10)",
    "en": rf"{_EN}(?: you(?:'re| are| were)? \w+(?: \w+)?)?(?: \w+)? (?:was|is|could|can|has|does|doesn't|"
    rf"couldn't|can't|cannot|isn't)"
    rf"(?: not| no longer)?(?: be)? ?(?:found|available|exists?|missing)|(?:page|article|file) not found|"
    rf"not found|no longer (?:available|exists)|"
    rf"(?:error|http) 4(?:04|10)|nothing (?:was )?found|page missing",
    "de": r"(?:seite|artikel) (?:wurde )?(?:leider )?nicht gefunden|existiert nicht(?: mehr)?|nicht mehr verfügbar",
    "fr": r"page (?:introuvable|non trouvée)|cette page n'existe (?:pas|plus)",
    "es": r"página no encontrada|(?:esta )?página (?:ya )?no existe",
    "cs": r"stránka (?:nebyla )?(?:nenalezena|nalezena|neexistuje)|stránka sa nenašla",
}

TITLES = (
    r"\W*(?:error|ошибка|помилка|памылка|błąd|klaida|kļūda|viga|http)?\W*4(?:04|10)\b.{0,60}|.{0,40}\b4(?:04|10)\W*"
)
"""A title that is little more than the code."""

# The site wants to know whether a reader is human, or agrees, or may ask so often: nothing of one article.
CHECKS = (
    r"captcha|капч[ау]|not a (?:ro)?bot|(?:are|you(?:'re| are)) human|не роб[оа]т|nie jeste[śm] robotem|nesu robotas|"
    r"neesmu robots|ei ole robot|(?:checking|verifying) (?:your|you)|just a moment|attention required|"
    r"проверк\w+ (?:вашего )?браузера|перевірк\w+ (?:вашого )?браузера|праверк\w+ (?:вашага )?браўзера|"
    r"sprawdzani\w+ (?:twojej )?przeglądarki|security (?:check|verification)|ddos|"
    r"enable (?:javascript|js)|requires? javascript|включите javascript|увімкніть javascript|уключыце javascript|"
    r"włącz javascript|cookies|before you continue|too many requests|rate limit|unusual (?:traffic|activity)|"
    r"слишком много запросов|забагато запитів|зашмат запытаў|zbyt wiele żądań|per daug užklausų|"
    r"pārāk daudz pieprasījumu|liiga palju päringuid|your ip|ваш ip|вашу ip|twój adres ip"
)

# The site is out of order, or shows a text only to those who log in or pay.
TROUBLES = (
    r"internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|"
    r"database connection|(?:under|for|scheduled) maintenance|be (?:right )?back soon|something went wrong|"
    r"error (?:has )?occurred|temporarily unavailable|технические работы|временно недоступ\w+|ошибка сервера|"
    r"(?:произошла|возникла) ошибка|внутренняя ошибка|технічні роботи|тимчасово недоступн\w+|помилка сервера|"
    r"(?:сталася|виникла) помилка|тэхнічныя работы|часова недаступн\w+|памылка сервера|"
    r"prace (?:techniczne|konserwacyjne|serwisowe)|przerwa techniczna|(?:tymczasowo|chwilowo) niedostępn\w|"
    r"błąd serwera|wystąpił błąd|techninės priežiūros|profilaktikos darbai|laikinai ne\w+|serverio klaida|"
    r"tehniskie darbi|īslaicīgi nav|servera kļūda|hooldustööd|ajutiselt (?:maas|kättesaamatu)|serveri viga|"
    r"\blog ?in\b|\bsign ?in\b|войдите|авториз(?:ация|уйтесь|ируйтесь)|увійдіть|авторизація|увайдзіце|zaloguj|"
    r"prisijunk|pieslēdz|logi sisse|for subscribers|subscribers only|subscribe to (?:read|continue)|paywall|"
    r"для подписчиков|по подписке|для передплатників|за передплатою|для падпісчыкаў|"
    r"dla (?:abonentów|subskrybentów|prenumeratorów)|prenumeratoriams|abonentiem|tellijatele|access (?:is )?denied|"
    r"доступ (?:запрещ|огранич)\w+|доступ (?:заборонен|обмежен)\w+|odmowa dostępu|\bconsent\b"
)
