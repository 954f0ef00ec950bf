"""Random rules, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from wirewatch.alert.language.syntax import (
    About,
    AllOf,
    AnyOf,
    Changed,
    Concepts,
    Count,
    Counted,
    Expression,
    Field,
    FirstMention,
    Form,
    Listed,
    Near,
    Not,
    SameSentence,
    Spike,
    Within,
    Word,
    Words,
)
from wirewatch.model import ChangeKind

NAMES = st.sampled_from(["csto", "nato", "zapad-exercise", "drone-uav"])
_TEXTS = st.one_of(
    st.sampled_from(
        ["учение", "С-400", "and", "NOT", "near", "independent", "in", "28d", "AT&T", "a&&b", "м/с", "С++"]
    ),
    st.sampled_from(["or-gate", "concept", "x:y", "(", ")", "=", "1.5x", ",", "U.S.", ">", "#", "é", "–", "Łódź's"]),
    st.text("аб-'.:;/Яz0", min_size=1, max_size=6),
)
_WORD = st.builds(Word, _TEXTS, st.sampled_from(Form))
_PLAIN = st.builds(Word, _TEXTS)


def _flat(kind: type[AllOf] | type[AnyOf], parts: list[Expression]) -> Expression:
    taken = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(taken))


def _several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(tuple)


LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.builds(Words, st.lists(_WORD, min_size=1, max_size=3).map(tuple)),
    st.builds(Words, st.lists(_PLAIN, min_size=1, max_size=3).map(tuple), st.just(True)),
    st.builds(Concepts, _several(NAMES)),
    st.builds(Listed, st.just(About.SOURCE), _several(st.sampled_from(["belta-ru", "kurier-pl"]))),
    st.builds(Listed, st.just(About.COUNTRY), _several(st.sampled_from(["BY", "NATO", "NO"]))),
    st.builds(Listed, st.just(About.LANGUAGE), _several(st.sampled_from(["ru", "or", "in"]))),
    st.builds(Changed, _several(st.sampled_from(ChangeKind))),
    st.builds(
        Changed,
        st.sampled_from([(ChangeKind.CONCEPT_ADDED,), (ChangeKind.CONCEPT_REMOVED,)]),
        _several(NAMES),
    ),
    st.builds(Count, st.sampled_from(Counted), st.sampled_from([">=", "<=", ">", "<", "="]), st.integers(0, 10**8)),
    st.builds(FirstMention, NAMES, st.integers(1, 3650)),
    st.builds(Spike, NAMES, st.integers(1, 10**6 - 1).map(lambda n: n / 1000), st.integers(1, 3650)),
)


def _grown(below: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(below, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda parts: _flat(AllOf, parts)),
        several.map(lambda parts: _flat(AnyOf, parts)),
        st.builds(Near, below, below, st.integers(0, 999)),
        st.builds(SameSentence, below, below),
        st.builds(Within, st.sampled_from(Field), below),
        st.builds(Not, below),
    )


TREES = st.recursive(LEAVES, _grown, max_leaves=12)
"""Any tree that the grammar can say, though ``check`` would refuse many."""
