"""Adaptation: take somebody else's model, and make it fit data, values and resources at home."""
