"""How a source does, judged by what it yielded. Pure: figures of a run and of earlier runs in, state and reason out.

``figures`` adds up a run, ``usual`` what earlier runs looked like; ``answers``, ``pages`` and ``flow`` each look for
one family of faults, ``judge`` puts them in order, ``incidents`` decides what the operator is told. Where figures come
from and go to is ``pipeline/assess.py`` and ``warehouse/health.py``.
"""
