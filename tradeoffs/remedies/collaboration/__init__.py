"""Collaboration: communities train together and keep their tables at home."""
