"""Studies: small experiments of a lesson that need more than a sweep; a worker runs them.

One file a study.  Each has one function `answer(scenario, **options)` that returns records: plain
mappings of column to text, number or None, with 95 % intervals in columns `low` and `high` or one
record a seed.  What it returns depends on its arguments alone.
"""
