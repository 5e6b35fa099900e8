"""Remedies: where and how fairness is brought about, one file each."""
