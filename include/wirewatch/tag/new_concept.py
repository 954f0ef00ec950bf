"""The text of a new concept file: one that loads, and shows in comments what else can stand in it."""

from __future__ import annotations

from wirewatch.tag.concepts import ConceptSpec

_TEXT = """\
# What can stand here, with every key explained: docs/adding-a-concept.md
id: {id}
label: {quoted}
# group: exercises                  # concepts that are listed together
definition: >
  What counts as {label}, and what only looks like it. Write this first: names and examples follow from it.

# lists:                             # phrases that names and conditions call by $name
#   drill: [exercise*, drill*, учени*, вучэнн*, навчан*, ćwicze*, pratyb*]

names:                               # by language; each is looked for in every text, whatever its language
  en:
    - {quoted}
  # ru:
  #   - Слов*                        # a word with any ending
  #   - АББР                         # capitals; also А.Б.Б.Р. and in look-alikes of the other script
  #   - name: Слово
  #     case: exact                  # what is a capital here must be a capital in the text
  #     requires:                    # all of these; "sentence", "article" or a number of words
  #       - {{any: [$drill, '@military-exercise'], within: sentence}}
  #     excludes:                    # none of these
  #       - {{any: [слов*], within: 3, side: after}}
  # be: []
  # uk: []
  # pl: []
  # lt: []

# excludes: [Some Longer Name]       # phrases that cover a mention and cancel it
# implies: [military-exercise]       # what a mention of this one mentions too
# attributes: {{year: year, dates: dates, unit: unit, place: place}}   # what to keep beside a mention

examples:                            # invented sentences; `wirewatch concepts lint {id}` runs them
  yes:
    - {example}
  no: []
"""


def new_concept(name: str, label: str | None = None) -> str:
    """Id (and label for people) → text of the file; pydantic's ValidationError when one of them can't be used."""
    label = " ".join((label or name.replace("-", " ").capitalize()).split())
    spec = {
        "id": name,
        "label": label,
        "definition": label,
        "names": {"en": [label]},
        "examples": {"yes": [_example(label)]},
    }
    ConceptSpec.model_validate(spec)
    return _TEXT.format(id=name, label=label, quoted=_quoted(label), example=_quoted(_example(label)))


def _example(label: str) -> str:
    return f"{label} was in the news."


def _quoted(text: str) -> str:
    """A YAML scalar in single quotes, whatever the text holds."""
    return "'" + text.replace("'", "''") + "'"
