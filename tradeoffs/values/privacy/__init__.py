"""Privacy accounting: what epsilon a run of noisy steps spends, and how to put it in words."""
