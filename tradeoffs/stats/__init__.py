"""Intervals: what trainings, people and models drawn by chance leave open about a number."""
