"""Decisions: fairness brought about before, within or after training, one stage a file."""
