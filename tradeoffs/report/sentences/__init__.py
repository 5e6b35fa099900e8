"""Sentences computed from what is displayed, by subject."""
