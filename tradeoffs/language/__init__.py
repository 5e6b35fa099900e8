"""Language: what is told to people in the language they read, in one notation for its numbers."""
