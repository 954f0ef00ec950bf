"""Changes of what an article says: words, numbers, paragraphs, concepts, headlines."""

from __future__ import annotations

from tests.newsroom.edits import (
    DAY,
    HOUR,
    MORNING,
    WEEK,
    Scripted,
    added,
    concept_added,
    concept_removed,
    dropped,
    edited,
    headline,
    listed_as,
    number,
    retitled,
    rewritten,
    words,
)

_ARRIVAL = "Колонна вернулась в городок к {}, рассказал дежурный по гаражу."
_RATION = "На складе осталось {} ящиков тушёнки, следует из описи."
_LOAN = "Город занял на ремонт набережной {} тысяч рублей, сказал казначей."
_ALLIES = "Гости из {}столицы осмотрели понтонный парк и уехали поездом."
_ROOF = "Крышу спортзала покроют медью до конца января, обещает подрядчик."
_EXPORT = "Торги отложили на пятницу: покупатель не привёз задаток."
_BRIDGE = "Most pontonowy złożono w {} minut, podał sztab powiatu."
_COOKS = "Конкурс поваров {}"
_FEES = "Rada podniosła opłatę za parking do {} złotych za godzinę."
_GUESTS = "Речник нагадав, що {}прибудуть у четвер уранці."
_LIGHT = "The lighthouse keeper said the lamp failed at {}, an hour before the storm."
_WAGES = "Wages on the ferries rose by {} percent, the union said."
_CARGO = "The {} observers watched the loading from the pier and made notes."
_MASTS = "Two masts came down in the night, and nobody was hurt."
_DRIVERS = "Vairuotojai laukė tilto atidarymo iki {}, sakė budėtojas."
_SKIES = "The harbour radio blamed {} for the silence on channel nine."

SCRIPT = (
    Scripted(
        name="one word, ru",
        site="zastava",
        language="ru",
        title="Колонна грузовиков прошла через Верасову",
        own={2: _ARRIVAL.format("полудню")},
        acts={HOUR: (words(2, "полудню", "вечеру"),)},
        told=(edited(HOUR, 2, "полудню", "вечеру", _ARRIVAL.format("вечеру")),),
    ),
    Scripted(
        name="a number in the text, ru",
        site="zastava",
        language="ru",
        title="На складе в Грибове пересчитали припасы",
        own={3: _RATION.format("12")},
        acts={HOUR: (words(3, "12 ", "2 "),)},
        told=(number(HOUR, 3, "12", "2", _RATION.format("2")),),
    ),
    Scripted(
        name="a number of thousands, ru",
        site="zastava",
        language="ru",
        title="Набережную Ольховки отремонтируют в долг",
        own={2: _LOAN.format("120")},
        acts={DAY: (words(2, "120 тысяч", "140 тысяч"),)},
        told=(number(DAY, 2, "120 тысяч", "140 тысяч", _LOAN.format("140")),),
    ),
    Scripted(
        name="a number in the headline, ru",
        site="zastava",
        language="ru",
        title="В Ясенце за ночь отремонтировали 12 колодцев",
        acts={HOUR: (retitled("В Ясенце за ночь отремонтировали 2 колодца"),)},
        told=(
            headline(
                HOUR, "В Ясенце за ночь отремонтировали 12 колодцев", "В Ясенце за ночь отремонтировали 2 колодца"
            ),
            number(HOUR, None, "12", "2", "В Ясенце за ночь отремонтировали 2 колодца"),
        ),
    ),
    Scripted(
        name="a paragraph added at the end, ru",
        site="zastava",
        language="ru",
        title="Спортзал в Сосновом останется без крыши",
        acts={HOUR: (added(6, _ROOF),)},
        told=(edited(HOUR, 6, None, _ROOF, _ROOF),),
    ),
    Scripted(
        name="a concept taken out of a paragraph, ru",
        site="zastava",
        language="ru",
        title="Понтонный парк показали гостям",
        own={3: _ALLIES.format("стран ОДКБ и ")},
        acts={HOUR: (words(3, "стран ОДКБ и ", ""),)},
        told=(
            edited(HOUR, 3, "стран ОДКБ и", None, _ALLIES.format("стран ОДКБ и ")),
            concept_removed(HOUR, 3, "csto", "ОДКБ", _ALLIES.format("стран ОДКБ и ")),
        ),
    ),
    Scripted(
        name="headline only, ru",
        site="zastava",
        language="ru",
        title="Паромщик из Верасовой ушёл в отпуск",
        acts={HOUR: (retitled("Паромщик из Верасовой остался без парома"),)},
        told=(headline(HOUR, "Паромщик из Верасовой ушёл в отпуск", "Паромщик из Верасовой остался без парома"),),
    ),
    Scripted(
        name="headline on the feed, the page follows after days, ru",
        site="zastava",
        language="ru",
        title="Мельница в Грибове работает без перебоев",
        acts={
            MORNING: (listed_as("Мельница в Грибове встала на неделю"),),
            WEEK: (retitled("Мельница в Грибове встала на неделю"),),
        },
        told=(
            headline(
                MORNING,
                "Мельница в Грибове работает без перебоев",
                "Мельница в Грибове встала на неделю",
                listing=True,
            ),
        ),
    ),
    Scripted(
        name="a sentence rewritten, ru",
        site="zastava",
        language="ru",
        title="Поваров Заречной улицы рассудит жюри",
        own={4: _COOKS.format("перенесли на весну, потому что столовую чинят.")},
        acts={MORNING: (rewritten(4, _COOKS.format("отменили: столовую закрывают навсегда.")),)},
        told=(
            edited(
                MORNING,
                4,
                "перенесли на весну, потому что столовую чинят",
                "отменили: столовую закрывают навсегда",
                _COOKS.format("отменили: столовую закрывают навсегда."),
            ),
        ),
    ),
    Scripted(
        name="a paragraph dropped, uk",
        site="nadbuzhzhia",
        language="uk",
        title="Торги за млин у Грибові відклали",
        own={3: "Покупець приїхав без завдатку, тому аукціоніст закрив зал."},
        acts={HOUR: (dropped(3),)},
        told=(
            edited(
                HOUR,
                3,
                "Покупець приїхав без завдатку, тому аукціоніст закрив зал.",
                None,
                "Покупець приїхав без завдатку, тому аукціоніст закрив зал.",
            ),
        ),
    ),
    Scripted(
        name="a concept added to a paragraph, uk",
        site="nadbuzhzhia",
        language="uk",
        title="У Бурштинному чекають на гостей",
        own={2: _GUESTS.format("гості ")},
        acts={HOUR: (words(2, "гості ", "гості з НАТО "),)},
        told=(
            edited(HOUR, 2, None, "з НАТО", _GUESTS.format("гості з НАТО ")),
            concept_added(HOUR, 2, "nato", "НАТО", _GUESTS.format("гості з НАТО ")),
        ),
    ),
    Scripted(
        name="a number in the text, pl",
        site="nadbuzhzhia",
        language="pl",
        title="W Olchówce przerzucili most przez rzekę",
        own={2: _BRIDGE.format("30")},
        acts={HOUR: (words(2, "30", "45"),)},
        told=(number(HOUR, 2, "30", "45", _BRIDGE.format("45")),),
    ),
    Scripted(
        name="one word, pl",
        site="nadbuzhzhia",
        language="pl",
        title="Sad w Grzybowie kupi gmina",
        own={4: "Wójt nazwał umowę korzystną i podpisał ją w piątek."},
        acts={DAY: (words(4, "korzystną", "wstępną"),)},
        told=(edited(DAY, 4, "korzystną", "wstępną", "Wójt nazwał umowę wstępną i podpisał ją w piątek."),),
    ),
    Scripted(
        name="headline and text, pl",
        site="nadbuzhzhia",
        language="pl",
        title="Parking w Jesionowie będzie droższy",
        own={2: _FEES.format("sześciu")},
        acts={HOUR: (retitled("Parking w Jesionowie zostaje zamknięty"), words(2, "podniosła", "uchwaliła"))},
        told=(
            headline(HOUR, "Parking w Jesionowie będzie droższy", "Parking w Jesionowie zostaje zamknięty"),
            edited(HOUR, 2, "podniosła", "uchwaliła", _FEES.format("sześciu").replace("podniosła", "uchwaliła")),
        ),
    ),
    Scripted(
        name="a number in words, en",
        site="amber-courier",
        language="en",
        title="Lighthouse goes dark over Amberhaven",
        own={2: _LIGHT.format("seven")},
        acts={HOUR: (words(2, "seven", "nine"),)},
        told=(number(HOUR, 2, "seven", "nine", _LIGHT.format("nine")),),
    ),
    Scripted(
        name="a share, en",
        site="amber-courier",
        language="en",
        title="Ferry crews settle for a raise",
        own={3: _WAGES.format("12.5")},
        acts={DAY: (words(3, "12.5", "2.5"),)},
        told=(number(DAY, 3, "12.5", "2.5", _WAGES.format("2.5")),),
    ),
    Scripted(
        name="a paragraph with a concept dropped, which another still mentions, en",
        site="amber-courier",
        language="en",
        title="Strangers watch the pier of Millbank",
        own={2: _CARGO.format("CSTO"), 4: "A spokesman for the CSTO declined to say who had sent them."},
        acts={HOUR: (dropped(2),)},
        told=(
            edited(HOUR, 2, _CARGO.format("CSTO"), None, _CARGO.format("CSTO")),
            concept_removed(HOUR, 2, "csto", "CSTO", _CARGO.format("CSTO")),
        ),
    ),
    Scripted(
        name="a concept put into the headline, en",
        site="amber-courier",
        language="en",
        title="Ferry captains meet behind closed doors",
        acts={HOUR: (retitled("Ferry captains of Kaliningrad meet behind closed doors"),)},
        told=(
            headline(
                HOUR,
                "Ferry captains meet behind closed doors",
                "Ferry captains of Kaliningrad meet behind closed doors",
            ),
            concept_added(
                HOUR, None, "kaliningrad", "Kaliningrad", "Ferry captains of Kaliningrad meet behind closed doors"
            ),
        ),
    ),
    Scripted(
        name="one concept for another, en",
        site="amber-courier",
        language="en",
        title="Silence on the harbour radio",
        own={3: _SKIES.format("NATO")},
        acts={MORNING: (words(3, "NATO", "the CSTO"),)},
        told=(
            edited(MORNING, 3, "NATO", "the CSTO", _SKIES.format("the CSTO")),
            concept_removed(MORNING, 3, "nato", "NATO", _SKIES.format("NATO")),
            concept_added(MORNING, 3, "csto", "CSTO", _SKIES.format("the CSTO")),
        ),
    ),
    Scripted(
        name="a correction put before the text, en",
        site="amber-courier",
        language="en",
        title="Storm fells the masts of Ashby Ferry",
        own={1: _MASTS},
        acts={DAY: (added(1, "Correction: an earlier version named the wrong shipyard."),)},
        told=(
            edited(
                DAY,
                1,
                None,
                "Correction: an earlier version named the wrong shipyard.",
                "Correction: an earlier version named the wrong shipyard.",
            ),
        ),
    ),
    Scripted(
        name="edited twice, en",
        site="amber-courier",
        language="en",
        title="Millbank counts its swans again",
        own={2: "The warden counted the swans from a rowing boat."},
        acts={HOUR: (words(2, "a rowing boat", "a kayak"),), WEEK: (words(2, "the swans", "the geese"),)},
        told=(
            edited(HOUR, 2, "rowing boat", "kayak", "The warden counted the swans from a kayak."),
            edited(WEEK, 2, "swans", "geese", "The warden counted the geese from a kayak."),
        ),
    ),
    Scripted(
        name="edited and taken back, en",
        site="amber-courier",
        language="en",
        title="The orchard of Pinewater is for sale",
        own={4: "The owner called the offer generous and shook hands."},
        acts={HOUR: (words(4, "generous", "insulting"),), DAY: (words(4, "insulting", "generous"),)},
        told=(
            edited(HOUR, 4, "generous", "insulting", "The owner called the offer insulting and shook hands."),
            edited(DAY, 4, "insulting", "generous", "The owner called the offer generous and shook hands."),
        ),
    ),
    Scripted(
        name="headline on the listing alone, en",
        site="amber-courier",
        language="en",
        title="The baker of Alderford wins a medal",
        acts={MORNING: (listed_as("The baker of Alderford returns his medal"),)},
        told=(
            headline(
                MORNING, "The baker of Alderford wins a medal", "The baker of Alderford returns his medal", listing=True
            ),
        ),
    ),
    Scripted(
        name="headline only, lt",
        site="amber-courier",
        language="lt",
        title="Keltas į Alksnynę plaukia kasdien",
        acts={HOUR: (retitled("Keltas į Alksnynę neplaukia"),)},
        told=(headline(HOUR, "Keltas į Alksnynę plaukia kasdien", "Keltas į Alksnynę neplaukia"),),
    ),
    Scripted(
        name="a word of the text, lt",
        site="amber-courier",
        language="lt",
        title="Malūnų tiltas atidarytas vėliau",
        own={2: _DRIVERS.format("vidurdienio")},
        acts={HOUR: (words(2, "vidurdienio", "vakaro"),)},
        told=(edited(HOUR, 2, "vidurdienio", "vakaro", _DRIVERS.format("vakaro")),),
    ),
)
