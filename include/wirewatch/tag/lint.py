"""Faults of concept files that loading can't see, each with file and line.

Errors are what is certainly wrong: an example that fails. The rest are warnings: a person looks and decides. What a
check asks of the words of a name is in ``lint_words.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from wirewatch.tag import lint_words as words
from wirewatch.tag.concepts import ConceptSpec, Name
from wirewatch.tag.explained import Explained, Verdict
from wirewatch.tag.forms import forms
from wirewatch.tag.frequent import frequent_in
from wirewatch.tag.in_words import reach_of
from wirewatch.tag.lines import FileLines
from wirewatch.tag.matcher import Matcher

EXPECTED = ("ru", "be", "uk", "pl", "lt", "en")
"""Languages in which the sources write: a concept should have names in each."""

FEWEST_ARTICLES = 100
"""Of a smaller warehouse it says nothing that a name was never found."""

_BETWEEN_FORMS = "\n\n"
_SHORT = 3  # letters


class Level(str, Enum):
    """How sure a finding is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault."""

    file: Path
    line: int
    level: Level
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level.value}: {self.message}"


@dataclass(frozen=True)
class Warehouse:
    """What a warehouse has found so far."""

    articles: int
    mentions: Mapping[tuple[str, str], int]  # (concept, name as the file writes it) → mentions


@dataclass(frozen=True)
class Pack:
    """All concepts, and those to look at."""

    folder: Path
    concepts: Mapping[str, ConceptSpec]
    matcher: Matcher
    chosen: tuple[str, ...]
    warehouse: Warehouse | None = None

    def finding(self, spec: ConceptSpec, line: int, message: str, level: Level = Level.WARNING) -> Finding:
        """A finding in a concept's file."""
        return Finding(self.folder / f"{spec.id}.yml", line, level, message)

    def lines(self, spec: ConceptSpec) -> FileLines:
        """Where its values stand."""
        return _lines(self.folder / f"{spec.id}.yml")


def lint(pack: Pack) -> list[Finding]:
    """All findings on the chosen concepts, by file and line."""
    found = {finding for name in pack.chosen for check in CHECKS for finding in check(pack, pack.concepts[name])}
    return sorted(found)


def _examples(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    lines = pack.lines(spec)
    for wanted, texts in (("yes", spec.examples.yes), ("no", spec.examples.no)):
        for number, text in enumerate(texts):
            found = [m for m in pack.matcher.find(title="", body=text) if m.concept == spec.id]
            if bool(found) != (wanted == "yes"):
                problem = f"finds {found[0].surface!r}" if found else "finds nothing"
                line = lines.line("examples", wanted, number)
                yield pack.finding(spec, line, f"this example must say {wanted}, but {problem}: {text}", Level.ERROR)


def _languages(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    lines = pack.lines(spec)
    missing = [language for language in EXPECTED if language not in spec.names]
    if missing:
        yield pack.finding(spec, lines.line("names"), f"no names in {', '.join(missing)}")
    shown = {
        each.language
        for text in spec.examples.yes
        for each in pack.matcher.explain(title="", body=text)
        if each.concept == spec.id and each.verdict in (Verdict.MENTION, Verdict.OVERLAPPED)
    }
    for language in spec.names:
        if language not in shown:
            line = lines.line("names", language)
            yield pack.finding(spec, line, f"no yes-example is found by a name in {language}")


def _overlaps(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    """Names without conditions that another concept has without conditions, too: one text is then both."""
    for language, name in _free_names(spec):
        for other in sorted(_whole_matches(pack, spec, name)):
            theirs = pack.concepts[other.concept]
            if other.concept in pack.chosen and other.concept < spec.id:
                continue  # it is reported there
            if spec.id in _implied(pack, theirs) or theirs.id in _implied(pack, spec):
                continue
            place = f"{other.concept}.yml:{pack.lines(theirs).name_line(theirs, other.language, other.name)}"
            line = pack.lines(spec).name_line(spec, language, name.name)
            yield pack.finding(spec, line, f"{name.name!r} is also {other.name!r} of {place}, neither has conditions")


@dataclass(frozen=True, order=True)
class _Other:
    concept: str
    language: str
    name: str


def _whole_matches(pack: Pack, spec: ConceptSpec, name: Name) -> set[_Other]:
    texts = forms(name.name, spec.lists, most=5)
    begins = [sum(len(text) + len(_BETWEEN_FORMS) for text in texts[:number]) for number in range(len(texts))]
    whole = {(begin, begin + len(text)) for begin, text in zip(begins, texts, strict=True)}
    found = pack.matcher.explain(title="", body=_BETWEEN_FORMS.join(texts))
    return {
        _Other(each.concept, each.language, each.name)
        for each in found
        if each.concept != spec.id and (each.start, each.end) in whole and _is_free(pack.concepts[each.concept], each)
    }


def _is_free(spec: ConceptSpec, found: Explained) -> bool:
    return any(language == found.language and name.name == found.name for language, name in _free_names(spec))


def _free_names(spec: ConceptSpec) -> Iterator[tuple[str, Name]]:
    """Names that count wherever they stand."""
    if spec.requires or spec.unless:
        return
    for language, names in spec.names.items():
        for name in names:
            if not (name.requires or name.excludes or name.only or name.home):
                yield language, name


def _implied(pack: Pack, spec: ConceptSpec) -> set[str]:
    found: set[str] = set()
    waiting = list(spec.implies)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(pack.concepts[name].implies)
    return found


def _common_words(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    for language, name in _free_names(spec):
        word = name.name.removesuffix("*")
        if len(word.split()) != 1 or "$" in word or "{" in word or "@" in word:
            continue
        acronym = word.isupper() and len(word) > 1
        if acronym and name.case == "exact":
            continue
        line = pack.lines(spec).name_line(spec, language, name.name)
        remedy = "say case: exact" if acronym else "give it requires:"
        # An acronym that is frequent is so as an acronym: the lists do not keep capitals. A short one is soon a word.
        if not acronym and (languages := frequent_in(word)):
            yield pack.finding(spec, line, f"{name.name!r} is a common word in {', '.join(languages)}: {remedy}")
        elif sum(map(str.isalpha, word)) <= _SHORT and not any(map(str.isdigit, word)):
            yield pack.finding(spec, line, f"{name.name!r} is short enough to be another word: {remedy}")


def _contexts(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    lines = pack.lines(spec)
    for language, names in spec.names.items():
        for number, name in enumerate(names):
            line = lines.line("names", language, number)
            for context in (*spec.requires, *name.requires):
                for wording in context.any:
                    if words.inside(wording.name, name.name, spec.lists, when_open=False):
                        message = (
                            f"{wording.name!r}, required {reach_of(context)}, is in the name, where it does not count"
                        )
                        yield pack.finding(spec, line, message)
            both = {w.name for c in name.requires for w in c.any} & {w.name for c in name.excludes for w in c.any}
            for written in sorted(both):
                yield pack.finding(spec, line, f"{written!r} is both required and excluded")


def _idle(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    """What the file holds and never uses."""
    lines = pack.lines(spec)
    names = [name.name for each in spec.names.values() for name in each]
    for number, wording in enumerate(spec.excludes):
        if not any(words.inside(name, wording.name, spec.lists, when_open=True) for name in names):
            line = lines.line("excludes", number)
            yield pack.finding(spec, line, f"{wording.name!r} can cancel nothing: no name of this concept is inside it")
    called = {word for wording in spec.wordings() for word in wording.name.split()}
    for name in spec.lists:
        if f"${name}" not in called:
            yield pack.finding(spec, lines.line("lists", name), f"the list ${name} is called by nothing")
    seen: dict[tuple[str, str], int] = {}
    for language, written in spec.names.items():
        for number, each in enumerate(written):
            line = lines.line("names", language, number)
            # The same word in two languages is listed under both: a reader looks for it there.
            key = language, each.model_dump_json()
            if key in seen:
                yield pack.finding(spec, line, f"{each.name!r} stands in line {seen[key]} too")
            seen.setdefault(key, line)


def _never_found(pack: Pack, spec: ConceptSpec) -> Iterator[Finding]:
    if pack.warehouse is None or pack.warehouse.articles < FEWEST_ARTICLES:
        return
    for language, names in spec.names.items():
        for number, name in enumerate(names):
            if not pack.warehouse.mentions.get((spec.id, name.name)):
                line = pack.lines(spec).line("names", language, number)
                count = f"{pack.warehouse.articles:,}"
                yield pack.finding(spec, line, f"{name.name!r} was found in none of {count} articles")


@cache
def _lines(path: Path) -> FileLines:
    return FileLines(path)


Check = Callable[[Pack, ConceptSpec], Iterator[Finding]]
CHECKS: Sequence[Check] = (_examples, _languages, _overlaps, _common_words, _contexts, _idle, _never_found)
