"""Explainability as measured quantities, one file each."""
