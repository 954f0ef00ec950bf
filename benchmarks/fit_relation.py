"""Weights of the signs that two articles tell one story: cross-validated figures, and the tables themselves.

Needs the evaluation kit beside the checkout (../shared): pairs labelled by a crowd (one story or not), and pairs graded
from 1 (the same) to 4 (unrelated). Logistic regressions with a quadratic penalty, fitted by Newton's method; a graded
pair counts as so much of a story as its grade says. Each table is fitted on all pairs, seen as its situation would show
them: without vectors, or without words in common. The cut between story and unrelated is
the one with the best F1 on the labelled pairs, and it is chosen within each training fold.

Figures: means over repeated five-fold cross-validation, and behind a slash those of the fit on its own pairs. Folds
keep pairs that share a text together. The scorer of the kit gives the figures of the shipped tables on the same pairs,
which they were fitted on. Prints, last, one JSON line. Takes about two minutes: 1,800 sentence vectors.

    .venv/bin/python -m benchmarks.fit_relation            # the figures
    .venv/bin/python -m benchmarks.fit_relation --write    # and include/wirewatch/dedup/relation_weights.py
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from wirewatch.dedup import relation_weights
from wirewatch.dedup.encoder import encoder
from wirewatch.dedup.evidence import Encode, gather, keys
from wirewatch.dedup.likeness import Likeness, measure
from wirewatch.dedup.relation import signs
from wirewatch.settings import ROOT

PAIRS = ROOT.parent / "shared" / "data" / "pairs"
TABLE = Path(relation_weights.__file__)
PENALTY = 3.0  # on half the squared weights of standardised signs
LABELLED_WEIGHT = 2.0  # of a labelled pair beside a graded one: grades are of likeness, labels of what is asked
ONE_STORY = 0.75  # truth from which a pair is one story beyond doubt
KEYS_SHARED = 2  # from which two articles are compared
FOLDS, REPEATS = 5, 10

SIGNS = {
    "by meaning": "meaning headline_meaning known_names strange_names other_days",
    "by words": "wording known_names strange_words other_days",
    "by names": "known_names other_days",
}


@dataclass(frozen=True)
class Pair:
    """One pair of the kit."""

    texts: tuple[str, str]  # what tells whether two pairs share one
    language: str  # of the pair; "pl-en" for two
    graded: bool
    truth: float  # 1: one story, the same; 0: unrelated
    likeness: Likeness
    keys: tuple[frozenset[str], frozenset[str]]  # by which the two are looked up


@dataclass(frozen=True)
class Model:
    """A fitted regression."""

    base: float
    weights: tuple[float, ...]
    shift: float  # what the base must gain for the best cut to stand at .5

    def log_odds(self, rows: np.ndarray) -> np.ndarray:
        """Before the shift."""
        odds: np.ndarray = self.base + rows @ np.array(self.weights)
        return odds


def main() -> None:
    """Figures of every situation; with ``--write`` the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the tables into the library")
    options = parser.parse_args()
    pairs = read_pairs()
    models: dict[str, Model] = {}
    report: dict[str, Any] = {}
    for name, wanted in SIGNS.items():
        rows = np.array([_row(seen_as(pair.likeness, name), wanted.split()) for pair in pairs])
        models[name] = fit(rows, pairs)
        crossed = [cross_validated(rows, pairs, seed=seed) for seed in range(REPEATS)]
        report[name] = {
            "cross-validated": _mean(crossed),
            "own pairs": figures(models[name].log_odds(rows) + models[name].shift, pairs),
        }
        print(name)
        for key in report[name]["own pairs"]:
            print(f"  {key:<24}{report[name]['cross-validated'][key]:.3f} / {report[name]['own pairs'][key]:.3f}")
        for sign, weight in zip(wanted.split(), models[name].weights, strict=True):
            print(f"    {sign:<20}{weight:+.2f}")
    report["keys"] = meeting(pairs)
    print("keys", report["keys"])
    if options.write:
        TABLE.write_text(written(models), encoding="utf-8")
    print(json.dumps({"benchmark": "fit_relation", "pairs": len(pairs), "figures": report}))


def read_pairs() -> list[Pair]:
    """The kit's pairs, measured."""
    rows = [json.loads(line) for name in ("index", "graded") for line in _lines(PAIRS / f"{name}.jsonl")]
    encode = encoder()
    if encode is None:
        raise SystemExit("the encoder's package is not installed: see requirements.txt")
    return [_pair(row, encode) for row in rows]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _pair(row: Mapping[str, Any], encode: Encode) -> Pair:
    left, right = (
        gather(side.get("title") or "", side["text"], language=side.get("lang") or row["lang"], encode=encode)
        for side in (row["left"], row["right"])
    )
    graded = "overall" in row
    truth = (4 - row["overall"]) / 3 if graded else float(row["label"])
    keys_of = (frozenset(keys(left)), frozenset(keys(right)))
    return Pair((row["left"]["text"], row["right"]["text"]), row["lang"], graded, truth, measure(left, right), keys_of)


def seen_as(likeness: Likeness, name: str) -> Likeness:
    """A pair as a situation would show it."""
    if name == "by meaning":
        return likeness
    blind = replace(likeness, meaning=None, headline_meaning=None)
    return blind if name == "by words" else replace(blind, wording=None, strange_words=None)


def _row(likeness: Likeness, wanted: Sequence[str]) -> list[float]:
    values = signs(likeness)
    return [values[sign] for sign in wanted]


def meeting(pairs: Sequence[Pair]) -> dict[str, float]:
    """Shares of pairs of one story, and of texts of different pairs, that have at least two keys in common."""
    alike = [len(pair.keys[0] & pair.keys[1]) for pair in pairs if pair.truth > ONE_STORY]
    strangers = [len(one.keys[0] & other.keys[1]) for one, other in combinations(pairs, 2)]
    return {
        name: round(sum(count >= KEYS_SHARED for count in found) / len(found), 4)
        for name, found in (("one story", alike), ("strangers", strangers))
    }


def fit(rows: np.ndarray, pairs: Sequence[Pair]) -> Model:
    """Newton's method on standardised signs, then the cut."""
    truth = np.array([pair.truth for pair in pairs])
    importance = np.array([1.0 if pair.graded else LABELLED_WEIGHT for pair in pairs])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = np.c_[np.ones(len(rows)), (rows - mean) / spread]
    penalty = np.diag([0.0, *[PENALTY] * rows.shape[1]])
    beta = np.zeros(inputs.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-inputs @ beta))
        slope = inputs.T @ (importance * (truth - chance)) - penalty @ beta
        curve = (inputs * (importance * chance * (1 - chance))[:, None]).T @ inputs + penalty
        beta += np.linalg.solve(curve, slope)
    weights = np.round(beta[1:] / spread, 2)  # as the table has them: a cut fits only the weights it was chosen with
    base = float(beta[0] - mean @ weights)
    return Model(base, tuple(map(float, weights)), -best_cut(base + rows @ weights, pairs))


def best_cut(odds: np.ndarray, pairs: Sequence[Pair]) -> float:
    """Log-odds from which labelled pairs are called one story: the middle of the cuts within .01 of the best F1."""
    labelled = [(value, pair.truth > 0.5) for value, pair in zip(odds, pairs, strict=True) if not pair.graded]
    # Between two pairs, never upon one: what is rounded must not move a pair over the cut.
    cuts = [(low + high) / 2 for low, high in pairwise(sorted({value for value, _ in labelled}))]
    scored = [(f1([(value >= cut, truth) for value, truth in labelled]), cut) for cut in cuts]
    best = max(score for score, _ in scored)
    good = [cut for score, cut in scored if score >= best - 0.01]
    return float(np.median(good))


def cross_validated(rows: np.ndarray, pairs: Sequence[Pair], *, seed: int) -> dict[str, float]:
    """Every pair judged by a model that did not see it, nor a pair that shares a text with it."""
    odds = np.zeros(len(pairs))
    for held in folds(pairs, seed=seed):
        seen = [place for place in range(len(pairs)) if place not in held]
        model = fit(rows[seen], [pairs[place] for place in seen])
        places = sorted(held)
        odds[places] = model.log_odds(rows[places]) + model.shift
    return figures(odds, pairs)


def folds(pairs: Sequence[Pair], *, seed: int) -> list[frozenset[int]]:
    """Five parts; pairs linked by common texts stay in one."""
    parent = list(range(len(pairs)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    holder: dict[str, int] = {}
    for place, pair in enumerate(pairs):
        for text in pair.texts:
            parent[root(place)] = root(holder.setdefault(text, place))
    groups: dict[int, list[int]] = {}
    for place in range(len(pairs)):
        groups.setdefault(root(place), []).append(place)
    shuffled = list(groups.values())
    random.Random(seed).shuffle(shuffled)
    parts: list[list[int]] = [[] for _ in range(FOLDS)]
    for group in shuffled:
        min(parts, key=len).extend(group)
    return [frozenset(part) for part in parts]


def figures(odds: np.ndarray, pairs: Sequence[Pair]) -> dict[str, float]:
    """What the kit's scorer prints: F1 and AUC of labelled pairs, rank correlation of graded ones."""
    labelled = [(value, pair.truth > 0.5) for value, pair in zip(odds, pairs, strict=True) if not pair.graded]
    hits = [(value >= 0, truth) for value, truth in labelled]
    found = {"F1": f1(hits), "precision": _share(hits), "recall": _share((t, h) for h, t in hits), "AUC": auc(labelled)}
    for language in (None, *sorted({pair.language for pair in pairs if pair.graded})):
        graded = [(v, p.truth) for v, p in zip(odds, pairs, strict=True) if p.graded and language in (None, p.language)]
        found[f"Spearman {language or 'all'}"] = rank_correlation(graded)
    return found


def f1(hits: Iterable[tuple[bool, bool]]) -> float:
    """Of (called, true) pairs."""
    hits = list(hits)
    both = sum(called and true for called, true in hits)
    return 2 * both / max(1, sum(called for called, _ in hits) + sum(true for _, true in hits))


def _share(hits: Iterable[tuple[bool, bool]]) -> float:
    called = [true for call, true in hits if call]
    return sum(called) / max(1, len(called))


def auc(labelled: Sequence[tuple[float, bool]]) -> float:
    """Chance that a pair of one story scores above another; ties count half."""
    yes, no = ([value for value, true in labelled if true is wanted] for wanted in (True, False))
    return sum((a > b) + (a == b) / 2 for a in yes for b in no) / max(1, len(yes) * len(no))


def rank_correlation(values: Sequence[tuple[float, float]]) -> float:
    """Spearman's, ties sharing their mean rank."""
    first, second = (_ranks([pair[side] for pair in values]) for side in (0, 1))
    return float(np.corrcoef(first, second)[0, 1])


def _ranks(values: Sequence[float]) -> np.ndarray:
    array = np.array(values)
    order = np.sort(array)
    return (np.searchsorted(order, array, "left") + np.searchsorted(order, array, "right")) / 2


def _mean(reports: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {key: sum(report[key] for report in reports) / len(reports) for key in reports[0]}


def written(models: Mapping[str, Model]) -> str:
    """The tables as a module; its opening stays as it is."""
    head = TABLE.read_text(encoding="utf-8").split("TABLES = {", 1)[0]
    lines = ["TABLES = {"]
    for name, model in models.items():
        lines += [f'    "{name}": Table(', f"        base={model.base + model.shift:.2f},", "        weights={"]
        for sign, weight in zip(SIGNS[name].split(), model.weights, strict=True):
            lines.append(f'            "{sign}": {weight:.2f},')
        lines += ["        },", "    ),"]
    return head + "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    main()
