"""Weights of the signs of page kinds: cross-validated figures, and the table itself.

Needs the evaluation kit beside the checkout (../shared): typed pages, and collections of which every page is an
article. Two logistic regressions with a quadratic penalty are fitted by Newton's method: article against the rest, and
listing against the rest. Pages of manuals may pass as either and are left out of the first. Each figure is a mean over
repeated five-fold cross-validation; the scorer of the kit gives the figures of the shipped table on the same pages,
which it was fitted on. Prints, last, one JSON line.

    .venv/bin/python -m benchmarks.fit_kinds            # the figures
    .venv/bin/python -m benchmarks.fit_kinds --write    # and the table, into include/wirewatch/parse/kind_weights.py
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from wirewatch.errors import PageError
from wirewatch.model import Page
from wirewatch.parse import kind_weights
from wirewatch.parse.decode import page_text
from wirewatch.parse.kind import measures
from wirewatch.parse.metadata import read_head
from wirewatch.parse.page_tree import defused, parse_tree
from wirewatch.parse.read import read_findings
from wirewatch.parse.signs import Signs, read_signs
from wirewatch.settings import ROOT

KIT = ROOT.parent / "shared" / "data"
TABLE = Path(kind_weights.__file__)
PENALTY = 40.0  # on half the squared weights of standardised signs; the best of 5 … 100 by cross-validation
LISTING_PENALTY = 20.0
ARTICLE_SETS_WEIGHT = 0.5  # of a page of the collections that hold nothing but articles, mostly news
LISTING_SETS_WEIGHT = 0.2
BAR = 0.25  # log-odds an article must have: those collections make articles look commoner than they are
LISTINGS = frozenset({"listing", "collection"})
UNCLEAR = "documentation"
EXPECTED = {"article": "article", "listing": "listing", "collection": "listing", "forum": "other listing"}
EXPECTED |= {"product": "other", "service": "other", UNCLEAR: "other article"}


@dataclass(frozen=True)
class Sample:
    """One page: its type, whether its set holds typed pages, and the values of its signs."""

    page_type: str
    typed: bool
    values: list[float]


@dataclass(frozen=True)
class Model:
    """Weights of the signs as measured, and the base."""

    base: float
    weights: list[float]

    def balance(self, values: Sequence[float]) -> float:
        """Log-odds of one page."""
        return self.base + sum(weight * value for weight, value in zip(self.weights, values, strict=True))


def main() -> int:
    """Fit, cross-validate, print; 2 without the kit."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--repeats", type=int, default=3, help="times that the pages are dealt into five folds (3)")
    options.add_argument("--write", action="store_true", help="write the weights into the table of the package")
    chosen = options.parse_args()
    if not (KIT / "kinds" / "index.jsonl").exists():
        print("The evaluation kit is not beside this checkout: nothing can be measured.")
        return 2
    samples = [sample for name in ("kinds", "extraction", "dates") for sample in read_samples(KIT / name)]
    figures = cross_validated(samples, repeats=chosen.repeats)
    articles, listings = fit_articles(samples), fit_listings(samples)
    if chosen.write:
        TABLE.write_text(rewritten(TABLE.read_text(encoding="utf-8"), articles, listings), encoding="utf-8")
    for weight, article, listing in zip(kind_weights.WEIGHTS, articles.weights, listings.weights, strict=True):
        print(f"{weight.sign:18} {article:7.2f} {listing:7.2f}")
    print(json.dumps({"benchmark": "kinds", "pages": len(samples), **figures}))
    return 0


def read_samples(folder: Path) -> Iterator[Sample]:
    """The pages of one set, those left out that are refused or too deep for signs."""
    with (folder / "index.jsonl").open(encoding="utf-8") as index:
        for line in index:
            row = json.loads(line)
            signs = read_page_signs(gzip.decompress((folder / row["html"]).read_bytes()), row["url"])
            if signs is not None:
                yield Sample(row.get("page_type", "article"), "page_type" in row, measures(signs))


def read_page_signs(body: bytes, url: str) -> Signs | None:
    """The signs of a page, read as the command line reads it."""
    url = url or "https://unknown.example/"
    page = Page(url=url, final_url=url, status=200, headers=(), body=body, fetched_at=datetime.now(timezone.utc))
    try:
        article = read_findings(page, relative_dates=False).article
        tree = parse_tree(defused(page_text(body, content_type=None, url=url)))
    except PageError:
        return None
    if tree.hostile:
        return None
    return read_signs(tree, read_head(tree, url=url), title=article.title)


def fit_articles(samples: Sequence[Sample]) -> Model:
    """Article against the rest."""
    clear = [sample for sample in samples if sample.page_type != UNCLEAR]
    model = fitted(
        clear,
        [sample.page_type == "article" for sample in clear],
        [1.0 if sample.typed else ARTICLE_SETS_WEIGHT for sample in clear],
        penalty=PENALTY,
    )
    return Model(base=model.base - BAR, weights=model.weights)


def fit_listings(samples: Sequence[Sample]) -> Model:
    """Listing against the rest."""
    return fitted(
        samples,
        [sample.page_type in LISTINGS for sample in samples],
        [1.0 if sample.typed else LISTING_SETS_WEIGHT for sample in samples],
        penalty=LISTING_PENALTY,
    )


def fitted(samples: Sequence[Sample], truths: Sequence[bool], shares: Sequence[float], *, penalty: float) -> Model:
    """Logistic regression with a quadratic penalty on the weights of standardised signs, by Newton's method."""
    means, spreads = standards([sample.values for sample in samples])
    rows = [
        [1.0, *((value - mean) / spread for value, mean, spread in zip(sample.values, means, spreads, strict=True))]
        for sample in samples
    ]
    size = len(rows[0])
    point = [0.0] * size
    for _ in range(12):
        slope = [0.0] + [-penalty * value for value in point[1:]]
        curve = [[0.0] * size for _ in range(size)]
        for index in range(1, size):
            curve[index][index] = penalty
        for row, truth, share in zip(rows, truths, shares, strict=True):
            chance = 1 / (1 + math.exp(-sum(map(float.__mul__, row, point))))
            bend = share * chance * (1 - chance)
            miss = share * (truth - chance)
            for index, value in enumerate(row):
                slope[index] += miss * value
                scaled = bend * value
                line = curve[index]
                for other in range(index + 1):
                    line[other] += scaled * row[other]
        step = solved(curve, slope)
        point = [value + move for value, move in zip(point, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    weights = [value / spread for value, spread in zip(point[1:], spreads, strict=True)]
    return Model(base=point[0] - sum(map(float.__mul__, weights, means)), weights=weights)


def standards(rows: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    """Mean and spread (standard deviation, at least 1e-9) of each column."""
    columns = list(zip(*rows, strict=True))
    means = [math.fsum(column) / len(column) for column in columns]
    spreads = [
        math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) + 1e-9
        for column, mean in zip(columns, means, strict=True)
    ]
    return means, spreads


def solved(curve: list[list[float]], slope: Sequence[float]) -> list[float]:
    """The step by Cholesky's decomposition of the lower triangle ``curve``, which is changed."""
    size = len(slope)
    for row in range(size):
        for column in range(row + 1):
            rest = curve[row][column] - math.fsum(curve[row][k] * curve[column][k] for k in range(column))
            curve[row][column] = math.sqrt(rest) if row == column else rest / curve[column][column]
    step = list(slope)
    for row in range(size):
        step[row] = (step[row] - math.fsum(curve[row][k] * step[k] for k in range(row))) / curve[row][row]
    for row in reversed(range(size)):
        step[row] = (step[row] - math.fsum(curve[k][row] * step[k] for k in range(row + 1, size))) / curve[row][row]
    return step


def cross_validated(samples: Sequence[Sample], *, repeats: int) -> dict[str, float]:
    """Figures on pages that the weights were not fitted on."""
    runs = []
    for repeat in range(repeats):
        found = [""] * len(samples)
        folds = dealt(samples, seed=repeat)
        for fold in range(5):
            taught = [sample for sample, other in zip(samples, folds, strict=True) if other != fold]
            articles, listings = fit_articles(taught), fit_listings(taught)
            for index, sample in enumerate(samples):
                if folds[index] == fold:
                    found[index] = kind_of(sample, articles, listings)
        runs.append(figures_of(samples, found))
    return {f"cv_{name}": round(math.fsum(run[name] for run in runs) / repeats, 4) for name in runs[0]}


def dealt(samples: Sequence[Sample], *, seed: int) -> list[int]:
    """A fold for each page, every type dealt evenly."""
    groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for index, sample in enumerate(samples):
        groups[sample.page_type, sample.typed].append(index)
    folds = [0] * len(samples)
    shuffle = random.Random(seed).shuffle
    for members in groups.values():
        shuffle(members)
        for place, index in enumerate(members):
            folds[index] = place % 5
    return folds


def kind_of(sample: Sample, articles: Model, listings: Model) -> str:
    """As ``wirewatch.parse.kind.judge`` decides for a page of no known source."""
    if articles.balance(sample.values) > 0:
        return "article"
    return "listing" if listings.balance(sample.values) > 0 else "other"


def figures_of(samples: Sequence[Sample], found: Sequence[str]) -> dict[str, float]:
    """As the kit's scorer of page types reckons, and the recall of the sets of articles."""
    typed = [(sample.page_type, kind) for sample, kind in zip(samples, found, strict=True) if sample.typed]
    clear = [(truth == "article", kind == "article") for truth, kind in typed if truth != UNCLEAR]
    hits, misses = clear.count((True, True)), clear.count((True, False)) + clear.count((False, True))
    lists = [kind for truth, kind in typed if truth in LISTINGS]
    plain = [kind for sample, kind in zip(samples, found, strict=True) if not sample.typed]
    return {
        "article_f1": 2 * hits / (2 * hits + misses),
        "listing_as_article": lists.count("article") / len(lists),
        "as_expected": sum(kind in EXPECTED[truth].split() for truth, kind in typed) / len(typed),
        "article_sets_recall": plain.count("article") / len(plain),
    }


def rewritten(source: str, articles: Model, listings: Model) -> str:
    """The table's module with these figures in place of the old; comments stay."""
    found = {
        weight.sign: (article, listing)
        for weight, article, listing in zip(kind_weights.WEIGHTS, articles.weights, listings.weights, strict=True)
    }
    lines = []
    for line in source.splitlines():
        head, opened, rest = line.partition('Weight("')
        if opened and (sign := rest.partition('"')[0]) in found:
            ceiling = rest.split(",")[1].strip()
            article, listing = found[sign]
            comment = rest.partition("),")[2]
            line = f'{head}Weight("{sign}", {ceiling}, {article:.2f}, {listing:.2f}),{comment}'
        elif line.startswith("ARTICLE_BASE"):
            line = f"ARTICLE_BASE = {articles.base:.2f}"
        elif line.startswith("LISTING_BASE"):
            line = f"LISTING_BASE = {listings.base:.2f}"
        lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
