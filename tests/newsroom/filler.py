"""Invented sentences for articles whose text does not matter: who did what, and what came of it."""

from __future__ import annotations

from random import Random

_WHO = {
    "ru": "Староста улицы|Лесник|Паромщик|Библиотекарь|Садовник|Часовщик|Пасечник|Учитель рисования|"
    "Дирижёр хора|Столяр",
    "uk": "Лісник|Паромник|Бібліотекар|Садівник|Годинникар|Пасічник|Учитель малювання|Диригент хору|Тесляр|Мірошник",
    "pl": "Leśniczy|Przewoźnik|Bibliotekarz|Ogrodnik|Zegarmistrz|Pszczelarz|Nauczyciel plastyki|Dyrygent chóru|Stolarz",
    "lt": "Eigulys|Keltininkas|Bibliotekininkas|Sodininkas|Laikrodininkas|Bitininkas|Piešimo mokytojas|Choro vadovas",
    "en": "The forester|The ferryman|The librarian|The gardener|The clockmaker|The beekeeper|The drawing teacher|"
    "The choirmaster|The joiner|The miller",
}
_PLACE = {
    "ru": "из Верасовой|из Ольховки|с Заречной улицы|из Грибова|с Мельничного хутора|из Ясенца|из Соснового",
    "uk": "з Вільшанки|з Бурштинного|із Зарічної вулиці|з Грибова|з Млинового хутора|з Ясенця|зі Соснівки",
    "pl": "z Olchówki|z Bursztynowa|z ulicy Zarzecznej|z Grzybowa|z Młyńskiej|z Jesionowa|z Sosnówki",
    "lt": "iš Alksnynės|iš Gintarų|iš Užupės gatvės|iš Grybų kaimo|iš Malūnų|iš Uosynės|iš Pušyno",
    "en": "of Alderford|of Amberhaven|from Riverside Row|of Mushroom Hill|of Millbank|of Ashby Ferry|of Pinewater",
}
_DEED = {
    "ru": "принёс в школу старую карту|починил скамейку у пруда|посадил вдоль дороги рябины|открыл выставку вывесок|"
    "нашёл в сарае медный колокол|собрал соседей на чай|прочёл вслух письма деда|перекрасил калитку в синий|"
    "подарил музею швейную машинку|научил внуков вязать сети|отменил субботний концерт|сварил варенье из тыквы",
    "uk": "приніс до школи стару мапу|полагодив лавку біля ставка|посадив уздовж дороги горобини|"
    "відкрив виставку вивісок|"
    "знайшов у клуні мідний дзвін|зібрав сусідів на чай|прочитав уголос листи діда|пофарбував хвіртку в синій|"
    "подарував музею швейну машинку|навчив онуків плести сіті|скасував суботній концерт|зварив варення з гарбуза",
    "pl": "przyniósł do szkoły starą mapę|naprawił ławkę przy stawie|posadził wzdłuż drogi jarzębiny|"
    "otworzył wystawę szyldów|znalazł w stodole miedziany dzwon|zaprosił sąsiadów na herbatę|"
    "czytał na głos listy dziadka|pomalował furtkę na niebiesko|podarował muzeum maszynę do szycia|"
    "nauczył wnuki wiązać sieci|odwołał sobotni koncert|usmażył konfitury z dyni",
    "lt": "atnešė į mokyklą seną žemėlapį|sutaisė suolą prie tvenkinio|pasodino palei kelią šermukšnius|"
    "atidarė iškabų parodą|rado daržinėje varinį varpą|sukvietė kaimynus arbatos|skaitė balsu senelio laiškus|"
    "nudažė vartelius mėlynai|padovanojo muziejui siuvimo mašiną|išmokė anūkus megzti tinklus|"
    "atšaukė šeštadienio koncertą|išvirė moliūgų uogienę",
    "en": "brought an old map to school|mended the bench by the pond|planted rowans along the lane|"
    "opened a show of shop signs|found a copper bell in the barn|asked the neighbours to tea|"
    "read his grandfather's letters aloud|painted the gate blue|gave the museum a sewing machine|"
    "taught his grandsons to knot nets|called off the Saturday concert|cooked jam from a pumpkin",
}
_TAIL = {
    "ru": "а потом пошёл домой пешком|хотя обещал лишь заглянуть|и никто не возражал|как делал ещё его отец|"
    "чему удивились даже дети|и попросил не хвалить|пока не начался дождь|за что получил пирог|"
    "о чём узнали только утром|и записал это в тетрадь|не дожидаясь весны|вместе с младшим братом",
    "uk": "а потім пішов додому пішки|хоча обіцяв лише зазирнути|і ніхто не заперечував|як робив ще його батько|"
    "чому здивувалися навіть діти|і попросив не хвалити|доки не почався дощ|за що дістав пиріг|"
    "про що дізналися лише вранці|і записав це в зошит|не чекаючи весни|разом із молодшим братом",
    "pl": "a potem poszedł do domu pieszo|choć obiecał tylko zajrzeć|i nikt nie protestował|"
    "jak robił jeszcze jego ojciec|"
    "czemu dziwiły się nawet dzieci|i prosił, by nie chwalić|zanim zaczął padać deszcz|za co dostał placek|"
    "o czym dowiedziano się dopiero rano|i zapisał to w zeszycie|nie czekając na wiosnę|razem z młodszym bratem",
    "lt": "o paskui parėjo namo pėsčias|nors žadėjo tik užsukti|ir niekas neprieštaravo|kaip darė dar jo tėvas|"
    "tuo stebėjosi net vaikai|ir prašė negirti|kol neprasidėjo lietus|už tai gavo pyragą|"
    "apie tai sužinota tik rytą|ir užrašė tai į sąsiuvinį|nelaukdamas pavasario|kartu su jaunesniuoju broliu",
    "en": "and then walked home|though he had only promised to look in|and nobody minded|as his father used to do|"
    "which surprised even the children|and asked not to be praised|before the rain set in|and was paid with a pie|"
    "as the village learnt in the morning|and wrote it down in a notebook|without waiting for spring|"
    "together with his younger brother",
}


def sentence(language: str, draw: Random) -> str:
    """One of some ten thousand."""
    who, place, deed, tail = (draw.choice(table[language].split("|")) for table in (_WHO, _PLACE, _DEED, _TAIL))
    comma = " " if tail.split(" ")[0] in ("and", "и", "і", "i", "ir", "razem", "together", "вместе", "разом") else ", "
    return f"{who} {place} {deed}{comma}{tail}."


def paragraph(language: str, draw: Random) -> str:
    """Two or three sentences."""
    return " ".join(sentence(language, draw) for _ in range(draw.randint(2, 3)))


def title(language: str, draw: Random) -> str:
    """A headline."""
    who, place, deed, _ = (draw.choice(table[language].split("|")) for table in (_WHO, _PLACE, _DEED, _TAIL))
    return f"{who} {place} {deed}"
