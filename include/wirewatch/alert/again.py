"""New facts of stories that were told before, and which rules ask to be told again. Pure.

New facts are changes of an article (edited, withdrawn …), a concept that no report had mentioned when the story was
told, and the first independent confirmation. Everything new that a rule asks for of one story goes into one alert.

A rule asks for a change when it asks for the article as it was or as it is, so that a watched concept that was taken
out is told too. Age counts from when the change was seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from wirewatch.alert.facts import ChangeFact
from wirewatch.alert.rules import Again, RuleSpec, asks_for, by_concept, facts_of, satisfies
from wirewatch.model import AlertDraft, ChangeKind, StoredArticle, StoredChange

_OF_CONCEPTS = (ChangeKind.CONCEPT_ADDED, ChangeKind.CONCEPT_REMOVED)

RuleAndStory = tuple[str, int]


@dataclass(frozen=True)
class Told:
    """What the alerts of a rule have said of a story so far."""

    concepts: frozenset[str]  # that the rule names
    independent_sources: int
    first: bool = True  # the story itself; False: only changes in it


@dataclass(frozen=True)
class Stories:
    """The stories concerned, by id."""

    articles: Mapping[int, Sequence[StoredArticle]]  # all of a story, each in its newest version
    keys: Mapping[int, str]  # natural keys
    due: frozenset[int]  # ids of the articles that are new or edited
    told: Mapping[RuleAndStory, Told]


@dataclass
class _News:
    """What is new of one story for one rule."""

    changes: list[StoredChange] = field(default_factory=list)
    concepts: set[str] = field(default_factory=set)
    confirmed: bool = False
    report: StoredArticle | None = None  # the due article that has the new concept, or confirms


def match_again(
    rules: Mapping[str, RuleSpec],
    changes: Iterable[StoredChange],
    stories: Stories,
    *,
    now: datetime,
    default_recipients: Iterable[str],
    labels: Mapping[str, str],
) -> tuple[AlertDraft, ...]:
    """Rules and what is new → one alert for each rule and story, in that order. The order of what is new is no matter.

    ValueError for a change of an article without a story: unlinked, it could be told twice.
    """
    news: defaultdict[RuleAndStory, _News] = defaultdict(_News)
    _add_changes(news, rules, changes, now=now)
    _add_reports(news, rules, stories, now=now)
    fallback = tuple(default_recipients)
    return tuple(
        _draft(rules[name], news[name, story], stories, story=story, fallback=fallback, labels=labels)
        for name, story in sorted(news)
    )


def wants(rule: RuleSpec, found: StoredChange, *, now: datetime) -> bool:
    """Whether the rule asks for this change. Of a concept that comes or goes only if the rule names it."""
    kind = found.change.kind
    if Again(kind.value) not in rule.again or now - found.seen_at > timedelta(days=rule.max_age_days):
        return False
    if kind in _OF_CONCEPTS and found.change.concept not in _named(rule):
        return False
    return asks_for(rule, found.article, found.concepts_before) or asks_for(
        rule, found.article, _concepts(found.article)
    )


def _add_changes(
    news: defaultdict[RuleAndStory, _News],
    rules: Mapping[str, RuleSpec],
    changes: Iterable[StoredChange],
    *,
    now: datetime,
) -> None:
    asking = by_concept(rules.values())
    for found in changes:
        story = found.article.story_id
        if story is None:
            raise ValueError(f"article {found.article.article_id} has no story yet; link it before matching")
        concepts = found.concepts_before | _concepts(found.article)
        for name in {name for concept in concepts for name in asking.get(concept, ())}:
            if wants(rules[name], found, now=now):
                news[name, story].changes.append(found)


def _add_reports(
    news: defaultdict[RuleAndStory, _News], rules: Mapping[str, RuleSpec], stories: Stories, *, now: datetime
) -> None:
    """New concepts and the first confirmation, of stories that the rule has told."""
    for (name, story), told in stories.told.items():
        rule = rules.get(name)
        reports = sorted(
            (article for article in stories.articles.get(story, ()) if article.article_id in stories.due), key=_first
        )
        if rule is None or not reports:
            continue
        if Again.CONFIRMED in rule.again and told.independent_sources < 2 <= reports[0].independent_sources:
            news[name, story].confirmed, news[name, story].report = True, reports[0]
        asked = [article for article in reports if satisfies(rule, article, now=now)]
        fresh = {concept for article in asked for concept in _concepts(article) & _named(rule)} - told.concepts
        if Again.NEW_CONCEPT in rule.again and fresh:
            news[name, story].concepts = fresh
            news[name, story].report = next(article for article in asked if fresh & _concepts(article))


def _first(article: StoredArticle) -> tuple[datetime, str, str]:
    return article.published_at or article.first_seen_at, article.source, article.url


def _named(rule: RuleSpec) -> frozenset[str]:
    return frozenset((*rule.when.any, *rule.when.all))


def _concepts(article: StoredArticle) -> frozenset[str]:
    return frozenset(mention.concept for mention in article.mentions)


def _draft(
    rule: RuleSpec,
    news: _News,
    stories: Stories,
    *,
    story: int,
    fallback: tuple[str, ...],
    labels: Mapping[str, str],
) -> AlertDraft:
    changes = sorted(news.changes, key=_name)
    about = changes[0].article if changes else news.report
    if about is None:  # neither a change nor a report: nobody asked
        raise ValueError(f"nothing is new of story {story} for {rule.name}")
    facts = replace(
        facts_of(rule, about, stories.articles[story], labels=labels),
        changes=tuple(_fact(found, labels) for found in changes),
        new_concepts=tuple(labels.get(concept, concept) for concept in sorted(news.concepts)),
        confirmed=news.confirmed,
        thread=stories.keys[story],
    )
    return AlertDraft(
        rule=rule.name,
        story_id=story,
        article_id=about.article_id,
        version=about.version,
        facts=facts.to_json(),
        recipients=tuple(dict.fromkeys(rule.to or fallback)),
        rule_hash=rule.version,
        fact_key=_fact_key(news, changes),
    )


def _fact_key(news: _News, changes: Sequence[StoredChange]) -> str:
    parts = [
        *("\x1f".join(map(str, _name(found))) for found in changes),
        *(f"concept {concept}" for concept in sorted(news.concepts)),
        *(["confirmed"] if news.confirmed else []),
    ]
    return sha256("\x1e".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


_WEIGHT = (
    ChangeKind.WITHDRAWN,
    ChangeKind.RESTORED,
    ChangeKind.CONCEPT_REMOVED,
    ChangeKind.NUMBER,
    ChangeKind.HEADLINE,
    ChangeKind.CONCEPT_ADDED,
    ChangeKind.EDITED,
)
"""What a mail tells first."""


def _name(found: StoredChange) -> tuple[str | int, ...]:
    """What a change is called whatever the database: the weightiest kinds first, then by article and place."""
    change = found.change
    place = (change.concept or "", change.paragraph or 0, change.before or "", change.after or "")
    return (_WEIGHT.index(change.kind), found.article.source, found.article.url, found.article.version, *place)


def _fact(found: StoredChange, labels: Mapping[str, str]) -> ChangeFact:
    concept = found.change.concept
    return ChangeFact(
        change=found.change,
        concept=labels.get(concept, concept) if concept else None,
        source_name=found.article.source_name,
        url=found.article.url,
        title=found.article.title,
        seen_at=found.seen_at,
        listing=found.listing,
    )
