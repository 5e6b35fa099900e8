"""Documents: what a visitor takes home of one setting; all words are computed from its numbers."""
