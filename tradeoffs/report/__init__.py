"""Figures, tables and sentences: pure functions of results."""
