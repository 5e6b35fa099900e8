"""Notions of fairness, one file each."""
