"""Which new facts of a story a rule asks for, and what is told of them in one alert."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from wirewatch.alert.again import Stories, Told, match_again
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.rules import Again, RuleSpec, When
from wirewatch.model import (
    Absence,
    AlertDraft,
    ArticleChange,
    ChangeKind,
    Mention,
    Precision,
    StoredArticle,
    StoredChange,
)

NOW = datetime(2031, 9, 5, 6, 0, tzinfo=timezone.utc)
BODY = "The chiefs met in Minsk. The CSTO stayed away."
CSTO = Mention("csto", "body", 29, 33, "CSTO")
ARTICLE = StoredArticle(
    article_id=1,
    version=2,
    source="gazette",
    source_name="The Gazette",
    country="BY",
    url="https://gazette.example/1",
    title="Chiefs meet",
    body=BODY,
    language="en",
    published_at=NOW - timedelta(days=30),
    published_precision=Precision.MINUTE,
    first_seen_at=NOW - timedelta(days=30),
    story_id=7,
    mentions=(CSTO,),
)
RULE = RuleSpec(name="csto", title="CSTO", when=When(any=("csto",)))
REMOVED = ArticleChange(ChangeKind.CONCEPT_REMOVED, concept="csto", paragraph=1, passage=BODY)
WITHDRAWN = ArticleChange(ChangeKind.WITHDRAWN, absence=Absence.GONE)


def change(
    what: ArticleChange, *, article: StoredArticle = ARTICLE, before: frozenset[str] = frozenset({"csto"})
) -> StoredChange:
    return StoredChange(5, article, before, what, NOW - timedelta(hours=1), listing=False)


def drafts(rule: RuleSpec, *changes: StoredChange) -> tuple[AlertDraft, ...]:
    return match_again(
        {rule.name: rule},
        changes,
        Stories({7: [ARTICLE], 8: [ARTICLE]}, {7: "seven", 8: "eight"}, frozenset(), {}),
        now=NOW,
        default_recipients=("ann@desk.example",),
        labels={"csto": "CSTO"},
    )


def kinds(rule: RuleSpec, *changes: StoredChange) -> list[list[ChangeKind]]:
    """The kinds that each alert tells of."""
    return [
        [fact.change.kind for fact in AlertFacts.from_json(draft.facts).changes] for draft in drafts(rule, *changes)
    ]


def test_a_concept_that_was_taken_out_is_told() -> None:
    """A rule asks for an article that does not mention its concept any more, as it did before."""
    without = replace(ARTICLE, mentions=())
    (draft,) = drafts(RULE, change(REMOVED, article=without))
    facts = AlertFacts.from_json(draft.facts)
    assert (facts.changes[0].concept, facts.thread, facts.hits, facts.passage) == ("CSTO", "seven", (), None)


def test_other_articles_and_other_concepts_are_not_told() -> None:
    """A change of an article that never was the rule's, or of a concept it does not name, is nobody's news."""
    elsewhere = replace(ARTICLE, mentions=())
    other = replace(REMOVED, concept="nato")
    assert drafts(RULE, change(WITHDRAWN, article=elsewhere, before=frozenset({"nato"})), change(other)) == ()


def test_one_alert_tells_all_of_a_story_the_weightiest_first() -> None:
    """What changed in a story's articles is one alert, whatever the order in which it was seen."""
    number = ArticleChange(ChangeKind.NUMBER, before="12", after="2", paragraph=1)
    copy = replace(ARTICLE, article_id=2, source="herald", url="https://herald.example/1")
    found = [change(number), change(WITHDRAWN, article=copy), change(REMOVED)]
    orders = [random.Random(seed).sample(found, 3) for seed in range(6)]
    assert {repr(kinds(RULE, *order)) for order in orders} == {
        repr([[ChangeKind.WITHDRAWN, ChangeKind.CONCEPT_REMOVED, ChangeKind.NUMBER]])
    }
    assert len({draft.fact_key for order in orders for draft in drafts(RULE, *order)}) == 1


def test_stories_are_told_apart() -> None:
    """Each story has its own alert, and each set of facts its own key."""
    other = replace(ARTICLE, article_id=2, story_id=8)
    found = drafts(RULE, change(WITHDRAWN), change(WITHDRAWN, article=other))
    assert [(draft.story_id, draft.article_id) for draft in found] == [(7, 1), (8, 2)]
    (later,) = drafts(RULE, change(REMOVED))
    assert later.fact_key not in {draft.fact_key for draft in found}


@pytest.mark.parametrize(
    ("asked", "told"),
    [((), False), ((Again.WITHDRAWN,), True), ((Again.NUMBER,), False)],
)
def test_a_rule_says_which_kinds_it_asks_for(asked: tuple[Again, ...], told: bool) -> None:
    """Only kinds under ``again`` are told; an empty list tells nothing."""
    assert bool(drafts(RULE.model_copy(update={"again": asked}), change(WITHDRAWN))) is told


def test_an_edit_of_the_wording_is_told_on_demand_only() -> None:
    """By default an edit alone is no alert."""
    edit = ArticleChange(ChangeKind.EDITED, before="a", after="b", paragraph=1)
    assert drafts(RULE, change(edit)) == ()
    assert kinds(RULE.model_copy(update={"again": (Again.EDITED,)}), change(edit)) == [[ChangeKind.EDITED]]


def test_age_counts_from_when_the_change_was_seen() -> None:
    """An article of last month that is withdrawn today is news; a change that was seen long ago is not."""
    old = replace(change(WITHDRAWN), seen_at=NOW - timedelta(days=8))
    assert kinds(RULE, change(WITHDRAWN)) == [[ChangeKind.WITHDRAWN]]
    assert drafts(RULE, old) == ()


def test_an_excluded_concept_stays_excluded_unless_it_came_later() -> None:
    """A rule that excludes a concept asks for an article that it once asked for, and for no other."""
    rule = RuleSpec(name="csto", title="CSTO", when=When(any=("csto",), none=("nato",)))
    both = replace(ARTICLE, mentions=(CSTO, Mention("nato", "body", 0, 3, "The")))
    assert drafts(rule, change(WITHDRAWN, article=both, before=frozenset({"csto", "nato"}))) == ()
    assert kinds(rule, change(WITHDRAWN, article=both)) == [[ChangeKind.WITHDRAWN]]


def test_an_article_without_a_story_is_refused() -> None:
    """A change of an unlinked article raises: it could be told twice."""
    with pytest.raises(ValueError, match="link it before matching"):
        drafts(RULE, change(WITHDRAWN, article=replace(ARTICLE, story_id=None)))


def again(rule: RuleSpec, *due: StoredArticle, told: Told) -> list[tuple[tuple[str, ...], bool, str]]:
    """New concepts, confirmation and address of each alert when these reports come to a story that was told."""
    found = match_again(
        {rule.name: rule},
        (),
        Stories({7: [ARTICLE, *due]}, {7: "seven"}, frozenset(it.article_id for it in due), {(rule.name, 7): told}),
        now=NOW,
        default_recipients=("ann@desk.example",),
        labels={"csto": "CSTO", "nato": "NATO"},
    )
    facts = [AlertFacts.from_json(draft.facts) for draft in found]
    return [(each.new_concepts, each.confirmed, each.url) for each in facts]


REPORT = replace(
    ARTICLE,
    article_id=2,
    source="herald",
    url="https://herald.example/2",
    published_at=NOW - timedelta(hours=2),
    independent_sources=2,
)


def test_the_first_independent_confirmation_is_told_once() -> None:
    """A second independent source is told; a third is not, nor a copy, nor to a rule that does not ask."""
    alone, two = Told(frozenset({"csto"}), 1), Told(frozenset({"csto"}), 2)
    assert again(RULE, REPORT, told=alone) == [((), True, REPORT.url)]
    assert again(RULE, replace(REPORT, independent_sources=3), told=two) == []
    assert again(RULE, replace(REPORT, independent_sources=1), told=alone) == []
    assert again(RULE.model_copy(update={"again": ()}), REPORT, told=alone) == []


def test_a_concept_that_no_report_had_is_told() -> None:
    """A rule of two concepts tells a story again when a later report names the second; what it told stays told."""
    rule = RuleSpec(name="both", title="Both", when=When(any=("csto", "nato")))
    other = replace(REPORT, independent_sources=1, mentions=(CSTO, Mention("nato", "body", 0, 3, "The")))
    assert again(rule, other, told=Told(frozenset({"csto"}), 1)) == [(("NATO",), False, REPORT.url)]
    assert again(rule, other, told=Told(frozenset({"csto", "nato"}), 1)) == []


def test_an_old_report_is_no_news() -> None:
    """A report older than the rule's age adds no concept."""
    rule = RuleSpec(name="both", title="Both", when=When(any=("csto", "nato")))
    old = replace(
        REPORT,
        independent_sources=1,
        published_at=NOW - timedelta(days=9),
        mentions=(Mention("nato", "body", 0, 3, "The"),),
    )
    assert again(rule, old, told=Told(frozenset({"csto"}), 1)) == []
