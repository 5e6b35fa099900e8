"""Patterns of distribution: how utilities of groups make one distribution better than another."""
