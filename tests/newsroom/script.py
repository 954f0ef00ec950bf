"""The whole script: every article that the edited sites serve."""

from __future__ import annotations

from tests.newsroom import script_of_absences, script_of_furniture, script_of_words
from tests.newsroom.edits import Scripted
from tests.newsroom.script_of_sites import SITES

CHANGES: tuple[Scripted, ...] = (
    *script_of_words.SCRIPT,
    *script_of_furniture.SCRIPT,
    *script_of_absences.SCRIPT,
    *(article for site in SITES for article in site.articles),
)
"""Scripted changes of single articles."""

BYSTANDERS: tuple[Scripted, ...] = tuple(article for site in SITES for article in site.bystanders)
"""Articles of the sites that something befalls as a whole."""

ARTICLES: tuple[Scripted, ...] = (*CHANGES, *BYSTANDERS)
