"""Rule files and matching."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from wirewatch.alert.facts import AlertFacts, ConceptCount
from wirewatch.alert.passages import Hit, Passage
from wirewatch.alert.rules import RuleSpec, When, load_rules, match
from wirewatch.alert.severity import Severity
from wirewatch.errors import SpecError
from wirewatch.model import AlertDraft, Mention, Precision, StoredArticle

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2031, 9, 5, 6, 0, tzinfo=timezone.utc)
BODY = "Погода хорошая.\nВ штабе назвали сроки учения «Запад-2031» и место встречи ОДКБ. Остальное позже."
LABELS = {"zapad-exercise": "Zapad exercise", "csto": "CSTO"}


def mention(concept: str, surface: str, text: str = BODY, field: str = "body") -> Mention:
    start = text.index(surface)
    return Mention(concept, field, start, start + len(surface), surface)


ARTICLE = StoredArticle(
    article_id=1,
    version=1,
    source="belta-ru",
    source_name="БелТА",
    country="BY",
    url="https://belta.example/1",
    title="Названы сроки",
    body=BODY,
    language="ru",
    published_at=NOW - timedelta(hours=3),
    published_precision=Precision.MINUTE,
    first_seen_at=NOW - timedelta(hours=1),
    story_id=70,
    mentions=(mention("zapad-exercise", "Запад-2031"), mention("csto", "ОДКБ")),
)
RULE = RuleSpec(name="zapad", title="Zapad", when=When(any=("zapad-exercise",)))


def fired(rule: RuleSpec, *articles: StoredArticle) -> list[tuple[int, int]]:
    """(story, article) of each draft."""
    drafts = match({rule.name: rule}, articles, now=NOW, default_recipients=("a@b.example",), labels=LABELS)
    return [(draft.story_id, draft.article_id) for draft in drafts]


def write(folder: Path, text: str, name: str = "zapad.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_file_to_rule(tmp_path: Path) -> None:
    """A file that says everything becomes a rule that says the same."""
    write(
        tmp_path,
        "name: zapad\ntitle: Zapad\nseverity: high\nwhen:\n  any: [zapad-exercise]\n  all: [csto]\n  none: [nato]\n"
        "sources: [belta-ru]\ncountries: [BY, NATO]\nlanguages: [ru]\nmax_age_days: 2\nto: [ann@desk.example]\n"
        "timezone: Europe/Warsaw\n",
    )
    assert load_rules(tmp_path, concepts={"zapad-exercise", "csto", "nato"}, sources={"belta-ru"}) == {
        "zapad": RuleSpec(
            name="zapad",
            title="Zapad",
            severity=Severity.HIGH,
            when=When(any=("zapad-exercise",), all=("csto",), none=("nato",)),
            sources=("belta-ru",),
            countries=("BY", "NATO"),
            languages=("ru",),
            max_age_days=2,
            to=("ann@desk.example",),
            timezone="Europe/Warsaw",
        )
    }


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "when:\n  any:\n    - csto\n    - zapad-exercice\n",
            (6, "when.any.1"),
            "'zapad-exercice' is not a concept; did you mean 'zapad-exercise'?",
        ),
        ("when: {none: [xyz], any: [csto]}\n", (3, "when.none.0"), "'xyz' is not a concept"),
        (
            "when: {any: [csto]}\nsources: [belta]\n",
            (4, "sources.0"),
            "'belta' is not a source; did you mean 'belta-ru'?",
        ),
        ("when: {any: [csto]}\nto: ['a@b.example, c@d.example']\n", (4, "to.0"), "is not a mail address"),
        ("when: {any: [csto]}\nto: [Ann <a@b.example>]\n", (4, "to.0"), "without a name"),
        ("when: {any: [csto]}\ncolour: red\n", (4, "colour"), "is not a key that can stand here (see the docs of rule"),
        ("when: {any: [csto]}\ntimezone: Europe/Minks\n", (4, "timezone"), "is not an IANA time zone"),
        ("when: {any: [csto]}\nmax_age_days: 0\n", (4, "max_age_days"), "greater than or equal to 1"),
        ("when: {any: [csto]}\ncountries: [NO]\n", (4, "countries.0"), "should be a valid string"),
        ("when: {}\n", (3, "when"), "needs any or all"),
        ("when: {all: [csto], none: [csto]}\n", (3, "when"), "can never hold: csto under none is also asked for"),
        ("when: {any: [csto], none: [csto]}\n", (3, "when"), "can never hold: csto under none is also asked for"),
    ],
)
def test_wrong_file(tmp_path: Path, text: str, place: tuple[int, str], message: str) -> None:
    """A rule that cannot be meant is refused with its file, line and key."""
    path = write(tmp_path, f"name: zapad\ntitle: Zapad\n{text}")
    with pytest.raises(SpecError) as caught:
        load_rules(tmp_path, concepts={"zapad-exercise", "csto"}, sources={"belta-ru"})
    assert (caught.value.file, (caught.value.line, caught.value.key)) == (path, place)
    assert message in caught.value.message


def test_rules_that_come_along() -> None:
    """The rules of the project load with the project's own concepts."""
    concepts = {path.stem for path in (ROOT / "include" / "concepts").glob("*.yml")}
    rules = load_rules(ROOT / "include" / "rules", concepts=concepts, sources=())
    assert sorted(rules) == ["border-and-airspace", "csto-and-nuclear", "zapad-and-union"]


def test_documented_example(tmp_path: Path) -> None:
    """The example in the documentation loads, and its misspelling is answered as the documentation says."""
    page = (ROOT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1]
    write(tmp_path, example, "border-and-airspace.yml")
    known = {"airspace-violation", "border-closure", "suwalki-gap"}
    assert list(load_rules(tmp_path, concepts=known, sources=())) == ["border-and-airspace"]
    write(tmp_path, example.replace("violation", "violatoin"), "border-and-airspace.yml")
    with pytest.raises(SpecError) as caught:
        load_rules(tmp_path, concepts=known, sources=())
    assert str(caught.value).replace(str(tmp_path), "include/rules") in page


def test_draft() -> None:
    """A story that a rule asks for becomes one draft whose facts hold all that a mail shows."""
    copy = replace(ARTICLE, article_id=2, source="ria", url="https://ria.example/2", published_at=NOW, mentions=())
    drafts = match({"zapad": RULE}, [copy, ARTICLE], now=NOW, default_recipients=("a@b.example",), labels=LABELS)
    sentence = "В штабе назвали сроки учения «Запад-2031» и место встречи ОДКБ."
    start = sentence.index("Запад")
    facts = AlertFacts(
        rule="zapad",
        rule_title="Zapad",
        severity="normal",
        asks=("any of Zapad exercise",),
        timezone=None,
        hits=(ConceptCount("zapad-exercise", "Zapad exercise", 1),),
        others=(ConceptCount("csto", "CSTO", 1),),
        title=ARTICLE.title,
        url=ARTICLE.url,
        source="belta-ru",
        source_name="БелТА",
        country="BY",
        language="ru",
        published_at=ARTICLE.published_at,
        published_precision=Precision.MINUTE,
        first_seen_at=ARTICLE.first_seen_at,
        passage=Passage("body", sentence, (Hit(start, start + len("Запад-2031"), "zapad-exercise"),)),
        story_articles=2,
        story_sources=2,
        story_id=70,
    )
    assert drafts == (AlertDraft("zapad", 70, 1, 1, facts.to_json(), ("a@b.example",), RULE.version),)


def test_facts_survive_json() -> None:
    """Facts are JSON values only, and come back from them as they were."""
    undated = replace(ARTICLE, published_at=None, published_precision=Precision.NONE, country=None, language=None)
    drafts = match({"zapad": RULE}, [undated], now=NOW, default_recipients=(), labels={})
    stored = json.loads(json.dumps(drafts[0].facts))
    assert stored == drafts[0].facts
    assert stored["first_seen_at"] == "2031-09-05T05:00:00Z"
    assert AlertFacts.from_json(stored).to_json() == stored


@pytest.mark.parametrize(
    ("change", "fires"),
    [
        ({}, True),
        ({"when": When(any=("csto", "nato"))}, True),
        ({"when": When(all=("zapad-exercise", "csto"))}, True),
        ({"when": When(all=("zapad-exercise", "nato"))}, False),
        ({"when": When(any=("zapad-exercise",), all=("nato",))}, False),
        ({"when": When(any=("nato",), all=("csto",))}, False),
        ({"when": When(any=("zapad-exercise",), none=("csto",))}, False),
        ({"sources": ("ria", "belta-ru")}, True),
        ({"sources": ("ria",)}, False),
        ({"countries": ("RU", "BY")}, True),
        ({"countries": ("RU",)}, False),
        ({"languages": ("ru",)}, True),
        ({"languages": ("be",)}, False),
    ],
)
def test_conditions(change: dict[str, object], fires: bool) -> None:
    """Each condition of a rule lets through what it names and nothing else."""
    assert fired(RULE.model_copy(update=change), ARTICLE) == ([(70, 1)] if fires else [])


@pytest.mark.parametrize(
    ("published_at", "precision", "first_seen_at", "fires"),
    [
        (NOW - timedelta(days=7), Precision.SECOND, NOW, True),
        (NOW - timedelta(days=7, seconds=1), Precision.SECOND, NOW, False),
        (NOW - timedelta(days=8), Precision.DAY, NOW, True),
        (NOW - timedelta(days=8, seconds=1), Precision.DAY, NOW, False),
        (None, Precision.NONE, NOW - timedelta(days=7), True),
        (None, Precision.NONE, NOW - timedelta(days=7, seconds=1), False),
        (NOW + timedelta(days=2), Precision.SECOND, NOW, True),
        (datetime(9999, 12, 31, 23, tzinfo=timezone.utc), Precision.DAY, NOW, True),
    ],
)
def test_age(published_at: datetime | None, precision: Precision, first_seen_at: datetime, fires: bool) -> None:
    """An article older than max_age_days never alerts; a day counts to its end, an undated article from first seen."""
    article = replace(ARTICLE, published_at=published_at, published_precision=precision, first_seen_at=first_seen_at)
    assert fired(RULE, article) == ([(70, 1)] if fires else [])


def test_earliest_article_speaks() -> None:
    """The alert is about the earliest published article that satisfies the rule, whatever the order of the input."""
    earlier = replace(ARTICLE, article_id=2, source="ria", published_at=NOW - timedelta(hours=5))
    tie = replace(ARTICLE, article_id=3, source="aaa", published_at=NOW - timedelta(hours=5))
    silent = replace(ARTICLE, article_id=4, published_at=NOW - timedelta(hours=9), mentions=())
    other = replace(ARTICLE, article_id=5, story_id=71)
    articles = [ARTICLE, earlier, tie, silent, other]
    expected = match({"zapad": RULE}, articles, now=NOW, default_recipients=(), labels=LABELS)
    assert [(draft.story_id, draft.article_id) for draft in expected] == [(70, 3), (71, 5)]
    for seed in range(20):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert match({"zapad": RULE}, shuffled, now=NOW, default_recipients=(), labels=LABELS) == expected


def test_each_rule_once_a_story() -> None:
    """Two rules and two stories of three articles give one draft for each pair, in the order of rule and story."""
    rules = {name: RULE.model_copy(update={"name": name}) for name in ("b-rule", "a-rule")}
    articles = [replace(ARTICLE, article_id=number, story_id=70 + number % 2) for number in range(6)]
    drafts = match(rules, articles, now=NOW, default_recipients=(), labels=LABELS)
    assert [(draft.rule, draft.story_id) for draft in drafts] == [
        ("a-rule", 70),
        ("a-rule", 71),
        ("b-rule", 70),
        ("b-rule", 71),
    ]


def test_recipients() -> None:
    """A rule's own recipients replace the default ones, and nobody is named twice."""
    own = RULE.model_copy(update={"to": ("c@d.example", "e@f.example", "c@d.example")})
    drafts = match({"zapad": own}, [ARTICLE], now=NOW, default_recipients=("a@b.example",), labels=LABELS)
    assert drafts[0].recipients == ("c@d.example", "e@f.example")


def test_unlinked_article() -> None:
    """An article without a story is the caller's mistake and no silent miss."""
    with pytest.raises(ValueError, match="has no story"):
        fired(RULE, replace(ARTICLE, story_id=None))
