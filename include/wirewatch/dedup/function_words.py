"""Words that say nothing of what a text is about: grammar, and the words of reporting itself.

Long ones are compared by stem, so that one form stands for its neighbours; short ones as they are («слова» is none of
Словакия).
"""

from __future__ import annotations

from wirewatch.dedup.spelling import STEM, plain

_WORDS = """
а абы алі але або бы был была было были быть в вам вас ваш весь вот все всё всего всех вы где да даже для до его ее её
ей если есть еще ещё ж же за здесь и из или им их к как какой когда который которая которые кто ли лишь либо между
меня мне много может можно мой мы на над надо нам нас наш не него нее нет ни них но ну о об однако он она они оно от
ото очень перед по под после потом поэтому при про раз с сам свой своих себе себя сейчас со так также такой там тебе
тем теперь то того тоже только том тот три ту тут ты у уже хотя чего чем что чтобы чуть эта эти это этого этой этом
этот я однако около более менее почти поскольку пока хоть затем
сообщает сообщил сообщили сообщила сообщение сообщается заявил заявила заявление заявили отметил отметила отмечается
рассказал рассказала добавил добавила подчеркнул пишет передает передаёт сказал сказала говорится уточнил словам слова
данным данные информации информация ранее напомним сегодня вчера завтра года году год годов время день дня дней
человек стало стал стали который тысяч тысячи миллион млн тыс рублей числе ссылкой корреспондент агентство новости але
або аби адже без був була було були бути вже від він вона вони воно все всі де для до ж з за зі і й із їх його її як
яка який які коли ми на над нам нас не ні ну о об один по під після при про проте та так також там те ти тим то тобто
того тому у уже хто це цей ця ці чи що щоб я повідомляє повідомив повідомили заявив зазначив сказав розповів додав
сьогодні вчора року році рік
аб ад акрамя але ў быў была было былі быць вы вось гэта гэты гэтай да для дзе ды ён яна яны яго яе з за зь і й іх каб
калі мы на над не ні па паведамляе паведаміў заявіў адзначыў сказаў пра пры пасля сваё свой так таксама там тое той
толькі у усе ужо хто чым што шмат як які якая якія сёння учора год года годзе
a about above after again all also although am among an and any are as at back be because been before being between
both but by can could did do does doing down during each even few first for from further get gets got had has have
having he her here him his how i if in into is it its just last like made make many may me might more most much must
my new no nor not now of off on once one only or other our out over own per said same say says saying she should since
so some still such than that the their them then there these they this those through time to told too two under until
up upon us was way we well were what when where which while who whom why will with within without would year years you
your according added announced report reported reports news today yesterday tomorrow monday tuesday wednesday thursday
friday saturday sunday people also percent million
aby albo ale ani aż bardzo bez bo był była było były być by chce choć co coraz czy czyli dla do dlatego dopiero gdy
gdzie go i ich ile im inne ja jak jako jakie je jeden jednak jego jej jest jeszcze jeśli już każdy kiedy kto która
które którego którzy który lat lub ma mają mam mi między mnie może mogą możemy można my na nad nam nas nasz nawet nich
nie nim niż no o od on ona one oni ono oraz po pod podczas ponad ponieważ potem poza przed przede przez przy raz
również są się skąd swoje ta tak także tam te tego tej ten teraz to tu tych tylko tym u w we wiele więc wszystko
wszystkich wśród z za ze że żeby powiedział powiedziała poinformował poinformowała dodał dodała podaje podał
podkreślił zaznaczył twierdzi według dziś dzisiaj wczoraj jutro rok roku proc tys mln zł osób
ir į iš ar arba bei bet bus buvo būti dar dėl ji jie jis jo jos jų jau jei kad kai kaip kas kiek kol kur kuri kuris
kurie labai man mes metu metų metais mūsų ne nei nes nuo o pagal per po prie prieš sau savo su šis ši šio šie tad tai
taip pat tačiau tada tas tik to tuo už yra pranešė sakė teigia šiandien vakar
un uz ar arī bet bija būs būt gan ir ja jau jo kā ka kas kur lai līdz man mēs ne nav no pa par pēc pie pirms savu šis
šī šo tā tad tas tie tika to tomēr vai viņš viņa viņi visi sacīja teica ziņo paziņoja šodien vakar gada gadā gadu aga
ei ega ehk enne et ja juba kas kes kogu kui kuid kus kõik ma me meie mis mitte nad need neid ning nii nüüd oli oma on
olla pärast peale sel selle see seda siis ta tema teda teel üks üle või välja ütles teatas täna eile aasta aastal der
die das und ist nicht von mit den dem ein eine für auf im zu des sich als auch es an werden aus er hat dass sie nach
le la les de des du et en un une est que qui dans pour pas sur par au aux plus avec ce se son sa ses il elle
"""

_LONG = STEM + 2
_EXACT = frozenset(plain(word) for word in _WORDS.split())
_STEMS = frozenset(word[:STEM] for word in _EXACT if len(word) >= _LONG)


def is_function_word(plain_word: str) -> bool:
    """Whether the word (see ``spelling.plain``) says nothing of what a text is about."""
    return plain_word in _EXACT or (len(plain_word) >= _LONG and plain_word[:STEM] in _STEMS)
