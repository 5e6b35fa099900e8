"""Communities: ways to cut a table into people who decide for themselves."""
