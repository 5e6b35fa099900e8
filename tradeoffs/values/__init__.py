"""Axis 3 of the paper: values, culture and regulation."""
