"""What pages say around articles in ru, uk, be, pl, lt, lv, et and en, one table a meaning, one line a language.

Patterns are matched without case against a whole short line whose quotes, dashes and blanks were evened out (see
``furniture``); a number, a date or a name may follow where the table's rule says so.
"""

from __future__ import annotations

# A count follows or goes before: "Просмотров: 1 204", "1 204 views".
COUNTED = {
    "ru": r"(?:количество |кол-во |число |всего )?(?:просмотр(?:ов|а|ы)?|прочтени[йея]|прочитал[ио]|"
    r"комментари(?:ев|й|я|и)|"
    r"лайк(?:ов|а|и)?|репост(?:ов|а|ы)?|реакци[йяи]|показ(?:ов|а|ы)?|читател(?:ей|я|ь)|подписчик(?:ов|а|и)?|"
    r"голос(?:ов|а)?|"
    r"оцен(?:ок|ки|ка)|поделились|мин(?:ут[аы]?)?(?: чтения| на чтение)?|время чтения|рейтинг)(?: (?:статьи|"
    r"новости|материала))?",
    "uk": r"(?:кількість |всього )?(?:перегляд(?:ів|и|у)?|прочитан(?:ь|ня)|прочитали|коментар(?:ів|і|я|ь)?|"
    r"вподобан(?:ь|ня)|"
    r"лайк(?:ів|и)?|поширен(?:ь|ня)|репост(?:ів|и)?|читачів|підписників|голос(?:ів|и)|"
    r"хв(?:илин[аи]?)?(?: читання)?|"
    r"час читання|рейтинг)",
    "be": r"(?:колькасць |усяго )?(?:прагляд(?:аў|ы|у)?|прачытан(?:няў|не)|каментар(?:ыяў|ыі|аў)|лайк(?:аў|і)?|"
    r"падабае(?:цца)?|рэпост(?:аў|ы)?|падпісчык(?:аў|і)|хв(?:ілін[аы]?)?(?: чытання)?|час чытання)",
    "pl": r"(?:liczba |ilość )?(?:wyświetle(?:ń|nia|nie)|odsłon(?:y|a)?|odczyt(?:ów|y)|komentarz(?:y|e)?|"
    r"polubie(?:ń|nia)|"
    r"udostępnie(?:ń|nia)|czytelników|głos(?:ów|y)|ocen[ay]?|min(?:ut[ay]?)?(?: czytania)?|czas czytania)",
    "lt": r"(?:peržiūr(?:ų|os|a)|perskaitė|skaitymų|komentar(?:ų|ai|as)|patin?k[ai]|pasidalin(?:o|imų|ta)|"
    r"dalinimųsi|"
    r"min\.?(?:utės|učių)?(?: skaitymo)?|skaitymo laikas)",
    "lv": r"(?:skatījum(?:i|u|s)|skatīts|lasīts|lasījum(?:i|u)|komentār(?:i|u|s)|patīk|dalīj(?:ās|umi)|min(?:ūtes|"
    r"ūšu)?|"
    r"lasīšanas laiks)",
    "et": r"(?:vaatamis(?:t|i|ed)|vaadatud|loetud|lugemis(?:t|i)|kommentaar(?:i|id|e)?|meeldimis(?:t|i)|"
    r"jagamis(?:t|i)|"
    r"jagatud|min(?:utit)?(?: lugemist)?|lugemisaeg)",
    "en": r"(?:total |page |number of )?(?:views?|reads?|readers|comments?|likes?|shares?|reposts?|retweets?|"
    r"reactions?|"
    r"followers|subscribers|votes?|ratings?|hits|min(?:ute)?s?(?: read(?:ing time)?)?|reading time|viewed|"
    r"read)(?: times)?",
}

# A moment follows: "Обновлено: 14:05", "Updated 24 November".
STAMPED = {
    "ru": r"(?:последн(?:ее|яя|ие) )?(?:обновлен[оаы]?|обновлени[ея]|изменен[оаы]?|изменени[ея]|"
    r"отредактирован[оа]|опубликован[оаы]?|"
    r"размещен[оа]?|дата(?: (?:публикации|обновления|изменения))?|создан[оа]?|добавлен[оа]?|дополнен[оа]|"
    r"время публикации)",
    "uk": r"(?:остан(?:нє|ні|ня) )?(?:оновлен(?:о|а|ня)|змін(?:ено|и|а)|відредаговано|опубліковано|розміщено|"
    r"створено|додано|"
    r"дата(?: (?:публікації|оновлення))?)",
    "be": r"(?:апошня(?:е|я) )?(?:абноўлен[аы]|абнаўленне|зменена|змена|адрэдагавана|апублікавана|размешчана|"
    r"створана|дададзена|"
    r"дата(?: (?:публікацыі|абнаўлення))?)",
    "pl": r"(?:ostatnia |ostatnio )?(?:aktualizacja|zaktualizowano|aktualizowano|zmodyfikowano|modyfikacja|"
    r"opublikowano|publikacja|"
    r"utworzono|dodano|data(?: (?:publikacji|aktualizacji|modyfikacji|utworzenia))?)",
    "lt": r"(?:paskutin(?:į kartą|is|iai) )?(?:atnaujin(?:ta|tas|imas)|pakeista|redaguota|paskelbta|publikuota|"
    r"publikavimo data|"
    r"įkelta|data)",
    "lv": r"(?:pēdēj(?:o reizi|ās|ais) )?(?:atjaunin(?:āts|āta|ājums|ājumi)|atjaunots|labots|mainīts|publicēts|"
    r"publicēta|ievietots|"
    r"pievienots|datums)",
    "et": r"(?:viimati )?(?:uuendatud|muudetud|täiendatud|avaldatud|lisatud|postitatud|kuupäev)",
    "en": r"(?:last |first |originally |this (?:story|article|page) was )?(?:last )?(?:updated?|modified|edited|"
    r"revised|published|"
    r"posted|created|date(?: (?:published|updated|posted))?)(?: (?:on|at))?",
}

# A headline of something else follows, or nothing.
READ_ALSO = {
    "ru": r"(?:читай(?:те)?|смотри(?:те)?|прочти(?:те)?|слушайте) (?:также|еще|далее|по теме|больше|подробнее|"
    r"полностью)|"
    r"(?:также|еще) читайте|(?:материалы |еще |новости )?по теме|похожие (?:новости|материалы|статьи)|(?:другие|"
    r"последние|главные|"
    r"популярные) (?:новости|материалы|статьи)|рекомендуем|самое (?:читаемое|важное|интересное|популярное)|"
    r"подробнее|ранее по теме|"
    r"новости партнеров|выбор редакции|см\. также|смотри(?:те)? видео",
    "uk": r"(?:читай(?:те)?|дивіться|дивись|слухайте) (?:також|ще|далі|більше)|(?:також|ще) читайте|(?:матеріали |"
    r"новини )?за темою|"
    r"(?:схожі|інші|останні|головні|популярні) (?:новини|матеріали|статті)|рекомендуємо|(?:детальніше|докладніше)|"
    r"вибір редакції|читайте по темі|до теми|до слова, раніше",
    "be": r"(?:чытай(?:це)?|глядзі(?:це)?|слухайце) (?:таксама|яшчэ|далей|больш)|(?:таксама|яшчэ) чытайце|"
    r"(?:матэрыялы )?па тэме|"
    r"(?:падобныя|іншыя|апошнія|галоўныя|папулярныя) (?:навіны|матэрыялы|артыкулы)|рэкамендуем|падрабязней|"
    r"выбар рэдакцыі",
    "pl": r"(?:czytaj|zobacz|przeczytaj|obejrzyj|sprawdź|posłuchaj) (?:też|także|również|więcej|dalej)|(?:zobacz|"
    r"przeczytaj|czytaj)(?=:)|"
    r"(?:warto|polecamy) (?:przeczytać|też|także)?|polecamy|(?:podobne|inne|ostatnie|najnowsze|popularne|"
    r"powiązane) "
    r"(?:artykuły|wiadomości|informacje|tematy)|więcej (?:na ten temat|o|w temacie|informacji)|najczęściej czytane",
    "lt": r"(?:taip pat (?:skaitykite|žiūrėkite)|(?:skaitykite|žiūrėkite|skaityti|skaityk) (?:taip pat|daugiau|"
    r"plačiau|susijus\w+)|"
    r"susij(?:ę|usios|usi) (?:straipsniai|naujienos|informacija)|(?:kitos|naujausios|populiariausios) naujienos|"
    r"rekomenduojame|"
    r"daugiau (?:apie|šia tema)|plačiau)",
    "lv": r"(?:lasi(?:et)?|skaties|skatieties|lasīt) (?:arī|vairāk|tālāk|vēl)|(?:saistīt(?:ie|ās)|līdzīg(?:i|ie|"
    r"as)|cit(?:i|as)|jaunāk(?:ie|ās)|"
    r"populārāk(?:ie|ās)) (?:raksti|ziņas|temati|materiāli)|iesakām(?: izlasīt)?|vairāk par tēmu",
    "et": r"(?:loe|vaata|kuula)(?:ge)? (?:ka|lisaks|veel|edasi|rohkem|lähemalt)|(?:seotud|sarnased|viimased|"
    r"teised|populaarsed|"
    r"enim loetud) (?:lood|uudised|artiklid|teemad)|soovitame|samal teemal",
    "en": r"(?:read|see|watch|listen)(?: (?:also|more|next|on|too|further))|also (?:read|see|watch)|(?:read|"
    r"see)(?=:)|related"
    r"(?: (?:news|articles?|stories|posts|content|topics|links|reading))?|more (?:on this(?: story)?|from|stories|"
    r"news|about|"
    r"in this section)|(?:you (?:may|might) also (?:like|be interested in))|recommended(?: (?:for you|reading))?|"
    r"most (?:read|"
    r"popular|viewed)|(?:latest|top|other|trending) (?:news|stories|headlines)|don'?t miss|editor'?s (?:picks?|"
    r"choice)|read more",
}

# The publisher asks for something: to subscribe, to follow, to share, to pay, to report a slip.
PLEAS = {
    "ru": r"(?:подпи(?:сывай(?:те|ся|тесь)|ши(?:те|сь|тесь)|саться|ска на)|присоединя(?:йтесь|йся)|"
    r"следите за (?:нами|нашими|новостями)|"
    r"(?:будьте|оставайтесь) в курсе|(?:наш|мы)(?: \w+)? (?:в |на )?(?:telegram|телеграм\w*|тэлеграм\w*|viber|"
    r"вайбер\w*|facebook|фейсбук\w*|фэйсбук\w*|youtube|ютуб\w*|дзен\w*|max|vk|вк|вконтакте|канал\w*|instagram|"
    r"twitter|соцсет\w*|соцмереж\w*|сацсетк\w*)|поддерж(?:ите|ать) (?:нас|редакцию|"
    r"проект|издание)|(?:за)?донат|хотите (?:получать|знать|быть)|получайте (?:\w+ )?(?:новости|рассылку|"
    r"уведомления)|"
    r"(?:если вы )?(?:нашли|заметили|обнаружили) (?:ошибку|опечатку)|выделите (?:ее|текст|ошибку|фрагмент)|"
    r"поделитьс[яь]|"
    r"поделитесь|скачайте (?:наше )?приложение|установите (?:наше )?приложение|больше новостей (?:в|на|-)|"
    r"читайте нас (?:в|на)|"
    r"самые (?:важные|свежие|интересные|главные) новости (?:в|на)|оставить комментарий|включите уведомления|"
    r"в избранное)",
    "uk": r"(?:підпи(?:суй(?:те|ся|тесь)|шіть(?:ся)?|сатися|ска на)|приєднуй(?:те)?с[ья]|долуча(?:йтеся|йтесь|"
    r"йся)|стежте за (?:нами|нашими|"
    r"новинами)|будьте в курсі|(?:наш|ми)(?: \w+)? (?:в |у |на )?(?:telegram|телеграм\w*|тэлеграм\w*|viber|"
    r"вайбер\w*|facebook|фейсбук\w*|фэйсбук\w*|youtube|ютуб\w*|дзен\w*|max|vk|вк|вконтакте|канал\w*|instagram|"
    r"twitter|соцсет\w*|соцмереж\w*|сацсетк\w*)|підтрим(?:айте|ати) (?:нас|редакцію|проєкт|"
    r"видання)|якщо (?:ви )?(?:знайшли|помітили) помилку|(?:ви )?(?:знайшли|помітили) помилку|виділіть (?:її|"
    r"текст|фрагмент)|"
    r"поділи(?:тися|тись|ться)|завантаж(?:уйте|те) (?:наш )?застосунок|більше новин (?:в|у|на)|читайте нас (?:в|у|"
    r"на))",
    "be": r"(?:падпі(?:свай(?:ся|цеся|цесь)|шы(?:ся|цеся)|сацца|ска на)|далуча(?:йся|йцеся)|сачыце за (?:намі|"
    r"нашымі|навінамі)|"
    r"(?:наш|мы)(?: \w+)? (?:у |ў |на )?(?:telegram|телеграм\w*|тэлеграм\w*|viber|вайбер\w*|facebook|фейсбук\w*|"
    r"фэйсбук\w*|youtube|ютуб\w*|дзен\w*|max|vk|вк|вконтакте|канал\w*|instagram|twitter|соцсет\w*|соцмереж\w*|"
    r"сацсетк\w*)|падтрым(?:айце|аць) (?:нас|рэдакцыю|праект|выданне)|"
    r"(?:калі вы )?(?:знайшлі|заўважылі) памылку|вылучыце|падзялі(?:цца|цеся)|больш навін (?:у|ў|на)|"
    r"чытайце нас (?:у|ў|на))",
    "pl": r"(?:subskrybuj|zasubskrybuj|zapisz się|zapraszamy do (?:subskrypcji|śledzenia)|obserwuj(?:cie)? nas|"
    r"śledź(?:cie)? nas|"
    r"dołącz do|polub nas|bądź na bieżąco|znajdziesz nas|jesteśmy na (?:facebooku|twitterze|instagramie|"
    r"telegramie)|wesprzyj nas|wspieraj nas|zauważył[eaoś]\w* błąd|"
    r"zgłoś błąd|udostępnij|podziel się|pobierz (?:naszą )?aplikację|newsletter|prenumerata|kup (?:dostęp|"
    r"prenumeratę)|"
    r"dodaj komentarz)",
    "lt": r"(?:prenumeruok(?:ite)?|prenumerata|sek(?:ite|k) mus|prisijunk(?:ite)? prie|užsisakyk(?:ite)?|"
    r"naujienlaiškis|"
    r"palaikyk(?:ite)? mus|paremk(?:ite)? mus|pastebėjote klaidą|radote klaidą|pasidalin(?:k|kite|ti)|dalintis|"
    r"atsisiųsk(?:ite)? (?:mūsų )?programėlę|mus rasite)",
    "lv": r"(?:abonē(?:jiet|t)?|pieraksti(?:es|eties)|seko(?:jiet)? (?:mums|līdzi)|pievieno(?:jies|jieties)|"
    r"atbalsti(?:et)? mūs|"
    r"pamanīji(?:et|s)? kļūdu|ziņo(?:jiet)? par kļūdu|dalī(?:ties|es)|padalies|"
    r"lejupielādē(?:jiet)? (?:mūsu )?lietotni|"
    r"jaunumi e-pastā)",
    "et": r"(?:telli(?:ge)? (?:uudiskiri|leht|ajaleht|meie)|liitu(?:ge)? |jälgi(?:ge)? meid|toeta(?:ge)? meid|"
    r"märkasi(?:d|te)? viga|"
    r"leidsi(?:d|te)? vea|anna teada|jaga(?:ge)?(?: (?:seda|artiklit|lugu))?$|"
    r"laadi(?:ge)? alla (?:meie )?rakendus|uudiskiri)",
    "en": r"(?:(?:please )?subscribe|sign up|join (?:our|us|the)|follow (?:us|our)|like us|(?:stay|"
    r"keep) (?:informed|up to date|tuned|"
    r"connected)|get (?:the latest news|our|news|updates)|support (?:us|our work|independent journalism)|donate|"
    r"(?:have you )?(?:found|"
    r"spotted|noticed) (?:a|an) (?:mistake|error|typo)|share (?:this|on|via)|share$|download (?:our|the) app|"
    r"newsletter|our (?:telegram|whatsapp|channel)|advertis(?:ement|ing)|leave a (?:comment|reply)|"
    r"click here|enable notifications|print(?: this page)?$)",
}

# Whose text or picture it is; a name follows.
CREDITED = {
    "ru": r"(?:фото(?:графи[яи]|банк)?|иллюстраци[яи]|видео|изображение|инфографика|скриншот|снимок|источник фото|"
    r"на фото|"
    r"авторы? фото|коллаж)",
    "uk": r"(?:фото|світлин[аи]|ілюстрація|відео|зображення|інфографіка|скриншот|джерело фото|на фото|колаж)",
    "be": r"(?:фота|фотаздымак|здымак|ілюстрацыя|відэа|скрыншот|крыніца фота|на фота|калаж)",
    "pl": r"(?:fot|foto|fotografia|zdjęci[ea]|źródło zdjęcia|autor zdjęcia|ilustracja|wideo|grafika|infografika)",
    "lt": r"(?:nuotr|nuotrauk(?:a|os)|nuotraukos autorius|asociatyvi nuotr\w*|vaizdo įrašas|iliustracija)",
    "lv": r"(?:foto|attēls|fotogrāfija|video|ilustrācija|ekrānuzņēmums)",
    "et": r"(?:foto|fotod|pilt|video|illustratsioon|kuvatõmmis)",
    "en": r"(?:photos?|photo (?:credit|by|courtesy)|pictures?|images?|image (?:credit|source)|video|illustration|"
    r"graphic|screenshot|"
    r"credit)",
}

RIGHTS = (
    r"©|\(c\)|copyright|все права (?:защищены|сохранены)|усі права захищен[оі]|всі права захищен[оі]|"
    r"усе правы абаронены|"
    r"wszelkie prawa zastrzeżone|visos teisės saugomos|visas tiesības (?:aizsargātas|paturētas)|"
    r"kõik õigused kaitstud|"
    r"all rights reserved|(?:при )?(?:полном|частичном|любом) (?:или частичном )?(?:использовании|цитировании|"
    r"копировании)|"
    r"(?:при )?(?:перепечатке|использовании|цитировании|копировании) (?:материал\w*|ссылка|текст\w*|информации)|"
    r"перепечатка (?:материал\w*|запрещена|возможна)|пры (?:перадруку|выкарыстанні)|(?:у разі|при) (?:передрук\w*|"
    r"використанн\w*)|"
    r"kopiowanie (?:zabronione|materiałów|bez)|kopijuoti|pārpublicē\w+|kopeerimine"
)

# After or before a number: "3 часа назад".
AGO = (
    r"(?:секунд[аыу]?|сек|минут[аыу]?|мин|час(?:а|ов)?|ч|дн(?:я|ей)|день|недел[июья]|месяц(?:а|ев)?) назад|"
    r"(?:секунд[иу]?|хвилин[иу]?|хв|годин[иу]?|год|дн(?:і|ів)|день|тижн(?:і|ів)) тому|"
    r"(?:секунд[ыу]?|хвілін[ыу]?|гадзін[ыу]?|дн(?:і|ён)|дзень|тыдн(?:і|яў)) таму|"
    r"(?:sekund[yę]?|minut[yę]?|min\.?|godzin[yę]?|godz\.?|dni|dzień|tygodni[ea]?) temu|"
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?) ago|"
    r"(?:sekundit|minutit|min|tundi|tunni|päeva|nädalat|nädala)(?: tagasi)"
)
# Before it: "prieš 3 val.", "pirms 2 stundām".
BEFORE = (
    r"prieš \d+ ?(?:sek|min|val|valand\w+|minut\w+|dien\w+|d|sav\w*)\.?|pirms \d+ ?(?:min\w*|st\w*|dien\w+|"
    r"nedēļ\w+)\.?"
)
JUST_NOW = (
    r"только что|щойно|толькі што|przed chwilą|ką tik|tikko|äsja|just now|сегодня|вчера|сьогодні|вчора|сёння|"
    r"учора|dziś|dzisiaj|"
    r"wczoraj|šiandien|vakar|šodien|täna|eile|today|yesterday"
)

# What a line of share buttons, or of the site's own controls, is made of.
LABELS = (
    r"telegram|телеграм|twitter|x|facebook|фейсбук|вконтакте|vk|вк|одноклассники|ok|ок|viber|вайбер|whatsapp|"
    r"ватсап|linkedin|"
    r"instagram|youtube|tiktok|threads|bluesky|rss|email|e-mail|mail|messenger|pinterest|reddit|max|дзен|dzen|"
    r"rutube|"
    r"поделиться|поділитися|падзяліцца|udostępnij|dalintis|dalīties|jaga|share|print|печать|распечатать|друк|"
    r"роздрукувати|"
    r"друкаваць|drukuj|spausdinti|drukāt|prindi|copy link|скопировать ссылку|копировать ссылку|ссылка скопирована|"
    r"скопіювати посилання|kopiuj link|link copied|kopeeri link|и|в|у|and|on|the|w|na|ir|un|ja|наверх|"
    r"комментировать|"
    r"комментарии|коментарі|каментары|komentarze|komentarai|komentāri|kommentaarid|comments|tweet|pin|send|"
    r"отправить|реклама|"
    r"рэклама|reklama|reklaam|reklāma|advertisement|теги|тэги|метки|мітки|tagi|tags|žymos|birkas|märksõnad"
)

# Words that stand with the figures of a date or a time.
AT = r"at|on|в|во|о|об|у|а|w|o|dnia|plkst|kell|val|klo|kl"
MOMENT_WORDS = (
    r"г|гг|года|год|р|року|рік|г|rok|roku|r|m|d|metų|gada|gads|aasta|a|th|st|nd|rd|am|pm|t|z|gmt|utc|msk|мск|cet|"
    r"cest|eet|"
    r"eest|bst|est|edt|по|московскому|времени|київ|киев|минск|мінск|godz|час|ч|мин|min|h|"
    r"понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье|пн|вт|ср|чт|пт|сб|вс|"
    r"понеділок|вівторок|середа|середу|четвер|п'ятниця|п'ятницю|субота|суботу|неділя|неділю|"
    r"панядзелак|аўторак|серада|сераду|чацвер|пятніца|пятніцу|субота|суботу|нядзеля|нядзелю|"
    r"poniedziałek|wtorek|środa|środę|czwartek|piątek|sobota|sobotę|niedziela|niedzielę|"
    r"pirmadienis|antradienis|trečiadienis|ketvirtadienis|penktadienis|šeštadienis|sekmadienis|"
    r"pirmdiena|otrdiena|trešdiena|ceturtdiena|piektdiena|sestdiena|svētdiena|"
    r"esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
)

# What a plea is for.
CHANNELS = (
    r"telegram|телеграм|тэлеграм|t\.me|viber|вайбер|whatsapp|facebook|фейсбук|фэйсбук|twitter|instagram|youtube|"
    r"ютуб|вконтакте|"
    r"vk\.com|дзен|\bmax\b|канал|kanał|kanal|рассылк|розсилк|newsletter|naujienlaišk|uudiskir|новост|новин|навін|"
    r"\bnews\b|"
    r"соцсет|соцмереж|сацсет|social|społeczności|приложени|застосун|праграм|ctrl|ошибк|опечатк|помилк|памылк|błąd|"
    r"klaid|kļūd|"
    r"\bviga|\bvea|https?://|www\.|@|\bapp\b|aplikacj|\bpartner\w* w mediach|google"
)
# Calls that ministries and parties make as well: furniture only with a channel.
JOINING = (
    r"присоединя|приєднуй|долуча|далуча|dołącz|prisijunk|pievieno|liitu|join|поддерж|підтрим|падтрым|wesprzyj|"
    r"wspieraj|"
    r"palaikyk|paremk|atbalsti|toeta|support|follow|sek|seko|śledź|jälgi|следите|стежте|сачыце|get|donate|донат|"
    r"донать|"
    r"хотите|будьте|оставайтесь|stay|keep|обратите"
)
