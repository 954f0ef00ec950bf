"""Rule files, and which stories they ask an alert for. Pure: only ``load_rules`` reads files, the clock is given.

Sending is left to the neighbours: ``mail`` makes the message, ``transport`` hands it over, ``outbox`` says when again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from wirewatch.alert.channels import checked_recipient
from wirewatch.alert.facts import AlertFacts, ConceptCount, Origin
from wirewatch.alert.passages import strongest_passage
from wirewatch.alert.recipients import Pace
from wirewatch.alert.severity import Severity
from wirewatch.model import AlertDraft, ChangeKind, Precision, StoredArticle
from wirewatch.sources import Language, Zone
from wirewatch.specfile import Spec, load_spec, load_specs

_HINTS = {"concept": "; one of a pack that is off must be turned on in WIREWATCH_PACKS (wirewatch concepts list)"}


def _known(kind: str) -> AfterValidator:
    """Refuses an id that the loader does not know; ``info.context`` maps the kind to the ids there are."""

    def check(name: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is None or name in known:
            return name
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else _HINTS.get(kind, "")
        raise ValueError(f"{name!r} is not a {kind}{hint}")

    return AfterValidator(check)


ConceptId = Annotated[str, _known("concept")]
SourceSlug = Annotated[str, _known("source")]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2}|NATO|CSTO|EU|INT)$")]
Recipient = Annotated[str, AfterValidator(checked_recipient)]


class When(Spec):
    """Which concepts an article must mention, in its title or body."""

    any: tuple[ConceptId, ...] = ()  # at least one of these
    all: tuple[ConceptId, ...] = ()  # each of these
    none: tuple[ConceptId, ...] = ()  # not one of these

    @model_validator(mode="after")
    def _can_hold(self) -> When:
        if not self.any and not self.all:
            raise ValueError("needs any or all: a rule without a concept would fire for everything")
        excluded = set(self.none)
        impossible = excluded.intersection(self.all) or (bool(self.any) and excluded.issuperset(self.any) and excluded)
        if impossible:
            raise ValueError(f"can never hold: {', '.join(sorted(impossible))} under none is also asked for")
        return self


class Again(str, Enum):
    """New facts for which a story that was told may be told again."""

    HEADLINE = ChangeKind.HEADLINE.value
    EDITED = ChangeKind.EDITED.value
    NUMBER = ChangeKind.NUMBER.value
    CONCEPT_ADDED = ChangeKind.CONCEPT_ADDED.value
    CONCEPT_REMOVED = ChangeKind.CONCEPT_REMOVED.value
    WITHDRAWN = ChangeKind.WITHDRAWN.value
    RESTORED = ChangeKind.RESTORED.value
    NEW_CONCEPT = "new-concept"  # another report of the story mentions a concept that the rule names for the first time
    CONFIRMED = "confirmed"  # a second, independent source tells the story


_SELDOM_NEWS = frozenset({Again.EDITED, Again.HEADLINE})
TOLD_AGAIN = tuple(fact for fact in Again if fact not in _SELDOM_NEWS)
"""What is told again unless a rule says otherwise."""


class RuleSpec(Spec):
    """One alert rule, ``include/rules/<name>.yml``."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    title: str = Field(min_length=1, max_length=80)
    severity: Severity = Severity.NORMAL
    when: When
    sources: tuple[SourceSlug, ...] = ()  # empty: all; likewise below
    countries: tuple[Country, ...] = ()  # of the source
    languages: tuple[Language, ...] = ()  # of the article; one whose language is unknown does not pass
    again: tuple[Again, ...] = TOLD_AGAIN  # new facts for which a story is told again; []: it is told once
    max_age_days: int = Field(default=7, ge=1, le=3650)  # an older article never alerts; undated: since first seen
    deliver: Pace | None = None  # None: as each recipient's own file says
    to: tuple[Recipient, ...] = ()  # empty: the default recipients
    timezone: Zone | None = None  # of the times in the mail; None: that of the settings

    @cached_property
    def version(self) -> str:
        """Hash of what it says, however the file is written."""
        return sha256(self.model_dump_json().encode("utf-8", "backslashreplace")).hexdigest()[:12]


def load_rule(path: Path, *, concepts: Iterable[str], sources: Iterable[str]) -> RuleSpec:
    """One rule, wherever its file lies; errors as in ``load_rules``."""
    return load_spec(path, RuleSpec, context={"concept": frozenset(concepts), "source": frozenset(sources)})


def load_rules(folder: Path, *, concepts: Iterable[str], sources: Iterable[str]) -> dict[str, RuleSpec]:
    """All rules of a folder by name; SpecError names file, line and key, of an unknown concept or source too."""
    context = {"concept": frozenset(concepts), "source": frozenset(sources)}
    return load_specs(folder, RuleSpec, identity="name", context=context)


def match(
    rules: Mapping[str, RuleSpec],
    articles: Iterable[StoredArticle],
    *,
    now: datetime,
    default_recipients: Iterable[str],
    labels: Mapping[str, str],
) -> tuple[AlertDraft, ...]:
    """Rules and articles → one alert for each rule and story that has an article the rule asks for.

    Give all articles of the stories concerned, each in its newest version: their count is shown, and the earliest
    published one that satisfies the rule (then by source and address) is the one the alert is about. The order of the
    articles does not matter; drafts come by rule and story. ``labels`` maps concept ids to names for people.
    ValueError for an article without a story: unlinked, it could alert twice.
    """
    stories = _by_story(articles)
    asking = by_concept(rules.values())
    triggers: dict[tuple[str, int], StoredArticle] = {}
    for story, members in stories.items():
        for article in members:
            concepts = {mention.concept for mention in article.mentions}
            for name in sorted({name for concept in concepts for name in asking.get(concept, ())}):
                if (name, story) not in triggers and satisfies(rules[name], article, now=now):
                    triggers[name, story] = article
    fallback = tuple(default_recipients)
    return tuple(
        _draft(rules[name], triggers[name, story], stories[story], fallback=fallback, labels=labels)
        for name, story in sorted(triggers)
    )


def satisfies(rule: RuleSpec, article: StoredArticle, *, now: datetime) -> bool:
    """Whether the article is one the rule asks for."""
    concepts = {mention.concept for mention in article.mentions}
    return asks_for(rule, article, concepts) and _age(article, now) <= timedelta(days=rule.max_age_days)


def asks_for(rule: RuleSpec, article: StoredArticle, concepts: Set[str]) -> bool:
    """Whether the rule asks for an article with these concepts, whatever its age."""
    when = rule.when
    return (
        concepts >= set(when.all)
        and (not when.any or not concepts.isdisjoint(when.any))
        and concepts.isdisjoint(when.none)
        and (not rule.sources or article.source in rule.sources)
        and (not rule.countries or article.country in rule.countries)
        and (not rule.languages or article.language in rule.languages)
    )


@dataclass(frozen=True, order=True)
class _Rank:
    """Who was first; an undated article counts by when it was first seen, as it was out by then."""

    at: datetime
    source: str
    url: str
    article_id: int
    version: int


def _rank(article: StoredArticle) -> _Rank:
    at = article.published_at or article.first_seen_at
    return _Rank(at, article.source, article.url, article.article_id, article.version)


def _age(article: StoredArticle, now: datetime) -> timedelta:
    """The least age it may have: a date without a time lasts until its day ends."""
    if article.published_at is None:
        return now - article.first_seen_at
    day = article.published_precision is Precision.DAY
    return now - article.published_at - timedelta(days=1 if day else 0)


def _by_story(articles: Iterable[StoredArticle]) -> dict[int, list[StoredArticle]]:
    stories: defaultdict[int, list[StoredArticle]] = defaultdict(list)
    for article in articles:
        if article.story_id is None:
            raise ValueError(f"article {article.article_id} has no story yet; link it before matching")
        stories[article.story_id].append(article)
    return {story: sorted(members, key=_rank) for story, members in stories.items()}


def by_concept(rules: Iterable[RuleSpec]) -> dict[str, set[str]]:
    """Concept → names of the rules that may fire on it: the others need not be looked at."""
    asking: defaultdict[str, set[str]] = defaultdict(set)
    for rule in rules:
        for concept in (*rule.when.any, *rule.when.all):
            asking[concept].add(rule.name)
    return asking


def _draft(
    rule: RuleSpec,
    article: StoredArticle,
    story: list[StoredArticle],
    *,
    fallback: tuple[str, ...],
    labels: Mapping[str, str],
) -> AlertDraft:
    if article.story_id is None:  # _by_story has refused it
        raise ValueError(f"article {article.article_id} has no story")
    return AlertDraft(
        rule=rule.name,
        story_id=article.story_id,
        article_id=article.article_id,
        version=article.version,
        facts=facts_of(rule, article, story, labels=labels).to_json(),
        recipients=tuple(dict.fromkeys(rule.to or fallback)),
        rule_hash=rule.version,
    )


def facts_of(
    rule: RuleSpec, article: StoredArticle, story: Sequence[StoredArticle], *, labels: Mapping[str, str]
) -> AlertFacts:
    """What an alert of this rule on this article says; ``story`` are all articles of its story."""
    counts = Counter(mention.concept for mention in article.mentions)
    wanted = tuple(dict.fromkeys((*rule.when.all, *rule.when.any)))
    others = sorted(counts.keys() - set(wanted), key=lambda concept: (-counts[concept], concept))

    def counted(concepts: Iterable[str]) -> tuple[ConceptCount, ...]:
        return tuple(ConceptCount(name, labels.get(name, name), counts[name]) for name in concepts if counts[name])

    return AlertFacts(
        rule=rule.name,
        rule_title=rule.title,
        severity=rule.severity.value,
        asks=asks_in_words(rule, labels),
        timezone=rule.timezone,
        hits=counted(wanted),
        others=counted(others),
        title=article.title,
        url=article.url,
        source=article.source,
        source_name=article.source_name,
        country=article.country,
        language=article.language,
        published_at=article.published_at,
        published_precision=article.published_precision,
        first_seen_at=article.first_seen_at,
        passage=strongest_passage(
            article.title, article.body, [mention for mention in article.mentions if mention.concept in wanted]
        ),
        story_articles=len({member.article_id for member in story}),
        story_sources=len({member.source for member in story}),
        story_id=article.story_id,
        origin=_origin(article, story),
        independent_sources=article.independent_sources,
    )


def _origin(article: StoredArticle, story: Iterable[StoredArticle]) -> Origin | None:
    first = next((member for member in story if member.article_id == article.origin_id), None)
    if first is None or first.article_id == article.article_id:
        return None
    return Origin(
        first.source_name, first.url, first.published_at, first.published_precision, first_seen_at=first.first_seen_at
    )


def asks_in_words(rule: RuleSpec, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The rule's conditions in words."""
    when = rule.when
    named = {"all of": when.all, "any of": when.any, "none of": when.none}
    asks = {words: [labels.get(concept, concept) for concept in concepts] for words, concepts in named.items()}
    asks |= {"a source among": [*rule.sources], "a country among": [*rule.countries]}
    asks |= {"a language among": [*rule.languages]}
    return tuple(f"{words} {', '.join(values)}" for words, values in asks.items() if values)
