"""Who publishes: the editions and domains that are one publisher, and the names by which others cite it.

A publisher is known by the domain of its site. For most that follows from the address alone, and their name from their
source file; ``PUBLISHERS`` has those with several domains, and the names in which the press of the watched countries
cites agencies, whether we watch these or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from wirewatch.dedup.canonical import site_host


@dataclass(frozen=True)
class Publisher:
    """One publisher."""

    domain: str  # by which it is known here
    names: tuple[
        str, ...
    ]  # as others write them; ``word*`` with any ending, an acronym of up to four capitals as it is
    domains: tuple[str, ...] = ()  # of its other sites


PUBLISHERS = (
    Publisher("belta.by", ("БелТА", "БЕЛТА", "БелТа", "BelTA", "BELTA", "Belta")),
    Publisher("tass.ru", ("ТАСС", "ИТАР-ТАСС", "TASS", "ITAR-TASS"), ("tass.com",)),
    Publisher("ria.ru", ("РИА Новост*", "РІА Новост*", "РИА Навин*", "RIA Nowost*", "RIA Novost*", "Ria Novosti")),
    Publisher(
        "interfax.ru", ("Интерфакс*", "Інтерфакс*", "Interfax*", "Interfaks*"), ("interfax.com", "interfax-russia.ru")
    ),
    Publisher("interfax.com.ua", ("Интерфакс-Украин*", "Інтерфакс-Україн*", "Interfax-Ukraine", "Interfax-Ukrain*")),
    Publisher(
        "ukrinform.ua", ("Укринформ*", "Укрінформ*", "Ukrinform*"), ("ukrinform.net", "ukrinform.ru", "ukrinform.com")
    ),
    Publisher("unian.ua", ("УНИАН", "УНІАН", "UNIAN"), ("unian.net", "unian.info")),
    Publisher(
        "sputnik.by", ("Sputnik*", "Спутник Беларус*", "Sputnik Беларус*"), ("sputniknews.com", "sputniknews.ru")
    ),
    Publisher("redstar.ru", ("Красн* звезд*", "Krasnaya Zvezda", "Krasnaja Zwiezda")),
    Publisher("tvzvezda.ru", ("телеканал* Звезда", "ТК Звезда", "TV Zvezda", "Zvezda TV")),
    Publisher("kommersant.ru", ("Коммерсант*", "Коммерсантъ", "Kommersant*")),
    Publisher("rbc.ru", ("РБК", "RBC")),
    Publisher("meduza.io", ("Медуз*", "Meduz*")),
    Publisher("pap.pl", ("PAP", "Polsk* Agencj* Prasow*", "Польск* агентств* печати", "ПАП"), ("pap-mediaroom.pl",)),
    Publisher("defence24.pl", ("Defence24*",)),
    Publisher("bns.lt", ("BNS", "БНС", "Baltic News Service"), ("bns.ee", "bns.lv")),
    Publisher("elta.lt", ("ELTA", "ЭЛЬТА")),
    Publisher("delfi.lt", ("Delfi", "DELFI"), ("delfi.lv", "delfi.ee")),
    Publisher("lrt.lt", ("LRT",)),
    Publisher("leta.lv", ("LETA", "ЛЕТА")),
    Publisher("lsm.lv", ("LSM", "Latvijas Sabiedrisk* medij*")),
    Publisher("err.ee", ("ERR",)),
    Publisher("nashaniva.com", ("Наш* Нів*", "Наш* Нив*", "Nasha Niva", "Nasza Niwa", "Naszą Niwę")),
    Publisher("svaboda.org", ("Радыё Свабод*", "Radio Svaboda", "Радио Свобод*", "Радіо Свобод*", "Radio Swaboda")),
    Publisher("rferl.org", ("RFE/RL", "Radio Free Europe", "Radio Liberty", "Wolna Europa", "Radio Swoboda")),
    Publisher("armyinform.com.ua", ("АрміяInform", "АрмияInform", "ArmyInform", "ArmiaInform")),
    Publisher("pravda.com.ua", ("Українськ* правд*", "Украинск* правд*", "Ukrainska Pravda", "Ukraińsk* Prawd*")),
    Publisher("reuters.com", ("Reuters*", "Рейтер*", "Ройтерс*")),
    Publisher("apnews.com", ("AP", "Associated Press", "Ассошиэйтед Пресс", "Ассошіейтед Прес")),
    Publisher("afp.com", ("AFP", "Agence France-Presse", "Франс Пресс", "Франс-Пресс", "АФП")),
    Publisher("dpa.com", ("dpa", "DPA", "ДПА"), ("dpa-international.com",)),
    Publisher("bloomberg.com", ("Bloomberg*", "Блумберг*")),
    Publisher("xinhuanet.com", ("Синьхуа", "Сіньхуа", "Xinhua"), ("news.cn",)),
    Publisher("anadolu.com.tr", ("Anadolu", "Анадолу"), ("aa.com.tr",)),
    Publisher("cnn.com", ("CNN",)),
    Publisher("bbc.co.uk", ("BBC", "Би-би-си", "Бі-бі-сі"), ("bbc.com",)),
)

GENERIC = frozenset({"com", "co", "org", "net", "gov", "edu", "ac"})
"""Second labels below which a country's names are handed out: the publisher is one label further down."""


@cache
def publisher_of(address: str) -> str:
    """Address of a site → the domain its publisher is known by: ``https://eng.belta.by/`` → ``belta.by``.

    A ministry below a government's common site (``gov.uk/…/ministry-of-defence``) is a publisher of its own.
    """
    host = site_host(address)
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in GENERIC else 2
    domain = ".".join(labels[-keep:])
    if len(labels) == 2 and labels[0] == "gov":
        domain = address.rstrip("/").partition("://")[2]
    return _KNOWN.get(domain, domain)


def cited_names(sources: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    """(name, kind, home) of the watched sources → names by publisher: the table's, and theirs where it has none.

    Only news sources lend their own name: a ministry's is a phrase that the text of anybody's report may hold.
    """
    names = {publisher.domain: publisher.names for publisher in PUBLISHERS}
    for name, kind, home in sources:
        domain = publisher_of(home)
        plain = name.partition("(")[0].strip()
        if domain not in names and kind in ("wire", "press") and len(plain) > 3:
            names[domain] = (plain,)
    return names


_KNOWN = {domain: publisher.domain for publisher in PUBLISHERS for domain in (publisher.domain, *publisher.domains)}
