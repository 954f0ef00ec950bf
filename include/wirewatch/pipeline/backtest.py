"""What a rule would have sent: the live decision, made again over all that rules were tried on since a day.

Every call of ``match`` keeps what it looked at, so the same code meets the same input: articles as they then stood, the
stories they were then in, the changes of that hour. What the rule has told so far is kept in memory as the warehouse
keeps it for rules that are live, stories that merge included. Concepts are today's: a concept that was tagged anew is
tried as it is now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from wirewatch.alert.again import RuleAndStory, Told
from wirewatch.alert.decide import decide
from wirewatch.alert.facts import AlertFacts
from wirewatch.alert.mail import mail_domain, message_id
from wirewatch.alert.recipients import reader_of
from wirewatch.alert.rules import RuleSpec
from wirewatch.alert.schedule import Slot, hour_of, slot
from wirewatch.model import AlertDraft, Due
from wirewatch.pipeline.desk import Desk
from wirewatch.pipeline.letters import alert_message, digest_message
from wirewatch.warehouse import alerts


@dataclass(frozen=True)
class TriedMail:
    """A mail that would have gone out."""

    recipient: str
    message_id: str
    slot: Slot  # when, and whether in a digest


@dataclass(frozen=True)
class TriedAlert:
    """An alert that a rule would have made."""

    draft: AlertDraft
    facts: AlertFacts
    at: datetime  # UTC
    mails: tuple[TriedMail, ...]


@dataclass(frozen=True)
class Window:
    """The time that is looked at, and how far that is."""

    since: datetime
    until: datetime
    calls: int  # of match, in that time
    done: int  # of these


def backtest(
    desk: Desk,
    rules: Mapping[str, RuleSpec],
    *,
    since: datetime,
    until: datetime,
    progress: Callable[[Window], object] = id,
) -> Iterator[TriedAlert]:
    """Rules, live or not → the alerts they would have made in a time, in the order in which they would have come.

    Mutes are left out: they are a reader's wish of a moment. Nothing is written.
    """
    memory = _Memory(rules)
    with desk.warehouse() as connection:
        with connection:
            calls = alerts.match_calls(connection, since=since, until=until)
        sent = _Sent()
        for number, (match_id, at) in enumerate(calls, start=1):
            with connection:
                due = alerts.logged(connection, match_id)
            for draft in _decided(desk, rules, due, memory, at=at):
                yield _tried(desk, rules[draft.rule], draft, due, at=at, sent=sent)
            progress(Window(since, until, len(calls), number))


def _decided(
    desk: Desk, rules: Mapping[str, RuleSpec], due: Due, memory: _Memory, *, at: datetime
) -> tuple[AlertDraft, ...]:
    memory.follow(due)
    drafts = decide(rules, due, memory.told(), now=at, default_recipients=desk.settings.mail_to, labels=desk.labels)
    return tuple(draft for draft in drafts if memory.add(draft))


class _Memory:
    """The alerts so far, as the table ``alert`` would hold them."""

    def __init__(self, rules: Mapping[str, RuleSpec]) -> None:
        self._rules = rules
        self._alerts: dict[tuple[str, int, str], AlertDraft] = {}

    def follow(self, due: Due) -> None:
        """Move alerts with their articles to the stories these are in now; see follow_alerts.sql."""
        story_of = {article.article_id: article.story_id for article in due.articles}
        for (rule, story, fact), draft in sorted(self._alerts.items(), key=lambda item: item[0]):
            now = story_of.get(draft.article_id, story)
            if now is not None and now != story and (rule, now, fact) not in self._alerts:
                self._alerts[rule, now, fact] = replace(self._alerts.pop((rule, story, fact)), story_id=now)

    def told(self) -> dict[RuleAndStory, Told]:
        """What each rule has told of each story."""
        found: dict[RuleAndStory, Told] = {}
        for (rule, story, fact), draft in self._alerts.items():
            facts = AlertFacts.from_json(draft.facts)
            before = found.get((rule, story), Told(frozenset(), 1, first=False))
            found[rule, story] = Told(
                before.concepts | {hit.concept for hit in facts.hits},
                max(before.independent_sources, facts.independent_sources),
                before.first or not fact,
            )
        return found

    def add(self, draft: AlertDraft) -> bool:
        """Keep an alert; False when there is one of its rule, story and fact."""
        key = (draft.rule, draft.story_id, draft.fact_key)
        return self._alerts.setdefault(key, draft) is draft


class _Sent:
    """Mails of their own by reader and hour."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, datetime], int] = {}

    def count(self, recipient: str, at: datetime) -> int:
        return self._counts.get((recipient, hour_of(at)), 0)

    def add(self, recipient: str, at: datetime) -> None:
        self._counts[recipient, hour_of(at)] = self.count(recipient, at) + 1


def _tried(desk: Desk, rule: RuleSpec, draft: AlertDraft, due: Due, *, at: datetime, sent: _Sent) -> TriedAlert:
    facts = AlertFacts.from_json(draft.facts)
    mails = tuple(_mail(desk, rule, draft, recipient, due=due, at=at, sent=sent) for recipient in draft.recipients)
    return TriedAlert(draft, facts, at, mails)


def _mail(
    desk: Desk,
    rule: RuleSpec,
    draft: AlertDraft,
    recipient: str,
    *,
    due: Due,
    at: datetime,
    sent: _Sent,
) -> TriedMail:
    domain = mail_domain(desk.settings.mail_from)
    identity = message_id(draft.rule, due.story_keys[draft.story_id], recipient, domain=domain, fact=draft.fact_key)
    when = slot(
        reader_of(recipient, desk.readers),
        rule.severity,
        now=at,
        zone=ZoneInfo(desk.settings.timezone),
        pace=rule.deliver,
        sent_this_hour=sent.count(recipient, at),
    )
    if when.digest is None:
        sent.add(recipient, at)
    return TriedMail(recipient, identity, when)


def outgoing(desk: Desk, found: Iterable[TriedAlert]) -> list[EmailMessage]:
    """TriedAlert alerts → every mail that would have gone out: those of their own in order, then the digests."""
    own: list[EmailMessage] = []
    waiting: defaultdict[tuple[str, str], list[tuple[AlertFacts, datetime]]] = defaultdict(list)
    for tried in found:
        for mail in tried.mails:
            if mail.slot.key is None:
                own.append(alert_message(desk, tried.facts, mail.recipient, message_id=mail.message_id, at=tried.at))
            else:
                waiting[mail.recipient, mail.slot.key].append((tried.facts, tried.at))
    digests = [
        digest_message(desk, alerts_in_it, recipient, digest=digest)
        for (recipient, digest), alerts_in_it in sorted(waiting.items(), key=lambda item: item[0])
    ]
    return [*own, *digests]
