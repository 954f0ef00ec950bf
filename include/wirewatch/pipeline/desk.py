"""What every step works with: settings, the files people write, the warehouse, the archive and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property

from wirewatch.alert.recipients import RecipientSpec, load_recipients
from wirewatch.alert.rules import RuleSpec, load_rules
from wirewatch.errors import InputError
from wirewatch.fetch.archive import Archive
from wirewatch.model import Mention
from wirewatch.settings import Settings, settings
from wirewatch.sources import SourceSpec, load_sources
from wirewatch.tag.attributes import Attributes
from wirewatch.tag.cache import load_matcher
from wirewatch.tag.concepts import ConceptSpec, load_concepts
from wirewatch.tag.matcher import Matcher
from wirewatch.warehouse import embedded
from wirewatch.warehouse.connection import Connection, connected
from wirewatch.warehouse.migrate import check_schema

DATABASE = "wirewatch"


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Desk:
    """Everything a step needs; files are read when first asked for, and all their faults are raised then."""

    settings: Settings
    now: Callable[[], datetime] = field(default=utc_now)

    @cached_property
    def sources(self) -> dict[str, SourceSpec]:
        """Sources by slug."""
        return load_sources(self.settings.sources)

    @cached_property
    def concepts(self) -> dict[str, ConceptSpec]:
        """The watched concepts by id: those of the packs that are on."""
        return load_concepts(self.settings.concepts, packs=self.settings.packs)

    @cached_property
    def every_concept(self) -> dict[str, ConceptSpec]:
        """All concepts by id, watched or not."""
        return load_concepts(self.settings.concepts)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels of concepts by id."""
        return {name: spec.label for name, spec in self.concepts.items()}

    @cached_property
    def rules(self) -> dict[str, RuleSpec]:
        """Alert rules by name, checked against the concepts and sources there are."""
        return load_rules(self.settings.rules, concepts=self.concepts, sources=self.sources)

    @cached_property
    def readers(self) -> dict[str, RecipientSpec]:
        """Readers who have a file, by address."""
        return load_recipients(self.settings.recipients)

    @cached_property
    def matcher(self) -> Matcher:
        """All concepts, compiled; from the cache when no concept file has changed."""
        return load_matcher(self.settings.concepts, self.settings.cache, packs=self.settings.packs)

    @cached_property
    def attributes(self) -> Attributes:
        """What is kept beside mentions."""
        return Attributes.of(self.matcher.plan, self.settings.concepts)

    def tag(
        self, *, title: str, body: str, language: str | None = None, country: str | None = None
    ) -> tuple[Mention, ...]:
        """Mentions of all concepts with their attributes; ``country`` is that of the source."""
        found = self.matcher.find(title=title, body=body, language=language, country=country)
        return self.attributes.add(found, title=title, body=body)

    @cached_property
    def archive(self) -> Archive:
        """Where responses are kept."""
        return Archive(self.settings.archive_root)

    @property
    def database_url(self) -> str:
        """The warehouse: as set, else the embedded server, which must be running."""
        return self.settings.database_url or embedded.database_url(self.settings.postgres, DATABASE)

    def source(self, slug: str) -> SourceSpec:
        """One source; InputError when there is no such file."""
        if slug not in self.sources:
            raise InputError(f"there is no source {slug!r} in {self.settings.sources}; `wirewatch sources` lists them")
        return self.sources[slug]

    @contextmanager
    def warehouse(self) -> Iterator[Connection]:
        """A connection whose schema is the one this version works with; closed at the end."""
        with connected(self.database_url) as connection:
            check_schema(connection)
            yield connection

    def check_files(self) -> None:
        """Read every file people write; SpecError names file, line and key. Before anything is fetched."""
        _ = self.sources, self.concepts, self.rules, self.readers, self.matcher, self.attributes.places


def desk() -> Desk:
    """The desk of this process's settings."""
    return Desk(settings())
