"""What walls and error pages say, one table a meaning, one line a language. Patterns are matched without case.

A phrase stands here when a page that says it, and little else, is no article. Words that headlines use as well
("access closed", "entry") are anchored to what only a site says of itself.
"""

from __future__ import annotations

import re

# The site refuses this reader, or suspects a machine.
REFUSALS = {
    "en": (
        r"access (?:to this (?:page|site|resource) )?(?:is |has been |was )?(?:denied|forbidden)|403 forbidden|"
        r"you (?:don'?t|do not) have permission to access|"
        r"your (?:ip|request|access|connection) (?:address )?(?:has been |was |is )?(?:temporarily )?(?:blocked|"
        r"banned|rejected|denied)|you (?:have been|are|were) (?:temporarily )?blocked|"
        r"request (?:was |has been )?(?:blocked|rejected)|this website is using a security service|"
        r"not available in your (?:country|region)|unusual (?:traffic|activity)|too many requests|"
        r"rate limit exceeded|pardon our interruption|unavailable for legal reasons"
    ),
    "ru": (
        r"доступ (?:к (?:сайту|ресурсу|странице|данному \w+|"
        r"запрашиваемому ресурсу) )?(?:временно )?(?:ограничен|запрещ[её]н|заблокирован)|"
        r"ваш (?:ip|айпи)[\w-]*(?: адрес)? (?:был )?заблокирован|вы (?:были )?заблокированы|в доступе отказано|"
        r"запрос (?:был )?(?:заблокирован|отклон[её]н)|слишком много запросов|подозрительн\w+ (?:активность|трафик)|"
        r"недоступ[ен]\w* (?:в|из|для) ваше\w+ (?:стран\w+|регион\w+)"
    ),
    "uk": (
        r"доступ (?:до (?:сайту|ресурсу|сторінки|цього \w+) )?(?:тимчасово )?(?:обмежено|заборонено|заблоковано)|"
        r"ваш[уа]? ip[\w-]*(?: адрес\w+)? заблоковано|вас (?:було )?заблоковано|у доступі відмовлено|"
        r"забагато запитів|недоступн\w+ у ваш\w+ (?:країні|регіоні)"
    ),
    "be": (
        r"доступ (?:да (?:сайта|рэсурсу|старонкі) )?(?:часова )?(?:абмежаваны|забаронены|заблакаваны)|"
        r"у доступе адмоўлена|вы заблакаваны|зашмат запытаў"
    ),
    "pl": (
        r"odmowa dostępu|dostęp (?:do \w+ )?(?:został |jest )?(?:zablokowany|zabroniony|ograniczony)|"
        r"brak dostępu do strony|zostałeś zablokowany|"
        r"(?:twój|twoje) (?:adres ip|żądanie|zapytanie) (?:został[oa]? )?(?:zablokowan|odrzucon)\w+|zbyt wiele żądań"
    ),
    "lt": r"prieiga (?:prie \w+ )?(?:uždrausta|apribota|užblokuota)|per daug užklausų",
    "lv": r"piekļuve (?:\w+ )?(?:ir )?(?:liegta|aizliegta|ierobežota|bloķēta)|pārāk daudz pieprasījumu",
    "et": r"juurdepääs (?:on )?(?:keelatud|piiratud|blokeeritud)|ligipääs (?:on )?keelatud|liiga palju päringuid",
    "de": (
        r"zugriff (?:wurde )?(?:verweigert|gesperrt|blockiert)|zugang verweigert|"
        r"ihre (?:ip-adresse|anfrage) wurde (?:gesperrt|blockiert)"
    ),
    "fr": r"accès (?:à cette page )?(?:refusé|interdit|bloqué)|trop de requêtes",
    "es": r"acceso (?:denegado|prohibido|bloqueado)|demasiadas solicitudes",
    "cs": r"přístup (?:byl )?(?:odepřen|zamítnut|zablokován)|prístup (?:bol )?(?:odmietnutý|zamietnutý)",
}

# The site asks the reader to prove that it is human, or lets a script find out.
CHECKS = {
    "en": (
        r"attention required!|just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|"
        r"verif(?:y|ying) (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)|"
        r"verifying your (?:browser|connection)|(?:are you|you(?:'re| are) not) a (?:human|robot|bot)|"
        r"i'?m not a robot|please enable (?:javascript|js) and (?:disable|cookies)|"
        r"enable (?:javascript|js) and cookies to continue|"
        r"(?:complete|solve|enter|pass) the (?:captcha|security check)|ddos[- ]?(?:guard|protection)|"
        r"protected by (?:cloudflare|qrator|anubis|imperva|datadome)|one more step|security (?:check|verification)|"
        r"making sure you(?:'re| are) not a bot|incapsula incident id|human verification|press (?:&|and) hold"
    ),
    "ru": (
        r"вы не робот|я не робот|проверка (?:вашего )?браузера|проверя(?:ем|ется) (?:ваш )?браузер|"
        r"подтвердите,? что (?:вы|запросы)|введите (?:символы|код|текст) с (?:картинки|изображения)|"
        r"(?:пройдите|решите) (?:проверку|капчу)|защита от (?:ddos|роботов|ботов)|проверка безопасности|"
        r"включите javascript и cookies"
    ),
    "uk": (
        r"ви не робот|я не робот|перевірка (?:вашого )?браузера|перевіряємо (?:ваш )?браузер|підтвердьте,? що ви|"
        r"введіть (?:символи|код) з (?:картинки|зображення)|(?:пройдіть|розв'яжіть) (?:перевірку|капчу)|"
        r"захист від ddos|перевірка безпеки"
    ),
    "be": r"вы не робат|я не робат|праверка (?:вашага )?браўзера|пацвердзіце,? што вы|абарона ад ddos|праверка бяспекі",
    "pl": (
        r"nie jeste[śm] robotem|sprawdzani[ea] (?:twojej )?przeglądarki|potwierdź,? że (?:nie )?jesteś|"
        r"(?:przepisz|wpisz) (?:kod|znaki) z obrazka|weryfikacja (?:bezpieczeństwa|użytkownika)"
    ),
    "lt": r"nesu robotas|patvirtinkite,? kad (?:ne)?esate|tikrinama (?:jūsų )?naršyklė|saugumo patikra",
    "lv": r"neesmu robots|apstipriniet,? ka (?:ne)?esat|pārbauda(?:m|) (?:jūsu )?pārlūk|drošības pārbaude",
    "et": r"ma ei ole robot|kinnitage,? et (?:te )?(?:ei )?ole|kontrollime (?:teie )?brauserit|turvakontroll",
    "de": (
        r"(?:ich bin|sie sind) kein (?:roboter|bot)|sicherheitsüberprüfung|ihr browser wird überprüft|"
        r"bestätigen sie,? dass sie (?:ein mensch|kein)"
    ),
    "fr": r"(?:je ne suis|vous n'êtes) pas un robot|vérification de (?:sécurité|votre navigateur)",
    "es": r"no (?:soy|eres) un robot|verificación de seguridad|comprobando (?:su|tu) navegador",
    "cs": r"nejsem robot|ověřte,? že (?:jste|nejste)|kontrola prohlížeče|nie som robot",
}

# The site wants an agreement before it shows anything.
CONSENTS = {
    "en": (
        r"before you continue|we (?:value|care about|respect) your privacy|"
        r"we (?:and our (?:\d+ )?partners )?(?:use|store) (?:and/or access )?(?:cookies|information)|"
        r"your privacy (?:choices|matters|settings)|consent to (?:the use of )?cookies|"
        r"manage (?:your )?(?:cookie|privacy|consent)"
    ),
    "ru": (
        r"(?:мы|сайт|наш сайт) использу(?:ем|ет) (?:файлы )?(?:cookie|куки)|"
        r"согласи[ея] на (?:обработку|использование)|прежде чем (?:продолжить|перейти)|"
        r"мы (?:ценим|уважаем|заботимся о) ваш\w+ (?:конфиденциальност|приватност)\w+|"
        r"настройк\w+ (?:файлов )?(?:cookie|конфиденциальности)"
    ),
    "uk": (
        r"(?:ми|сайт|наш сайт) використову(?:ємо|є) (?:файли )?(?:cookie|кукі)|згод[ау] на (?:обробку|використання)|"
        r"перш ніж (?:продовжити|перейти)|ми (?:цінуємо|поважаємо|дбаємо про) ваш\w+ (?:конфіденційн|приватн)\w+|"
        r"налаштування (?:cookie|конфіденційності)"
    ),
    "be": (
        r"(?:мы|сайт|наш сайт) выкарыстоўвае(?:м)? (?:файлы )?(?:cookie|кукі)|"
        r"згод[ау] на (?:апрацоўку|выкарыстанне)|перш чым (?:працягнуць|перайсці)"
    ),
    "pl": (
        r"(?:cenimy|szanujemy|dbamy o) (?:twoją|państwa|swoją|waszą)? ?prywatność|"
        r"(?:używamy|korzystamy z|wykorzystujemy) (?:pliki |plików )?(?:cookies?|ciastecz\w+)|"
        r"zgod[aęy] na (?:przetwarzanie|używanie|wykorzystywanie)|zanim przejdziesz|"
        r"ustawienia (?:prywatności|cookies|plików)"
    ),
    "lt": (
        r"(?:naudojame|naudoja) slapuk\w+|slapukų (?:nustatymai|naudojim\w+|politika)|gerbiame jūsų privatumą|"
        r"prieš tęsdami"
    ),
    "lv": (
        r"(?:izmantojam|izmanto) sīkdat\w+|sīkdatņu (?:iestatījumi|izmantošan\w+)|mēs cienām jūsu privātumu|"
        r"pirms turpināt"
    ),
    "et": (
        r"(?:kasutame|kasutab) küpsise\w*|küpsiste (?:seaded|kasutami\w+)|hindame (?:teie|sinu) privaatsust|"
        r"enne jätkamist"
    ),
    "de": (
        r"wir (?:und unsere (?:\d+ )?partner )?(?:verwenden|nutzen|speichern) (?:cookies|informationen)|"
        r"ihre privatsphäre|bevor sie (?:fortfahren|weiterlesen)|mit werbung (?:weiterlesen|lesen)|"
        r"weiter mit werbung|cookie-einstellungen"
    ),
    "fr": (
        r"(?:nous|nos partenaires)[\w ]{0,30}(?:utilisons|stockons) des (?:cookies|informations)|"
        r"nous respectons votre vie privée|continuer sans accepter|avant de continuer"
    ),
    "es": r"(?:utilizamos|usamos) cookies|valoramos (?:tu|su) privacidad|antes de continuar|configuración de cookies",
    "cs": (
        r"(?:používáme|používame) (?:soubory |súbory )?cookies?|(?:vážíme|cením\w+) si vašeho soukromí|"
        r"nastavení (?:cookies|soukromí)"
    ),
}
CONSENT_WORDS = (
    r"\b(?:"
    r"cookies?|consent\w*|accept\w*|reject\w*|privacy|personal\w*|data|partners?|vendors?|purposes?|preferences|"
    r"settings|advertis\w+|ads?|agree\w*|куки|согла\w+|приня\w+|принима\w+|отклон\w+|персональн\w+|данны\w+|"
    r"конфиденциальн\w+|партн[её]р\w*|обработк\w+|настро\w+|реклам\w+|файл\w*|кукі|згод\w+|прийня\w+|приймаю|"
    r"відхил\w+|дани[хм]|дані|конфіденційн\w+|обробк\w+|налаштув\w+|прыня\w+|прыма\w+|адхіл\w+|дадзен\w+|"
    r"звест\w+|апрацоўк\w+|налад\w+|plik\w*|ciastecz\w+|zgod\w+|akceptuj\w*|odrzu\w+|prywatno\w+|danych|dane|"
    r"partner\w*|zaufan\w+|ustawie\w+|reklam\w*|slapuk\w+|sutik\w+|priva\w+|duomen\w+|nustatym\w+|sīkdat\w+|"
    r"piekrīt\w*|iestatījum\w+|datu\w*|küpsis\w*|nõustu\w*|seaded|andme\w+|einwillig\w+|akzeptier\w+|zustimm\w+|"
    r"ablehn\w+|datenschutz\w*|daten|werbung|verarbeit\w+|einstellung\w*|accepter|refuser|consentement|données|"
    r"confidentialité|paramètr\w+|publicité\w*|aceptar|rechazar|consentimiento|datos|privacidad|souhlas\w*|"
    r"soubor\w*|údaj\w*"
    r")\b"
)

# There is no such page.
MISSING = {
    "en": (
        r"(?:the |this )?(?:page|article|document|content|file|resource|story|post)(?: you(?:'re| are|"
        r" were) (?:looking for|requested))?(?: \w+)? (?:was |is |could |can )?(?:not|cannot|no longer|"
        r"could not|couldn't|can't)(?: be)? (?:found|available|exists?)|(?:page|article) (?:does not|doesn't) exist|"
        r"not found|nothing found|page missing"
    ),
    "ru": (
        r"(?:страница|материал|новость|статья|публикация|документ)(?: \w+)? не (?:найден[ао]?|существует)|"
        r"не найден[ао]?|(?:такой|данной|запрашиваемой|запрошенной) страницы (?:не существует|нет)|"
        r"страница (?:была )?(?:удалена|устарела)|ничего не найдено"
    ),
    "uk": (
        r"(?:сторінк[ау]|матеріал|новин[ау]|статт[яю])(?: \w+)? не (?:знайден[ао]?|існує)|не знайдено|"
        r"(?:такої|даної) сторінки (?:не існує|немає)|нічого не знайдено"
    ),
    "be": (
        r"(?:старонк[ау]|матэрыял|навін[ау]|артыкул)(?: \w+)? не (?:знойдзен[ыао]?|існуе)|не знойдзена|"
        r"такой старонкі (?:не існуе|няма)"
    ),
    "pl": (
        r"(?:nie znaleziono|nie odnaleziono)(?: \w+)?|"
        r"(?:strona|artykuł|dokument)(?: \w+)? nie (?:istnieje|została znaleziona|został znaleziony)|"
        r"(?:podana|szukana|żądana) strona nie istnieje|brak strony"
    ),
    "lt": r"(?:puslapis|straipsnis) (?:nerastas|neegzistuoja)|nerasta",
    "lv": r"(?:lapa|raksts) (?:nav (?:atrasta|atrasts)|neeksistē)|nav atrast[as]",
    "et": r"(?:lehte|lehekülge|artiklit) ei (?:leitud|ole olemas)|ei leitud",
    "de": r"(?:seite|artikel) (?:wurde )?(?:leider )?nicht gefunden|nicht gefunden|(?:diese )?seite existiert nicht",
    "fr": r"page (?:introuvable|non trouvée)|cette page n'existe (?:pas|plus)",
    "es": r"página no encontrada|(?:esta )?página no existe",
    "cs": r"stránka (?:nebyla )?(?:nenalezena|nalezena|neexistuje)|stránka sa nenašla",
}

# A door for the site's own users.
LOGINS = {
    "en": r"log ?in|sign ?in|please (?:log|sign) in|login required|member(?:s'?)? (?:login|area)",
    "ru": r"вход|войти|авторизация|вход (?:в|на) (?:систему|сайт|личный кабинет)|личный кабинет|требуется авторизация",
    "uk": r"вхід|увійти|авторизація|вхід (?:в|до) (?:систему|системи|кабінету)",
    "be": r"уваход|увайсці|аўтарызацыя",
    "pl": r"zaloguj(?: się)?|logowanie|panel logowania",
    "lt": r"prisijung(?:ti|imas)|prisijunkite",
    "lv": r"(?:pieslēgties|ielogoties|autorizācija|ienākt)",
    "et": r"logi sisse|sisselogimine",
    "de": r"anmelden|anmeldung|einloggen",
    "fr": r"connexion|se connecter",
    "es": r"iniciar sesión|acceder",
    "cs": r"přihlášení|přihlásit(?: se)?|prihlásenie",
}

# The site, its server or its address is out of order.
FAULTS = {
    "en": (
        r"(?:500 )?internal server error|502 bad gateway|bad gateway|503 service (?:temporarily )?unavailable|"
        r"service (?:temporarily )?unavailable|504 gateway time-?out|gateway time-?out|"
        r"error establishing a database connection|fatal error: |web server is (?:down|returning)|"
        r"origin is unreachable|"
        r"(?:site|website|page|we(?:'re| are)|system) (?:is |are )?(?:currently |temporarily )?(?:(?:down |"
        r"closed |under|undergoing|in) ?(?:for )?(?:scheduled |planned )?maintenance|under construction|"
        r"unavailable|offline)|under maintenance|we'?ll be (?:right )?back soon|"
        r"this (?:domain|account) (?:name )?(?:is for sale|has been (?:suspended|expired)|is parked|has expired)|"
        r"account suspended|welcome to nginx!|apache2? (?:\w+ )?default page|^index of /|something went wrong|"
        r"an error (?:has )?occurred"
    ),
    "ru": (
        r"(?:на сайте )?(?:ведутся|проводятся|идут) (?:\w+ )?(?:технические|профилактические|регламентные) работы|"
        r"технические работы|"
        r"(?:сайт|сервис|страница|ресурс) (?:временно )?(?:недоступ\w+|не работает|на (?:обслуживании|"
        r"реконструкции))|внутренняя ошибка сервера|ошибка сервера|(?:произошла|возникла) ошибка|"
        r"домен (?:продаётся|продается|не оплачен|припаркован)|сайт (?:заблокирован|отключ[её]н) (?:хостинг|за )\w*"
    ),
    "uk": (
        r"(?:ведуться|проводяться|тривають) (?:\w+ )?(?:технічні|профілактичні) роботи|технічні роботи|"
        r"(?:сайт|сервіс|сторінка) тимчасово недоступн\w+|помилка сервера|(?:сталася|виникла) помилка"
    ),
    "be": (
        r"(?:вядуцца|праводзяцца) (?:\w+ )?тэхнічныя работы|тэхнічныя работы|(?:сайт|старонка) часова недаступн\w+|"
        r"памылка сервера|адбылася памылка"
    ),
    "pl": (
        r"(?:trwają )?prace (?:techniczne|konserwacyjne|serwisowe)|przerwa techniczna|"
        r"(?:serwis|strona)(?: jest)? (?:chwilowo|tymczasowo) niedostępn[ya]|błąd serwera|wystąpił błąd|"
        r"strona w budowie"
    ),
    "lt": (
        r"(?:vykdomi|atliekami) (?:\w+ )?(?:techninės priežiūros|profilaktikos) darbai|svetainė laikinai neveikia|"
        r"serverio klaida|įvyko klaida"
    ),
    "lv": (
        r"(?:notiek|tiek veikti) (?:\w+ )?(?:tehniskie|apkopes) darbi|vietne (?:īslaicīgi )?nav pieejama|"
        r"servera kļūda|radās kļūda"
    ),
    "et": r"hooldustööd|leht (?:on )?ajutiselt (?:maas|kättesaamatu)|serveri viga|tekkis viga",
    "de": (
        r"wartungsarbeiten|(?:vorübergehend|derzeit) nicht (?:verfügbar|erreichbar)|interner serverfehler|"
        r"ein fehler ist aufgetreten"
    ),
    "fr": r"en maintenance|temporairement indisponible|erreur interne|une erreur (?:s'est produite|est survenue)",
    "es": r"en mantenimiento|temporalmente no disponible|error interno|ha ocurrido un error",
    "cs": r"probíhá údržba|stránka je dočasně nedostupná|chyba serveru|došlo k chybě",
}

# A page that is drawn by a script alone.
SHELLS = {
    "en": (
        r"(?:you need to|please) (?:enable|turn on) javascript|"
        r"javascript (?:is (?:required|disabled)|must be enabled)|requires javascript"
    ),
    "ru": r"включите (?:поддержку )?(?:javascript|js)|(?:нужен|необходим|требуется) javascript",
    "uk": r"(?:увімкніть|ввімкніть) javascript|потрібен javascript",
    "be": r"уключыце javascript",
    "pl": r"włącz (?:obsługę )?javascript|wymagany jest javascript",
    "lt": r"įjunkite javascript",
    "lv": r"ieslēdziet javascript",
    "et": r"lülitage javascript",
    "de": r"(?:bitte )?aktivieren sie javascript|javascript (?:aktivieren|erforderlich)",
    "fr": r"activer javascript",
    "es": r"(?:habilite|active|habilitar) javascript",
}

# Scripts and elements that only challenges have; what ordinary pages carry as well is left out.
CHALLENGES = re.compile(
    r"cf-challenge|cf_chl_|challenge-platform/h/|cf-turnstile|g-recaptcha|h-captcha|hcaptcha\.com|smartcaptcha|_incapsula_|px-captcha|"
    r"captcha-delivery|__qrator|/qauth|/_sec/cp_challenge|bm-verify|awswaf|sucuri_cloudproxy|ddos-guard/|within\.website|geetest|servicepipe|"
    r"aes\.js\"></script><script>function tonumbers",
    re.I,
)


def one_of(table: dict[str, str]) -> re.Pattern[str]:
    """One pattern that finds any phrase of a table, at the beginning of a word."""
    return re.compile(r"(?<!\w)(?:" + "|".join(table.values()) + ")", re.I)


def only(table: dict[str, str], *more: str) -> re.Pattern[str]:
    """One pattern for ``fullmatch``: a phrase of a table, with a code or a mark beside it, and nothing else."""
    return re.compile(
        r"(?:\W|\d)*(?:(?:error|ошибка|помилка|памылка|błąd|klaida|kļūda|viga|fehler|erreur)\W*\d*\W*)?(?:"
        + "|".join([*table.values(), *more])
        + r")\W*",
        re.I,
    )
