"""Which alerts rules ask for, of what is due: the whole decision, live and in a back-test. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from wirewatch.alert.again import RuleAndStory, Stories, Told, match_again
from wirewatch.alert.rules import RuleSpec
from wirewatch.alert.rules import match as match_rules
from wirewatch.model import AlertDraft, Due, StoredArticle


def decide(
    rules: Mapping[str, RuleSpec],
    due: Due,
    told: Mapping[RuleAndStory, Told],
    *,
    now: datetime,
    default_recipients: Iterable[str],
    labels: Mapping[str, str],
) -> tuple[AlertDraft, ...]:
    """Rules, what is due, and what was told before → the new alerts: first those of stories that were not told yet.

    What is told for the first time is told as it now stands: what changed in it is no news beside that.
    """
    recipients = tuple(default_recipients)
    asked = {article.story_id for article in due.articles if article.article_id in due.due}
    first = tuple(
        draft
        for draft in match_rules(
            rules,
            [article for article in due.articles if article.story_id in asked],
            now=now,
            default_recipients=recipients,
            labels=labels,
        )
        if not ((known := told.get((draft.rule, draft.story_id))) and known.first)
    )
    fresh = {(draft.rule, draft.story_id) for draft in first}
    again = match_again(rules, due.changes, _stories(due, told), now=now, default_recipients=recipients, labels=labels)
    return (*first, *(draft for draft in again if (draft.rule, draft.story_id) not in fresh))


def _stories(due: Due, told: Mapping[RuleAndStory, Told]) -> Stories:
    members: defaultdict[int, list[StoredArticle]] = defaultdict(list)
    for article in due.articles:
        members[article.story_id or 0].append(article)
    return Stories(articles=members, keys=due.story_keys, due=due.due, told=told)
