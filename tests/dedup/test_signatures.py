"""What near-copies are looked up by."""

from __future__ import annotations

import random
import subprocess
import sys

from benchmarks.documents import invented_documents
from wirewatch.dedup.signatures import BANDS, signatures


def bands_in_common(left: str, right: str) -> int:
    first, second = signatures([left, right])
    return len(set(first) & set(second))


def test_edited_texts_keep_a_band_and_others_share_none() -> None:
    """At 1 and 3 % of the words replaced every copy is found, at 10 % nearly every; unrelated texts are not."""
    made = invented_documents(2000, seed=5)
    signed = signatures(made.texts)
    found = {
        rate: [bool(set(signed[copy]) & set(signed[original])) for original, copy in pairs]
        for rate, pairs in made.copies.items()
    }
    assert all(found[0.01])
    assert all(found[0.03])
    assert sum(found[0.10]) >= 0.9 * len(found[0.10])
    others = signatures(made.texts[:300])
    assert not any(set(one) & set(two) for place, one in enumerate(others) for two in others[:place])


def test_reports_that_share_only_their_background_are_no_candidates() -> None:
    """A wire's long background under two different reports gives them no band in common."""
    words = invented_documents(30, seed=6).texts
    background = " ".join(words[:2])
    assert bands_in_common(f"{words[2][:700]} {background}", f"{words[3][:700]} {background}") == 0


def test_a_reprint_with_paragraphs_added_or_cut_is_a_candidate() -> None:
    """What follows the lead may be longer or missing."""
    text, other = invented_documents(30, seed=7).texts[:2]
    assert bands_in_common(text, f"{text}\n{other}") == BANDS
    assert bands_in_common(text, text[:900]) > 0


def test_signatures_do_not_depend_on_their_batch_or_the_process() -> None:
    """Stored today, they are compared with those another process makes next year; they are PostgreSQL's bigints."""
    texts = [*invented_documents(150, seed=8).texts, "Короткая заметка.", ""]
    together = signatures(texts)
    assert together == [signatures([text])[0] for text in texts]
    assert together[-2:] == [(), ()]
    assert all(len(bands) == BANDS and all(-(2**63) <= band < 2**63 for band in bands) for bands in together[:-2])
    script = (
        "from benchmarks.documents import invented_documents as d\n"
        "from wirewatch.dedup.signatures import signatures as s\n"
        "print(s(d(150, seed=8).texts[:1])[0])"
    )
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert again.stdout.strip() == str(together[0])


def test_case_punctuation_and_yo_make_no_other_signature() -> None:
    """Words are compared as text_hash compares them, and ё is е."""
    text = invented_documents(30, seed=9).texts[0]
    loud = "".join(random.Random(1).choice((char.upper(), char)) for char in text).replace(" ", " — ", 5)
    assert bands_in_common(text, loud) == BANDS
    assert bands_in_common("учёт и отчёт " * 20, "учет и отчет " * 20) == BANDS


def test_long_words_do_not_shorten_a_lead() -> None:
    """A lead is counted in words: where they are long, it reaches further into the text."""
    words = [f"{'непротивозаконнейшими' * 2}{number}" for number in range(140)]
    assert bands_in_common(" ".join(words), " ".join(words[:128])) == BANDS
    assert bands_in_common(" ".join(words[:128]), " ".join([*words[:80], *words[:48]])) < BANDS
