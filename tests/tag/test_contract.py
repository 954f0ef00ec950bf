from __future__ import annotations

import pytest

from wirewatch.errors import InputError
from wirewatch.tag.concepts import ConceptSpec
from wirewatch.tag.contract import tag_row, tag_rows
from wirewatch.tag.matcher import Matcher

MATCHER = Matcher.compile(
    [
        ConceptSpec.model_validate(
            {
                "id": "csto",
                "label": "CSTO",
                "definition": "invented",
                "names": {"ru": ["ОДКБ"]},
                "examples": {"yes": ["ОДКБ"]},
            }
        )
    ]
)


def test_an_item_becomes_its_concepts_and_mentions() -> None:
    """The format calls the body text, and its offsets count code points of what was given."""
    item = {"id": 7, "lang": "ru", "title": "О ОДКБ", "text": "😀 ОД\u00adКБ"}
    assert tag_row(MATCHER, item) == {
        "id": 7,
        "concepts": ["csto"],
        "mentions": [
            {"concept": "csto", "field": "text", "start": 2, "end": 7, "surface": "ОД\u00adКБ"},
            {"concept": "csto", "field": "title", "start": 2, "end": 6, "surface": "ОДКБ"},
        ],
    }


def test_title_text_and_language_may_be_missing_or_null() -> None:
    """An item with an id alone has no mentions."""
    empty = {"id": "a", "concepts": [], "mentions": []}
    assert [tag_rows(MATCHER)(item) for item in ({"id": "a"}, {"id": "a", "title": None, "text": None})] == [empty] * 2


@pytest.mark.parametrize("item", [{"title": "x"}, {"id": 1, "text": 5}, {"id": 1, "lang": ["ru"]}])
def test_an_item_of_the_wrong_shape_is_refused(item: dict[str, object]) -> None:
    """No id, or a text that is none, is wrong input."""
    with pytest.raises(InputError):
        tag_row(MATCHER, item)
