"""Remedies: what the page of that name shows, as pure functions of what was measured."""
