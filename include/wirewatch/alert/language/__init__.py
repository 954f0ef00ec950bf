"""The language of rules: what stands under ``match:`` in a rule file, from its text to what it finds in an article.

Pure: no network, no clock, no database. What it needs of its neighbours (how a text is folded, the forms of a word,
where sentences end, numbers that only the warehouse knows) are arguments.

    text ─► parse ─► check ─► Rule ─► RuleSet ─► Match
"""
