"""Sharing: what of its rows a community gives away, as they are or as noisy counts."""
