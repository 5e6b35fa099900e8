"""Axis 2 of the paper: resource capacity (model size, rows, cost)."""
