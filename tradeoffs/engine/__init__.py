"""The engine: whole populations of small private, fair models trained as one set of tensors."""
